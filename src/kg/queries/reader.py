"""The reader: one release seen through one engine."""

import json
import threading
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg.engines import Engine, Form, Question, find_form, substitute
from kg.errors import NotFoundError, UsageError
from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS, Format, find_format, negotiate
from kg.iris import Minter
from kg.model import IRI, Literal, Object, Quad
from kg.queries.description import find_description
from kg.releases import Release, Releases, Tombstone
from kg.vocab import RDF

_JSON = find_format("json", SOLUTION_FORMATS)


@dataclass(frozen=True, slots=True)
class QueryRequest:
    """A query as a client sends it.

    SPARQL 1.1 Protocol, section 2.1, https://www.w3.org/TR/sparql11-protocol/#query-operation.

    Args:
        text: The query.
        accept: The Accept header; counts where `format` is empty.
        format: Name, extension or media type of a format ("csv", "turtle").
        default_graphs: The protocol's `default-graph-uri`; None where none was given.
        named_graphs: The protocol's `named-graph-uri`; None where none was given.
        deadline: Seconds; None means the engine's default.
    """

    text: str
    accept: str | None = None
    format: str | None = None
    default_graphs: tuple[IRI, ...] | None = None
    named_graphs: tuple[IRI, ...] | None = None
    deadline: float | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer under way: exhaust or close `chunks`."""

    form: Form
    format: Format
    chunks: Iterator[bytes]
    release: Release

    def read(self) -> bytes:
        """Give the whole answer at once."""
        return b"".join(self.chunks)


class Reader:
    """Reads one release through one engine; may be used by many threads at once.

    Args:
        releases: The store; its current release is read, and followed by `refresh`. A single release
            is read alone and never followed.
        engine: What evaluates the queries.

    Raises:
        NotFoundError: The store has no release yet.
    """

    def __init__(self, releases: Releases | Release, engine: Engine) -> None:
        self._releases = releases if isinstance(releases, Releases) else None
        self._engine = engine
        self._lock = threading.Lock()
        found = releases if isinstance(releases, Release) else releases.current()
        if not found:
            raise NotFoundError("nothing was published yet", remedy="Run `kg build` first.")
        self._release = found
        self.minter = Minter(found.base)

    @property
    def release(self) -> Release:
        """The release that is read: number, base, created, counts, etag, tombstones (see `Release`)."""
        return self._release

    def refresh(self) -> bool:
        """Turn to the current release of the store, and tell whether that is another than before.

        Cheap enough for every HTTP request: it looks at one symbolic link.
        """
        if not self._releases or self._releases.current_path() == self._release.path:
            return False
        with self._lock:
            found = self._releases.current()
            if not found or found.path == self._release.path:
                return False
            self._release = found
        return True

    def at(self, number: int) -> "Reader":
        """Give a reader of another kept release, with the same engine.

        Raises:
            NotFoundError: There is no such release.
        """
        if number == self._release.number:
            return Reader(self._release, self._engine)
        if not self._releases:
            raise NotFoundError(f"no release {number} here")
        return Reader(self._releases.get(number), self._engine)

    def list_releases(self) -> tuple[Release, ...]:
        """Give every release that is kept, oldest first."""
        return self._releases.list() if self._releases else (self._release,)

    def evaluate(self, request: QueryRequest) -> Answer:
        """Evaluate a query; the format is chosen by the query form before anything is evaluated.

        Raises:
            NotAcceptableError: `accept` matches no format of that query form.
            UsageError: It is an update, or `format` is not one for that query form.
            QuerySyntaxError, ForbiddenError, DeadlineError, ResourceLimitError, BusyError: as
                `kg.engines.Engine.evaluate`.
        """
        form = find_form(request.text) or Form.SELECT
        chosen = _choose_format(form, request)
        release = self._release
        question = Question(
            request.text,
            chosen,
            request.default_graphs,
            request.named_graphs,
            base=release.base,
            deadline=request.deadline,
        )
        return Answer(form, chosen, self._engine.evaluate(question, release.database), release)

    def select(self, text: str, /, **bindings: Object) -> list[dict[str, Object]]:
        """Evaluate a SELECT query and give its solutions as terms; unbound variables are left out.

        Args:
            text: A SELECT query of ours (never of a client).
            bindings: Terms put in the place of the variables of those names, which may therefore not
                stand in the SELECT clause.

        >>> reader.select("SELECT ?title { ?doc dct:title ?title }", doc=IRI("http://…/doc/x"))
        [{'title': Literal(value='…', …)}]
        """
        question = Question(substitute(text, bindings), _JSON, base=self._release.base)
        data = json.loads(b"".join(self._engine.evaluate(question, self._release.database)))
        return [
            {name: _to_term(value) for name, value in solution.items()}
            for solution in data["results"]["bindings"]
        ]

    def ask(self, text: str, /, **bindings: Object) -> bool:
        """Evaluate an ASK query of ours; `bindings` as in `select`."""
        question = Question(substitute(text, bindings), _JSON, base=self._release.base)
        data = json.loads(b"".join(self._engine.evaluate(question, self._release.database)))
        return bool(data["boolean"])

    def describe(self, iri: IRI) -> list[Quad]:
        """Describe an IRI: its outgoing triples, and labels of what they point to.

        An IRI without fragment brings its fragments along (`doc/x` brings `doc/x#statement-12`); an IRI
        with one comes alone, a span with its selectors. Labels are the skos:prefLabel, rdfs:label and
        dct:title of the IRIs pointed to. Quads are sorted and keep the graph they stand in; the list is
        empty where nothing is known of the IRI.
        """
        return find_description(iri, self.minter, self.select)

    def exists(self, iri: IRI) -> bool:
        """Tell whether the release says something about an IRI, or has a named graph of that name."""
        return iri in self._release.graphs or self.ask("ASK { ?iri ?p ?o }", iri=iri)

    def graph(self, name: IRI, *, format: str | None = None, accept: str | None = None) -> Answer:  # noqa: A002
        """Give all triples of one named graph.

        Raises:
            NotFoundError: There is no such graph.
            NotAcceptableError, UsageError: as `evaluate`.
        """
        if name not in self._release.graphs and name != self.minter.mint_graph("release"):
            raise NotFoundError(f"no named graph {name}")
        text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        return self.evaluate(QueryRequest(text, accept, format, default_graphs=(name,)))

    def tombstone(self, slug: str) -> Tombstone | None:
        """Give what remains of a withdrawn document; None for any other slug."""
        return self._release.tombstones.get(slug)

    def text(self, digest: str) -> str:
        """Give the text of a document by its digest (`fr:textDigest`).

        Raises:
            NotFoundError: The release has no such text.
        """
        known = {document.text for document in self._release.documents.values()}
        path = self._release.text_path(digest)
        if digest not in known or not path.is_file():
            raise NotFoundError(f"no text with the digest {digest!r}")
        return path.read_bytes().decode()

    def dump(self, format: str = "nquads") -> Iterator[bytes]:  # noqa: A002
        """Give the whole release in chunks.

        Args:
            format: `nquads`, `trig` or `jsonld`.

        Raises:
            UsageError: The format has no named graphs.
        """
        return self._engine.dump(find_format(format, GRAPH_FORMATS), self._release.database)


def _choose_format(form: Form, request: QueryRequest) -> Format:
    offered = GRAPH_FORMATS if form.gives_graph else SOLUTION_FORMATS
    if request.format:
        return find_format(request.format, offered)
    chosen = negotiate(request.accept, offered)
    assert chosen, "no page is offered here"
    return chosen


def _to_term(value: Mapping[str, str]) -> Object:
    """Read a term of the SPARQL JSON results format (https://www.w3.org/TR/sparql11-results-json/)."""
    if value["type"] == "uri":
        return IRI(value["value"])
    if value["type"] not in ("literal", "typed-literal"):
        raise UsageError(f"a solution holds a {value['type']}, which no release has")
    if language := value.get("xml:lang"):
        return Literal(value["value"], RDF.langString, language)
    return Literal(value["value"], IRI(value["datatype"])) if "datatype" in value else Literal(value["value"])
