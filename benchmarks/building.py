"""What it costs to make a release: stage by stage, and by `kg build` as a whole.

python benchmarks/building.py FOLDER prints the CPU seconds of each stage as JSON, measured in this process.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable
from itertools import chain, pairwise
from pathlib import Path
from typing import TypeVar

from children import Cost, run
from samples import write_samples
from tables import to_table

import kg
from kg.build import load_inputs, map_and_check, map_text
from kg.documents import read_documents
from kg.extraction import extract
from kg.iris import Minter
from kg.mapping import compare, map_document
from kg.validation import validate_document

BASE = "http://localhost:8000/"
STAGES = ("read", "extract", "map", "validate", "compare")

T = TypeVar("T")


def measure_stages(folder: Path) -> dict[str, float]:
    """Take the documents of a folder through all stages, in one process, and time each on the CPU's clock.

    One document goes ahead, so that what is made once (patterns, parsed constraints) counts as start.
    """
    inputs = load_inputs(Minter(BASE))
    lexicon, bounds, context, shapes = inputs.lexicon, inputs.bounds, inputs.context, inputs.shapes
    map_and_check(read_documents([min(folder.iterdir())]).documents[0], inputs, map_text)
    times = {"start": time.process_time()}

    def clock(stage: str, work: Callable[[], T]) -> T:
        start = time.process_time()
        result = work()
        times[stage] = time.process_time() - start
        return result

    documents = clock("read", lambda: read_documents([folder]).documents)
    facts = clock("extract", lambda: [extract(d, lexicon) for d in documents])
    both = list(zip(documents, facts, strict=True))
    mapped = clock(
        "map", lambda: [map_document(d, f, inputs.minter, bounds, kg.__version__, "0") for d, f in both]
    )
    checked = list(zip(mapped, documents, strict=True))
    clock("validate", lambda: [validate_document(q, d.text, shapes, context) for q, d in checked])
    clock("compare", lambda: list(compare(chain.from_iterable(mapped), inputs.minter)))
    return {**times, "documents": len(documents), "quads": sum(map(len, mapped))}


def compare_sizes(work: Path, sizes: Iterable[int]) -> list[str]:
    """Measure both ways for each size; gives two tables and leaves `documents-N` and `store-N` in `work`."""
    stages, wholes = [], []
    for size in sizes:
        folder, store = write_samples(work / f"documents-{size}", size), work / f"store-{size}"
        cost = run([sys.executable, __file__, str(folder)])
        stages.append((json.loads(cost.output), cost))
        kg_command = [sys.executable, "-m", "kg", "build", str(folder), "--store", str(store), "--base", BASE]
        wholes.append((size, run(kg_command)))
    return [_to_stage_table(stages), _to_whole_table(wholes)]


def _to_stage_table(measured: list[tuple[dict[str, float], Cost]]) -> str:
    rows: list[list[object]] = []
    for times, cost in measured:
        number = int(times["documents"])
        seconds = [times[stage] for stage in STAGES]
        each = (1000 * s / number for s in seconds)
        rows.append([number, times["start"], *each, number / sum(seconds), cost.memory])
    for (small, _), (large, _) in pairwise(measured):
        growth = [large[stage] / small[stage] for stage in STAGES]
        total = sum(large[s] for s in STAGES) / sum(small[s] for s in STAGES)
        name = f"× from {small['documents']:.0f} to {large['documents']:.0f}"
        rows.append([name, "", *growth, f"all: {total:.3g}", ""])
    header = [
        "documents",
        "start, s",
        *(f"{stage}, ms each" for stage in STAGES),
        "documents per second",
        "peak MiB",
    ]
    note = "One process, CPU time, without start-up. The last rows tell what twice the documents cost."
    return to_table("Stages of a build", header, rows, note)


def _to_whole_table(measured: list[tuple[int, Cost]]) -> str:
    rows: list[list[object]] = []
    before: Cost | None = None
    for size, cost in measured:
        growth = cost.cpu / before.cpu if before else "–"
        rows.append([size, cost.wall, size / cost.wall, cost.cpu, growth, cost.cpu / cost.wall, cost.memory])
        before = cost
    header = [
        "files",
        "wall s",
        "files per second",
        "CPU s",
        "CPU × to the row above",
        "cores busy",
        "peak MiB",
    ]
    note = "All processes, from start of the program to the published release; peak is the largest process."
    return to_table("kg build", header, rows, note)


if __name__ == "__main__":
    json.dump(measure_stages(Path(sys.argv[1])), sys.stdout)
