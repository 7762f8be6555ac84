"""Between our terms and Oxigraph's: one function per direction, used at the border and nowhere else."""

import pyoxigraph as ox

from kg.errors import UsageError
from kg.model.terms import IRI, Literal, Object, Quad


def to_oxigraph_term(term: Object) -> ox.NamedNode | ox.Literal:
    """Turn a term into Oxigraph's."""
    if isinstance(term, IRI):
        return ox.NamedNode(term)
    if term.language:
        return ox.Literal(term.value, language=term.language)
    return ox.Literal(term.value, datatype=ox.NamedNode(term.datatype))


def to_oxigraph_quad(quad: Quad) -> ox.Quad:
    """Turn a quad into Oxigraph's."""
    return ox.Quad(
        ox.NamedNode(quad.subject),
        ox.NamedNode(quad.predicate),
        to_oxigraph_term(quad.object),
        ox.NamedNode(quad.graph),
    )


def from_oxigraph(term: object) -> Object:
    """Turn one of Oxigraph's terms into ours.

    Raises:
        UsageError: The term is a blank node or a triple term, which this project does not use.
    """
    match term:
        case ox.NamedNode():
            return IRI(term.value)
        case ox.Literal():
            return Literal(term.value, IRI(term.datatype.value), term.language or "")
    raise UsageError(f"only IRIs and literals are allowed here, not {term}")
