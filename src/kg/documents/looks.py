"""What a unit looks like by itself: running text, a caption, a heading."""

import re

from kg.documents.lines import Unit
from kg.documents.phrases import load_lines, simplify

_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*$")
_NUMBERED = re.compile(r"\d{1,2}[.)]\s")
_TURN = re.compile(r"(?:Q|A|Question|Answer)\s*[:.]")  # of an interview
_CREDIT = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]\.?$")
_CREDIT_RIGHTS = re.compile(r"\S\s+©\s?(?:\d{4}\s)?[^.]{2,60}$")
_CREDIT_LABEL = re.compile(r"^(?:Photo|Image|Picture|Caption|Foto|Bild)(?: credit| by)?\s*:", re.IGNORECASE)


def ends_sentence(text: str) -> bool:
    """Tell whether a text ends as a sentence does."""
    return _SENTENCE_END.search(text) is not None


def is_prose(unit: Unit) -> bool:
    """Tell whether a unit is running text: long, or a sentence of some length, or one that leads to a quote."""
    ends = ends_sentence(unit.text) or unit.text.endswith(":")
    return unit.words >= 40 or (unit.words >= 12 and ends)


def is_caption(unit: Unit) -> bool:
    """Tell whether a unit is the caption of a picture: it begins or ends with a credit."""
    if unit.words > 70 or len(unit.text) > 1000:
        return False
    credit = _CREDIT.search(unit.text)
    parts = re.split(r"[/,|:]|\bvia\b", credit[1]) if credit else []
    is_credited = any(simplify(part) in load_lines("agencies") for part in parts)
    return is_credited or any(form.search(unit.text) for form in (_CREDIT_LABEL, _CREDIT_RIGHTS))


def is_heading(unit: Unit) -> bool:
    """Tell whether a line reads like a heading: short, no end of a sentence, no list item."""
    if unit.words > 14 or unit.text[-1] in '.,;:”»"' or _TURN.match(unit.text):
        return False
    if is_numbered(unit):
        return unit.words <= 9
    return not unit.sign and not unit.text[0].islower() and any(char.isalpha() for char in unit.text)


def is_numbered(unit: Unit) -> bool:
    """Tell whether a unit begins with a number and a point."""
    return _NUMBERED.match(unit.text) is not None
