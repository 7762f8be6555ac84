"""Evaluate in this process: for the command line, for tests, and inside a worker."""

import io
import re
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from kg.engines.question import Question
from kg.engines.tokens import check_allowed, find_form, find_undeclared_prefixes, has_dataset
from kg.errors import QuerySyntaxError, StoreError, UsageError
from kg.formats import Format, to_oxigraph_quad
from kg.model import IRI, Quad
from kg.vocab import PREFIXES

_PREFIXES = {name: str(iri) for name, iri in PREFIXES.items()}
_ERROR = re.compile(r"error at (\d+):(\d+): (?:expected )?(.*)", re.DOTALL)
_CHUNK = 65536


class Output(io.RawIOBase):
    """Binary output that hands its bytes on in larger chunks (Oxigraph writes 8 KiB at a time)."""

    def __init__(self, send: Callable[[bytes], None]) -> None:
        super().__init__()
        self._send = send
        self._buffer = bytearray()

    def writable(self) -> bool:
        """Tell that it can be written to."""
        return True

    def write(self, data: bytes, /) -> int:  # type: ignore[override]
        """Take bytes, and send them once there are enough."""
        self._buffer += data
        if len(self._buffer) >= _CHUNK:
            self.finish()
        return len(data)

    def finish(self) -> None:
        """Send what is left."""
        if self._buffer:
            self._send(bytes(self._buffer))
            self._buffer.clear()


def open_database(path: Path) -> ox.Store:
    """Open the database of a release read-only.

    Raises:
        StoreError: There is none, or it is broken.
    """
    try:
        return ox.Store.read_only(str(path))
    except OSError as error:
        raise StoreError(f"cannot open the database {path}: {error}") from error


def answer(store: ox.Store, question: Question, send: Callable[[bytes], None]) -> None:
    """Evaluate a question on a store and send the serialised answer in chunks.

    Raises:
        QuerySyntaxError: The query cannot be parsed.
        UsageError: The format does not fit the query form, or the query calls a function nobody knows.
    """
    results = _parse_and_start(store, question)
    engine = question.format.engine
    if isinstance(results, ox.QueryTriples) != isinstance(engine, ox.RdfFormat):
        raise UsageError(f"the answer to this query form cannot be written as {question.format.name}")
    output = Output(send)
    if isinstance(results, ox.QueryTriples):
        # Oxigraph gives a triple once per solution that yields it; an RDF graph is a set.
        ox.serialize(_distinct(results), output, format=engine, prefixes=_PREFIXES)  # type: ignore[arg-type]
    else:
        results.serialize(output, format=engine)  # type: ignore[arg-type]
    output.finish()


def _parse_and_start(
    store: ox.Store, question: Question
) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
    """Hand a question to Oxigraph. A dataset that is given counts whole: what it leaves out is empty."""
    given = question.default_graphs is not None or question.named_graphs is not None
    union = question.union and not given and not has_dataset(question.text)
    try:
        return store.query(
            question.text,
            base_iri=question.base,
            prefixes=_PREFIXES,
            use_default_graph_as_union=union,
            default_graph=_to_nodes(question.default_graphs) if given else None,
            named_graphs=_to_nodes(question.named_graphs) if given else None,
        )
    except SyntaxError as error:
        raise to_finding(question.text, str(error)) from error
    except RuntimeError as error:  # such as a function that Oxigraph does not know
        raise UsageError(f"the query cannot be evaluated: {error}") from error


def _to_nodes(graphs: tuple[IRI, ...] | None) -> list[Any]:
    return [ox.NamedNode(name) for name in graphs or ()]


def _distinct(triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    seen = set()
    for triple in triples:
        if triple not in seen:
            seen.add(triple)
            yield triple


def to_finding(text: str, message: str) -> QuerySyntaxError:
    """Turn Oxigraph's message about a query into an error that shows the place and what stands there."""
    match = _ERROR.match(message)
    if not match:
        return QuerySyntaxError(f"the query cannot be parsed: {message}")
    line, column = int(match[1]), int(match[2])
    lines = text.splitlines()
    near = lines[line - 1][column - 1 :][:30] if line <= len(lines) else ""
    found = f"near {near!r}" if near.strip() else "at its end"
    return QuerySyntaxError(
        f"the query cannot be parsed at line {line}, column {column}, {found}: {_to_reason(text, match[3])}",
        line=line,
        column=column,
    )


def _to_reason(text: str, expected: str) -> str:
    if prefix := next((name for name in find_undeclared_prefixes(text) if name not in PREFIXES), None):
        return f"the prefix {prefix!r} is not declared"
    if "variable that is unbound" in expected:
        return "the SELECT clause has a variable that is neither bound nor grouped"
    short = "[" not in expected and len(expected) < 100
    return f"expected {expected}" if short else "something else is expected here"


class LocalEngine:
    """Evaluates queries in this process, on one store, without deadline or memory limit.

    Args:
        store: What is asked.
        allowed: Endpoints that SERVICE may ask.
    """

    def __init__(self, store: ox.Store, allowed: Collection[str] = ()) -> None:
        self._store = store
        self._allowed = allowed

    def evaluate(self, question: Question, database: Path | None = None) -> Iterator[bytes]:
        """Evaluate a query; see `Engine.evaluate`."""
        del database
        find_form(question.text)
        check_allowed(question.text, self._allowed)
        chunks: list[bytes] = []
        answer(self._store, question, chunks.append)
        return iter(chunks)

    def dump(self, file_format: Format, database: Path | None = None) -> Iterator[bytes]:
        """Give every quad; see `Engine.dump`."""
        del database
        chunks: list[bytes] = []
        dump(self._store, file_format, chunks.append)
        return iter(chunks)

    def close(self) -> None:
        """Nothing to let go of."""


def dump(store: ox.Store, file_format: Format, send: Callable[[bytes], None]) -> None:
    """Send every quad of a store in chunks.

    Raises:
        UsageError: The format has no named graphs.
    """
    if not file_format.has_graphs:
        raise UsageError(
            f"{file_format.name} cannot hold named graphs", remedy="Choose trig, nquads or jsonld."
        )
    output = Output(send)
    store.dump(output, format=file_format.engine, prefixes=_PREFIXES)  # type: ignore[arg-type]
    output.finish()


def load_quads(quads: Iterable[Quad]) -> LocalEngine:
    """Make an engine over quads in memory."""
    store = ox.Store()
    store.bulk_extend(to_oxigraph_quad(quad) for quad in quads)
    return LocalEngine(store)


def open_local(database: Path) -> LocalEngine:
    """Make an engine over the database of a release, in this process.

    Raises:
        StoreError: There is none, or it is broken.
    """
    return LocalEngine(open_database(database))
