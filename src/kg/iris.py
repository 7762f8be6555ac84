"""Every IRI that is minted, and back: the shape of all addresses below a base IRI (docs: design, section 4)."""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from kg.errors import UsageError
from kg.model import Span
from kg.model.terms import IRI
from kg.vocab import FR, FRV

DEFAULT_BASE = "http://localhost:8000/"
KINDS = ("actor", "state", "place", "policy")
GRAPHS = ("world", "links", "vocab", "derived", "release")

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_SPAN = re.compile(r"char=(\d+),(\d+)(?:;(position|quote))?")
_BASE = re.compile(r"https?://[^\s<>\"{}|\\^`/]+(?:/[^\s<>\"{}|\\^`?#]*)?/", re.IGNORECASE)


class Address(NamedTuple):
    """What an IRI below the base names.

    `kind` is one of `KINDS`, or `doc`, `graph`, `page`, `data`; `fragment` is empty where there is none.
    """

    kind: str
    slug: str
    fragment: str = ""


def to_slug(name: str) -> str:
    """Make an ASCII kebab-case slug of a name; empty where nothing of it is left.

    >>> to_slug("Agnès Callamard")
    'agnes-callamard'
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    plain = re.sub(r"['`]", "", plain)
    return "-".join(re.findall(r"[a-z0-9]+", plain.lower()))


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints IRIs under one base and reads them back.

    Args:
        base: Absolute http(s) IRI that ends in `/`; where the graph is served.

    Raises:
        UsageError: `base` is not of that form.
    """

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.fullmatch(self.base):
            raise UsageError(
                f"not a base IRI: {self.base!r}", remedy="Give an absolute http(s) IRI that ends in '/'."
            )

    def mint_resource(self, kind: str, slug: str) -> IRI:
        """Mint the IRI of a curated actor, State, place or policy."""
        return IRI(f"{self.base}id/{kind}/{slug}")

    def mint_document(self, slug: str) -> IRI:
        """Mint the IRI of a document."""
        return IRI(f"{self.base}doc/{slug}")

    def mint_fragment(self, slug: str, fragment: str) -> IRI:
        """Mint the IRI of a part of a document; `fragment` without `#`."""
        return IRI(f"{self.base}doc/{slug}#{fragment}")

    def mint_span(self, slug: str, span: Span, selector: str = "") -> IRI:
        """Mint the IRI of a span, or of its `position` or `quote` selector (RFC 5147 fragments)."""
        suffix = f";{selector}" if selector else ""
        return self.mint_fragment(slug, f"char={span.start},{span.end}{suffix}")

    def mint_graph(self, name: str, slug: str = "") -> IRI:
        """Mint a graph name: one of `GRAPHS`, or `doc`/`prov` with the slug of a document."""
        return IRI(f"{self.base}graph/{name}/{slug}" if slug else f"{self.base}graph/{name}")

    def resolve(self, key: str, slug: str) -> IRI:
        """Turn a key of `kg.model.facts` into an IRI, in the document `slug`.

        `#x` is a fragment of the document, `id/…` a path below the base, anything else a concept of `frv:`.
        """
        if key.startswith("#"):
            return self.mint_fragment(slug, key[1:])
        return IRI(self.base + key) if key.startswith("id/") else FRV.term(key)

    def parse(self, iri: str) -> Address | None:
        """Read an IRI that was minted under this base; None for any other."""
        if not iri.startswith(self.base):
            return None
        path, _, fragment = iri[len(self.base) :].partition("#")
        match path.split("/"):
            case ["id", kind, slug] if kind in KINDS and _SLUG.fullmatch(slug):
                return Address(kind, slug, fragment)
            case ["doc", slug] if _SLUG.fullmatch(slug):
                return Address("doc", slug, fragment)
            case ["graph", name] if name in GRAPHS:
                return Address("graph", name, fragment)
            case ["graph", ("doc" | "prov") as name, slug] if _SLUG.fullmatch(slug):
                return Address("graph", f"{name}/{slug}", fragment)
        return None


def parse_span(fragment: str) -> Span | None:
    """Read the fragment of a span's IRI; None where it is not one.

    >>> parse_span("char=633,825")
    Span(start=633, end=825)
    """
    match = _SPAN.fullmatch(fragment)
    return Span(int(match[1]), int(match[2])) if match else None


def is_vocabulary(iri: str) -> bool:
    """Tell whether an IRI is a term of the project's ontology or vocabulary."""
    return iri.startswith((FR, FRV))
