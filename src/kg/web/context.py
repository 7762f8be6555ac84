"""What a request may use: one release, seen by one reader, from its first line to its last."""

from dataclasses import dataclass
from typing import cast

from flask import Flask, current_app, g

from kg.model import Writer
from kg.queries import Example, Reader
from kg.web.addresses import Addresses

_KEY = "kg"


@dataclass(frozen=True, slots=True)
class Site:
    """What the application was created with."""

    reader: Reader
    writer: Writer | None
    examples: tuple[Example, ...]
    addresses: Addresses


def install(app: Flask, site: Site) -> None:
    """Give an application its site, and every request a reader of the release that is then current."""
    app.extensions[_KEY] = site
    app.before_request(_pin_reader)


def get_site() -> Site:
    """Give the site of the application that handles this request."""
    return cast("Site", current_app.extensions[_KEY])


def get_reader() -> Reader:
    """Give the reader of this request; its release does not change while the request lasts."""
    return cast("Reader", g.reader)


def _pin_reader() -> None:
    reader = get_site().reader
    reader.refresh()
    g.reader = reader.at(reader.release.number)
