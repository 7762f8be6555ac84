"""What an engine is asked, and the one small interface every engine has."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from kg.formats import Format
from kg.model import IRI

DEADLINE = 30.0  # seconds
DUMP_DEADLINE = 600.0  # seconds


@dataclass(frozen=True, slots=True)
class Question:
    """A SPARQL query with its dataset and the format its answer is wanted in.

    Args:
        text: A SPARQL query; the prefixes of `kg.vocab.PREFIXES` are declared already.
        format: One of `SOLUTION_FORMATS` for SELECT and ASK, of `GRAPH_FORMATS` for the others.
        default_graphs: Graphs whose merge is the default graph; overrides FROM, as does `named_graphs`
            (SPARQL 1.1 Protocol, section 2.1.4, https://www.w3.org/TR/sparql11-protocol/#dataset).
        named_graphs: Graphs that `GRAPH` can name.
        union: Whether the default graph is the union of all named graphs where nothing else is said.
        base: What relative IRIs in the query resolve against.
        deadline: Seconds until the query is given up; None means the engine's own default.
    """

    text: str
    format: Format
    default_graphs: tuple[IRI, ...] | None = None
    named_graphs: tuple[IRI, ...] | None = None
    union: bool = True
    base: str | None = None
    deadline: float | None = None


class Engine(Protocol):
    """Answers questions; may be used by many threads at once."""

    def evaluate(self, question: Question, database: Path | None = None) -> Iterator[bytes]:
        """Evaluate a query and give its serialised answer in chunks.

        The first chunk is there when this returns, so errors of the query are raised by the call and not
        in the middle of an answer; only a deadline or the output limit can still strike later. Close or
        exhaust the iterator.

        Args:
            question: The query.
            database: Folder of the release's database, for engines that hold several; others ignore it.

        Raises:
            QuerySyntaxError: The query cannot be parsed; `details` hold `line` and `column`.
            UsageError: It is an update, or the format does not fit the query form.
            ForbiddenError: It calls SERVICE on an endpoint that is not allowed.
            DeadlineError: It ran longer than its deadline.
            ResourceLimitError: It needed more memory or output than allowed.
            BusyError: Too many queries wait.
        """

    def dump(self, file_format: Format, database: Path | None = None) -> Iterator[bytes]:
        """Give every quad of the dataset in a format that has named graphs, in chunks."""

    def close(self) -> None:
        """Let go of processes and connections."""
