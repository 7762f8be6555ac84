"""From what was read and what is published already to what is staged."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import kg
from kg.build.inputs import Inputs, digest_texts
from kg.build.outcomes import Outcome
from kg.mapping import compare
from kg.model import IRI, Document, Quad
from kg.releases import DocumentInfo, Fields, Staging


@dataclass(frozen=True, slots=True)
class Plan:
    """Which documents are mapped, which keep their graphs, which stay withdrawn."""

    to_map: tuple[Document, ...]
    kept: dict[str, DocumentInfo]
    withdrawn: tuple[str, ...]
    keys: dict[str, str]  # slug → digest of all that a document is made from


def make_plan(documents: Iterable[Document], inputs: Inputs, staging: Staging, *, add: bool) -> Plan:
    """Compare what was read with the current release."""
    current = staging.current
    published = dict(current.documents) if current else {}
    tombstones = current.tombstones if current else {}
    found = {document.slug: document for document in documents if document.slug not in tombstones}
    keys = {slug: find_key(document, inputs) for slug, document in found.items()}
    unchanged = {slug for slug, key in keys.items() if slug in published and published[slug].key == key}
    stay = {*unchanged, *(published.keys() - found.keys() if add else ())}
    return Plan(
        tuple(document for slug, document in found.items() if slug not in unchanged),
        {slug: published[slug] for slug in stay},
        tuple(document.slug for document in documents if document.slug in tombstones),
        keys,
    )


def find_key(document: Document, inputs: Inputs) -> str:
    """Digest all that a document's graphs are made from."""
    return digest_texts(
        [
            repr(replace(document, text="")),
            inputs.minter.base,
            *(f"{name} {digest}" for name, digest in sorted(inputs.digests.items())),
            *(correction.to_text() for correction in inputs.find_corrections(document.slug)),
        ]
    )


def to_info(document: Document, key: str) -> DocumentInfo:
    """Give what the manifest says of a document."""
    return DocumentInfo(document.file, document.digest, key, document.title)


@dataclass(frozen=True, slots=True)
class Stage:
    """Puts graphs and texts into the staging area."""

    staging: Staging
    inputs: Inputs
    links: list[Quad] = field(default_factory=list)

    def put_curated(self) -> None:
        """Put vocabulary and world."""
        mint = self.inputs.minter.mint_graph
        self.staging.replace_graph(mint("vocab"), self.inputs.vocabulary)
        self.staging.replace_graph(mint("world"), self.inputs.world)

    def put_document(self, document: Document, outcome: Outcome) -> None:
        """Put the graphs and the text of a document, and remember its links."""
        links = self.inputs.minter.mint_graph("links")
        for name in ("doc", "prov"):
            graph = self.inputs.minter.mint_graph(name, document.slug)
            self.staging.replace_graph(graph, (quad for quad in outcome.quads if quad.graph == graph))
        self.links.extend(quad for quad in outcome.quads if quad.graph == links)
        self.staging.add_text(document.digest, document.text)

    def remove_others(self, slugs: Iterable[str]) -> tuple[str, ...]:
        """Remove the graphs of every document but these, and give the slugs of those removed."""
        wanted = set(slugs)
        held = {slug for graph in self.staging.graphs() if (slug := self._find_slug(graph))}
        for slug in held - wanted:
            for name in ("doc", "prov"):
                self.staging.remove_graph(self.inputs.minter.mint_graph(name, slug))
        return tuple(sorted(held - wanted))

    def put_links(self, kept: Iterable[str]) -> None:
        """Put the links of what was mapped beside those of the documents that were kept."""
        graph = self.inputs.minter.mint_graph("links")
        slugs = set(kept)
        old = (quad for quad in self.staging.quads(graph) if self._find_subject_slug(quad) in slugs)
        self.staging.replace_graph(graph, [*old, *self.links])

    def put_derived(self) -> None:
        """Compare what the documents say, and put what follows from it."""
        links, derived = (self.inputs.minter.mint_graph(name) for name in ("links", "derived"))
        read = [graph for graph in self.staging.graphs() if graph == links or self._find_slug(graph)]
        said = (quad for graph in sorted(read) for quad in self.staging.quads(graph))
        self.staging.replace_graph(derived, compare(said, self.inputs.minter))

    def _find_slug(self, graph: IRI) -> str | None:
        """Read the slug of a document's own graph; None for any other graph."""
        prefix = f"{self.inputs.minter.base}graph/doc/"
        return graph.removeprefix(prefix) if graph.startswith(prefix) else None

    def _find_subject_slug(self, quad: Quad) -> str | None:
        address = self.inputs.minter.parse(quad.subject)
        return address.slug if address and address.kind == "doc" else None


def to_fields(documents: dict[str, DocumentInfo], inputs: Inputs, staging: Staging) -> Fields:
    """Give what the manifest of the release says that cannot be counted."""
    texts = (f"{slug} {info.key}" for slug, info in sorted(documents.items()))
    return Fields(
        created=find_now(),
        software=kg.__version__,
        digests={**inputs.digests, "documents": digest_texts(texts)},
        documents=documents,
        tombstones=staging.current.tombstones if staging.current else {},
    )


def find_now() -> str:
    """Give the time as xsd:dateTime in UTC; it stands in a release's metadata and nowhere else."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def has_changed(fields: Fields, staging: Staging) -> bool:
    """Tell whether what is staged differs from the current release in anything but its time."""
    current = staging.current
    return (
        not current
        or dict(staging.graphs()) != dict(current.graphs)
        or fields.documents != current.documents
        or fields.digests != current.digests
    )
