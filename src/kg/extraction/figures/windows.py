"""The stretch of a sentence that says something about a number: what governs it, and what it governs."""

import re

from kg.model import Span

_APPOSITIVE = re.compile(
    r"\s*[–—]\s[^–—]*[–—]"
    r"|\s*,\s(?:among them|among whom|including|mostly|most of them|many of them|some of them|of them)\b[^,;:.–—]*,"
    r"|\s*,\s[^,;:.]{1,24}\sof\s(?:them|whom)\b[^,;:.]*,"
    r"|\s*\([^()]*\)"
    r"|\s+including\s(?:an?|the)\s(?:\S+\s){1,5}?(?=(?:were|was|have|had|has|are)\b)",
    re.IGNORECASE,
)
_BOUNDARY = re.compile(
    r"[;:]|\s[–—]\s|[.!?]\s|(?<=\S),\s+\w+(?:ing|ed)\b|,\s[^,]{0,60}\b(?:said|says|told|reported|noted|estimated|announced|found|wrote)\b|\s(?:told|said|says)\s"
    r"|,\s+(?:(?:and|but|or)\s+)?(?:of (?:whom|which)|including|among (?:them|whom)|with|while|although|though|but|and|"
    r"whereas|compared|up from|down from|which|leaving|leading to|a\b)\s*"
    r"|\s(?:and|but)\s+(?:(?:was|were|had|has|have|is|are)\b|that\b)",
    re.IGNORECASE,
)
_LEFT_BOUNDARY = re.compile(
    _BOUNDARY.pattern + r"|\b(?:that|said|says|saying|told|whether|when|after which)\s", re.IGNORECASE
)


def blank_appositives(text: str, span: Span) -> str:
    """Give the characters of a span with inserted phrases written over with spaces, so that offsets stay."""
    return _APPOSITIVE.sub(lambda m: " " * len(m[0]), span.of(text))


def find_right(text: str, at: int, limit: int) -> Span:
    """Give the stretch after a number's phrase that may speak of it."""
    inner = blank_appositives(text, Span(at, limit))
    boundary = _BOUNDARY.search(inner)
    return Span(at, at + boundary.start() if boundary else limit)


def find_left(text: str, start: int, at: int) -> Span:
    """Give the stretch before a number that may govern it."""
    begun = start
    for boundary in _LEFT_BOUNDARY.finditer(text, start, at):
        begun = boundary.end()
    return Span(begun, at)
