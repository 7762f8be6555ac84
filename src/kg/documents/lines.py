"""A text as units: lines, or paragraphs where the file's lines are broken at a fixed width."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from kg.model import Block, Span
from kg.model.document import BlockKind

_LINE = re.compile(r"[^\n]+")
_BULLET = re.compile(r"(?:[•·▪◦‣●○■□*–-]|\d{1,2}[.)]|\([a-z0-9]{1,2}\)|[a-z]\))\s+(?=\S)")
_WIDEST_WRAP = 100


class Unit(NamedTuple):
    """One line, or one paragraph of broken lines.

    `span` leaves out surrounding space; `sign` is how many characters of it a bullet or number takes;
    `group` counts the runs of lines without a blank line between; `mark` is the kind the format gives.
    """

    span: Span
    text: str
    group: int
    sign: int = 0
    mark: BlockKind | None = None

    @property
    def words(self) -> int:
        """How many words it has."""
        return len(self.text.split())

    @property
    def content(self) -> Span:
        """The span without the bullet or number."""
        return Span(self.span.start + self.sign, self.span.end)


def split_units(text: str, marks: tuple[Block, ...] = ()) -> tuple[Unit, ...]:
    """Split a text into units, in order; together they hold every character that is not space."""
    kinds = {mark.span.start: mark.kind for mark in marks}
    lines = list(_lines(text))
    return tuple(_to_unit(text, *line, kinds) for line in _join_wrapped(text, lines))


def _lines(text: str) -> Iterator[tuple[Span, int]]:
    group, end = 0, 0
    for match in _LINE.finditer(text):
        line = match[0]
        stripped = line.strip()
        if not stripped:
            continue
        start = match.start() + line.index(stripped[0])
        group += text.count("\n", end, start) > 1
        end = start + len(stripped)
        yield Span(start, end), group


def _join_wrapped(text: str, lines: list[tuple[Span, int]]) -> Iterator[tuple[Span, int]]:
    """Join lines that were broken because the next word did not fit."""
    width = max((span.end - span.start for span, _ in lines), default=0)
    current: tuple[Span, int] | None = None
    last = Span(0, 0)
    for span, group in lines:
        if current and width <= _WIDEST_WRAP and group == current[1] and _is_broken(text, last, span, width):
            current = Span(current[0].start, span.end), group
        else:
            if current:
                yield current
            current = span, group
        last = span
    if current:
        yield current


def _is_broken(text: str, line: Span, after: Span, width: int) -> bool:
    following = after.of(text)
    first_word = following.split(maxsplit=1)[0]
    fits = line.end - line.start + 1 + len(first_word) <= width - 3
    return width > 50 and not fits and not _BULLET.match(following)


def _to_unit(text: str, span: Span, group: int, kinds: dict[int, BlockKind]) -> Unit:
    content = span.of(text)
    bullet = _BULLET.match(content)
    return Unit(span, content, group, bullet.end() if bullet else 0, kinds.get(span.start))
