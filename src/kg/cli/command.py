"""The group of all commands, and what becomes of errors."""

import importlib

import click

from kg import __version__
from kg.errors import Error

_COMMANDS = {
    "up": "kg.cli.serving:up",
    "build": "kg.cli.building:build",
    "map": "kg.cli.mapping:map_documents",
    "validate": "kg.cli.validating:validate",
    "query": "kg.cli.querying:query",
    "serve": "kg.cli.serving:serve",
    "dump": "kg.cli.querying:dump",
    "releases": "kg.cli.history:releases",
    "rollback": "kg.cli.history:rollback",
    "diff": "kg.cli.history:diff",
    "withdraw": "kg.cli.history:withdraw",
    "evaluate": "kg.cli.evaluating:evaluate",
}


class Commands(click.Group):
    """Imports a command when it is called, and turns errors into a message and an exit status."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Give the names in the order a newcomer meets them."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Import one command."""
        if cmd_name not in _COMMANDS:
            return None
        module, _, name = _COMMANDS[cmd_name].partition(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Run a command; an error of ours is told without a traceback."""
        try:
            return super().invoke(ctx)
        except Error as error:
            click.echo(f"kg: {error}", err=True)
            ctx.exit(error.exit_status)
        except BrokenPipeError:
            ctx.exit(0)


@click.command(
    cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="kg")
def main() -> None:
    r"""Who said what about forced returns of refugees: documents to a graph you can query.

    \b
    Begin with
      kg up                      build the graph of the sample documents and serve it
      kg build FOLDER            make a release of your own documents
      kg query -f QUERY.rq       ask it

    Exit status: 0 fine, 1 findings, 2 wrong use or unreadable input, 5 nothing was checked.
    """
