"""Metadata as front matter and JSON give it: keys of several spellings, values of several types."""

import datetime as dt
from collections.abc import Mapping

from kg.documents.dates import parse_date
from kg.documents.source import Metadata
from kg.model import PartialDate

_KEYS = {
    "title": ("title", "headline"),
    "publisher": ("publisher", "site", "sitename"),
    "language": ("language", "lang"),
    "genre": ("genre",),
    "source": ("source", "url", "link"),
    "rights": ("rights", "license", "licence"),
}


def read_fields(fields: Mapping[str, object]) -> Metadata:
    """Read the metadata among `fields`; unknown keys and values of another type are ignored."""
    known = {name: _first_text(fields, keys) for name, keys in _KEYS.items()}
    language = known.pop("language")
    return Metadata(
        **known,
        language=language.split("-")[0].lower() if language else None,
        published=_to_date(fields.get("date") or fields.get("published")),
        show_text=fields.get("show_text") is True,
    )


def _first_text(fields: Mapping[str, object], keys: tuple[str, ...]) -> str | None:
    values = (fields.get(key) for key in keys)
    return next((value.strip() for value in values if isinstance(value, str) and value.strip()), None)


def _to_date(value: object) -> PartialDate | None:
    """Read a date that YAML or JSON gives as a date, a year or a text."""
    match value:
        case dt.date():
            return PartialDate(value.year, value.month, value.day)
        case bool():
            return None
        case int():
            return parse_date(str(value))
        case str():
            return parse_date(value)
    return None
