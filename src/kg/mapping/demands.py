"""Demands: what a statement wants done, and by whom."""

from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_text
from kg.model import IRI, Demand
from kg.vocab import FR, RDF, SCHEMA


def map_demands(graph: DocumentGraph) -> None:
    """Say every demand, and which statement expresses it."""
    demands = graph.facts.demands
    for iri, demand in zip(graph.fragments("demand", [d.span.start for d in demands]), demands, strict=True):
        _map_demand(graph, iri, demand)
        graph.express(iri, demand.statement)


def _map_demand(graph: DocumentGraph, iri: IRI, demand: Demand) -> None:
    graph.say(iri, RDF.type, FR.Demand, SCHEMA.Claim)
    graph.say(iri, FR.demandee, *graph.resolve_all(demand.demandees))
    graph.say(iri, FR.policy, graph.resolve(demand.policy))
    graph.say(iri, FR.text, to_text(demand.span.of(graph.document.text)))
    graph.say(iri, FR.span, graph.span(demand.span))
    graph.note(iri, demand.evidence)
