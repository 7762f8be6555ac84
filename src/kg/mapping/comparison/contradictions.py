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
    period without end runs up to the day of the document: of two counts since the same day the later can be
    greater but not smaller. Without any period only documents of the same day are compared, for within one
    document such figures tell of different events. A part is passed over where nothing but its being a part
    tells whom it counts ("700 of them").
    """
    figures = {figure.iri: figure for figure in read_figures(index)}
    alike = defaultdict(list)
    for figure in figures.values():
        whole = figures.get(figure.whole) if figure.whole else None
        is_told_apart = whole is None or whole.population != figure.population
        if figure.population and figure.measure != "other" and is_told_apart:
            alike[_to_key(figure)].append(figure)
    for group in alike.values():
        for one, other in combinations(group, 2):
            if _are_comparable(one, other) and _exclude(one, other):
                yield _explain(one, other)


def _to_key(figure: StatedFigure) -> tuple[object, ...]:
    places = (figure.origin, figure.destination, figure.place)
    return figure.unit, figure.measure, figure.population, *places, figure.period


def _are_comparable(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether neither is a part of the other, and the time they count up to is known."""
    if one.iri == other.whole or other.iri == one.whole:
        return False
    if one.end:
        return True
    if one.document == other.document:
        return one.start is not None
    return (
        one.issued is not None
        and other.issued is not None
        and (bool(one.start) or one.issued == other.issued)
    )


def _exclude(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether the values one allows rule out the other's; a count since a day may have grown."""
    if not one.interval.is_disjoint(other.interval):
        return False
    if one.end or not one.issued or not other.issued or one.issued == other.issued:
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
