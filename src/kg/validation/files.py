"""Validates files: what cannot be parsed is a finding like any other."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from rdflib.namespace import RDF, RDFS
from rdflib.namespace import SH as SHACL

from kg.errors import FileError, NothingCheckedError, SyntaxFindingError
from kg.formats import find_format_by_path, parse_quads
from kg.model import IRI, Quad
from kg.validation.check import validate
from kg.validation.context import Context
from kg.validation.graphs import check_graphs
from kg.validation.report import Report, Result, make_result
from kg.validation.shapes import Shapes
from kg.validation.terms import fill_graph


def validate_files(
    paths: Sequence[Path], shapes: Shapes, context: Iterable[Quad] | Context = (), *, base: str = ""
) -> Report:
    """Validate the union of some files; a file with a syntax error is reported and left out.

    Args:
        paths: Files in Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML, told by their extension.
        shapes: What they are checked against.
        context: Vocabulary and world that they may refer to.
        base: Absolute IRI that relative IRIs resolve against; by default that of each file.

    Raises:
        FileError: A file is missing or cannot be read.
        UsageError: An extension is not one of an RDF format.
        NothingCheckedError: No node in the files is one that a shape is about.
    """
    quads: list[Quad] = []
    broken: list[Result] = []
    for path in paths:
        try:
            quads += _read_quads(path, base or path.absolute().as_uri())
        except SyntaxFindingError as error:
            name = IRI(path.absolute().as_uri())
            broken.append(make_result("file/syntax", name, graph=name, details=_to_place(path, error)))
    lent = context if isinstance(context, Context) else Context.of(context)
    if not broken and not _has_focus_node(quads, shapes, lent):
        raise NothingCheckedError(f"nothing in {', '.join(map(str, paths))} is what a shape is about")
    return validate(quads, shapes, lent) + Report.of([*broken, *check_graphs(quads)])


def _has_focus_node(quads: Sequence[Quad], shapes: Shapes, context: Context) -> bool:
    """Tell whether a shape has a target in the data (https://www.w3.org/TR/shacl/#targets)."""
    known = fill_graph([*quads, *context.hierarchy])
    targets = shapes.graph.objects(None, SHACL.targetClass)
    classes = {sub for target in targets for sub in known.transitive_subjects(RDFS.subClassOf, target)}
    properties = set(shapes.graph.objects(None, SHACL.targetSubjectsOf))
    return any(p in properties or (p == RDF.type and o in classes) for _, p, o in fill_graph(quads))


def _read_quads(path: Path, base: str) -> list[Quad]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error
    return parse_quads(text, IRI(path.absolute().as_uri()), base, find_format_by_path(path), str(path))


def _to_place(path: Path, error: SyntaxFindingError) -> str:
    line = error.details.get("line")
    return f"{path}, line {line}: {error.message}" if line else error.message
