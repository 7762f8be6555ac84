"""The remote engine: any SPARQL 1.1 Protocol endpoint (https://www.w3.org/TR/sparql11-protocol/)."""

import json
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Collection, Iterator
from http.client import HTTPMessage, HTTPResponse
from pathlib import Path
from typing import IO

from kg.engines.question import DEADLINE, DUMP_DEADLINE, Question
from kg.engines.tokens import check_allowed, find_form, find_undeclared_prefixes
from kg.errors import DeadlineError, Error, QuerySyntaxError, StoreError, UsageError
from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, find_format
from kg.model import IRI
from kg.vocab import PREFIXES

_CHUNK = 65536
_N_QUADS = find_format("nquads", GRAPH_FORMATS)
_N_TRIPLES = find_format("ntriples", GRAPH_FORMATS)
_JSON = find_format("json", SOLUTION_FORMATS)
_GRAPHS = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ERRORS: dict[int, type[Error]] = {
    400: QuerySyntaxError,
    408: DeadlineError,
    503: DeadlineError,
    504: DeadlineError,
}


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """Only the address that was configured is ever asked."""

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,
        headers: HTTPMessage,
        newurl: str,
    ) -> None:
        """Refuse; the redirect then counts as an error."""


class RemoteEngine:
    """Asks a SPARQL endpoint; see `kg.engines.Engine`.

    Whether the default graph is the union of the named graphs is the endpoint's decision (it is with
    Virtuoso and QLever; Fuseki has a switch): the protocol cannot ask for it.

    Args:
        url: Address of the endpoint, http or https.
        deadline: Seconds a query may take.
        allowed: Endpoints that SERVICE may ask.

    Raises:
        UsageError: `url` is not an http(s) address.
    """

    def __init__(self, url: str, *, deadline: float = DEADLINE, allowed: Collection[str] = ()) -> None:
        if urllib.parse.urlsplit(url).scheme not in ("http", "https"):
            raise UsageError(f"not the address of a SPARQL endpoint: {url!r}")
        self._url, self._deadline, self._allowed = url, deadline, frozenset(allowed)
        self._opener = urllib.request.build_opener(_NoRedirect)

    def evaluate(self, question: Question, database: Path | None = None) -> Iterator[bytes]:
        """Send a query to the endpoint; see `Engine.evaluate`."""
        del database
        find_form(question.text)
        check_allowed(question.text, self._allowed)
        deadline = self._deadline if question.deadline is None else min(question.deadline, self._deadline)
        return _read(self._send(question, deadline), time.monotonic() + deadline)

    def _send(self, question: Question, deadline: float) -> HTTPResponse:
        members = [("query", _declare_prefixes(question))]
        members += [("default-graph-uri", name) for name in question.default_graphs or ()]
        members += [("named-graph-uri", name) for name in question.named_graphs or ()]
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked
            self._url,
            urllib.parse.urlencode(members).encode(),
            {"Accept": question.format.media_type, "Content-Type": "application/x-www-form-urlencoded"},
        )
        try:
            response: HTTPResponse = self._opener.open(request, timeout=deadline)
        except urllib.error.HTTPError as error:
            with error:
                raise _to_error(self._url, error) from error
        except TimeoutError as error:
            raise DeadlineError(f"{self._url} did not answer in time") from error
        except OSError as error:
            raise StoreError(f"cannot ask {self._url}: {error}") from error
        return response

    def dump(self, file_format: Format, database: Path | None = None) -> Iterator[bytes]:
        """Give every quad, one named graph after the other; see `Engine.dump`.

        Raises:
            UsageError: The format is another than N-Quads.
        """
        del database
        if file_format != _N_QUADS:
            raise UsageError("a remote store is dumped as nquads only")
        found = json.loads(b"".join(self.evaluate(Question(_GRAPHS, _JSON))))
        names = [IRI(solution["g"]["value"]) for solution in found["results"]["bindings"]]
        return (chunk for name in names for chunk in self._dump_graph(name))

    def _dump_graph(self, name: IRI) -> Iterator[bytes]:
        """Give the N-Quads of a graph: its N-Triples with the graph name before the full stop."""
        question = Question(_ALL, _N_TRIPLES, default_graphs=(name,))
        with self._send(question, DUMP_DEADLINE) as response:
            for line in response:
                if triple := line.strip().removesuffix(b"."):
                    yield triple.rstrip() + f" <{name}> .\n".encode()

    def close(self) -> None:
        """Nothing to let go of: every question has its own connection."""


def _declare_prefixes(question: Question) -> str:
    """Put our prefixes and the base before the query, on its first line to keep the line numbers."""
    used = sorted({name for name in find_undeclared_prefixes(question.text) if name in PREFIXES})
    base = [f"BASE <{question.base}>"] if question.base else []
    return " ".join([*base, *(f"PREFIX {name}: <{PREFIXES[name]}>" for name in used), question.text])


def _read(response: HTTPResponse, until: float) -> Iterator[bytes]:
    with response:
        while chunk := response.read(_CHUNK):
            yield chunk
            if time.monotonic() > until:
                raise DeadlineError("the answer took longer than its deadline")


def _to_error(url: str, error: urllib.error.HTTPError) -> Error:
    said = error.read(500).decode(errors="replace").strip()
    kind = _ERRORS.get(error.code, StoreError)
    return kind(f"{url} answered {error.code} {error.reason}: {said}")
