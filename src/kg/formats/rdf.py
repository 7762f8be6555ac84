"""Parse and serialise RDF with Oxigraph's parsers, to and from quads of `kg.model`."""

import re
from collections.abc import Iterable

import pyoxigraph as ox

from kg.errors import SyntaxFindingError
from kg.formats.convert import from_oxigraph, to_oxigraph_quad
from kg.formats.table import TURTLE, Format
from kg.model.terms import IRI, Quad
from kg.vocab import PREFIXES

_PLACE = re.compile(r"line (\d+)(?: column (\d+))?")


def parse_quads(
    text: bytes | str, graph: IRI, base: str, file_format: Format = TURTLE, name: str = "input"
) -> list[Quad]:
    """Parse RDF into quads.

    Args:
        text: The serialised graph or dataset.
        graph: Graph name for triples that stand in no named graph.
        base: Absolute IRI that relative IRIs resolve against.
        file_format: An RDF format of the table.
        name: What to call the input in an error, such as its path.

    Raises:
        SyntaxFindingError: It cannot be parsed, or holds a blank node.
    """
    data = text.encode() if isinstance(text, str) else text
    default = ox.DefaultGraph()
    try:
        found = list(ox.parse(data, format=file_format.engine, base_iri=base))  # type: ignore[arg-type]
    except (SyntaxError, ValueError) as error:
        place = _PLACE.search(str(error))
        line, column = (int(place[1]), int(place[2] or 1)) if place else (None, None)
        raise SyntaxFindingError(f"{name}: {error}", line=line, column=column) from error
    blank = next(
        (q for q in found if isinstance(q.subject, ox.BlankNode) or isinstance(q.object, ox.BlankNode)), None
    )
    if blank:
        raise SyntaxFindingError(f"{name}: blank node in {blank.subject} {blank.predicate} {blank.object}")
    return [
        Quad(
            IRI(q.subject.value),
            IRI(q.predicate.value),
            from_oxigraph(q.object),
            graph if q.graph_name == default else IRI(q.graph_name.value),
        )
        for q in found
    ]


def serialize_quads(quads: Iterable[Quad], file_format: Format) -> bytes:
    """Serialise quads, with the project's prefixes; a graph format drops the graph names."""
    engine = file_format.engine
    assert isinstance(engine, ox.RdfFormat)
    found = (to_oxigraph_quad(q) for q in quads)
    items = found if engine.supports_datasets else (q.triple for q in found)
    prefixes = {name: str(iri) for name, iri in PREFIXES.items()}
    return ox.serialize(items, format=engine, prefixes=prefixes) or b""


def to_canonical_lines(quads: Iterable[Quad]) -> bytes:
    """Serialise quads as sorted, distinct N-Quads lines: equal datasets give equal bytes.

    There are no blank nodes, so sorting is all of RDF canonicalisation
    (https://www.w3.org/TR/rdf-canon/) that is needed.
    """
    lines = {str(to_oxigraph_quad(q)) + " ." for q in quads}
    return "".join(f"{line}\n" for line in sorted(lines)).encode()
