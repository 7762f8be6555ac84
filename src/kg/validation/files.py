"""Validates files: what cannot be parsed is a finding like any other."""

from collections.abc import Iterable, Sequence
from pathlib import Path

from kg.errors import FileError, SyntaxFindingError
from kg.formats import find_format_by_path, parse_quads
from kg.model import IRI, Quad
from kg.validation.check import validate
from kg.validation.context import Context
from kg.validation.graphs import check_graphs
from kg.validation.report import Report, Result, make_result
from kg.validation.shapes import Shapes


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
    """
    quads: list[Quad] = []
    broken: list[Result] = []
    for path in paths:
        try:
            quads += _read_quads(path, base or path.absolute().as_uri())
        except SyntaxFindingError as error:
            name = IRI(path.absolute().as_uri())
            broken.append(make_result("file/syntax", name, graph=name, details=_to_place(path, error)))
    return validate(quads, shapes, context) + Report.of([*broken, *check_graphs(quads)])


def _read_quads(path: Path, base: str) -> list[Quad]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileError(f"{path}: {error.strerror}") from error
    return parse_quads(text, IRI(path.absolute().as_uri()), base, find_format_by_path(path), str(path))


def _to_place(path: Path, error: SyntaxFindingError) -> str:
    line = error.details.get("line")
    return f"{path}, line {line}: {error.message}" if line else error.message
