"""`kg query` and `kg dump`: ask the current release, or write it out."""

import csv
import io
import sys
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from kg.cli import options
from kg.errors import UsageError
from kg.queries import QueryRequest, Reader


def open_reader(store: Path, number: int | None = None) -> Reader:
    """Open a release of a store for reading, in this process: the current one, or that of a number."""
    from kg.engines import open_local
    from kg.releases import open_store

    releases = open_store(store)
    release = releases.get(number) if number else releases.current()
    if release is None:
        raise UsageError(f"{store} holds no release yet", remedy="Run `kg build` first.")
    return Reader(release, open_local(release.database))


@click.command()
@click.argument("text", required=False)
@click.option(
    "-f",
    "--file",
    type=click.File("r", encoding="utf-8"),
    help="Read the query from a file (- for standard input).",
)
@click.option(
    "--format",
    "format_name",
    help="json, xml, csv, tsv; turtle, ntriples, jsonld, rdfxml.  [default: a table on a terminal]",
)
@click.option("--release", type=click.IntRange(1), help="Ask an older release.")
@options.store
def query(
    text: str | None, file: io.TextIOBase | None, *, format_name: str | None, release: int | None, store: Path
) -> None:
    """Evaluate a SPARQL query TEXT, or one from a file, on the current release.

    The project's prefixes (fr:, frv:, schema:, skos:, dct:, prov: …) are declared already, and relative IRIs
    begin at the base: <id/actor/unhcr>. The default graph is the union of all named graphs.

    \b
    Examples
      kg query 'SELECT ?name { ?a a fr:NGO ; skos:prefLabel ?name } LIMIT 5'
      kg query 'DESCRIBE <id/actor/unhcr>' --format turtle
      kg query -f question.rq --format csv
      echo 'ASK { ?s a fr:Demand }' | kg query -f -

    Exit status: 2 when the query cannot be parsed; the message names line and column.
    """
    if (text is None) == (file is None):
        raise click.UsageError("Give a query as TEXT or with -f FILE.")
    reader = open_reader(store, release)
    request = QueryRequest(text or (file.read() if file else ""), format=format_name)
    if format_name is None and sys.stdout.isatty():
        _print_table(reader, request)
        return
    stream = sys.stdout.buffer
    for chunk in reader.evaluate(request).chunks:
        stream.write(chunk)


def _print_table(reader: Reader, request: QueryRequest) -> None:
    """Print solutions as a table; graphs and booleans as they are."""
    from kg.engines import Form, find_form

    form = find_form(request.text)
    if form is not Form.SELECT:
        click.echo(reader.evaluate(request).read().decode())
        return
    answer = reader.evaluate(QueryRequest(request.text, format="csv")).read().decode()
    header, *solutions = csv.reader(io.StringIO(answer))
    table = Table(*header, show_lines=False)
    for solution in solutions:
        table.add_row(*solution)
    console = Console()
    console.print(table)
    console.print(f"{len(solutions)} solutions, release {reader.release.number}")


@click.command()
@click.option(
    "--format",
    "format_name",
    type=click.Choice(["nquads", "trig", "jsonld"]),
    default="nquads",
    show_default=True,
)
@click.option(
    "-o",
    "--output",
    type=click.File("wb", lazy=True),
    default="-",
    help="File to write to.  [default: standard output]",
)
@options.store
def dump(*, format_name: str, output: io.BufferedIOBase, store: Path) -> None:
    """Write the whole current release, all named graphs.

    \b
    Examples
      kg dump -o release.nq
      kg dump --format trig | less
    """
    output.writelines(open_reader(store).dump(format_name))
