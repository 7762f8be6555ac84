"""The group of all commands, and what becomes of errors."""

import importlib
import os
import sys
from typing import NamedTuple

import click

from kg import __version__
from kg.errors import Error

_INTERRUPTED = 130  # what shells give a program that Ctrl-C ended


class Entry(NamedTuple):
    """A command that is imported when it is called, and the line that `kg --help` has for it."""

    place: str
    summary: str


COMMANDS = {
    "up": Entry("kg.cli.serving:up", "Build the graph and serve it: the quickest way to look around."),
    "build": Entry("kg.cli.building:build", "Make a release of documents."),
    "map": Entry("kg.cli.mapping:map_documents", "Print what documents say, without storing it."),
    "validate": Entry("kg.cli.validating:validate", "Check a release, or RDF files, against the shapes."),
    "query": Entry("kg.cli.querying:query", "Ask a release in SPARQL."),
    "serve": Entry("kg.cli.serving:serve", "Serve the current release over HTTP."),
    "dump": Entry("kg.cli.querying:dump", "Write out a whole release."),
    "releases": Entry("kg.cli.history:releases", "List the releases that are kept."),
    "rollback": Entry("kg.cli.history:rollback", "Make an older release the current one."),
    "diff": Entry("kg.cli.history:diff", "Show what differs between two releases."),
    "withdraw": Entry("kg.cli.history:withdraw", "Take a document out; its addresses answer 410 Gone."),
    "evaluate": Entry("kg.cli.evaluating:evaluate", "Score the mapping against annotated documents."),
}


class Commands(click.Group):
    """Imports a command when it is called, and turns errors into a message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the names in the order a newcomer meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in COMMANDS:
            return None
        module, _, name = COMMANDS[cmd_name].place.partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """List the commands without importing them, so that help comes at once."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.summary) for name, entry in COMMANDS.items()])

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of ours is told without a traceback."""
        try:
            return super().invoke(ctx)
        except Error as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:  # the reader of a pipe has seen enough
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)
        except KeyboardInterrupt:
            click.echo("kg: interrupted", err=True)
            ctx.exit(_INTERRUPTED)


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    """Who said what about forced returns of refugees: documents to a graph you can query.

    \b
    Begin with
      kg up                      build the graph of the sample documents and serve it
      kg build FOLDER            make a release of your own documents
      kg query -f QUERY.rq       ask it
      kg COMMAND --help          learn about a command, with an example

    \b
    Exit status
      0 fine   1 findings: something does not conform   2 wrong use, or an unreadable file
      5 nothing was checked (validate)
    """
