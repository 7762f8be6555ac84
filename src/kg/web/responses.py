"""Responses that carry validators: ETag, Vary, and 304 without evaluating anything."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence

from flask import Response, render_template, request

from kg import __version__
from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, negotiate
from kg.web.context import get_reader

_SHORT = 65536  # bytes; a shorter chunk is the last one
_HTML = ("text/html", "application/xhtml+xml")


class Chunks(Iterator[bytes]):
    """An answer whose beginning was already taken; closing it closes what the rest comes from."""

    def __init__(self, first: bytes, rest: Iterator[bytes]) -> None:
        self._first: bytes | None = first
        self._rest = rest

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        return next(self._rest)

    def close(self) -> None:
        """Let go of the worker that writes the rest."""
        if close := getattr(self._rest, "close", None):
            close()


def names_page() -> bool:
    """Tell whether the client names HTML at all; `*/*` alone means data."""
    return any(name in _HTML and quality > 0 for name, quality in request.accept_mimetypes)


def wants_page(offered: Sequence[Format] = (*GRAPH_FORMATS, *SOLUTION_FORMATS)) -> bool:
    """Tell whether the client names HTML and likes nothing that is offered better."""
    return names_page() and negotiate(request.headers.get("Accept"), offered, html=True) is None


def answer(make: Callable[[], Response], *parts: object, vary: bool = True) -> Response:
    """Answer with an ETag, or with 304 where the client has that very answer.

    A release never changes, so the release, the address and `parts` identify an answer before it is made
    (RFC 9110, section 8.8.3, https://www.rfc-editor.org/rfc/rfc9110#name-etag).

    Args:
        make: Makes the response; called only where one is needed.
        parts: What the answer depends on besides release and address, such as the format.
        vary: Whether it was negotiated.
    """
    tag = _find_tag(*parts)
    known = request.if_none_match
    is_known = not known.star_tag and known.contains_weak(tag)
    response = Response(status=304) if is_known else make()
    if is_known:
        del response.headers["Content-Type"]
    response.set_etag(tag)
    response.headers["Cache-Control"] = "no-cache"
    if vary:
        response.vary.add("Accept")
    return response


def _find_tag(*parts: object) -> str:
    known = (__version__, get_reader().release.etag, request.full_path, *parts)
    return hashlib.sha256(repr(known).encode()).hexdigest()[:32]


def respond_with(body: bytes | Iterable[bytes], chosen: Format, name: str = "") -> Response:
    """Make a response of serialised data; `name` is what a browser calls it when it saves it."""
    response = Response(_settle(body), content_type=to_content_type(chosen))
    if name:
        response.headers["Content-Disposition"] = f'inline; filename="{name}.{chosen.extension}"'
    return response


def _settle(body: bytes | Iterable[bytes]) -> bytes | Iterable[bytes]:
    """Take a short answer whole, so that it has a length and fails, if at all, with a proper status."""
    if isinstance(body, bytes):
        return body
    chunks = iter(body)
    first = next(chunks, b"")
    if len(first) >= _SHORT:
        return Chunks(first, chunks)
    second = next(chunks, None)
    return first if second is None else Chunks(first + second, chunks)


def to_content_type(chosen: Format) -> str:
    """Give the Content-Type of a format; text says its charset."""
    is_text = chosen.media_type.startswith("text/")
    return f"{chosen.media_type}; charset=utf-8" if is_text else chosen.media_type


def respond_with_page(template: str, /, **values: object) -> Response:
    """Make a response of a page."""
    return Response(render_template(template, **values), content_type="text/html; charset=utf-8")
