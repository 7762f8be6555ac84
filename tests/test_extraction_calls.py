"""Calls to act by a day: an urgent action's own deadline, and nobody else's."""

from functools import cache
from pathlib import Path

import pytest

from kg.documents import read_text
from kg.extraction import Lexicon, compile_lexicon
from kg.extraction.policies.calls import find_calls
from kg.formats import parse_quads
from kg.iris import Minter

ROOT = Path(__file__).parents[1]


@cache
def lexicon() -> Lexicon:
    minter = Minter()
    return compile_lexicon(
        [
            quad
            for path in sorted((ROOT / "ontology").rglob("*.ttl"))
            for quad in parse_quads(path.read_bytes(), minter.mint_graph("vocab"), minter.base)
        ],
        minter.base,
    )


def call(sentence: str, genre: str = "urgent-action") -> list[tuple[str, str]]:
    text = f"Stop the returns\n\nThe police took two sisters to the border on 2 May 2024.\n\n{sentence}\n"
    (document,) = read_text(text, slug="call", file="call.txt", genre=genre)
    return [(str(d.date), d.span.of(text)) for d in find_calls(document, lexicon())]


@pytest.mark.parametrize(
    "sentence",
    [
        "Please take action before 9 June 2024.",
        "Write to the minister before 9 June 2024.",
        "Send your appeal no later than 9 June 2024.",
        "Please sign the letter by 9 June 2024.",
    ],
)
def test_a_call_has_its_day(sentence: str) -> None:
    assert call(sentence) == [("2024-06-09", "9 June 2024")]


@pytest.mark.parametrize(
    "sentence",
    [
        "The sisters must leave before 9 June 2024.",
        "Please take action. They must leave before 9 June 2024.",
        "They wrote to the minister on 9 June 2024.",
        "Please take action before June 2024.",
    ],
)
def test_other_days_are_no_call(sentence: str) -> None:
    assert call(sentence) == []


def test_only_urgent_actions_call() -> None:
    assert call("Please take action before 9 June 2024.", "news") == []
