"""Releases: staged apart, published in one step, never changed; except by a purge."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

import pytest

from kg.engines import Question, open_local
from kg.errors import BusyError, NotFoundError, StoreError, UsageError
from kg.formats import find_format
from kg.iris import Minter
from kg.model import IRI, Literal, Quad
from kg.releases import (
    DocumentInfo,
    Fields,
    Release,
    Releases,
    Tombstone,
    drop_mentions,
    open_store,
    read_release,
)
from kg.vocab import DCAT, FR, OWL, PROV, RDF, RDFS, SKOS, VOID

BASE = "http://example.org/"
MINTER = Minter(BASE)
TEXT = "The plan was called a deportation in disguise by an eyewitness named Zarmina."
DIGEST = hashlib.sha256(TEXT.encode()).hexdigest()
WORLD = MINTER.mint_graph("world")


@pytest.fixture
def store(tmp_path: Path) -> Releases:
    return open_store(tmp_path / "store", BASE, create=True)


def say(slug: str, *words: str) -> list[Quad]:
    """The quads of a document that says these words."""
    document, graph = MINTER.mint_document(slug), MINTER.mint_graph("doc", slug)
    said = (Quad(IRI(f"{document}#{n}"), FR.text, Literal(word), graph) for n, word in enumerate(words))
    return [Quad(document, RDF.type, FR.Document, graph), *said]


def publish(store: Releases, documents: dict[str, Iterable[Quad]], text: str | None = None) -> Release:
    """Publish a release that holds exactly these documents."""
    infos = {slug: DocumentInfo(f"{slug}.txt", DIGEST, "key") for slug in documents}
    with store.stage() as staging:
        for graph in staging.graphs():
            staging.remove_graph(graph)
        for slug, quads in documents.items():
            staging.replace_graph(MINTER.mint_graph("doc", slug), quads)
        if text:
            staging.add_text(hashlib.sha256(text.encode()).hexdigest(), text)
        return staging.publish(Fields("2026-01-02T03:04:05Z", "1.0", {"world": "abc"}, infos))


def read_files(root: Path) -> dict[str, str]:
    """The digest of every file below a folder."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file())
    return {str(path.relative_to(root)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def select(release: Release, text: str) -> list[dict[str, str]]:
    answer = b"".join(open_local(release.database).evaluate(Question(text, find_format("json"))))
    solutions = json.loads(answer)["results"]["bindings"]
    return [{name: value["value"] for name, value in solution.items()} for solution in solutions]


class TestPublish:
    def test_an_empty_store_has_no_current_release(self, store: Releases) -> None:
        assert store.current() is None
        assert store.list() == ()

    def test_what_is_published_is_current(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes")})
        assert store.current() == release
        assert [r.number for r in store.list()] == [1]
        assert select(release, f"SELECT ?o {{ ?s <{FR.text}> ?o }}") == [{"o": "yes"}]

    def test_nothing_is_seen_before_it_is_published(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes")})
        with store.stage() as staging:
            staging.replace_graph(WORLD, [Quad(FR.x, RDFS.label, Literal("x"), WORLD)])
            current = store.current()
            assert current
            assert WORLD not in current.graphs
        assert not list(store.path.glob("staging-*"))
        assert store.current() == current

    def test_an_exception_leaves_nothing_behind(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes")})
        with pytest.raises(ZeroDivisionError), store.stage():
            raise ZeroDivisionError
        assert store.current() == release
        assert sorted(path.name for path in store.path.iterdir()) == ["current", "lock", "releases"]

    def test_the_bytes_of_a_release_never_change(self, store: Releases) -> None:
        first = publish(store, {"a": say("a", "yes"), "b": say("b", *map(str, range(500)))}, TEXT)
        before = read_files(first.path)
        publish(store, {"a": say("a", "no")})
        open_local(first.database).evaluate(Question("SELECT * { ?s ?p ?o }", find_format("csv")))
        publish(store, {"c": say("c", "maybe")}, TEXT)
        store.rollback(1)
        publish(store, {"b": say("b", "otherwise")}, TEXT)
        assert len(before) > 5
        assert read_files(first.path) == before

    def test_a_release_is_read_only_on_disk(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes")}, TEXT)
        modes = {path.stat().st_mode & 0o222 for path in release.path.rglob("*")}
        assert modes == {0}

    def test_nothing_of_a_release_stands_in_the_write_ahead_log(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes")})
        release = publish(store, {"a": say("a", "no")})
        assert sum(path.stat().st_size for path in release.database.glob("*.log")) == 0

    def test_a_second_writer_is_turned_away(self, store: Releases) -> None:
        with store.stage(), pytest.raises(BusyError), store.stage():
            pass

    def test_what_a_dead_writer_left_is_cleared_away(self, store: Releases) -> None:
        leftover = store.path / "staging-000001" / "work"
        leftover.mkdir(parents=True)
        (leftover / "file").write_text("x")
        publish(store, {"a": say("a", "yes")})
        assert not list(store.path.glob("staging-*"))

    def test_publishing_twice_from_one_staging_area_is_refused(self, store: Releases) -> None:
        with store.stage() as staging:
            staging.publish(Fields("2026-01-02T03:04:05Z", "1.0"))
            with pytest.raises(UsageError):
                staging.publish(Fields("2026-01-02T03:04:05Z", "1.0"))


class TestGraphs:
    def test_replacing_a_graph_leaves_the_others_alone(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes"), "b": say("b", "no")})
        with store.stage() as staging:
            staging.replace_graph(MINTER.mint_graph("doc", "a"), say("a", "never"))
            release = staging.publish(Fields("2026-01-02T03:04:05Z", "1.0"))
        texts = select(release, f"SELECT ?o {{ ?s <{FR.text}> ?o }} ORDER BY ?o")
        assert texts == [{"o": "never"}, {"o": "no"}]

    def test_the_same_quads_change_nothing(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes", "no")})
        with store.stage() as staging:
            assert not staging.replace_graph(MINTER.mint_graph("doc", "a"), reversed(say("a", "yes", "no")))

    def test_a_graph_reads_back(self, store: Releases) -> None:
        graph = MINTER.mint_graph("doc", "a")
        with store.stage() as staging:
            staging.replace_graph(graph, say("a", "yes"))
            assert set(staging.quads(graph)) == set(say("a", "yes"))

    def test_quads_of_another_graph_are_refused(self, store: Releases) -> None:
        with store.stage() as staging, pytest.raises(UsageError, match="do not belong"):
            staging.replace_graph(WORLD, say("a", "yes"))

    def test_the_manifest_graph_is_not_for_others(self, store: Releases) -> None:
        graph = MINTER.mint_graph("release")
        with store.stage() as staging, pytest.raises(UsageError):
            staging.replace_graph(graph, [Quad(graph, RDF.type, DCAT.Dataset, graph)])

    def test_a_triple_stands_in_exactly_one_graph(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes")})
        doubled = [quad._replace(graph=WORLD) for quad in say("a", "yes")]
        with store.stage() as staging:
            staging.replace_graph(WORLD, doubled)
            with pytest.raises(StoreError, match="more than one graph"):
                staging.publish(Fields("2026-01-02T03:04:05Z", "1.0"))
        assert store.current() == release

    def test_a_text_must_have_its_digest(self, store: Releases) -> None:
        with store.stage() as staging, pytest.raises(UsageError, match="digest"):
            staging.add_text(DIGEST, "another text")

    def test_a_text_that_no_document_has_is_dropped(self, store: Releases) -> None:
        first = publish(store, {"a": say("a", "yes")}, TEXT)
        second = publish(store, {})
        assert first.text_path(DIGEST).read_text() == TEXT
        assert not second.text_path(DIGEST).exists()


class TestManifest:
    def test_counts_and_digests(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes", "no"), "b": say("b")})
        assert (release.triples, release.entities) == (4, 4)
        assert release.classes == {FR.Document: 2}
        assert release.graphs[MINTER.mint_graph("doc", "a")].triples == 3
        assert release == read_release(release.path)
        assert release.etag == hashlib.sha256((release.path / "manifest.json").read_bytes()).hexdigest()[:32]

    def test_the_same_content_has_the_same_digest_in_any_store(self, store: Releases, tmp_path: Path) -> None:
        other = open_store(tmp_path / "other", BASE, create=True)
        publish(other, {"b": say("b")})
        documents = {"a": say("a", "yes"), "b": say("b")}
        assert publish(store, documents).digest == publish(other, documents).digest

    def test_the_manifest_graph_describes_the_release(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes")})
        release = publish(store, {"a": say("a", "no")})
        dataset = f"{BASE}graph/release#release-2"
        found = select(release, f"SELECT ?p ?o {{ <{dataset}> ?p ?o }}")
        said = {(row["p"], row["o"]) for row in found}
        assert {
            (RDF.type, DCAT.Dataset),
            (RDF.type, VOID.Dataset),
            (OWL.versionInfo, "2"),
            (PROV.wasDerivedFrom, f"{BASE}graph/release#release-1"),
            (VOID.triples, "2"),
            (VOID.sparqlEndpoint, f"{BASE}sparql"),
        } <= said

    def test_the_manifest_graph_speaks_of_one_release_only(self, store: Releases) -> None:
        publish(store, {"a": say("a", "yes")})
        release = publish(store, {})
        names = select(release, f"SELECT ?d {{ ?d a <{DCAT.Dataset}> }}")
        assert names == [{"d": f"{BASE}graph/release#release-2"}]

    def test_a_release_has_no_blank_node(self, store: Releases) -> None:
        release = publish(store, {"a": say("a", "yes")})
        assert select(release, "SELECT ?s { ?s ?p ?o FILTER(isBlank(?s) || isBlank(?o)) }") == []


class TestBase:
    def test_a_store_keeps_its_base(self, store: Releases) -> None:
        publish(store, {"a": say("a")})
        assert open_store(store.path).base == BASE
        with pytest.raises(StoreError, match=r"built for http://example\.org/") as caught:
            open_store(store.path, "http://elsewhere.org/")
        assert caught.value.exit_status == 2

    def test_a_store_that_is_not_there_is_told(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match="nothing was published"):
            open_store(tmp_path / "none")
        assert not (tmp_path / "none").exists()

    def test_a_broken_manifest_is_told(self, store: Releases) -> None:
        release = publish(store, {"a": say("a")})
        manifest = release.path / "manifest.json"
        manifest.chmod(0o644)
        manifest.write_text("{")
        with pytest.raises(StoreError, match="no complete release"):
            store.current()


class TestHistory:
    @pytest.fixture
    def three(self, store: Releases) -> Releases:
        for word in ("one", "two", "three"):
            publish(store, {"a": say("a", word)})
        return store

    def test_rollback_serves_the_release_before(self, three: Releases) -> None:
        assert three.rollback().number == 2
        assert select(three.get(2), f"SELECT ?o {{ ?s <{FR.text}> ?o }}") == [{"o": "two"}]
        assert three.current() == three.get(2)

    def test_rolling_forward_is_the_same_call(self, three: Releases) -> None:
        three.rollback(1)
        assert three.rollback(3) == three.current()

    def test_a_release_after_a_rollback_gets_a_fresh_number(self, three: Releases) -> None:
        three.rollback(1)
        release = publish(three, {"a": say("a", "four")})
        assert (release.number, release.previous) == (4, 1)

    def test_the_first_release_has_none_before(self, three: Releases) -> None:
        three.rollback(1)
        with pytest.raises(NotFoundError):
            three.rollback()

    def test_a_release_that_is_not_kept_is_told(self, three: Releases) -> None:
        with pytest.raises(NotFoundError, match="no release 9"):
            three.rollback(9)

    def test_collect_keeps_the_newest_and_the_current(self, three: Releases) -> None:
        three.rollback(1)
        assert three.collect(1) == (2,)
        assert [release.number for release in three.list()] == [1, 3]

    def test_diff_tells_what_was_added_and_removed(self, three: Releases) -> None:
        (change,) = three.diff(1, 3)
        assert change.graph == MINTER.mint_graph("doc", "a")
        assert [quad.object for quad in change.added] == [Literal("three")]
        assert [quad.object for quad in change.removed] == [Literal("one")]

    def test_diff_of_graphs_that_come_and_go(self, three: Releases) -> None:
        publish(three, {"b": say("b")})
        changes = {change.graph: change for change in three.diff(3, 4)}
        assert len(changes[MINTER.mint_graph("doc", "a")].removed) == 2
        assert len(changes[MINTER.mint_graph("doc", "b")].added) == 1

    def test_equal_releases_have_no_diff(self, three: Releases) -> None:
        assert list(three.diff(2, 2)) == []


class TestPurge:
    def withdraw(self, store: Releases) -> Release:
        with store.stage(rebuild=True) as staging:
            staging.remove_graph(MINTER.mint_graph("doc", "secret"))
            return staging.publish(Fields("2026-01-02T03:04:05Z", "1.0"))

    def test_no_kept_release_holds_it_any_more(self, store: Releases) -> None:
        for word in ("one", "two"):
            publish(store, {"secret": say("secret", TEXT), "a": say("a", word)}, TEXT)
        current = self.withdraw(store)
        before = read_files(current.path)
        assert store.purge(Tombstone("secret", "2026-01-02", purged=True)) == (1, 2)
        for release in store.list():
            assert select(release, "SELECT ?s { ?s ?p ?o FILTER(CONTAINS(STR(?o), 'Zarmina')) }") == []
            assert not release.text_path(DIGEST).exists() or release.documents
        assert read_files(current.path) == before

    def test_no_byte_of_its_words_remains(self, store: Releases) -> None:
        """The words are random, so that compression cannot hide them: before the purge they are found."""
        secret = hashlib.sha512(b"secret").hexdigest()
        text_digest = hashlib.sha256(secret.encode()).hexdigest()
        publish(store, {"a": say("a", "one")})
        with store.stage() as staging:
            staging.replace_graph(MINTER.mint_graph("doc", "secret"), say("secret", secret))
            staging.add_text(text_digest, secret)
            infos = {"secret": DocumentInfo("secret.txt", text_digest, "key")}
            staging.publish(Fields("2026-01-02T03:04:05Z", "1.0", documents=infos))
        assert has_bytes(store.path, secret.encode(), ".sst")
        assert has_bytes(store.path, secret.encode(), ".txt")
        self.withdraw(store)
        store.purge(Tombstone("secret", "2026-01-02", purged=True))
        assert not has_bytes(store.path, secret[:40].encode(), "")

    def test_other_documents_stay(self, store: Releases) -> None:
        publish(store, {"secret": say("secret", TEXT), "a": say("a", "one")})
        self.withdraw(store)
        store.purge(Tombstone("secret", "2026-01-02"))
        first = store.get(1)
        assert set(first.documents) == {"a"}
        assert (first.created, first.number, first.previous) == ("2026-01-02T03:04:05Z", 1, None)
        assert select(first, f"SELECT ?o {{ ?s <{FR.text}> ?o }}") == [{"o": "one"}]
        assert first.tombstones["secret"].date == "2026-01-02"

    def test_a_document_of_the_current_release_is_not_purged(self, store: Releases) -> None:
        publish(store, {"secret": say("secret", TEXT)})
        with pytest.raises(StoreError, match="current"):
            store.purge(Tombstone("secret", "2026-01-02"))

    def test_nodes_that_mention_it_are_dropped_whole(self) -> None:
        graph = MINTER.mint_graph("derived")
        node, other = IRI(f"{graph}#c1"), IRI(f"{graph}#c2")
        quads = [
            Quad(node, PROV.wasDerivedFrom, MINTER.mint_fragment("secret", "figure-1"), graph),
            Quad(node, RDFS.comment, Literal("said in secret"), graph),
            Quad(other, SKOS.related, MINTER.mint_document("secret-2"), graph),
        ]
        assert list(drop_mentions(quads, MINTER.mint_document("secret"))) == [quads[2]]


def has_bytes(root: Path, needle: bytes, suffix: str) -> bool:
    files = (path for path in root.rglob(f"*{suffix}") if path.is_file())
    return any(needle in path.read_bytes() for path in files)
