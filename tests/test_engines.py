"""Engines: one interface, three implementations, and what a query may not do."""

import json
import os
import signal
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs

import pytest

from kg.engines import (
    Form,
    LocalEngine,
    Question,
    RemoteEngine,
    WorkerPool,
    check_allowed,
    find_form,
    load_quads,
    open_local,
    substitute,
)
from kg.errors import (
    BusyError,
    DeadlineError,
    ForbiddenError,
    QuerySyntaxError,
    ResourceLimitError,
    StoreError,
    UsageError,
)
from kg.formats import find_format, parse_quads
from kg.model import IRI, Literal, Quad
from kg.releases import Fields, open_store

JSON = find_format("json")
CSV = find_format("csv")
TURTLE = find_format("turtle")
ONE, TWO = IRI("http://example.org/graph/one"), IRI("http://example.org/graph/two")
A, P = IRI("http://example.org/a"), IRI("http://example.org/p")
QUADS = [Quad(A, P, Literal("1"), ONE), Quad(A, P, Literal("2"), TWO)]
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n1 ?o . ?q ?r ?s }"
HUNGRY = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o . ?q ?r ?s } ORDER BY ?o ?c"


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The database of a release with 62 triples in two graphs."""
    store = open_store(tmp_path_factory.mktemp("store"), "http://example.org/", create=True)
    many = [Quad(A, P, Literal(f"x{n}"), ONE) for n in range(60)]
    with store.stage() as staging:
        staging.replace_graph(ONE, [QUADS[0], *many])
        staging.replace_graph(TWO, [QUADS[1]])
        return staging.publish(Fields("2026-01-01T00:00:00Z", "0")).database


@pytest.fixture(scope="module")
def pool() -> Iterator[WorkerPool]:
    with WorkerPool(2, deadline=10) as pool:
        yield pool


@pytest.fixture
def local() -> LocalEngine:
    return load_quads(QUADS)


def read(engine: LocalEngine, text: str, **dataset: object) -> list[str]:
    question = Question(text, CSV, **dataset)  # type: ignore[arg-type]
    return sorted(b"".join(engine.evaluate(question)).decode().split()[1:])


class TestDataset:
    def test_the_default_graph_is_the_union_of_the_named_graphs(self, local: LocalEngine) -> None:
        assert read(local, "SELECT ?o { ?s ?p ?o }") == ["1", "2"]

    def test_without_union_the_default_graph_is_empty(self, local: LocalEngine) -> None:
        assert read(local, "SELECT ?o { ?s ?p ?o }", union=False) == []

    def test_from_takes_graphs_of_the_store(self, local: LocalEngine) -> None:
        assert read(local, f"SELECT ?o FROM <{ONE}> {{ ?s ?p ?o }}") == ["1"]

    def test_from_named_leaves_the_default_graph_empty(self, local: LocalEngine) -> None:
        assert read(local, f"SELECT ?o FROM NAMED <{ONE}> {{ ?s ?p ?o }}") == []
        assert read(local, f"SELECT ?o FROM NAMED <{ONE}> {{ GRAPH ?g {{ ?s ?p ?o }} }}") == ["1"]

    def test_the_dataset_of_the_protocol_overrides_from(self, local: LocalEngine) -> None:
        assert read(local, f"SELECT ?o FROM <{ONE}> {{ ?s ?p ?o }}", default_graphs=(TWO,)) == ["2"]

    def test_a_dataset_that_is_given_has_no_other_graphs(self, local: LocalEngine) -> None:
        graphs = "SELECT ?g { GRAPH ?g { ?s ?p ?o } }"
        assert read(local, graphs, default_graphs=(TWO,)) == []
        assert read(local, graphs, named_graphs=(TWO,)) == [TWO]

    def test_from_never_fetches(self, local: LocalEngine) -> None:
        assert read(local, "SELECT ?o FROM <http://localhost:9/data> { ?s ?p ?o }") == []


class TestAnswers:
    def test_our_prefixes_are_declared(self, local: LocalEngine) -> None:
        assert read(local, "SELECT ?s { ?s a fr:Statement }") == []

    def test_a_graph_holds_a_triple_once(self, local: LocalEngine) -> None:
        text = f"CONSTRUCT {{ <{A}> <{P}> 'same' }} WHERE {{ ?s ?p ?o }}"
        answer = b"".join(local.evaluate(Question(text, find_format("ntriples"))))
        assert answer.decode() == f'<{A}> <{P}> "same" .\n'

    def test_a_format_must_fit_the_query_form(self, local: LocalEngine) -> None:
        with pytest.raises(UsageError, match="cannot be written as turtle"):
            local.evaluate(Question("ASK {}", TURTLE))

    def test_a_syntax_error_tells_its_place(self, local: LocalEngine) -> None:
        with pytest.raises(QuerySyntaxError, match="line 2, column 10") as caught:
            local.evaluate(Question("SELECT *\n{ ?s ?p }", JSON))
        assert caught.value.details == {"line": 2, "column": 10}

    @pytest.mark.parametrize("text", ["", "SELECT", "# SELECT", "\\u0041"])
    def test_a_text_of_one_token_or_none_is_a_syntax_error(self, local: LocalEngine, text: str) -> None:
        with pytest.raises(QuerySyntaxError):
            read(local, text)

    def test_a_function_nobody_knows_is_the_callers_mistake(self, local: LocalEngine) -> None:
        with pytest.raises(UsageError, match="not supported"):
            read(local, "SELECT ?s { ?s ?p ?o FILTER <http://example.org/f>(?s) }")

    def test_an_undeclared_prefix_is_named(self, local: LocalEngine) -> None:
        with pytest.raises(QuerySyntaxError, match="the prefix 'foo' is not declared"):
            local.evaluate(Question("SELECT * { ?s foo:p fr:x }", JSON))

    @pytest.mark.parametrize("text", ["CLEAR ALL", "PREFIX a: <b> insert data {}", "# x\nLOAD <http://x/>"])
    def test_an_update_is_refused_with_a_remedy(self, local: LocalEngine, text: str) -> None:
        with pytest.raises(UsageError, match="SPARQL Update") as caught:
            local.evaluate(Question(text, JSON))
        assert "kg build" in caught.value.remedy

    def test_a_dump_reads_back(self, local: LocalEngine) -> None:
        dump = b"".join(local.dump(find_format("trig")))
        assert set(parse_quads(dump, ONE, "http://b/", find_format("trig"))) == set(QUADS)

    def test_a_dump_needs_a_format_with_graphs(self, local: LocalEngine) -> None:
        with pytest.raises(UsageError, match="named graphs"):
            local.dump(TURTLE)


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("SELECT * {}", Form.SELECT),
            ("ask{}", Form.ASK),
            (
                "BASE <http://select/> PREFIX ask: <http://x/#ask> # DESCRIBE\nCONSTRUCT WHERE {}",
                Form.CONSTRUCT,
            ),
            ("describe <http://x/>", Form.DESCRIBE),
            ("{}", None),
            ("", None),
        ],
    )
    def test_finds_the_query_form(self, text: str, form: Form | None) -> None:
        assert find_form(text) == form

    @pytest.mark.parametrize(
        "text",
        [
            'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
            "SELECT * { ?s ?p '''LOAD\n' SERVICE <http://x/> {}''' }",
            "SELECT * { <http://x/SERVICE> ?service ?p } # SERVICE <http://x/> {}",
            "SELECT * { ?s fr:service fr:Load . ?s a fr:SERVICE }",
            'SELECT * { ?s ?p "\\" SERVICE <x> {}" }',
        ],
    )
    def test_a_keyword_in_a_string_an_iri_a_name_or_a_comment_is_no_keyword(self, text: str) -> None:
        check_allowed(text)

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT * { SERVICE <http://localhost/> { ?s ?p ?o } }",
            "SELECT * { service silent <http://localhost/> { ?s ?p ?o } }",
            "SELECT * { SERVICE ?where { ?s ?p ?o } }",
            "SELECT * { ?s ?p 1SERVICE<http://localhost/>{?s ?p ?o}}",
            "SELECT * { ?s ?p trueSERVICE<http://localhost/>{?s ?p ?o}}",
            "PREFIX : <http://localhost/> SELECT * {SERVICE:x{?s ?p ?o}}",
            "PREFIX x: <http://localhost/> SELECT * {SERVICESILENTx:x{?s ?p ?o}}",
            "SELECT * { \\u0053ERVICE <http://localhost/> { ?s ?p ?o } }",
            'SELECT * { ?s ?p "\\u0022 } # " SERVICE <http://localhost/> { ?s ?p ?o } }',
            "PREFIX x: <http://localhost/> SELECT * { ?s x:a\\# SERVICE <http://localhost/> {}\n}",
            "LOAD <http://localhost/>",
        ],
    )
    def test_a_call_to_another_host_is_refused(self, text: str) -> None:
        with pytest.raises(ForbiddenError):
            check_allowed(text)

    def test_an_allowed_endpoint_may_be_asked(self) -> None:
        text = "SELECT * {{ SERVICE SILENT <{}> {{ ?s ?p ?o }} }}"
        check_allowed(text.format("http://friend/sparql"), ("http://friend/sparql",))
        with pytest.raises(ForbiddenError):
            check_allowed(text.format("http://friend/sparql2"), ("http://friend/sparql",))

    def test_terms_are_put_in_as_terms(self) -> None:
        text = 'SELECT ?p { ?s ?p ?o FILTER(?o != "?s") } # ?s'
        bound = substitute(text, {"s": A, "o": Literal('a"b\n')})
        assert bound == f'SELECT ?p {{ <{A}> ?p "a\\"b\\n" FILTER("a\\"b\\n" != "?s") }} # ?s'

    def test_an_iri_that_is_none_is_not_put_in(self) -> None:
        with pytest.raises(ValueError, match="IRI"):
            substitute("ASK { ?s ?p ?o }", {"s": IRI("http://x/> ?p ?o } #")})


def ask(pool: WorkerPool, database: Path, text: str = "ASK { ?s ?p ?o }", **options: float) -> bool:
    answer = b"".join(pool.evaluate(Question(text, JSON, **options), database))  # type: ignore[arg-type]
    return bool(json.loads(answer)["boolean"])


class TestWorkerPool:
    def test_answers_as_the_local_engine_does(self, pool: WorkerPool, database: Path) -> None:
        question = Question("SELECT ?o { ?s ?p ?o } ORDER BY ?o", CSV)
        assert b"".join(pool.evaluate(question, database)) == b"".join(
            open_local(database).evaluate(question)
        )

    def test_dumps_as_the_local_engine_does(self, pool: WorkerPool, database: Path) -> None:
        nquads = find_format("nquads")
        dumps = [b"".join(engine.dump(nquads, database)) for engine in (pool, open_local(database))]
        assert sorted(dumps[0].splitlines()) == sorted(dumps[1].splitlines())

    def test_an_error_of_the_query_comes_from_the_call(self, pool: WorkerPool, database: Path) -> None:
        with pytest.raises(QuerySyntaxError) as caught:
            pool.evaluate(Question("SELECT * { ?s ?p ", JSON), database)
        assert caught.value.details["line"] == 1

    def test_a_database_that_is_missing_is_told(self, pool: WorkerPool, tmp_path: Path) -> None:
        with pytest.raises(StoreError):
            pool.evaluate(Question("ASK {}", JSON), tmp_path / "none")

    def test_a_worker_past_the_deadline_is_replaced_within_a_second(self, database: Path) -> None:
        with WorkerPool(1) as pool:
            ask(pool, database)
            started = time.monotonic()
            with pytest.raises(DeadlineError):
                ask(pool, database, ENDLESS, deadline=0.5)
            assert 0.5 <= time.monotonic() - started < 1.0
            assert ask(pool, database)
            assert time.monotonic() - started < 2.0

    def test_a_request_cannot_lengthen_the_deadline(self, database: Path) -> None:
        with WorkerPool(1, deadline=0.5) as pool, pytest.raises(DeadlineError):
            ask(pool, database, ENDLESS, deadline=60)

    def test_a_hungry_query_meets_the_memory_cap(self, database: Path) -> None:
        with WorkerPool(1, memory=100 << 20, deadline=20) as pool:
            with pytest.raises(ResourceLimitError):
                pool.evaluate(Question(HUNGRY, JSON), database)
            assert ask(pool, database)

    def test_an_answer_has_a_size_limit(self, database: Path) -> None:
        with WorkerPool(1, output=1 << 20) as pool:
            chunks = pool.evaluate(Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON), database)
            with pytest.raises(ResourceLimitError, match="larger"):
                list(chunks)
            assert ask(pool, database)

    def test_an_answer_that_is_given_up_frees_its_worker(self, database: Path) -> None:
        with WorkerPool(1, patience=3) as pool:
            chunks = pool.evaluate(Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON), database)
            assert next(chunks)
            del chunks
            assert ask(pool, database)

    def test_a_query_that_finds_no_worker_is_told_so(self, database: Path) -> None:
        with WorkerPool(1, patience=0.1) as pool:
            held = pool.evaluate(Question("SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", JSON), database)
            with pytest.raises(BusyError):
                ask(pool, database)
            del held

    def test_an_idle_worker_that_was_killed_is_not_missed(self, database: Path) -> None:
        with WorkerPool(1) as pool:
            ask(pool, database)
            os.kill(pool.pids[0], signal.SIGKILL)
            assert ask(pool, database)

    def test_a_query_whose_worker_is_killed_is_asked_once_more(self, database: Path) -> None:
        with WorkerPool(1) as pool:
            ask(pool, database)
            first = pool.pids[0]
            killer = threading.Timer(0.3, os.kill, (first, signal.SIGKILL))
            killer.start()
            with pytest.raises(DeadlineError):  # of the second worker: it was asked again
                ask(pool, database, ENDLESS, deadline=1.0)
            assert not killer.is_alive()
            assert ask(pool, database)

    def test_threads_share_it(self, pool: WorkerPool, database: Path) -> None:
        answers: list[bool] = []
        threads = [threading.Thread(target=lambda: answers.append(ask(pool, database))) for _ in range(16)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert answers == [True] * 16

    def test_a_worker_ends_when_its_pool_is_gone(self, database: Path) -> None:
        pool = WorkerPool(1)
        ask(pool, database)
        pid = pool.pids[0]
        pool.close()
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)

    def test_service_is_refused_before_a_worker_is_asked(self, pool: WorkerPool, database: Path) -> None:
        with pytest.raises(ForbiddenError):
            ask(pool, database, "ASK { SERVICE <http://localhost:1/> { ?s ?p ?o } }")


class Endpoint(BaseHTTPRequestHandler):
    """A SPARQL endpoint over `QUADS`, evaluated by a real engine."""

    def do_POST(self) -> None:
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        graphs = tuple(map(IRI, form["default-graph-uri"])) if "default-graph-uri" in form else None
        try:
            question = Question(form["query"][0], find_format(self.headers["Accept"]), graphs)
            body, status = b"".join(load_quads(QUADS).evaluate(question)), 200
        except QuerySyntaxError as error:
            body, status = str(error).encode(), 400
        if self.path == "/moved":
            status = 302
        self.send_response(status)
        self.send_header("Location", "/sparql")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Keep quiet."""


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


class TestRemoteEngine:
    def test_answers_as_the_local_engine_does(self, address: str, local: LocalEngine) -> None:
        question = Question(
            "PREFIX x: <http://x/> SELECT ?o { ?s ?p ?o FILTER(?p != dct:title) }", CSV, (ONE,)
        )
        remote = RemoteEngine(f"{address}/sparql")
        assert list(remote.evaluate(question)) == list(local.evaluate(question))

    def test_a_syntax_error_is_passed_on(self, address: str) -> None:
        with pytest.raises(QuerySyntaxError, match="cannot be parsed"):
            RemoteEngine(f"{address}/sparql").evaluate(Question("SELECT * { ?s ?p", JSON))

    def test_dumps_every_graph(self, address: str) -> None:
        dump = b"".join(RemoteEngine(f"{address}/sparql").dump(find_format("nquads")))
        assert set(parse_quads(dump, ONE, "http://b/", find_format("nquads"))) == set(QUADS)

    def test_only_the_configured_address_is_asked(self, address: str) -> None:
        with pytest.raises(StoreError, match="302"):
            RemoteEngine(f"{address}/moved").evaluate(Question("ASK {}", JSON))

    def test_an_endpoint_that_is_not_there_is_told(self) -> None:
        with pytest.raises(StoreError, match="cannot ask"):
            RemoteEngine("http://127.0.0.1:9/").evaluate(Question("ASK {}", JSON))

    def test_only_http_is_an_address(self) -> None:
        with pytest.raises(UsageError):
            RemoteEngine("file:///etc/passwd")
