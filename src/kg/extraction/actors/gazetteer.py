"""Find the names of the world in a text: one pass of an Aho-Corasick automaton, longest name first."""

from functools import lru_cache
from typing import Literal as OneOf
from typing import NamedTuple

import ahocorasick

from kg.extraction.lexicon import Concept, Lexicon
from kg.extraction.text.tokens import normalise
from kg.model import Span

Form = OneOf["label", "demonym", "metonym"]


class Hit(NamedTuple):
    """A name of the world at a span: which entity, of which kind, in which form."""

    span: Span
    key: str
    kind: str
    form: Form


@lru_cache(maxsize=4)
def _automaton(lexicon: Lexicon) -> ahocorasick.Automaton:
    automaton = ahocorasick.Automaton()
    for kind, entities in sorted(lexicon.entities.items()):
        if kind == "Policy":
            continue
        for entity in entities:
            for name, form in _names(entity):
                for variant in _variants(normalise(name)):
                    known = automaton.get(variant, ())
                    automaton.add_word(variant, (*known, (len(variant), entity.id, kind, form)))
    automaton.make_automaton()
    return automaton


def _names(entity: Concept) -> list[tuple[str, Form]]:
    named: list[tuple[str, Form]] = [(label, "label") for label in entity.labels]
    named += [(name, "demonym") for name in entity.all("demonym")]
    named += [(name, "metonym") for name in entity.all("metonym") if name not in entity.labels]
    return named


def _variants(name: str) -> tuple[str, ...]:
    """A name of several words may begin in lower case within a sentence ("office of the …")."""
    return (name, name[0].lower() + name[1:]) if " " in name else (name,)


_PREFERENCE = {"label": 0, "demonym": 1, "metonym": 2}


def find_names(text: str, span: Span, lexicon: Lexicon) -> tuple[Hit, ...]:
    """Find the names of the world in `text[span]`.

    Returns:
        Hits in order that do not overlap: of two that do, the longer, then the one that begins first. Where one
        name has several readings, a label goes before a demonym before a metonym, a State before a place.
    """
    plain = normalise(text[span.start : span.end])
    found: list[Hit] = []
    for last, readings in _automaton(lexicon).iter(plain):
        length = readings[0][0]
        start, end = last - length + 1, last + 1
        if _is_bounded(plain, start, end):
            best = min(readings, key=lambda r: (_PREFERENCE[r[3]], r[2] == "Place", r[1]))
            found.append(Hit(Span(span.start + start, span.start + end), best[1], best[2], best[3]))
    found.sort(key=lambda h: (h.span.start - h.span.end, h.span.start))
    kept: list[Hit] = []
    taken = bytearray(len(plain))
    for hit in found:
        start, end = hit.span.start - span.start, hit.span.end - span.start
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.append(hit)
    return tuple(sorted(kept))


def _is_bounded(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return not (before.isalnum() or (before in ("-", "_", "@", "#", "/") and before)) and not after.isalnum()
