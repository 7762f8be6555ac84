"""Settle what the figures of a sentence are parts of, where the whole is named after its share."""

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.model import Figure

WHOLE = re.compile(
    r"\s+of\s+(?:(?:the|its|all|their|some|these|those|about|around|nearly|roughly|approximately|an|estimated)\s+)*$",
    re.IGNORECASE,
)
"""What stands between a share and its whole."""

APPOSED = frozenset({",", "–", "—", "(", "or", ", or"})
"""What stands between a number and the share that says the same."""


def settle_wholes(text: str, found: Sequence[Figure], earlier: Sequence[Figure]) -> tuple[Figure, ...]:
    """Point shares, and the numbers they repeat, to a whole that follows; take percentages from the wholes of counts.

    In "500 people – half of the 1,000 detained" both the number and the share are parts of the 1,000.

    Args:
        text: The document's text.
        found: The figures of a sentence.
        earlier: The figures of the document before it; positions of wholes count from the first of these.
    """
    settled = [_drop_share_as_whole(figure, [*earlier, *found]) for figure in found]
    for at in range(len(found) - 1):
        if _is_share_of(text, found[at], found[at + 1]):
            whole = len(earlier) + at + 1
            settled[at] = replace(settled[at], part_of=whole)
            if (
                at
                and _is_repeated(text, found[at - 1], found[at])
                and found[at - 1].unit == found[at + 1].unit
            ):
                settled[at - 1] = replace(settled[at - 1], part_of=whole)
    return tuple(settled)


def _drop_share_as_whole(figure: Figure, figures: Sequence[Figure]) -> Figure:
    """Leave a count without a whole where that is a percentage: nothing is counted by it."""
    whole = None if figure.part_of is None else figures[figure.part_of]
    is_count = figure.unit != "percent"
    return replace(figure, part_of=None) if whole and is_count and whole.unit == "percent" else figure


def _is_share_of(text: str, share: Figure, whole: Figure) -> bool:
    between = WHOLE.fullmatch(text, share.span.end, whole.span.start)
    return share.unit == "percent" != whole.unit and between is not None


def _is_repeated(text: str, number: Figure, share: Figure) -> bool:
    return text[number.span.end : share.span.start].strip() in APPOSED
