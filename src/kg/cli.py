"""The `kg` command."""

import click

from kg import __version__


@click.group()
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Map documents about forced returns to a knowledge graph, check it, query it, serve it."""
