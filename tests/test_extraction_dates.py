"""Dates: what they mean, and which year a day without a year belongs to."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction_inputs import CASES, load_lexicon
from kg.extraction.dates.finding import DateMention, find_dates
from kg.extraction.figures.periods import find_anchors
from kg.extraction.text.sentences import split_sentences
from kg.model import PartialDate, Span

FILES = sorted((CASES / "dates").glob("*.json"))
READ = [case for path in FILES for case in json.loads(path.read_text(encoding="utf-8"))]


def find(text: str, published: str | None = None) -> tuple[DateMention, ...]:
    date = PartialDate.parse(published) if published else None
    return find_dates(text, Span(0, len(text)), load_lexicon(), date)


def describe(text: str, mention: DateMention) -> dict[str, Any]:
    facts = {
        "span": mention.span.of(text),
        "kind": mention.kind,
        "relation": mention.relation,
        "start": mention.start and str(mention.start),
        "end": mention.end and str(mention.end),
        "inferred": mention.inferred and mention.start is not None,
    }
    return {name: value for name, value in facts.items() if value}


def test_all_cases_are_read() -> None:
    assert len(FILES) == 7
    assert len(READ) == 68


@pytest.mark.parametrize("case", READ, ids=lambda case: case["text"][:60])
def test_a_sentence_yields_exactly_its_dates(case: dict[str, Any]) -> None:
    assert [describe(case["text"], m) for m in find(case["text"], case.get("published"))] == case["dates"]


def test_that_month_refers_to_the_date_named_in_an_earlier_sentence() -> None:
    text = "Bakers have until the 12th of that month."
    earlier = PartialDate(2025, 9, 2)
    (mention,) = find_dates(text, Span(0, len(text)), load_lexicon(), earlier=earlier)
    assert mention.date == PartialDate(2025, 9, 12)


def test_a_campaign_is_dated_by_the_sentence_that_says_it_was_launched() -> None:
    text = "Iran launched a crackdown in May 2024. Prices rose in June 2025."
    sentences = split_sentences(text, Span(0, len(text)), load_lexicon())
    anchors = find_anchors(text, sentences, load_lexicon())
    assert anchors == {"crackdown": PartialDate(2024, 5), "": PartialDate(2024, 5)}


def test_a_day_that_does_not_exist_is_no_date() -> None:
    assert find("They left on 31 February 2024.")[0].start is None


@given(st.dates().filter(lambda day: 1900 <= day.year <= 2099))
def test_a_written_day_is_read_back(day: Any) -> None:
    (mention,) = find(f"They left on {day.day} {day:%B} {day.year}.")
    assert mention.start == PartialDate(day.year, day.month, day.day)
    assert mention.inferred is False
