"""The SPARQL endpoint (SPARQL 1.1 Protocol, https://www.w3.org/TR/sparql11-protocol/)."""

import json
from dataclasses import replace

from flask import Blueprint, Response, request

from kg.engines import find_form, find_tokens
from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, find_format, negotiate, serialize_quads
from kg.queries import Form, QueryRequest
from kg.vocab import PREFIXES
from kg.web.context import get_reader, get_site
from kg.web.parameters import Parameters, read_parameters, to_query_request
from kg.web.responses import answer, respond_with, respond_with_page, wants_page
from kg.web.results import read_solutions, read_triples
from kg.web.service_description import describe_service

blueprint = Blueprint("protocol", __name__)

_CHANGING = frozenset(("NOW", "RAND", "UUID", "STRUUID", "BNODE"))
_HTML = ("html", "text/html")
_PAGE = {Form.SELECT: "tsv", Form.ASK: "json", Form.CONSTRUCT: "ntriples", Form.DESCRIBE: "ntriples"}


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> Response:
    """Answer a query; without one, show the form or describe the service."""
    parameters = read_parameters(request)
    if request.method != "POST" and not {"query", "update"} & set(parameters):
        return _introduce(parameters)
    asked = to_query_request(parameters, request.headers.get("Accept"))
    form = find_form(asked.text) or Form.SELECT
    is_page = asked.format in _HTML if asked.format else wants_page(_find_offered(form))
    if not _is_repeatable(asked.text) or request.method == "POST":
        return _vary(_show(asked, form) if is_page else _answer(asked))
    return answer(lambda: _show(asked, form) if is_page else _answer(asked), is_page, asked.accept)


def _find_offered(form: Form) -> tuple[Format, ...]:
    return GRAPH_FORMATS if form.gives_graph else SOLUTION_FORMATS


def _vary(response: Response) -> Response:
    response.vary.add("Accept")
    return response


def _is_repeatable(text: str) -> bool:
    """Tell whether the query gives the same answer twice on the same release."""
    return not any(token.kind == "word" and token.text.upper() in _CHANGING for token in find_tokens(text))


def _answer(asked: QueryRequest) -> Response:
    found = get_reader().evaluate(asked)
    return respond_with(found.chunks, found.format, "results")


def _show(asked: QueryRequest, form: Form) -> Response:
    """Show the beginning of an answer as a page, with links to the whole of it in every format."""
    found = get_reader().evaluate(replace(asked, accept=None, format=_PAGE[form]))
    is_true = json.loads(found.read())["boolean"] if form is Form.ASK else None
    table = None if form is Form.ASK else (read_triples if form.gives_graph else read_solutions)(found)
    return _show_page(
        query=asked.text, table=table, is_true=is_true, offered=_find_offered(form), kept=_keep(asked)
    )


def _keep(asked: QueryRequest) -> dict[str, object]:
    """Give the parameters that ask the same again, in another format."""
    kept = {
        "query": asked.text,
        "default-graph-uri": asked.default_graphs,
        "named-graph-uri": asked.named_graphs,
        "timeout": asked.deadline,
    }
    return {name: value for name, value in kept.items() if value is not None}


def _show_page(query: str, **values: object) -> Response:
    examples = get_site().examples
    example = next((e for e in examples if e.text.split() == query.split()), None)
    formats = (*SOLUTION_FORMATS, *GRAPH_FORMATS)
    common = {"formats": formats, "prefixes": PREFIXES, "examples": examples, "example": example}
    return respond_with_page("sparql.html", query=query, **common, **values)


def _introduce(parameters: Parameters) -> Response:
    """Answer a request without query: the form, or the service description for machines."""
    wanted = parameters.get("format") or parameters.get("output")
    if wanted in _HTML or (not wanted and wants_page(GRAPH_FORMATS)):
        return answer(lambda: _show_page(query=""), "page")
    accept = request.headers.get("Accept")
    chosen = find_format(wanted, GRAPH_FORMATS) if wanted else negotiate(accept, GRAPH_FORMATS)
    assert chosen
    quads = describe_service(get_reader().minter.base, get_reader().minter.mint_graph("release"))
    return answer(lambda: respond_with(serialize_quads(quads, chosen), chosen, "service"), chosen.name)
