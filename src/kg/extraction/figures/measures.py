"""Decide what a figure measures, from the verb or noun that governs it.

The patterns are `fr:verb` and `fr:noun` of the scheme `frv:measure`.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.figures.windows import blank_appositives, find_left, find_right
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.model import Span

EVENTS = frozenset({"returned", "deported", "arrested", "arrived", "killed", "displaced"})
STATES = frozenset({"lacking-documents", "document-holders", "at-risk", "in-need"})
_NEEDS_PLACE = re.compile(r"\b(?:in|to|into|from|across|at|under)$", re.IGNORECASE)
_PLACE_AHEAD = re.compile(
    r"\s+(?:[A-Z]|(?:the|a|an|its|this|that|both|other|another|host|neighbou?ring|exile|camps?|safety|temporary)\b|(?:\w+\s+)?(?:camps|prisons|provinces|cities|towns|villages|countries)\b)"
)
_NOUN_BEFORE = re.compile(
    r"\b(?:their|its|his|her|the|any|such|all|of|on|for|by|with|from|mass|forced|after|before|upon|no|against)\s+$",
    re.IGNORECASE,
)
_INFINITIVE = re.compile(
    r"(?<!forced )(?<!compelled )(?<!made )(?<!obliged )(?<!allowed )(?<!able )(?<!managed )\bto\s+(?:\w+ly\s+)?$",
    re.IGNORECASE,
)
_CASES = re.compile(r"(?:\w+ )?(?:cases|incidents|instances)", re.IGNORECASE)
_LIGHT = re.compile(
    r"(?:\s|\b(?:of|a|an|the|at|in|some|its|their|his|about|around|least|estimated|total|another|all|almost|nearly|"
    r"more|than|over|up|to|as|many|by|further|other|also|back|has|have)\b)*",
    re.IGNORECASE,
)


class Hit(NamedTuple):
    """A place where a measure's pattern matches."""

    span: Span
    measure: str
    is_noun: bool


class Governor(NamedTuple):
    """The hit that decides a figure's measure, and how it governs it."""

    hit: Hit
    rule: str
    confidence: float


@dataclass(frozen=True, eq=False)
class _Measures:
    verbs: tuple[tuple[str, re.Pattern[str]], ...]
    nouns: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def _compile_measures(lexicon: Lexicon) -> _Measures:
    scheme = lexicon.scheme("measure")
    return _Measures(
        tuple((c.id, compile_patterns(c.all("verb"))) for c in scheme if c.all("verb")),
        tuple((c.id, compile_patterns(c.all("noun"))) for c in scheme if c.all("noun")),
    )


def find_hits(text: str, sentence: Span, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Find all verbs and nouns of measures in a sentence; of overlapping ones the longest stays."""
    measures, inner = _compile_measures(lexicon), blank_appositives(text, sentence)
    hits = [
        Hit(Span(sentence.start + m.start(), sentence.start + m.end()), name, is_noun)
        for is_noun, patterns in ((False, measures.verbs), (True, measures.nouns))
        for name, pattern in patterns
        for source in {inner, sentence.of(text)}
        for m in pattern.finditer(source)
    ]
    kept: list[Hit] = []
    for hit in sorted(
        set(hits),
        key=lambda h: (
            h.span.start - h.span.end,
            h.is_noun,
            h.span.start,
            h.measure == "document-holders",
            h.measure,
        ),
    ):
        if _stands(text, hit, sentence) and not any(hit.span.overlaps(k.span) for k in kept):
            kept.append(hit)
    return tuple(sorted(kept))


def _stands(text: str, hit: Hit, sentence: Span) -> bool:
    """A verb of living or arriving that ends in a preposition counts only where a place follows."""
    if hit.is_noun or hit.measure not in ("hosted", "arrived") or not _NEEDS_PLACE.search(hit.span.of(text)):
        return True
    return (
        hit.span.of(text).lower().startswith("home")
        or bool(_PLACE_AHEAD.match(text, hit.span.end, sentence.end))
        or "home to" in hit.span.of(text)
    )


def _is_nominal(text: str, hit: Hit, sentence: Span) -> bool:
    """Tell whether a verb's form stands as a noun or attribute ("after their return", "of detained Afghans")."""
    before = text[sentence.start : hit.span.start]
    return hit.is_noun or bool(_NOUN_BEFORE.search(before))


def find_governor(
    text: str, sentence: Span, number: Span, phrase: Span, unit: str, hits: tuple[Hit, ...], next_number: int
) -> Governor | None:
    """Find what decides a figure's measure.

    Args:
        text: The document's text.
        sentence: The figure's sentence.
        number: The number with its qualifier.
        phrase: The noun phrase it counts, or an empty span at its end.
        unit: The figure's unit.
        hits: The hits of the sentence.
        next_number: Offset where the next number of the sentence begins.

    Returns:
        The governor, or None where nothing in the figure's own clause governs it.
    """
    if unit == "places":
        return None
    whole = Span(number.start, max(number.end, phrase.end))
    modifier = next(
        (
            h
            for h in hits
            if phrase.overlaps(h.span) and h.span.end < phrase.end and h.span.start >= number.start
        ),
        None,
    )
    head = next(
        (
            h
            for h in hits
            if phrase.overlaps(h.span) and h.span.end >= phrase.end and h.span.start >= number.start
        ),
        None,
    )
    if head and head.measure != "hosted":
        return Governor(head, "head", 0.9)
    around = next((h for h in hits if h.span.covers(whole) and not h.is_noun), None)
    if around:
        return Governor(around, "object", 0.9)
    right = find_right(text, whole.end, min(sentence.end, next_number))
    left = find_left(text, sentence.start, number.start)
    if unit == "years":
        return _govern_years(text, hits, left, right)
    if unit == "times":
        return _govern_multiple(hits, left, right)
    direct = _find_direct(text, hits, number.start)
    if direct and _INFINITIVE.search(text[sentence.start : direct.span.start]) and modifier:
        return Governor(modifier, "attribute", 0.7)
    if direct:
        return Governor(direct, "object", 0.85)
    if predicate := _find_predicate(text, hits, right, sentence):
        return Governor(predicate, "subject", 0.85)
    if modifier and unit == "persons":
        return Governor(modifier, "attribute", 0.7)
    if unit in ("persons", "cases") and phrase.end == phrase.start:
        return _nearest(hits, left)
    if phrase and _CASES.fullmatch(phrase.of(text)):
        return _nearest(hits, Span(sentence.start, number.start))
    return None


def _find_direct(text: str, hits: tuple[Hit, ...], at: int) -> Hit | None:
    """Give the hit right before the number, with nothing but light words between ("hosts about", "return of")."""
    before = [h for h in hits if h.span.end <= at]
    if before and _LIGHT.fullmatch(text, before[-1].span.end, at):
        return before[-1]
    return None


def _find_predicate(text: str, hits: tuple[Hit, ...], right: Span, sentence: Span) -> Hit | None:
    return next(
        (
            h
            for h in hits
            if right.covers(h.span)
            and not _is_nominal(text, h, sentence)
            and not _INFINITIVE.search(text[sentence.start : h.span.start])
        ),
        None,
    )


def _nearest(hits: tuple[Hit, ...], left: Span) -> Governor | None:
    before = [h for h in hits if left.covers(h.span)]
    return Governor(before[-1], "clause", 0.6) if before else None


def _govern_years(text: str, hits: tuple[Hit, ...], left: Span, right: Span) -> Governor | None:
    """A span of years measures hosting or holding, not how long one person lived somewhere."""
    near = [h for h in hits if left.covers(h.span)][-1:] + [h for h in hits if right.covers(h.span)][:1]
    for hit in near:
        is_living = re.match(r"liv|stay|resid", hit.span.of(text), re.IGNORECASE)
        if hit.measure in ("hosted", "arrested", "displaced") and not is_living:
            return Governor(hit, "duration", 0.8)
    return None


def _govern_multiple(hits: tuple[Hit, ...], left: Span, right: Span) -> Governor | None:
    """A multiple measures what has grown: the event named before it, else after "in" or "of"."""
    before = [h for h in hits if left.covers(h.span) and h.measure in EVENTS]
    after = [h for h in hits if right.covers(h.span) and h.measure in EVENTS]
    near = before[-1:] or after[:1]
    return Governor(near[0], "growth", 0.75) if near else None
