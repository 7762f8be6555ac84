"""The benchmarks run, and print every table."""

import re
import subprocess
import sys
from pathlib import Path

PROGRAM = Path(__file__).parents[1] / "benchmarks/build_and_query.py"
TABLES = ["Stages of a build", "kg build", "Validation", "Queries", "Dumps"]


def test_a_quick_run_prints_every_table(tmp_path: Path) -> None:
    command = [sys.executable, str(PROGRAM), "--quick"]
    done = subprocess.run(command, check=False, cwd=tmp_path, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    _, *parts = done.stdout.split("## ")
    assert [part.partition("\n")[0] for part in parts] == TABLES
    for part in parts:
        lines = [line for line in part.splitlines() if line.startswith("|")]
        assert len(lines) > 2, part
        assert {line.count("|") for line in lines} == {lines[0].count("|")}, part
    assert len(re.findall(r"^\| [a-z-]+ \| [\d,]+ \| [\d,]+ \| [\d.,]+", parts[3], re.MULTILINE)) >= 10
