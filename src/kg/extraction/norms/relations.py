"""How somebody stands to a norm that is named: the relation that the words around its name tell."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.model import Span

_REACH = {"before": 130, "after": 70}  # how far from the name a sign may begin, in characters
_INSIDE_COST = 25  # a sign in the name itself gives way to one that stands nearer than this
_WEAK_COST = 40  # what a sign that speaks for nothing would cost
_LIMITS = {"invoked": 70, "": 20}  # what costs more is no sign; one without a relation must stand by the name
_BREACH_LIMIT = 60  # nor does a distant sign make a position of a bare "torture"
_GLOSS_COST = 60  # "non-refoulement, which forbids": what a norm says is not how somebody stands to it
_GLOSS = re.compile(r"\b(?:which|that|who|meaning)\b")


class Naming(NamedTuple):
    """Words that name a norm; `kind` is principle, instrument or abuse (a principle named by its breach)."""

    span: Span
    norm: str
    kind: str


class Sign(NamedTuple):
    """Words that tell a relation to the norms of some kinds, from one side of their names."""

    id: str
    relation: str  # "" where the norm is only spoken of
    side: str
    kinds: frozenset[str]
    weight: float
    pattern: re.Pattern[str]


class Found(NamedTuple):
    """A sign in the text; `cost` is its distance from the name, with what is added for weak signs."""

    sign: Sign
    span: Span
    cost: int


def choose_relation(
    text: str, sentence: Span, naming: Naming, others: Sequence[Naming], lexicon: Lexicon
) -> Found | None:
    """Find the sign that decides how somebody stands to the norm, the nearest one.

    Args:
        text: The document's text, marks normalised.
        sentence: The sentence the norm is named in.
        naming: The words that name it.
        others: All namings of instruments: "against" in the name of a convention is no sign.
        lexicon: The compiled vocabulary.

    Returns:
        The sign, whose relation is empty where the text takes no position; None where there is no sign.
    """
    found = [
        *_drop_covered(list(_find_before(text, sentence, naming, lexicon))),
        *_drop_covered(list(_find_after(text, sentence, naming, lexicon))),
        *_drop_covered(list(_find_inside(text, naming, lexicon))),
    ]
    limit = _BREACH_LIMIT if naming.kind == "abuse" else _REACH["before"] * 2
    found = [f for f in found if not any(o.span.covers(f.span) and o != naming for o in others)]
    near = [f for f in found if f.cost <= min(limit, _LIMITS.get(f.sign.relation, limit))]
    return min(near, key=lambda f: (f.cost, f.sign.id), default=None)


def find_signs(text: str, span: Span, side: str, lexicon: Lexicon) -> Iterator[Found]:
    """Find the signs of a side in a span."""
    for sign in read_signs(lexicon):
        if sign.side == side:
            for match in sign.pattern.finditer(text, span.start, span.end):
                yield Found(sign, Span(*match.span()), 0)


def is_breach(surface: str, lexicon: Lexicon) -> bool:
    """Tell whether the words name a norm by its breach: "torture", "collective expulsions"."""
    return any(s.side == "name" and s.pattern.fullmatch(surface) for s in read_signs(lexicon))


@lru_cache(maxsize=4)
def read_signs(lexicon: Lexicon) -> tuple[Sign, ...]:
    """Read the scheme `frv:relationsign`."""
    return tuple(
        Sign(
            concept.id,
            concept.first("relation").removeprefix("relation-"),
            concept.first("side"),
            frozenset(concept.all("signOf")) or frozenset(("principle", "instrument", "abuse")),
            float(concept.first("weight", "1")),
            compile_patterns(concept.all("pattern")),
        )
        for concept in lexicon.scheme("relationsign")
    )


def _find_before(text: str, sentence: Span, naming: Naming, lexicon: Lexicon) -> Iterator[Found]:
    start = max(sentence.start, naming.span.start - _REACH["before"])
    start = max(start, text.rfind(";", start, naming.span.start) + 1)
    for sign, span, _ in find_signs(text, Span(start, naming.span.start), "before", lexicon):
        if naming.kind in sign.kinds:
            yield Found(sign, span, naming.span.start - span.end + _weakness(sign))


def _find_after(text: str, sentence: Span, naming: Naming, lexicon: Lexicon) -> Iterator[Found]:
    end = min(sentence.end, naming.span.end + _REACH["after"])
    stop = text.find(";", naming.span.end, end)
    for sign, span, _ in find_signs(
        text, Span(naming.span.end, stop if stop >= 0 else end), "after", lexicon
    ):
        if naming.kind in sign.kinds:
            gap = text[naming.span.end : span.start]
            gloss = _GLOSS_COST if _GLOSS.search(gap) else 0
            yield Found(sign, span, 2 * len(gap) + gloss + _weakness(sign))


def _find_inside(text: str, naming: Naming, lexicon: Lexicon) -> Iterator[Found]:
    for sign, span, _ in find_signs(text, naming.span, "inside", lexicon):
        if naming.kind in sign.kinds:
            yield Found(sign, span, _INSIDE_COST + _weakness(sign))


def _weakness(sign: Sign) -> int:
    return round(_WEAK_COST * (1 - sign.weight))


def _drop_covered(found: list[Found]) -> list[Found]:
    """Of signs that overlap the longest counts: "could violate" is no "violate"."""
    return [f for f in found if not any(_is_longer(other.span, f.span) for other in found)]


def _is_longer(one: Span, other: Span) -> bool:
    return one.overlaps(other) and one.end - one.start > other.end - other.start
