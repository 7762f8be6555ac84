"""A small release that holds the example document, the world and the vocabulary, published for real."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

from example_document import DOCUMENT, MINT, SLUG, TEXT, make_document
from kg.engines.pool import WorkerPool
from kg.formats import parse_quads
from kg.iris import Minter
from kg.model import IRI, Literal, Quad
from kg.queries import Example, Reader
from kg.releases import DocumentInfo, Fields, Releases, Tombstone, open_store
from kg.resources import find_resource
from kg.vocab import DCT, FR, PROV, RDF, SKOS, XSD
from kg.web import Server, create_app

DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
SCRIPT = "<script>alert('x')</script>"
WITHDRAWN = Tombstone("gone-report", "2026-01-02", "A report", "asked to by its publisher")


def _rebase(quad: Quad, base: str) -> Quad:
    """Move a quad of the example to another base."""
    moved = (IRI(t.replace(MINT.base, base, 1)) if isinstance(t, IRI) else t for t in quad)
    return Quad(*moved)  # type: ignore[arg-type]


@cache
def _read_curated(folder: str, name: str, minter: Minter) -> list[Quad]:
    graph = minter.mint_graph(name)
    files = sorted(find_resource(folder).rglob("*.ttl"))
    return [q for path in files for q in parse_quads(path.read_bytes(), graph, minter.base, name=path.name)]


def make_hostile(minter: Minter) -> list[Quad]:
    """Give a document whose every text tries to become markup, and whose links are no web links."""
    graph, document = minter.mint_graph("doc", "hostile"), minter.mint_document("hostile")
    statement, actor = IRI(f"{document}#statement-1"), IRI(f"{document}#actor-x")
    label = Literal(f'x" onmouseover="alert(1) {SCRIPT}', RDF.langString, "en")
    return [
        Quad(document, RDF.type, FR.Document, graph),
        Quad(document, DCT.term("title"), label, graph),
        Quad(document, DCT.publisher, Literal(SCRIPT), graph),
        Quad(document, DCT.source, IRI("javascript:alert(1)"), graph),
        Quad(document, DCT.issued, Literal(SCRIPT, XSD.date), graph),
        Quad(actor, RDF.type, FR.Person, graph),
        Quad(actor, SKOS.prefLabel, label, graph),
        Quad(statement, RDF.type, FR.Statement, graph),
        Quad(statement, FR.speaker, actor, graph),
        Quad(statement, FR.reportedIn, document, graph),
        Quad(statement, FR.text, Literal(SCRIPT, RDF.langString, "en"), graph),
    ]


def make_comparison(minter: Minter) -> list[Quad]:
    graph, document = minter.mint_graph("derived"), minter.mint_document(SLUG)
    comparison = IRI(f"{graph}#comparison-1")
    return [
        Quad(comparison, RDF.type, FR.Comparison, graph),
        Quad(
            comparison,
            FR.verdict,
            IRI("https://w3id.org/forced-returns/vocab/verdict-share-does-not-add-up"),
            graph,
        ),
        Quad(comparison, FR.explanation, Literal("490 of 1,000 is 49 %."), graph),
        Quad(comparison, PROV.wasDerivedFrom, IRI(f"{document}#figure-share"), graph),
    ]


def publish_example(folder: Path, base: str = MINT.base, *, show_text: bool = True) -> Releases:
    """Publish the example release."""
    releases = open_store(folder, base, create=True)
    minter = releases.minter
    quads = [_rebase(quad, base) for quad in make_document()]
    document = _rebase(
        Quad(DOCUMENT, FR.showText, Literal(str(show_text).lower(), XSD.boolean), quads[0].graph), base
    )
    said = [*quads, document, *make_hostile(minter), *make_comparison(minter)]
    said += _read_curated("ontology", "vocab", minter) + _read_curated("data/world", "world", minter)
    with releases.stage() as staging:
        for graph in {quad.graph for quad in said}:
            staging.replace_graph(graph, (quad for quad in said if quad.graph == graph))
        staging.add_text(DIGEST, TEXT)
        infos = {SLUG: DocumentInfo("example.txt", DIGEST, DIGEST, "UNHCR warns on returns")}
        stones = {WITHDRAWN.slug: WITHDRAWN}
        staging.publish(Fields("2026-01-03T00:00:00Z", "0.1.0", {}, infos, stones))
    return releases


@contextmanager
def serve_releases(releases: Releases) -> Iterator[str]:
    """Serve the current release on a free port with real workers; gives the address."""
    with WorkerPool(2) as pool:
        server = Server(create_app(Reader(releases, pool), examples=EXAMPLES), "127.0.0.1", 0, 4)
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.port}"
        finally:
            server.stop()
            thread.join(timeout=20)


EXAMPLES = (
    Example(
        "figures-of-iom",
        "Which figures IOM gives",
        "With their words.",
        "SELECT ?f { ?f fr:source <id/actor/iom> }",
    ),
    Example("who-says-what", "Who says what", "", "SELECT ?who ?text { ?s fr:speaker ?who ; fr:text ?text }"),
)
