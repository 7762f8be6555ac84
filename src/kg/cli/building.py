"""`kg build`: documents to a release."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kg.build import BuildReport, load_inputs
from kg.build import Progress as Tell
from kg.build import build as build_release
from kg.cli import options
from kg.iris import Minter


@click.command()
@options.paths
@click.option(
    "--add", is_flag=True, help="Keep the documents of the current release that are not found in PATHS."
)
@click.option(
    "--processes", type=click.IntRange(1), help="Documents mapped at once.  [default: one per core]"
)
@click.option(
    "--corrections",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of curators' corrections.  [default: those that come with kg]",
)
@options.store
@options.base
@click.pass_context
def build(
    ctx: click.Context,
    paths: tuple[Path, ...],
    *,
    add: bool,
    processes: int | None,
    corrections: Path | None,
    store: Path,
    base: str | None,
) -> None:
    """Make a release of the documents found in PATHS: files or folders, or without PATHS the samples.

    Read are .txt, .md with front matter, .html and .json. The release holds exactly these documents, or with
    --add also those it held before. Unchanged documents are not mapped again.

    A document that does not conform to the shapes is left out, and its report is kept in STORE/quarantine. A file
    that cannot be read is named. The others go on.

    \b
    Examples
      kg build                       the sample documents
      kg build reports/              exactly the documents of a folder
      kg build --add new-report.md   one more

    \b
    Exit status: 1 when a document was left out because it does not conform, 2 when a file could not be read.
    """
    report = run_build(
        paths, store, options.find_base(base, store), add=add, processes=processes, corrections=corrections
    )
    ctx.exit(report.exit_status)


def run_build(
    paths: tuple[Path, ...],
    store: Path,
    base: str,
    *,
    add: bool = False,
    processes: int | None = None,
    corrections: Path | None = None,
) -> BuildReport:
    """Build with a progress bar where a person looks on, and tell what became of every document."""
    inputs = load_inputs(Minter(base), corrections) if corrections else None
    with show_progress() as tell:
        report = build_release(
            paths or (options.find_samples(),),
            store,
            base,
            add=add,
            processes=processes,
            progress=tell,
            inputs=inputs,
        )
    for line in describe(report, store):
        click.echo(line, err=True)
    return report


@contextmanager
def show_progress() -> Iterator[Tell]:
    """Show a progress bar on the error stream where that is a terminal."""
    console = Console(stderr=True)
    columns = (TextColumn("{task.description:8}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bar:
        task = bar.add_task("read", total=None)

        def tell(step: str, done: int, total: int) -> None:
            bar.update(task, description=step, completed=done, total=total or None)

        yield tell


def describe(report: BuildReport, store: Path) -> Iterator[str]:
    """Tell in lines what a build did."""
    yield from (f"notice: {notice}" for notice in report.notices)
    yield from (f"not read: {failure}" for failure in report.failures)
    for slug, found in report.quarantined.items():
        yield f"left out: {slug} ({len(found.violations)} violations, see {store / 'quarantine' / slug}.txt)"
        yield from (f"    {violation.message}" for violation in found.violations[:3])
    warnings = sum(len(found.warnings) for found in report.reports.values())
    release = report.release
    state = "published" if report.is_new else "nothing changed: still"
    yield (
        f"{state} release {release.number}: {len(release.documents)} documents "
        f"({len(report.mapped)} mapped, {len(report.kept)} unchanged, {len(report.removed)} removed), "
        f"{release.triples} triples, {warnings} warnings"
    )
