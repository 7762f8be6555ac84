"""Comparison: what does not fit together is found, with the numbers, and what fits is let be."""

import hashlib
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from example_facts import SURE, make_document, make_facts
from kg.formats import parse_quads
from kg.iris import Minter
from kg.mapping import compare, map_document, read_bounds
from kg.model import (
    IRI,
    Actor,
    Deadline,
    Document,
    Facts,
    Figure,
    Literal,
    PartialDate,
    Period,
    Policy,
    Quad,
    Span,
    Statement,
)
from kg.validation import load_shapes, validate
from kg.vocab import FR, FRV, PROV

ROOT = Path(__file__).parents[1]
MINTER = Minter()
BOUNDS = read_bounds(
    parse_quads(
        (ROOT / "ontology/vocab/qualifiers.ttl").read_bytes(), MINTER.mint_graph("vocab"), MINTER.base
    )
)
SHAPES = load_shapes(ROOT / "shapes")
SOURCE = "id/actor/iom"
HERE, THERE = "id/state/norland", "id/state/sudland"
YEAR = Period(PartialDate(2025), PartialDate(2025))
SINCE = Period(PartialDate(2024, 9), None)


def make(slug: str, text: str, issued: str | None = None, **known: Any) -> Document:
    digest = hashlib.sha256(text.encode()).hexdigest()
    published = PartialDate.parse(issued) if issued else None
    return Document(
        slug, f"{slug}.txt", text, digest, (), body=Span(0, len(text)), published=published, **known
    )


def count(value: int, document: Document, words: str, **changes: Any) -> Figure:
    start = document.text.index(words)
    settled: dict[str, Any] = {
        "qualifier": "exact",
        "unit": "persons",
        "measure": "returned",
        "population": Span(0, 7),
        "origin": (HERE,),
        "destination": (THERE,),
        "period": YEAR,
        "source": SOURCE,
    }
    return Figure(Span(start, start + len(words)), Decimal(value), evidence=SURE, **settled | changes)


def find(*documents: tuple[Document, Facts]) -> list[tuple[str, str]]:
    """Map and compare documents; give verdict and explanation of each comparison."""
    derived = compare([q for d, f in documents for q in map_document(d, f, MINTER, BOUNDS, "1")], MINTER)
    subjects = sorted({q.subject for q in derived})
    return sorted((_value(derived, s, FR.verdict), _value(derived, s, FR.explanation)) for s in subjects)


def _value(quads: Sequence[Quad], subject: IRI, predicate: IRI) -> str:
    (found,) = (q.object for q in quads if q.subject == subject and q.predicate == predicate)
    return found.value if isinstance(found, Literal) else found.removeprefix(FRV.term("verdict-"))


def verdicts(*documents: tuple[Document, Facts]) -> list[str]:
    return [verdict for verdict, _ in find(*documents)]


ONE = make("one", "Afghans: 100 or 200 or half", "2026-01-10")
TWO = make("two", "Afghans: 150 or 200", "2026-02-20")


def facts(*figures: Figure) -> Facts:
    return Facts(figures=figures)


# Contradictions


def test_two_numbers_for_the_same_contradict() -> None:
    (found,) = find((ONE, facts(count(100, ONE, "100"))), (TWO, facts(count(150, TWO, "150"))))
    assert found[0] == "contradicts"
    assert "“100”" in found[1]
    assert "“150”" in found[1]


@pytest.mark.parametrize(
    "changes",
    [
        {"qualifier": "at-least", "value": Decimal(90)},
        {"measure": "hosted"},
        {"unit": "cases"},
        {"population": Span(9, 12)},
        {"population": None},
        {"origin": (THERE,)},
        {"destination": ()},
        {"period": Period(PartialDate(2024), PartialDate(2024))},
        {"period": None},
    ],
    ids=str,
)
def test_numbers_that_overlap_or_count_something_else_do_not(changes: dict[str, Any]) -> None:
    other = replace(count(150, TWO, "150"), **changes)
    assert verdicts((ONE, facts(count(100, ONE, "100"))), (TWO, facts(other))) == []


def test_a_part_does_not_contradict_its_whole() -> None:
    whole, part = count(200, ONE, "200"), count(100, ONE, "100", part_of=0)
    assert verdicts((ONE, facts(whole, part))) == []


@pytest.mark.parametrize(("later", "expected"), [(150, []), (80, ["contradicts"])])
def test_a_count_since_a_day_may_grow_and_may_not_shrink(later: int, expected: list[str]) -> None:
    one, two = count(100, ONE, "100", period=SINCE), count(later, TWO, "150", period=SINCE)
    assert verdicts((ONE, facts(one)), (TWO, facts(two))) == expected


def test_without_a_period_only_documents_of_one_day_are_compared() -> None:
    one, other = count(100, ONE, "100", period=None), count(200, ONE, "200", period=None)
    two = count(150, TWO, "150", period=None)
    same_day = replace(TWO, published=ONE.published)
    assert verdicts((ONE, facts(one, other))) == []
    assert verdicts((ONE, facts(one)), (TWO, facts(two))) == []
    assert verdicts((ONE, facts(one)), (same_day, facts(two))) == ["contradicts"]


def test_populations_that_differ_in_case_and_article_alone_are_equal() -> None:
    three = make("three", "the  afghans: 150", "2026-02-20")
    other = count(150, three, "150", population=Span(0, 12))
    assert verdicts((ONE, facts(count(100, ONE, "100"))), (three, facts(other))) == ["contradicts"]


def test_two_parts_of_one_number_are_no_contradiction() -> None:
    whole = count(200, ONE, "200")
    some, others = count(100, ONE, "100", part_of=0), count(50, ONE, "half", part_of=0)
    assert verdicts((ONE, facts(whole, some, others))) == []


# Shares


def share(*, value: int = 50, qualifier: str = "nearly", part: int = 778739) -> list[tuple[str, str]]:
    whole = count(1495851, ONE, "200", period=SINCE)
    half = count(value, ONE, "half", unit="percent", qualifier=qualifier, part_of=0)
    return find((ONE, facts(whole, half, count(part, ONE, "100", part_of=0))))


def test_nearly_half_is_not_more_than_half() -> None:
    assert share() == [
        (
            "share-does-not-add-up",
            (
                "778,739 of 1,495,851 is 52.1 %, which “half” does not cover: "
                "it means at least 47.5 % and less than 50 %."
            ),
        )
    ]


@pytest.mark.parametrize(
    ("qualifier", "part"), [("more-than", 778739), ("about", 778739), ("nearly", 730000)]
)
def test_a_share_within_its_bounds_adds_up(qualifier: str, part: int) -> None:
    assert share(qualifier=qualifier, part=part) == []


def test_a_share_of_another_time_is_not_checked() -> None:
    whole, half = count(200, ONE, "200"), count(50, ONE, "half", unit="percent", part_of=0)
    part = count(10, ONE, "100", part_of=0, period=Period(PartialDate(2024), PartialDate(2024)))
    assert verdicts((ONE, facts(whole, half, part))) == []


@pytest.mark.parametrize(
    ("qualifier", "part", "explanation"),
    [
        ("exact", 96, "96 of 200 is 48 %, which “half” does not cover: it means 50 %."),
        ("at-least", 96, "96 of “200” is at most 48 %, which “half” does not cover: it means 50 %."),
        ("up-to", 104, "104 of “200” is at least 52 %, which “half” does not cover: it means 50 %."),
        ("about", 96, None),
        ("at-least", 104, None),
        ("up-to", 96, None),
    ],
)
def test_the_whole_is_taken_as_it_is_worded(qualifier: str, part: int, explanation: str | None) -> None:
    figures = (
        count(200, ONE, "200", qualifier=qualifier),
        count(50, ONE, "half", unit="percent", part_of=0),
        count(part, ONE, "100", part_of=0),
    )
    assert [text for _, text in find((ONE, facts(*figures)))] == ([explanation] if explanation else [])
    assert is_warned_of(*figures) == bool(explanation)


def test_a_share_of_a_share_is_not_computed() -> None:
    whole = count(80, ONE, "200", unit="percent")
    half = count(50, ONE, "half", unit="percent", part_of=0)
    other = count(10, ONE, "100", unit="percent", part_of=0)
    assert verdicts((ONE, facts(whole, half, other))) == []
    assert not is_warned_of(whole, half, other)


def is_warned_of(*figures: Figure) -> bool:
    """Tell whether the shapes warn of a share among the figures."""
    quads = map_document(ONE, facts(*figures), MINTER, BOUNDS, "1")
    about = [q for q in quads if q.subject.partition("#")[2].startswith(("figure", "period"))]
    return "figure/share/adds-up" in {r.rule for r in validate(about, SHAPES).results}


QUALIFIERS = st.sampled_from(["exact", "at-least", "more-than", "about", "nearly", "up-to"])
PERIODS = st.sampled_from([None, YEAR, SINCE])


@settings(max_examples=60, deadline=None)
@given(
    whole=st.tuples(st.sampled_from([0, 20, 40]), QUALIFIERS, PERIODS),
    share=st.tuples(st.sampled_from([5, 25, 50, 95, 100]), QUALIFIERS, PERIODS),
    parts=st.lists(st.tuples(st.sampled_from([0, 1, 5, 10, 19, 20, 21]), QUALIFIERS, PERIODS), max_size=2),
)
def test_shapes_warn_of_exactly_the_shares_that_comparison_finds(
    whole: tuple[int, str, Period | None],
    share: tuple[int, str, Period | None],
    parts: list[tuple[int, str, Period | None]],
) -> None:
    def make_figure(known: tuple[int, str, Period | None], words: str, **changes: Any) -> Figure:
        value, qualifier, period = known
        return count(value, ONE, words, qualifier=qualifier, period=period, **changes)

    figures = [make_figure(whole, "200"), make_figure(share, "half", unit="percent", part_of=0)]
    figures += [make_figure(part, "100", part_of=0) for part in parts]
    assert is_warned_of(*figures) == ("share-does-not-add-up" in verdicts((ONE, facts(*figures))))


# Measures that drift


def test_the_same_number_returned_here_and_deported_there_is_drift() -> None:
    (found,) = find(
        (ONE, facts(count(200, ONE, "200"))), (TWO, facts(count(199, TWO, "200", measure="deported")))
    )
    assert found == (
        "measure-drift",
        "The same source is given for “200” who returned and for “200” who were deported.",
    )


def test_numbers_of_one_series_are_drift_where_one_number_fits_both() -> None:
    returned = count(1495851, ONE, "200", period=SINCE)
    deported = count(844499, TWO, "150", measure="deported", qualifier="at-least", period=SINCE)
    assert verdicts((ONE, facts(returned)), (TWO, facts(deported))) == ["measure-drift"]


def test_numbers_of_one_series_may_leave_out_a_place_but_not_both() -> None:
    returned = count(1495851, ONE, "200", period=SINCE, origin=())
    deported = count(844499, TWO, "150", measure="deported", qualifier="at-least", period=SINCE)
    nowhere = replace(returned, destination=())
    assert verdicts((ONE, facts(returned)), (TWO, facts(deported))) == ["measure-drift"]
    assert verdicts((ONE, facts(nowhere)), (TWO, facts(deported))) == []


@pytest.mark.parametrize(
    "changes",
    [
        {"source": "id/actor/unhcr"},
        {"source": None},
        {"value": Decimal(100)},
        {"unit": "cases"},
        {"origin": (THERE,)},
    ],
    ids=str,
)
def test_another_source_number_unit_or_place_is_no_drift(changes: dict[str, Any]) -> None:
    deported = replace(count(200, TWO, "200", measure="deported"), **changes)
    assert verdicts((ONE, facts(count(200, ONE, "200"))), (TWO, facts(deported))) == []


def test_one_document_may_count_both() -> None:
    both = facts(count(200, ONE, "200"), count(200, ONE, "100", measure="deported"))
    assert verdicts((ONE, both)) == []


# Utterances


def say(
    slug: str, words: str, speaker: str = "#actor-ida-holm", mode: str = "direct"
) -> tuple[Document, Facts]:
    document = make(slug, words)
    whole = Span(0, len(words))
    statement = Statement((speaker,), (whole,), whole, None, whole, mode, "report", SURE)
    holm = Actor("#actor-ida-holm", "Ida Holm", "Person", SURE)
    return document, Facts((holm,), statements=(statement,), links=((holm.key, "id/actor/ida-holm"),))


SAID = "The plan must be cancelled before anybody is sent back to danger"


@pytest.mark.parametrize(
    "words",
    [
        SAID,
        SAID.replace("anybody", "anyone"),
        SAID.upper(),
        "The plan must be cancelled before anybody is sent back",
        "must be cancelled before anybody is",
    ],
)
def test_the_same_words_of_one_person_in_two_documents_are_one_utterance(words: str) -> None:
    assert verdicts(say("one", SAID), say("two", words)) == ["same-utterance"]


def test_the_shorter_of_two_reports_is_shown_up_to_twenty_words() -> None:
    long, short = " ".join(f"w{n}" for n in range(30)), " ".join(f"w{n}" for n in range(25))
    ((_, shown),) = find(say("one", long), say("two", short))
    beginning = " ".join(f"w{n}" for n in range(20))
    assert shown == (
        "Two documents give the same speaker nearly the same words: "
        f"25 words of “{beginning} …” stand in both."
    )


def test_the_world_tells_who_is_the_same() -> None:
    assert verdicts(say("one", SAID), say("two", SAID, "id/actor/ida-holm")) == ["same-utterance"]
    assert verdicts(say("one", SAID), say("two", SAID, "id/actor/unhcr")) == []


@pytest.mark.parametrize(
    "words", ["The plan must be kept whatever the courts may say of it", "be cancelled before"]
)
def test_other_or_too_few_words_are_another_utterance(words: str) -> None:
    assert verdicts(say("one", SAID), say("two", words)) == []


def test_a_short_report_within_a_long_one_is_not_enough_unless_both_are_quoted() -> None:
    long = f"{SAID}, and all who were sent back before must be let in again"
    short = "must be cancelled before anybody is sent"
    assert verdicts(say("one", long, mode="indirect"), say("two", short, mode="indirect")) == []
    assert verdicts(say("one", long), say("two", short)) == ["same-utterance"]


def test_a_report_that_drops_some_words_is_the_same_utterance() -> None:
    one = say(
        "one", "stop the unlawful arrest, eviction and return of refugees and asylum seekers", mode="indirect"
    )
    two = say("two", "stop the arrest and return of refugees", mode="indirect")
    assert verdicts(one, two) == ["same-utterance"]


# Dates

CALL = make(
    "call", "Write before 8 February 2023. Since 15 November.", "2023-11-15", publisher="Harbour Watch"
)
DAY = Deadline(Span(13, 28), PartialDate(2023, 2, 8), None, SURE)


def campaign(**changes: Any) -> tuple[Document, Facts]:
    watch = Actor("#actor-harbour-watch", "Harbour Watch", "NGO", SURE)
    policy = Policy(
        "#policy-campaign", "campaign", (Span(0, 5),), SURE, issuer="#actor-harbour-watch", deadlines=(DAY,)
    )
    return CALL, Facts((watch,), policies=(replace(policy, **changes),))


def test_a_call_to_act_by_a_day_before_its_own_is_impossible() -> None:
    assert find(campaign()) == [
        (
            "impossible-date",
            "The document (15 November 2023) asks for action by a day (8 February 2023) that had passed.",
        )
    ]


def test_a_call_is_a_deadline_of_the_document_too() -> None:
    assert find((CALL, Facts(deadlines=(DAY,)))) == find(campaign())


def test_a_deadline_of_others_may_have_passed() -> None:
    assert find(campaign(issuer=HERE)) == []


def test_a_deadline_whose_year_is_ours_is_let_be() -> None:
    assert find(campaign(deadlines=(replace(DAY, inferred=True),))) == []


def test_a_deadline_before_the_announcement_is_impossible() -> None:
    (found,) = find(campaign(issuer=HERE, announced=PartialDate(2023, 10)))
    assert found[1] == (
        "The policy was announced (October 2023) when its deadline (8 February 2023) had passed."
    )


def test_a_period_that_ends_before_it_starts_is_impossible() -> None:
    reversed_ = Period(PartialDate(2025), PartialDate(2024))
    (found,) = find((ONE, facts(count(100, ONE, "100", period=reversed_))))
    assert found == (
        "impossible-date",
        "The period ends (2024) before it starts (2025).",
    )


# The derived graph


def test_comparisons_conform_name_what_they_compare_and_do_not_depend_on_the_order() -> None:
    said = make_facts()
    exact = replace(said.figures[0], qualifier="exact")
    said = replace(said, figures=(exact, *said.figures[1:]))
    quads = map_document(make_document(), said, MINTER, BOUNDS, "1")
    derived = compare(quads, MINTER)
    assert derived == compare(reversed(quads), MINTER)
    assert {q.graph for q in derived} == {MINTER.mint_graph("derived")}
    compared = {q.object for q in derived if q.predicate == PROV.wasDerivedFrom}
    assert compared <= {q.subject for q in quads}
    vocabulary = [
        quad
        for path in sorted((ROOT / "ontology").rglob("*.ttl"))
        for quad in parse_quads(path.read_bytes(), MINTER.mint_graph("vocab"), MINTER.base)
    ]
    assert validate(derived, load_shapes(ROOT / "shapes"), vocabulary).conforms
    assert len(compared) == 3


def test_nothing_follows_from_nothing() -> None:
    assert compare([], MINTER) == []
