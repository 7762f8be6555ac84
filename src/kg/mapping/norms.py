"""Norm positions: how an actor stands to a principle or an instrument, and who says so."""

from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_text
from kg.model import IRI, NormPosition
from kg.vocab import FR, FRV, RDF, SCHEMA, SKOS

_CLASSES = {"principle": FR.Principle, "instrument": FR.Instrument}


def map_norms(graph: DocumentGraph) -> None:
    """Say every norm position, and which statements express it."""
    _map_own_norms(graph)
    norms = graph.facts.norms
    starts = [norm.surfaces[0].start for norm in norms]
    for iri, norm in zip(graph.fragments("norm", starts), norms, strict=True):
        _map_position(graph, iri, norm)
        graph.express(iri, *norm.statements)


def _map_own_norms(graph: DocumentGraph) -> None:
    """Say the norms that the vocabulary does not have: they become principles of the document."""
    facts = graph.facts
    keys = {key for statement in facts.statements for key in statement.norms}
    keys |= {key for norm in facts.norms for key in (norm.norm, norm.through) if key}
    for key in keys:
        if key.startswith("#"):
            kind, _, id_ = key[1:].partition("-")
            iri = graph.fragment(key[1:])
            graph.say(iri, RDF.type, _CLASSES[kind])
            graph.say(iri, SKOS.prefLabel, to_text(id_.replace("-", " "), "en"))
            graph.say(iri, FR.notation, to_text(id_))


def _map_position(graph: DocumentGraph, iri: IRI, norm: NormPosition) -> None:
    graph.say(iri, RDF.type, FR.NormPosition, SCHEMA.Claim)
    graph.say(iri, FR.norm, graph.resolve(norm.norm))
    graph.say(iri, FR.relation, FRV.term(f"relation-{norm.relation}"))
    graph.say(iri, FR.bearer, graph.resolve(norm.bearer))
    graph.say(iri, FR.policy, graph.resolve(norm.policy))
    graph.say(iri, FR.through, graph.resolve(norm.through))
    graph.say(iri, FR.assertedBy, *graph.resolve_all(norm.asserted_by))
    graph.say(iri, FR.span, *graph.spans(norm.surfaces))
    graph.note(iri, norm.evidence)
