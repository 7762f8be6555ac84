"""Numbers of one source that documents give under different measures."""

from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import product

from kg.mapping.comparison.finding import Finding
from kg.mapping.comparison.index import Index
from kg.mapping.comparison.stated import StatedFigure, read_figures

_NEAR = Decimal("0.01")  # of the larger number


def find_measure_drift(index: Index) -> Iterator[Finding]:
    """Find people whom one source counts as returned in one document and as deported in another.

    Everybody deported has returned, but not the other way round. The numbers are the same where they are
    within one per cent. Numbers of one series grow: they are compared where the periods share a day and some
    number fits both. Places must not differ, and those of a series must agree in one.
    """
    by_source = defaultdict(list)
    for figure in read_figures(index):
        if figure.unit == "persons" and figure.source:
            by_source[figure.source].append(figure)
    for figures in by_source.values():
        returned, deported = ([f for f in figures if f.measure == m] for m in ("returned", "deported"))
        for one, other in product(returned, deported):
            if one.document != other.document and (_are_near(one, other) or _are_a_series(one, other)):
                yield _explain(one, other)


def _are_near(one: StatedFigure, other: StatedFigure) -> bool:
    return abs(one.value - other.value) <= _NEAR * max(one.value, other.value) and _have_same_places(
        one, other
    )


def _are_a_series(one: StatedFigure, other: StatedFigure) -> bool:
    return (
        bool(one.start and other.start)
        and bool(one.origin & other.origin or one.destination & other.destination)
        and _have_same_places(one, other)
        and _share_a_day(one, other)
        and not one.interval.is_disjoint(other.interval)
    )


def _have_same_places(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether places are equal, where both are given."""
    pairs = ((one.origin, other.origin), (one.destination, other.destination))
    return all(not a or not b or a == b for a, b in pairs)


def _share_a_day(one: StatedFigure, other: StatedFigure) -> bool:
    """Tell whether the periods overlap; one without end goes on."""
    return not (_ends_before(one, other) or _ends_before(other, one))


def _ends_before(one: StatedFigure, other: StatedFigure) -> bool:
    return one.end is not None and other.start is not None and one.end < other.start


def _explain(returned: StatedFigure, deported: StatedFigure) -> Finding:
    return Finding(
        "measure-drift",
        (returned.iri, deported.iri),
        f"The same source is given for “{returned.words}” who returned and for “{deported.words}” "
        "who were deported.",
    )
