"""Read what a number counts: the noun phrase after it, and the unit of its head."""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.lexicon import Lexicon
from kg.model import Span

_WORD = re.compile(r"\s*['‘“\"«]?([^\W\d_](?:[\w'’‑-]*\w)?)(['’](?!\w))?")
_COUNT_OF = re.compile(r"\s+(?:number|numbers|total)\s+of(?=\s)", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:(?:the|its|their|his|her|our|all|these|those)\s+)*", re.IGNORECASE)
_AND = re.compile(r"\s+(?:and|or)(?=\s+[^\W\d_])", re.IGNORECASE)
_LONGEST = 6  # words


class CountedPhrase(NamedTuple):
    """The noun phrase that a number counts.

    `unit` is the id of a concept of `frv:unit`, or `none` where such a number is no figure. `is_known` tells
    that the lexicon knows the head. `is_partitive` stands for "of them", "of those returns".
    """

    span: Span
    unit: str
    is_known: bool
    is_partitive: bool = False


@dataclass(frozen=True, eq=False)
class _Nouns:
    units: dict[str, str]
    plurals: frozenset[str]
    boundaries: frozenset[str]
    partitive: re.Pattern[str]
    numbers: frozenset[str]


@lru_cache(maxsize=8)
def _compile_nouns(lexicon: Lexicon) -> _Nouns:
    counted = {c.first("countsAs"): c.all("form") for c in lexicon.scheme("counted")}
    units: dict[str, str] = {}
    for concept in lexicon.scheme("population"):
        for form in (*concept.labels, *concept.all("form")):
            if " " not in form:
                units[form.lower()] = "persons"
    for state in lexicon.entities.get("State", ()):
        units |= {demonym.lower(): "persons" for demonym in state.all("demonym")}
    unchanging = {word for word in units if word.endswith(("ese", "rohingya", "tamasheq", "uzbek"))}
    unchanging |= {
        form.lower()
        for concept in lexicon.scheme("population")
        for form in concept.all("form")
        if form in concept.labels
    }
    for unit in ("persons", "places", "cases", "other", "years", "money", "none"):
        for form in counted.get(unit, ()):
            units[form.lower()] = unit
            units.pop(_to_plural(form.lower()), None)
    words = "|".join(sorted(map(re.escape, counted.get("partitive", ())), key=len, reverse=True)) or "(?!)"
    return _Nouns(
        units,
        frozenset({*counted.get("plural", ()), *unchanging}),
        frozenset(counted.get("boundary", ())),
        re.compile(rf"\s+of\s+(?:all\s+)?({words})\b", re.IGNORECASE),
        frozenset(label.lower() for c in lexicon.scheme("number") for label in c.labels),
    )


def read_phrase(
    text: str, at: int, limit: int, lexicon: Lexicon, *, singular: bool = False
) -> CountedPhrase | None:
    """Read the noun phrase that follows a number.

    Args:
        text: The document's text.
        at: Offset where the number ends.
        limit: Offset where the sentence ends.
        lexicon: Gives the counted nouns.
        singular: Whether the number is one, so that the head is singular.

    Returns:
        The phrase, or None where the number stands alone.
    """
    nouns = _compile_nouns(lexicon)
    if match := nouns.partitive.match(text, at, limit):
        following = (
            _read_nouns(text, match.end(), limit, nouns, singular)
            if match[1].lower() in ("these", "those")
            else None
        )
        end = following.span.end if following else match.end()
        return CountedPhrase(
            Span(match.start(1), end), following.unit if following else "", is_known=True, is_partitive=True
        )
    start = at
    if match := _COUNT_OF.match(text, at, limit) or _OF.match(text, at, limit):
        start = match.end()
    phrase = _read_nouns(text, start, limit, nouns, singular)
    return phrase if phrase and (phrase.is_known or start == at) else None


def _read_nouns(text: str, at: int, limit: int, nouns: _Nouns, singular: bool) -> CountedPhrase | None:
    words = _list_words(text, at, limit, nouns)
    head = _find_head(words, nouns, singular)
    if head is None:
        return None
    unit = _find_unit(words, head, nouns)
    span = Span(words[0][1].start, words[head][1].end)
    if match := _AND.match(text, span.end, limit):
        more = _list_words(text, match.end(), limit, nouns)
        second = _find_head(more, nouns, singular)
        if (
            second is not None
            and more[0][0] not in nouns.numbers
            and unit
            and _find_unit(more, second, nouns) == unit
        ):
            span = Span(span.start, more[second][1].end)
    return CountedPhrase(span, unit or "other", is_known=bool(unit))


def _list_words(text: str, at: int, limit: int, nouns: _Nouns) -> list[tuple[str, Span]]:
    words: list[tuple[str, Span]] = []
    while len(words) < _LONGEST and (match := _WORD.match(text, at, limit)):
        word = match[1].lower().replace("’", "'")
        if (
            word in nouns.boundaries
            or word in nouns.numbers
            or (words and match.start(1) > match.start() + 2)
        ):
            break
        words.append((word, Span(*match.span(1))))
        at = match.end()
        if text[at : at + 1] in tuple(',.;:!?)–—”"»'):
            break
    return words


def _find_head(words: list[tuple[str, Span]], nouns: _Nouns, singular: bool) -> int | None:
    """Give the last known noun with at most one unknown word between known ones, else the first plural."""
    head = None
    for index, (word, _) in enumerate(words):
        known = bool(_find_unit(words, index, nouns))
        if known and (singular or _is_plural(word, nouns)):
            head = index
        elif head is not None and index - head > 1:
            break
    if head is not None:
        return head
    return next((i for i, (word, _) in enumerate(words[:4]) if not singular and _is_plain_plural(word)), None)


def _find_unit(words: list[tuple[str, Span]], index: int, nouns: _Nouns) -> str:
    word = words[index][0]
    for form in (word, _to_singular(word), word.rpartition("-")[2], _to_singular(word.rpartition("-")[2])):
        pair = f"{words[index - 1][0]} {form}" if index else form
        if unit := nouns.units.get(pair) or nouns.units.get(form):
            return unit
    return ""


def _is_plural(word: str, nouns: _Nouns) -> bool:
    return (
        word in nouns.plurals or _is_plain_plural(word) or (word.endswith("s") and word[:-1] in nouns.units)
    )


def _is_plain_plural(word: str) -> bool:
    return len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "'s", "us", "is"))


def _to_plural(word: str) -> str:
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")


def _to_singular(word: str) -> str:
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "sses", "xes", "uses")) and word != "houses":
        return word[:-2]
    return word.removesuffix("s")
