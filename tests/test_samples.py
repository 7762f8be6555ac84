"""The sample documents are complete, dated, of the promised length, and written afresh."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from datetime import date
from itertools import combinations
from pathlib import Path
from typing import Any

import frontmatter
import pytest
from lxml import html

ROOT = Path(__file__).resolve().parents[1]
SAMPLES = ROOT / "data" / "documents"
SHARED = ROOT / os.environ.get("KG_SHARED", "../shared") / "documents"

COUNTS = {".md": 36, ".html": 2, ".txt": 2, ".json": 1}
GENRES = {
    "news",
    "press-release",
    "own-statement",
    "letter",
    "urgent-action",
    "interview",
    "briefing",
    "update",
    "report",
    "legal-summary",
}
PUBLISHER = "Forced Returns Knowledge Graph (sample)"
SHORTEST, LONGEST, RUN = 220, 600, 12

FILES = sorted(path for path in SAMPLES.iterdir() if path.name != "README.md")
MARKDOWN = [path for path in FILES if path.suffix == ".md"]


def _read_markdown(path: Path) -> tuple[str, str]:
    post = frontmatter.load(str(path))
    return str(post["title"]), post.content


def _read_html(path: Path) -> tuple[str, str]:
    page = html.document_fromstring(path.read_bytes())
    article = page.find(".//article")
    assert article is not None
    return page.findtext(".//title", ""), " ".join(str(text) for text in article.itertext())


def _read_text(path: Path) -> tuple[str, str]:
    article, _, _ = path.read_text(encoding="utf-8").partition("More on this story")
    title, _, body = article.partition("\n")
    return title, body


def _read_reliefweb(path: Path) -> tuple[str, str]:
    fields = _reliefweb_fields(path)
    return str(fields["title"]), str(fields["body"])


def _reliefweb_fields(path: Path) -> dict[str, Any]:
    fields: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))["data"][0]["fields"]
    return fields


READERS = {".md": _read_markdown, ".html": _read_html, ".txt": _read_text, ".json": _read_reliefweb}


def _read(path: Path) -> tuple[str, str]:
    return READERS[path.suffix](path)


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _runs(text: str) -> set[tuple[str, ...]]:
    words = _words(text)
    return {tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1)}


RUNS = {path.name: _runs(_read(path)[1]) for path in FILES}


def test_every_format_has_its_samples() -> None:
    assert Counter(path.suffix for path in FILES) == COUNTS


def test_file_names_tell_topic_in_kebab_case() -> None:
    assert [path.name for path in FILES if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", path.stem)] == []


def test_the_folder_says_what_it_holds() -> None:
    assert "written for this project" in (SAMPLES / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_front_matter_is_complete(path: Path) -> None:
    post = frontmatter.load(str(path))
    assert post["title"]
    assert post["publisher"] == PUBLISHER
    assert post["language"] == "en"
    assert post["genre"] in GENRES
    assert post["rights"] == "CC BY 4.0"
    assert post["show_text"] is True
    assert post["author_note"] == "written for this project from public facts"


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_front_matter_has_an_iso_date(path: Path) -> None:
    written = re.search(r"^date: (.*)$", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert written is not None
    assert date.fromisoformat(written[1]).isoformat() == written[1]


@pytest.mark.parametrize("path", MARKDOWN, ids=lambda path: path.stem)
def test_facts_have_a_source_or_a_note(path: Path) -> None:
    metadata = frontmatter.load(str(path)).metadata
    assert ("source" in metadata) != ("note" in metadata)
    assert str(metadata.get("source", "https://")).startswith("https://")


def test_reliefweb_report_names_its_publisher_date_and_language() -> None:
    (path,) = (path for path in FILES if path.suffix == ".json")
    fields = _reliefweb_fields(path)
    assert fields["source"] == [{"name": PUBLISHER}]
    assert date.fromisoformat(fields["date"]["original"][:10])
    assert fields["language"] == [{"code": "en"}]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_length_is_within_the_promised_range(path: Path) -> None:
    assert SHORTEST <= len(_read(path)[1].split()) <= LONGEST


def test_every_genre_but_one_is_shown() -> None:
    """`own-statement` is for organisations that submit their own texts; a sample cannot be one."""
    assert {frontmatter.load(str(path))["genre"] for path in MARKDOWN} == GENRES - {"own-statement"}


def test_no_two_titles_are_equal() -> None:
    titles = Counter(_read(path)[0].casefold() for path in FILES)
    assert [title for title, count in titles.items() if count > 1] == []


def test_no_two_samples_share_twelve_words_in_a_row() -> None:
    shared = {(a, b): RUNS[a] & RUNS[b] for a, b in combinations(RUNS, 2)}
    assert {pair: runs for pair, runs in shared.items() if runs} == {}


def test_no_sample_shares_twelve_words_in_a_row_with_a_source_document() -> None:
    if not SHARED.is_dir():
        pytest.skip(f"no source documents at {SHARED}: set KG_SHARED")
    sources = {path.name: _runs(path.read_text(encoding="utf-8")) for path in SHARED.glob("*.txt")}
    assert len(sources) == 5
    shared = {(name, source): RUNS[name] & runs for name in RUNS for source, runs in sources.items()}
    assert {pair: runs for pair, runs in shared.items() if runs} == {}


def test_shared_runs_are_found() -> None:
    sentence = "one two three four five six seven eight nine ten eleven twelve thirteen"
    assert len(_runs(sentence)) == 2
    assert _runs(sentence) & _runs("zero " + sentence.upper() + ".") == _runs(sentence)
