"""JSON files: one document, a list of them, or reports as the ReliefWeb API gives them."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.documents.fields import read_fields, to_date
from kg.documents.markdown import strip_marks
from kg.documents.source import Metadata, Source, UnreadableError
from kg.documents.web_page import extract_text
from kg.iris import to_slug


def read_json(path: Path, content: str) -> tuple[Source, ...]:
    """Read a JSON file.

    Its content is an object with `text` or `body`, or a list of such objects, or an answer of the
    ReliefWeb API (https://apidoc.reliefweb.int/): `{"data": [{"id": …, "fields": {…}}]}`, or one of these.

    Raises:
        UnreadableError: It is not JSON, or one of its items has no text.
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
    return tuple(
        _read_item(item, f"{stem}-item-{n}".strip("-"), path.name, f"item {n}")
        for n, item in enumerate(value, 1)
    )


def _read_item(item: object, slug: str, file: str, what: str) -> Source:
    if not isinstance(item, dict):
        raise UnreadableError(f"{what} is not an object")
    fields = item.get("fields")
    text, known = _read_report(fields) if isinstance(fields, dict) else _read_plain(item)
    if not text.strip():
        raise UnreadableError(f"{what} has no text (expected a member 'text' or 'body')")
    return Source(slug, file, text, known)


def _read_plain(item: Mapping[str, object]) -> tuple[str, Metadata]:
    text = next((value for key in ("text", "body") if isinstance(value := item.get(key), str)), "")
    return _normalise(text), read_fields(item)


def _read_report(fields: Mapping[str, object]) -> tuple[str, Metadata]:
    """Read a ReliefWeb report; its `body` is Markdown, its `body-html` the same as HTML."""
    body, html = fields.get("body"), fields.get("body-html")
    if isinstance(html, str) and html.strip():
        text = extract_text(html)
    else:
        lines = _normalise(body if isinstance(body, str) else "").split("\n")
        text = "\n".join(strip_marks(line.lstrip("#> ")) for line in lines)
    dates = _first(fields.get("date"))
    source = _first(fields.get("source"))
    known = read_fields({
        "title": fields.get("title"),
        "publisher": source.get("name") or source.get("shortname"),
        "url": fields.get("url"),
        "language": _first(fields.get("language")).get("code"),
        "date": None,
    })  # fmt: skip
    return text, _with_date(known, dates)


def _with_date(known: Metadata, dates: Mapping[str, object]) -> Metadata:
    from dataclasses import replace

    return replace(known, published=to_date(dates.get("original") or dates.get("created")))


def _first(value: object) -> Mapping[str, object]:
    """Give an object, or the first of a list of them; an empty one for anything else."""
    items: Iterable[object] = value if isinstance(value, list) else (value,)
    return next((item for item in items if isinstance(item, dict)), {})


def _normalise(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
