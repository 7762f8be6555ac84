"""Statements: who says what, frame by frame; each file of cases is a frame."""

import json
from typing import Any

import pytest

from extraction_inputs import CASES, load_lexicon, make_blocks, name_actor
from kg.extraction.pipeline import extract
from kg.model import Document, Facts, Statement

FILES = sorted((CASES / "statements").glob("*.json"))
READ = [
    (f"{path.stem}-{number}", case)
    for path in FILES
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1)
]
WRONG = [name for name, case in READ if "xfail" in case]


def read_params() -> list[Any]:
    """Give the cases as parameters; those that are known to fail carry their cause."""
    return [
        pytest.param(
            case,
            id=name,
            marks=pytest.mark.xfail(reason=case["xfail"], strict=True) if "xfail" in case else (),
        )
        for name, case in READ
    ]


def read_case(case: dict[str, Any]) -> Document:
    """Make the document of a case: one paragraph, or blocks of several kinds."""
    blocks = case.get("blocks") or [["paragraph", case["text"]]]
    return make_blocks(blocks, publisher=case.get("publisher"), genre=case.get("genre", "news"))


def find_cited(statement: Statement, facts: Facts) -> list[str]:
    """Give the actors on whose word a statement stands, folded as the gold's `cites`."""
    inner = facts.statements[statement.relays] if statement.relays is not None else None
    return list(dict.fromkeys([*statement.cites, *(inner.speakers if inner and inner.is_citing else ())]))


def describe(statement: Statement, facts: Facts, text: str) -> str:
    speakers = "; ".join(next(a.name for a in facts.actors if a.key == k) for k in statement.speakers)
    cue = statement.cue.of(text) if statement.cue else None
    said = " // ".join(c.of(text) for c in statement.content)
    return f"{speakers} | {cue} | {statement.mode} | {said}"


def is_expected(expected: dict[str, Any], statement: Statement, facts: Facts, text: str) -> bool:
    """Tell whether a statement has the speakers, content, mode and cue of a case, and whatever else it gives."""
    cue = statement.cue.of(text).lower() if statement.cue else ""
    wanted = (expected["cue"] or "").lower()
    return (
        [c.of(text) for c in statement.content] == expected["content"]
        and statement.mode == expected["mode"]
        and (wanted in cue or (cue != "" and cue in wanted))
        and _names_all(expected["speaker"], statement.speakers, facts, text)
        and _names_all(expected.get("addressees"), statement.addressees, facts, text)
        and _names_all(expected.get("cites"), find_cited(statement, facts), facts, text)
    )


def _names_all(names: list[str] | None, keys: Any, facts: Facts, text: str) -> bool:
    if names is None:
        return True
    return len(names) == len(keys) and all(
        n in name_actor(k, facts, text) for n, k in zip(names, keys, strict=True)
    )


def test_all_cases_are_read() -> None:
    assert len(FILES) == 28
    assert len(READ) == 167
    assert len(WRONG) == 8


@pytest.mark.parametrize("case", read_params())
def test_a_text_yields_exactly_its_statements(case: dict[str, Any]) -> None:
    document = read_case(case)
    facts = extract(document, load_lexicon())
    found = [s for s in facts.statements if not s.is_citing]
    shown = [describe(s, facts, document.text) for s in found]
    assert len(found) == len(case["statements"]), shown
    for expected in case["statements"]:
        assert any(is_expected(expected, s, facts, document.text) for s in found), (expected, shown)
