"""A dump of the whole release against writing the same bytes."""

import os
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

from tables import median, to_table

from kg.engines import Engine, WorkerPool, open_local
from kg.formats import DATASET_FORMATS, Format
from kg.releases import Release, open_store


def compare_dumps(store: Path, work: Path, times: int) -> str:
    """Dump a release in every format that holds named graphs; gives a table."""
    release = open_store(store).current()
    assert release
    with WorkerPool(1) as pool:
        rows = [_to_row(file_format, release, pool, work / "dump", times) for file_format in DATASET_FORMATS]
    header = [
        "format", "MB", "in process, MB/s", "through the pool, MB/s", "same bytes to a file, MB/s",
        "to /dev/null, MB/s", "file : pool",
    ]  # fmt: skip
    note = f"{release.triples:,} triples; medians of {times} runs, wall time; the file is in the page cache."
    return to_table("Dumps", header, rows, note)


def _to_row(file_format: Format, release: Release, pool: Engine, path: Path, times: int) -> list[object]:
    local = open_local(release.database)
    chunks = list(pool.dump(file_format, release.database))
    size = sum(map(len, chunks)) / 1e6

    def speed(work: Callable[[], object]) -> float:
        return size / median([_time(work) for _ in range(times)])

    ours = [speed(partial(_drain, engine, file_format, release)) for engine in (local, pool)]
    limits = [speed(partial(_write, chunks, target)) for target in (path, Path(os.devnull))]
    return [file_format.name, size, *ours, *limits, limits[0] / ours[1]]


def _drain(engine: Engine, file_format: Format, release: Release) -> int:
    return sum(map(len, engine.dump(file_format, release.database)))


def _write(chunks: Iterable[bytes], path: Path) -> None:
    with path.open("wb", buffering=0) as file:
        for chunk in chunks:
            file.write(chunk)


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start
