"""The top of a text: its title, and the lines before the first sentence that say who, where and when."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.documents.chrome import is_chrome, is_menu
from kg.documents.datelines import find_lead, find_own_line, has_organisation_word
from kg.documents.dates import find_date_line
from kg.documents.lines import Unit
from kg.documents.looks import ends_sentence, is_caption, is_numbered, is_prose
from kg.documents.phrases import look_up, simplify

_LONGEST_TITLE = 28

_BYLINE = re.compile(
    r"(?:By|From|Von|Par|Por|Di)\s+[A-Z“\"oa].{1,80}"
    r"|(?:Our|Own|Staff)\s.{0,40}(?:Correspondent|Reporter|Staff|Writer|Bureau)s?",
    re.DOTALL,
)
_FIELD = re.compile(r"[A-Z][\w -]{1,30}:\s+\S.{0,120}")
_FIELD_NAMES = re.compile(
    r"(?:[\w-]*[Ii]ndex|Ref\w*|Spokes\w+|Location|Place|Date|Speaker|Source|Country|Distr\w*|Author\w*|Contact"
    r"|Subject|Delivered by|Venue|To|From|Language|Period)\b.*"
)


class Head(NamedTuple):
    """What is known of the units around the title.

    `labels` are those already decided, by position; `alone` are the positions of units that stand
    between blank lines, which alone can be headings; `end` is the position of the first sentence.
    """

    title: int | None
    end: int
    labels: dict[int, str]
    alone: frozenset[int]


def read_head(units: Sequence[Unit], title: str | None = None) -> Head:
    """Find the title and label the lines around it.

    Args:
        units: The units of one body.
        title: The title that the file itself names; a unit equal to it is the title wherever it stands.
    """
    end = find_first_sentence(units)
    found = _find_named(units, title) if title else _find_title(units, end)
    labels = dict(_label_head(units, end, found)) | dict(_find_repeats(units, found))
    return Head(found, end, labels, frozenset(_find_alone(units)))


def find_first_sentence(units: Sequence[Unit]) -> int:
    """Give the position of the first unit of running text that is no caption, bullet or site chrome."""
    for index, unit in enumerate(units):
        if unit.words >= 12 and find_lead(unit.text):
            return index
        if is_prose(unit) and not (unit.sign or is_caption(unit) or is_chrome(unit)):
            return index
    return len(units)


def is_masthead(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a line names the paper or body that publishes: a date, a menu or a kind of text follows."""
    unit = units[index]
    is_last = index + 1 >= len(units) or units[index + 1].group != unit.group
    is_reference = re.search(r"\d[/-]\d", unit.text)
    if (
        is_last
        or is_reference
        or unit.words > 8
        or is_chrome(unit)
        or is_byline(unit.text)
        or is_caption(unit)
    ):
        return False
    following = units[index + 1].text
    is_dated = find_date_line(following) is not None
    return is_dated or is_menu(following) or look_up(following, "labels") is not None


def is_imprint(text: str) -> bool:
    """Tell whether a line is a row of publisher, series and date: *X Institute · Paper 3 · May 2025*."""
    parts = split_imprint(text)
    return len(parts) >= 2 and any(find_date_line(part) for part in parts)


def split_imprint(text: str) -> list[str]:
    """Split a short line at its middle dots or bars, or a body's name from the date after it."""
    if len(text) > 160:
        return [text]
    name, _, rest = text.partition(", ")
    if has_organisation_word(name) and find_date_line(rest):
        return [name, rest]
    return re.split(r"\s+[·•|]\s+", text)


def is_byline(text: str) -> bool:
    """Tell whether a line says who wrote the text, where or when."""
    if len(text) > 160 or ends_sentence(text):
        return False
    is_field = _FIELD.fullmatch(text) and _FIELD_NAMES.match(text)
    tests = (is_field, _BYLINE.fullmatch(text), find_own_line(text), find_date_line(text), is_imprint(text))
    return any(tests)


def _find_named(units: Sequence[Unit], title: str) -> int | None:
    same = (index for index, unit in enumerate(units) if simplify(unit.text) == simplify(title))
    return next(same, None)


def _find_title(units: Sequence[Unit], end: int) -> int | None:
    """Choose the first line that can be a title; a masthead or the name of a kind of text only at need."""
    able = [index for index in range(min(end, len(units))) if _can_be_title(units[index])]
    in_group = Counter(units[index].group for index in able if units[index].words <= 6)
    # Three short plain lines together are an address.
    able = [index for index in able if in_group[units[index].group] < 3]
    best = [i for i in able if not is_masthead(units, i) and look_up(units[i].text, "labels") is None]
    return next(iter(best or able), None)


def _can_be_title(unit: Unit) -> bool:
    if unit.mark == "heading":
        return unit.words <= _LONGEST_TITLE
    is_taken = is_chrome(unit) or is_byline(unit.text) or is_caption(unit) or look_up(unit.text, "sections")
    fits = 3 <= unit.words <= _LONGEST_TITLE and not unit.sign and unit.text[-1] not in ".,;:"
    return fits and not is_taken and not (ends_sentence(unit.text) and unit.text[-1] not in "?!")


def _label_head(units: Sequence[Unit], end: int, title: int | None) -> Iterator[tuple[int, str]]:
    previous = None
    for index in range(min(end, len(units))):
        label = "title" if index == title else _label_around(units, index, title)
        if not label and previous == "byline" and _goes_on(units, index):
            label = "byline"
        if label:
            yield index, label
        previous = label
    if title is not None and title >= end:
        yield title, "title"


def _label_around(units: Sequence[Unit], index: int, title: int | None) -> str | None:
    """Label a line before the first sentence; None leaves it to the rules for the rest of the text."""
    unit = units[index]
    if is_chrome(unit) or is_caption(unit) or look_up(unit.text, "sections"):
        return None
    if is_byline(unit.text) or is_masthead(units, index) or look_up(unit.text, "labels"):
        return "byline"
    if title is None or index < title:
        return "chrome" if unit.words <= 2 and not unit.sign and title is not None else None
    is_summary = unit.sign > 0 or (index == title + 1 and unit.words >= 6)
    return "subtitle" if is_summary and not is_numbered(unit) else None


def _goes_on(units: Sequence[Unit], index: int) -> bool:
    """Tell whether a short line goes on with the byline above it, such as the name of the agency."""
    unit = units[index]
    is_joined = unit.group == units[index - 1].group and unit.words <= 4
    return is_joined and not (unit.sign or is_chrome(unit) or ends_sentence(unit.text))


def _find_repeats(units: Sequence[Unit], title: int | None) -> Iterator[tuple[int, str]]:
    """Find the later lines that only say the title again."""
    if title is not None:
        words = simplify(units[title].text)
        for index in range(len(units)):
            if index != title and simplify(units[index].text) == words:
                yield index, "chrome"


def _find_alone(units: Sequence[Unit]) -> Iterator[int]:
    sizes = Counter(unit.group for unit in units)
    for index, unit in enumerate(units):
        leads = index + 1 < len(units) and units[index + 1].words >= 20
        if sizes[unit.group] == 1 or leads:
            yield index
