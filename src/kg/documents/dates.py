"""Dates as lines around a text give them: many forms, several languages, never one of the running text."""

import functools
import re

from kg.documents.phrases import load_lines, load_table, simplify
from kg.model import PartialDate

_ISO = re.compile(r"(?P<y>(?:1[5-9]|20)\d\d)-(?P<m>\d\d)(?:-(?P<d>\d\d))?(?!\d)")
_NUMERIC = re.compile(r"(?P<d>\d{1,2})([/.])(?P<m>\d{1,2})\2(?P<y>(?:19|20)\d\d)(?!\d)")
_WEEKDAY = re.compile(r"^[^\W\d_]+day,?\s+|^[^\W\d_]+,\s+", re.IGNORECASE)
_TIME = re.compile(
    r"(?:at\s+|T)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?(?:GMT|UTC|[A-Z]{1,4})\)?)?",
    re.IGNORECASE,
)


_YEAR = r"(?:1[5-9]|20)\d\d"


@functools.cache
def _named_forms() -> tuple[re.Pattern[str], ...]:
    names = "|".join(sorted(map(re.escape, load_table("months")), key=len, reverse=True))
    month = rf"(?P<m>{names})\b\.?"
    forms = (
        rf"\b(?P<d>\d{{1,2}})(?:st|nd|rd|th|er|º)?\.?\s+(?:de\s+)?{month},?\s+(?:de\s+|del\s+)?(?P<y>{_YEAR})\b",
        rf"\b{month}\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>{_YEAR})\b",
        rf"\b{month},?\s+(?:de\s+)?(?P<y>{_YEAR})\b",
    )
    return tuple(re.compile(form, re.IGNORECASE) for form in forms)


def find_date(text: str) -> tuple[PartialDate, int, int] | None:
    """Find the first date that has a year, with where it begins and ends in `text`."""
    found = [match for form in (*_named_forms(), _ISO, _NUMERIC) if (match := form.search(text))]
    # A day with its month and year begins before, or at, the month and year inside it.
    for match in sorted(found, key=lambda match: (match.start(), -match.end())):
        if date := _to_date(match):
            return date, match.start(), match.end()
    return None


def _to_date(match: re.Match[str]) -> PartialDate | None:
    parts = match.groupdict()
    day = int(parts["d"]) if parts.get("d") else None
    name = parts["m"].casefold()
    month = int(name) if name.isdigit() else int(load_table("months")[name])
    if day and month > 12 >= day:  # month first, as in the United States
        day, month = month, day
    date = PartialDate(int(parts["y"]), month, day)
    try:
        return PartialDate.parse(str(date))
    except ValueError:
        return None


def parse_date(text: str) -> PartialDate | None:
    """Read a date in a metadata field: ISO 8601 with or without a time, or any form `find_date` knows."""
    if found := find_date(text):
        return found[0]
    return PartialDate(int(text)) if re.fullmatch(r"(?:19|20)\d\d", text.strip()) else None


def find_date_line(text: str) -> PartialDate | None:
    """Read a line that holds a date and nothing else but a weekday, a time or a label such as *Updated*."""
    found = find_date(text) if len(text) <= 120 else None
    if not found:
        return None
    date, start, end = found
    before = simplify(_WEEKDAY.sub("", text[:start]))
    after = simplify(_TIME.sub("", text[end:]))
    if before in load_lines("date-labels") or (not text.endswith(".") and _ends_in_label(before)):
        return date  # whatever follows: a time, "| 72 days to go"
    return date if not before and not after else None


def _ends_in_label(words: str) -> bool:
    """Tell whether a few words end in a label, as in *Staff Reporter Published*."""
    ends = tuple(f" {label}" for label in load_lines("date-labels") if label not in {"date", "stand", "data"})
    return len(words.split()) <= 5 and words.endswith(ends)
