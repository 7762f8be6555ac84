"""Figures as they stand in the graph, ready to be set side by side."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from kg.mapping.bounds import Interval
from kg.mapping.comparison.index import Index
from kg.model import IRI
from kg.vocab import DCT, FR, FRV, SCHEMA, SDMX

_ARTICLE = re.compile(r"^(?:the|all|these|those)\s+")


@dataclass(frozen=True, slots=True)
class StatedFigure:
    """A figure with what it counts, the values it allows, and the document that gives it."""

    iri: IRI
    document: IRI
    issued: dt.date | None
    words: str
    value: Decimal
    interval: Interval
    unit: str
    measure: str
    population: str | None  # in lower case, without article
    origin: frozenset[IRI]
    destination: frozenset[IRI]
    place: frozenset[IRI]
    start: dt.date | None
    end: dt.date | None
    source: IRI | None
    whole: IRI | None

    @property
    def period(self) -> tuple[dt.date | None, dt.date | None]:
        """First and last day; None where a side is open."""
        return self.start, self.end


def read_figures(index: Index) -> Iterator[StatedFigure]:
    """Read all figures that have a number, a unit and a measure."""
    for iri in index.find(FR.Figure):
        value = index.number(iri, SCHEMA.value)
        unit, measure = index.node(iri, SDMX.unitMeasure), index.node(iri, FR.measure)
        if value is not None and unit and measure:
            yield _read_figure(index, iri, value, unit, measure)


def _read_figure(index: Index, iri: IRI, value: Decimal, unit: IRI, measure: IRI) -> StatedFigure:
    document = IRI(iri.partition("#")[0])
    period = index.node(iri, DCT.temporal)
    source = index.node(iri, FR.source)
    return StatedFigure(
        iri=iri,
        document=document,
        issued=index.day(document, FR.earliest),
        words=index.text(iri, FR.asStated) or f"{value:,f}",
        value=value,
        interval=_read_interval(index, iri),
        unit=unit.removeprefix(FRV.term("unit-")),
        measure=measure.removeprefix(FRV.term("measure-")),
        population=_normalise(index.text(iri, FR.population)),
        origin=index.identities(iri, FR.term("from")),
        destination=index.identities(iri, FR.to),
        place=index.identities(iri, FR.place),
        start=index.day(period, FR.earliest) if period else None,
        end=index.day(period, FR.latest) if period else None,
        source=index.identify(source) if source else None,
        whole=index.node(iri, DCT.isPartOf),
    )


def _read_interval(index: Index, iri: IRI) -> Interval:
    return Interval(
        index.number(iri, FR.term("lower")),
        index.number(iri, FR.term("upper")),
        index.is_true(iri, FR.lowerOpen),
        index.is_true(iri, FR.upperOpen),
    )


def _normalise(population: str | None) -> str | None:
    """Make populations equal that differ in case, spacing or article alone."""
    return _ARTICLE.sub("", " ".join(population.casefold().split())) if population else None
