"""Reads the manifests of the W3C SPARQL test suites (https://w3c.github.io/rdf-tests/sparql/)."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")


@dataclass(frozen=True)
class Case:
    """One entry of a manifest; `name` is `{folder}/{local name}`, unique in its suite."""

    name: str
    kind: str  # local name of its class, such as QueryEvaluationTest
    query: Path
    data: tuple[Path, ...] = ()
    graphs: tuple[tuple[str, Path], ...] = ()  # graph name, file
    result: Path | None = None


def load_cases(manifest: Path) -> Iterator[Case]:
    """Give the cases of a manifest in their order, those of the manifests it includes first."""
    graph = rdflib.Graph().parse(manifest, publicID=manifest.as_uri())
    for included in _list(graph, MF.include):
        yield from load_cases(_to_path(included))
    for entry in _list(graph, MF.entries):
        yield _to_case(graph, entry, manifest)


def _list(graph: rdflib.Graph, predicate: Node) -> list[Node]:
    heads = list(graph.objects(None, predicate))
    return [item for head in heads for item in Collection(graph, head)]


def _to_case(graph: rdflib.Graph, entry: Node, manifest: Path) -> Case:
    action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
    name = f"{manifest.parent.name}/{str(entry).rpartition('#')[2]}"
    kind = str(graph.value(entry, RDF.type)).rpartition("#")[2]
    query = graph.value(action, QT.query) or action
    if not isinstance(query, rdflib.URIRef):  # an update or a protocol exchange, which nobody here runs
        return Case(name, kind, manifest)
    return Case(
        name,
        kind,
        _to_path(query),
        tuple(map(_to_path, graph.objects(action, QT.data))),
        tuple(_to_graph(graph, node) for node in graph.objects(action, QT.graphData)),
        _to_path(result) if isinstance(result, rdflib.URIRef) else None,
    )


def _to_graph(graph: rdflib.Graph, node: Node) -> tuple[str, Path]:
    """Read the name and the file of a named graph: the same IRI, or `qt:graph` with a label."""
    path = graph.value(node, QT.graph) or node
    return str(graph.value(node, RDFS.label) or path), _to_path(path)


def _to_path(iri: Node) -> Path:
    return Path(unquote(urlsplit(str(iri)).path))
