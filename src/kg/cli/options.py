"""Options that several commands share, each with its environment variable."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from kg.iris import DEFAULT_BASE
from kg.resources import find_resource

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]

store: Decorator = click.option(
    "--store",
    envvar="KG_STORE",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("kg-store"),
    show_default=True,
    show_envvar=True,
    help="Folder that holds the releases.",
)
base: Decorator = click.option(
    "--base",
    envvar="KG_BASE_IRI",
    metavar="IRI",
    show_envvar=True,
    help=f"Base of all IRIs: where the graph is served.  [default: the store's, or {DEFAULT_BASE}]",
)
host: Decorator = click.option(
    "--host",
    envvar="KG_HOST",
    default="127.0.0.1",
    show_default=True,
    show_envvar=True,
    help="Address to listen on.",
)
port: Decorator = click.option(
    "--port",
    envvar="KG_PORT",
    type=click.IntRange(1, 65535),
    default=8000,
    show_default=True,
    show_envvar=True,
    help="Port to listen on.",
)
workers: Decorator = click.option(
    "--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Query processes."
)
timeout: Decorator = click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=30.0,
    show_default=True,
    help="Seconds a query may take.",
)
paths: Decorator = click.argument("paths", nargs=-1, type=click.Path(path_type=Path))


def find_samples() -> Path:
    """Give the folder of the sample documents."""
    return find_resource("data/documents")


def find_base(given: str | None, folder: Path) -> str:
    """Choose the base: what was given, else that of the store, else the default."""
    from kg.releases import open_store

    if given:
        return given
    if not (folder / "current").exists():
        return DEFAULT_BASE
    return open_store(folder).base
