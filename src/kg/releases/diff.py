"""What two releases differ in, graph by graph."""

from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import IRI, Quad
from kg.releases.quads import find_quads, open_database
from kg.releases.release import Release


@dataclass(frozen=True, slots=True)
class GraphDiff:
    """What was added to and removed from one named graph, sorted."""

    graph: IRI
    added: tuple[Quad, ...]
    removed: tuple[Quad, ...]


def compare_releases(old: Release, new: Release) -> Iterator[GraphDiff]:
    """Compare two releases, in the order of their graph names; the manifest graph is left out.

    Only graphs whose digests differ are read, one at a time.

    Raises:
        StoreError: A database cannot be opened.
    """
    stores = [open_database(release.database) for release in (old, new)]
    for graph in sorted({*old.graphs, *new.graphs}):
        if old.graphs.get(graph) != new.graphs.get(graph):
            before, after = (set(find_quads(store, graph)) for store in stores)
            yield GraphDiff(graph, _sort(after - before), _sort(before - after))


def _sort(quads: set[Quad]) -> tuple[Quad, ...]:
    return tuple(sorted(quads, key=lambda quad: (quad.subject, quad.predicate, repr(quad.object))))
