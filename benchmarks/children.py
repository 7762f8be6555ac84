"""Run a program to its end and tell what it took."""

import os
import subprocess
import time
from collections.abc import Sequence
from typing import NamedTuple


class Cost(NamedTuple):
    """What a program and the processes it waited for took."""

    output: bytes
    wall: float  # seconds
    cpu: float  # seconds, user and system, of all processes
    memory: float  # MiB, resident, of the largest process


def run(command: Sequence[str]) -> Cost:
    """Run a command.

    Raises:
        RuntimeError: It failed.
    """
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        output = process.stdout.read()
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise RuntimeError(f"{command} ended with {process.returncode}")
    wall = time.perf_counter() - start
    return Cost(output, wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
