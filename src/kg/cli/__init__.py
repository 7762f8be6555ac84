"""The `kg` command: arguments in, one call, text and exit status out."""

from kg.cli.command import main

__all__ = ["main"]
