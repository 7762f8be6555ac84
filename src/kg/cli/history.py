"""`kg releases`, `rollback`, `diff` and `withdraw`: the history of a store."""

from pathlib import Path

import click

from kg.build import StoreWriter
from kg.cli import options
from kg.formats import to_canonical_lines
from kg.releases import open_store


@click.command()
@options.store
def releases(*, store: Path) -> None:
    """List the releases that are kept; the current one is marked with an asterisk.

    A release never changes. Ask an older one with `kg query --release NUMBER`.
    """
    opened = open_store(store)
    current = opened.current()
    for release in opened.list():
        mark = "*" if current and release.number == current.number else " "
        click.echo(
            f"{mark} {release.number:>4}  {release.created}  {len(release.documents):>6} documents  "
            f"{release.triples:>9} triples  {len(release.tombstones)} withdrawn"
        )


@click.command()
@click.argument("number", required=False, type=click.IntRange(1))
@options.store
def rollback(number: int | None, *, store: Path) -> None:
    """Make release NUMBER the current one, or without NUMBER the one that the current one was made from.

    Nothing is lost: rolling forward is the same command with a higher NUMBER. A server that runs follows at once.
    Documents that were withdrawn (not purged) after that release are back.

    \b
    Example
      kg rollback 3
    """
    release = open_store(store).rollback(number)
    click.echo(f"release {release.number} is current", err=True)


@click.command()
@click.argument("old", type=click.IntRange(1))
@click.argument("new", type=click.IntRange(1))
@click.option("--brief", is_flag=True, help="Only how many quads differ in each graph.")
@options.store
def diff(old: int, new: int, *, brief: bool, store: Path) -> None:
    """Show which quads release NEW has that OLD had not (after +), and the other way round (after -).

    \b
    Examples
      kg diff 1 2            every quad, as N-Quads
      kg diff 1 2 --brief    how many in each named graph
    """
    for graph in open_store(store).diff(old, new):
        if brief:
            click.echo(f"{graph.graph}  +{len(graph.added)} -{len(graph.removed)}")
            continue
        for sign, quads in (("-", graph.removed), ("+", graph.added)):
            for line in to_canonical_lines(quads).decode().splitlines():
                click.echo(f"{sign} {line}")


@click.command()
@click.argument("slug")
@click.option(
    "--purge", is_flag=True, help="Remove it from all kept releases and texts too. This cannot be undone."
)
@click.option("--reason", help="Why; shown where the document was.")
@options.store
def withdraw(slug: str, *, purge: bool, reason: str | None, store: Path) -> None:
    """Withdraw the document SLUG: it and what only it says go, and its addresses answer 410 Gone.

    Older releases still hold it, and so does a rollback, unless it is purged. It stays out of later builds.

    \b
    Examples
      kg withdraw some-report --reason "retracted by its publisher"
      kg withdraw some-report --purge
    """
    number = StoreWriter(store).withdraw(slug, purge=purge, reason=reason)
    click.echo(f"{slug} is withdrawn{' and purged' if purge else ''}; release {number} is current", err=True)
