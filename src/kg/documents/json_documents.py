"""JSON files: one document, a list of them, or reports as the ReliefWeb API gives them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.documents.decode import check_text
from kg.documents.fields import read_fields
from kg.documents.markdown import read_paragraphs
from kg.documents.paragraphs import join_paragraphs
from kg.documents.phrases import look_up
from kg.documents.source import Metadata, Source, UnreadableError
from kg.documents.web_page import read_fragment
from kg.iris import to_slug
from kg.model import Block

_Read = tuple[str, tuple[Block, ...], Metadata]


def read_json(path: Path, content: str) -> tuple[Source | UnreadableError, ...]:
    """Read a JSON file.

    Its content is an object with `text` or `body`, or a list of such objects, or an answer of the
    ReliefWeb API (https://apidoc.reliefweb.int/): `{"data": [{"id": …, "fields": {…}}]}`, or one of these.

    Returns:
        A source for each item; for one without text the error that says so.

    Raises:
        UnreadableError: It is not JSON, or holds no such objects.
    """
    try:
        value = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise UnreadableError(f"not JSON: {error}") from error
    if isinstance(value, dict) and isinstance(value.get("data"), list):
        value = value["data"]
    stem = to_slug(path.stem)
    if isinstance(value, dict):
        return (_read_item(value, stem, path.name, "the object"),)
    if not isinstance(value, list) or not value:
        raise UnreadableError("neither an object nor a list of objects")
    numbered = ((f"{stem}-item-{n}" if stem else "", f"item {n}", item) for n, item in enumerate(value, 1))
    return tuple(_read_item(item, slug, path.name, what) for slug, what, item in numbered)


def _read_item(item: object, slug: str, file: str, what: str) -> Source | UnreadableError:
    if not isinstance(item, dict):
        return UnreadableError(f"{what} is not an object")
    if {"document", "statements"} <= item.keys():
        return UnreadableError(f"{what} is an annotation, not a document")
    fields = item.get("fields")
    try:
        text, marks, known = _read_report(fields) if isinstance(fields, dict) else _read_plain(item)
    except UnreadableError as error:
        return UnreadableError(f"{what}: {error}")
    if not text.strip():
        return UnreadableError(f"{what} has no text (expected a member 'text' or 'body')")
    return Source(slug, file, text, known, marks)


def _read_plain(item: Mapping[str, object]) -> _Read:
    text = next((value for key in ("text", "body") if isinstance(value := item.get(key), str)), "")
    return check_text(text), (), read_fields(item)


def _read_report(fields: Mapping[str, object]) -> _Read:
    """Read a ReliefWeb report; its `body` is Markdown, its `body-html` the same as HTML."""
    body, html = fields.get("body"), fields.get("body-html")
    is_html = isinstance(html, str) and html.strip()
    content = check_text(str(html) if is_html else body if isinstance(body, str) else "")
    text, marks = join_paragraphs(read_fragment(content) if is_html else read_paragraphs(content))
    dates = _first(fields.get("date"))
    source = _first(fields.get("source"))
    form = _first(fields.get("format")).get("name")
    known = {
        "title": fields.get("title"),
        "publisher": source.get("name") or source.get("shortname"),
        "date": dates.get("original") or dates.get("created"),
        "language": _first(fields.get("language")).get("code"),
        "genre": look_up(form, "labels") if isinstance(form, str) else None,
        "url": fields.get("url"),
    }
    return text, marks, read_fields(known)


def _first(value: object) -> Mapping[str, object]:
    """Give an object, or the first of a list of them; an empty one for anything else."""
    items: Iterable[object] = value if isinstance(value, list) else (value,)
    return next((item for item in items if isinstance(item, dict)), {})
