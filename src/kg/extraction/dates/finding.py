"""Find dates and periods in text, and say which year a day without a year belongs to.

Months, weekdays and the words before a date come from the schemes `frv:month`, `frv:weekday` and
`frv:timerelation`. A date whose year nothing tells stays without one.
"""

import datetime as dt
import re
from typing import Literal, NamedTuple

from kg.extraction.dates.grammar import Calendar, Relation, compile_calendar
from kg.extraction.lexicon import Lexicon
from kg.model import PartialDate, Span

Kind = Literal["day", "month", "year", "range", "weekday", "week", "relative", "same-period"]


_RECENT = 60  # days


class DateMention(NamedTuple):
    """A date or period as the text writes it.

    `start` and `end` are equal for a single date; both are None where not even the year of a month is known.
    `relation` is how the words before it tie it to the clause. `inferred` tells that the year, month or day is ours.
    """

    span: Span
    start: PartialDate | None
    end: PartialDate | None
    kind: Kind
    relation: Relation
    inferred: bool

    @property
    def date(self) -> PartialDate | None:
        """The single date, or the end of a period."""
        return self.end


class _Raw(NamedTuple):
    year: int | None = None
    month: int | None = None
    day: int | None = None


class _Setting(NamedTuple):
    """What a date without year is measured against."""

    published: PartialDate | None
    explicit: tuple[
        tuple[int, PartialDate], ...
    ]  # offset and date of the dates with a year in the same stretch
    earlier: PartialDate | None  # the last date named before


def find_dates(
    text: str,
    span: Span,
    lexicon: Lexicon,
    published: PartialDate | None = None,
    earlier: PartialDate | None = None,
) -> tuple[DateMention, ...]:
    """Find the dates in a stretch of text, usually a sentence.

    Args:
        text: The document's text.
        span: Where to look.
        lexicon: Gives months, weekdays and the words before dates.
        published: The document's date; it decides the year of "by 31 March" and what "last year" means.
        earlier: The last date named before `span`, which "that month" and "of that year" refer to.

    Returns:
        Mentions in order, without overlap. A year that is not written is taken from a dated day in the same
        stretch, else from `published` (a deadline or plan lies after it, anything else before it), else left open.
    """
    calendar = compile_calendar(lexicon)
    matches = _list_matches(text, span, calendar)
    explicit = tuple(
        (match.start(), PartialDate(raw.year, raw.month, raw.day))
        for rule, match in matches
        if rule in ("day", "month") and (raw := _read_raw(match, calendar)).year
    )
    found: list[DateMention] = []
    for rule, match in matches:
        setting = _Setting(published, explicit, found[-1].start or earlier if found else earlier)
        if mention := _read(rule, match, text, span, calendar, setting):
            found.append(mention)
    return tuple(found)


def _list_matches(text: str, span: Span, calendar: Calendar) -> list[tuple[str, re.Match[str]]]:
    taken: list[Span] = []
    matches = []
    for rule, pattern in calendar.rules:
        for match in pattern.finditer(text, span.start, span.end):
            here = Span(*match.span())
            if not any(here.overlaps(other) for other in taken):
                taken.append(here)
                matches.append((rule, match))
    return sorted(matches, key=lambda pair: pair[1].start())


def _read(
    rule: str, match: re.Match[str], text: str, span: Span, calendar: Calendar, setting: _Setting
) -> DateMention | None:
    here, before = Span(*match.span()), text[span.start : match.start()]
    relation = _find_relation(before, calendar)
    if (
        rule == "month"
        and not match["year"]
        and not (relation or re.search(r"(?i)\b(?:mid|early|late|last|this|and|next)[-\s]$", before))
    ):
        return None
    is_future: bool | None = relation == "by" or bool(calendar.future.search(before[-60:]))
    if relation == "by" and calendar.past.search(before[-80:]):
        is_future = None  # "gave them until 1 November": it may have passed
    if rule == "range":
        return _read_range(match, here, calendar, setting)
    if rule in _RELATIVE:
        start, end, kind = _RELATIVE[rule](match, calendar, setting)
        return DateMention(here, start, end, kind, relation, inferred=True)
    raw = _read_raw(match, calendar)
    date, inferred = _resolve(raw, match.start(), is_future, setting)
    single: Kind = "day" if raw.day else "month" if raw.month else "year"
    return DateMention(here, date, date, single, relation, inferred)


def _find_relation(before: str, calendar: Calendar) -> Relation:
    return next((name for name, pattern in calendar.relations if pattern.search(before)), "")


def _read_raw(match: re.Match[str], calendar: Calendar, suffix: str = "") -> _Raw:
    groups = match.groupdict()

    def number(name: str) -> int | None:
        surface = groups.get(name + suffix) or ""
        digits = re.match(r"\d+", surface)
        return int(digits[0]) if digits else None

    month = groups.get("month" + suffix)
    return _Raw(
        number("year"), calendar.months[month.rstrip(".").lower()] if month else number("mm"), number("day")
    )


def _resolve(
    raw: _Raw, at: int, is_future: bool | None, setting: _Setting
) -> tuple[PartialDate | None, bool]:
    if raw.year:
        return _make(raw.year, raw.month, raw.day), False
    if near := _find_near(raw, at, is_future, setting):
        return near, True
    if setting.published and setting.published.year:
        return _find_year(raw, setting.published, is_future=is_future), True
    return (_make(None, raw.month, raw.day) if raw.day else None), False


def _make(year: int | None, month: int | None, day: int | None) -> PartialDate | None:
    try:
        if month:
            dt.date(year or 2000, month, day or 1)
    except ValueError:
        return None
    return PartialDate(year, month, day)


def _find_near(raw: _Raw, at: int, is_future: bool | None, setting: _Setting) -> PartialDate | None:
    if not raw.day or not setting.explicit:
        return None
    offset, date = min(setting.explicit, key=lambda pair: abs(pair[0] - at))
    if is_future is not False and offset < at:
        return _find_year(raw, date, is_future=True)
    return _make(date.year, raw.month, raw.day)


def _find_year(raw: _Raw, reference: PartialDate, is_future: bool | None) -> PartialDate | None:
    """Give the first such day or month on or after the reference, or the last one on or before it.

    Where `is_future` is None the text does not tell, and a day shortly before the reference is meant, else one after it.
    """
    assert reference.year
    own = _make(reference.year, raw.month, raw.day)
    if own is None or not own.earliest or not own.latest:
        return own
    first, last = reference.earliest, reference.latest
    assert first
    assert last
    if is_future is None:
        is_future = own.earliest > first or (first - own.earliest).days > _RECENT
    if is_future and own.latest < first:
        return _make(reference.year + 1, raw.month, raw.day)
    if not is_future and own.earliest > last:
        return _make(reference.year - 1, raw.month, raw.day)
    return own


def _read_range(
    match: re.Match[str], here: Span, calendar: Calendar, setting: _Setting
) -> DateMention | None:
    low, high = _read_raw(match, calendar, "1"), _read_raw(match, calendar, "2")
    if not (low.month or high.month or (low.year and high.year)) or (low.year and not high.year):
        return None
    if not low.month and not low.year:
        low = low._replace(month=high.month)
    if not high.month and low.month:
        high = high._replace(month=low.month)
    end, inferred = _resolve(high, match.start("all2"), is_future=False, setting=setting)
    if end is None or (end.year is None and not end.day):
        return DateMention(here, None, None, "range", "in", inferred=False)
    year = low.year or (end.year and end.year - ((low.month or 0) > (end.month or 0)))
    start = _make(year, low.month, low.day)
    return DateMention(here, start, end, "range", "in", inferred)


# ------------------------------------------------------------------ relative to the document

_Found = tuple[PartialDate | None, PartialDate | None, Kind]


def _day(date: dt.date) -> PartialDate:
    return PartialDate(date.year, date.month, date.day)


def _published_day(setting: _Setting) -> dt.date | None:
    published = setting.published
    return published.earliest if published and published.day else None


def _read_weekday(match: re.Match[str], calendar: Calendar, setting: _Setting) -> _Found:
    today = _published_day(setting)
    if today is None:
        return None, None, "weekday"
    wanted = calendar.weekdays[match["weekday"].rstrip(".").lower()]
    back = (today.isoweekday() - wanted) % 7
    move = 7 - back if (match["which"] or "").lower() == "next" else -back
    found = _day(today + dt.timedelta(days=move))
    return found, found, "weekday"


def _read_yesterday(match: re.Match[str], _: Calendar, setting: _Setting) -> _Found:
    today = _published_day(setting)
    if today is None:
        return None, None, "relative"
    move = {"yesterday": -1, "today": 0, "tomorrow": 1}[match["word"].lower()]
    found = _day(today + dt.timedelta(days=move))
    return found, found, "relative"


def _read_turn(match: re.Match[str], _: Calendar, setting: _Setting) -> _Found:
    """Read "last year", "this month", "next week"."""
    published, unit = setting.published, match["unit"].lower()
    move = {"last": -1, "this": 0, "next": 1}[match["which"].lower()]
    if unit == "week":
        today = _published_day(setting)
        if today is None:
            return None, None, "week"
        monday = today - dt.timedelta(days=today.isoweekday() - 1) + dt.timedelta(weeks=move)
        return _day(monday), _day(monday + dt.timedelta(days=6)), "week"
    if not published or not published.year or (unit == "month" and not published.month):
        return None, None, "relative"
    months = published.year * 12 + (published.month or 1) - 1 + (move if unit == "month" else 12 * move)
    found = PartialDate(months // 12, months % 12 + 1 if unit == "month" else None)
    return found, found if match["which"].lower() != "this" else None, "relative"


def _read_this_year(_: re.Match[str], __: Calendar, setting: _Setting) -> _Found:
    """Read "the beginning of the year": precise to the year."""
    year = setting.published.year if setting.published else None
    found = PartialDate(year) if year else None
    return found, found, "relative"


def _read_that(match: re.Match[str], calendar: Calendar, setting: _Setting) -> _Found:
    """Read "the 30th of that month" and "30 November of that year"."""
    earlier = setting.earlier
    raw = _read_raw(match, calendar)
    if earlier is None or (match["unit"].lower() == "month" and not earlier.month):
        return None, None, "relative"
    month = earlier.month if match["unit"].lower() == "month" else raw.month
    found = _make(earlier.year, month, raw.day) if earlier.year or (month and raw.day) else None
    return found, found, "day" if raw.day else "relative"


def _read_same_period(match: re.Match[str], _: Calendar, setting: _Setting) -> _Found:
    if match["year"]:
        year = int(match["year"])
    elif setting.published and setting.published.year:
        year = setting.published.year - 1
    else:
        return None, None, "same-period"
    return PartialDate(year), PartialDate(year), "same-period"


_COUNTS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def _read_count(surface: str) -> int:
    """Read a small number in words or digits; 0 where it is neither."""
    word = surface.lower()
    return int(word) if word.isdigit() else _COUNTS.index(word) + 1 if word in _COUNTS else 0


def _read_first_days(match: re.Match[str], calendar: Calendar, setting: _Setting) -> _Found:
    raw = _read_raw(match, calendar)
    month, _ = _resolve(raw, match.start(), is_future=False, setting=setting)
    count = _read_count(match["count"])
    if month is None or month.year is None or not count:
        return month, month, "range"
    return PartialDate(month.year, month.month, 1), _make(month.year, month.month, count), "range"


def _read_first_months(match: re.Match[str], _: Calendar, __: _Setting) -> _Found:
    year, count = int(match["year"]), _read_count(match["count"])
    return PartialDate(year, 1), _make(year, count, None) if count else None, "range"


_PARTS = {
    "first half": (1, 6), "second half": (7, 12), "first quarter": (1, 3), "second quarter": (4, 6),
    "third quarter": (7, 9), "fourth quarter": (10, 12), "last quarter": (10, 12),
}  # fmt: skip


def _read_part_of_year(match: re.Match[str], _: Calendar, __: _Setting) -> _Found:
    first, last = _PARTS[re.sub(r"\s+", " ", match["part"].lower())]
    year = int(match["year"])
    return PartialDate(year, first), PartialDate(year, last), "range"


_RELATIVE = {
    "first-days": _read_first_days,
    "first-months": _read_first_months,
    "part-of-year": _read_part_of_year,
    "same-period": _read_same_period,
    "that": _read_that,
    "weekday": _read_weekday,
    "yesterday": _read_yesterday,
    "turn": _read_turn,
    "this-year": _read_this_year,
}
