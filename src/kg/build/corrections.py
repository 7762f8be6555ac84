"""Curators' corrections: triples to add to or remove from a document's graph after mapping.

A correction is an IRI, a fragment of the document's provenance graph, described in the default graph of a
TriG file as an `oa:Annotation` with motivation `oa:editing` (Web Annotation Vocabulary,
https://www.w3.org/TR/annotation-vocab/). The named graphs `NAME-remove` and `NAME-add` hold the triples.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FileError, UsageError
from kg.formats import find_format, parse_quads, to_canonical_lines
from kg.iris import Minter
from kg.model import IRI, Quad
from kg.vocab import DCT, OA, PROV, RDF

_TRIG = find_format("trig")
_PARTS = ("remove", "add")
_REQUIRED = (OA.hasTarget, OA.motivatedBy, PROV.wasAttributedTo, DCT.description, DCT.date)


@dataclass(frozen=True, slots=True)
class Correction:
    """What a curator changes in one document's graph, and who says so."""

    name: IRI
    target: IRI  # graph name of the document
    removed: frozenset[Quad]
    added: frozenset[Quad]
    provenance: tuple[Quad, ...]  # goes into the document's provenance graph

    def to_text(self) -> str:
        """Give all of it as sorted N-Quads, to be digested."""
        return to_canonical_lines((*self.removed, *self.provenance)).decode() + "\n".join(
            sorted(map(repr, self.added))
        )


def load_corrections(folder: Path, minter: Minter) -> tuple[Correction, ...]:
    """Read every `*.trig` and `*.ttl` file of a folder; none if there is no such folder.

    Raises:
        FileError: A file cannot be read.
        SyntaxFindingError: A file cannot be parsed.
        UsageError: A correction lacks target, author, description or date, or names another document.
    """
    paths = sorted(path for path in folder.glob("*") if path.suffix in (".trig", ".ttl"))
    found = (correction for path in paths for correction in _read_corrections(path, minter))
    return tuple(sorted(found, key=lambda correction: correction.name))


def _read_corrections(path: Path, minter: Minter) -> list[Correction]:
    try:
        text = path.read_bytes()
    except OSError as error:
        raise FileError(f"cannot read {path}: {error}") from error
    quads = parse_quads(text, IRI(""), minter.base, _TRIG, str(path))
    said = [quad for quad in quads if not quad.graph]
    names = sorted({q.subject for q in said if (q.predicate, q.object) == (RDF.type, OA.Annotation)})
    stray = {q.graph for q in quads if q.graph} - {IRI(f"{n}-{part}") for n in names for part in _PARTS}
    if stray:
        raise UsageError(f"{path}: the graph {min(stray)} belongs to no correction")
    return [_to_correction(name, quads, path, minter) for name in names]


def _to_correction(name: IRI, quads: Sequence[Quad], path: Path, minter: Minter) -> Correction:
    about = {q.predicate: q.object for q in quads if q.subject == name and not q.graph}
    if missing := [term for term in _REQUIRED if term not in about]:
        raise UsageError(f"{path}: the correction {name} lacks {', '.join(missing)}")
    target = IRI(about[OA.hasTarget])
    provenance = IRI(str(name).partition("#")[0])
    if target != IRI(provenance.replace("/graph/prov/", "/graph/doc/")) or not minter.parse(target):
        raise UsageError(
            f"{path}: the correction {name} cannot be of {target}",
            remedy="Name it graph/prov/SLUG#correction-…, with graph/doc/SLUG as its oa:hasTarget.",
        )
    removed, added = (_pick(quads, IRI(f"{name}-{part}"), target) for part in _PARTS)
    said = (q for q in quads if q.subject == name and not q.graph)
    return Correction(name, target, removed, added, tuple(q._replace(graph=provenance) for q in said))


def _pick(quads: Iterable[Quad], graph: IRI, target: IRI) -> frozenset[Quad]:
    return frozenset(quad._replace(graph=target) for quad in quads if quad.graph == graph)


def apply_corrections(
    quads: Iterable[Quad], corrections: Iterable[Correction]
) -> tuple[list[Quad], tuple[str, ...]]:
    """Apply corrections, in order, to the quads of one document.

    Returns:
        The corrected quads, and a notice for every triple that was to go and was not there: mapping has
        changed since, and somebody should look again.
    """
    found = set(quads)
    notices = []
    for correction in corrections:
        notices += [
            f"{correction.name} removes what is not there: {quad.subject} {quad.predicate} {quad.object}"
            for quad in sorted(correction.removed - found, key=repr)
        ]
        found = (found - correction.removed) | correction.added | set(correction.provenance)
    return sorted(found, key=repr), tuple(notices)
