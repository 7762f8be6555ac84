"""The manifest graph: what a release says about itself, in VoID, DCAT and PROV.

VoID: https://www.w3.org/TR/void/ · DCAT 3: https://www.w3.org/TR/vocab-dcat-3/ · every node has an IRI,
a fragment of the graph's name.
"""

from collections.abc import Iterator

from kg.iris import Minter
from kg.model import IRI, Literal, Object, Quad
from kg.releases.release import Release
from kg.vocab import DCAT, DCT, FOAF, FR, FRV, OWL, PROV, RDF, SCHEMA, SD, VOID, XSD

TITLE = "Forced returns: who said what"
LICENSE = IRI("https://creativecommons.org/licenses/by/4.0/")


def describe_release(release: Release, minter: Minter) -> Iterator[Quad]:
    """Give the quads of a release's manifest graph."""
    graph = minter.mint_graph("release")
    for subject, predicate, value in _find_triples(release, minter, graph):
        yield Quad(subject, predicate, value, graph)


def _find_triples(release: Release, minter: Minter, graph: IRI) -> Iterator[tuple[IRI, IRI, Object]]:
    dataset = IRI(f"{graph}#release-{release.number}")
    yield graph, FOAF.primaryTopic, dataset
    for predicate, value in _describe_dataset(release, minter, graph):
        yield dataset, predicate, value
    for named, info in (*sorted(release.graphs.items()), (graph, None)):
        part = IRI(f"{graph}#graph-{named.removeprefix(minter.base + 'graph/')}")
        yield dataset, SD.namedGraph, part
        yield part, RDF.type, SD.NamedGraph
        yield part, SD.name, named
        if info:
            yield part, VOID.triples, _to_integer(info.triples)
            yield part, SCHEMA.sha256, Literal(info.digest)
    for name, digest in sorted(release.digests.items()):
        yield IRI(f"{graph}#input-{name}"), RDF.type, PROV.Entity
        yield IRI(f"{graph}#input-{name}"), SCHEMA.sha256, Literal(digest)
    for kind, count in sorted(release.classes.items()):
        part = IRI(f"{graph}#class-{_to_local_name(kind)}")
        yield dataset, VOID.classPartition, part
        yield part, VOID.term("class"), kind
        yield part, VOID.entities, _to_integer(count)


def _describe_dataset(release: Release, minter: Minter, graph: IRI) -> Iterator[tuple[IRI, Object]]:
    for kind in (DCAT.Dataset, VOID.Dataset, SD.Dataset, PROV.Entity):
        yield RDF.type, kind
    yield DCT.term("title"), Literal(TITLE, RDF.langString, "en")
    yield DCT.license, LICENSE
    for predicate in (DCT.created, DCT.issued):
        yield predicate, Literal(release.created, XSD.dateTime)
    yield OWL.versionInfo, Literal(str(release.number))
    yield SCHEMA.softwareVersion, Literal(release.software)
    yield SCHEMA.sha256, Literal(release.digest)
    for name in sorted(release.digests):
        yield DCT.source, IRI(f"{graph}#input-{name}")
    yield VOID.triples, _to_integer(release.triples)
    yield VOID.entities, _to_integer(release.entities)
    yield VOID.uriSpace, Literal(minter.base)
    yield VOID.sparqlEndpoint, IRI(f"{minter.base}sparql")
    for extension in ("nq", "trig"):
        yield VOID.dataDump, IRI(f"{minter.base}dump.{extension}")
    for vocabulary in (FR, FRV, DCT, PROV):
        yield VOID.vocabulary, IRI(vocabulary)
    if release.previous is not None:
        yield PROV.wasDerivedFrom, IRI(f"{graph}#release-{release.previous}")


def _to_integer(number: int) -> Literal:
    return Literal(str(number), XSD.integer)


def _to_local_name(iri: IRI) -> str:
    """Make a fragment for a class: its IRI without scheme and slashes."""
    return "".join(c if c.isalnum() else "-" for c in iri.partition("://")[2]).strip("-")
