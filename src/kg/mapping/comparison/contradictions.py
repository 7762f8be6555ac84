"""Figures for the same thing that cannot both be right."""

from collections import defaultdict
from collections.abc import Iterator
from itertools import combinations

from kg.mapping.comparison.finding import Finding
from kg.mapping.comparison.index import Index
from kg.mapping.comparison.stated import StatedFigure, read_figures


def find_contradictions(index: Index) -> Iterator[Finding]:
    """Find pairs of figures that count the same and have no value in common.

    They count the same where unit, measure, population, origin, destination, place and period are equal. A
    period without end, or none at all, runs up to the day of the document: figures of different days are
    then compared only as a count since the same day, which can grow but not shrink.
    """
    alike = defaultdict(list)
    for figure in read_figures(index):
        if figure.population and figure.measure != "other":
            alike[_to_key(figure)].append(figure)
    for figures in alike.values():
        for one, other in combinations(figures, 2):
            if _are_comparable(one, other) and _exclude(one, other):
                yield _explain(one, other)


def _to_key(figure: StatedFigure) -> tuple[object, ...]:
    places = (figure.origin, figure.destination, figure.place)
    return figure.unit, figure.measure, figure.population, *places, figure.period


def _are_comparable(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether neither is a part of the other, and the time they count up to is known to be the same."""
    if one.iri == other.whole or other.iri == one.whole:
        return False
    return (
        one.end is not None or _are_of_one_day(one, other) or bool(one.start and one.issued and other.issued)
    )


def _are_of_one_day(one: StatedFigure, other: StatedFigure) -> bool:
    return one.document == other.document or (one.issued is not None and one.issued == other.issued)


def _exclude(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether the values one allows rule out the other's; a count since a day may have grown."""
    if not one.interval.is_disjoint(other.interval):
        return False
    if one.end or _are_of_one_day(one, other) or not (one.issued and other.issued):
        return True
    earlier, later = (one, other) if one.issued < other.issued else (other, one)
    return later.value < earlier.value


def _explain(one: StatedFigure, other: StatedFigure) -> Finding:
    return Finding(
        "contradicts",
        (one.iri, other.iri),
        f"“{one.words}” and “{other.words}” count the same people over the same time, "
        "but no number fits both.",
    )
