"""Between our terms and rdflib's: one function per direction.

Data becomes rdflib terms as rdflib's own parser, which reads the shapes, makes them (no datatype where it is
xsd:string); mixed forms of equal literals give false results. Lexical forms stay as they are, for reports.
"""

from collections.abc import Iterable

import rdflib
from rdflib.term import Node

from kg.errors import UsageError
from kg.model import IRI, Literal, Object, Quad
from kg.vocab import RDF, XSD


def to_rdflib_term(term: Object) -> rdflib.URIRef | rdflib.Literal:
    """Turn a term into rdflib's; xsd:string is left out as rdflib's own parsers do."""
    if isinstance(term, IRI):
        return rdflib.URIRef(term)
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype == XSD.string:
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype), normalize=False)


def from_rdflib_term(term: Node) -> Object:
    """Turn one of rdflib's terms into ours.

    Raises:
        UsageError: The term is a blank node, which this project does not use.
    """
    match term:
        case rdflib.URIRef():
            return IRI(term)
        case rdflib.Literal(language=str(language)):
            return Literal(str(term), RDF.langString, language)
        case rdflib.Literal():
            return Literal(str(term), IRI(term.datatype or XSD.string))
    raise UsageError(f"only IRIs and literals are allowed here, not {term!r}")


def fill_graph(quads: Iterable[Quad]) -> rdflib.Graph:
    """Fill an in-memory rdflib graph with the union of the quads' graphs."""
    graph = rdflib.Graph(bind_namespaces="none")
    for quad in quads:
        graph.add((rdflib.URIRef(quad.subject), rdflib.URIRef(quad.predicate), to_rdflib_term(quad.object)))
    return graph
