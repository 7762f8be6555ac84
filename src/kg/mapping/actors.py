"""Actors that only the document knows, mentions, and posts that persons hold."""

from kg.mapping.graph import DocumentGraph
from kg.model import Actor
from kg.vocab import FOAF, FR, ORG, RDF, SKOS

_ALSO = {"Person": FOAF.Person, "Group": FOAF.Group}  # others are organisations


def map_actors(graph: DocumentGraph) -> None:
    """Say who acts: actors of the document's own, every mention, every post.

    Actors of the world are described in the world graph alone.
    """
    for actor in graph.facts.actors:
        if actor.key.startswith("#"):
            _map_actor(graph, actor)
    _map_mentions(graph)
    _map_memberships(graph)


def _map_actor(graph: DocumentGraph, actor: Actor) -> None:
    iri = graph.fragment(actor.key[1:])
    is_person = actor.kind == "Person"
    graph.say(iri, RDF.type, FR.term(actor.kind), FOAF.Agent, _ALSO.get(actor.kind, ORG.Organization))
    graph.say(iri, SKOS.prefLabel, graph.quote(actor.name))
    graph.flag(iri, FR.isNamed, actor.named)
    graph.say(iri, ORG.memberOf if is_person else ORG.subOrganizationOf, graph.resolve(actor.parent))
    graph.note(iri, actor.evidence)


def _map_mentions(graph: DocumentGraph) -> None:
    mentions = graph.facts.mentions
    for iri, mention in zip(
        graph.fragments("mention", [m.span.start for m in mentions]), mentions, strict=True
    ):
        graph.say(iri, RDF.type, FR.Mention)
        graph.say(iri, FR.span, graph.span(mention.span))
        graph.say(iri, FR.refersTo, graph.resolve(mention.actor))
        graph.flag(iri, FR.isName, mention.is_name)
        graph.note(iri, mention.evidence)


def _map_memberships(graph: DocumentGraph) -> None:
    memberships = graph.facts.memberships
    starts = [membership.span.start for membership in memberships]
    made = zip(
        graph.fragments("membership", starts), graph.fragments("role", starts), memberships, strict=True
    )
    for iri, role, membership in made:
        graph.say(iri, RDF.type, ORG.Membership)
        graph.say(iri, ORG.member, graph.resolve(membership.member))
        graph.say(iri, ORG.organization, graph.resolve(membership.organization))
        graph.say(iri, ORG.role, role)
        graph.say(role, RDF.type, ORG.Role)
        graph.say(role, SKOS.prefLabel, graph.quote(membership.role))
        graph.flag(iri, FR.isExpert, membership.expert)
        graph.say(iri, FR.statedIn, graph.iri)
        graph.say(iri, FR.span, graph.span(membership.span))
        graph.note(iri, membership.evidence)
