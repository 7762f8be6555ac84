"""The curated world data: every node has an IRI, a known class, one name of its own, and links that lead somewhere."""

import importlib.util
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse
from rdflib import RDF, SKOS, XSD, BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

ROOT = Path(__file__).parent.parent
WORLD = sorted((ROOT / "data" / "world").glob("*.ttl"))
BASE = "http://localhost:8000/"
FR = Namespace("https://w3id.org/forced-returns/ns#")
FRV = Namespace("https://w3id.org/forced-returns/vocab/")
ORG = Namespace("http://www.w3.org/ns/org#")

FILES = {"bodies", "organizations", "party-status", "persons", "places", "policies", "states"}
STATES = 193 + 2 + 2  # members of the UN, its observer States, and Kosovo and Taiwan
ACTOR_CLASSES = {
    FR.Person,
    FR.NGO,
    FR.IntergovernmentalOrganization,
    FR.State,
    FR.GovernmentBody,
    FR.DeFactoAuthority,
    FR.MediaOrganization,
    FR.Group,
}
SEGMENTS = {FR.State: "state", FR.Place: "place", FR.Policy: "policy"}  # every other class: "actor"
LINKS = (FR.inState, FR.issuer, FR.bearer, FR.hasDeadline, ORG.subOrganizationOf)

# Names that several actors share and that stay full labels of each, with the reason.
SHARED_LABELS: dict[str, str] = {}
ORDINARY_WORDS = {"Care", "CARE", "Dawn", "Emergency", "Guardian", "Liberty", "PACE", "Reprieve", "Scroll"}


@pytest.fixture(scope="module")
def world() -> Graph:
    graph = Graph()
    for path in WORLD:
        graph.parse(path, format="turtle", publicID=BASE)
    return graph


@pytest.fixture(scope="module")
def ontology() -> Graph:
    graph = Graph()
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        graph.parse(path, format="turtle", publicID=BASE)
    return graph


def instances(graph: Graph, classes: set[URIRef]) -> set[URIRef]:
    return {node for cls in classes for node in graph.subjects(RDF.type, cls) if isinstance(node, URIRef)}


def find_shared(graph: Graph, nodes: set[URIRef], properties: tuple[URIRef, ...]) -> dict[str, set[str]]:
    """Every literal that more than one of the nodes has as value of one of the properties."""
    owners = defaultdict(set)
    for node in nodes:
        for value in (value for name in properties for value in graph.objects(node, name)):
            owners[str(value)].add(str(node))
    return {label: names for label, names in owners.items() if len(names) > 1}


def test_the_world_has_all_its_files() -> None:
    assert {path.stem for path in WORLD} == FILES


@pytest.mark.parametrize("path", WORLD, ids=lambda path: path.stem)
def test_both_parsers_read_the_same_triples(path: Path) -> None:
    by_rdflib = Graph().parse(path, format="turtle", publicID=BASE)
    by_oxigraph = set(parse(path.read_bytes(), format=RdfFormat.TURTLE, base_iri=BASE))
    assert len(by_rdflib) == len(by_oxigraph) > 0


def test_no_node_is_blank(world: Graph) -> None:
    assert not [triple for triple in world if any(isinstance(term, BNode) for term in triple)]


def test_every_described_node_has_exactly_one_class(world: Graph) -> None:
    untyped = {node for node in world.subjects() if len(list(world.objects(node, RDF.type))) != 1}
    assert not untyped


def test_classes_are_those_of_the_data_model(world: Graph) -> None:
    others = {FR.Place, FR.Policy, FR.Deadline, FR.NormPosition}
    assert set(world.objects(None, RDF.type)) <= ACTOR_CLASSES | others


def test_the_class_decides_the_segment_of_the_iri(world: Graph) -> None:
    for node in instances(world, ACTOR_CLASSES | {FR.Place, FR.Policy}):
        segment = SEGMENTS.get(world.value(node, RDF.type), "actor")  # type: ignore[call-overload]
        assert str(node).startswith(f"{BASE}id/{segment}/")


def test_every_named_node_has_exactly_one_english_name(world: Graph) -> None:
    for node in instances(world, ACTOR_CLASSES | {FR.Place, FR.Policy}):
        names = list(world.objects(node, SKOS.prefLabel))
        assert [getattr(name, "language", None) for name in names] == ["en"], node


def test_no_label_is_stated_twice_for_one_node(world: Graph) -> None:
    for node in instances(world, ACTOR_CLASSES | {FR.Place, FR.Policy}):
        labels = [*world.objects(node, SKOS.prefLabel), *world.objects(node, SKOS.altLabel)]
        assert len(labels) == len(set(labels)), node


@pytest.mark.parametrize(
    "classes", [ACTOR_CLASSES, {FR.Place}, {FR.Policy}], ids=["actors", "places", "policies"]
)
def test_a_label_names_one_thing(world: Graph, classes: set[URIRef]) -> None:
    shared = find_shared(world, instances(world, classes), (SKOS.prefLabel, SKOS.altLabel, FR.acronym))
    assert shared.keys() == (SHARED_LABELS.keys() if classes == ACTOR_CLASSES else set()), shared


@pytest.mark.parametrize(
    "name", [FR.demonym, FR.metonym, FR.isoCode, FR.capital], ids=lambda name: name[len(FR) :]
)
def test_what_stands_for_a_state_stands_for_one_state(world: Graph, name: URIRef) -> None:
    assert not find_shared(world, instances(world, {FR.State}), (name,))


def test_ordinary_words_are_no_full_labels(world: Graph) -> None:
    labels = {
        str(label)
        for name in (SKOS.prefLabel, SKOS.altLabel, FR.acronym)
        for label in world.objects(None, name)
    }
    assert not labels & ORDINARY_WORDS


def test_a_label_has_straight_apostrophes_and_no_stray_space(world: Graph) -> None:
    for label in (value for value in world.objects() if isinstance(value, Literal)):
        assert "’" not in label
        assert str(label) == " ".join(label.split())


def test_all_states_are_there(world: Graph) -> None:
    assert len(instances(world, {FR.State})) == STATES


def test_links_lead_to_described_nodes(world: Graph) -> None:
    targets = {target for link in LINKS for target in world.objects(None, link)}
    assert not {target for target in targets if (target, RDF.type, None) not in world}


def test_norms_relations_and_terms_are_in_the_ontology(world: Graph, ontology: Graph) -> None:
    used = {*world.objects(None, FR.norm), *world.objects(None, FR.relation), *world.objects(None, RDF.type)}
    used |= {name for name in world.predicates() if str(name).startswith(str(FR))}
    assert not {term for term in used if (term, RDF.type, None) not in ontology}


def test_party_status_hangs_on_the_state_it_binds(world: Graph) -> None:
    positions = instances(world, {FR.NormPosition})
    assert positions
    for position in positions:
        assert str(position).split("#")[0] == str(world.value(position, FR.bearer))


def test_no_state_is_party_and_not_party(world: Graph) -> None:
    seen = {
        (world.value(node, FR.bearer), world.value(node, FR.norm))
        for node in instances(world, {FR.NormPosition})
    }
    assert len(seen) == len(instances(world, {FR.NormPosition}))


def test_pakistan_is_bound_by_the_convention_against_torture_since_2010(world: Graph) -> None:
    position = URIRef(f"{BASE}id/state/pakistan#party-convention-against-torture")
    assert world.value(position, FR.relation) == FRV["relation-party"]
    assert world.value(position, FR.since) == Literal("2010", datatype=XSD.gYear)


def test_pakistan_is_not_party_to_the_refugee_convention(world: Graph) -> None:
    position = URIRef(f"{BASE}id/state/pakistan#not-party-refugee-convention-1951")
    assert world.value(position, FR.relation) == FRV["relation-not-party"]


def test_every_deadline_has_bounds_and_a_policy(world: Graph) -> None:
    deadlines = instances(world, {FR.Deadline})
    assert deadlines
    for deadline in deadlines:
        assert list(world.subjects(FR.hasDeadline, deadline)) == [URIRef(str(deadline).split("#")[0])]
        assert world.value(deadline, FR.earliest) <= world.value(deadline, FR.latest)  # type: ignore[operator]


def test_no_policy_has_a_deadline_before_its_announcement(world: Graph) -> None:
    for policy, deadline in world.subject_objects(FR.hasDeadline):
        announced = str(world.value(policy, FR.announced))
        assert announced <= str(world.value(deadline, FR.latest)), policy


def test_the_generator_reproduces_the_states() -> None:
    if importlib.util.find_spec("countryinfo") is None:
        pytest.skip("countryinfo is not installed, so data/world/states.ttl was not generated anew")
    command = [sys.executable, str(ROOT / "data" / "generate_states.py")]
    generated = subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout
    written = (ROOT / "data" / "world" / "states.ttl").read_text(encoding="utf-8")
    graphs = [Graph().parse(data=text, format="turtle", publicID=BASE) for text in (generated, written)]
    assert isomorphic(*graphs)


def test_a_capital_that_stands_for_its_government_is_no_place(world: Graph) -> None:
    metonyms = {str(name) for name in world.objects(None, FR.metonym)}
    labels = {
        str(label) for place in instances(world, {FR.Place}) for label in world.objects(place, SKOS.prefLabel)
    }
    assert not labels & metonyms
