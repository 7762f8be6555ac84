"""Statements: who said what, how, to whom, on whose word."""

from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_boolean, to_text
from kg.model import IRI, Statement
from kg.vocab import CITO, FR, FRV, RDF, SCHEMA


def map_statements(graph: DocumentGraph) -> None:
    """Say every statement."""
    for position, statement in enumerate(graph.facts.statements):
        iri = graph.statement(position)
        assert iri, "positions that are there have an IRI"
        _map_saying(graph, iri, statement)
        _map_spans(graph, iri, statement)
        graph.say(iri, FR.relays, graph.statement(statement.relays))
        graph.say(iri, FR.answers, graph.statement(statement.answers))
        graph.note(iri, statement.evidence)


def _map_saying(graph: DocumentGraph, iri: IRI, statement: Statement) -> None:
    graph.say(iri, RDF.type, FR.Statement, SCHEMA.Quotation if statement.mode == "direct" else None)
    graph.say(iri, FR.reportedIn, graph.iri)
    graph.say(iri, FR.speaker, *graph.resolve_all(statement.speakers))
    graph.say(iri, FR.addressee, *graph.resolve_all(statement.addressees))
    graph.say(iri, CITO.citesAsDataSource, *graph.resolve_all(statement.cites))
    graph.say(iri, FR.invokes, *graph.resolve_all(statement.norms))
    graph.say(iri, FR.concerns, *graph.resolve_all(statement.policies))
    graph.say(iri, FR.mode, FRV.term(f"mode-{statement.mode}"))
    graph.say(iri, FR.act, FRV.term(f"act-{statement.act}"))
    graph.say(iri, FR.modality, FRV.term(f"modality-{statement.modality}"))
    graph.say(iri, FR.medium, FRV.term(f"medium-{statement.medium}") if statement.medium else None)
    graph.say(iri, FR.isCiting, to_boolean(statement.is_citing) if statement.is_citing else None)


def _map_spans(graph: DocumentGraph, iri: IRI, statement: Statement) -> None:
    """Say where the parts stand; the text of a split quotation is joined by spaces."""
    content = sorted(statement.content)
    graph.say(iri, FR.contentSpan, *graph.spans(content))
    graph.say(iri, FR.cueSpan, graph.span(statement.cue))
    graph.say(iri, FR.sourceSpan, graph.span(statement.source))
    graph.say(iri, FR.sentenceSpan, graph.span(statement.sentence))
    graph.say(iri, FR.text, to_text(" ".join(span.of(graph.document.text) for span in content)))
