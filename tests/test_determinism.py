"""The same documents give the same quads, byte for byte once sorted, whatever the hash seed or number of processes."""

import os
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from kg.build import load_inputs, map_text
from kg.build.outcomes import find_outcomes
from kg.documents import read_documents
from kg.formats import to_canonical_lines
from kg.iris import Minter

ROOT = Path(__file__).parents[1]
SAMPLES = sorted(path for path in (ROOT / "data" / "documents").iterdir() if path.name != "README.md")[::5][
    :8
]


@cache
def map_with_seed(seed: str) -> list[str]:
    """Map the samples in a process of its own, and give the lines of its N-Quads, sorted."""
    command = [sys.executable, "-m", "kg", "map", "--format", "nquads", *map(str, SAMPLES)]
    kept = {key: value for key, value in os.environ.items() if not key.startswith("KG_")}
    done = subprocess.run(
        command, env=kept | {"PYTHONHASHSEED": seed}, capture_output=True, text=True, check=True, cwd=ROOT
    )
    return sorted(done.stdout.splitlines())


def map_with_processes(count: int) -> list[bytes]:
    documents = read_documents(SAMPLES).documents
    outcomes = find_outcomes(documents, load_inputs(Minter()), map_text, count)
    return [to_canonical_lines(outcome.quads) for outcome in outcomes]


def test_eight_samples_say_thousands_of_things() -> None:
    assert len(SAMPLES) == 8
    assert len(map_with_seed("0")) > 4000


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_hash_seed_changes_no_byte(seed: str) -> None:
    assert map_with_seed(seed) == map_with_seed("0")


def test_the_number_of_processes_changes_no_byte() -> None:
    one = map_with_processes(1)
    assert len(one) == 8
    assert one == map_with_processes(2)
