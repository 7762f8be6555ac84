"""The source documents beside the repository: what the reader makes of them, against their annotations."""

import functools
import json
import os
import re
from pathlib import Path
from typing import Any

import pytest

from kg.documents import read_documents
from kg.model import Document, Span
from test_documents import check_cover, describe

SHARED = Path(__file__).parents[1] / os.environ.get("KG_SHARED", "../shared")

if not SHARED.is_dir():
    pytest.skip(f"no source documents in {SHARED} (KG_SHARED)", allow_module_level=True)


@functools.cache
def read_shared() -> dict[str, Document]:
    reading = read_documents([SHARED / "documents", SHARED / "dev"])
    assert reading.failures == ()
    return {document.slug: document for document in reading.documents}


def gold_files() -> list[Path]:
    return sorted((SHARED / "documents").glob("*.json")) + sorted((SHARED / "dev").glob("*.json"))


def gold_of(path: Path) -> tuple[dict[str, Any], Document]:
    gold = json.loads(path.read_text(encoding="utf-8"))["document"]
    documents = [document for document in read_shared().values() if document.file == gold["file"]]
    return gold, documents[-1 if "second" in path.stem else 0]


def test_five_files_hold_six_documents() -> None:
    reading = read_documents([SHARED / "documents"])
    assert (len(reading.documents), len(reading.failures), len(reading.notices)) == (6, 0, 6)
    assert len(read_shared()) == 14


def test_the_source_documents_are_covered() -> None:
    for document in read_shared().values():
        check_cover(document)


@pytest.mark.parametrize("field", ["title", "published", "dateline", "language"])
def test_metadata_is_that_of_the_annotations(field: str) -> None:
    assert len(gold_files()) == 14
    for path in gold_files():
        gold, document = gold_of(path)
        assert describe(document)[field] == gold[field], path.name


def test_publishers_are_named_in_the_words_of_the_text() -> None:
    """The canonical name is a matter of linking, so a known alias counts as the publisher."""
    aliases = {"UN Human Rights Office": "Office of the United Nations High Commissioner for Human Rights"}
    aliases["Amnesty"] = "Amnesty International"
    for path in gold_files():
        gold, document = gold_of(path)
        assert aliases.get(str(document.publisher), document.publisher) == gold["publisher"], path.name


def test_all_noise_of_the_annotations_is_left_out() -> None:
    for path in gold_files():
        gold, document = gold_of(path)
        for words in gold["noise"]:
            places = [match.start() for match in re.finditer(re.escape(words), document.text)]
            assert any(is_left_out(document, Span(start, start + len(words))) for start in places), words


def is_left_out(document: Document, span: Span) -> bool:
    return not document.body.covers(span) or any(block.span.covers(span) for block in document.omitted)


def test_nothing_that_is_annotated_is_left_out() -> None:
    """Contents, cues and figures of the annotations lie in blocks, never in omitted ones."""
    checked = 0
    for path in gold_files():
        _, document = gold_of(path)
        gold = json.loads(path.read_text(encoding="utf-8"))
        kept = [block.span.of(document.text) for block in document.blocks]
        wanted = [words for statement in gold["statements"] for words in statement["content"]]
        for words in [*wanted, *(figure["text"] for figure in gold["figures"])]:
            pieces = [piece for piece in words.split("\n") if piece]
            assert all(any(piece in block for block in kept) for piece in pieces), words
            checked += 1
    assert checked > 300
