"""Maps the texts of a folder, reads the answers back through SPARQL, and scores them."""

import json
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from kg.documents import read_documents
from kg.errors import FileError
from kg.evaluation.facts import Facts, read_facts
from kg.evaluation.pairing import Evaluation, score_all
from kg.iris import Minter
from kg.model import Document, Quad


def evaluate(
    directory: Path,
    map_text: Callable[[Document], Sequence[Quad]],
    known: Iterable[Quad],
    minter: Minter,
) -> Evaluation:
    """Map the texts of a folder and score what comes out against the annotations beside them.

    Args:
        directory: Holds texts and, for each, a JSON annotation whose `document.file` names it.
        map_text: Maps a document to the quads of its graphs.
        known: Quads of vocabulary and world.
        minter: What the IRIs were minted with.

    Raises:
        FileError: There is no annotation in the folder, or one cannot be read.
    """
    golds = _read_annotations(directory)
    documents = read_documents([directory]).documents
    quads = [quad for document in documents for quad in map_text(document)]
    return score_all(golds, read_facts(quads, known, minter), _read_texts(directory, documents))


def _read_annotations(directory: Path) -> dict[str, Facts]:
    found = {path.name: _read_annotation(path) for path in sorted(directory.glob("*.json"))}
    annotations = {name: gold for name, gold in found.items() if gold is not None}
    if not annotations:
        raise FileError(
            f"no annotation in {directory}",
            remedy="Annotations are JSON files with `document` and `statements`.",
        )
    return annotations


def _read_annotation(path: Path) -> Facts | None:
    """Read an annotation; None where the file holds something else."""
    try:
        found: Any = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise FileError(f"cannot read {path}: {error}") from error
    is_annotation = (
        isinstance(found, dict) and "statements" in found and "file" in (found.get("document") or {})
    )
    return found if is_annotation else None


def _read_texts(directory: Path, documents: Iterable[Document]) -> dict[str, str]:
    """Give the text of each file as it lies in the folder, or as it was read where it is no plain text."""
    texts = {document.file: document.text for document in documents}
    for name in texts:
        path = directory / name
        if path.suffix == ".txt" and path.is_file():
            texts[name] = path.read_bytes().decode("utf-8", "replace")
    return texts
