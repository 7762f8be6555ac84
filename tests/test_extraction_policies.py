"""Policies: one for each plan, with its issuer, dates, deadlines and all its mentions."""

import json
from dataclasses import replace
from typing import Any

import pytest

from extraction_inputs import CASES, load_lexicon, make_document
from kg.extraction.policies.finding import find_policies
from kg.extraction.text.sentences import split_sentences
from kg.model import PartialDate, Policy, Span

FILES = sorted((CASES / "policies").glob("*.json"))
READ = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]


def find(text: str, published: str | None = None, actor: str | None = None) -> tuple[Policy, ...]:
    date = PartialDate.parse(published) if published else None
    document = replace(make_document(text), published=date)
    blocks = [(b.span, split_sentences(text, b.span, load_lexicon())) for b in document.blocks]
    return find_policies(document, blocks, load_lexicon(), (lambda _: actor) if actor else None)


def describe(text: str, policy: Policy) -> dict[str, Any]:
    facts = {
        "name": policy.name,
        "issuer": policy.issuer,
        "announced": policy.announced and str(policy.announced),
        "effective": policy.effective and str(policy.effective),
        "same_as": policy.same_as,
        "mentions": len(policy.spans),
        "deadlines": [
            {"date": str(d.date), "applies_to": d.applies_to and d.applies_to.of(text)}
            for d in policy.deadlines
        ],
    }
    return {name: value for name, value in facts.items() if value}


def test_all_cases_are_read() -> None:
    assert len(FILES) == 3
    assert len(READ) == 30


@pytest.mark.parametrize("case", READ, ids=lambda case: case["text"][:60])
def test_a_text_yields_exactly_its_policies(case: dict[str, Any]) -> None:
    found = find(case["text"], case.get("published"))
    assert [describe(case["text"], policy) for policy in found] == case["policies"]


def test_a_year_taken_from_the_curated_policy_is_marked_and_explained() -> None:
    text = "The Illegal Foreigners Repatriation Plan goes on. Card holders must leave by March 31."
    (policy,) = find(text)
    (deadline,) = policy.deadlines
    assert deadline.inferred
    assert deadline.evidence.rule == "deadline/year-from-curated-policy"
    assert deadline.span.of(text) == "March 31"


def test_a_year_that_the_text_gives_is_not_inferred() -> None:
    (policy,) = find("Iran told students to leave by 6 September 2025.")
    assert policy.deadlines[0].inferred is False


def test_the_issuer_is_the_actor_that_the_caller_knows() -> None:
    (policy,) = find("Officers issued a decree that bars foreigners.", actor="#actor-officers")
    assert policy.issuer == "#actor-officers"


def test_keys_are_fragments_and_differ() -> None:
    found = find("Iraq has a plan to deport Syrians. Harsher deportation drives were under way in Jordan.")
    assert [p.key for p in found] == [
        "#policy-plan-to-deport-syrians",
        "#policy-deportation-drives-in-jordan",
    ]


def test_mentions_lie_in_the_text_in_order() -> None:
    text = "Chad has a plan to deport migrants. The plan is new. Its policy is old."
    (policy,) = find(text)
    assert [s.of(text) for s in policy.spans] == ["plan to deport migrants", "The plan", "Its policy"]
    assert all(isinstance(s, Span) for s in policy.spans)
