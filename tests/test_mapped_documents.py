"""What mapping says of the samples and of the source documents: in which terms, with which evidence, how much."""

import os
from collections import Counter, defaultdict
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
import rdflib

from kg.build import load_inputs, map_text
from kg.build.inputs import Inputs
from kg.documents import read_documents
from kg.formats import find_format, serialize_quads
from kg.iris import Minter
from kg.mapping import compare
from kg.model import IRI, Literal, Object, Quad
from kg.vocab import FR, FRV, OA, ORG, PREFIXES, RDF, RDFS, SCHEMA, SKOS, XSD

ROOT = Path(__file__).parents[1]
SHARED = (ROOT / os.environ.get("KG_SHARED", "../shared")).resolve()
FOLDERS = {"samples": (ROOT / "data/documents", 41), "source documents": (SHARED / "documents", 6)}
TURTLE = sorted(path for name in ("ontology", "data", "shapes") for path in (ROOT / name).rglob("*.ttl"))


@cache
def inputs() -> Inputs:
    return load_inputs(Minter())


@cache
def say(name: str) -> tuple[Quad, ...]:
    """Give all that is said of the documents of a folder, with what follows from it."""
    folder, count = FOLDERS[name]
    if not folder.is_dir():
        pytest.skip(f"no documents in {folder} (KG_SHARED)")
    documents = read_documents([folder]).documents
    assert len(documents) == count
    said = [quad for document in documents for quad in map_text(document, inputs())]
    return (*said, *compare(said, inputs().minter))


@cache
def find_defined() -> frozenset[IRI]:
    """Give the terms that ontology and schemes define."""
    return frozenset(
        q.subject for q in inputs().vocabulary if q.predicate in (RDFS.isDefinedBy, SKOS.inScheme)
    )


@cache
def find_superclasses() -> dict[IRI, set[IRI]]:
    parents: dict[IRI, set[IRI]] = defaultdict(set)
    parents[SCHEMA.Country].add(SCHEMA.Place)  # by way of schema:AdministrativeArea, says schema.org
    for quad in inputs().vocabulary:
        if quad.predicate == RDFS.subClassOf and isinstance(quad.object, IRI):
            parents[quad.subject].add(quad.object)
    return parents


def widen(kinds: set[IRI]) -> set[IRI]:
    """Add the classes above some classes."""
    above = {parent for kind in kinds for parent in find_superclasses().get(kind, ())}
    return kinds | widen(above) if above - kinds else kinds


@pytest.mark.parametrize("name", FOLDERS)
def test_every_term_that_is_said_is_defined(name: str) -> None:
    terms = {q.predicate for q in say(name)} | {
        q.object for q in say(name) if q.predicate == RDF.type or str(q.object).startswith((FR, FRV))
    }
    own = {term for term in terms if str(term).startswith((FR, FRV))}
    assert own - find_defined() == set()
    known = tuple(PREFIXES.values())
    assert [term for term in terms if not str(term).startswith(known)] == []
    assert len(own) > 50


@pytest.mark.parametrize("side", ["domain", "range"])
@pytest.mark.parametrize("name", FOLDERS)
def test_what_is_said_is_said_of_the_classes_that_the_ontology_gives(name: str, side: str) -> None:
    quads = [*say(name), *inputs().world, *inputs().vocabulary]
    kinds: dict[object, set[IRI]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == RDF.type and isinstance(quad.object, IRI):
            kinds[quad.subject].add(quad.object)
    wanted = {
        q.subject: q.object
        for q in inputs().vocabulary
        if q.predicate == RDFS.term(side) and q.subject.startswith(FR)
    }
    for quad in say(name):
        node = quad.subject if side == "domain" else quad.object
        if quad.predicate in wanted and isinstance(node, IRI):
            assert wanted[quad.predicate] in widen(kinds[node]), quad


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: f"{path.parent.name}/{path.name}")
def test_both_parsers_read_the_same_triples_of_curated_turtle(path: Path) -> None:
    ours = set(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE, base_iri="http://localhost/"))
    theirs = rdflib.Graph().parse(path, format="turtle", publicID="http://localhost/")
    assert len(ours) == len(theirs) > 0


@pytest.mark.parametrize("name", FOLDERS)
def test_both_parsers_read_the_same_triples_of_a_document(name: str) -> None:
    graph = min(q.graph for q in say(name) if "/graph/doc/" in q.graph)
    quads = [q for q in say(name) if q.graph == graph]
    text = serialize_quads(quads, find_format("turtle"))
    ours = set(pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(ours) == len(rdflib.Graph().parse(data=text, format="turtle")) == len(quads) > 100


def find_objects(quads: Iterable[Quad], predicate: IRI) -> dict[IRI, list[Object]]:
    """Give the values of a property by subject."""
    found: dict[IRI, list[Object]] = defaultdict(list)
    for quad in quads:
        if quad.predicate == predicate:
            found[quad.subject].append(quad.object)
    return found


def find_instances(quads: Iterable[Quad], kind: IRI) -> set[IRI]:
    return {q.subject for q in quads if q.predicate == RDF.type and q.object == kind}


@pytest.mark.parametrize("name", FOLDERS)
def test_every_post_has_its_holder_its_words_and_its_evidence(name: str) -> None:
    quads = say(name)
    posts = find_instances(quads, ORG.Membership)
    assert len(posts) > 5
    for predicate in (ORG.member, ORG.role, FR.statedIn, FR.span, FR.rule, FR.confidence):
        values = find_objects(quads, predicate)
        assert {post for post in posts if len(values[post]) != 1} == set(), predicate
    named = find_objects(quads, ORG.organization)
    assert max(len(named[post]) for post in posts) == 1


@pytest.mark.parametrize("name", FOLDERS)
def test_a_deadline_has_its_first_and_last_day_exactly_where_its_year_is_known(name: str) -> None:
    quads = say(name)
    dates = find_objects(quads, FR.date)
    first, last = find_objects(quads, FR.earliest), find_objects(quads, FR.latest)
    deadlines, inferred = find_instances(quads, FR.Deadline), find_objects(quads, FR.inferred)
    assert deadlines
    for deadline in deadlines:
        [date] = dates[deadline]
        assert isinstance(date, Literal)
        is_known = date.datatype != XSD.gMonthDay
        assert [len(first[deadline]), len(last[deadline])] == [is_known, is_known]
        assert is_known or inferred[deadline] == [Literal("false", XSD.boolean)]


def test_the_year_of_a_deadline_is_ours_where_the_policy_or_the_date_of_issue_gives_it() -> None:
    """The curated policy of 2023 gives its years; where the policy is another, the year stays unknown."""
    quads = say("source documents")
    dates, inferred = find_objects(quads, FR.date), find_objects(quads, FR.inferred)
    found = {
        (str(deadline).rpartition("/")[2][:3], date.value, flag.value)
        for deadline in find_instances(quads, FR.Deadline)
        for date, flag in zip(dates[deadline], inferred[deadline], strict=True)
        if isinstance(date, Literal) and isinstance(flag, Literal)
    }
    assert found == {
        ("002", "2025-03-31", "true"),
        ("002", "2025-06-30", "true"),
        ("003", "--03-31", "false"),
        ("004", "2023-11-01", "true"),
        ("004", "2023-02-08", "false"),
    }


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("samples", {}),
        (
            "source documents",
            {"share-does-not-add-up": 1, "measure-drift": 2, "same-utterance": 1, "impossible-date": 1},
        ),
    ],
)
def test_exactly_what_does_not_fit_together_is_found(name: str, expected: dict[str, int]) -> None:
    verdicts = find_objects(say(name), FR.verdict).values()
    assert Counter(str(verdict).removeprefix(FRV.term("verdict-")) for [verdict] in verdicts) == expected


@pytest.mark.parametrize("name", FOLDERS)
def test_nothing_said_of_a_document_that_is_not_shown_is_long(name: str) -> None:
    quads = say(name)
    closed = {
        s for s, [flag] in find_objects(quads, FR.showText).items() if flag == Literal("false", XSD.boolean)
    }
    assert len(closed) == {"samples": 5, "source documents": 6}[name]
    said = [q.object for q in quads if IRI(q.subject.partition("#")[0]) in closed]
    assert max((len(value.value) for value in said if isinstance(value, Literal)), default=0) <= 1000


@pytest.mark.parametrize("name", FOLDERS)
def test_no_quotation_holds_a_whole_text_or_what_was_left_out(name: str) -> None:
    quads = say(name)
    spans, selectors = find_objects(quads, FR.span), find_objects(quads, OA.hasSelector)
    texts = {span for found in find_objects(quads, FR.textSpan).values() for span in found}
    omitted = {span for block in find_instances(quads, FR.OmittedBlock) for span in spans[block]}
    first = find_objects(quads, FR.firstWords)
    assert omitted
    for span in texts | omitted:
        assert isinstance(span, IRI)
        assert len(selectors[span]) == 1
        assert len(first[span]) == 1
