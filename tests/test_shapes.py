"""The shapes: well-formed, in terms of the ontology, and each with a case that conforms and one that does not."""

from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import SH as SHACL

from kg.formats import parse_quads
from kg.model import IRI, Quad
from kg.resources import find_resource
from kg.validation import Context, Shapes, load_shapes, validate
from kg.validation.rules import FRS
from kg.vocab import FR, RDFS, SH

CASES = Path(__file__).parent / "cases" / "shapes"
FOLDERS = sorted(path.name for path in CASES.iterdir())
GRAPH = IRI("http://localhost:8000/graph/doc/example")
BASE = "http://localhost:8000/case"
EXPECTED = IRI(BASE + "#expected")


def read_quads(path: Path) -> list[Quad]:
    return parse_quads(path.read_bytes(), GRAPH, BASE, name=str(path))


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes(find_resource("shapes"))


@pytest.fixture(scope="module")
def context() -> Context:
    folder = find_resource("ontology")
    paths = [*folder.glob("*.ttl"), *(folder / "vocab").glob("*.ttl")]
    return Context.of(quad for path in paths for quad in read_quads(path))


def test_every_rule_has_its_cases(shapes: Shapes) -> None:
    rules = {str(iri).removeprefix(FRS) for iri in shapes.rules}
    assert set(FOLDERS) == rules
    assert len(FOLDERS) == 158
    assert all(
        (CASES / name / f"{kind}.ttl").exists() for name in rules for kind in ("conforming", "violating")
    )


def test_shapes_conform_to_the_shapes_of_shacl(shapes: Shapes) -> None:
    conforms, _, text = pyshacl.validate(rdflib.Graph(), shacl_graph=shapes.graph, meta_shacl=True)
    assert conforms, text


def test_terms_of_the_shapes_are_in_the_ontology(shapes: Shapes) -> None:
    ontology = rdflib.Graph().parse(find_resource("ontology") / "forced-returns.ttl")
    defined = set(map(str, ontology.subjects(rdflib.URIRef(RDFS.isDefinedBy))))
    used = {
        str(term)
        for triple in shapes.graph
        for term in triple
        if isinstance(term, rdflib.URIRef) and term.startswith(FR)
    }
    assert used - {str(FR.ruleId)} - defined == set()


@pytest.mark.parametrize("name", FOLDERS)
def test_a_conforming_case_has_no_result_of_its_rule(name: str, shapes: Shapes, context: Context) -> None:
    quads = read_quads(CASES / name / "conforming.ttl")
    assert [r for r in validate(quads, shapes, context).results if r.shape == FRS.term(name)] == []


@pytest.mark.parametrize("name", FOLDERS)
def test_a_violating_case_has_the_expected_result(name: str, shapes: Shapes, context: Context) -> None:
    quads = read_quads(CASES / name / "violating.ttl")
    expected = {q.predicate: q.object for q in quads if q.subject == EXPECTED}
    found = [r for r in validate(quads, shapes, context).results if r.shape == FRS.term(name)]
    assert {(r.focus, r.path) for r in found} == {(expected[SH.focusNode], expected[SH.resultPath])}
    assert (expected[SH.sourceConstraintComponent], expected.get(SH.value), expected[SH.resultSeverity]) in [
        (r.component, r.value, r.severity) for r in found
    ]


def test_a_focus_node_of_every_conforming_case_is_looked_at(shapes: Shapes) -> None:
    """Without targets a case could only ever conform: each rule stands under a shape that has a target."""
    targets = {SHACL.targetClass, SHACL.targetSubjectsOf}
    for rule in shapes.rules:
        owners = set(shapes.graph.subjects(SHACL.property, rdflib.URIRef(rule)))
        assert any((owner, target, None) in shapes.graph for owner in owners for target in targets), rule


@pytest.mark.parametrize("folders", [("ontology", "ontology/vocab", "ontology/lexicon"), ("data/world",)])
def test_vocabulary_and_world_conform(folders: tuple[str, ...], shapes: Shapes, context: Context) -> None:
    paths = [path for folder in folders for path in sorted(find_resource(folder).glob("*.ttl"))]
    quads = [quad for path in paths for quad in read_quads(path)]
    report = validate(quads, shapes, Context(context.hierarchy, context.types | Context.of(quads).types))
    assert len(paths) > 3
    assert report.results == (), report.to_text()
