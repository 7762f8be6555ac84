"""`kg map`: documents to quads or facts, without a store."""

import json
import sys
from pathlib import Path

import click

from kg.build import load_inputs, map_text
from kg.cli import options
from kg.cli.building import show_progress
from kg.documents import read_documents
from kg.errors import FileError
from kg.formats import find_format, serialize_quads, to_canonical_lines
from kg.iris import DEFAULT_BASE, Minter, to_slug
from kg.model import Document, Quad

_EXTENSIONS = {"trig": "trig", "nquads": "nq", "jsonld": "jsonld", "facts": "json"}


@click.command("map")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--format", "format_name", type=click.Choice(list(_EXTENSIONS)), default="trig", show_default=True
)
@click.option(
    "--out",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder to write one file per document to.",
)
@options.base
@click.pass_context
def map_documents(
    ctx: click.Context, paths: tuple[Path, ...], *, format_name: str, out: Path | None, base: str | None
) -> None:
    """Map the documents found in PATHS (files or folders) and print their quads.

    Nothing is stored and nothing is validated. The format "facts" is JSON that says who said what, with which
    figures and norms, read back from the quads. With --out every document becomes a file of its own.

    \b
    Examples
      kg map report.txt                             quads in TriG
      kg map report.txt --format facts              JSON
      kg map reports/ --format facts --out facts    one JSON file per document

    Exit status: 2 when a file could not be read; the others are mapped.
    """
    reading = read_documents(paths)
    for notice in reading.notices:
        click.echo(f"notice: {notice}", err=True)
    for failure in reading.failures:
        click.echo(f"not read: {failure.path}: {failure.reason}", err=True)
    if not reading.documents:
        raise FileError("nothing could be read")
    minter = Minter(base or DEFAULT_BASE)
    inputs = load_inputs(minter)
    mapped = []
    with show_progress() as tell:
        for number, document in enumerate(reading.documents, 1):
            mapped.append((document, map_text(document, inputs)))
            tell("map", number, len(reading.documents))
    if format_name == "facts":
        _write_facts(mapped, [*inputs.vocabulary, *inputs.world], minter, out)
    else:
        _write_quads(mapped, format_name, out)
    ctx.exit(2 if reading.failures else 0)


def _write_quads(mapped: list[tuple[Document, list[Quad]]], name: str, out: Path | None) -> None:
    def serialize(quads: list[Quad]) -> bytes:
        return to_canonical_lines(quads) if name == "nquads" else serialize_quads(quads, find_format(name))

    if out is None:
        sys.stdout.buffer.write(serialize([q for _, quads in mapped for q in quads]))
        return
    out.mkdir(parents=True, exist_ok=True)
    for document, quads in mapped:
        (out / f"{document.slug}.{_EXTENSIONS[name]}").write_bytes(serialize(quads))


def _write_facts(
    mapped: list[tuple[Document, list[Quad]]], curated: list[Quad], minter: Minter, out: Path | None
) -> None:
    from kg.evaluation import read_facts

    facts = read_facts([q for _, quads in mapped for q in quads], curated, minter)
    if out is None:
        click.echo(json.dumps([facts[document.slug] for document, _ in mapped], ensure_ascii=False, indent=1))
        return
    out.mkdir(parents=True, exist_ok=True)
    for document, _ in mapped:
        text = json.dumps(facts[document.slug], ensure_ascii=False, indent=1)
        (out / f"{to_stem(document)}.json").write_text(text + "\n", encoding="utf-8")


def to_stem(document: Document) -> str:
    """Name the file of a document's facts: the stem of its input, and what the slug adds (`-2`, `-item-3`)."""
    stem = Path(document.file).stem
    return stem + document.slug.removeprefix(to_slug(stem) or f"doc-{document.digest[:8]}")
