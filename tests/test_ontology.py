"""The ontology and the SKOS schemes are complete, consistent, and say nothing twice."""

import re
from collections import Counter
from decimal import Decimal
from functools import cache
from pathlib import Path

import pyoxigraph
import pytest
from rdflib import OWL, RDF, RDFS, BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS, XSD
from rdflib.term import Node

from kg.extraction.patterns import compile_pattern

FR = Namespace("https://w3id.org/forced-returns/ns#")
FRV = Namespace("https://w3id.org/forced-returns/vocab/")
ONTOLOGY = URIRef("https://w3id.org/forced-returns/ns")
ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "ontology"
FILES = [FOLDER / "forced-returns.ttl", *sorted((FOLDER / "vocab").glob("*.ttl"))]
TRUE = Literal("true", datatype=XSD.boolean)

GUIDE_PRINCIPLES = """non-refoulement no-arbitrary-detention due-process voluntary-return freedom-of-movement
    right-to-education family-unity non-discrimination no-torture right-to-seek-asylum right-to-life
    access-to-counsel no-collective-expulsion no-forced-eviction rights-of-the-child
    international-human-rights-law international-refugee-law"""
GUIDE_INSTRUMENTS = (
    "refugee-convention-1951 refugee-protocol-1967 convention-against-torture iccpr udhr crc cedaw echr"
)
SCHEMES = {
    "act": "demand condemn warn report announce deny justify acknowledge describe",
    "mode": "direct indirect mixed narration",
    "modality": "asserted possible denied",
    "medium": """letter open-letter statement press-release report social-media interview briefing speech website
        email survey court-ruling notice other""",
    "qualifier": "exact at-least more-than about nearly up-to",
    "unit": "persons percent years times places cases other",
    "measure": """returned deported arrested at-risk hosted arrived displaced lacking-documents document-holders
        in-need killed other""",
    "relation": "violated binding invoked not-party party at-risk",
    "verdict": "contradicts share-does-not-add-up measure-drift same-utterance impossible-date",
    "reason": "chrome second-article other-language caption contact unrelated",
    "genre": """news press-release own-statement letter urgent-action interview briefing update report
        legal-summary""",
    "frame": "clause infinitive nominal as addressee quotation source accusation noun passive colon",
}
"""Schemes that hold these identifiers and no others."""

CLASSES = """Document Actor Person NGO IntergovernmentalOrganization State GovernmentBody DeFactoAuthority
    MediaOrganization Group Place Mention Statement Proposition Figure NormPosition Demand Policy Deadline Principle
    Instrument OmittedBlock Comparison Cue Frame"""
PROPERTIES = """showText dateline textDigest textLength textSpan firstWords genre omits reason span refersTo speaker addressee
    mode act modality medium relays answers reportedIn concerns invokes expresses cueSpan sourceSpan contentSpan
    sentenceSpan text statedIn high qualifier lower upper lowerOpen upperOpen lowerFactor upperFactor measure
    population from to place asStated source norm relation bearer since policy through assertedBy demandee issuer announced
    effective hasDeadline date appliesTo inferred earliest latest rule confidence verdict explanation laidDownIn
    article notation inGuide demonym capital metonym acronym isoCode inState pattern verb noun form frame weight"""


@cache
def parse(path: Path) -> Graph:
    return Graph().parse(path, format="turtle", publicID="http://localhost/")


@cache
def parse_all() -> Graph:
    """Parse the ontology with all schemes and the lexicon."""
    graph = Graph()
    for path in sorted(FOLDER.rglob("*.ttl")):
        graph += parse(path)
    return graph


@cache
def list_concepts(scheme: str) -> dict[str, URIRef]:
    """Give the concepts of a scheme by identifier."""
    prefix = f"{FRV[scheme]}-"
    found = parse_all().subjects(SKOS.inScheme, FRV[scheme])
    return {str(iri).removeprefix(prefix): iri for iri in found if isinstance(iri, URIRef)}


def list_terms() -> list[URIRef]:
    graph = parse(FILES[0])
    return [iri for iri in graph.subjects(RDF.type, unique=True) if isinstance(iri, URIRef) and iri in FR]


def list_schemes() -> list[Node]:
    return [scheme for path in FILES[1:] for scheme in parse(path).subjects(RDF.type, SKOS.ConceptScheme)]


def list_own_concepts() -> list[Node]:
    return [concept for path in FILES[1:] for concept in parse(path).subjects(SKOS.inScheme)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_both_parsers_read_the_same_number_of_triples(path: Path) -> None:
    quads = set(pyoxigraph.parse(path=path, format=pyoxigraph.RdfFormat.TURTLE))
    assert len(quads) == len(parse(path)) > 0


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_node_is_blank(path: Path) -> None:
    assert not [node for triple in parse(path) for node in triple if isinstance(node, BNode)]


def test_the_ontology_names_itself_its_licence_and_its_version() -> None:
    graph = parse(FILES[0])
    assert (ONTOLOGY, RDF.type, OWL.Ontology) in graph
    assert (ONTOLOGY, OWL.versionInfo, Literal("0.1.0")) in graph
    assert (ONTOLOGY, DCTERMS.license, URIRef("https://creativecommons.org/licenses/by/4.0/")) in graph
    assert graph.value(ONTOLOGY, DCTERMS.title)
    assert graph.value(ONTOLOGY, DCTERMS.description)


def test_every_class_and_property_of_the_data_model_is_there() -> None:
    terms = {str(term).removeprefix(FR) for term in list_terms()}
    assert set((CLASSES + " " + PROPERTIES).split()) - terms == set()


@pytest.mark.parametrize("term", list_terms(), ids=lambda term: term.removeprefix(FR))
def test_every_term_is_typed_labelled_and_defined(term: URIRef) -> None:
    graph = parse(FILES[0])
    types = list(graph.objects(term, RDF.type))
    assert types in ([OWL.Class], [OWL.ObjectProperty], [OWL.DatatypeProperty])
    for path in (RDFS.label, RDFS.comment):
        assert [getattr(text, "language", None) for text in graph.objects(term, path)] == ["en"]
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [ONTOLOGY]


def test_a_property_with_literal_values_has_a_literal_range_and_one_with_nodes_has_not() -> None:
    graph = parse(FILES[0])
    for term, target in graph.subject_objects(RDFS.range):
        is_literal = URIRef(str(target)) in XSD or target == RDFS.Literal
        kind = OWL.DatatypeProperty if is_literal else OWL.ObjectProperty
        assert (term, RDF.type, kind) in graph, term


def test_no_two_terms_share_a_label_of_their_kind() -> None:
    graph = parse(FILES[0])
    labels = Counter(
        (graph.value(t, RDF.type), str(graph.value(t, RDFS.label)).casefold()) for t in list_terms()
    )
    assert [label for label, count in labels.items() if count > 1] == []


def test_every_term_that_ontology_lexicon_or_world_data_use_is_defined() -> None:
    defined = {subject for subject, _ in parse_all().subject_objects(RDFS.isDefinedBy)}
    defined |= set(parse_all().subjects(SKOS.inScheme))
    used = {
        node
        for path in [*FOLDER.rglob("*.ttl"), *(ROOT / "data").rglob("*.ttl")]
        for triple in parse(path)
        for node in triple
        if isinstance(node, URIRef) and (node in FR or node in FRV)
    }
    schemes = set(parse_all().subjects(RDF.type, SKOS.ConceptScheme))
    assert sorted(used - defined - schemes) == []


@pytest.mark.parametrize("scheme", SCHEMES)
def test_a_scheme_holds_exactly_its_identifiers(scheme: str) -> None:
    assert set(list_concepts(scheme)) == set(SCHEMES[scheme].split())


@pytest.mark.parametrize(
    ("scheme", "ids"), [("principle", GUIDE_PRINCIPLES), ("instrument", GUIDE_INSTRUMENTS)]
)
def test_exactly_the_norms_of_the_annotation_guide_are_marked_so(scheme: str, ids: str) -> None:
    marked = {name for name, iri in list_concepts(scheme).items() if (iri, FR.inGuide, TRUE) in parse_all()}
    assert marked == set(ids.split())
    assert len(list_concepts(scheme)) > len(marked)


def test_every_scheme_is_titled_defined_and_licensed() -> None:
    assert len(list_schemes()) == len(FILES) - 1 == 14
    for scheme in list_schemes():
        for path in (DCTERMS.title, SKOS.prefLabel, SKOS.definition, DCTERMS.license, RDFS.isDefinedBy):
            assert parse_all().value(scheme, path), (scheme, path)


@pytest.mark.parametrize("concept", list_own_concepts(), ids=lambda concept: concept.removeprefix(FRV))
def test_every_concept_is_labelled_defined_placed_and_noted_as_its_iri_says(concept: URIRef) -> None:
    graph = parse_all()
    for path in (SKOS.prefLabel, SKOS.definition):
        assert [getattr(text, "language", None) for text in graph.objects(concept, path)] == ["en"]
    [scheme] = graph.objects(concept, SKOS.inScheme)
    [notation] = graph.objects(concept, SKOS.notation)
    assert str(concept) == f"{scheme}-{notation}"
    assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", str(notation))
    is_top = (concept, SKOS.topConceptOf, scheme) in graph
    assert is_top == ((scheme, SKOS.hasTopConcept, concept) in graph)
    assert is_top != bool(graph.value(concept, SKOS.broader))


def test_no_two_concepts_of_a_scheme_share_a_name() -> None:
    graph = parse_all()
    for scheme in list_schemes():
        names = Counter(
            name for concept in graph.subjects(SKOS.inScheme, scheme) for name in list_names(concept)
        )
        assert [name for name, count in names.items() if count > 1] == [], scheme


def list_names(concept: Node) -> set[str]:
    names = parse_all().objects(concept, SKOS.prefLabel | SKOS.altLabel | FR.acronym)
    return {str(name).casefold() for name in names}


def test_every_target_in_the_schemes_exists() -> None:
    graph, instruments = parse_all(), set(list_concepts("instrument").values())
    concepts = set(graph.subjects(SKOS.inScheme))
    assert set(graph.objects(None, FR.laidDownIn)) <= instruments
    assert set(graph.objects(None, SKOS.broader)) <= concepts
    for narrow, broad in graph.subject_objects(SKOS.broader):
        assert graph.value(narrow, SKOS.inScheme) == graph.value(broad, SKOS.inScheme)


def test_what_is_laid_down_names_its_articles_and_the_other_way_round() -> None:
    graph = parse_all()
    with_article = set(graph.subjects(FR.article))
    assert with_article == set(graph.subjects(FR.laidDownIn))
    guide = {list_concepts("principle")[name] for name in GUIDE_PRINCIPLES.split()}
    assert guide <= with_article


def test_everyone_deported_is_also_returned() -> None:
    measures = list_concepts("measure")
    assert set(parse_all().subject_objects(SKOS.broader)) >= {(measures["deported"], measures["returned"])}


@pytest.mark.parametrize(
    ("name", "lower", "upper", "lower_open", "upper_open"),
    [
        ("exact", "1.0", "1.0", False, False),
        ("at-least", "1.0", None, False, None),
        ("more-than", "1.0", None, True, None),
        ("about", "0.95", "1.05", False, False),
        ("nearly", "0.95", "1.0", False, True),
        ("up-to", None, "1.0", None, False),
    ],
)
def test_a_qualifier_has_its_bounds(
    name: str, lower: str | None, upper: str | None, lower_open: bool | None, upper_open: bool | None
) -> None:
    graph, qualifier = parse_all(), list_concepts("qualifier")[name]
    found = [
        value.toPython() if isinstance(value := graph.value(qualifier, path), Literal) else None
        for path in (FR.lowerFactor, FR.upperFactor, FR.lowerOpen, FR.upperOpen)
    ]
    expected = [Decimal(lower) if lower else None, Decimal(upper) if upper else None, lower_open, upper_open]
    assert found == expected


def list_patterns() -> list[tuple[Node, str]]:
    paths = (FR.pattern, FR.verb, FR.noun)
    return [(s, str(o)) for file in FILES[1:] for path in paths for s, o in parse(file).subject_objects(path)]


def test_every_pattern_compiles_and_needs_at_least_one_word() -> None:
    assert len(list_patterns()) > 500
    for concept, pattern in list_patterns():
        assert pattern == " ".join(pattern.split()), (concept, pattern)
        assert pattern.count("(") == pattern.count(")"), (concept, pattern)
        assert not pattern.startswith("..."), (concept, pattern)
        assert not pattern.endswith("..."), (concept, pattern)
        assert compile_pattern(pattern).search("§ §") is None, (concept, pattern)
        assert compile_pattern(pattern).search("") is None, (concept, pattern)


def recognise(scheme: str, text: str) -> set[str]:
    """Give the concepts whose longest match in the text no longer match covers."""
    graph = parse_all()
    matches = [
        (m.start(), m.end(), name)
        for name, iri in list_concepts(scheme).items()
        for pattern in graph.objects(iri, FR.pattern)
        for m in compile_pattern(str(pattern)).finditer(text)
    ]
    longest = [m for m in matches if not any(covers(other, m) for other in matches)]
    return {name for _, _, name in longest}


def covers(longer: tuple[int, int, str], other: tuple[int, int, str]) -> bool:
    overlap = longer[0] < other[1] and other[0] < longer[1]
    return overlap and longer[1] - longer[0] > other[1] - other[0]


def test_every_name_of_an_instrument_is_recognised_as_that_instrument() -> None:
    for name, iri in list_concepts("instrument").items():
        for label in parse_all().objects(iri, SKOS.prefLabel | SKOS.altLabel):
            assert recognise("instrument", f"It has signed the {label}.") == {name}, label


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They were held without charge.", {"no-arbitrary-detention"}),
        ("It ended the ‘unlawful’ detention of refugees.", {"no-arbitrary-detention"}),
        ("Nobody may be sent back to a place where torture awaits.", {"non-refoulement"}),
        ("That would breach the duty of non‑refoulement.", {"non-refoulement"}),
        ("They saw no judge and had no access to a lawyer.", {"access-to-counsel"}),
        ("Any return must be safe, dignified and voluntary.", {"voluntary-return"}),
        ("The raids tore families apart.", {"family-unity"}),
        ("The rights to education, work and shelter are gone.", {"right-to-education", "right-to-work"}),
        ("It recalled the ban on the collective expulsion of foreigners.", {"no-collective-expulsion"}),
        ("The bus reached the border, where families were fed and given tents.", set()),
        ("The police detained 40 people and sent them back in May.", set()),
        ("She went home of her own will to work in education.", set()),
        ("He was arrested on arrival, his lawyer said.", set()),
    ],
)
def test_principles_are_recognised_in_what_invokes_them_and_not_in_narration(
    text: str, expected: set[str]
) -> None:
    assert recognise("principle", text) == expected
