"""Shapes: parsed once, and refused where they are ill-formed."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import rdflib
from rdflib.namespace import SH as SHACL
from rdflib.plugins.sparql import prepareQuery
from rdflib.term import Node

from kg.errors import ShapesError
from kg.model import IRI
from kg.validation.rules import Rule, to_shape_iri
from kg.vocab import FR, SH

_RULE_ID = re.compile(r"[a-z-]+(?:/[a-z-]+){2}")
_RULE = rdflib.URIRef(FR.ruleId)
_KNOWN = frozenset(SH + name for name in (*SHACL.__annotations__, "and", "class", "in", "not", "or"))
_TARGETS = {SHACL.targetClass, SHACL.targetNode, SHACL.targetSubjectsOf, SHACL.targetObjectsOf}
_LISTS = {rdflib.RDF.first, rdflib.RDF.rest}


@dataclass(frozen=True, slots=True)
class Shapes:
    """A shapes graph with the rule of each property shape.

    `digest` is the SHA-256 of the files, for telling whether a document has to be validated again.
    """

    graph: rdflib.Graph
    rules: dict[IRI, Rule]
    digest: str


def load_shapes(folder: Path) -> Shapes:
    """Parse and check every `.ttl` file of a folder.

    Raises:
        ShapesError: There is no file, one cannot be parsed, or a shape is ill-formed; the message names
            the file and the reason.
    """
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise ShapesError(f"{folder}: no shapes found", remedy="Shapes are Turtle files that end in .ttl.")
    graph, digest = rdflib.Graph(bind_namespaces="none"), hashlib.sha256()
    rules: dict[IRI, Rule] = {}
    for path in paths:
        part = _parse_shapes(path)
        problem = next(_find_problems(part, rules), None)
        if problem:
            raise ShapesError(f"{path}: {problem}")
        rules |= {rule.shape: rule for rule in _read_rules(part)}
        digest.update(path.read_bytes())
        graph += part
    _check_whole(folder, graph)
    return Shapes(graph, rules, digest.hexdigest())


def _parse_shapes(path: Path) -> rdflib.Graph:
    try:
        return rdflib.Graph(bind_namespaces="none").parse(path, format="turtle")
    except Exception as error:  # rdflib's parser raises many kinds, and all mean that the file is broken
        raise ShapesError(f"{path}: {error}") from error


def _read_rules(graph: rdflib.Graph) -> Iterator[Rule]:
    for shape, rule_id in graph.subject_objects(_RULE):
        path, message, severity = (
            graph.value(shape, term) for term in (SHACL.path, SHACL.message, SHACL.severity)
        )
        yield Rule(str(rule_id), IRI(shape), str(message), IRI(path), IRI(severity))


def _find_problems(graph: rdflib.Graph, known: dict[IRI, Rule]) -> Iterator[str]:
    """Find what is wrong with one file, in the order in which it is best mended."""
    terms = {str(t) for triple in graph for t in triple if isinstance(t, rdflib.URIRef)}
    yield from (f"unknown term {t}" for t in sorted(terms) if t.startswith(SH) and t not in _KNOWN)
    blank = (s for s, p in graph.subject_predicates() if isinstance(s, rdflib.BNode) and p not in _LISTS)
    yield from ("a blank node is no list; give it an IRI" for _ in blank)
    for shape in _sort({s for target in _TARGETS for s in graph.subjects(target)}):
        own = _sort(set(graph.predicates(shape)) - _TARGETS - {rdflib.RDF.type, SHACL.property})
        yield from (f"{shape} uses <{p}>; put what it asks in a property shape with a rule id" for p in own)
    for shape in _sort({*graph.subjects(SHACL.path), *graph.subjects(rdflib.RDF.type, SHACL.PropertyShape)}):
        yield from (f"{shape} {problem}" for problem in _find_shape_problems(graph, shape, known))


def _find_shape_problems(graph: rdflib.Graph, shape: Node, known: dict[IRI, Rule]) -> Iterator[str]:
    for term in (SHACL.path, SHACL.message, SHACL.name, SHACL.severity, _RULE):
        values = list(graph.objects(shape, term))
        if len(values) != 1:
            yield f"has {len(values)} values of <{term}>, not one"
    if not isinstance(graph.value(shape, SHACL.path), rdflib.URIRef):
        yield "has a path that is no property"
    rule_id = str(graph.value(shape, _RULE))
    if not _RULE_ID.fullmatch(rule_id) or IRI(shape) != to_shape_iri(rule_id):
        yield f"has the rule id {rule_id!r}, which does not fit its IRI"
    if IRI(shape) in known:
        yield "is described in two files"


def _check_whole(folder: Path, graph: rdflib.Graph) -> None:
    """Check what holds across files: every shape that is named exists, and queries can be parsed."""
    named = {*graph.objects(None, SHACL.property), *graph.objects(None, SHACL.node)}
    missing = _sort(n for n in named if (n, None, None) not in graph)
    if missing:
        raise ShapesError(f"{folder}: no shape {missing[0]}")
    for constraint, text in graph.subject_objects(SHACL.select):
        try:
            prepareQuery(str(text), initNs=_read_prefixes(graph, constraint))
        except Exception as error:  # pyparsing and rdflib raise many kinds
            raise ShapesError(f"{folder}: the query of {constraint} cannot be parsed: {error}") from error


def _read_prefixes(graph: rdflib.Graph, constraint: Node) -> dict[str, str]:
    declared = (d for o in graph.objects(constraint, SHACL.prefixes) for d in graph.objects(o, SHACL.declare))
    return {str(graph.value(d, SHACL.prefix)): str(graph.value(d, SHACL.namespace)) for d in declared}


def _sort(nodes: Iterable[Node]) -> list[Node]:
    return sorted(nodes, key=str)
