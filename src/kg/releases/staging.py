"""A change under way: a private copy of the current release that can be altered and published."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from kg.errors import StoreError, UsageError
from kg.formats import to_canonical_lines, to_oxigraph_quad
from kg.iris import Minter
from kg.model import IRI, Quad
from kg.releases.files import protect, remove_tree, sync_tree, write_durably
from kg.releases.manifest import describe_release
from kg.releases.quads import find_quads, open_database
from kg.releases.release import (
    DATABASE,
    MANIFEST,
    TEXTS,
    DocumentInfo,
    GraphInfo,
    Release,
    Tombstone,
    to_manifest,
)

_WORK = "work"
_FRESH = "fresh"
_COUNTS = """SELECT ?class (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s a ?class } FILTER(?g != ?manifest) } GROUP BY ?class"""
_ENTITIES = """SELECT (COUNT(DISTINCT ?s) AS ?n) { GRAPH ?g { ?s ?p ?o } FILTER(?g != ?manifest) }"""


@dataclass(frozen=True, slots=True)
class Fields:
    """What the publisher says about a release; the rest of its manifest is counted."""

    created: str  # xsd:dateTime, UTC
    software: str  # version of the program
    digests: Mapping[str, str] = field(default_factory=dict)
    documents: Mapping[str, DocumentInfo] = field(default_factory=dict)
    tombstones: Mapping[str, Tombstone] = field(default_factory=dict)


class Staging:
    """A copy of the current release, made of hard links, that only its holder sees.

    Made by `Releases.stage()`. Nothing outside changes before `publish`.
    """

    def __init__(
        self,
        folder: Path,
        minter: Minter,
        current: Release | None,
        number: int,
        move_in: Callable[[Path, int], Release],
        *,
        rebuild: bool = False,
    ) -> None:
        self.current = current
        self._folder = folder / f"staging-{number:06d}"
        self._manifest_graph = minter.mint_graph("release")
        self._minter = minter
        self._number = number
        self._move_in = move_in
        # Every IRI begins with the base: nothing of a release of another base can stay
        copied = current if current and current.base == minter.base else None
        self._graphs = dict(copied.graphs) if copied else {}
        self._touched: set[IRI] = set()
        self._rebuild = rebuild
        self._store: ox.Store | None = self._copy(copied)

    def _copy(self, current: Release | None) -> ox.Store:
        """Copy database and texts by hard links: a release's files are never written to again."""
        (self._folder / TEXTS).mkdir(parents=True)
        work = self._folder / _WORK
        if current:
            open_database(current.database).backup(str(work))
            for text in (current.path / TEXTS).iterdir():
                os.link(text, self._folder / TEXTS / text.name)
        return ox.Store(str(work))

    @property
    def _open(self) -> ox.Store:
        if self._store is None:
            raise UsageError("this staging area was published or thrown away")
        return self._store

    def graphs(self) -> Mapping[IRI, GraphInfo]:
        """Give the named graphs as they are now, without the manifest graph."""
        return dict(self._graphs)

    def quads(self, graph: IRI) -> Iterator[Quad]:
        """Give the quads of one named graph as they are now."""
        return find_quads(self._open, graph)

    def replace_graph(self, graph: IRI, quads: Iterable[Quad]) -> bool:
        """Make a named graph hold exactly these quads.

        Args:
            graph: The graph name.
            quads: Quads of that graph; twice the same counts once. None at all removes the graph.

        Returns:
            Whether that changed anything.

        Raises:
            UsageError: A quad names another graph, or `graph` is the manifest graph.
        """
        found = set(quads)
        if graph == self._manifest_graph or any(quad.graph != graph for quad in found):
            raise UsageError(f"these quads do not belong in {graph}")
        info = GraphInfo(len(found), hashlib.sha256(to_canonical_lines(found)).hexdigest())
        if info == self._graphs.get(graph):
            return False
        if not found:
            return self.remove_graph(graph)
        self._write(graph, found)
        self._graphs[graph] = info
        self._touched.add(graph)
        return True

    def remove_graph(self, graph: IRI) -> bool:
        """Remove a named graph, and tell whether there was one."""
        self._open.remove_graph(ox.NamedNode(graph))
        self._touched.discard(graph)
        return self._graphs.pop(graph, None) is not None

    def add_text(self, digest: str, text: str) -> None:
        """Keep the text of a document.

        Raises:
            UsageError: `digest` is not the SHA-256 of the text in UTF-8.
        """
        data = text.encode()
        if hashlib.sha256(data).hexdigest() != digest:
            raise UsageError(f"the text does not have the digest {digest}")
        path = self._folder / TEXTS / f"{digest}.txt"
        if not path.exists():
            write_durably(path, data)

    def publish(self, fields: Fields) -> Release:
        """Publish what is staged as the next release and make it current, in one step.

        Texts of documents that `fields.documents` does not name are dropped.

        Raises:
            StoreError: A triple stands in two named graphs.
        """
        self._check_single_graph()
        release = self._to_release(fields)
        self._write(self._manifest_graph, set(describe_release(release, self._minter)))
        self._drop_texts(fields)
        self._settle()
        write_durably(self._folder / MANIFEST, to_manifest(release))
        protect(self._folder)
        sync_tree(self._folder)
        return self._move_in(self._folder, self._number)

    def close(self) -> None:
        """Throw away what was not published."""
        self._store = None
        if self._folder.exists():
            remove_tree(self._folder)

    def _write(self, graph: IRI, quads: Iterable[Quad]) -> None:
        self._open.remove_graph(ox.NamedNode(graph))
        self._open.extend(to_oxigraph_quad(quad) for quad in quads)

    def _check_single_graph(self) -> None:
        """See that no triple of a changed graph stands in another graph too.

        The default graph of a query is the union of all, and would give such a triple twice. What was
        not changed was checked when it was published.
        """
        for graph in sorted(self._touched):
            for quad in self._open.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
                places = self._open.quads_for_pattern(quad.subject, quad.predicate, quad.object)
                names = [str(place.graph_name) for place in places]
                if len(names) > 1:
                    raise StoreError(f"{quad.triple} stands in more than one graph: {', '.join(names)}")

    def _to_release(self, fields: Fields) -> Release:
        content = "".join(f"{graph} {info.digest}\n" for graph, info in sorted(self._graphs.items()))
        classes = {IRI(s["class"].value): int(s["n"].value) for s in self._count(_COUNTS)}
        return Release(
            number=self._number,
            base=self._minter.base,
            created=fields.created,
            software=fields.software,
            digest=hashlib.sha256(content.encode()).hexdigest(),
            triples=sum(info.triples for info in self._graphs.values()),
            entities=next(int(s["n"].value) for s in self._count(_ENTITIES)),
            previous=self._find_previous(),
            graphs=self._graphs,
            classes=classes,
            digests=fields.digests,
            documents=fields.documents,
            tombstones=fields.tombstones,
        )

    def _find_previous(self) -> int | None:
        """Give the release this one is derived from; a release that is written anew keeps its own."""
        if not self.current:
            return None
        return self.current.previous if self.current.number == self._number else self.current.number

    def _count(self, query: str) -> ox.QuerySolutions:
        bound = query.replace("?manifest", f"<{self._manifest_graph}>")
        results = self._open.query(bound)
        assert isinstance(results, ox.QuerySolutions)
        return results

    def _drop_texts(self, fields: Fields) -> None:
        wanted = {document.text for document in fields.documents.values()}
        for path in (self._folder / TEXTS).iterdir():
            if path.stem not in wanted:
                path.unlink()

    def _settle(self) -> None:
        """Leave a database without write-ahead log: what is opened read-only must need no recovery.

        To rebuild it from its quads leaves none of the bytes of what was removed.
        """
        if self._rebuild:
            fresh = ox.Store(str(self._folder / _FRESH))
            fresh.bulk_extend(iter(self._open))
            self._store = fresh
        self._open.flush()
        self._open.backup(str(self._folder / DATABASE))
        self._store = None
        for leftover in (_WORK, _FRESH):
            if (self._folder / leftover).exists():
                remove_tree(self._folder / leftover)
