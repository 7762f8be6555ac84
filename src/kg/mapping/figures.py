"""Figures: a number, what it counts, the values its wording allows, and on whose word."""

from kg.mapping.bounds import Bounds
from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_boolean, to_date, to_decimal, to_text
from kg.model import IRI, Figure, PartialDate, Period
from kg.vocab import DCAT, DCT, FR, FRV, RDF, SCHEMA, SDMX


def map_figures(graph: DocumentGraph, bounds: Bounds) -> None:
    """Say every figure, and which statement expresses it."""
    figures = graph.facts.figures
    starts = [figure.span.start for figure in figures]
    iris, periods = graph.fragments("figure", starts), graph.fragments("period", starts)
    for iri, period, figure in zip(iris, periods, figures, strict=True):
        _map_figure(graph, iri, figure)
        _map_bounds(graph, iri, figure, bounds)
        _map_places(graph, iri, figure)
        if figure.period and _is_known(figure.period):
            graph.say(iri, DCT.temporal, period)
            _map_period(graph, period, figure.period)
        graph.say(iri, DCT.isPartOf, None if figure.part_of is None else iris[figure.part_of])
        graph.express(iri, figure.statement)


def _map_figure(graph: DocumentGraph, iri: IRI, figure: Figure) -> None:
    graph.say(iri, RDF.type, FR.Figure, SCHEMA.Claim, SCHEMA.Observation)
    graph.say(iri, SCHEMA.value, to_decimal(figure.value))
    graph.say(iri, FR.high, None if figure.high is None else to_decimal(figure.high))
    graph.say(iri, FR.qualifier, FRV.term(f"qualifier-{figure.qualifier}"))
    graph.say(iri, SDMX.unitMeasure, FRV.term(f"unit-{figure.unit}"))
    graph.say(iri, FR.measure, FRV.term(f"measure-{figure.measure}"))
    graph.say(iri, FR.population, graph.words(figure.population))
    graph.say(iri, FR.source, graph.resolve(figure.source))
    graph.say(iri, FR.span, graph.span(figure.span))
    graph.say(iri, FR.asStated, to_text(figure.span.of(graph.document.text)))
    graph.note(iri, figure.evidence)


def _map_bounds(graph: DocumentGraph, iri: IRI, figure: Figure, bounds: Bounds) -> None:
    allowed = bounds.find(figure)
    if allowed.lower is not None:
        graph.say(iri, FR.term("lower"), to_decimal(allowed.lower))
        graph.say(iri, FR.lowerOpen, to_boolean(allowed.lower_open))
    if allowed.upper is not None:
        graph.say(iri, FR.term("upper"), to_decimal(allowed.upper))
        graph.say(iri, FR.upperOpen, to_boolean(allowed.upper_open))


def _map_places(graph: DocumentGraph, iri: IRI, figure: Figure) -> None:
    graph.say(iri, FR.term("from"), *graph.resolve_all(figure.origin))
    graph.say(iri, FR.to, *graph.resolve_all(figure.destination))
    graph.say(iri, FR.place, *graph.resolve_all(figure.place))
    graph.say(iri, FR.fromText, graph.words(figure.origin_span))
    graph.say(iri, FR.toText, graph.words(figure.destination_span))


def _is_known(period: Period) -> bool:
    """Tell whether the year of a side is known; a day of an unknown year bounds no period."""
    return any(side and side.year for side in period)


def _map_period(graph: DocumentGraph, iri: IRI, period: Period) -> None:
    """Say a period (DCAT 3, section 6.16, https://www.w3.org/TR/vocab-dcat-3/#Class:Period_of_Time)."""
    start, end = (_with_year(side) for side in period)
    graph.say(iri, RDF.type, DCT.PeriodOfTime)
    graph.say(iri, DCAT.startDate, to_date(start))
    graph.say(iri, FR.earliest, to_date(start and start.earliest))
    graph.say(iri, DCAT.endDate, to_date(end))
    graph.say(iri, FR.latest, to_date(end and end.latest))


def _with_year(date: PartialDate | None) -> PartialDate | None:
    return date if date and date.year else None
