"""Days by which a document itself asks its readers to act: "please write to the mayor by 3 April"."""

import re
from collections.abc import Iterable

from kg.extraction.dates.finding import find_dates
from kg.extraction.lexicon import Lexicon
from kg.model import Deadline, Document, Evidence, Span

_CALL = re.compile(
    r"\b(?:take\s+action|act\s+now|(?:please\s+)?(?:write|send|sign|appeal|respond|reply)\b)"
    r"[^.!?]{0,80}?\b(?:before|by|until|no\s+later\s+than)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_KINDS = frozenset({"paragraph", "list-item", "heading", "subtitle"})  # a letter speaks to others


def find_calls(document: Document, lexicon: Lexicon) -> tuple[Deadline, ...]:
    """Find the days by which readers are asked to act; only urgent actions ask them to.

    Args:
        document: The document.
        lexicon: Gives the words of dates.
    """
    if document.genre != "urgent-action":
        return ()
    blocks = (block.span for block in document.blocks if block.kind in _KINDS)
    return tuple(_find_in(document, blocks, lexicon))


def _find_in(document: Document, blocks: Iterable[Span], lexicon: Lexicon) -> Iterable[Deadline]:
    for block in blocks:
        for mention in find_dates(document.text, block, lexicon, document.published):
            asked = _CALL.search(document.text, block.start, mention.span.start)
            date = mention.date
            if asked and date and date.day:
                evidence = Evidence("deadline/call", 0.9)
                yield Deadline(mention.span, date, None, evidence, mention.inferred)
