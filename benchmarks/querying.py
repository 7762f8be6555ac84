"""The example queries through our engines, and through rdflib's in-memory graph as the peer."""

import gc
import json
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from types import FrameType

import pyoxigraph as ox
import rdflib
from tables import median, percentile, to_table

from kg.engines import Engine, Question, WorkerPool, open_local
from kg.formats import find_format
from kg.queries import load_examples
from kg.releases import Release, open_store
from kg.resources import find_resource
from kg.vocab import PREFIXES

JSON = find_format("json")


class TooLongError(BaseException):
    """The peer did not answer in time; no Exception, because rdflib catches those in some places."""


def compare_engines(store: Path, times: int, patience: float) -> str:
    """Ask every example query `times` times; the peer gets `patience` seconds and is asked once or thrice."""
    release = open_store(store).current()
    assert release
    peer = _load_peer(release)
    examples = load_examples(find_resource("data/queries"))
    with WorkerPool(2) as pool:
        rows = [
            _to_row(example.slug, example.text, release, pool, peer, times, patience) for example in examples
        ]
    known = [float(row[-1]) for row in rows if isinstance(row[-1], float)]
    middle = ["median", "", "", *(median([float(str(row[c])) for row in rows]) for c in (3, 4, 5, 6)), "", ""]
    if known:
        middle[-1] = median(known)
    header = [
        "query", "solutions", "bytes", "in process, ms", "p95", "through the pool, ms", "p95", "rdflib, ms",
        "best : best",
    ]  # fmt: skip
    note = (
        f"{len(release.documents)} documents, {release.triples:,} triples; {times} runs each, wall time, "
        f"answers serialised as JSON. rdflib: best of at most three runs, given up after {patience:g} s; "
        "its ratio is to the best run in process."
    )
    return to_table("Queries", header, [*rows, middle], note)


def _to_row(
    slug: str, text: str, release: Release, pool: Engine, peer: rdflib.Dataset, times: int, patience: float
) -> list[object]:
    question = Question(text, JSON, base=release.base, deadline=30)
    engines: list[Engine] = [open_local(release.database), pool]
    answer = b"".join(engines[0].evaluate(question))
    row: list[object] = [slug, len(json.loads(answer)["results"]["bindings"]), len(answer)]
    best = []
    for engine in engines:
        ask = partial(_drain, engine, question, release)
        found = [_time(ask) for _ in range(times)]
        row += [median(found) * 1000, percentile(found, 95) * 1000]
        best.append(min(found))
    spent, size = _ask_peer(peer, text, release.base, patience)
    if not spent:
        return [*row, f"> {patience * 1000:,.0f}", f"> {patience / best[0]:,.0f}"]
    note = "" if size == row[1] else f" ({size} solutions)"
    return [*row, f"{spent * 1000:,.0f}{note}", spent / best[0]]


def _drain(engine: Engine, question: Question, release: Release) -> bytes:
    return b"".join(engine.evaluate(question, release.database))


def _ask_peer(peer: rdflib.Dataset, text: str, base: str, patience: float) -> tuple[float, int]:
    """Give the peer's best time and how many solutions it finds; no time where it does not finish."""
    sizes: list[int] = []

    def ask() -> None:
        result = peer.query(text, base=base, initNs={name: str(iri) for name, iri in PREFIXES.items()})
        sizes.append(len(result))
        result.serialize(format="json")

    try:
        with _deadline(patience):
            spent = [_time(ask)]
            while len(spent) < 3 and sum(spent) < patience / 10:
                spent.append(_time(ask))
    except TooLongError:
        return 0.0, 0
    return min(spent), sizes[0]


def _time(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _load_peer(release: Release) -> rdflib.Dataset:
    dataset = rdflib.Dataset(default_union=True)
    data = ox.serialize(ox.Store.read_only(str(release.database)), format=ox.RdfFormat.N_QUADS)
    assert data
    dataset.parse(data=data, format="nquads")
    gc.freeze()
    return dataset


@contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """Interrupt what runs here in pure Python after some seconds."""

    def stop(_number: int, _frame: FrameType | None) -> None:
        raise TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
