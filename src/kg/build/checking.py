"""Checks the documents of a release again, on all cores."""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import NamedTuple

from kg.build.inputs import Inputs
from kg.model import Quad
from kg.validation import Report, validate_document


class Job(NamedTuple):
    """The quads of one document, provenance included, and its text."""

    slug: str
    quads: tuple[Quad, ...]
    text: str


def check_documents(
    jobs: Sequence[Job], inputs: Inputs, processes: int | None = None
) -> Iterator[tuple[str, Report]]:
    """Validate documents as the build does, and give the report of each by slug, in their order.

    Args:
        jobs: What is to be checked.
        inputs: Shapes, vocabulary and world.
        processes: How many processes to use; None means one per core.
    """
    count = min(processes or len(os.sched_getaffinity(0)), len(jobs))
    if count < 2:
        yield from zip(_slugs(jobs), (_check(job, inputs) for job in jobs), strict=True)
        return
    with ProcessPoolExecutor(count, get_context("spawn"), _remember, (inputs,)) as pool:
        yield from zip(_slugs(jobs), pool.map(_check_remembered, jobs), strict=True)


def _slugs(jobs: Iterable[Job]) -> Iterator[str]:
    return (job.slug for job in jobs)


def _check(job: Job, inputs: Inputs) -> Report:
    return validate_document(job.quads, job.text, inputs.shapes, inputs.context)


_remembered: list[Inputs] = []  # of this process, so that they are sent once


def _remember(inputs: Inputs) -> None:
    _remembered.append(inputs)


def _check_remembered(job: Job) -> Report:
    return _check(job, _remembered[-1])
