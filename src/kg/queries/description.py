"""What belongs to the description of an IRI."""

from collections.abc import Iterable, Iterator
from typing import Protocol

from kg.iris import Minter, is_vocabulary, parse_span
from kg.model import IRI, Literal, Object, Quad

_OWN = "SELECT ?p ?o ?g { GRAPH ?g { ?iri ?p ?o } }"
_FRAGMENTS = "SELECT ?s ?p ?o { GRAPH ?graph { ?s ?p ?o FILTER(STRSTARTS(STR(?s), ?start)) } }"
_LABELS = """SELECT ?s ?p ?o ?g {
  VALUES ?p { skos:prefLabel rdfs:label dct:title }
  VALUES ?s { %s }
  GRAPH ?g { ?s ?p ?o }
}"""
_BATCH = 500  # IRIs whose labels are asked for at once


class Select(Protocol):
    """Evaluates a SELECT query with terms in the place of some variables."""

    def __call__(self, text: str, /, **bindings: Object) -> list[dict[str, Object]]:
        """Give the solutions."""


def find_description(iri: IRI, minter: Minter, select: Select) -> list[Quad]:
    """Find the quads that describe `iri`; see `Reader.describe`."""
    about = set(_find_own(iri, select)) | set(_find_fragments(iri, minter, select))
    described = {quad.subject for quad in about}
    targets = {quad.object for quad in about if isinstance(quad.object, IRI)} - described
    return sorted(about | set(_find_labels(targets, select)), key=_to_sort_key)


def _find_own(iri: IRI, select: Select) -> Iterator[Quad]:
    for subject in (iri, *_find_selectors(iri)):
        for solution in select(_OWN, iri=subject):
            yield _to_quad({"s": subject, **solution})


def _find_selectors(iri: IRI) -> tuple[IRI, ...]:
    """Give the selectors of a span; nothing for any other IRI."""
    fragment = iri.partition("#")[2]
    is_span = parse_span(fragment) is not None and ";" not in fragment
    return tuple(IRI(f"{iri};{selector}") for selector in ("position", "quote")) if is_span else ()


def _find_fragments(iri: IRI, minter: Minter, select: Select) -> Iterator[Quad]:
    """Find what is said of the fragments of an IRI, in the only graphs where that can stand."""
    for graph in _find_graphs(iri, minter):
        for solution in select(_FRAGMENTS, graph=graph, start=Literal(f"{iri}#")):
            yield _to_quad({**solution, "g": graph})


def _find_graphs(iri: IRI, minter: Minter) -> tuple[IRI, ...]:
    if "#" in iri:
        return ()
    if is_vocabulary(f"{iri}#"):
        return (minter.mint_graph("vocab"),)
    address = minter.parse(iri)
    match address.kind if address else "":
        case "doc":
            slug = iri.removeprefix(f"{minter.base}doc/")
            return minter.mint_graph("doc", slug), minter.mint_graph("prov", slug)
        case "graph":
            return (iri,)
        case "":
            return ()
    return (minter.mint_graph("world"),)


def _find_labels(iris: Iterable[IRI], select: Select) -> Iterator[Quad]:
    wanted = sorted(iris)
    for start in range(0, len(wanted), _BATCH):
        values = " ".join(f"<{iri}>" for iri in wanted[start : start + _BATCH])
        yield from map(_to_quad, select(_LABELS % values))


def _to_quad(solution: dict[str, Object]) -> Quad:
    subject, predicate, graph = (solution[name] for name in "spg")
    assert isinstance(subject, IRI)
    assert isinstance(predicate, IRI)
    assert isinstance(graph, IRI)
    return Quad(subject, predicate, solution["o"], graph)


def _to_sort_key(quad: Quad) -> tuple[str, ...]:
    value = quad.object
    shown = ("", value) if isinstance(value, IRI) else ("literal", *value)
    return (quad.subject, quad.predicate, *shown, quad.graph)
