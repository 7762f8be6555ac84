"""Figures: which numbers count, what they count, and how the numbers of a text hang together."""

import json
from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction_inputs import CASES, load_lexicon
from kg.extraction.figures.finding import find_document_figures
from kg.extraction.figures.numbers import find_numbers, read_value
from kg.extraction.text.sentences import split_sentences
from kg.model import Figure, PartialDate, Span

FILES = sorted((CASES / "figures").glob("*.json"))
READ = [(path.stem, case) for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]


def find(text: str, published: str | None = None) -> tuple[Figure, ...]:
    block = Span(0, len(text))
    date = PartialDate.parse(published) if published else None
    sentences = split_sentences(text, block, load_lexicon())
    return find_document_figures(text, [(block, sentences)], load_lexicon(), date)


def describe(text: str, figure: Figure) -> dict[str, str]:
    period = figure.period
    facts = {
        "span": figure.span.of(text),
        "value": str(figure.value),
        "high": figure.high and str(figure.high),
        "qualifier": figure.qualifier,
        "unit": figure.unit,
        "measure": figure.measure,
        "start": period and period.start and str(period.start),
        "end": period and period.end and str(period.end),
    }
    return {name: value for name, value in facts.items() if value}


def test_all_cases_are_read() -> None:
    assert len(FILES) == 10
    assert len(READ) == 147


@pytest.mark.parametrize(("group", "case"), READ)
def test_a_sentence_yields_exactly_its_figures(group: str, case: dict[str, Any]) -> None:
    found = [describe(case["text"], figure) for figure in find(case["text"], case.get("published"))]
    assert found == case["figures"]


@pytest.mark.parametrize(
    ("text", "population", "origin", "destination"),
    [
        ("Pakistan deported 900 Afghans.", "Afghans", ["pakistan"], ["afghanistan"]),
        ("About 300 Syrians were returned from Lebanon.", "Syrians", ["lebanon"], ["syria"]),
        ("Iran has expelled 4,000 people to Afghanistan.", "people", ["iran"], ["afghanistan"]),
        ("Some 50,000 people crossed into India.", "people", [], ["india"]),
        ("The flow sent 70 Sudanese out of Egypt and Libya.", "Sudanese", ["egypt", "libya"], []),
        ("Around 900 people fled Myanmar.", "people", ["myanmar"], []),
    ],
)
def test_origin_and_destination_come_from_places_verbs_and_demonyms(
    text: str, population: str, origin: list[str], destination: list[str]
) -> None:
    (figure,) = find(text)
    assert figure.population
    assert figure.population.of(text) == population
    assert figure.origin == tuple(f"id/state/{name}" for name in origin)
    assert figure.destination == tuple(f"id/state/{name}" for name in destination)


def test_parts_point_to_the_figure_they_are_part_of() -> None:
    whole, part, other, again = find(
        "Chad received 5,600 returnees, among them 700 minors. Another 90 people died. Two of them were children."
    )
    assert (whole.part_of, part.part_of, other.part_of, again.part_of) == (None, 0, None, 2)


@pytest.mark.parametrize(
    ("text", "wholes"),
    [
        (
            "Over 90% are poor, with 6 million people – a third of its about 18 million citizens.",
            [None, 3, 3, None],
        ),
        ("Police held 500 people, half of the 1,000 returnees.", [2, 2, None]),
        ("Almost 40 per cent of the 60 nurses had returned.", [1, None]),
        (
            "A third of the 90 camps closed, and 4,000 refugees, a quarter of the 16,000, left.",
            [1, None, 4, 4, None],
        ),
        ("Chad deported 80% of the men, including 300 refugees.", [None, None]),
        ("Chad deported 900 people, half of them women, including 40% from Mali.", [None, 0, 1]),
        ("Nearly half, 500, of them were children. They died.", [None, None]),
        ("Mali deported 900 people. Nearly half of them, 430, were children.", [None, 0, 0]),
    ],
)
def test_a_count_is_part_of_a_count_even_of_one_that_follows(text: str, wholes: list[int | None]) -> None:
    assert [figure.part_of for figure in find(text)] == wholes


def test_figures_say_who_found_them_and_leave_the_source_to_statements() -> None:
    (figure,) = find("Kenya deported 40 people.")
    assert figure.evidence.rule == "figure/object"
    assert 0 < figure.evidence.confidence <= 1
    assert figure.source is None
    assert figure.statement is None


@given(st.integers(min_value=0, max_value=10**9))
def test_grouped_digits_read_back_as_the_number(number: int) -> None:
    assert read_value(f"{number:,}", load_lexicon()) == Decimal(number)


@given(st.text(alphabet="0123456789 ,.%abc-–’'$€/#\n", max_size=60))
def test_numbers_lie_in_order_inside_any_text(text: str) -> None:
    found = find_numbers(text, Span(0, len(text)), load_lexicon())
    assert all(0 <= m.span.start < m.span.end <= len(text) for m in found)
    assert all(a.span.end <= b.span.start for a, b in pairwise(found))


def test_a_run_of_numbers_without_a_full_stop_is_read_in_pieces() -> None:
    """Cutting loses no number, and keeps a hostile text from costing more than its length."""
    assert len(find("Chad deported 5 people, " * 200)) == 200
