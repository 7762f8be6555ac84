"""RDF 1.1 terms without blank nodes, and quads (https://www.w3.org/TR/rdf11-concepts/)."""

from typing import NamedTuple


class IRI(str):
    """An absolute IRI."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{self}>"


_XSD_STRING = IRI("http://www.w3.org/2001/XMLSchema#string")


class Literal(NamedTuple):
    """A literal: lexical form, datatype, and language tag where the datatype is rdf:langString."""

    value: str
    datatype: IRI = _XSD_STRING
    language: str = ""


Object = IRI | Literal


class Quad(NamedTuple):
    """A triple in a named graph."""

    subject: IRI
    predicate: IRI
    object: Object
    graph: IRI
