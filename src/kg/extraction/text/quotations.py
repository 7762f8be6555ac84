"""Find quotations: stretches between quotation marks, of any kind, that may run over sentences and paragraphs.

Only outermost quotations are found; quotation marks inside them belong to their content. A quotation that is
open at the end of a paragraph goes on where the next paragraph begins with the same opening mark (the usual way
to print a quotation of several paragraphs); otherwise it ends with its paragraph.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import dataclass

from kg.model import Span

_PAIRS = {"“": "”", "„": "“”", "«": "»", "‹": "›", "‘": "’", '"': '"', "'": "'", "「": "」"}
_CLOSERS = {mark: re.compile(f"[{closers}]") for mark, closers in _PAIRS.items()}
_REACH = 3000  # characters within which an apostrophe may close a quotation
_APOSTROPHES = {"‘": re.compile(r"(?<!\s)’(?![^\W_])"), "'": re.compile(r"(?<!\s)'(?![^\W_])")}
_OPENERS = re.compile("[" + "".join(_PAIRS) + "]")


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `parts` are the spans between its marks, one for each paragraph; `outer` includes the marks."""

    parts: tuple[Span, ...]
    outer: Span

    @property
    def inner(self) -> Span:
        """From the first character that is said to the last."""
        return Span(self.parts[0].start, self.parts[-1].end)


def find_quotations(text: str, paragraphs: Sequence[Span]) -> tuple[Quotation, ...]:
    """Find the outermost quotations.

    Args:
        text: The document's text.
        paragraphs: Spans of its paragraphs, in order.

    Returns:
        Quotations in order; they do not overlap.
    """
    found: list[Quotation] = []
    open_mark, begun = "", 0
    parts: list[Span] = []
    for number, paragraph in enumerate(paragraphs):
        following = text[paragraphs[number + 1].start] if number + 1 < len(paragraphs) else ""
        at = paragraph.start
        if open_mark:
            if text[at : at + 1] == open_mark:
                at += 1
            else:
                found.append(Quotation(tuple(parts), Span(begun, parts[-1].end)))
                open_mark, parts = "", []
        inner_start = at
        while at < paragraph.end:
            if open_mark:
                end = _find_close(text, open_mark, at, paragraph.end)
                if end is None:
                    parts.append(Span(inner_start, paragraph.end))
                    break
                found.append(Quotation((*parts, Span(inner_start, end)), Span(begun, end + 1)))
                open_mark, parts, at = "", [], end + 1
                continue
            opener = _find_open(text, at, paragraph.end, following)
            if opener is None:
                break
            open_mark, begun, at = text[opener], opener, opener + 1
            inner_start = at
    if open_mark and parts:
        found.append(Quotation(tuple(parts), Span(begun, parts[-1].end)))
    return tuple(q for q in found if q.inner.end > q.inner.start)


def _find_open(text: str, start: int, end: int, following: str) -> int | None:
    for match in _OPENERS.finditer(text, start, end):
        at = match.start()
        before, after = text[at - 1 : at] if at > start else " ", text[at + 1 : at + 2]
        if match[0] in "‘'\"":
            if not after.strip() or not (before.isspace() or before in "([—–-/:\n" or at == start):
                continue
            if (
                match[0] in "‘'"
                and following != match[0]
                and _find_close(text, match[0], at + 1, end) is None
            ):
                continue
            if match[0] in "‘'" and re.match(r"\d0s\b|tis\b|em\b", text[at + 1 : at + 5]):
                continue
        return at
    return None


def find_overlapping(quotations: Sequence[Quotation], span: Span) -> tuple[Quotation, ...]:
    """Give those of some quotations in order that share a character with a span."""
    first = max(0, bisect.bisect_left(quotations, span.start, key=lambda q: q.outer.start) - 1)
    last = bisect.bisect_left(quotations, span.end, key=lambda q: q.outer.start)
    return tuple(q for q in quotations[first:last] if q.outer.overlaps(span))


def _find_close(text: str, mark: str, start: int, end: int) -> int | None:
    if mark not in "‘'":
        closer = _CLOSERS[mark].search(text, start, end)
        return closer.start() if closer else None
    # A plural possessive ("the experts' report") looks like an end: prefer one that punctuation marks as an end.
    first: int | None = None
    for number, match in enumerate(_APOSTROPHES[mark].finditer(text, start, min(end, start + _REACH))):
        at = match.start()
        if number == 1 and mark in text[first or 0 : at][1:]:
            return first  # another quotation opens before this end
        if text[at - 1] != "s" or not re.match(r" [a-z]", text[at + 1 : at + 3]):
            return at
        first = at if first is None else first
    return first
