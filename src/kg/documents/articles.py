"""Where one file holds several articles: each begins with its own title and dateline."""

from collections.abc import Sequence
from typing import NamedTuple

from kg.documents.chrome import is_chrome, is_separator
from kg.documents.datelines import find_capital_lead
from kg.documents.dates import find_date_line
from kg.documents.lines import Unit
from kg.documents.looks import is_caption, is_prose
from kg.documents.phrases import simplify

_SHORTEST_ARTICLE = 80  # words of running text; anything shorter is a teaser
_LONGEST_HEAD = 9  # units from a title to the first sentence


class Article(NamedTuple):
    """The positions of the units of one article, half open, and those of teasers of other articles in it."""

    first: int
    last: int
    teasers: frozenset[int] = frozenset()


def find_articles(units: Sequence[Unit]) -> tuple[Article, ...]:
    """Split the units of a file into articles, in order.

    A further article begins, after running text, with a line like a title that is followed, over a few
    lines at most, by a paragraph with a dateline of its own, or by its own date line and running text.
    One of fewer than 80 words is a teaser: it stays inside the article before it.
    """
    starts = [0, *_find_starts(units)]
    articles: list[Article] = []
    for first, last in zip(starts, [*starts[1:], len(units)], strict=True):
        if first and _count_prose(units[first:last]) < _SHORTEST_ARTICLE:
            end = _find_teaser_end(units, first, last)
            before = articles.pop()
            articles.append(Article(before.first, last, before.teasers | set(range(first, end))))
        else:
            articles.append(Article(first, last))
    return tuple(articles)


def _find_starts(units: Sequence[Unit]) -> list[int]:
    starts: list[int] = []
    prose_seen, index = False, 0
    while index < len(units):
        if prose_seen and (end := _read_opening(units, index)):
            starts.append(index)
            prose_seen, index = False, end
        prose_seen = prose_seen or is_prose(units[index])
        index += 1
    return starts


def _read_opening(units: Sequence[Unit], index: int) -> int | None:
    """Give the position of the first sentence of an article that begins with the title at `index`."""
    title = units[index]
    if title.words < 4 or title.words > 28 or title.sign or title.text[-1] in ".,;:" or is_chrome(title):
        return None
    has_own_date = False
    for later in range(index + 1, min(index + _LONGEST_HEAD, len(units))):
        unit = units[later]
        if find_capital_lead(unit.text) and unit.words >= 12:
            return later
        if is_prose(unit) and not unit.sign and not is_caption(unit):
            return later if has_own_date and units[later].group != title.group else None
        is_repeat = simplify(unit.text) == simplify(title.text)
        has_own_date = has_own_date or is_repeat or _is_stamp(unit)
    return None


def _is_stamp(unit: Unit) -> bool:
    words = simplify(unit.text)
    return find_date_line(unit.text) is not None or (words.startswith("updated ") and words.endswith(" ago"))


def _count_prose(units: Sequence[Unit]) -> int:
    return sum(unit.words for unit in units if is_prose(unit))


def _find_teaser_end(units: Sequence[Unit], first: int, last: int) -> int:
    """A teaser ends with its last running text before site chrome."""
    for index in range(first + 1, last):
        if is_prose(units[index - 1]) and (is_chrome(units[index]) or is_separator(units[index].text)):
            return index
    return last
