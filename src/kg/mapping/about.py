"""The document itself: metadata, text and what is left out of it."""

import re

from kg.mapping.graph import DocumentGraph
from kg.mapping.literals import to_integer, to_text
from kg.model import IRI, Document, Span
from kg.vocab import DCT, FR, FRV, PROV, RDF, RDFS, SCHEMA

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`/?#]+(?:[/?#][^\s<>\"{}|\\^`]*)?", re.IGNORECASE)
_LABEL_LENGTH = 80  # code points
SOFTWARE = IRI("https://w3id.org/forced-returns/software/kg")


def map_about(graph: DocumentGraph) -> None:
    """Say what is known about the document."""
    document, iri = graph.document, graph.iri
    graph.say(iri, RDF.type, FR.Document, SCHEMA.CreativeWork, PROV.Entity)
    graph.say(iri, FR.fileName, to_text(document.file))
    graph.say(iri, FR.textDigest, to_text(document.digest))
    graph.say(iri, FR.textLength, to_integer(len(document.text)))
    graph.say(iri, FR.textSpan, graph.locate(_find_body(document)))
    graph.say(iri, DCT.language, to_text(document.language))
    graph.say(iri, FR.genre, FRV.term(f"genre-{document.genre}"))
    graph.flag(iri, FR.showText, document.show_text)
    graph.date(iri, DCT.issued, document.published)
    if document.rights:
        graph.say(iri, DCT.rights, to_text(document.rights))
    if document.dateline:
        graph.say(iri, FR.dateline, to_text(document.dateline.of(document.text)))
    if document.source and _WEB_ADDRESS.fullmatch(document.source):
        graph.say(iri, DCT.source, IRI(document.source))
    _map_name(graph)
    _map_publisher(graph)
    _map_omitted(graph)


def _find_body(document: Document) -> Span | None:
    """Find the document's part of the text; all of it where none is given."""
    body = document.body if document.body.end else Span(0, len(document.text))
    return body if body.end > body.start else None


def _map_name(graph: DocumentGraph) -> None:
    """Say the title or, where there is none, a label made of the first words."""
    document = graph.document
    if document.title:
        graph.say(graph.iri, DCT.term("title"), graph.quote(document.title))
        return
    first = document.blocks[0].span.of(document.text) if document.blocks else document.file
    graph.say(graph.iri, RDFS.label, graph.quote(_shorten(first)))


def _shorten(text: str) -> str:
    """Cut a text between words."""
    plain = " ".join(text.split())
    return plain if len(plain) <= _LABEL_LENGTH else plain[:_LABEL_LENGTH].rsplit(" ", 1)[0] + " …"


def _map_publisher(graph: DocumentGraph) -> None:
    """Say the publisher's name and, where the world or the document knows an actor of that name, which it is."""
    if publisher := graph.document.publisher:
        graph.say(graph.iri, FR.publisherName, to_text(publisher))
        known = graph.facts.publisher or _find_actor(graph, publisher)
        graph.say(graph.iri, DCT.publisher, graph.resolve(known))


def _find_actor(graph: DocumentGraph, name: str) -> str | None:
    """Find the actor that bears a name, by its full name first."""
    names = [(actor.name, actor.key) for actor in graph.facts.actors]
    names += [(m.span.of(graph.document.text), m.actor) for m in graph.facts.mentions if m.is_name]
    return next((key for known, key in names if known.casefold() == name.casefold()), None)


def _map_omitted(graph: DocumentGraph) -> None:
    omitted = [block for block in graph.document.omitted if block.span.start < block.span.end]
    for iri, block in zip(graph.fragments("omitted", [b.span.start for b in omitted]), omitted, strict=True):
        graph.say(graph.iri, FR.omits, iri)
        graph.say(iri, RDF.type, FR.OmittedBlock)
        graph.say(iri, FR.span, graph.locate(block.span))
        graph.say(iri, FR.reason, FRV.term(f"reason-{block.reason}"))


def map_generation(graph: DocumentGraph, software: str, vocabulary: str | None) -> None:
    """Say what made the document graph (PROV-O, https://www.w3.org/TR/prov-o/#Activity)."""
    activity = graph.fragment("mapping")
    graph.trace(graph.name, PROV.wasGeneratedBy, activity)
    graph.trace(activity, RDF.type, PROV.Activity)
    graph.trace(activity, PROV.used, graph.iri)
    graph.trace(activity, PROV.wasAssociatedWith, SOFTWARE)
    graph.trace(activity, FR.softwareVersion, to_text(software))
    graph.trace(activity, FR.vocabularyDigest, to_text(vocabulary) if vocabulary else None)
