"""The service description (SPARQL 1.1 Service Description, https://www.w3.org/TR/sparql11-service-description/)."""

from collections.abc import Iterator

from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS
from kg.model import IRI, Object, Quad
from kg.vocab import FORMATS, RDF, RDFS, SD

_FORMATS = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_RESULTS = ("SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV")


def describe_service(base: str, graph: IRI) -> list[Quad]:
    """Describe the endpoint below a base; its dataset is described in the release's own graph."""
    assert len(_FORMATS) == len(GRAPH_FORMATS)
    assert len(_RESULTS) == len(SOLUTION_FORMATS)
    return [Quad(s, p, o, graph) for s, p, o in _find_triples(base, graph)]


def _find_triples(base: str, graph: IRI) -> Iterator[tuple[IRI, IRI, Object]]:
    service, dataset = IRI(f"{base}sparql#service"), IRI(f"{base}sparql#dataset")
    default = IRI(f"{base}sparql#default-graph")
    yield service, RDF.type, SD.Service
    yield service, SD.endpoint, IRI(f"{base}sparql")
    yield service, SD.supportedLanguage, SD.SPARQL11Query
    yield service, SD.feature, SD.UnionDefaultGraph
    for name in (*_FORMATS, *_RESULTS):
        yield service, SD.resultFormat, FORMATS.term(name)
    yield service, SD.defaultDataset, dataset
    yield dataset, RDF.type, SD.Dataset
    yield dataset, SD.defaultGraph, default
    yield default, RDF.type, SD.Graph
    yield dataset, RDFS.seeAlso, graph
