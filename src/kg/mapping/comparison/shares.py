"""Shares that are not what part and whole give."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal

from kg.mapping.bounds import Interval
from kg.mapping.comparison.finding import Finding, to_words
from kg.mapping.comparison.index import Index
from kg.mapping.comparison.stated import StatedFigure, read_figures

_HUNDRED = Decimal(100)


def find_wrong_shares(index: Index) -> Iterator[Finding]:
    """Find percentages of a whole that none of the parts given for the same time bears out."""
    figures = {figure.iri: figure for figure in read_figures(index)}
    parts = defaultdict(list)
    for figure in figures.values():
        if figure.whole:
            parts[figure.whole].append(figure)
    for whole, shared in parts.items():
        if whole in figures and figures[whole].value:
            yield from _check_shares(figures[whole], shared)


def _check_shares(whole: StatedFigure, parts: list[StatedFigure]) -> Iterator[Finding]:
    for share in parts:
        if share.unit != "percent":
            continue
        counted = [p for p in parts if p.unit == whole.unit != "percent" and _are_of_one_time(p, share)]
        if counted and all(_divide(part, whole).is_disjoint(share.interval) for part in counted):
            yield _explain(share, counted[0], whole)


def _are_of_one_time(part: StatedFigure, share: StatedFigure) -> bool:
    """Tell whether periods are equal, where both are given."""
    return part.period == share.period or (None, None) in (part.period, share.period)


def _divide(part: StatedFigure, whole: StatedFigure) -> Interval:
    """Give the shares, in per cent, that part and whole allow by their bounds."""
    least, most = part.interval, whole.interval
    lower = None if least.lower is None or not most.upper else _HUNDRED * least.lower / most.upper
    upper = None if least.upper is None or not most.lower else _HUNDRED * least.upper / most.lower
    return Interval(lower, upper, least.lower_open or most.upper_open, least.upper_open or most.lower_open)


def _explain(share: StatedFigure, part: StatedFigure, whole: StatedFigure) -> Finding:
    return Finding(
        "share-does-not-add-up",
        (share.iri, part.iri, whole.iri),
        f"{_name(part)} of {_name(whole)} is {_describe(_divide(part, whole))}, "
        f"which “{share.words}” does not cover: it means {_describe(share.interval)}.",
    )


def _name(figure: StatedFigure) -> str:
    """Give an exact number as such, any other in the words of the text."""
    is_exact = figure.interval.lower == figure.interval.upper == figure.value
    return to_words(figure.value) if is_exact else f"“{figure.words}”"


def _describe(interval: Interval) -> str:
    """Say in words which percentages are meant."""
    lower, upper = interval.lower, interval.upper
    if lower is not None and lower == upper:
        return f"{to_words(lower)} %"
    ends = []
    if lower is not None:
        ends.append(f"{'more than' if interval.lower_open else 'at least'} {to_words(lower)} %")
    if upper is not None:
        ends.append(f"{'less than' if interval.upper_open else 'at most'} {to_words(upper)} %")
    return " and ".join(ends)
