"""Markdown tables, and the few statistics that stand in them."""

import os
import platform
import statistics
from collections.abc import Iterable, Sequence
from importlib.metadata import version


def to_table(title: str, header: Sequence[str], rows: Iterable[Sequence[object]], note: str = "") -> str:
    """Lay out a Markdown table under a heading; numbers stand on the right."""
    lines = [f"## {title}", "", *([note, ""] if note else [])]
    lines += [_to_line(header), _to_line(["---", *["---:"] * (len(header) - 1)])]
    return "\n".join([*lines, *(_to_line([_to_text(cell) for cell in row]) for row in rows), ""])


def _to_line(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _to_text(cell: object) -> str:
    if not isinstance(cell, float):
        return f"{cell:,}" if isinstance(cell, int) else str(cell)
    return f"{cell:,.0f}" if cell >= 100 else f"{cell:.3g}"


def percentile(values: Sequence[float], percent: int) -> float:
    """Give a percentile of measured values, without interpolation: it is one of them."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, len(ordered) * percent // 100)]


def median(values: Sequence[float]) -> float:
    """Give the median."""
    return statistics.median(values)


def describe_machine() -> str:
    """Say what it was measured on and with, in neutral words."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / (1 << 30)
    libraries = ", ".join(f"{name} {version(name)}" for name in ("pyoxigraph", "rdflib", "pyshacl"))
    cores = len(os.sched_getaffinity(0))
    return f"{cores} cores, {memory:.0f} GiB, {platform.system()}, Python {platform.python_version()}, {libraries}."
