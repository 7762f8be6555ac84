"""Errors as answers: problem details (RFC 9457, https://www.rfc-editor.org/rfc/rfc9457) or a page."""

import json
import logging

from flask import Flask, Response, g, render_template, request
from werkzeug.exceptions import (
    HTTPException,
    MethodNotAllowed,
    RequestEntityTooLarge,
    UnsupportedMediaType,
)

from kg.errors import BusyError, Error
from kg.iris import to_slug
from kg.web.context import get_site
from kg.web.responses import wants_page

_LOG = logging.getLogger(__name__)
_MEDIA_TYPE = "application/problem+json"
_RETRY_AFTER = "5"  # seconds
_DETAILS = {
    404: "nothing here has the address {request.path}",
    405: "{request.method} is not possible here",
    413: "the request is larger than this server takes",
}


def install(app: Flask) -> None:
    """Let an application answer every error with a problem."""
    app.register_error_handler(Error, _answer_error)
    app.register_error_handler(HTTPException, _answer_http)
    app.register_error_handler(Exception, _answer_unexpected)


def list_kinds(root: type[Error] = Error) -> list[type[Error]]:
    """Give every kind of error, parents before children."""
    return [root, *(kind for child in root.__subclasses__() for kind in list_kinds(child))]


def list_kinds_of_http() -> list[type[HTTPException]]:
    """Give the kinds of errors that are HTTP's and not ours."""
    return [MethodNotAllowed, RequestEntityTooLarge, UnsupportedMediaType]


def find_kind_slug(title: str) -> str:
    """Give the fragment that a kind of problem has on the page of problems."""
    return to_slug(title)


def _answer_error(error: Error) -> Response:
    if error.http_status >= 500:
        _LOG.warning("%s: %s", error.title, error.message)
    extra = {"remedy": error.remedy} if error.remedy else {}
    details = {name: value for name, value in error.details.items() if value is not None}
    response = _respond(error.http_status, error.title, error.message, extra | details)
    if isinstance(error, BusyError):
        response.headers["Retry-After"] = _RETRY_AFTER
    return response


def _answer_http(error: HTTPException) -> Response:
    if error.code is None or error.code < 400:
        return Response(status=error.code or 204)
    detail = _DETAILS.get(error.code, error.description or error.name)
    response = _respond(error.code, error.name.capitalize(), detail.format(request=request), {})
    for name, value in error.get_headers():
        if name not in ("Content-Type", "Content-Length"):
            response.headers[name] = value
    return response


def _answer_unexpected(error: Exception) -> Response:
    _LOG.error("unexpected error at %s", request.path, exc_info=error)
    return _respond(500, "Internal error", "Something went wrong here; it was logged.", {})


def _respond(status: int, title: str, detail: str, extra: dict[str, object]) -> Response:
    site = get_site()
    problem = {
        "type": f"{site.addresses.base}problems#{find_kind_slug(title)}",
        "title": title,
        "status": status,
        "detail": detail,
        "instance": request.path,
    } | extra
    if wants_page() and "reader" in g:
        page = render_template("problem.html", problem=problem, extra=extra)
        response = Response(page, status, content_type="text/html; charset=utf-8")
    else:
        response = Response(json.dumps(problem, default=str), status, content_type=_MEDIA_TYPE)
    response.vary.add("Accept")
    return response
