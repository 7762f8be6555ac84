"""Measures building, validating, querying and dumping, and prints one Markdown table for each.

python benchmarks/build_and_query.py [--quick]
"""

import argparse
import datetime as dt
import tempfile
from pathlib import Path
from typing import NamedTuple

from building import compare_sizes
from dumping import compare_dumps
from querying import compare_engines
from tables import describe_machine
from validating import compare_validators


class Extent(NamedTuple):
    """How much is measured."""

    sizes: tuple[int, ...]  # documents
    validated: int  # documents
    runs: int  # of each query
    patience: float  # seconds the peer gets for a query
    dumps: int  # of each format


FULL = Extent((50, 100, 200), 8, 40, 5.0, 5)
QUICK = Extent((1,), 1, 2, 0.2, 1)


def main() -> None:
    parser = argparse.ArgumentParser(description="Measure, and print one Markdown table for each part.")
    parser.add_argument("--quick", action="store_true", help="only see that everything runs")
    extent = QUICK if parser.parse_args().quick else FULL
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d}. {describe_machine()}\n", flush=True)
    with tempfile.TemporaryDirectory() as name:
        measure(extent, Path(name))


def measure(extent: Extent, work: Path) -> None:
    """Run every part; the queries and dumps are of the smallest release, as the peer must hold it."""
    print(*compare_sizes(work, extent.sizes), sep="\n", flush=True)
    print(compare_validators(work / f"documents-{extent.sizes[-1]}", extent.validated), flush=True)
    store = work / f"store-{extent.sizes[0]}"
    print(compare_engines(store, extent.runs, extent.patience), flush=True)
    print(compare_dumps(work / f"store-{extent.sizes[-1]}", work, extent.dumps), flush=True)


if __name__ == "__main__":
    main()
