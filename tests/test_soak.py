"""Endurance: nothing leaks, however long the pool is abused and however often releases come and go.

Only `make soak` runs it. KG_SOAK_SECONDS (default 300) is the time for all of it.
"""

import ctypes
import gc
import os
import random
import threading
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from example_release import publish_example
from kg.build import StoreWriter, build, load_inputs
from kg.engines import Question, WorkerPool, open_local
from kg.errors import DeadlineError, Error, QuerySyntaxError, ResourceLimitError
from kg.formats import find_format
from kg.iris import Minter
from kg.queries import Reader, load_examples
from kg.releases import Release, open_store
from kg.resources import find_resource

pytestmark = pytest.mark.soak

SECONDS = float(os.environ.get("KG_SOAK_SECONDS", "300"))
ROUNDS = 6  # of which the first warms up
THREADS = 8
WORKERS = 2
MEMORY = 128 << 20  # bytes; the largest polite question takes some 40 MiB
BASE = "http://localhost:8000/"
JSON = find_format("json")
NQUADS = find_format("nquads")
PATTERNS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?p ?q ?r"
NUMBERS = " ".join(map(str, range(300)))
ENDLESS = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'VALUES ?{v} {{ {NUMBERS} }}' for v in 'abcdef')} }}"
HUNGRY = f"SELECT * {{ {PATTERNS} }} ORDER BY ?o ?c"
LONG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 100000"


class Footprint(NamedTuple):
    """What this process holds."""

    memory: int  # resident pages
    descriptors: int
    children: int  # zombies included


def take_footprint() -> Footprint:
    """Measure what is in use: what was freed goes back to the system first."""
    gc.collect()
    ctypes.CDLL(None).malloc_trim(0)
    memory = int(Path("/proc/self/statm").read_text().split()[1])
    return Footprint(memory, len(list(Path("/proc/self/fd").iterdir())), len(list(find_children())))


def find_children() -> Iterator[int]:
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(path.read_text().rpartition(")")[2].split()[1])
        except OSError:  # ended meanwhile
            continue
        if parent == os.getpid():
            yield int(path.parent.name)


def find_memory(process: int) -> int:
    return int(Path(f"/proc/{process}/statm").read_text().split()[1])


def check_leaks(warm: Footprint, end: Footprint) -> None:
    assert end.children == warm.children
    assert end.descriptors == warm.descriptors
    assert end.memory < 1.2 * warm.memory


class Visitor:
    """Asks a pool one thing after the other, and knows what it must answer."""

    def __init__(self, pool: WorkerPool, release: Release, seed: int) -> None:
        self._pool, self._release, self._random = pool, release, random.Random(seed)
        self.outcomes: Counter[str] = Counter()

    def ask(self, text: str, deadline: float | None = None) -> Iterator[bytes]:
        question = Question(text, JSON, base=self._release.base, deadline=deadline)
        return self._pool.evaluate(question, self._release.database)

    def ask_example(self) -> None:
        text, expected = self._random.choice(EXPECTED)
        assert b"".join(self.ask(text)) == expected

    def dump(self) -> None:
        lines = sum(chunk.count(b"\n") for chunk in self._pool.dump(NQUADS, self._release.database))
        assert lines >= self._release.triples

    def give_up(self) -> None:
        answer = self.ask(LONG)
        assert next(answer)
        answer.close()  # type: ignore[attr-defined]

    def misspell(self) -> None:
        with pytest.raises(QuerySyntaxError):
            self.ask("SELECT * { ?s ?p")

    def overstay(self) -> None:
        with pytest.raises(DeadlineError):
            self.ask(ENDLESS, deadline=0.3)

    def overeat(self) -> None:
        with pytest.raises(ResourceLimitError):
            self.ask(HUNGRY)

    def stay(self, until: float, names: list[str]) -> None:
        """Do one of the named things after the other until it is time."""
        while time.monotonic() < until:
            name = self._random.choice(names)
            try:
                getattr(self, name)()
            except Error as error:
                error.add_note(f"by a visitor who was to {name}, after {dict(self.outcomes)}")
                raise
            self.outcomes[name] += 1


EXPECTED: list[tuple[str, bytes]] = []  # example queries and what they answer


@pytest.fixture(scope="module")
def release(tmp_path_factory: pytest.TempPathFactory) -> Release:
    release = publish_example(tmp_path_factory.mktemp("store")).current()
    assert release
    engine = open_local(release.database)
    EXPECTED.extend(
        (example.text, b"".join(engine.evaluate(Question(example.text, JSON, base=release.base))))
        for example in load_examples(find_resource("data/queries"))
    )
    return release


def run_round(
    pool: WorkerPool, release: Release, number: int, seconds: float, names: list[str]
) -> Counter[str]:
    """Let visitors in, all at once, and give what they did; what one of them finds wrong is raised."""
    visitors = [Visitor(pool, release, THREADS * number + n) for n in range(THREADS)]
    until, wrong = time.monotonic() + seconds, []

    def stay(visitor: Visitor) -> None:
        try:
            visitor.stay(until, names)
        except BaseException as error:  # noqa: BLE001 - raised below
            wrong.append(error)

    threads = [threading.Thread(target=stay, args=(visitor,)) for visitor in visitors]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise wrong[0]
    return sum((visitor.outcomes for visitor in visitors), Counter[str]())


def test_a_pool_that_is_abused_leaks_nothing(release: Release) -> None:
    names = [*["ask_example"] * 6, "dump", "give_up", "misspell", "overstay", "overeat"]
    before, done = take_footprint(), Counter[str]()
    with WorkerPool(WORKERS, deadline=20, memory=MEMORY, patience=120) as pool:
        footprints = []
        for number in range(ROUNDS):
            done += run_round(pool, release, number, 0.4 * SECONDS / ROUNDS, names)
            footprints.append(take_footprint())
            assert len(pool.pids) == WORKERS
            assert footprints[-1].children == before.children + WORKERS
        check_leaks(footprints[0], footprints[-1])
    assert set(done) == set(names)
    after = take_footprint()
    assert (after.descriptors, after.children) == (before.descriptors, before.children)


def test_workers_that_are_asked_politely_live_on_and_do_not_grow(release: Release) -> None:
    with WorkerPool(WORKERS, deadline=60, patience=120) as pool:
        memory = []
        pids = set(pool.pids)
        for number in range(ROUNDS):
            run_round(pool, release, number, 0.2 * SECONDS / ROUNDS, ["ask_example", "dump", "misspell"])
            assert set(pool.pids) == pids
            memory.append(sum(map(find_memory, pids)))
    assert memory[-1] < 1.2 * memory[0]


def test_releases_that_come_and_go_leave_nothing_behind(tmp_path: Path) -> None:
    """Build, withdraw and roll back, while a reader follows."""
    store, folder = tmp_path / "store", tmp_path / "documents"
    folder.mkdir()
    (folder / "stays.txt").write_text("UNHCR warned on 3 May 2024 that 1,200 refugees are at risk.\n")
    inputs = load_inputs(Minter(BASE))
    until, footprints, sizes, number = time.monotonic() + 0.4 * SECONDS, [], [], 0
    with WorkerPool(WORKERS) as pool:
        reader: Reader | None = None
        while time.monotonic() < until or number < 4:
            number += 1
            (folder / "goes.txt").write_text(
                f"IOM said that {1000 + number:,} people were returned in 2024.\n"
            )
            report = build([folder], store, BASE, processes=1, inputs=inputs)
            assert report.is_new
            assert report.mapped
            reader = reader or Reader(open_store(store), pool)
            assert find_documents(reader) == {"stays", "goes"}
            StoreWriter(store).withdraw("goes")
            assert find_documents(reader) == {"stays"}
            open_store(store).rollback()
            assert find_documents(reader) == {"stays", "goes"}
            open_store(store).collect(3)
            assert len(open_store(store).list()) <= 4  # the current one stays though it is not the newest
            footprints.append(take_footprint())
            sizes.append(measure(store))
    warm = min(len(footprints) // 4 + 1, len(footprints) - 1)
    check_leaks(footprints[warm], footprints[-1])
    assert max(sizes) < 2 * sizes[warm]


def find_documents(reader: Reader) -> set[str]:
    """Ask the current release for the slugs of its documents, and see that the manifest says the same."""
    reader.refresh()
    solutions = reader.select("SELECT ?document { ?document a fr:Document }")
    slugs = {str(solution["document"]).rpartition("/")[2] for solution in solutions}
    assert slugs == set(reader.release.documents)
    return slugs


def measure(folder: Path) -> int:
    """Give the bytes below a folder; what is linked several times counts once."""
    return sum({s.st_ino: s.st_size for s in (path.lstat() for path in folder.rglob("*"))}.values())
