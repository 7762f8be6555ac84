"""Policies with their deadlines, and what they are in the world."""

from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_date
from kg.model import IRI, Deadline, PartialDate, Policy
from kg.vocab import FR, RDF, SKOS


def map_policies(graph: DocumentGraph) -> None:
    """Say every policy, every deadline, of a policy or the document's own, and every link to the world."""
    facts = graph.facts
    owned = [(graph.fragment(policy.key[1:]), policy.deadlines) for policy in facts.policies]
    deadlines = [(owner, d) for owner, some in [*owned, (graph.iri, facts.deadlines)] for d in some]
    iris = graph.fragments("deadline", [deadline.span.start for _, deadline in deadlines])
    for policy in facts.policies:
        _map_policy(graph, policy)
    for iri, (owner, deadline) in zip(iris, deadlines, strict=True):
        graph.say(owner, FR.hasDeadline, iri)
        _map_deadline(graph, iri, deadline)
    for local, world in facts.links:
        graph.link(local, world)


def _map_policy(graph: DocumentGraph, policy: Policy) -> None:
    iri = graph.fragment(policy.key[1:])
    graph.say(iri, RDF.type, FR.Policy)
    graph.say(iri, SKOS.prefLabel, graph.quote(policy.name))
    graph.say(iri, FR.issuer, graph.resolve(policy.issuer))
    graph.say(iri, FR.span, *graph.spans(policy.spans))
    announced, effective = _with_year(policy.announced), _with_year(policy.effective)
    graph.say(iri, FR.announced, to_date(announced))
    graph.say(iri, FR.effective, to_date(effective))
    # As on curated policies, the days bound the announcement or, where there is none, the entry into effect.
    first = announced or effective
    graph.say(iri, FR.earliest, to_date(first and first.earliest))
    graph.say(iri, FR.latest, to_date(first and first.latest))
    graph.note(iri, policy.evidence)
    if policy.same_as:
        graph.link(policy.key, policy.same_as)


def _with_year(date: PartialDate | None) -> PartialDate | None:
    return date if date and date.year else None


def _map_deadline(graph: DocumentGraph, iri: IRI, deadline: Deadline) -> None:
    graph.say(iri, RDF.type, FR.Deadline)
    graph.date(iri, FR.date, deadline.date)
    graph.say(iri, FR.appliesTo, graph.words(deadline.applies_to))
    graph.flag(iri, FR.inferred, deadline.inferred)
    graph.say(iri, FR.span, graph.span(deadline.span))
    graph.note(iri, deadline.evidence)
