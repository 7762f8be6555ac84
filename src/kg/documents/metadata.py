"""What a text says about itself: publisher, date, dateline, genre."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from kg.documents.datelines import Dateline, find_lead, find_own_line
from kg.documents.dates import find_date, find_date_line
from kg.documents.head import Head, is_imprint, is_masthead, split_imprint
from kg.documents.lines import Unit
from kg.documents.phrases import load_lines, look_up, simplify
from kg.model import PartialDate, Span

_PROPER = r"(?:[A-ZÀ-Þ][\w’'.&-]*)"
_PROPER_NAME = (
    rf"(?:[Tt]he )?{_PROPER}(?: (?:of|for|and|the|de|del|des|du|la|sin|sans|für|und|&|{_PROPER})){{0,8}}"
)
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|Copyright)(?: ©)?\s*(?:\d{4}(?:\s*[-–]\s*\d{4})?)?,?\s*(?:by )?(?P<name>[^.|\n]+)",
    re.IGNORECASE,
)
_SELF = re.compile(
    rf"(?:About )?(?P<name>{_PROPER_NAME}) is an? (?:\w+[ ,-]+){{0,5}}(?:organi[sz]ation|movement|charity|association|network|agency|institute|NGO|coalition)\b"
)
_SAID = re.compile(
    rf"\b(?P<name>{_PROPER}(?: (?:of|for|{_PROPER})){{0,6}}) (?:said|says|announced|warned) (?:today|in a (?:statement|report))"
)
_TOLD = re.compile(
    rf"\b(?:told|seen by|confirmed to|obtained by|reviewed by|speaking to|interview with) (?P<name>(?:[Tt]he )?{_PROPER}(?: {_PROPER}){{1,5}})"
)
_PRINTED = re.compile(r"Published in (?P<name>[^,]+), (?P<date>.+)")
_CALL = re.compile(r"(?P<name>[A-Z].*?) Urgent Actions?", re.IGNORECASE)
_UA_NUMBER = re.compile(r"\bUA:? ?\d{1,3}/\d\d\b")
_QUESTION = re.compile(r"^(?:\W*)(?:Q|Question|Frage)\s*[:.]", re.MULTILINE)
_ANSWER = re.compile(r"^(?:\W*)(?:A|Answer|Antwort)\s*[:.]", re.MULTILINE)
_CASE = re.compile(r"\b[A-Z][\w.]+(?: \w+){0,6} v\.? [A-Z]\w+")


def find_dateline(units: Sequence[Unit], head: Head) -> Dateline | None:
    """Find where the text was filed: a line of its own, or the lead of the first sentence.

    Returns:
        The dateline with its place as a span of the text.
    """
    for unit in units[: head.end + 1]:
        is_first = head.end < len(units) and unit is units[head.end]
        found = find_lead(unit.text) if is_first else find_own_line(unit.text)
        if found:
            start = unit.span.start
            return found._replace(place=Span(start + found.place.start, start + found.place.end))
    return None


def find_published(units: Sequence[Unit], head: Head, dateline: Dateline | None) -> PartialDate | None:
    """Find when the text was published, in the lines around it and never in its sentences."""
    for unit in units[: head.end]:
        if date := _find_stamp(unit.text):
            return date
    if dateline and dateline.published:
        return dateline.published
    return next((date for unit in units[head.end :] if (date := find_date_line(unit.text))), None)


def _find_stamp(text: str) -> PartialDate | None:
    if date := find_date_line(text):
        return date
    return next((date for part in split_imprint(text) if (date := find_date_line(part))), None)


def find_publisher(units: Sequence[Unit], head: Head, dateline: Dateline | None, genre: str) -> str | None:
    """Find who published the text, in the words of the text; None where it does not say."""
    names = (
        _find_urgent_action(units, head) if genre == "urgent-action" else None,
        _find_in_head(units, head),
        find_copyright(units),
        _find_printed(units),
        dateline.agency if dateline else None,
        _find_issuer(units) if genre == "press-release" else None,
        _find_interviewer(units) if genre == "news" else None,
    )
    return next((name.strip(" ,;–—-") for name in names if name), None)


def _find_in_head(units: Sequence[Unit], head: Head) -> str | None:
    for index, unit in enumerate(units[: head.end]):
        if index != head.title and is_masthead(units, index):
            return unit.text
        if is_imprint(unit.text) and not re.match(r"By |From |Updated|Published", unit.text):
            name = split_imprint(unit.text)[0]
            return (
                name if not find_date_line(name) and simplify(name) not in load_lines("date-labels") else None
            )
    return None


def _find_urgent_action(units: Sequence[Unit], head: Head) -> str | None:
    calls = (_CALL.match(unit.text) for unit in units[: head.end] if unit.words <= 6)
    return next((call["name"] for call in calls if call), None)


def find_copyright(units: Sequence[Unit]) -> str | None:
    """Find the name in a copyright notice."""
    found = (_COPYRIGHT.match(unit.text) for unit in units if unit.words <= 30)
    names = (match["name"].strip() for match in found if match)
    return next((name for name in names if 0 < len(name.split()) <= 8 and name[0].isupper()), None)


def _find_printed(units: Sequence[Unit]) -> str | None:
    """The paper named in a line such as *Published in The Daily, March 8th, 2025*."""
    found = (_PRINTED.fullmatch(unit.text) for unit in units if unit.words <= 12)
    return next((match["name"] for match in found if match and find_date(match["date"])), None)


def _find_issuer(units: Sequence[Unit]) -> str | None:
    """The organisation that describes itself at the end, or that says at the beginning."""
    found = [match for unit in reversed(units) if (match := _SELF.match(unit.text))]
    found += [match for unit in units[:8] if (match := _SAID.search(unit.text))]
    return found[0]["name"] if found else None


def _find_interviewer(units: Sequence[Unit]) -> str | None:
    """The paper that was told or shown something, twice at least."""
    names = Counter(match["name"] for unit in units for match in _TOLD.finditer(unit.text))
    media = load_lines("media-nouns")
    for name, count in names.most_common():
        if count >= 2 and any(word in media for word in name.casefold().split()):
            return name
    return None


def find_genre(units: Sequence[Unit], head: Head) -> str:
    """Tell what kind of text it is; the id of a concept of the scheme `frv:genre`."""
    return next(iter(_find_genres(units, head)), "news")


def _find_genres(units: Sequence[Unit], head: Head) -> Iterator[str]:
    top = "\n".join(unit.text for unit in units[: head.end + 1])
    whole = "\n".join(unit.text for unit in units)
    lines = {simplify(unit.text) for unit in units}
    if _UA_NUMBER.search(top) or {"take action", "model letter"} <= lines:
        yield "urgent-action"
    for index, unit in enumerate(units[: head.end]):
        if index != head.title and (genre := _find_label(unit.text)):
            yield genre
    if len(_QUESTION.findall(whole)) >= 2 and len(_ANSWER.findall(whole)) >= 2:
        yield "interview"
    if units and head.end < len(units) and any(unit.text.startswith("Dear ") for unit in units[: head.end]):
        yield "letter"
    if lines & {"ends", "for immediate release"} or any(
        look_up(unit.text, "sections") == "contact" for unit in units
    ):
        yield "press-release"
    if len(_CASE.findall(whole)) >= 3:
        yield "legal-summary"


def _find_label(text: str) -> str | None:
    return next((genre for part in split_imprint(text) if (genre := look_up(part, "labels"))), None)
