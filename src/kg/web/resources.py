"""Every IRI under the base, and our copy of the vocabulary: as RDF or as a page.

Cool URIs for the Semantic Web, https://www.w3.org/TR/cooluris/.
"""

import re
from collections.abc import Callable

from flask import Blueprint, Response, request, url_for

from kg.errors import GoneError, NotFoundError
from kg.formats import DATASET_FORMATS, GRAPH_FORMATS, Format, negotiate, serialize_quads
from kg.model import IRI, Quad
from kg.vocab import FR, FRV
from kg.web.context import get_reader
from kg.web.description import to_quads
from kg.web.responses import answer, names_page, respond_with
from kg.web.views import show_document, show_graph, show_resource, show_schemes

blueprint = Blueprint("resources", __name__)

_CONCEPT = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_CONCEPTS = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s skos:inScheme ?scheme ; ?p ?o } }"


def _choose(extension: str | None, offered: tuple[Format, ...] = GRAPH_FORMATS) -> Format | None:
    """Choose a format by the extension of the address or by the Accept header; None means the page.

    Raises:
        NotFoundError: No format has that extension.
        NotAcceptableError: The client accepts nothing that is offered.
    """
    if extension is None:
        return negotiate(request.headers.get("Accept"), offered, html=names_page())
    if extension == "html":
        return None
    found = next((f for f in offered if f.extension == extension), None)
    if not found:
        known = ", ".join(f.extension for f in offered)
        raise NotFoundError(f"no format has the extension {extension!r}", remedy=f"Choose one of {known}.")
    return found


def _find(iri: IRI) -> IRI:
    """Give an IRI back if the release knows it.

    Raises:
        GoneError: It belongs to a document that was withdrawn.
        NotFoundError: Nothing is known of it.
    """
    reader = get_reader()
    address = reader.minter.parse(iri)
    if not address and not iri.startswith((FR[:-1], FRV)):
        raise NotFoundError(f"nothing here has the address {request.path}")
    slug = address.slug.rpartition("/")[2] if address else ""
    stone = reader.tombstone(slug) if address and address.kind in ("doc", "graph") else None
    if stone:
        raise GoneError(
            f"the document {slug!r} was withdrawn on {stone.date}",
            withdrawn=stone.date,
            document_title=stone.title,
            reason=stone.reason,
        )
    if not reader.exists(iri):
        raise NotFoundError(f"release {reader.release.number} knows nothing of <{iri}>")
    return iri


def _represent(
    iri: IRI, extension: str | None, find_quads: Callable[[IRI], list[Quad]], show: Callable[[IRI], Response]
) -> Response:
    """Answer with the page or the RDF of a resource that is known."""
    chosen = _choose(extension)
    known = _find(iri)

    def make() -> Response:
        if not chosen:
            return show(known)
        name = request.path.rpartition("/")[2].partition(".")[0]
        return respond_with(serialize_quads(find_quads(known), chosen), chosen, name)

    return answer(make, chosen.name if chosen else "page", vary=extension is None)


def _describe(iri: IRI) -> list[Quad]:
    return get_reader().describe(iri)


@blueprint.get("/id/<kind>/<slug>")
def identify(kind: str, slug: str) -> Response:
    """Send on from a thing in the world to a page or data about it."""
    chosen = _choose(None)
    _find(get_reader().minter.mint_resource(kind, slug))
    target = (
        url_for(".describe", kind=kind, slug=slug, extension=chosen.extension)
        if chosen
        else url_for(".show", kind=kind, slug=slug)
    )
    response = Response(status=303, headers={"Location": target})
    response.vary.add("Accept")
    return response


@blueprint.get("/data/<kind>/<slug>.<extension>")
def describe(kind: str, slug: str, extension: str) -> Response:
    """Give data about a thing in the world."""
    return _represent(get_reader().minter.mint_resource(kind, slug), extension, _describe, show_resource)


@blueprint.get("/page/<kind>/<slug>")
def show(kind: str, slug: str) -> Response:
    """Show the page about a thing in the world."""
    return _represent(get_reader().minter.mint_resource(kind, slug), "html", _describe, show_resource)


@blueprint.get("/doc/<slug>")
@blueprint.get("/doc/<slug>.<extension>")
def document(slug: str, extension: str | None = None) -> Response:
    """Give a document with all it says."""
    return _represent(get_reader().minter.mint_document(slug), extension, _describe, show_document)


@blueprint.get("/graph/<name>")
@blueprint.get("/graph/<name>.<extension>")
@blueprint.get("/graph/<name>/<slug>")
@blueprint.get("/graph/<name>/<slug>.<extension>")
def graph(name: str, slug: str = "", extension: str | None = None) -> Response:
    """Give a named graph."""
    return _answer_graph(_find_graph(get_reader().minter.mint_graph(name, slug)), extension)


def _find_graph(iri: IRI) -> IRI:
    address = get_reader().minter.parse(iri)
    if not address or address.kind != "graph":
        raise NotFoundError(f"nothing here has the address {request.path}")
    if iri in get_reader().release.graphs or iri == get_reader().minter.mint_graph("release"):
        return iri
    return _find(iri)


def _answer_graph(iri: IRI, extension: str | None) -> Response:
    chosen = _choose(extension)

    def make() -> Response:
        if not chosen:
            return show_graph(iri)
        name = iri.rpartition("/graph/")[2].replace("/", "-")
        return respond_with(get_reader().graph(iri, format=chosen.name).chunks, chosen, name)

    return answer(make, chosen.name if chosen else "page", vary=extension is None)


@blueprint.get("/ns")
@blueprint.get("/ns.<extension>")
def ontology(extension: str | None = None) -> Response:
    """Give our copy of the ontology."""
    return _represent(IRI(FR[:-1]), extension, _describe, show_resource)


@blueprint.get("/vocab")
@blueprint.get("/vocab.<extension>")
def vocabulary(extension: str | None = None) -> Response:
    """Give all schemes: the graph of the vocabulary, or the list of them."""
    iri = get_reader().minter.mint_graph("vocab")
    if _choose(extension) is None:
        return answer(show_schemes, "page", vary=extension is None)
    return _answer_graph(_find_graph(iri), extension)


@blueprint.get("/vocab/<name>")
@blueprint.get("/vocab/<name>.<extension>")
def concept(name: str, extension: str | None = None) -> Response:
    """Give our copy of a scheme with its concepts, or of one concept."""
    if not _CONCEPT.fullmatch(name):
        raise NotFoundError(f"nothing here has the address {request.path}")
    return _represent(IRI(FRV + name), extension, _describe_scheme, show_resource)


def _describe_scheme(iri: IRI) -> list[Quad]:
    concepts = to_quads(get_reader().select(_CONCEPTS, scheme=iri))
    return sorted(
        {*_describe(iri), *concepts}, key=lambda quad: (quad.subject, quad.predicate, str(quad.object))
    )


@blueprint.get("/dump.<extension>")
def dump(extension: str) -> Response:
    """Give the whole release."""
    chosen = next((f for f in DATASET_FORMATS if f.extension == extension), None)
    if not chosen:
        known = ", ".join(f"dump.{f.extension}" for f in DATASET_FORMATS)
        raise NotFoundError(f"no dump has the extension {extension!r}", remedy=f"There are {known}.")

    def make() -> Response:
        name = f"release-{get_reader().release.number}"
        return respond_with(get_reader().dump(chosen.name), chosen, name)

    return answer(make, vary=False)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """Describe the release in VoID (https://www.w3.org/TR/void/#well-known)."""
    return Response(status=302, headers={"Location": url_for(".graph", name="release")})
