"""What extraction finds in the sample documents hangs together, whatever the text."""

from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extraction_inputs import ROOT, load_lexicon, make_document
from kg.documents import read_documents
from kg.extraction.pipeline import extract
from kg.model import Document, Facts, Span

SAMPLES = sorted(path for path in (ROOT / "data" / "documents").iterdir() if path.name != "README.md")
WORDS = """
    Amnesty International|UNHCR|Pakistan|the group|He|they|Lawyer Bilal Aziz|officials|said|that|urged|to stop|warned|accused|of|
    told reporters|according to|citing IOM|was condemned by|deportations|returned 500 people|in Kabul|on Monday|“We left,|”|,|.|:|
    and|did not|the letter|we|“|" |' |—|\n\n|2023|the government of Chad|1951 Refugee Convention|must
""".split("|")


@cache
def read_sample(path: Path) -> tuple[tuple[Document, Facts], ...]:
    """Read the documents of a file, and extract what they say."""
    return tuple((d, extract(d, load_lexicon())) for d in read_documents([path]).documents)


def list_spans(facts: Facts) -> Iterator[Span]:
    for statement in facts.statements:
        yield from (*statement.content, statement.sentence)
        yield from (span for span in (statement.cue, statement.source) if span)
    for mention in facts.mentions:
        yield mention.span
    for membership in facts.memberships:
        yield membership.span
    for figure in facts.figures:
        yield from (
            s for s in (figure.span, figure.population, figure.origin_span, figure.destination_span) if s
        )
    for norm in facts.norms:
        yield from norm.surfaces
    for policy in facts.policies:
        yield from (*policy.spans, *(d.span for d in policy.deadlines))
    for demand in facts.demands:
        yield demand.span


def list_actors(facts: Facts) -> Iterator[str]:
    for statement in facts.statements:
        yield from (*statement.speakers, *statement.addressees, *statement.cites)
    for mention in facts.mentions:
        yield mention.actor
    for membership in facts.memberships:
        yield from (key for key in (membership.member, membership.organization) if key)
    for demand in facts.demands:
        yield from demand.demandees
    for figure in facts.figures:
        yield from ([figure.source] if figure.source else [])
    for norm in facts.norms:
        yield from norm.asserted_by
    for actor in facts.actors:
        yield from ([actor.parent] if actor.parent else [])


def follow_relays(number: int, facts: Facts) -> list[int]:
    """Follow a statement to the innermost one it passes on; stops where it comes round."""
    path = [number]
    while (inner := facts.statements[path[-1]].relays) is not None and inner not in path:
        path.append(inner)
    return path if inner is None else [*path, inner]


def check_facts(document: Document, facts: Facts) -> None:
    """Assert what holds of all facts."""
    body = document.body
    assert all(body.start <= s.start < s.end <= body.end for s in list_spans(facts))
    keys = [actor.key for actor in facts.actors]
    assert len(keys) == len(set(keys))
    assert set(list_actors(facts)) <= set(keys)
    for number, statement in enumerate(facts.statements):
        assert statement.speakers
        assert statement.content
        assert all(a.end <= b.start for a, b in pairwise(statement.content))
        assert all(statement.sentence.covers(span) for span in statement.content)
        assert all(
            any(block.span.covers(span) for block in document.blocks)
            or any(span.covers(block.span) for block in document.blocks)
            for span in statement.content
        )
        assert not any(statement.cue and span.overlaps(statement.cue) for span in statement.content)
        assert 0 < statement.evidence.confidence <= 1
        path = follow_relays(number, facts)
        assert len(path) == len(set(path)), "statements that relay one another in a circle"
    assert [s.start for s in facts.statements] == sorted(s.start for s in facts.statements)
    for figure in facts.figures:
        assert figure.statement is None or any(
            span.covers(figure.span) for span in facts.statements[figure.statement].content
        )
    assert all(a.span.end <= b.span.start for a, b in pairwise(m for m in facts.mentions if m.is_name))


def test_all_samples_are_read_and_say_something() -> None:
    assert len(SAMPLES) == 41
    found = [pair for path in SAMPLES for pair in read_sample(path)]
    assert len(found) >= len(SAMPLES)
    assert all(facts.statements for _, facts in found)


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_the_facts_of_a_sample_are_well_formed(path: Path) -> None:
    for document, facts in read_sample(path):
        check_facts(document, facts)


@pytest.mark.parametrize("path", SAMPLES[::5], ids=lambda path: path.stem)
def test_a_second_run_finds_the_same(path: Path) -> None:
    for document, facts in read_sample(path):
        assert extract(document, load_lexicon()) == facts


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from([word.strip(" ") for word in WORDS]), max_size=40))
def test_the_facts_of_any_text_are_well_formed(words: list[str]) -> None:
    document = make_document(" ".join(words))
    check_facts(document, extract(document, load_lexicon()))
