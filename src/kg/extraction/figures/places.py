"""Find the names of States and places, and the demonyms that point to States."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.extraction.lexicon import Lexicon
from kg.model import Span


class PlaceMention(NamedTuple):
    """A span that names a place, or people by their State."""

    span: Span
    key: str
    kind: Literal["name", "demonym"]


@dataclass(frozen=True, eq=False)
class _Gazetteer:
    pattern: re.Pattern[str]
    keys: dict[str, tuple[str, Literal["name", "demonym"]]]


@lru_cache(maxsize=8)
def _compile_gazetteer(lexicon: Lexicon) -> _Gazetteer:
    keys: dict[str, tuple[str, Literal["name", "demonym"]]] = {}
    for kind in ("State", "Place"):
        for entity in lexicon.entities.get(kind, ()):
            for label in entity.labels:
                keys.setdefault(label, (entity.id, "name"))
            for label in entity.all("demonym"):
                keys.setdefault(label, (entity.id, "demonym"))
    ordered = sorted(map(re.escape, keys), key=lambda w: (-len(w), w))
    return _Gazetteer(re.compile(rf"(?<![\w-])(?:{'|'.join(ordered) or '(?!)'})(?!\w)"), keys)


def find_places(text: str, span: Span, lexicon: Lexicon) -> tuple[PlaceMention, ...]:
    """Find names and demonyms of the lexicon's States and places, longest first, in the order of the text."""
    gazetteer = _compile_gazetteer(lexicon)
    return tuple(
        PlaceMention(Span(*match.span()), *gazetteer.keys[match[0]])
        for match in gazetteer.pattern.finditer(text, span.start, span.end)
    )
