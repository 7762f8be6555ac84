"""A query request as it comes over HTTP.

SPARQL 1.1 Protocol, section 2.1, https://www.w3.org/TR/sparql11-protocol/#query-operation.
"""

import math
from collections.abc import Callable
from urllib.parse import unquote_to_bytes

from flask import Request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import RequestEntityTooLarge, UnsupportedMediaType

from kg.errors import UsageError
from kg.formats import to_oxigraph_term
from kg.model import IRI
from kg.queries import QueryRequest

MAX_QUERY = 1 << 20  # bytes
QUERY = "application/sparql-query"
FORM = "application/x-www-form-urlencoded"

Parameters = MultiDict[str, str]


def read_parameters(request: Request) -> Parameters:
    """Read all parameters of a request, from address and body; a query sent directly is one of them.

    Raises:
        RequestEntityTooLarge: The query is longer than 1 MiB.
        UnsupportedMediaType: The body is neither a form nor a query, or not in UTF-8.
        UsageError: Something is not valid UTF-8.
    """
    _check_encoding(request.query_string)
    found = Parameters(request.args)
    if request.method == "POST":
        read = _READERS.get(request.mimetype)
        charset = request.mimetype_params.get("charset", "utf-8").lower()
        if not read or charset not in ("utf-8", "utf8"):
            raise UnsupportedMediaType(f"send {FORM} or {QUERY}, in UTF-8")
        found.update(read(request))
    if any(len(text.encode()) > MAX_QUERY for text in found.getlist("query")):
        raise RequestEntityTooLarge(f"a query may have {MAX_QUERY} bytes")
    return found


def _read_form(request: Request) -> Parameters:
    _check_encoding(request.get_data())
    return Parameters(request.form)


def _check_encoding(data: bytes) -> None:
    _decode(unquote_to_bytes(data))


def _read_query(request: Request) -> Parameters:
    return Parameters({"query": _decode(request.get_data())})


def _decode(data: bytes) -> str:
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        raise UsageError("the request is not valid UTF-8", byte=error.start) from error


_READERS: dict[str, Callable[[Request], Parameters]] = {FORM: _read_form, QUERY: _read_query}


def to_query_request(parameters: Parameters, accept: str | None) -> QueryRequest:
    """Turn parameters into a request to a reader.

    Raises:
        UsageError: There is not exactly one query, or a parameter cannot be read.
    """
    return QueryRequest(
        text=_find_query(parameters),
        accept=accept,
        format=_find_last(parameters, "format", "output"),
        default_graphs=_find_graphs(parameters, "default-graph-uri"),
        named_graphs=_find_graphs(parameters, "named-graph-uri"),
        deadline=_find_deadline(parameters),
    )


def _find_query(parameters: Parameters) -> str:
    found = parameters.getlist("query")
    if "update" in parameters:
        raise UsageError("updates are not taken here", remedy="Send a query in the parameter 'query'.")
    if len(found) != 1:
        number = "several queries" if found else "no query"
        raise UsageError(f"the request has {number}", remedy="Send exactly one parameter 'query'.")
    if not found[0].strip():
        raise UsageError("the query is empty", remedy="Begin with: SELECT * { ?s ?p ?o } LIMIT 10")
    return found[0]


def _find_last(parameters: Parameters, *names: str) -> str | None:
    return next((value for name in names if (value := parameters.get(name, "").strip())), None)


def _find_graphs(parameters: Parameters, name: str) -> tuple[IRI, ...] | None:
    found = parameters.getlist(name)
    return tuple(_to_iri(name, text) for text in found) if found else None


def _to_iri(name: str, text: str) -> IRI:
    try:
        to_oxigraph_term(IRI(text))
    except ValueError as error:
        raise UsageError(f"{name} is not an absolute IRI: {text[:200]!r}") from error
    return IRI(text)


def _find_deadline(parameters: Parameters) -> float | None:
    text = _find_last(parameters, "timeout")
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = math.nan
    if not 0 < seconds < math.inf:
        raise UsageError(f"timeout is not a positive number of seconds: {text[:50]!r}")
    return seconds
