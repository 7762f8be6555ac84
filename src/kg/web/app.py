"""The application factory."""

from flask import Flask, Response, request

from kg.model import Writer
from kg.queries import Example, Reader
from kg.web import context, pages, problems, protocol, rendering, resources
from kg.web.addresses import Addresses

MAX_BODY = 4 << 20  # bytes; a query of 1 MiB may need three times that when it is sent as a form

_HEADERS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Retry-After, Content-Disposition",
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'none'; object-src 'none'; base-uri 'none'; "
        "form-action 'self'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
_PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Accept-Language, Authorization, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def create_app(reader: Reader, writer: Writer | None = None, *, examples: tuple[Example, ...] = ()) -> Flask:
    """Create the application.

    It is mounted at the path of the release's base IRI, and never looks at the Host header.

    Args:
        reader: What answers; it follows the current release of its store.
        writer: What publishes changes; None makes the application read-only.
        examples: Queries that pages offer to run.

    Returns:
        A WSGI application.
    """
    addresses = Addresses(reader.release.base)
    app = Flask(__name__, static_url_path=f"{addresses.prefix}/static")
    app.config.update(MAX_CONTENT_LENGTH=MAX_BODY, MAX_FORM_MEMORY_SIZE=MAX_BODY)
    app.url_map.strict_slashes = False  # a redirect to the form with a slash would name the Host header
    app.url_map.merge_slashes = False
    context.install(app, context.Site(reader, writer, examples, addresses))
    rendering.install(app, addresses)
    problems.install(app)
    for blueprint in (protocol.blueprint, resources.blueprint, pages.blueprint):
        app.register_blueprint(blueprint, url_prefix=addresses.prefix or None)
    app.after_request(_finish)
    return app


def _finish(response: Response) -> Response:
    response.headers.extend(_HEADERS)
    if request.method == "OPTIONS":
        response.headers.extend(_PREFLIGHT)
    if request.method == "HEAD":
        response.close()  # lets go of the worker that would go on writing
    return response
