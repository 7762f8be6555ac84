"""Mapping: a document and what it says become quads that conform, say where each thing stands, and never vary."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from example_facts import CASE, FIGURES, PLAN, STATEMENTS, SURE, TEXT, WATCH, find, make_document, make_facts
from kg.formats import find_format, parse_quads
from kg.iris import Minter, parse_span
from kg.mapping import Bounds, map_document, read_bounds
from kg.mapping.bounds import Interval
from kg.mapping.graph import name_fragments
from kg.mapping.literals import to_decimal
from kg.model import (
    IRI,
    Actor,
    Deadline,
    Demand,
    Document,
    Facts,
    Literal,
    Membership,
    Mention,
    Object,
    PartialDate,
    Period,
    Policy,
    Quad,
    Span,
    Statement,
)
from kg.validation import check_text, load_shapes, validate_document
from kg.vocab import DCAT, DCT, FR, FRV, OA, ORG, PROV, RDF, RDFS, SCHEMA, SKOS

ROOT = Path(__file__).parents[1]
MINTER = Minter()
DOC = "http://localhost:8000/doc/two-voices"
GRAPH = MINTER.mint_graph("doc", "two-voices")
PROVENANCE = MINTER.mint_graph("prov", "two-voices")
LINKS = MINTER.mint_graph("links")


@cache
def read_vocabulary() -> tuple[Quad, ...]:
    graph = MINTER.mint_graph("vocab")
    files = sorted((ROOT / "ontology").rglob("*.ttl"))
    return tuple(
        q for path in files for q in parse_quads(path.read_bytes(), graph, MINTER.base, name=path.name)
    )


@cache
def bounds() -> Bounds:
    return read_bounds(read_vocabulary())


def map_example(document: Document | None = None, facts: Facts | None = None) -> list[Quad]:
    return map_document(
        document or make_document(), facts or make_facts(), MINTER, bounds(), "1.2.3", "c0ffee"
    )


def values(quads: Iterable[Quad], subject: str, predicate: IRI) -> list[Object]:
    return [q.object for q in quads if q.subject == subject and q.predicate == predicate]


def texts(quads: Iterable[Quad], subject: str, predicate: IRI) -> list[str]:
    return [v.value for v in values(quads, subject, predicate) if isinstance(v, Literal)]


def node(fragment: str) -> IRI:
    return IRI(f"{DOC}#{fragment}")


def starting(kind: str, words: str, nth: int = 1) -> IRI:
    return node(f"{kind}-{find(words, nth).start}")


# The whole of it


def test_the_example_maps_to_the_expected_graphs() -> None:
    expected = parse_quads(
        (CASE / "expected.trig").read_bytes(), GRAPH, MINTER.base, find_format("trig"), "expected.trig"
    )
    found = map_example()
    assert sorted(map(str, set(found) - set(expected))) == []
    assert sorted(map(str, set(expected) - set(found))) == []


def validate_example(facts: Facts) -> list[str]:
    """Give the rules that the example breaks."""
    world = parse_quads((CASE / "world.ttl").read_bytes(), MINTER.mint_graph("world"), MINTER.base)
    about = [quad for quad in map_example(facts=facts) if quad.graph != LINKS]
    report = validate_document(about, TEXT, load_shapes(ROOT / "shapes"), [*read_vocabulary(), *world])
    return [result.rule for result in report.results]


def test_the_example_conforms() -> None:
    """700 can be nearly half of a number of which no more is said than that it is over 1,200."""
    assert validate_example(make_facts()) == []


def test_a_share_that_does_not_add_up_is_all_that_validation_warns_of() -> None:
    whole, *rest = FIGURES
    exact = replace(whole, qualifier="exact")
    assert validate_example(replace(make_facts(), figures=(exact, *rest))) == ["figure/share/adds-up"]


def test_mapping_twice_gives_the_same_list_of_distinct_sorted_quads() -> None:
    first, second = map_example(), map_example()
    assert first == second
    assert len(set(first)) == len(first)
    assert [q.graph for q in first] == sorted(q.graph for q in first)


def test_no_triple_stands_in_two_graphs() -> None:
    triples = [quad[:3] for quad in map_example()]
    assert len(set(triples)) == len(triples)


def test_the_document_graph_speaks_of_its_own_fragments_only() -> None:
    assert {q.subject.partition("#")[0] for q in map_example() if q.graph == GRAPH} == {DOC}


def test_every_term_of_the_project_that_is_used_is_defined() -> None:
    defined = {q.subject for q in read_vocabulary()}
    used = {term for q in map_example() for term in (q.predicate, q.object) if isinstance(term, IRI)}
    assert {term for term in used if term.startswith((FR, FRV))} - defined == set()


def test_a_document_that_says_nothing_is_still_described() -> None:
    quads = map_example(facts=Facts())
    assert values(quads, DOC, DCT.issued) == [
        Literal("2025-03-12", IRI("http://www.w3.org/2001/XMLSchema#date"))
    ]
    assert not values(quads, DOC, DCT.publisher)
    assert texts(quads, DOC, FR.publisherName) == ["Harbour Watch"]


# Spans


def test_every_span_of_a_fact_quotes_the_characters_its_iri_tells() -> None:
    quads = map_example()
    spans = {q.subject for q in quads if q.object == OA.SpecificResource}
    unquoted = {q.subject for q in quads if q.predicate == FR.firstWords}
    assert len(spans) > 30
    for iri in spans:
        span = parse_span(iri.partition("#")[2])
        assert span
        assert texts(quads, f"{iri};quote", OA.exact) == [span.of(TEXT)] * (iri not in unquoted)
        assert texts(quads, f"{iri};position", OA.start) == [str(span.start)]
        assert texts(quads, f"{iri};position", OA.end) == [str(span.end)]


def test_a_span_quotes_what_stands_around_it() -> None:
    quads = map_example()
    span = find("urges")
    quote = node(f"char={span.start},{span.end};quote")
    assert texts(quads, quote, OA.prefix) == ["Watch group "]
    assert texts(quads, quote, OA.suffix) == [TEXT[span.end : span.end + 32]]


def test_a_span_at_the_beginning_has_no_prefix() -> None:
    assert texts(map_example(), node("char=0,11;quote"), OA.prefix) == []


@given(st.lists(st.integers(0, 5), max_size=80))
def test_fragments_are_distinct_and_begin_with_their_offset(starts: list[int]) -> None:
    names = name_fragments("figure", starts)
    assert len(set(names)) == len(names) == len(starts)
    assert all(re.fullmatch(rf"figure-{s}(-\w+)?", name) for s, name in zip(starts, names, strict=True))


def test_finding_more_renames_nothing_that_begins_elsewhere() -> None:
    few = {
        q.subject for q in map_example(facts=replace(make_facts(), mentions=())) if "#statement" in q.subject
    }
    assert few == {q.subject for q in map_example() if "#statement" in q.subject}


def test_a_second_article_shares_offsets_and_has_its_own_text_span() -> None:
    document = replace(make_document(), slug="two-voices-2", body=find("Subscribe to our newsletter"))
    iri = f"{DOC}-2"
    span = document.body
    assert values(map_example(document, Facts()), iri, FR.textSpan) == [
        IRI(f"{iri}#char={span.start},{span.end}")
    ]


# Rights

LONG = "Nobody may be sent back to danger. " * 60
SPANS = st.tuples(st.integers(0, len(LONG) - 1), st.integers(1, len(LONG))).map(
    lambda pair: Span(pair[0], min(pair[0] + pair[1], len(LONG)))
)


def say_at_length(contents: Iterable[Span], rest: Span, *, show_text: bool) -> list[Quad]:
    """Map a document of which every part is as long as the spans are."""
    words = rest.of(LONG)
    digest = hashlib.sha256(LONG.encode()).hexdigest()
    document = Document(
        "two-voices", "a.txt", LONG, digest, (), title=words, rights=words, show_text=show_text
    )
    statement = Statement((WATCH,), tuple(contents), rest, rest, rest, "indirect", "warn", SURE)
    actor = Actor(WATCH, words, "NGO", SURE)
    plan = Policy(PLAN, words, (rest,), SURE, deadlines=(Deadline(rest, PartialDate(2025), rest, SURE),))
    facts = Facts(
        actors=(actor,),
        mentions=(Mention(rest, WATCH, SURE),),
        memberships=(Membership(WATCH, WATCH, words, rest, SURE),),
        statements=(statement,),
        figures=(replace(FIGURES[0], span=rest, population=rest, destination_span=rest, statement=0),),
        demands=(Demand(rest, 0, (), SURE),),
        policies=(plan,),
    )
    return map_example(document, facts)


@given(st.lists(SPANS, min_size=1, max_size=4, unique=True), SPANS)
def test_nothing_said_of_a_document_that_is_not_shown_is_long(contents: list[Span], rest: Span) -> None:
    quads = say_at_length(contents, rest, show_text=False)
    assert max(len(q.object.value) for q in quads if isinstance(q.object, Literal)) <= 1000
    assert check_text(quads, LONG) == ()


@given(st.lists(SPANS, min_size=1, max_size=4, unique=True), SPANS)
def test_what_bears_a_fact_is_quoted_in_full_where_the_document_is_shown(
    contents: list[Span], rest: Span
) -> None:
    quads = say_at_length(contents, rest, show_text=True)
    for span in (*contents, rest):
        assert texts(quads, node(f"char={span.start},{span.end};quote"), OA.exact) == [span.of(LONG)]
    assert check_text(quads, LONG) == ()


def test_a_letter_that_is_not_shown_gives_its_beginning_and_its_place() -> None:
    letter = Span(0, 1001)
    quads = say_at_length((letter,), letter, show_text=False)
    assert texts(quads, node("statement-0"), FR.text) == [LONG[:300] + " …"]
    assert texts(quads, node("char=0,1001"), FR.firstWords) == ["Nobody may be sent back to danger. Nobody"]
    assert texts(quads, node("char=0,1001;position"), OA.end) == ["1001"]
    assert not [q for q in quads if q.subject == node("char=0,1001;quote")]


def test_what_is_left_out_and_the_text_itself_are_never_quoted() -> None:
    quads = map_example()
    for name, words in (
        ("char=0,518", "Watch group urges Norland to stop returns"),
        ("char=490,517", "Subscribe to our newsletter"),
    ):
        assert texts(quads, node(name), FR.firstWords) == [words]
        assert not [q for q in quads if q.subject == node(f"{name};quote")]


def test_a_text_that_is_one_fact_is_quoted_like_any_fact() -> None:
    whole = Span(0, len(LONG))
    quads = say_at_length((whole,), whole, show_text=True)
    assert texts(quads, node(f"char=0,{len(LONG)};quote"), OA.exact) == [LONG]
    assert not [q for q in quads if q.predicate == FR.firstWords]


# The document


def test_a_title_that_is_missing_is_made_up_for_by_a_label_of_the_first_words() -> None:
    quads = map_example(replace(make_document(), title=None))
    assert not values(quads, DOC, DCT.term("title"))
    assert texts(quads, DOC, RDFS.label) == ["Watch group urges Norland to stop returns"]


@pytest.mark.parametrize(
    "source", ["ftp://x.example/a", "not an address", "https://x.example/a b", "http://"]
)
def test_a_source_that_is_no_web_address_is_left_out(source: str) -> None:
    assert not values(map_example(replace(make_document(), source=source)), DOC, DCT.source)


def test_the_publisher_is_the_actor_of_that_name() -> None:
    assert values(map_example(), DOC, DCT.publisher) == [node("actor-harbour-watch")]


@pytest.mark.parametrize(
    ("published", "datatype", "days"),
    [
        (PartialDate(2024), "gYear", ("2024-01-01", "2024-12-31")),
        (PartialDate(2024, 2), "gYearMonth", ("2024-02-01", "2024-02-29")),
        (PartialDate(2024, 2, 3), "date", ("2024-02-03", "2024-02-03")),
    ],
)
def test_a_date_is_as_precise_as_its_source_and_bounded(
    published: PartialDate, datatype: str, days: tuple[str, str]
) -> None:
    quads = map_example(replace(make_document(), published=published))
    assert [
        v.datatype.rpartition("#")[2] for v in values(quads, DOC, DCT.issued) if isinstance(v, Literal)
    ] == [datatype]
    assert (*texts(quads, DOC, FR.earliest), *texts(quads, DOC, FR.latest)) == days


def test_what_was_left_out_is_kept_with_its_reason() -> None:
    quads = map_example()
    block = starting("omitted", "Subscribe")
    assert values(quads, DOC, FR.omits) == [block]
    assert values(quads, block, FR.reason) == [FRV.term("reason-chrome")]


# Actors


def test_an_actor_of_the_world_is_referred_to_and_not_described() -> None:
    quads = map_example()
    assert not [q for q in quads if q.subject.startswith("http://localhost:8000/id/")]
    assert values(quads, starting("mention", "UNHCR"), FR.refersTo) == [
        MINTER.mint_resource("actor", "unhcr")
    ]


def test_a_mention_tells_whether_it_is_a_name() -> None:
    quads = map_example()
    assert texts(quads, starting("mention", "Watch group"), FR.isName) == ["false"]
    assert texts(quads, starting("mention", "Ida Holm"), FR.isName) == ["true"]


def test_an_unnamed_source_is_marked() -> None:
    facts = Facts(actors=(Actor("#actor-critics", "critics", "Group", SURE, named=False),))
    assert texts(map_example(facts=facts), node("actor-critics"), FR.isNamed) == ["false"]


def test_a_post_has_member_organisation_role_and_document() -> None:
    quads = map_example()
    post = starting("membership", "director")
    assert values(quads, post, ORG.member) == [node("actor-ida-holm")]
    assert values(quads, post, ORG.organization) == [node("actor-harbour-watch")]
    assert values(quads, post, FR.statedIn) == [DOC]
    (role,) = values(quads, post, ORG.role)
    assert texts(quads, str(role), SKOS.prefLabel) == ["director"]


def test_links_stand_in_the_links_graph_alone() -> None:
    links = {q[:3] for q in map_example() if q.graph == LINKS}
    assert links == {
        (node("actor-harbour-watch"), SKOS.exactMatch, MINTER.mint_resource("actor", "harbour-watch")),
        (
            node("policy-clean-streets-plan"),
            SKOS.exactMatch,
            MINTER.mint_resource("policy", "clean-streets-plan"),
        ),
    }


# Statements


def test_statements_at_one_offset_are_told_apart() -> None:
    quads = map_example()
    outer = starting("statement", "more than 1,200")
    assert values(quads, outer, FR.relays) == [IRI(f"{outer}-b")]
    assert texts(quads, f"{outer}-b", FR.isCiting) == ["true"]
    assert texts(quads, outer, FR.isCiting) == []


def test_direct_speech_is_a_quotation_too() -> None:
    quads = map_example()
    said = starting("statement", "The plan violates")
    assert set(values(quads, said, RDF.type)) == {FR.Statement, SCHEMA.Quotation}
    assert values(quads, starting("statement", "stop returns"), RDF.type) == [FR.Statement]


def test_a_split_quotation_is_joined_by_a_space_in_the_order_of_the_text() -> None:
    split = replace(STATEMENTS[0], content=(find("cancel its"), find("stop returns")))
    quads = map_example(facts=replace(make_facts(), statements=(split,), figures=(), norms=(), demands=()))
    iri = starting("statement", "cancel its")
    assert texts(quads, iri, FR.text) == ["stop returns cancel its"]


def test_a_statement_expresses_its_propositions() -> None:
    quads = map_example()
    inner = IRI(starting("statement", "more than 1,200") + "-b")
    assert values(quads, inner, FR.expresses) == [starting("figure", "more than 1,200")]
    said = starting("statement", "The plan violates")
    assert values(quads, said, FR.expresses) == [
        starting("norm", "principle of non-refoulement"),
        starting("norm", "right to a family doctor"),
    ]


# Propositions


@pytest.mark.parametrize(
    ("qualifier", "value", "lower", "upper"),
    [
        ("exact", 700, ("700", "false"), ("700", "false")),
        ("at-least", 844499, ("844499", "false"), ()),
        ("more-than", 1200, ("1200", "true"), ()),
        ("about", 110000, ("104500", "false"), ("115500", "false")),
        ("nearly", 50, ("47.5", "false"), ("50", "true")),
        ("up-to", 8, (), ("8", "false")),
    ],
)
def test_the_qualifier_fixes_the_bounds(
    qualifier: str, value: int, lower: tuple[str, ...], upper: tuple[str, ...]
) -> None:
    figure = replace(FIGURES[2], qualifier=qualifier, value=Decimal(value), part_of=None, statement=None)
    quads = map_example(facts=Facts(figures=(figure,)))
    iri = starting("figure", "700")
    assert (*texts(quads, iri, FR.term("lower")), *texts(quads, iri, FR.lowerOpen)) == lower
    assert (*texts(quads, iri, FR.term("upper")), *texts(quads, iri, FR.upperOpen)) == upper


def _bound(**changes: object) -> Interval:
    return bounds().find(replace(FIGURES[2], **changes))  # type: ignore[arg-type]


def test_a_range_runs_from_its_lower_to_its_higher_number() -> None:
    assert _bound(value=Decimal(10), high=Decimal(20)) == Interval(Decimal(10), Decimal(20))


def test_a_share_of_a_whole_is_at_most_a_hundred_per_cent_but_growth_is_not() -> None:
    assert _bound(value=Decimal(97), qualifier="more-than", unit="percent").upper == 100
    assert _bound(value=Decimal(97), qualifier="more-than", unit="percent", part_of=None).upper is None


def test_a_figure_keeps_its_words_period_places_and_whole() -> None:
    quads = map_example()
    figure = starting("figure", "more than 1,200")
    assert texts(quads, figure, FR.asStated) == ["more than 1,200 people"]
    assert values(quads, figure, FR.term("from")) == [MINTER.mint_resource("state", "norland")]
    assert texts(quads, figure, FR.toText) == ["Sudland"]
    (period,) = values(quads, figure, DCT.temporal)
    assert texts(quads, str(period), DCAT.startDate) == ["2025-01"]
    assert texts(quads, str(period), FR.earliest) == ["2025-01-01"]
    assert texts(quads, str(period), FR.latest) == []
    assert values(quads, starting("figure", "700"), DCT.isPartOf) == [figure]


def test_a_period_of_a_day_whose_year_is_unknown_is_left_out() -> None:
    figure = replace(FIGURES[2], part_of=None, statement=None, period=Period(PartialDate(None, 3, 31), None))
    assert not values(map_example(facts=Facts(figures=(figure,))), starting("figure", "700"), DCT.temporal)


def test_a_norm_the_vocabulary_does_not_have_becomes_a_principle_of_the_document() -> None:
    quads = map_example()
    own = node("principle-right-to-a-family-doctor")
    assert values(quads, own, RDF.type) == [FR.Principle]
    assert texts(quads, own, SKOS.prefLabel) == ["right to a family doctor"]
    assert values(quads, starting("norm", "right to a family doctor"), FR.norm) == [own]


def test_a_deadline_of_an_unknown_year_has_no_days_it_can_mean() -> None:
    deadline = Deadline(find("30 April"), PartialDate(None, 4, 30), None, SURE)
    policy = Policy(PLAN, "Clean Streets Plan", (find("Clean Streets Plan"),), SURE, deadlines=(deadline,))
    quads = map_example(facts=Facts(policies=(policy,)))
    iri = starting("deadline", "30 April")
    assert texts(quads, iri, FR.date) == ["--04-30"]
    assert not texts(quads, iri, FR.earliest) + texts(quads, iri, FR.latest)


def test_a_day_by_which_readers_are_to_act_is_a_deadline_of_the_document() -> None:
    deadline = Deadline(find("30 April"), PartialDate(2025, 4, 30), None, SURE)
    quads = map_example(facts=Facts(deadlines=(deadline,)))
    assert values(quads, DOC, FR.hasDeadline) == [starting("deadline", "30 April")]


def test_a_policy_is_dated_by_its_announcement_or_else_by_when_it_takes_effect() -> None:
    policy = make_facts().policies[0]
    later = replace(policy, announced=None, effective=PartialDate(2025, 5))
    iri = node("policy-clean-streets-plan")
    assert texts(map_example(facts=Facts(policies=(policy,))), iri, FR.earliest) == ["2025-01-01"]
    assert texts(map_example(facts=Facts(policies=(later,))), iri, FR.earliest) == ["2025-05-01"]


# Provenance


def test_whatever_was_extracted_has_rule_and_confidence() -> None:
    quads = map_example()
    kinds = (
        FR.Statement,
        FR.Figure,
        FR.NormPosition,
        FR.Demand,
        FR.Mention,
        FR.Policy,
        FR.Deadline,
        ORG.Membership,
    )
    found = [q.subject for q in quads if q.predicate == RDF.type and q.object in kinds]
    assert len(found) == 6 + 3 + 2 + 1 + 9 + 1 + 1 + 1
    provenance = [q for q in quads if q.graph == PROVENANCE]
    for iri in found:
        assert texts(provenance, iri, FR.rule) == ["test/sure"]
        assert texts(provenance, iri, FR.confidence) == ["0.9"]


def test_the_document_graph_was_generated_by_the_mapping_with_its_version() -> None:
    quads = map_example()
    (activity,) = values(quads, GRAPH, PROV.wasGeneratedBy)
    assert texts(quads, str(activity), FR.softwareVersion) == ["1.2.3"]
    assert texts(quads, str(activity), FR.vocabularyDigest) == ["c0ffee"]


# Values


@given(st.decimals(min_value=0, max_value=10**12, places=4))
def test_a_decimal_keeps_its_value_and_has_one_form(number: Decimal) -> None:
    written = to_decimal(number).value
    assert Decimal(written) == number
    assert re.fullmatch(r"\d+(\.\d*[1-9])?", written)


_numbers = st.integers(0, 5).map(Decimal)
_intervals = st.builds(Interval, st.none() | _numbers, st.none() | _numbers, st.booleans(), st.booleans())


@given(_intervals, _intervals, _numbers)
def test_disjoint_intervals_hold_no_number_in_common(one: Interval, other: Interval, number: Decimal) -> None:
    assert one.is_disjoint(other) == other.is_disjoint(one)
    if one.is_disjoint(other):
        assert not (one.holds(number) and other.holds(number))


def test_mentions_and_figures_of_an_empty_document_are_no_quads() -> None:
    kinds = {q.object for q in map_example(facts=Facts()) if q.predicate == RDF.type}
    assert not kinds & {FR.Mention, FR.Figure, FR.Statement, FR.Policy}
