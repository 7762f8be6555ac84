"""A worker: a process that answers one question after the other, and may die of any of them.

    python -P -m kg.engines.worker --memory BYTES [--network]

It reads requests from standard input until that ends, and writes frames to standard output.
"""

import argparse
import ctypes
import os
import resource
import signal
import sys
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import IO

import pyoxigraph as ox

from kg.engines import frames
from kg.engines.local import answer, dump, open_database
from kg.errors import Error, ResourceLimitError

_CLONE_NEWUSER = 0x10000000
_CLONE_NEWNET = 0x40000000
_KEPT = 2  # databases that stay open: the current release and the one before
_GRACE = 5.0  # seconds after which a worker whose pool is gone ends itself


class Databases:
    """The databases a worker has open; memory is counted from when the newest was opened."""

    def __init__(self, memory: int) -> None:
        self._memory = memory
        self._open: OrderedDict[tuple[Path, int], ox.Store] = OrderedDict()

    def open(self, path: Path) -> ox.Store:
        """Open a database, or find it open.

        Raises:
            StoreError: There is none, or it is broken.
        """
        key = (path, path.stat().st_ino) if path.exists() else (path, 0)
        if key not in self._open:
            resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
            self._forget(path)
            self._open[key] = open_database(path)
            if len(self._open) > _KEPT:
                self._open.popitem(last=False)
            limit_memory(self._memory)
        self._open.move_to_end(key)
        return self._open[key]

    def _forget(self, path: Path) -> None:
        """Close what stood at this path before a purge wrote it anew."""
        for key in [key for key in self._open if key[0] == path]:
            del self._open[key]


def main() -> None:
    """Answer requests until standard input ends."""
    parser = argparse.ArgumentParser(prog="kg.engines.worker")
    parser.add_argument("--memory", type=int, required=True)
    parser.add_argument("--network", action="store_true")
    arguments = parser.parse_args()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the pool's business
    if not arguments.network:
        leave_network()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    output = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else prints must not get between the frames
    frames.write_frame(output, frames.READY)
    databases = Databases(arguments.memory)
    for line in sys.stdin.buffer:
        serve(frames.from_line(line), databases, output)


def leave_network() -> bool:
    """Move into a network namespace without interfaces, where the platform permits; tell whether it did.

    https://man7.org/linux/man-pages/man7/network_namespaces.7.html
    """
    try:
        unshare = ctypes.CDLL(None).unshare
    except (OSError, AttributeError):
        return False
    return any(unshare(flags) == 0 for flags in (_CLONE_NEWNET, _CLONE_NEWNET | _CLONE_NEWUSER))


def limit_memory(extra: int) -> None:
    """Allow `extra` bytes of address space beyond what is in use."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + extra, resource.RLIM_INFINITY))


def serve(request: frames.Request, databases: "Databases", output: IO[bytes]) -> None:
    """Answer one request with frames.

    The alarm ends the process by the kernel, whatever native code runs: the pool kills a worker at its
    deadline, and this is for the case that the pool is no more.
    """
    signal.setitimer(signal.ITIMER_REAL, request.deadline + _GRACE)
    send = partial(frames.write_frame, output, frames.CHUNK)
    try:
        store = databases.open(request.database)
        if request.question:
            answer(store, request.question, send)
        else:
            dump(store, request.file_format, send)
    except BrokenPipeError:
        sys.exit(0)
    except Error as error:
        frames.write_frame(output, frames.ERROR, frames.to_payload(error))
    except MemoryError:
        limit = ResourceLimitError("the query needs more memory than a worker is allowed")
        frames.write_frame(output, frames.ERROR, frames.to_payload(limit))
    except Exception as error:  # noqa: BLE001 - whatever the engine says goes to the one who asked
        other = Error(f"the query could not be evaluated: {error}")
        frames.write_frame(output, frames.ERROR, frames.to_payload(other))
    else:
        frames.write_frame(output, frames.DONE)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


if __name__ == "__main__":
    main()
