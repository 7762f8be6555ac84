"""The command `kg`: every command, its output, its exit status."""

import json
import os
import pty
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
import rdflib
from click.testing import CliRunner, Result

import kg as package
from kg.cli import main
from kg.cli.command import COMMANDS, Commands
from kg.resources import find_resource

SAMPLES = find_resource("data/documents")
FILES = ("pakistan-plan-2023-11.md", "kenya-dadaab-2017-02.txt", "tunisia-libya-border-2023-07.html")
SLUGS = [name.partition(".")[0] for name in sorted(FILES)]
NGOS = "SELECT ?name { ?a a fr:NGO ; skos:prefLabel ?name } ORDER BY ?name LIMIT 3"
PARSERS = {"trig": "trig", "nquads": "nquads", "jsonld": "json-ld"}  # of rdflib
HEAVY = ("rdflib", "pyshacl", "pyoxigraph", "trafilatura", "lxml", "flask", "waitress", "rich")
REPORT = """GENEVA, 5 May 2024 – More than 1,200 people were deported from Tunisia to Libya in April,
the International Organization for Migration (IOM) said on Monday.

Amnesty International urged Tunisia to halt all deportations.
"""
BROKEN = """
@prefix fr: <https://w3id.org/forced-returns/ns#> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .

<graph/prov/report#correction-1> a oa:Annotation ; oa:motivatedBy oa:editing ;
    oa:hasTarget <graph/doc/report> ; prov:wasAttributedTo <http://example.org/me> ;
    dct:description "A statement that nobody makes."@en ; dct:date "2026-01-31"^^xsd:date .

<graph/prov/report#correction-1-add> { <doc/report#statement-1> a fr:Statement . }
"""


def kg(*args: object) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(arg) for arg in args])


def start(*args: object, **options: object) -> "subprocess.Popen[str]":
    """Run a command in a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, args)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, **pipes | options)  # type: ignore[call-overload, no-any-return]


def query(store: Path, text: str) -> list[list[str]]:
    """Ask a store, and give the rows of the answer."""
    result = kg("query", "--store", store, "--format", "csv", text)
    assert result.exit_code == 0, result.stderr
    return [line.split(",") for line in result.stdout.splitlines()[1:]]


def list_documents(store: Path) -> list[str]:
    rows = query(store, "SELECT ?d { ?d a fr:Document } ORDER BY ?d")
    return [iri.rpartition("/doc/")[2] for (iri,) in rows]


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store whose one release holds three samples; not to be changed."""
    store = tmp_path_factory.mktemp("published") / "store"
    result = kg("build", "--store", store, *(SAMPLES / name for name in FILES))
    assert result.exit_code == 0, result.stderr
    assert "published release 1: 3 documents (3 mapped, 0 unchanged, 0 removed)" in result.stderr
    return store


@pytest.fixture(scope="module")
def extended(published: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a second release, to which a report was added; not to be changed."""
    folder = tmp_path_factory.mktemp("extended")
    (folder / "report.txt").write_text(REPORT)
    store = Path(shutil.copytree(published, folder / "store", symlinks=True))
    result = kg("build", "--store", store, "--add", folder / "report.txt")
    assert "published release 2: 4 documents (1 mapped, 3 unchanged, 0 removed)" in result.stderr
    return store


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """What `kg map` prints of the report, by format."""
    path = tmp_path_factory.mktemp("printed") / "report.txt"
    path.write_text(REPORT)
    return {name: kg("map", path, "--format", name).stdout for name in ("trig", "nquads", "jsonld", "facts")}


@pytest.fixture
def store(published: Path, tmp_path: Path) -> Path:
    """A store of the same content that a test may change."""
    return Path(shutil.copytree(published, tmp_path / "store", symlinks=True))


@pytest.fixture
def long_store(extended: Path, tmp_path: Path) -> Path:
    """A store of two releases that a test may change."""
    return Path(shutil.copytree(extended, tmp_path / "store", symlinks=True))


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(REPORT)
    return path


class TestHelp:
    def test_lists_every_command_and_shows_how_to_begin(self) -> None:
        text = kg("--help").stdout
        assert all(f"\n  {name} " in text and entry.summary in text for name, entry in COMMANDS.items())
        assert "kg build FOLDER" in text
        assert "Exit status" in text

    @pytest.mark.parametrize("name", COMMANDS)
    def test_of_a_command_says_what_it_does(self, name: str) -> None:
        result = kg(name, "--help")
        assert result.exit_code == 0
        assert f"Usage: main {name} [OPTIONS]" in result.stdout
        assert len(result.stdout.splitlines()) > 8

    @pytest.mark.parametrize("name", [n for n in COMMANDS if n != "releases"])
    def test_of_a_command_gives_an_example(self, name: str) -> None:
        lines = kg(name, "--help").stdout.splitlines()
        after = lines[next(n for n, line in enumerate(lines) if line.startswith("  Example")) + 1]
        assert after.startswith(f"    kg {name}")

    def test_comes_at_once(self) -> None:
        """Measured in seconds of the processor, which a busy machine does not stretch as it does the clock."""

        def measure() -> float:
            before = os.times()
            subprocess.run([sys.executable, "-m", "kg", "--help"], check=True, capture_output=True)
            after = os.times()
            return after.children_user + after.children_system - before.children_user - before.children_system

        assert min(measure() for _ in range(3)) < 0.6

    def test_imports_no_heavy_library(self) -> None:
        told = subprocess.run(
            [sys.executable, "-X", "importtime", "-m", "kg", "--help"],
            capture_output=True,
            text=True,
            check=True,
        ).stderr
        imported = {line.rpartition("|")[2].strip().partition(".")[0] for line in told.splitlines()}
        assert "click" in imported
        assert not imported & set(HEAVY)

    def test_every_command_can_be_imported(self) -> None:
        assert isinstance(main, Commands)
        context = main.make_context("kg", [], resilient_parsing=True)
        for name in main.list_commands(context):
            found = main.get_command(context, name)
            assert found
            assert found.name == name

    def test_version(self) -> None:
        assert kg("--version").stdout == f"kg, version {package.__version__}\n"

    @pytest.mark.parametrize(
        "args", [["nonsense"], ["query"], ["map"], ["diff", "1"], ["build", "--nonsense"]]
    )
    def test_wrong_use_is_exit_status_2(self, args: list[str]) -> None:
        result = kg(*args)
        assert result.exit_code == 2
        assert "Usage:" in result.stderr


class TestBuild:
    def test_publishes_exactly_what_it_is_given(self, published: Path) -> None:
        assert list_documents(published) == SLUGS

    def test_add_keeps_the_others(self, extended: Path) -> None:
        assert list_documents(extended) == sorted([*SLUGS, "report"])

    def test_without_add_the_others_go(self, store: Path, report: Path) -> None:
        result = kg("build", "--store", store, report)
        assert "1 documents (1 mapped, 0 unchanged, 3 removed)" in result.stderr
        assert list_documents(store) == ["report"]

    def test_what_does_not_conform_is_left_out_with_exit_status_1(
        self, tmp_path: Path, store: Path, report: Path
    ) -> None:
        (tmp_path / "corrections").mkdir()
        (tmp_path / "corrections" / "wrong.trig").write_text(BROKEN)
        result = kg("build", "--store", store, "--add", "--corrections", tmp_path / "corrections", report)
        assert result.exit_code == 1
        assert "left out: report (" in result.stderr
        assert list_documents(store) == SLUGS
        kept = (store / "quarantine" / "report.txt").read_text()
        assert "focus node  http://localhost:8000/doc/report#statement-1" in kept

    @pytest.mark.usefixtures("report")
    def test_what_cannot_be_read_is_named_with_exit_status_2_and_the_others_go_on(
        self, tmp_path: Path
    ) -> None:
        (tmp_path / "broken.json").write_text('{"title": ')
        (tmp_path / "annotation.json").write_text('{"document": {}, "statements": []}')
        result = kg("build", "--store", tmp_path / "store", tmp_path, tmp_path / "gone.txt")
        assert result.exit_code == 2
        assert all(f"not read: {tmp_path / name}: " in result.stderr for name in ("broken.json", "gone.txt"))
        assert f"notice: {tmp_path / 'annotation.json'}: " in result.stderr
        assert list_documents(tmp_path / "store") == ["report"]

    def test_where_nothing_can_be_read_nothing_is_published(self, tmp_path: Path) -> None:
        result = kg("build", "--store", tmp_path / "store", tmp_path / "gone.txt")
        assert result.exit_code == 2
        assert "gone.txt" in result.stderr
        assert not (tmp_path / "store" / "current").exists()

    def test_two_files_of_one_slug_are_an_error_that_names_both(self, tmp_path: Path, report: Path) -> None:
        shutil.copy(report, tmp_path / "report.md")
        result = kg("build", "--store", tmp_path / "store", tmp_path)
        assert result.exit_code == 2
        assert "report.md" in result.stderr
        assert "report.txt" in result.stderr

    def test_another_base_makes_everything_anew(self, tmp_path: Path, report: Path) -> None:
        store = tmp_path / "store"
        assert kg("build", "--store", store, report).exit_code == 0
        added = kg("build", "--add", "--store", store, "--base", "http://example.org/", report)
        assert (added.exit_code, "http://localhost:8000/" in added.stderr) == (2, True)
        assert kg("build", "--store", store, "--base", "http://example.org/", report).exit_code == 0
        assert query(store, "SELECT ?d { ?d a fr:Document }") == [["http://example.org/doc/report"]]
        assert query(store, 'SELECT ?s { ?s ?p ?o FILTER(STRSTARTS(STR(?s), "http://localhost"))}') == []

    def test_the_base_is_that_of_the_environment(self, tmp_path: Path, report: Path) -> None:
        env = {"KG_STORE": str(tmp_path / "store"), "KG_BASE_IRI": "http://example.org/kg/"}
        assert CliRunner(env=env).invoke(main, ["build", str(report)]).exit_code == 0
        assert query(tmp_path / "store", "SELECT ?d { ?d a fr:Document }") == [
            ["http://example.org/kg/doc/report"]
        ]

    @pytest.mark.parametrize("base", ["localhost", "http://example.org", "ftp://example.org/"])
    def test_a_base_of_another_form_is_wrong_use(self, tmp_path: Path, report: Path, base: str) -> None:
        result = kg("build", "--store", tmp_path / "store", "--base", base, report)
        assert result.exit_code == 2
        assert f"not a base IRI: {base!r}" in result.stderr

    def test_an_interrupted_build_publishes_nothing(self, tmp_path: Path) -> None:
        process = start("build", "--store", tmp_path / "store", start_new_session=True)
        wait_for(lambda: any((tmp_path / "store").glob("staging-*")))
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
        assert process.returncode == 130
        assert "Traceback" not in told
        assert not (tmp_path / "store" / "current").exists()


class TestMap:
    @pytest.mark.filterwarnings(
        "ignore::DeprecationWarning:rdflib"
    )  # its JSON-LD parser uses what it deprecates
    @pytest.mark.parametrize(("name", "parser"), PARSERS.items())
    def test_every_format_holds_the_same_graphs(
        self, printed: dict[str, str], name: str, parser: str
    ) -> None:
        dataset = rdflib.Dataset()
        dataset.parse(data=printed[name], format=parser)
        sizes = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
        assert {f"http://localhost:8000/graph/{kind}/report" for kind in ("doc", "prov")} <= sizes.keys()
        assert sum(sizes.values()) == len(printed["nquads"].splitlines())

    def test_prints_the_same_in_every_process(self, printed: dict[str, str], report: Path) -> None:
        process = start("map", report, "--format", "nquads", env={**os.environ, "PYTHONHASHSEED": "7"})
        assert process.communicate(timeout=120) == (printed["nquads"], "")
        assert process.returncode == 0

    def test_every_item_of_a_list_has_a_file_of_facts(self, tmp_path: Path) -> None:
        items = [{"text": f"UNHCR said that {count} people had left."} for count in (100, 200, 300)]
        (tmp_path / "List_2.json").write_text(json.dumps(items), encoding="utf-8")
        result = kg("map", "--format", "facts", "--out", tmp_path / "out", tmp_path / "List_2.json")
        assert result.exit_code == 0
        assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
            f"List_2-item-{number}.json" for number in (1, 2, 3)
        ]

    def test_facts_say_who_said_what_in_the_schema_of_the_guide(self, printed: dict[str, str]) -> None:
        (found,) = json.loads(printed["facts"])
        assert list(found) == ["document", "actors", "statements", "figures", "policies", "principles"]
        assert set(found["document"]) == {
            *("file", "title", "publisher", "published", "dateline", "language", "noise"),
        }
        assert found["document"]["file"] == "report.txt"
        actor_keys = {"name", "type", "surface", "role", "affiliation"}
        assert all(set(actor) == actor_keys for actor in found["actors"])
        keys = {"speaker", "cue", "kind", "content", "act", "addressees", "cites", "principles", "policies"}
        assert all(set(statement) == keys for statement in found["statements"])
        assert {(s["speaker"], s["cue"]) for s in found["statements"]} == {
            ("International Organization for Migration", "said"),
            ("Amnesty International", "urged"),
        }
        assert all(words in REPORT for s in found["statements"] for words in s["content"])

    def test_facts_hold_the_figures_with_their_source(self, printed: dict[str, str]) -> None:
        (found,) = json.loads(printed["facts"])
        (figure,) = found["figures"]
        assert {key: figure[key] for key in ("value", "qualifier", "unit", "measure", "source")} == {
            "value": 1200,
            "qualifier": "more-than",
            "unit": "persons",
            "measure": "deported",
            "source": "International Organization for Migration",
        }
        assert figure["text"] in REPORT

    def test_facts_go_to_one_file_for_each_document(self, tmp_path: Path, report: Path) -> None:
        other = SAMPLES / "kenya-dadaab-2017-02.txt"
        assert kg("map", report, other, "--format", "facts", "--out", tmp_path / "out").exit_code == 0
        written = sorted((tmp_path / "out").iterdir())
        assert [path.name for path in written] == ["kenya-dadaab-2017-02.json", "report.json"]
        files = [json.loads(path.read_text())["document"]["file"] for path in written]
        assert files == ["kenya-dadaab-2017-02.txt", "report.txt"]

    def test_what_cannot_be_read_is_named_and_the_others_are_mapped(
        self, tmp_path: Path, report: Path
    ) -> None:
        out = tmp_path / "out"
        result = kg("map", tmp_path / "gone.txt", report, "--format", "nquads", "--out", out)
        assert result.exit_code == 2
        assert result.stdout == ""
        assert f"not read: {tmp_path / 'gone.txt'}: " in result.stderr
        assert (out / "report.nq").read_text().count("/doc/report> ") > 10


class TestValidate:
    def test_a_release_conforms(self, published: Path) -> None:
        result = kg("validate", "--store", published)
        assert result.exit_code == 0
        assert result.stdout.startswith("Conforms: 0 violation(s)")

    def test_what_does_not_conform_is_exit_status_1_and_names_the_place(self, tmp_path: Path) -> None:
        path = tmp_path / "actor.ttl"
        path.write_text("<id/actor/x> a <https://w3id.org/forced-returns/ns#Person> .")
        result = kg("validate", path)
        assert result.exit_code == 1
        assert result.stdout.startswith("Does not conform")
        assert "focus node  http://localhost:8000/id/actor/x" in result.stdout

    def test_the_report_as_turtle_is_one_of_shacl(self, tmp_path: Path) -> None:
        path = tmp_path / "actor.ttl"
        path.write_text("<id/actor/x> a <https://w3id.org/forced-returns/ns#Person> .")
        graph = rdflib.Graph().parse(data=kg("validate", path, "--format", "turtle").stdout, format="turtle")
        (report,) = graph.subjects(rdflib.RDF.type, rdflib.SH.ValidationReport)
        assert str(graph.value(report, rdflib.SH.conforms)) == "false"

    def test_a_mapped_document_conforms_as_a_file(self, tmp_path: Path, printed: dict[str, str]) -> None:
        (tmp_path / "report.trig").write_text(printed["trig"])
        result = kg("validate", tmp_path / "report.trig")
        assert result.exit_code == 0, result.stdout

    def test_a_syntax_error_is_a_finding_with_its_line(self, tmp_path: Path) -> None:
        path = tmp_path / "broken.ttl"
        path.write_text("<a> <b> <c> .\n<a> <b>\n")
        result = kg("validate", path)
        assert result.exit_code == 1
        assert "broken.ttl, line 3" in result.stdout

    def test_a_missing_file_is_exit_status_2(self, tmp_path: Path) -> None:
        result = kg("validate", tmp_path / "gone.ttl")
        assert result.exit_code == 2
        assert "gone.ttl" in result.stderr

    def test_a_file_of_an_unknown_kind_is_exit_status_2(self, report: Path) -> None:
        assert kg("validate", report).exit_code == 2

    @pytest.mark.parametrize("text", ["", "<http://example.org/a> <http://example.org/b> 1 ."])
    def test_a_file_without_anything_to_check_is_exit_status_5(self, tmp_path: Path, text: str) -> None:
        path = tmp_path / "other.ttl"
        path.write_text(text)
        assert kg("validate", path).exit_code == 5

    def test_an_empty_folder_is_no_release(self, tmp_path: Path) -> None:
        (tmp_path / "none").mkdir()
        result = kg("build", "--store", tmp_path / "store", tmp_path / "none")
        assert (result.exit_code, "no document was found" in result.stderr) == (2, True)

    def test_a_release_without_documents_is_exit_status_5(self, tmp_path: Path, report: Path) -> None:
        assert kg("build", "--store", tmp_path / "store", report).exit_code == 0
        assert kg("withdraw", "report", "--store", tmp_path / "store").exit_code == 0
        result = kg("validate", "--store", tmp_path / "store")
        assert result.exit_code == 5
        assert "holds no document" in result.stderr

    def test_a_store_that_is_not_there_is_exit_status_2(self, tmp_path: Path) -> None:
        result = kg("validate", "--store", tmp_path / "none")
        assert result.exit_code == 2
        assert "kg build" in result.stderr


class TestQuery:
    def test_takes_the_query_as_text_from_a_file_and_from_standard_input(
        self, published: Path, tmp_path: Path
    ) -> None:
        (tmp_path / "ngos.rq").write_text(NGOS)
        args = ["query", "--store", str(published), "--format", "csv"]
        answers = [
            kg(*args, NGOS).stdout,
            kg(*args, "-f", tmp_path / "ngos.rq").stdout,
            CliRunner().invoke(main, [*args, "-f", "-"], input=NGOS).stdout,
        ]
        assert len(set(answers)) == 1
        assert len(answers[0].splitlines()) == 4

    @pytest.mark.parametrize(
        ("name", "beginning"),
        [("json", '{"head"'), ("xml", "<?xml"), ("csv", "name\r\n"), ("tsv", "?name\n")],
    )
    def test_solutions_in_every_format(self, published: Path, name: str, beginning: str) -> None:
        result = kg("query", "--store", published, "--format", name, NGOS)
        assert result.exit_code == 0
        assert result.stdout_bytes.decode().startswith(beginning)

    @pytest.mark.filterwarnings(
        "ignore::DeprecationWarning:rdflib"
    )  # its JSON-LD parser uses what it deprecates
    @pytest.mark.parametrize("name", ["turtle", "ntriples", "jsonld", "rdfxml"])
    def test_graphs_in_every_format(self, published: Path, name: str) -> None:
        result = kg("query", "--store", published, "--format", name, "DESCRIBE <id/actor/unhcr>")
        formats = {"ntriples": "nt", "jsonld": "json-ld", "rdfxml": "xml"}
        graph = rdflib.Graph().parse(data=result.stdout, format=formats.get(name, name))
        assert {str(subject) for subject in graph.subjects()} == {"http://localhost:8000/id/actor/unhcr"}

    def test_solutions_are_json_where_no_person_looks_on(self, published: Path) -> None:
        answer = json.loads(kg("query", "--store", published, NGOS).stdout)
        assert len(answer["results"]["bindings"]) == 3

    def test_solutions_are_a_table_on_a_terminal(self, published: Path) -> None:
        shown = run_on_terminal("query", "--store", published, NGOS)
        assert "┃ name" in shown
        assert "3 solutions, release 1" in shown

    def test_a_boolean_is_a_word_on_a_terminal(self, published: Path) -> None:
        assert "true" in run_on_terminal("query", "--store", published, "ASK { ?s a fr:Document }")

    def test_a_query_that_cannot_be_parsed_is_wrong_use_and_tells_the_place(self, published: Path) -> None:
        result = kg("query", "--store", published, "SELECT ?name {\n  ?a a fr:NGO ; }}")
        assert result.exit_code == 2
        assert "line 2, column " in result.stderr
        assert "Traceback" not in result.stderr
        assert result.stdout == ""

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            (
                "SELECT * { ?s nope:x ?o }",
                "the query cannot be parsed at line 1, column 21, near ' ?o }': the prefix 'nope' is not declared",
            ),
            ("INSERT DATA { <a> <b> <c> }", "INSERT begins a SPARQL Update request"),
            (
                "SELECT * { SERVICE <http://localhost:1/> { ?s ?p ?o } }",
                "SERVICE <http://localhost:1/> is refused",
            ),
            ("SELECT", "the query cannot be parsed"),
            ("", "the query cannot be parsed"),
        ],
    )
    def test_what_cannot_be_asked_is_exit_status_2(self, published: Path, text: str, message: str) -> None:
        result = kg("query", "--store", published, text)
        assert result.exit_code == 2
        assert result.stderr.startswith(f"kg: {message}")

    def test_a_format_of_another_query_form_is_wrong_use(self, published: Path) -> None:
        result = kg("query", "--store", published, "--format", "turtle", NGOS)
        assert result.exit_code == 2
        assert "Choose one of json, xml, csv, tsv." in result.stderr

    def test_text_and_file_at_once_are_wrong_use(self, published: Path, report: Path) -> None:
        assert kg("query", "--store", published, "-f", report, NGOS).exit_code == 2

    def test_an_older_release_can_be_asked(self, extended: Path) -> None:
        args = (
            "query",
            "--store",
            extended,
            "--format",
            "csv",
            "SELECT (COUNT(*) AS ?n) { ?d a fr:Document }",
        )
        counts = [kg(*args, *at).stdout.split() for at in ([], ["--release", "1"])]
        assert counts == [["n", "4"], ["n", "3"]]
        assert kg(*args, "--release", "9").exit_code == 2

    def test_a_reader_that_has_seen_enough_is_no_error(self, published: Path) -> None:
        process = start("query", "--store", published, "--format", "csv", "SELECT * { ?s ?p ?o }")
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == ""
        process.stderr.close()
        assert process.wait(timeout=60) == 0


class TestDump:
    @pytest.mark.filterwarnings(
        "ignore::DeprecationWarning:rdflib"
    )  # its JSON-LD parser uses what it deprecates
    @pytest.mark.parametrize(("name", "parser"), PARSERS.items())
    def test_holds_every_named_graph(self, published: Path, tmp_path: Path, name: str, parser: str) -> None:
        result = kg("dump", "--store", published, "--format", name, "-o", tmp_path / "dump")
        assert (result.exit_code, result.stdout) == (0, "")
        dataset = rdflib.Dataset()
        dataset.parse(tmp_path / "dump", format=parser)
        names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
        wanted = [*(f"doc/{slug}" for slug in SLUGS), "world", "vocab", "release"]
        assert {f"http://localhost:8000/graph/{name}" for name in wanted} <= names

    def test_goes_to_standard_output(self, published: Path) -> None:
        assert len(kg("dump", "--store", published).stdout.splitlines()) > 10_000


class TestHistory:
    def test_releases_marks_the_current_one(self, extended: Path) -> None:
        lines = kg("releases", "--store", extended).stdout.splitlines()
        assert [line[:6] for line in lines] == ["     1", "*    2"]
        assert [line.split(" documents")[0].split()[-1] for line in lines] == ["3", "4"]

    def test_rollback_goes_back_and_forth(self, long_store: Path) -> None:
        assert kg("rollback", "--store", long_store).exit_code == 0
        assert list_documents(long_store) == SLUGS
        result = kg("rollback", "--store", long_store, 2)
        assert result.stderr == "release 2 is current\n"
        assert "report" in list_documents(long_store)

    def test_rollback_to_what_is_not_there_is_exit_status_2(self, store: Path) -> None:
        assert kg("rollback", "--store", store).exit_code == 2
        result = kg("rollback", "--store", store, 7)
        assert result.exit_code == 2
        assert "Kept releases: 1." in result.stderr

    @pytest.mark.parametrize(("old", "new", "sign"), [(1, 2, "+"), (2, 1, "-")])
    def test_diff_shows_what_came_and_what_went(self, extended: Path, old: int, new: int, sign: str) -> None:
        lines = kg("diff", "--store", extended, old, new).stdout.splitlines()
        assert {line[0] for line in lines if "/graph/doc/report>" in line} == {sign}
        assert not [line for line in lines if f"/graph/doc/{SLUGS[0]}>" in line]

    def test_diff_in_brief_counts_by_graph(self, extended: Path) -> None:
        lines = kg("diff", "--store", extended, 1, 2, "--brief").stdout.splitlines()
        (line,) = (line for line in lines if line.startswith("http://localhost:8000/graph/doc/report "))
        assert line.endswith(" -0")

    def test_diff_of_a_release_with_itself_is_empty(self, published: Path) -> None:
        result = kg("diff", "--store", published, 1, 1)
        assert (result.exit_code, result.stdout) == (0, "")

    def test_withdraw_takes_a_document_out_for_good(self, store: Path) -> None:
        slug = SLUGS[0]
        result = kg("withdraw", "--store", store, slug, "--reason", "asked to")
        assert result.exit_code == 0
        assert f"{slug} is withdrawn; release 2 is current" in result.stderr
        again = kg("build", "--store", store, *(SAMPLES / name for name in FILES))
        assert f"notice: {slug} was withdrawn and stays so" in again.stderr
        assert list_documents(store) == SLUGS[1:]
        assert "1 withdrawn" in kg("releases", "--store", store).stdout

    def test_withdraw_with_purge_leaves_it_in_no_release(self, store: Path) -> None:
        slug = SLUGS[0]
        (text,) = query(store, f"SELECT ?digest {{ <doc/{slug}> fr:textDigest ?digest }}")[0]
        assert list(store.rglob(f"{text}.txt"))
        assert kg("withdraw", "--store", store, slug, "--purge").exit_code == 0
        assert not list(store.rglob(f"{text}.txt"))
        old = kg("query", "--store", store, "--release", "1", f"ASK {{ <doc/{slug}> ?p ?o }}")
        assert json.loads(old.stdout)["boolean"] is False

    def test_withdraw_of_what_is_not_there_is_exit_status_2(self, store: Path) -> None:
        result = kg("withdraw", "--store", store, "nothing")
        assert result.exit_code == 2
        assert "no document 'nothing'" in result.stderr


class TestEvaluate:
    @pytest.fixture
    def annotated(self, tmp_path: Path, report: Path, printed: dict[str, str]) -> Path:
        """A folder whose annotation is what is found."""
        (found,) = json.loads(printed["facts"])
        (tmp_path / "report.json").write_text(json.dumps(found))
        return report.parent

    def test_what_agrees_with_the_annotation_scores_1(self, annotated: Path) -> None:
        result = kg("evaluate", annotated)
        assert result.exit_code == 0
        assert "ALL 1 documents" in result.stdout
        assert "P 1.000  R 1.000  F1 1.000   (2 right, 0 wrong, 0 missed)" in result.stdout

    def test_what_the_annotation_has_besides_is_missed(self, annotated: Path) -> None:
        path = annotated / "report.json"
        gold = json.loads(path.read_text())
        gold["statements"].append({**gold["statements"][0], "content": ["words that nobody said"]})
        path.write_text(json.dumps(gold))
        scores = json.loads(kg("evaluate", annotated, "--json").stdout)
        assert (
            scores["micro"]["statements"] | {"tp": 2, "fp": 0, "fn": 1, "precision": 1.0}
            == (scores["micro"]["statements"])
        )

    @pytest.mark.usefixtures("report")
    def test_a_folder_without_annotations_is_exit_status_2(self, tmp_path: Path) -> None:
        result = kg("evaluate", tmp_path)
        assert result.exit_code == 2
        assert "no annotation" in result.stderr

    def test_a_folder_that_is_not_there_is_exit_status_2(self, tmp_path: Path) -> None:
        assert kg("evaluate", tmp_path / "none").exit_code == 2


class TestServing:
    def test_up_builds_and_serves_until_it_is_told_to_stop(self, tmp_path: Path, report: Path) -> None:
        port = find_port()
        with serving("up", report, "--port", port, "--store", tmp_path / "store") as address:
            assert address == f"http://localhost:{port}/"
            asked = httpx.get(f"{address}sparql", params={"query": "ASK { <doc/report> a fr:Document }"})
            assert asked.json()["boolean"] is True
            found = httpx.get(
                f"{address}id/actor/unhcr", headers={"Accept": "text/turtle"}, follow_redirects=True
            )
            assert [step.status_code for step in found.history] == [303]
            graph = rdflib.Graph().parse(data=found.text, format="turtle")
            assert (rdflib.URIRef(f"{address}id/actor/unhcr"), None, None) in graph

    def test_serve_follows_what_is_published(self, tmp_path: Path, report: Path) -> None:
        port, store = find_port(), tmp_path / "store"
        base = f"http://localhost:{port}/"
        kg("build", "--store", store, "--base", base, report)
        with serving("serve", "--port", port, "--store", store) as address:
            assert httpx.get(f"{address}doc/report").status_code == 200
            kg("withdraw", "--store", store, "report")
            assert httpx.get(f"{address}doc/report").status_code == 410

    def test_serve_refuses_another_base(self, published: Path) -> None:
        result = kg("serve", "--store", published, "--base", "http://example.org/")
        assert result.exit_code == 2
        assert "was built for http://localhost:8000/" in result.stderr

    def test_serve_without_a_store_says_what_to_do(self, tmp_path: Path) -> None:
        result = kg("serve", "--store", tmp_path / "none")
        assert result.exit_code == 2
        assert "Run `kg build` first." in result.stderr

    def test_a_port_in_use_is_exit_status_2(self, published: Path) -> None:
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            process = start("serve", "--store", published, "--port", taken.getsockname()[1])
            _, told = process.communicate(timeout=60)
        assert process.returncode == 2
        assert "cannot listen on 127.0.0.1:" in told
        assert "Serving" not in told


def wait_for(condition: "object", seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < until
        time.sleep(0.05)


def find_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def serving(*args: object) -> Iterator[str]:
    """Serve in a process until the block ends; then SIGTERM has to end it with exit status 0."""
    process = start(*args)
    assert process.stderr
    try:
        lines = []
        while line := process.stderr.readline():
            lines.append(line)
            if line.startswith("Serving "):
                break
        assert lines
        assert lines[-1].startswith("Serving "), lines
        yield lines[-1].split()[1]
        process.send_signal(signal.SIGTERM)
        out, told = process.communicate(timeout=30)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in told
    finally:
        process.kill()
        process.communicate()


def run_on_terminal(*args: object) -> str:
    """Run a command whose output is a terminal, and give what it shows."""
    ours, theirs = pty.openpty()
    process = start(*args, stdout=theirs, stderr=theirs, env={**os.environ, "COLUMNS": "120", "TERM": "dumb"})
    os.close(theirs)
    shown = b""
    try:
        while found := os.read(ours, 65536):
            shown += found
    except OSError:  # the other end was closed
        pass
    os.close(ours)
    assert process.wait(timeout=60) == 0, shown
    return shown.decode()
