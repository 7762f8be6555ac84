"""One document from text to checked quads: what runs in every process of the build."""

import os
import pickle
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from tempfile import NamedTemporaryFile

from kg.build.corrections import apply_corrections
from kg.build.inputs import Inputs
from kg.model import Document, Quad
from kg.validation import Report, validate_document

Mapper = Callable[[Document, Inputs], list[Quad]]
"""Maps one document to the quads of its graph, its provenance graph and the links graph."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one document: its quads and its report, or the error that befell the mapping."""

    slug: str
    quads: tuple[Quad, ...] = ()
    report: Report | None = None
    notices: tuple[str, ...] = ()
    error: str | None = None


def map_and_check(document: Document, inputs: Inputs, mapper: Mapper) -> Outcome:
    """Map one document, apply its corrections, validate what comes out.

    An error in the mapping of one document must not cost the others their release: it is kept as the
    outcome.
    """
    try:
        return _map_and_check(document, inputs, mapper)
    except Exception as error:  # noqa: BLE001 - reported by name and place, with exit status 2
        place = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{place.name}, line {place.lineno}"
        return Outcome(document.slug, error=f"{type(error).__name__} in {where}: {error}")


def _map_and_check(document: Document, inputs: Inputs, mapper: Mapper) -> Outcome:
    links = inputs.minter.mint_graph("links")
    mapped = mapper(document, inputs)
    own = [quad for quad in mapped if quad.graph != links]
    corrected, notices = apply_corrections(own, inputs.find_corrections(document.slug))
    report = validate_document(corrected, document.text, inputs.shapes, inputs.context)
    linked = (quad for quad in mapped if quad.graph == links)
    return Outcome(document.slug, (*corrected, *linked), report, notices)


def find_outcomes(
    documents: Sequence[Document], inputs: Inputs, mapper: Mapper, processes: int | None = None
) -> Iterator[Outcome]:
    """Map and check documents, on all cores, in their order.

    Args:
        documents: What is to be mapped.
        inputs: What it is mapped with.
        mapper: A function of a module, as it is sent to other processes.
        processes: How many to use; None means one per core.
    """
    count = min(processes or len(os.sched_getaffinity(0)), len(documents))
    if count < 2:
        yield from (map_and_check(document, inputs, mapper) for document in documents)
        return
    # Spawned, not forked: a fork would copy the locks of other threads as they are. The inputs go through a
    # file, because a process that dies before it has read a large argument leaves its starter hanging.
    with NamedTemporaryFile() as file:
        pickle.dump((inputs, mapper), file)
        file.flush()
        with ProcessPoolExecutor(count, get_context("spawn"), _remember, (file.name,)) as pool:
            yield from pool.map(_map_remembered, documents)


_remembered: list[tuple[Inputs, Mapper]] = []  # of this process, so that they are sent once


def _remember(path: str) -> None:
    with Path(path).open("rb") as file:
        _remembered.append(pickle.load(file))  # noqa: S301 - written by the process that started this one


def _map_remembered(document: Document) -> Outcome:
    inputs, mapper = _remembered[-1]
    return map_and_check(document, inputs, mapper)
