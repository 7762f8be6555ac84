"""Decide where the people a figure counts came from, where they went, and where they are."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from kg.extraction.figures.places import PlaceMention
from kg.model import Span

LEAVING = frozenset({"returned", "deported"})
_FROM = re.compile(
    r"\b(?:from|out\s+of|fled|flee|fleeing|leave|leaving|left)\s+(?:the\s+|neighbou?ring\s+)*$", re.IGNORECASE
)
_TO = re.compile(
    r"\b(?:to|into|towards?|back\s+to|for|entered|reached)\s+(?:the\s+|neighbou?ring\s+)*$", re.IGNORECASE
)
_IN = re.compile(r"\b(?:in|across|inside|within|throughout)\s+(?:the\s+|neighbou?ring\s+)*$", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:,|and|,\s*and|or)\s+(?:the\s+|neighbou?ring\s+)*$", re.IGNORECASE)
_ORGAN = re.compile(r"\s+(?:authorities|officials|government|police|forces|army|security|border|soldiers)\b")
_AGENT = re.compile(
    r"(?:['’]s?)?\s+(?:(?:authorities|officials|government|police|forces|army|security)\s+)*(?:has\s+|have\s+|had\s+)?"
    r"(?:also\s+|forcibly\s+|already\s+)*(?:deport|expel|sent|return|remov|hand|forc|push|deploy)",
    re.IGNORECASE,
)


class Route(NamedTuple):
    """Keys of the places people came from, went to and are in, with the span of the first of each."""

    origin: tuple[str, ...] = ()
    destination: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    origin_span: Span | None = None
    destination_span: Span | None = None


def find_route(
    text: str, sentence: Span, phrase: Span, measure: str, places: Sequence[PlaceMention], clause: Span
) -> Route:
    """Read a figure's route from the place names of its sentence.

    Args:
        text: The document's text.
        sentence: The figure's sentence.
        phrase: The noun phrase the figure counts.
        measure: Id of its measure.
        places: Places and demonyms in the sentence.
        clause: The figure's clause, which the prepositional phrases must stand in.
    """
    names = [p for p in places if p.kind == "name"]
    roles = _list_roles(text, sentence, names)
    near = [(name, role) for name, role in zip(names, roles, strict=True) if clause.covers(name.span)]
    origin = [n for n, role in near if role == "from"]
    destination = [n for n, role in near if role == "to"] if measure != "hosted" else []
    inside = [n for n, role in near if role == "in"]
    if measure in LEAVING and not origin:
        origin = [
            p
            for p in places
            if _AGENT.match(text, p.span.end, phrase.start)
            and (p.kind == "name" or _ORGAN.match(text, p.span.end))
        ]
    people = [p for p in places if p.kind == "demonym" and phrase.covers(p.span)]
    goal, goal_span = _merge(destination)
    source, source_span = _merge(origin)
    if measure in LEAVING and not goal and people:
        goal = tuple(dict.fromkeys(p.key for p in people if p.key not in source))
    if measure == "arrived" and goal and not source and people:
        source = tuple(dict.fromkeys(p.key for p in people))
    return Route(source, goal, _merge(inside)[0], source_span, goal_span)


def _merge(found: Sequence[PlaceMention]) -> tuple[tuple[str, ...], Span | None]:
    keys = tuple(dict.fromkeys(p.key for p in found))
    return keys, Span(found[0].span.start, found[-1].span.end) if found else None


def _list_roles(text: str, sentence: Span, names: Sequence[PlaceMention]) -> list[str]:
    roles: list[str] = []
    for index, name in enumerate(names):
        before = text[sentence.start : name.span.start]
        role = next((r for r, p in (("from", _FROM), ("to", _TO), ("in", _IN)) if p.search(before)), "")
        if not role and index and _JOINT.fullmatch(text, names[index - 1].span.end, name.span.start):
            role = roles[-1]
        roles.append(role)
    return roles
