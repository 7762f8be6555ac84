"""What only the graph names can tell: the rules of design.md that a union of graphs hides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from kg.model import IRI, Literal, Quad
from kg.validation.report import Result, make_result
from kg.vocab import FR, PROV, RDF

_EVIDENCE = (FR.rule, FR.confidence)
_PROVENANCE = "/graph/prov/"


def check_graphs(quads: Iterable[Quad]) -> tuple[Result, ...]:
    """Check how quads are spread over named graphs.

    A statement stands in one graph with what it expresses; evidence stands in a provenance graph; the graph
    of a document says what generated it; parts of a document that are referred to are described; no triple
    stands in two graphs.
    """
    found = list(quads)
    homes: dict[IRI, set[IRI]] = defaultdict(set)
    for quad in found:
        homes[quad.subject].add(quad.graph)
    return (
        *_find_strays(found, homes),
        *_find_misplaced_evidence(found),
        *_find_ungenerated(found),
        *_find_undescribed(found, homes),
        *_find_repeated(found),
    )


def _find_strays(quads: list[Quad], homes: dict[IRI, set[IRI]]) -> Iterator[Result]:
    for subject, predicate, target, graph in quads:
        if predicate == FR.expresses and graph not in homes.get(_to_iri(target), ()):
            yield make_result(
                "graph/expresses/same-graph", subject, path=predicate, value=target, graph=graph
            )


def _find_misplaced_evidence(quads: list[Quad]) -> Iterator[Result]:
    for subject, predicate, value, graph in quads:
        if predicate in _EVIDENCE and _PROVENANCE not in graph:
            yield make_result("graph/evidence/provenance", subject, path=predicate, value=value, graph=graph)


def _find_ungenerated(quads: list[Quad]) -> Iterator[Result]:
    generated = {q.subject for q in quads if q.predicate == PROV.wasGeneratedBy}
    documents = {q.graph for q in quads if q.predicate == RDF.type and q.object == FR.Document}
    for graph in sorted(documents - generated):
        yield make_result("graph/activity/present", graph, path=PROV.wasGeneratedBy, graph=graph)


def _find_undescribed(quads: list[Quad], homes: dict[IRI, set[IRI]]) -> Iterator[Result]:
    documents = {q.subject for q in quads if q.predicate == RDF.type and q.object == FR.Document}
    for subject, predicate, target, graph in quads:
        part_of = _to_iri(target).partition("#")[0] if "#" in _to_iri(target) else ""
        if part_of in documents and target not in homes:
            yield make_result("graph/reference/described", subject, path=predicate, value=target, graph=graph)


def _find_repeated(quads: list[Quad]) -> Iterator[Result]:
    graphs: dict[tuple[IRI, IRI, IRI | Literal], IRI] = {}
    for subject, predicate, value, graph in quads:
        if graphs.setdefault((subject, predicate, value), graph) != graph:
            yield make_result("graph/triple/once", subject, path=predicate, value=value, graph=graph)


def _to_iri(term: IRI | Literal) -> IRI:
    return term if isinstance(term, IRI) else IRI("")
