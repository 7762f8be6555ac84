"""Where a report was filed: the place words before its first sentence, or on a line of their own."""

import re
from typing import NamedTuple

from kg.documents.dates import find_date, find_date_line
from kg.documents.phrases import load_lines, load_table
from kg.model import PartialDate, Span

_LONGEST = 200  # characters in which a dateline must end
_UPPER = r"[A-ZÀ-ÖØ-ÞŞİĞ][A-ZÀ-ÖØ-ÞŞİĞ'’.-]+(?:[ /][A-ZÀ-ÖØ-ÞŞİĞ][A-ZÀ-ÖØ-ÞŞİĞ'’.-]*){0,4}"
_NAME = r"(?:[A-ZÀ-ÖØ-ÞŞİĞ][\w'’.-]*|d[aeiu]|al|el|de la|la)"
_NAMES = rf"[A-ZÀ-ÖØ-ÞŞİĞ][\w'’.-]*(?:[ /]{_NAME}){{0,4}}"
_MORE = rf"(?:, (?:{_UPPER}|{_NAMES})){{0,3}}"
_ALSO = rf"(?: (?:and|et|und|y) {_NAMES})?"
_DATE = r"(?:,? (?:\w+day,? )?(?:\d{1,2}\.? [^\W\d_]{3,10}\.?|[^\W\d_]{3,10}\.? \d{1,2})(?:,? \d{4})?)"
_AGENCY = r" ?[(\[](?P<agency>[^()\[\]]{2,40})[)\]]"
_STAMP = rf"(?:{_DATE})?(?:{_AGENCY})?(?:{_DATE})?"
_DASH = r"(?::|\s?[–—]|\s-{1,2})\s?(?=\S)"
_UPPER_LEAD = re.compile(rf"(?P<place>{_UPPER}{_MORE}){_STAMP}{_DASH}")
_NAME_LEAD = re.compile(rf"(?P<place>{_NAMES}{_MORE})(?=,? [\w(\[])(?!{_DASH}){_STAMP}{_DASH}")
_BRACKET_LEAD = re.compile(rf"\((?P<place>{_NAMES}{_MORE}){_DATE}?\){_DASH}")
_SHORT_LEAD = re.compile(rf"(?P<place>{_NAMES}{_MORE})\s?[–—]\s(?=[A-Z“\"‘])")
_OWN_LINE = re.compile(rf"(?P<place>{_NAMES}{_MORE}{_ALSO}), (?P<date>.+)")
_FIELD = re.compile(r"(?:Location|Place|Dateline|Ort|Lieu|Lugar|Luogo)\s*:\s*(?P<place>\S.*)")
_CORRESPONDENT = re.compile(
    r"(?:From )?(?:our|a|the) (?:\w+ )?(?:correspondent|reporter)s? (?:in|at) (?P<place>[A-Z].*?)\.?",
    re.IGNORECASE,
)
_BY_IN = re.compile(rf"By {_NAMES}(?:,| and {_NAMES})? in (?P<place>{_NAMES}{_MORE})")


class Dateline(NamedTuple):
    """The place words of a dateline, with the agency and date that stand beside them."""

    place: Span
    agency: str | None = None
    published: PartialDate | None = None


def find_lead(text: str) -> Dateline | None:
    """Read the dateline that begins a paragraph: *KABUL, AFGHANISTAN – …*, *JAMMU, Nov 8: …*."""
    for form in (_UPPER_LEAD, _NAME_LEAD, _BRACKET_LEAD, _SHORT_LEAD):
        match = form.match(text[:_LONGEST])
        if match and _is_place(form, match["place"]):
            return _to_dateline(match, text[: match.end()])
    return None


def find_capital_lead(text: str) -> Dateline | None:
    """Read a dateline whose place is in capitals, the only form that is safe inside a text."""
    match = _UPPER_LEAD.match(text[:_LONGEST])
    return _to_dateline(match, match[0]) if match and _is_place(_UPPER_LEAD, match["place"]) else None


def find_own_line(text: str) -> Dateline | None:
    """Read a line that only says where, or where and when: *Location: Geneva*, *Bern, 3 June 2025*."""
    if len(text) > 120 or find_date_line(text):
        return None
    for form in (_FIELD, _CORRESPONDENT, _BY_IN):
        if match := form.fullmatch(text):
            return Dateline(Span(*match.span("place")))
    match = _OWN_LINE.fullmatch(text)
    found = find_date(match["date"]) if match else None
    if match and has_organisation_word(match["place"]):
        return None
    if match and found and found[1] <= len("Wednesday, ") and found[2] >= len(match["date"].rstrip(" .")):
        return Dateline(Span(*match.span("place")), published=found[0])
    return None


def has_organisation_word(name: str) -> bool:
    """Tell whether a name in front of a date is that of a body and not of a place."""
    return any(word in load_lines("organisation-words") for word in name.casefold().split())


def _to_dateline(match: re.Match[str], lead: str) -> Dateline:
    found = find_date(lead)
    agency = match.groupdict().get("agency")
    is_name = agency and not any(char.isdigit() for char in agency)  # otherwise it is the date
    return Dateline(Span(*match.span("place")), agency if is_name else None, found and found[0])


def _is_place(form: re.Pattern[str], place: str) -> bool:
    words = place.casefold()
    if words in load_lines("not-places") or len(place) < 3 or len(place.split()) > 8:
        return False
    return not (form is not _UPPER_LEAD and words in load_table("months"))
