"""A published release as a value, and how it is written down in `manifest.json`."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple

from kg.errors import StoreError
from kg.model import IRI

MANIFEST = "manifest.json"
DATABASE = "db"
TEXTS = "texts"


class GraphInfo(NamedTuple):
    """How large a named graph is, and the SHA-256 of its sorted N-Quads."""

    triples: int
    digest: str


class DocumentInfo(NamedTuple):
    """What a release knows about a document besides its graphs."""

    file: str
    text: str  # digest of its text, the name of the file in `texts/`
    key: str  # digest of all it was made from: text, metadata, vocabulary, software, base
    title: str | None = None


class Tombstone(NamedTuple):
    """What remains of a withdrawn document."""

    slug: str
    date: str  # xsd:date
    title: str | None = None
    reason: str | None = None
    purged: bool = False


@dataclass(frozen=True, slots=True)
class Release:
    """A published release: what it holds and where its files are.

    Everything but `path` stands in its `manifest.json`. `etag` is the digest of that file: as a release
    never changes, it identifies every answer that is made from it.
    """

    number: int
    base: str
    created: str  # xsd:dateTime, UTC
    software: str  # version of the program that published it
    digest: str  # of the content: every graph but the manifest graph
    triples: int
    entities: int
    previous: int | None  # number of the release it was derived from
    graphs: Mapping[IRI, GraphInfo]
    classes: Mapping[IRI, int]  # class → number of its instances
    digests: Mapping[str, str]  # of the inputs: "vocabulary", "world", "documents" …
    documents: Mapping[str, DocumentInfo]  # by slug
    tombstones: Mapping[str, Tombstone]  # by slug
    path: Path = field(default=Path(), compare=False)
    etag: str = field(default="", compare=False)

    @property
    def database(self) -> Path:
        """The folder of its Oxigraph database."""
        return self.path / DATABASE

    def text_path(self, digest: str) -> Path:
        """Give the path of a document's text, whether or not it is there."""
        return self.path / TEXTS / f"{digest}.txt"


def to_manifest(release: Release) -> bytes:
    """Serialise a release's manifest as JSON."""
    members = {name: value for name, value in _to_dict(release).items() if name not in ("path", "etag")}
    return json.dumps(members, indent=1, ensure_ascii=False, sort_keys=True).encode() + b"\n"


def _to_dict(release: Release) -> dict[str, Any]:
    shallow = {name: getattr(release, name) for name in Release.__dataclass_fields__}
    for name in ("graphs", "documents", "tombstones"):
        shallow[name] = {key: value._asdict() for key, value in shallow[name].items()}
    return {k: dict(v) if isinstance(v, Mapping) else v for k, v in shallow.items()}


def read_release(path: Path) -> Release:
    """Read a release from its folder.

    Raises:
        StoreError: There is no complete release there.
    """
    try:
        data = (path / MANIFEST).read_bytes()
        return _from_dict(json.loads(data), path, hashlib.sha256(data).hexdigest()[:32])
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise StoreError(f"no complete release in {path}: {error}") from error


def _from_dict(members: dict[str, Any], path: Path, etag: str) -> Release:
    def values(name: str, kind: type[Any]) -> Mapping[str, Any]:
        return MappingProxyType({key: kind(**value) for key, value in members[name].items()})

    return Release(
        **members
        | {
            "graphs": MappingProxyType({IRI(k): GraphInfo(**v) for k, v in members["graphs"].items()}),
            "classes": MappingProxyType({IRI(k): v for k, v in members["classes"].items()}),
            "digests": MappingProxyType(members["digests"]),
            "documents": values("documents", DocumentInfo),
            "tombstones": values("tombstones", Tombstone),
        },
        path=path,
        etag=etag,
    )
