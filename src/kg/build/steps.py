"""The build: read, extract, map, validate, stage, publish."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

import kg
from kg.build.inputs import Inputs, load_inputs
from kg.build.outcomes import Mapper, Outcome, find_outcomes
from kg.build.plan import Plan, Stage, has_changed, make_plan, to_fields, to_info
from kg.build.quarantine import Quarantine
from kg.build.report import BuildReport
from kg.documents import Reading, read_documents
from kg.errors import FileError, StoreError
from kg.mapping import map_document
from kg.model import Document, Quad
from kg.releases import Releases, Staging, open_store

Progress = Callable[[str, int, int], None]
"""Told the step, how many documents are done and how many there are."""


def build(
    paths: Iterable[Path],
    store: Path,
    base: str,
    *,
    add: bool = False,
    processes: int | None = None,
    progress: Progress | None = None,
    mapper: Mapper | None = None,
    inputs: Inputs | None = None,
) -> BuildReport:
    """Make a release of the documents found in `paths`, and publish it.

    A document that did not change since the current release (text, metadata, vocabulary, shapes,
    corrections, software, base) keeps its graphs and is not mapped again. Where nothing changed at all,
    nothing is published. A withdrawn document stays withdrawn.

    Args:
        paths: Files and folders.
        store: Folder of the releases; made if it is not there.
        base: The base IRI.
        add: Whether documents of the current release that are not found in `paths` stay.
        processes: How many documents to map at once; None means one per core.
        progress: Called with the step ("read", "map", "publish"), how many documents are done, and how
            many there are.
        mapper: How a document is mapped; None means `map_text`.
        inputs: What documents are mapped with, loaded for the same base; None means `load_inputs`.

    Raises:
        FileError: Nothing could be read.
        StoreError: With `add`, the store has another base; or a triple stands in two named graphs.
        UsageError: Two documents have the same slug, or a correction is incomplete.
        BusyError: Another process is writing.
    """
    tell = progress or _say_nothing
    releases = open_store(store, base, create=True)
    _check_base(releases, add=add)
    tell("read", 0, 0)
    inputs = inputs or load_inputs(releases.minter)
    assert inputs.minter == releases.minter
    reading = read_documents(paths)
    _check_reading(reading)
    with releases.stage() as staging:
        plan = make_plan(reading.documents, inputs, staging, add=add)
        outcomes = find_outcomes(plan.to_map, inputs, mapper or map_text, processes)
        found = {outcome.slug: outcome for outcome in _count(outcomes, len(plan.to_map), tell)}
        tell("publish", 0, 0)
        return _publish(staging, inputs, plan, found, Quarantine(store), reading)


def map_text(document: Document, inputs: Inputs) -> list[Quad]:
    """Extract what a document says and map it to quads."""
    from kg.extraction import extract

    facts = extract(document, inputs.lexicon)
    vocabulary = inputs.digests["vocabulary"]
    return map_document(document, facts, inputs.minter, inputs.bounds, kg.__version__, vocabulary)


def _publish(
    staging: Staging,
    inputs: Inputs,
    plan: Plan,
    outcomes: Mapping[str, Outcome],
    quarantine: Quarantine,
    reading: Reading,
) -> BuildReport:
    passed = {slug for slug, outcome in outcomes.items() if outcome.report and outcome.report.conforms}
    documents = dict(plan.kept)
    stage = Stage(staging, inputs)
    stage.put_curated()
    for document in plan.to_map:
        if document.slug in passed:
            stage.put_document(document, outcomes[document.slug])
            documents[document.slug] = to_info(document, plan.keys[document.slug])
    removed = stage.remove_others(documents)
    stage.put_links(plan.kept)
    stage.put_derived()
    fields = to_fields(documents, inputs, staging)
    is_new = has_changed(fields, staging)
    release = staging.publish(fields) if is_new else staging.current
    assert release
    quarantined = {s: o.report for s, o in outcomes.items() if o.report and not o.report.conforms}
    quarantine.replace(quarantined, (*documents, *outcomes))
    return BuildReport(
        release,
        is_new,
        mapped=tuple(sorted(passed)),
        kept=tuple(sorted(plan.kept)),
        removed=tuple(slug for slug in removed if slug not in outcomes),
        reports={slug: report for slug, o in outcomes.items() if (report := o.report)},
        quarantined=quarantined,
        failures=(
            *(f"{failure.path}: {failure.reason}" for failure in reading.failures),
            *(f"{slug}: {outcome.error}" for slug, outcome in outcomes.items() if outcome.error),
        ),
        notices=(*reading.notices, *_find_notices(plan, outcomes)),
    )


def _find_notices(plan: Plan, outcomes: Mapping[str, Outcome]) -> Iterator[str]:
    yield from (f"{slug} was withdrawn and stays so" for slug in plan.withdrawn)
    yield from (notice for outcome in outcomes.values() for notice in outcome.notices)


def _check_base(releases: Releases, *, add: bool) -> None:
    """Refuse to keep documents whose IRIs begin with another base."""
    current = releases.current()
    if add and current and current.base != releases.base:
        raise StoreError(
            f"the documents of {releases.path} have the base {current.base}, not {releases.base}",
            remedy="Build all documents anew, without --add, or use another store.",
        )


def _check_reading(reading: Reading) -> None:
    """Refuse to publish a release without documents because of a mistyped path or an empty folder."""
    if reading.failures and not reading.documents:
        reasons = "\n  ".join(f"{failure.path}: {failure.reason}" for failure in reading.failures)
        raise FileError(f"nothing could be read:\n  {reasons}")
    if not reading.documents:
        raise FileError(
            "no document was found there",
            remedy="Documents are .txt, .md, .html and .json files, or folders of them.",
        )


def _count(outcomes: Iterable[Outcome], total: int, tell: Progress) -> Iterator[Outcome]:
    tell("map", 0, total)
    for number, outcome in enumerate(outcomes, 1):
        yield outcome
        tell("map", number, total)


def _say_nothing(step: str, done: int, total: int) -> None:
    """Keep quiet about progress."""
