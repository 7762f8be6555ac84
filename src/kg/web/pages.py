"""Pages that are no resource's own: home, lists, examples, releases, problems."""

from flask import Blueprint, Response, request, url_for

from kg.errors import NotFoundError
from kg.model import IRI, Literal
from kg.vocab import FR
from kg.web import problems
from kg.web.context import get_reader, get_site
from kg.web.responses import answer, respond_with_page

blueprint = Blueprint("pages", __name__)

_COUNTED = ("Document", "Statement", "Figure", "NormPosition", "Demand", "Policy")
_DOCUMENTS = """SELECT ?iri ?title ?issued ?day ?publisher ?name (COUNT(?statement) AS ?n) {
  ?iri a fr:Document .
  OPTIONAL { ?iri dct:title ?title } OPTIONAL { ?iri dct:issued ?issued } OPTIONAL { ?iri fr:latest ?day }
  OPTIONAL { ?iri dct:publisher ?publisher OPTIONAL { ?publisher skos:prefLabel ?name } }
  OPTIONAL { ?statement fr:reportedIn ?iri }
} GROUP BY ?iri ?title ?issued ?day ?publisher ?name ORDER BY DESC(?day) ?iri LIMIT %d"""
_ACTORS = """SELECT ?iri ?name (COUNT(?statement) AS ?n) {
  ?statement fr:speaker ?iri . ?iri skos:prefLabel ?name
} GROUP BY ?iri ?name ORDER BY DESC(?n) ?name LIMIT 500"""
_POLICIES = """SELECT ?iri ?name ?issuer ?issuerName ?announced {
  ?iri a fr:Policy ; skos:prefLabel ?name .
  OPTIONAL { ?iri fr:issuer ?issuer OPTIONAL { ?issuer skos:prefLabel ?issuerName } }
  OPTIONAL { ?iri fr:announced ?announced }
} ORDER BY LCASE(STR(?name)) ?iri LIMIT 500"""
_SEARCH = """SELECT DISTINCT ?iri ?name {
  VALUES ?p { skos:prefLabel skos:altLabel dct:title rdfs:label fr:acronym }
  ?iri ?p ?name FILTER(CONTAINS(LCASE(STR(?name)), ?wanted))
} ORDER BY STRLEN(STR(?name)) ?name ?iri LIMIT 100"""
_ROBOTS = "User-agent: *\nDisallow: {prefix}/sparql\nDisallow: {prefix}/dump.\n"


@blueprint.get("/")
def home() -> Response:
    """Show what is here and how to ask."""
    return answer(_show_home, vary=False)


def _show_home() -> Response:
    classes = get_reader().release.classes
    counts = [(name, classes.get(FR.term(name), 0)) for name in _COUNTED]
    return respond_with_page(
        "home.html",
        counts=counts,
        documents=get_reader().select(_DOCUMENTS % 8),
        examples=get_site().examples,
    )


@blueprint.get("/documents")
def documents() -> Response:
    """List the documents, the newest first."""
    return answer(
        lambda: respond_with_page("documents.html", documents=get_reader().select(_DOCUMENTS % 2000)),
        vary=False,
    )


@blueprint.get("/actors")
def actors() -> Response:
    """List who says something, those who say most first."""
    return answer(lambda: respond_with_page("actors.html", actors=get_reader().select(_ACTORS)), vary=False)


@blueprint.get("/policies")
def policies() -> Response:
    """List the policies."""
    return answer(
        lambda: respond_with_page("policies.html", policies=get_reader().select(_POLICIES)), vary=False
    )


@blueprint.get("/search")
def search() -> Response:
    """Find resources by a part of their name."""
    wanted = request.args.get("q", "").strip()[:200]
    return answer(lambda: respond_with_page("search.html", wanted=wanted, found=_search(wanted)), vary=False)


def _search(wanted: str) -> list[dict[str, IRI | Literal]]:
    if not wanted:
        return []
    seen, found = set(), []
    for solution in get_reader().select(_SEARCH, wanted=Literal(wanted.lower())):
        if solution["iri"] not in seen:
            seen.add(solution["iri"])
            found.append(solution)
    return found


@blueprint.get("/releases")
def releases() -> Response:
    """List the releases that are kept, the newest first."""
    kept = get_site().reader.list_releases()
    return respond_with_page("releases.html", releases=sorted(kept, key=lambda r: -r.number))


@blueprint.get("/examples/<slug>")
def example(slug: str) -> Response:
    """Run an example query."""
    found = next((e for e in get_site().examples if e.slug == slug), None)
    if not found:
        raise NotFoundError(f"no example query is called {slug!r}")
    return Response(
        status=303, headers={"Location": url_for("protocol.sparql", query=found.text, format="html")}
    )


@blueprint.get("/problems")
def list_problems() -> Response:
    """Explain the kinds of problems that answers can report."""
    ours = [(kind.title, kind.http_status, kind.__doc__ or "") for kind in problems.list_kinds()]
    others = [
        (k().name.capitalize(), k.code or 400, k.description or "") for k in problems.list_kinds_of_http()
    ]
    kinds = [
        (problems.find_kind_slug(title), title, status, text.strip().partition("\n")[0])
        for title, status, text in (*ours, *others)
    ]
    return answer(lambda: respond_with_page("problems.html", kinds=kinds), vary=False)


@blueprint.get("/robots.txt")
def robots() -> Response:
    """Tell crawlers what not to fetch."""
    text = _ROBOTS.format(prefix=get_site().addresses.prefix)
    return Response(text, content_type="text/plain; charset=utf-8")
