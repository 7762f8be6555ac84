"""What every document is read with: vocabulary, world, shapes and corrections, each with its digest."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import kg
from kg.build.corrections import Correction, load_corrections
from kg.errors import FileError
from kg.extraction import Lexicon, compile_lexicon
from kg.formats import parse_quads, to_canonical_lines
from kg.iris import Minter
from kg.mapping import Bounds, read_bounds
from kg.model import IRI, Quad
from kg.resources import find_resource
from kg.validation import Context, Shapes, load_shapes
from kg.vocab import FR, RDF, RDFS


@dataclass(frozen=True)
class Inputs:
    """The curated half of a release, and what follows from it."""

    minter: Minter
    vocabulary: tuple[Quad, ...]
    world: tuple[Quad, ...]
    shapes: Shapes
    corrections: tuple[Correction, ...]
    software: str  # digest of the program

    @cached_property
    def lexicon(self) -> Lexicon:
        """Vocabulary and world as extraction reads them."""
        return compile_lexicon((*self.vocabulary, *self.world), self.minter.base)

    @cached_property
    def bounds(self) -> Bounds:
        """The table of bounds of qualifiers, as mapping reads it."""
        return read_bounds(self.vocabulary)

    @cached_property
    def context(self) -> Context:
        """Vocabulary and world as validation reads them."""
        return Context.of((*self.vocabulary, *self.world))

    @cached_property
    def digests(self) -> dict[str, str]:
        """SHA-256 of each input; a document is mapped again when one of them changes."""
        return {
            "vocabulary": _digest(to_canonical_lines(self.vocabulary)),
            "world": _digest(to_canonical_lines(self.world)),
            "shapes": self.shapes.digest,
            "software": self.software,
        }

    def find_corrections(self, slug: str) -> tuple[Correction, ...]:
        """Give the corrections of one document, in the order of their names."""
        graph = self.minter.mint_graph("doc", slug)
        return tuple(correction for correction in self.corrections if correction.target == graph)


def load_inputs(minter: Minter, corrections: Path | None = None) -> Inputs:
    """Load what comes with the program: `ontology/`, `data/world/`, `data/corrections/`, `shapes/`.

    Args:
        minter: Has the base IRI that the files' relative IRIs resolve against.
        corrections: Another folder of corrections.

    Raises:
        FileError: A file cannot be read.
        SyntaxFindingError: One cannot be parsed, or holds a blank node.
        ShapesError: The shapes are ill-formed.
        UsageError: A correction is incomplete.
    """
    vocabulary = tuple(load_folder(find_resource("ontology"), minter.mint_graph("vocab"), minter.base))
    world = tuple(load_folder(find_resource("data/world"), minter.mint_graph("world"), minter.base))
    return Inputs(
        minter,
        vocabulary,
        (*world, *entail_standard_types(world, vocabulary)),
        load_shapes(find_resource("shapes")),
        load_corrections(corrections or find_resource("data/corrections"), minter),
        digest_software(),
    )


def load_folder(folder: Path, graph: IRI, base: str) -> Iterator[Quad]:
    """Parse every Turtle file below a folder into one named graph; a triple of two files comes once."""
    seen: set[Quad] = set()
    for path in sorted(folder.rglob("*.ttl")):
        try:
            text = path.read_bytes()
        except OSError as error:
            raise FileError(f"cannot read {path}: {error}") from error
        fresh = set(parse_quads(text, graph, base, name=str(path))) - seen
        seen |= fresh
        yield from fresh


def entail_standard_types(quads: Iterable[Quad], vocabulary: Iterable[Quad]) -> Iterator[Quad]:
    """Give what things also are in the standard vocabularies: a `fr:NGO` is an `org:Organization`, a `foaf:Agent`.

    Curators write one class; who asks in the words of a standard finds the thing all the same.
    """
    parents = defaultdict(set)
    for quad in vocabulary:
        if quad.predicate == RDFS.subClassOf and isinstance(quad.object, IRI):
            parents[quad.subject].add(quad.object)

    def climb(kind: IRI) -> set[IRI]:
        return parents[kind].union(*(climb(parent) for parent in parents[kind]))

    typed = [quad for quad in quads if quad.predicate == RDF.type and isinstance(quad.object, IRI)]
    entailed = {quad._replace(object=kind) for quad in typed for kind in climb(IRI(quad.object))}
    yield from sorted(quad for quad in entailed - set(typed) if not str(quad.object).startswith(FR))


def digest_software() -> str:
    """Digest the program itself: its version and the source of every module."""
    folder = Path(kg.__file__).parent
    parts = [kg.__version__.encode()]
    for path in sorted(folder.rglob("*.py")):
        parts += [str(path.relative_to(folder)).encode(), path.read_bytes()]
    return _digest(b"\0".join(parts))


def digest_texts(parts: Iterable[str]) -> str:
    """Digest several strings, so that no two different sequences look alike."""
    return _digest("".join(f"{len(part)}:{part}" for part in parts).encode())


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
