"""kill -9 at any moment leaves the current release readable, and the next build succeeds."""

import json
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from kg.engines import Question, open_local
from kg.formats import find_format
from kg.releases import Release, open_store
from kg.vocab import FR
from publish_and_die import MANY, publish

PROGRAM = Path(__file__).with_name("publish_and_die.py")
NEVER = 10**9


def start(store: Path, generation: int, step: int = NEVER) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, PROGRAM, store, str(generation), str(step)])


def read_generation(release: Release) -> int:
    """The one generation that all triples of a release tell."""
    text = f"SELECT ?o (COUNT(*) AS ?n) {{ ?s <{FR.text}> ?o }} GROUP BY ?o"
    answer = b"".join(open_local(release.database).evaluate(Question(text, find_format("json"))))
    (solution,) = json.loads(answer)["results"]["bindings"]
    assert int(solution["n"]["value"]) == 2 * MANY
    assert solution["o"]["value"] == release.software
    return int(release.software)


def check(store: Path, generation: int) -> int:
    """See that a release is whole after a crash, and that the next writer succeeds."""
    current = open_store(store).current()
    assert current
    served = read_generation(current)
    assert served in (generation - 1, generation)
    for release in open_store(store).list():
        read_generation(release)
    publish(store, generation + 1)
    assert not list(store.glob("staging-*"))
    following = open_store(store).current()
    assert following
    assert read_generation(following) == generation + 1
    return served


@pytest.mark.parametrize("part", range(4))
def test_killed_at_every_step_that_touches_the_disk(tmp_path: Path, part: int) -> None:
    """Each program is killed at its nth step, until one comes to its end; the steps are dealt to 4 parts."""
    store = tmp_path / "store"
    publish(store, 0)
    generation, served = 1, set()
    for step in range(part, 400, 4):
        killed = start(store, generation, step).wait() == -signal.SIGKILL
        served.add(check(store, generation) - generation)
        generation += 2
        if not killed:
            break
    assert not killed
    assert step > 20
    assert served == {-1, 0}  # it was killed both before and after the switch


def test_killed_at_random_moments(tmp_path: Path) -> None:
    store = tmp_path / "store"
    publish(store, 0)
    for number in range(8):
        process = start(store, 2 * number + 1)
        time.sleep(random.Random(number).uniform(0.1, 0.5))
        process.kill()
        process.wait()
        check(store, 2 * number + 1)
