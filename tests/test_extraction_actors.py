"""Actors: who a text names, what they are, by which words, and which posts they hold."""

import json
from typing import Any

import pytest

from extraction_inputs import CASES, load_lexicon, make_blocks, name_actor
from kg.extraction.pipeline import extract
from kg.model import Actor, Facts

FILES = sorted((CASES / "actors").glob("*.json"))
READ = [
    (f"{path.stem}-{number}", case)
    for path in FILES
    for number, case in enumerate(json.loads(path.read_text(encoding="utf-8")), start=1)
]


def describe(actor: Actor, facts: Facts, text: str) -> str:
    posts = [(m.role, m.organization) for m in facts.memberships if m.member == actor.key]
    surfaces = sorted({m.span.of(text) for m in facts.mentions if m.actor == actor.key})
    return f"{actor.kind} {actor.name}, posts {posts}, parent {actor.parent}, named as {surfaces}"


def is_expected(expected: dict[str, Any], actor: Actor, facts: Facts, text: str) -> bool:
    """Tell whether an actor has the name and kind of a case, and the post and surfaces if the case gives them."""
    if expected["name"] not in name_actor(actor.key, facts, text) or actor.kind != expected["kind"]:
        return False
    posts = [m for m in facts.memberships if m.member == actor.key]
    surfaces = {m.span.of(text) for m in facts.mentions if m.actor == actor.key and m.is_name}
    organizations = {key for key in (actor.parent, *(m.organization for m in posts)) if key}
    return (
        ("role" not in expected or expected["role"] in [m.role for m in posts])
        and ("surfaces" not in expected or set(expected["surfaces"]) == surfaces)
        and (
            "organization" not in expected
            or any(expected["organization"] in name_actor(key, facts, text) for key in organizations)
        )
    )


def test_all_cases_are_read() -> None:
    assert len(FILES) == 14
    assert len(READ) == 100


@pytest.mark.parametrize("case", [case for _, case in READ], ids=[name for name, _ in READ])
def test_a_text_names_these_actors_and_besides_only_states(case: dict[str, Any]) -> None:
    document = make_blocks(case.get("blocks") or [["paragraph", case["text"]]])
    facts = extract(document, load_lexicon())
    named = [a for a in facts.actors if a.named]
    shown = [describe(a, facts, document.text) for a in named]
    matched = set()
    for expected in case["actors"]:
        fitting = [a.key for a in named if is_expected(expected, a, facts, document.text)]
        assert len(fitting) == 1, (expected, shown)
        matched.update(fitting)
    assert {a.key for a in named if a.kind != "State"} <= matched, shown
