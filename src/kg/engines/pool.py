"""The embedded engine: a pool of worker processes over the databases of releases.

Oxigraph can neither be cancelled nor bounded in memory from outside, so a query runs in a process of its
own: at its deadline the process is killed and replaced, and the program that asked lives on.
"""

import os
import queue
import select
import signal
import subprocess
import sys
import time
from collections.abc import Collection, Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from kg.engines import frames
from kg.engines.question import DEADLINE, DUMP_DEADLINE, Question
from kg.engines.tokens import check_allowed, find_form
from kg.errors import BusyError, DeadlineError, ResourceLimitError, UsageError
from kg.formats import Format

_MEBIBYTE = 1 << 20
_MEMORY = 2048 * _MEBIBYTE
_OUTPUT = 1024 * _MEBIBYTE


class WorkerDiedError(Exception):
    """A worker ended by itself or by somebody else's hand."""


class Worker:
    """One worker process and the pipes to it; used by one thread at a time."""

    def __init__(self, memory: int, *, network: bool) -> None:
        command = [sys.executable, "-P", "-m", "kg.engines.worker", "--memory", str(memory)]
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            [*command, *(["--network"] if network else [])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            bufsize=0,
            env={**os.environ, "MALLOC_ARENA_MAX": "2"},  # arenas count as address space
        )
        assert self._process.stdout
        self._output = self._process.stdout.fileno()
        self._poll = select.poll()
        self._poll.register(self._output, select.POLLIN)
        self._buffer = bytearray()

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    @property
    def is_alive(self) -> bool:
        """Tell whether the process runs."""
        return self._process.poll() is None

    def send(self, line: bytes) -> None:
        """Send a request.

        Raises:
            WorkerDiedError: The process is gone.
        """
        assert self._process.stdin
        try:
            self._process.stdin.write(line)
        except OSError as error:
            raise WorkerDiedError from error

    def receive(self, until: float) -> tuple[bytes, bytes]:
        """Wait for the next frame, but not longer than `until` on the monotonic clock.

        Raises:
            DeadlineError: It did not come in time.
            WorkerDiedError: The process is gone.
            ResourceLimitError: The process ended itself because it got no more memory.
        """
        self._fill(frames.HEADER.size, until)
        kind, size = frames.HEADER.unpack_from(self._buffer)
        self._fill(frames.HEADER.size + size, until)
        payload = bytes(self._buffer[frames.HEADER.size : frames.HEADER.size + size])
        del self._buffer[: frames.HEADER.size + size]
        return (kind, payload) if kind != frames.READY else self.receive(until)

    def _fill(self, size: int, until: float) -> None:
        while len(self._buffer) < size:
            if not self._poll.poll(max(0.0, until - time.monotonic()) * 1000):
                raise DeadlineError(
                    "the query ran longer than its deadline", remedy="Ask for less, or add LIMIT."
                )
            data = os.read(self._output, _MEBIBYTE)
            if not data:
                self._raise_death()
            self._buffer += data

    def _raise_death(self) -> None:
        if self._process.wait() in (-signal.SIGABRT, -signal.SIGSEGV):
            raise ResourceLimitError(
                "the query needs more memory than a worker is allowed", remedy="Ask for less, or add LIMIT."
            )
        raise WorkerDiedError

    def kill(self) -> None:
        """End the process and close the pipes."""
        self._process.kill()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe
            pipe.close()
        self._process.wait()


class WorkerPool:
    """Evaluates queries in worker processes; see `kg.engines.Engine`.

    Args:
        processes: Workers, and thereby queries that run at once.
        deadline: Seconds a query may take, until its answer is handed over.
        memory: Bytes a worker may use beyond what it starts with.
        output: Bytes an answer may have.
        patience: Seconds a query waits for a free worker.
        allowed: Endpoints that SERVICE may ask; where there are none, workers have no network.
    """

    def __init__(
        self,
        processes: int = 2,
        *,
        deadline: float = DEADLINE,
        memory: int = _MEMORY,
        output: int = _OUTPUT,
        patience: float = 10.0,
        allowed: Collection[str] = (),
    ) -> None:
        self._deadline, self._memory, self._output = deadline, memory, output
        self._patience, self._allowed = patience, frozenset(allowed)
        self._idle: queue.Queue[Worker] = queue.Queue()  # in turn, so that a fresh one can start up meanwhile
        self._is_closed = False
        for _ in range(processes):
            self._idle.put(self._start())

    def _start(self) -> Worker:
        return Worker(self._memory, network=bool(self._allowed))

    def evaluate(self, question: Question, database: Path | None = None) -> Iterator[bytes]:
        """Evaluate a query in a worker; see `Engine.evaluate`."""
        find_form(question.text)
        check_allowed(question.text, self._allowed)
        deadline = self._deadline if question.deadline is None else min(question.deadline, self._deadline)
        request = frames.Request(_need(database), deadline, question.format, question)
        return self._ask(request, self._output)

    def dump(self, file_format: Format, database: Path | None = None) -> Iterator[bytes]:
        """Give every quad; see `Engine.dump`. Its deadline is long, and its size unbounded."""
        return self._ask(frames.Request(_need(database), DUMP_DEADLINE, file_format), sys.maxsize)

    def _ask(self, request: frames.Request, limit: int) -> Iterator[bytes]:
        """Send a request and wait for the first frame; once more if the worker was killed meanwhile."""
        for _ in range(2):
            worker = self._take()
            answer = Chunks(self, worker, time.monotonic() + request.deadline, limit)
            try:
                worker.send(frames.to_line(request))
                answer.begin()
            except WorkerDiedError:
                answer.abandon()
            except BaseException:
                answer.abandon()
                raise
            else:
                return answer
        raise ResourceLimitError("the query ended its worker twice", remedy="Ask for less, or add LIMIT.")

    def _take(self) -> Worker:
        if self._is_closed:
            raise UsageError("the pool is closed")
        try:
            worker = self._idle.get(timeout=self._patience)
        except queue.Empty:
            raise BusyError("too many queries are waiting", remedy="Try again in a moment.") from None
        if worker.is_alive:
            return worker
        worker.kill()
        return self._start()

    def give_back(self, worker: Worker, *, is_clean: bool) -> None:
        """Take a worker back, or replace it if it is in the middle of something."""
        if is_clean and not self._is_closed:
            self._idle.put(worker)
            return
        if not self._is_closed:
            self._idle.put(self._start())
        worker.kill()

    @property
    def pids(self) -> tuple[int, ...]:
        """The process ids of the workers that are idle now."""
        return tuple(worker.pid for worker in self._idle.queue)

    def close(self) -> None:
        """End all workers that are idle now, and the others when they come back."""
        self._is_closed = True
        while not self._idle.empty():
            self._idle.get_nowait().kill()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class Chunks(Iterator[bytes]):
    """An answer under way: owns a worker until the last frame, an error, or `close`."""

    def __init__(self, pool: WorkerPool, worker: Worker, until: float, limit: int) -> None:
        self._pool, self._until, self._left = pool, until, limit
        self._worker: Worker | None = worker
        self._first: bytes | None = None

    def begin(self) -> None:
        """Wait for the first chunk, so that errors of the query come before the answer.

        Raises:
            WorkerDiedError: The worker was killed, and may be asked again as nothing was sent on.
        """
        assert self._worker
        try:
            self._first = self._receive(self._worker)
        except StopIteration:
            self._first = None

    def __next__(self) -> bytes:
        if self._first is not None:
            first, self._first = self._first, None
            return first
        if self._worker is None:
            raise StopIteration
        try:
            return self._receive(self._worker)
        except WorkerDiedError as error:
            self.abandon()
            raise ResourceLimitError("the query lost its worker in the middle of the answer") from error
        except BaseException:
            self.abandon()
            raise

    def _receive(self, worker: Worker) -> bytes:
        kind, payload = worker.receive(self._until)
        if kind == frames.CHUNK:
            self._left -= len(payload)
            if self._left < 0:
                raise ResourceLimitError(
                    "the answer is larger than allowed", remedy="Add LIMIT, or take a dump."
                )
            return payload
        self._worker = None
        self._pool.give_back(worker, is_clean=True)
        if kind == frames.ERROR:
            raise frames.from_payload(payload)
        raise StopIteration

    def abandon(self) -> None:
        """Give up what is under way; the worker is replaced."""
        worker, self._worker = self._worker, None
        if worker:
            self._pool.give_back(worker, is_clean=False)

    close = abandon

    def __del__(self) -> None:
        self.abandon()


def _need(database: Path | None) -> Path:
    if database is None:
        raise UsageError("a pool of workers must be told which database to ask")
    return database
