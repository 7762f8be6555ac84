"""`kg validate`: data against shapes."""

import sys
from collections.abc import Iterator
from pathlib import Path

import click

from kg.build import Job, check_documents, load_inputs
from kg.cli import options
from kg.cli.querying import open_reader
from kg.errors import NothingCheckedError
from kg.formats import find_format, parse_quads
from kg.iris import Minter
from kg.queries import Reader
from kg.validation import Report, validate_files


@click.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_name", type=click.Choice(["text", "turtle"]), default="text", show_default=True
)
@click.option(
    "--processes", type=click.IntRange(1), help="Documents checked at once.  [default: one per core]"
)
@options.store
@options.base
@click.pass_context
def validate(
    ctx: click.Context,
    files: tuple[Path, ...],
    *,
    format_name: str,
    processes: int | None,
    store: Path,
    base: str | None,
) -> None:
    """Check RDF FILES, or without FILES every document of the current release, against the shapes.

    Files may be Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML; they may refer to the world and the
    vocabulary that come with kg. Warnings are about claims of the sources, which may be wrong and are kept: they do
    not change the exit status.

    \b
    Examples
      kg validate                             the current release
      kg validate mine.ttl                    a file
      kg validate mine.ttl --format turtle    the report as a sh:ValidationReport

    \b
    Exit status: 0 conforms, 1 does not conform (or a file has a syntax error), 2 a file is missing, 5 nothing
    was checked.
    """
    inputs = load_inputs(Minter(options.find_base(base, store)))
    if files:
        report = validate_files(files, inputs.shapes, inputs.context, base=inputs.minter.base)
    else:
        jobs = list(_list_jobs(open_reader(store)))
        if not jobs:
            raise NothingCheckedError(f"the current release of {store} holds no document")
        report = Report.of(r for _, found in check_documents(jobs, inputs, processes) for r in found.results)
    if format_name == "turtle":
        sys.stdout.buffer.write(report.to_turtle())
    else:
        click.echo(report.to_text(), nl=False)
    ctx.exit(0 if report.conforms else 1)


def _list_jobs(reader: Reader) -> Iterator[Job]:
    """Give each document of the release with its provenance and its text."""
    quads_format = find_format("nquads")
    for slug, document in sorted(reader.release.documents.items()):
        found = []
        for name in ("doc", "prov"):
            graph = reader.minter.mint_graph(name, slug)
            triples = reader.graph(graph, format="ntriples").read()
            found += parse_quads(triples, graph, reader.minter.base, quads_format, str(graph))
        yield Job(slug, tuple(found), reader.text(document.text))
