"""Whom statements address where no name stands between cue and content: "the authorities", "X must", a letter's reader."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from kg.extraction.actors.cast import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.norms.bearers import Bearers
from kg.extraction.words import compile_words
from kg.model import Span, Statement

_LETTER = re.compile(r"\bletters?\b(?:\s+[\w-]+){0,4}?\s+(?:addressed\s+)?to\s+", re.IGNORECASE)
_REACH = 90  # how far after "letter to" its reader may be named, in characters
_MUST = r"(?:must|should|has to|have to|needs to|need to|ought to)\b"


def complete_addressees(statements: Sequence[Statement], cast: Cast) -> tuple[Statement, ...]:
    """Add the addressees of demands and letters that the words around the cue do not name.

    A demand on "the authorities" addresses the State the document is about; one that says what somebody must do
    addresses them; what a letter says is addressed to its reader.

    Args:
        statements: The statements of a document.
        cast: Its actors and mentions.

    Returns:
        The same statements in the same order; those with addressees keep them first.
    """
    bearers = Bearers(cast)
    readers = tuple(_find_readers(cast))
    return tuple(
        replace(s, addressees=_merge(s, (*_find_asked(s, bearers), *_find_reader(s, readers))))
        for s in statements
    )


def _merge(statement: Statement, more: Sequence[str]) -> tuple[str, ...]:
    added = (key for key in more if key not in statement.speakers)
    return tuple(dict.fromkeys((*statement.addressees, *added)))


def _find_asked(statement: Statement, bearers: Bearers) -> tuple[str, ...]:
    """Give the State that a demand is made of, unless somebody other than media is addressed."""
    kinds = [bearers.cast.kind_of(a) for a in statement.addressees if a in bearers.cast.actors]
    if statement.act != "demand" or any(kind != "MediaOrganization" for kind in kinds):
        return ()
    return _find_between(statement, bearers) or _find_obliged(statement, bearers)


def _find_between(statement: Statement, bearers: Bearers) -> tuple[str, ...]:
    """Find "the authorities" between cue and content."""
    if statement.cue is None or statement.cue.end > statement.start:
        return ()
    between = Span(statement.cue.end, statement.start).of(bearers.plain)
    is_government = _governments(bearers.cast.lexicon).search(between)
    return (bearers.main,) if is_government and bearers.main else ()


def _find_obliged(statement: Statement, bearers: Bearers) -> tuple[str, ...]:
    """Find who "must" do it, or is called on, in what is said."""
    content = statement.content[0]
    words = content.of(bearers.plain)
    asked = _asked(bearers.cast.lexicon).search(words)
    if asked is None:
        return ()
    named = bearers.find_subject(Span(content.start + asked.start(), content.start + asked.end()))
    generic = _governments(bearers.cast.lexicon).search(asked[0]) or _roles(bearers).search(asked[0])
    return named or ((bearers.main,) if generic and bearers.main else ())


def _roles(bearers: Bearers) -> re.Pattern[str]:
    return compile_words(bearers.cast.lexicon).roles


@lru_cache(maxsize=4)
def _governments(lexicon: Lexicon) -> re.Pattern[str]:
    """Find "the authorities", "the government", "officials": the State itself without its name."""
    concept = lexicon.get("governmentnoun", "state")
    nouns = sorted(concept.all("noun") if concept else (), key=lambda n: (-len(n), n))
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns)) or '(?!)'})\b", re.IGNORECASE)


@lru_cache(maxsize=4)
def _asked(lexicon: Lexicon) -> re.Pattern[str]:
    """Find "the authorities must", "calls on the authorities to", "asked the government to"."""
    calls = "|".join(
        rf"{re.escape(label)}\w*".replace(r"\ ", r"\w*\s+")
        for cue in lexicon.scheme("cue")
        if cue.first("act") == "act-demand" and "frame-infinitive" in cue.all("frame")
        for label in cue.labels
        if "_" not in label
    )
    return re.compile(
        rf"^(?:\S+\s+){{1,5}}?{_MUST}|\b(?:{calls or '(?!)'})\s+(?:\S+\s+){{1,5}}?to\b", re.IGNORECASE
    )


def _find_readers(cast: Cast) -> Iterator[tuple[Span, str]]:
    """Find whom letters are addressed to: the words with "letter to", and the person or body named next."""
    for match in _LETTER.finditer(cast.plain):
        after = cast.mentions_in(Span(match.end(), match.end() + _REACH))
        near = [m for m in after if "." not in cast.plain[match.end() : m.span.start]]
        person = next((m for m in near if cast.kind_of(m.actor) == "Person"), None)
        if reader := person or next(iter(near), None):
            yield Span(match.start(), reader.span.end), reader.actor


def _find_reader(statement: Statement, readers: Sequence[tuple[Span, str]]) -> tuple[str, ...]:
    """Give the reader of the letter that the statement's sentence names, or of the last one if it is said in one."""
    here = [actor for span, actor in readers if statement.sentence.overlaps(span)]
    before = [actor for span, actor in readers if span.end <= statement.start]
    if here:
        return (here[0],)
    return (before[-1],) if before and statement.medium == "letter" else ()
