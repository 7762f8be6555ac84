"""Questions to a release: evaluate, describe, look up."""

import hashlib
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.engines import WorkerPool, open_local
from kg.errors import FileError, NotAcceptableError, NotFoundError, QuerySyntaxError, UsageError
from kg.formats import find_format, parse_quads
from kg.iris import Minter
from kg.model import IRI, Literal, Quad, Span
from kg.queries import Form, QueryRequest, Reader, load_examples
from kg.releases import DocumentInfo, Fields, Release, Releases, Tombstone, open_store
from kg.vocab import DCT, FR, OA, RDF, RDFS, SKOS

MINTER = Minter("http://example.org/")
DOC, GRAPH, PROV = MINTER.mint_document("a"), MINTER.mint_graph("doc", "a"), MINTER.mint_graph("prov", "a")
WORLD, VOCAB = MINTER.mint_graph("world"), MINTER.mint_graph("vocab")
UNHCR = MINTER.mint_resource("actor", "unhcr")
STATEMENT = MINTER.mint_fragment("a", "statement-3")
SPAN, POSITION, QUOTE = (MINTER.mint_span("a", Span(3, 9), kind) for kind in ("", "position", "quote"))
LONGER = MINTER.mint_span("a", Span(3, 99))
TEXT = "Zażółć gęślą jaźń \U0001f642"
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
NAME = Literal("UNHCR", RDF.langString, "en")
TITLE = Literal('A "title"\n')
GRAPHS = {
    GRAPH: [
        Quad(DOC, RDF.type, FR.Document, GRAPH),
        Quad(DOC, DCT.term("title"), TITLE, GRAPH),
        Quad(STATEMENT, FR.speaker, UNHCR, GRAPH),
        Quad(STATEMENT, FR.contentSpan, SPAN, GRAPH),
        Quad(SPAN, OA.hasSelector, POSITION, GRAPH),
        Quad(POSITION, OA.start, Literal("3"), GRAPH),
        Quad(QUOTE, OA.exact, Literal("words"), GRAPH),
        Quad(LONGER, OA.hasSource, DOC, GRAPH),
    ],
    PROV: [Quad(STATEMENT, FR.rule, Literal("cue/verb"), PROV)],
    MINTER.mint_graph("doc", "ab"): [
        Quad(MINTER.mint_document("ab"), RDF.type, FR.Document, MINTER.mint_graph("doc", "ab"))
    ],
    WORLD: [
        Quad(UNHCR, SKOS.prefLabel, NAME, WORLD),
        Quad(UNHCR, RDF.type, FR.IntergovernmentalOrganization, WORLD),
    ],
    VOCAB: [
        Quad(FR.Document, RDFS.label, Literal("document"), VOCAB),
        Quad(IRI(FR[:-1]), DCT.term("title"), Literal("Ontology"), VOCAB),
    ],
}


def publish(store: Releases, graphs: dict[IRI, list[Quad]]) -> Release:
    with store.stage() as staging:
        for graph, quads in graphs.items():
            staging.replace_graph(graph, quads)
        staging.add_text(DIGEST, TEXT)
        return staging.publish(
            Fields(
                "2026-01-02T03:04:05Z",
                "1.0",
                documents={"a": DocumentInfo("a.txt", DIGEST, "key")},
                tombstones={"gone": Tombstone("gone", "2026-01-01", "A title")},
            )
        )


@pytest.fixture
def store(tmp_path: Path) -> Releases:
    store = open_store(tmp_path / "store", MINTER.base, create=True)
    publish(store, GRAPHS)
    return store


@pytest.fixture
def reader(store: Releases) -> Reader:
    release = store.current()
    assert release
    return Reader(store, open_local(release.database))


class TestEvaluate:
    @pytest.mark.parametrize(
        ("text", "accept", "form", "name"),
        [
            ("SELECT * {}", None, Form.SELECT, "json"),
            ("SELECT * {}", "text/csv", Form.SELECT, "csv"),
            ("ASK {}", "application/sparql-results+xml", Form.ASK, "xml"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", None, Form.CONSTRUCT, "turtle"),
            ("CONSTRUCT WHERE { ?s ?p ?o }", "application/json", Form.CONSTRUCT, "jsonld"),
            ("SELECT * {}", "application/json", Form.SELECT, "json"),
            ("DESCRIBE <doc/a>", "application/n-triples", Form.DESCRIBE, "ntriples"),
        ],
    )
    def test_the_query_form_decides_what_is_offered(
        self, reader: Reader, text: str, accept: str | None, form: Form, name: str
    ) -> None:
        answer = reader.evaluate(QueryRequest(text, accept))
        assert (answer.form, answer.format.name) == (form, name)
        assert answer.read()

    def test_a_format_by_name_comes_before_accept(self, reader: Reader) -> None:
        assert reader.evaluate(QueryRequest("ASK {}", "text/csv", "json")).format.name == "json"

    def test_solutions_cannot_be_turtle(self, reader: Reader) -> None:
        with pytest.raises(NotAcceptableError):
            reader.evaluate(QueryRequest("SELECT * {}", "text/turtle"))
        with pytest.raises(UsageError, match="unknown format"):
            reader.evaluate(QueryRequest("SELECT * {}", format="turtle"))

    def test_relative_iris_resolve_against_the_base(self, reader: Reader) -> None:
        assert reader.evaluate(QueryRequest("ASK { <doc/a> a fr:Document }", format="csv")).read() == b"true"

    def test_the_dataset_can_be_given(self, reader: Reader) -> None:
        request = QueryRequest("SELECT ?o { ?s ?p ?o }", format="csv", default_graphs=(PROV,))
        assert reader.evaluate(request).read().split() == [b"o", b"cue/verb"]

    def test_an_answer_names_its_release(self, reader: Reader) -> None:
        assert reader.evaluate(QueryRequest("ASK {}")).release == reader.release

    def test_a_syntax_error_comes_from_the_call(self, reader: Reader) -> None:
        with pytest.raises(QuerySyntaxError):
            reader.evaluate(QueryRequest("SELECT * { "))


class TestSelect:
    def test_solutions_are_terms(self, reader: Reader) -> None:
        found = reader.select("SELECT ?t ?l { ?d dct:title ?t . ?actor skos:prefLabel ?l }", d=DOC)
        assert found == [{"t": TITLE, "l": NAME}]

    def test_bindings_cannot_break_out(self, reader: Reader) -> None:
        assert reader.select("SELECT ?d { ?d dct:title ?t }", t=TITLE) == [{"d": DOC}]
        assert reader.select("SELECT ?d { ?d dct:title ?t }", t=Literal('" } #')) == []

    def test_unbound_variables_are_left_out(self, reader: Reader) -> None:
        assert reader.select("SELECT ?d ?x { ?d dct:title ?t }", t=TITLE) == [{"d": DOC}]

    def test_ask(self, reader: Reader) -> None:
        assert reader.ask("ASK { ?d a fr:Document }", d=DOC)
        assert not reader.ask("ASK { ?d a fr:State }", d=DOC)


class TestDescribe:
    def test_a_document_brings_its_fragments_and_labels(self, reader: Reader) -> None:
        found = reader.describe(DOC)
        labels = {Quad(UNHCR, SKOS.prefLabel, NAME, WORLD), GRAPHS[VOCAB][0]}
        assert set(found) == {*GRAPHS[GRAPH], *GRAPHS[PROV], *labels}
        assert found == sorted(found, key=lambda q: (q.subject, q.predicate))

    def test_a_fragment_comes_alone(self, reader: Reader) -> None:
        own = [GRAPHS[GRAPH][2], GRAPHS[GRAPH][3], *GRAPHS[PROV], Quad(UNHCR, SKOS.prefLabel, NAME, WORLD)]
        assert set(reader.describe(STATEMENT)) == set(own)

    def test_a_span_brings_its_selectors(self, reader: Reader) -> None:
        assert {quad.subject for quad in reader.describe(SPAN)} == {SPAN, POSITION, QUOTE}

    def test_an_actor(self, reader: Reader) -> None:
        assert set(reader.describe(UNHCR)) == set(GRAPHS[WORLD])

    def test_the_ontology_brings_its_terms(self, reader: Reader) -> None:
        assert set(reader.describe(IRI(FR[:-1]))) == set(GRAPHS[VOCAB])

    def test_the_manifest_brings_the_release(self, reader: Reader) -> None:
        graph = MINTER.mint_graph("release")
        assert IRI(f"{graph}#release-1") in {quad.subject for quad in reader.describe(graph)}

    @pytest.mark.parametrize("iri", ["http://example.org/doc/none", "http://elsewhere.org/", "urn:x"])
    def test_of_what_is_not_known_there_is_nothing(self, reader: Reader, iri: str) -> None:
        assert reader.describe(IRI(iri)) == []

    def test_as_many_targets_as_you_like_have_labels(self, store: Releases) -> None:
        graph = MINTER.mint_graph("doc", "many")
        doc = MINTER.mint_document("many")
        targets = [IRI(f"http://example.org/id/actor/n{n}") for n in range(1100)]
        labels = [Quad(target, SKOS.prefLabel, Literal("x"), WORLD) for target in targets]
        publish(store, {graph: [Quad(doc, FR.speaker, target, graph) for target in targets], WORLD: labels})
        release = store.get(2)
        assert len(Reader(release, open_local(release.database)).describe(doc)) == 2200


class TestLookUp:
    def test_exists(self, reader: Reader) -> None:
        assert all(map(reader.exists, (DOC, STATEMENT, UNHCR, GRAPH)))
        assert not reader.exists(MINTER.mint_document("b"))

    def test_a_tombstone(self, reader: Reader) -> None:
        tombstone = reader.tombstone("gone")
        assert tombstone
        assert tombstone.title == "A title"
        assert reader.tombstone("a") is None

    def test_a_text(self, reader: Reader) -> None:
        assert reader.text(DIGEST) == TEXT

    @pytest.mark.parametrize("digest", ["0" * 64, "../manifest.json", "", "../../../current/manifest"])
    def test_a_text_that_is_not_there(self, reader: Reader, digest: str) -> None:
        with pytest.raises(NotFoundError):
            reader.text(digest)

    def test_one_graph(self, reader: Reader) -> None:
        answer = reader.graph(PROV, format="ntriples")
        assert parse_quads(answer.read(), PROV, "http://b/", find_format("ntriples")) == GRAPHS[PROV]
        with pytest.raises(NotFoundError):
            reader.graph(MINTER.mint_graph("doc", "none"))

    def test_a_dump_holds_every_quad(self, reader: Reader) -> None:
        quads = parse_quads(b"".join(reader.dump("nquads")), DOC, "http://b/", find_format("nquads"))
        assert {quad for graph in GRAPHS.values() for quad in graph} < set(quads)
        assert len(quads) == len(set(quads))


class TestReleases:
    @pytest.fixture
    def pooled(self, store: Releases) -> Iterator[Reader]:
        with WorkerPool(2) as pool:
            yield Reader(store, pool)

    def test_refresh_follows_the_current_release(self, store: Releases, pooled: Reader) -> None:
        assert not pooled.refresh()
        publish(store, {PROV: []})
        assert pooled.exists(PROV)
        assert pooled.refresh()
        assert pooled.release.number == 2
        assert not pooled.exists(PROV)
        store.rollback()
        assert pooled.refresh()
        assert pooled.exists(PROV)

    def test_an_older_release_can_be_asked(self, store: Releases, pooled: Reader) -> None:
        publish(store, {PROV: []})
        pooled.refresh()
        text = "ASK { GRAPH ?g { ?s fr:rule ?o } }"
        assert (pooled.ask(text), pooled.at(1).ask(text)) == (False, True)
        with pytest.raises(NotFoundError):
            pooled.at(9)

    def test_a_store_without_releases_is_told(self, tmp_path: Path, pooled: Reader) -> None:
        with pytest.raises(NotFoundError, match="nothing was published"):
            Reader(open_store(tmp_path / "new", create=True), pooled._engine)

    def test_readers_see_whole_releases_while_others_are_published(
        self, store: Releases, pooled: Reader
    ) -> None:
        """Each release says its own number 50 times; no answer may mix two."""
        graph = MINTER.mint_graph("doc", "count")
        stop, wrong, seen = threading.Event(), [], set()

        def read() -> None:
            while not stop.is_set():
                pooled.refresh()
                rows = pooled.select("SELECT ?n (COUNT(*) AS ?c) { ?s fr:number ?n } GROUP BY ?n")
                counts = [row["c"] for row in rows]
                if rows and counts != [Literal("50", IRI("http://www.w3.org/2001/XMLSchema#integer"))]:
                    wrong.append(rows)
                seen.update(str(row["n"]) for row in rows)

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for number in range(8):
            said = [Quad(IRI(f"{DOC}#{n}"), FR.number, Literal(str(number)), graph) for n in range(50)]
            publish(store, {graph: said})
        stop.set()
        for thread in threads:
            thread.join()
        assert not wrong
        assert len(seen) > 1


class TestExamples:
    def test_title_and_description_come_from_the_comments(self, tmp_path: Path) -> None:
        text = (
            "# title: Who says what\n# description: All statements,\n#   with speakers.\nSELECT * {}\n# end"
        )
        (tmp_path / "who.rq").write_text(text)
        (tmp_path / "README.md").write_text("no query")
        (example,) = load_examples(tmp_path)
        assert (example.slug, example.title) == ("who", "Who says what")
        assert example.description == "All statements, with speakers."
        assert example.text == text

    def test_a_query_without_title_is_told(self, tmp_path: Path) -> None:
        (tmp_path / "x.rq").write_text("SELECT * {}")
        with pytest.raises(FileError, match="has no title"):
            load_examples(tmp_path)
