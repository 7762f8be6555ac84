"""The grammar of dates: expressions for days, months, years, periods and what is said relative to a day.

Months, weekdays and the words before a date come from the schemes `frv:month`, `frv:weekday` and
`frv:timerelation`; only the order that English writes them in stands here.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns

Relation = Literal["since", "after", "by", "in", ""]

_DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\d,.]*\d)"
_YEAR = r"(?:19|20)\d\d(?![\d,.]*\d)(?!\s*%)"


@dataclass(frozen=True, eq=False)
class Calendar:
    """Words and expressions that dates are found with, compiled from the lexicon."""

    months: dict[str, int]
    weekdays: dict[str, int]
    relations: tuple[tuple[Relation, re.Pattern[str]], ...]
    future: re.Pattern[str]
    past: re.Pattern[str]
    rules: tuple[tuple[str, re.Pattern[str]], ...]


@lru_cache(maxsize=8)
def compile_calendar(lexicon: Lexicon) -> Calendar:
    """Compile the grammar of dates."""
    months = _number_words(lexicon, "month")
    weekdays = _number_words(lexicon, "weekday")
    patterns = {c.id: c.all("pattern") for c in lexicon.scheme("timerelation")}
    names: tuple[Relation, ...] = ("since", "after", "by", "in")
    relations = tuple(
        (
            name,
            re.compile(
                compile_patterns(patterns.get(name, ())).pattern + r"(?:\s+the)?[\s(-]*$", re.IGNORECASE
            ),
        )
        for name in names
    )
    rules = tuple(
        (name, re.compile(body))
        for name, body in _list_rules(_alternate(lexicon, "month"), _alternate(lexicon, "weekday"))
    )
    return Calendar(
        months,
        weekdays,
        relations,
        compile_patterns(patterns.get("future", ())),
        compile_patterns(patterns.get("past", ())),
        rules,
    )


def _number_words(lexicon: Lexicon, scheme: str) -> dict[str, int]:
    return {label.lower(): int(c.first("value")) for c in lexicon.scheme(scheme) for label in c.labels}


def _alternate(lexicon: Lexicon, scheme: str) -> str:
    """Give the names as alternatives; a full stop may follow an abbreviation only."""
    forms = {c.label: "" for c in lexicon.scheme(scheme)}
    forms |= {label: r"\.?" for c in lexicon.scheme(scheme) for label in c.labels[1:]}
    ordered = sorted(forms, key=lambda w: (-len(w), w))
    return rf"(?:{'|'.join(rf'{w}(?![a-z]){forms[w]}' for w in ordered)})"


def _list_rules(month: str, weekday: str) -> tuple[tuple[str, str], ...]:
    year = rf"(?:,?\s+(?P<year>{_YEAR}))"
    return (
        *(("range", body) for body in _list_ranges(month)),
        (
            "that",
            rf"\b(?P<day>{_DAY})(?:\s+(?P<month>{month}))?\s+of\s+(?:that|the\s+same)\s+(?P<unit>month|year)\b",
        ),
        ("first-days", rf"\b(?i:first)\s+(?P<count>\w+)\s+days\s+of\s+(?P<month>{month}){year}?"),
        ("first-months", rf"\b(?i:first)\s+(?P<count>\w+)\s+months\s+of\s+(?P<year>{_YEAR})"),
        (
            "part-of-year",
            rf"\b(?P<part>(?i:first|second|third|fourth|last)\s+(?:half|quarter))\s+of\s+(?P<year>{_YEAR})",
        ),
        (
            "same-period",
            (
                r"\b(?i:same)\s+(?:period|months?|weeks|time|quarter)\s+(?:(?:of|in)\s+)?"
                rf"(?:(?P<year>{_YEAR})|last\s+year|the\s+previous\s+year|a\s+year\s+earlier)"
            ),
        ),
        ("day", rf"\b(?P<day>{_DAY})(?:\s+of)?\s+(?P<month>{month}){year}?"),
        ("day", rf"\b(?P<month>{month})\s+(?P<day>{_DAY}){year}?"),
        ("day", rf"\b(?P<day>\d?\d)/(?P<mm>0?[1-9]|1[0-2])/(?P<year>{_YEAR})"),
        ("day", r"\b(?P<year>(?:19|20)\d\d)-(?P<mm>0[1-9]|1[0-2])-(?P<day>[0-3]\d)\b"),
        ("month", rf"\b(?P<month>{month}){year}"),
        ("month", rf"\b(?P<month>{month})(?P<year>(?!))?(?!\s+\d{{1,2}}\b(?!,\d))"),
        ("this-year", r"\b(?i:beginning|start)\s+of\s+(?:the|this)\s+(?P<which>)(?P<unit>year)\b"),
        ("turn", r"\b(?P<which>(?i:last|this|next))\s+(?P<unit>year|month|week)\b"),
        ("yesterday", r"\b(?P<word>(?i:yesterday|today|tomorrow))\b"),
        ("weekday", rf"\b(?:(?P<which>(?i:last|next|this))\s+)?(?P<weekday>{weekday})"),
        ("year", rf"(?<![\w/#.,'’-])(?P<year>{_YEAR})(?![\w/-])"),
    )


def _list_ranges(month: str) -> tuple[str, ...]:
    """Give the expressions for periods; the groups of the first date end in 1, those of the second in 2."""
    both = r"\s+(?i:and|to|until|till|through)\s+"
    lead, dash = r"\b(?i:between|from)\s+", r"\s?[-–—]\s?"

    def day_first(n: int, optional: str = "") -> str:
        return rf"(?P<all{n}>(?P<day{n}>{_DAY})(?:\s+(?P<month{n}>{month})){optional}(?:,?\s+(?P<year{n}>{_YEAR}))?)"

    def month_first(n: int, optional: str = "") -> str:
        return rf"(?P<all{n}>(?:(?P<month{n}>{month})\s+){optional}(?P<day{n}>{_DAY})(?:,?\s+(?P<year{n}>{_YEAR}))?)"

    def month_only(n: int) -> str:
        return rf"(?P<all{n}>(?P<month{n}>{month})(?:,?\s+(?P<year{n}>{_YEAR}))?)"

    def year_only(n: int) -> str:
        return rf"(?P<all{n}>(?P<year{n}>{_YEAR}))"

    return (
        lead + day_first(1, "?") + both + day_first(2),
        lead + month_first(1) + both + month_first(2, "?"),
        rf"\b{day_first(1, '?')}{dash}{day_first(2)}",
        rf"\b{month_first(1)}{dash}{month_first(2, '?')}",
        lead + month_only(1) + both + month_only(2),
        rf"\b{month_only(1)}{dash}{month_only(2)}",
        lead + year_only(1) + both + year_only(2),
        rf"(?<![\w/-]){year_only(1)}{dash}{year_only(2)}(?![\w/-])",
    )
