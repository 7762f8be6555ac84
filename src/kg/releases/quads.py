"""Quads of a release's database as values of `kg.model`."""

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError
from kg.formats import from_oxigraph
from kg.model import IRI, Quad


def open_database(path: Path) -> ox.Store:
    """Open the database of a published release, read-only.

    Raises:
        StoreError: There is none, or it is broken.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"cannot open the database {path}: {error}") from error


def find_quads(store: ox.Store, graph: IRI | None = None) -> Iterator[Quad]:
    """Give the quads of one named graph, or of all."""
    name = ox.NamedNode(graph) if graph is not None else None
    for quad in store.quads_for_pattern(None, None, None, name):
        yield to_quad(quad)


def to_quad(quad: ox.Quad) -> Quad:
    """Turn a quad of Oxigraph's into ours; a release has nothing but IRIs and literals."""
    terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
    subject, predicate, value, graph = map(from_oxigraph, terms)
    assert isinstance(subject, IRI)
    assert isinstance(predicate, IRI)
    assert isinstance(graph, IRI)
    return Quad(subject, predicate, value, graph)
