"""Decide which period a figure speaks of, and since when a campaign has run."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from kg.extraction.dates.finding import DateMention, find_dates
from kg.extraction.figures.windows import find_left, find_right
from kg.extraction.lexicon import Lexicon
from kg.model import PartialDate, Period, Span

_SINCE = re.compile(r"\b(?:since|after|following)\b(?!\s+which)[^,;:.]{0,90}$", re.IGNORECASE)
_PUBLISHED = re.compile(
    r"\b(?:published|dated|released|issued|posted|printed|letter|survey|interview|statement|report|(?:letter|notice|statement|email)\s+sent|public|signed|written|increase|rise|up\s+from|(?:than|as)\s+in|"
    r"compared\s+(?:to|with)|old|announced)\s+(?:\w+\s+)?(?:on\s+|in\s+|late\s+|early\s+|from\s+)*$",
    re.IGNORECASE,
)
_ATTRIBUTE = re.compile(r"(?<!end)(?<!start)(?<!beginning)(?<!middle)(?<!half) of (?:the )?$")
_OPENING = re.compile(
    r"\W*(?:(?:and|but)\s)?(?:in|on|since|after|during|between|from|at|throughout|early|late|last|this|over|following|"
    r"within|by\s+the|as\s+of)\b",
    re.IGNORECASE,
)
_LAUNCH = re.compile(
    r"\b(?:launch(?:ed|es|ing)?|announc(?:ed|es|ing)|unveil(?:ed|s)|began|begun|start(?:ed)?|introduc(?:ed|tion)|adopted)\b",
    re.IGNORECASE,
)


@lru_cache(maxsize=8)
def compile_policy_nouns(lexicon: Lexicon) -> re.Pattern[str]:
    """Give an expression that matches any policy noun in either number."""
    words = sorted(
        {label for c in lexicon.scheme("policynoun") for label in c.labels}, key=lambda w: (-len(w), w)
    )
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})s?\b", re.IGNORECASE)


@lru_cache(maxsize=8)
def _compile_since_policy(lexicon: Lexicon) -> re.Pattern[str]:
    noun = compile_policy_nouns(lexicon).pattern
    begin = r"(?:began|begun|started|start|launched|launch|was\s+launched|was\s+announced|got\s+under\s+way|took\s+effect|came\s+into\s+(?:force|effect))"
    return re.compile(
        rf"\b(?:since|after)\s+(?:(?:the|its|this|that)\s+)?(?:[\w’'-]+\s+){{0,4}}?(?P<noun>{noun})\s+(?:first\s+)?{begin}"
        rf"|\b(?:since|after)\s+(?:the|its)\s+(?:launch|start|beginning|introduction)\s+of\s+(?:(?:the|its|this|that)\s+)?"
        rf"[“\"‘«]?(?:[\w’'-]+\s+){{0,5}}?(?P<noun2>{noun})"
        r"|\b(?P<then>since\s+then|from\s+then\s+on)\b",
        re.IGNORECASE,
    )


def find_anchors(
    text: str, sentences: Sequence[Span], lexicon: Lexicon, published: PartialDate | None = None
) -> dict[str, PartialDate]:
    """Find when the plans and campaigns that a text speaks of were launched.

    Returns:
        The first date of launch by policy noun in lower case ("plan", "campaign"), and the first of all under "".
    """
    anchors: dict[str, PartialDate] = {}
    nouns = compile_policy_nouns(lexicon)
    for sentence in sentences:
        launch = _LAUNCH.search(text, sentence.start, sentence.end)
        if not launch:
            continue
        found = list(nouns.finditer(text, sentence.start, sentence.end))
        dates = find_dates(text, sentence, lexicon, published)
        dated = [
            d
            for d in dates
            if d.start and d.start.year and d.kind in ("day", "month") and d.relation in ("in", "")
        ]
        near = min(dated, key=lambda d: abs(d.span.start - launch.end()), default=None)
        if not near or not near.start or not found:
            continue
        for match in found:
            if launch.start() - 40 <= match.start() <= launch.end() + 60:
                anchors.setdefault(match[0].lower(), near.start)
                anchors.setdefault("", near.start)
    return anchors


def find_period(
    text: str,
    sentence: Span,
    figure: Span,
    dates: Sequence[DateMention],
    anchors: Mapping[str, PartialDate],
    lexicon: Lexicon,
    published: PartialDate | None,
    *,
    is_state: bool,
    following: Span | None = None,
) -> Period | None:
    """Find the period a figure speaks of: after it in its clause, else before it.

    Args:
        text: The document's text.
        sentence: The figure's sentence.
        figure: The figure's span.
        dates: The dates of the sentence.
        anchors: Dates of launch by policy noun, and under "then" the date of the sentence before.
        lexicon: Gives the policy nouns.
        published: The document's date; nothing after it is the period of a count.
        is_state: Whether the figure counts a state of affairs, which dates before the verb do not date.
        following: An amount in apposition after the figure, which shares what follows it.
    """
    end = following.end if following else figure.end
    right = find_right(text, end, sentence.end)
    since = _compile_since_policy(lexicon)
    if match := since.search(text, right.start, right.end):
        return _from_anchor(match, anchors)
    left = find_left(text, sentence.start, figure.start)
    opening = [d for d in dates if d.span.end <= figure.start and _is_opening(text, sentence, d)]
    inside = [
        d
        for d in dates
        if left.covers(d.span)
        and not _ATTRIBUTE.search(text, sentence.start, d.span.start)
        and (not is_state or _is_opening(text, sentence, d))
    ]
    for mention in (*[d for d in dates if right.covers(d.span)], *reversed(inside), *opening):
        if period := _to_period(text, sentence, mention, published):
            return period
    if match := since.search(text, sentence.start, figure.start):
        return _from_anchor(match, anchors)
    return None


def _is_opening(text: str, sentence: Span, mention: DateMention) -> bool:
    """Tell whether a date stands in the phrase that opens the sentence ("Since January, …", "In October 2023, …")."""
    head = text[sentence.start : mention.span.start]
    return len(head) < 90 and "," not in head and bool(_OPENING.match(head + mention.span.of(text)))


def _from_anchor(match: re.Match[str], anchors: Mapping[str, PartialDate]) -> Period | None:
    if match["then"]:
        date = anchors.get("then")
        return Period(date, None) if date else None
    noun = (match["noun"] or match["noun2"]).lower()
    date = anchors.get(noun) or anchors.get("")
    return Period(date, None) if date else None


def _to_period(
    text: str, sentence: Span, mention: DateMention, published: PartialDate | None
) -> Period | None:
    before = text[sentence.start : mention.span.start]
    if mention.span.of(text).lower() == "today":
        return None
    if mention.start is None or mention.start.year is None or _PUBLISHED.search(before):
        return None
    if (
        published
        and published.latest
        and mention.start.earliest
        and mention.start.earliest > published.latest
    ):
        return None
    if mention.relation == "by" or (
        mention.relation == "" and mention.kind in ("day", "year", "month", "weekday", "week")
    ):
        return None
    if mention.relation in ("since", "after"):
        return Period(mention.start, None)
    found = _SINCE.search(before)
    if found and mention.kind != "range":
        return Period(mention.start, None)
    return Period(mention.start, mention.end)
