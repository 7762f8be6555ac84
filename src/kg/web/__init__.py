"""The HTTP face of a release: SPARQL protocol, linked data and pages, by an application factory."""

from kg.web.app import create_app
from kg.web.server import Server, serve

__all__ = ["Server", "create_app", "serve"]
