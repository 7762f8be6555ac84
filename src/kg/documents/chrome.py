"""Lines that belong to the site or to the sender and not to the text."""

import re

from kg.documents.lines import Unit
from kg.documents.phrases import is_listed

_LONGEST_LINE = 600  # characters; more is no chrome, and patterns that search would be slow on it
_SEPARATOR = re.compile(r"[\W_]+")
_REACH = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+|\+\s?\d[\d ()./-]{6,}|(?:https?://|www\.)\S+|\b(?:Tel|Fax|Phone|Email)\b\.?:"
)
_REACHED = re.compile(
    r"(?:.{0,60}\b(?:contact|call|e-?mail|tel|phone|write to|mobile)\b.*|\W*)", re.IGNORECASE
)


def is_separator(text: str) -> bool:
    """Tell whether a line is a rule of dashes, stars or dots."""
    return _SEPARATOR.fullmatch(text) is not None


def is_chrome(unit: Unit) -> bool:
    """Tell whether a unit is site chrome by itself: a known phrase or a line of links."""
    if len(unit.text) > _LONGEST_LINE or unit.words > 40:
        return False
    is_count = unit.text.isdigit() and len(unit.text) <= 4  # of comments, of a ranking
    return is_count or is_listed(unit.text, "chrome") or is_menu(unit.text)


def is_menu(text: str) -> bool:
    """Tell whether a line is a row of short links: *News | Business | Sport*, *Home > Asia > Thailand*."""
    parts = re.split(r"\s*[|»›]\s*|\s+>\s+", text)
    return len(parts) >= 3 and all(len(part.split()) <= 5 for part in parts)


def is_contact(unit: Unit) -> bool:
    """Tell whether a unit only says how to reach somebody: names, numbers, addresses, no sentence."""
    if len(unit.text) > _LONGEST_LINE or unit.words > 40 or not _REACH.search(unit.text):
        return False
    rest = _REACH.sub("", unit.text)
    return len(rest.split()) <= 8 or _REACHED.fullmatch(rest) is not None
