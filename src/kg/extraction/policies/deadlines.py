"""Find the dates by which a policy applies to somebody, and to whom."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.dates.finding import DateMention
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.model import Deadline, Evidence, PartialDate, Span

_DUTY = r"(?:must|would\s+have\s+to|have\s+to|has\s+to|had\s+to|are\s+to|is\s+to|were\s+to|should|shall|would|will|have\s+until|has\s+until)"
_FUTURE_ACT = re.compile(
    r"\b(?:would|will|to)\s+be\s+(?:forcibly\s+)?(?:deported|expelled|removed|repatriated|evicted|returned|closed)\b[^,;.]{0,60}$"
)
_NOT = re.compile(
    r"\b(?:hearing|take action|appeals?\s+can|session|election|vote|runs?|valid)\b[^,;.]{0,30}$",
    re.IGNORECASE,
)
_PARTED = re.compile(r"; |, (?=or by )")
_NUMBER = re.compile(
    r"(?:an?\s+)?(?:estimated\s+|all\s+|about\s+|some\s+)?(?:[\d.,]+\s+)?(?:million\s+|thousand\s+)?"
)
_GROUPS = tuple(
    re.compile(body, re.IGNORECASE)
    for body in (
        r"\bfor\s+(?P<group>[^,;.:]{3,80}?)\s+to\s+(?:leave|depart|go|return|renew|register|regulari[sz]e)\b",
        r"\b(?:told|ordered|asked|instructed|obliges?)\s+(?P<group>[^,;.:]{3,80}?)\s+to\s+(?:leave|depart|go|return|renew|register)\b",
        r"\bdeadline\b[^,;.]{0,30}?\bfor\s+(?P<group>(?!the\s+end\b)[^,;.:\d]{3,80})",
        r"\b(?:affects|targeting|targets|applies\s+to|covers|covering)\s+(?P<group>(?:[^,;.:]|(?<=\d)[.,](?=\d)){3,80})",
        r"\b(?:gave|given|gives|give|giving|granted)\s+(?P<group>[^,;.:]{3,80}?)\s+until\b",
        r"\b(?:for|in)\s+(?P<group>(?:those|the\s+provinces|the\s+regions|people)\s+[^,;.:]{3,60}?)(?:\s+the\s+(?:cut-off|cutoff|deadline)|[,.;]|$)",
        r"\bstatus\s+of\s+(?P<group>[^,;.:]{3,80}?)\s+by\b",
        rf"(?:\bthat\s+|^|[.;:,]\s+)(?P<group>(?!it\b|he\b|she\b|they\b)(?:(?!\bthat\b)[^,;.:]){{3,80}}?)\s+{_DUTY}\b",
        r"\b(?:deport|evict|expel|remove|repatriate|close|shut)\s+(?:down\s+)?(?P<group>[^,;.:]{3,80}?)(?:,|\s+(?:back|by|from|until|to|on)\b)",
    )
)


class FoundDeadline(NamedTuple):
    """A deadline with the offset of its date, not yet tied to a policy."""

    deadline: Deadline
    at: int


@lru_cache(maxsize=8)
def _compile_cues(lexicon: Lexicon) -> dict[str, re.Pattern[str]]:
    return {c.id: compile_patterns(c.all("pattern")) for c in lexicon.scheme("deadlinecue")}


def find_deadlines(
    text: str, sentence: Span, dates: Sequence[DateMention], lexicon: Lexicon, *, has_policy: bool
) -> tuple[FoundDeadline, ...]:
    """Find the deadlines of a sentence.

    Args:
        text: The document's text.
        sentence: The sentence.
        dates: The dates found in it.
        lexicon: Gives the words that make a date a deadline.
        has_policy: Whether the sentence speaks of a policy, so that "by 30 September" is its deadline.
    """
    found = []
    for mention in dates:
        rule = _find_rule(text, sentence, mention, lexicon, has_policy=has_policy)
        if rule and mention.date:
            group = _find_group(text, sentence, mention.span)
            deadline = Deadline(
                mention.span,
                mention.date,
                group,
                Evidence(f"deadline/{rule}", 0.85),
                inferred=mention.inferred,
            )
            found.append(FoundDeadline(deadline, mention.span.start))
    return tuple(found)


def _find_rule(text: str, sentence: Span, mention: DateMention, lexicon: Lexicon, *, has_policy: bool) -> str:
    if mention.kind != "day" or _NOT.search(text, sentence.start, mention.span.start):
        return ""
    cues, start, end = _compile_cues(lexicon), mention.span.start, mention.span.end
    if cues["noun"].search(
        text, max(sentence.start, start - 28), min(sentence.end, end + 14)
    ) and mention.relation not in ("since", "after"):
        return "noun"
    if mention.relation == "by" and (
        has_policy or cues["duty"].search(text, max(sentence.start, start - 160), min(sentence.end, end + 60))
    ):
        return "by-date"
    if mention.relation in ("in", "") and _FUTURE_ACT.search(text, sentence.start, start):
        return "planned-act"
    return ""


def _find_group(text: str, sentence: Span, date: Span) -> Span | None:
    """Find the people a deadline applies to, nearest to its date first by the kind of phrase."""
    starts = [m.end() for m in _PARTED.finditer(text, sentence.start, date.start)]
    begun = starts[-1] if starts else sentence.start
    ended = _PARTED.search(text, date.end, sentence.end)
    inner = text[begun : ended.start() if ended else sentence.end]
    for pattern in _GROUPS:
        if match := pattern.search(inner):
            skipped = _NUMBER.match(match["group"])
            start = begun + match.start("group") + (skipped.end() if skipped else 0)
            return Span(start, begun + match.start("group") + len(match["group"].rstrip()))
    return None


def date_from_curated(deadline: Deadline, key: str | None, lexicon: Lexicon) -> Deadline:
    """Take the year from the curated policy where the text gives none and the day is the same."""
    if deadline.date.year is not None or key is None:
        return deadline
    known = next((p for p in lexicon.entities.get("Policy", ()) if p.id == key), None)
    for iri in known.all("hasDeadline") if known else ():
        date = PartialDate.parse(iri.rpartition("#deadline-")[2])
        if (date.month, date.day) == (deadline.date.month, deadline.date.day):
            return Deadline(
                deadline.span,
                date,
                deadline.applies_to,
                Evidence("deadline/year-from-curated-policy", 0.8),
                inferred=True,
            )
    return deadline
