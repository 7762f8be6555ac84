"""The build: from files to a published release, with what does not conform in quarantine."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

import kg
from kg.build import BuildReport, Inputs, Quarantine, StoreWriter, build, load_inputs
from kg.build.corrections import load_corrections
from kg.errors import FileError, GoneError, NotFoundError, StoreError, UsageError
from kg.iris import Minter
from kg.mapping import map_document
from kg.model import IRI, Document, Facts, Literal, Quad, Writer
from kg.releases import compare_releases, open_store
from kg.vocab import DCT, FOAF, FR, ORG, PROV, RDF, SKOS

BASE = "http://example.org/"
MINTER = Minter(BASE)
CORRECTION = """
@prefix oa: <http://www.w3.org/ns/oa#> . @prefix prov: <http://www.w3.org/ns/prov#> .
@prefix dct: <http://purl.org/dc/terms/> . @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<graph/prov/one#correction-1> a oa:Annotation ; oa:motivatedBy oa:editing ; oa:hasTarget <graph/doc/one> ;
    prov:wasAttributedTo <https://example.org/curator> ; dct:description "Better."@en ;
    dct:date "2026-01-31"^^xsd:date .
<graph/prov/one#correction-1-remove> { <doc/one> dct:language "en" , "tlh" . }
<graph/prov/one#correction-1-add> { <doc/one> dct:language "fa" . }
"""


def map_little(document: Document, inputs: Inputs) -> list[Quad]:
    """Map a document as one that says nothing; some words in it make it link, break or crash."""
    quads = map_document(document, Facts(), inputs.minter, inputs.bounds, kg.__version__)
    slug, links = document.slug, inputs.minter.mint_graph("links")
    if "crash" in document.text:
        raise RuntimeError("as asked")
    if "broken" in document.text:
        graph = inputs.minter.mint_graph("doc", slug)
        quads.append(Quad(inputs.minter.mint_fragment(slug, "statement-0"), RDF.type, FR.Statement, graph))
    if "linked" in document.text:
        local, known = (
            inputs.minter.mint_fragment(slug, "actor-x"),
            inputs.minter.mint_resource("actor", "unhcr"),
        )
        quads.append(Quad(local, SKOS.exactMatch, known, links))
    return quads


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    write(folder, "one", "The first linked document tells of the returns from Norland.")
    write(folder, "two", "The second linked document tells of the returns from Sudland.")
    return folder


def write(folder: Path, slug: str, text: str) -> None:
    (folder / f"{slug}.txt").write_text(f"A headline about {slug}\n\n{text}\n")


@cache
def find_inputs() -> Inputs:
    """The real vocabulary and shapes, with a world of one actor: what is tested here does not depend on more."""
    inputs = load_inputs(MINTER)
    unhcr = MINTER.mint_resource("actor", "unhcr")
    return replace(inputs, world=tuple(quad for quad in inputs.world if quad.subject == unhcr))


def run(folder: Path, store: Path, corrections: Path | None = None, **options: object) -> BuildReport:
    inputs = find_inputs()
    if corrections:
        inputs = replace(inputs, corrections=load_corrections(corrections, MINTER))
    given = {"processes": 1, "inputs": inputs, "mapper": map_little, **options}
    return build([folder], store, BASE, **given)  # type: ignore[arg-type]


def has_bytes(root: Path, needle: bytes) -> bool:
    return any(needle in path.read_bytes() for path in root.rglob("*") if path.is_file())


class TestBuild:
    def test_publishes_what_conforms(self, folder: Path, store: Path) -> None:
        report = run(folder, store)
        assert (report.exit_status, report.is_new, report.mapped) == (0, True, ("one", "two"))
        names = {str(graph).removeprefix(f"{BASE}graph/") for graph in report.release.graphs}
        assert {"doc/one", "prov/one", "doc/two", "prov/two", "vocab", "world", "links"} <= names
        assert set(report.release.digests) == {"vocabulary", "world", "shapes", "software", "documents"}
        assert "first linked" in report.release.text_path(report.release.documents["one"].text).read_text()

    def test_nothing_new_is_not_published(self, folder: Path, store: Path) -> None:
        first = run(folder, store)
        second = run(folder, store)
        assert not second.is_new
        assert second.kept == ("one", "two")
        assert second.release == first.release

    def test_only_what_changed_is_mapped_again(self, folder: Path, store: Path) -> None:
        first = run(folder, store)
        write(folder, "two", "The second document says something else now, and is linked.")
        second = run(folder, store)
        assert (second.mapped, second.kept) == (("two",), ("one",))
        changed = {
            str(c.graph).removeprefix(f"{BASE}graph/")
            for c in compare_releases(first.release, second.release)
        }
        assert changed == {"doc/two"}

    def test_the_release_holds_exactly_what_was_given(self, folder: Path, store: Path) -> None:
        run(folder, store)
        (folder / "one.txt").unlink()
        report = run(folder, store)
        assert report.removed == ("one",)
        assert set(report.release.documents) == {"two"}
        links = [graph for graph in report.release.graphs if graph == MINTER.mint_graph("links")]
        assert report.release.graphs[links[0]].triples == 1

    def test_add_keeps_the_others(self, folder: Path, store: Path, tmp_path: Path) -> None:
        run(folder, store)
        (tmp_path / "more").mkdir()
        write(tmp_path / "more", "three", "The third linked document tells of the returns.")
        report = run(tmp_path / "more", store, add=True)
        assert set(report.release.documents) == {"one", "two", "three"}
        assert report.release.graphs[MINTER.mint_graph("links")].triples == 3

    def test_the_same_input_gives_the_same_quads_on_any_number_of_cores(
        self, folder: Path, store: Path, tmp_path: Path
    ) -> None:
        assert run(folder, store).release.digest == run(folder, tmp_path / "s2", processes=2).release.digest

    def test_progress_is_told(self, folder: Path, store: Path) -> None:
        told: list[tuple[str, int, int]] = []
        run(folder, store, progress=lambda *step: told.append(step))
        assert told == [("read", 0, 0), ("map", 0, 2), ("map", 1, 2), ("map", 2, 2), ("publish", 0, 0)]

    def test_documents_of_another_base_cannot_be_kept(self, folder: Path, store: Path) -> None:
        run(folder, store)
        with pytest.raises(StoreError, match=r"have the base http://"):
            build([folder], store, "http://elsewhere.org/", add=True)

    def test_another_base_makes_every_document_anew(self, folder: Path, store: Path) -> None:
        first = run(folder, store).release
        report = build([folder], store, "http://elsewhere.org/", processes=1, mapper=map_little)
        assert (report.release.base, report.release.previous) == ("http://elsewhere.org/", first.number)
        assert (set(report.mapped), report.kept) == ({"one", "two"}, ())
        assert all(graph.startswith("http://elsewhere.org/") for graph in report.release.graphs)


class TestWhatGoesWrong:
    def test_what_does_not_conform_is_quarantined(self, folder: Path, store: Path) -> None:
        write(folder, "bad", "This document is broken.")
        report = run(folder, store)
        assert report.exit_status == 1
        assert set(report.quarantined) == {"bad"}
        assert set(report.release.documents) == {"one", "two"}
        assert Quarantine(store).slugs() == ("bad",)
        assert "statement/speaker" in (store / "quarantine" / "bad.txt").read_text()

    def test_what_conforms_again_leaves_the_quarantine(self, folder: Path, store: Path) -> None:
        write(folder, "bad", "This document is broken.")
        run(folder, store)
        write(folder, "bad", "This document is mended.")
        assert run(folder, store).exit_status == 0
        assert Quarantine(store).slugs() == ()

    def test_a_file_that_cannot_be_read_does_not_stop_the_rest(self, folder: Path, store: Path) -> None:
        (folder / "list.json").write_text("{")
        report = run(folder, store)
        assert report.exit_status == 2
        assert "list.json" in report.failures[0]
        assert set(report.release.documents) == {"one", "two"}

    def test_an_error_in_the_mapping_of_one_does_not_stop_the_rest(self, folder: Path, store: Path) -> None:
        write(folder, "mad", "This document makes it crash.")
        report = run(folder, store)
        assert report.exit_status == 2
        assert report.failures[0].startswith("mad: RuntimeError in map_little")
        assert set(report.release.documents) == {"one", "two"}

    def test_a_mistyped_path_does_not_empty_the_release(self, folder: Path, store: Path) -> None:
        release = run(folder, store).release
        with pytest.raises(FileError, match="nothing could be read"):
            run(folder / "none", store)
        assert open_store(store).current() == release


class TestWithdraw:
    def test_a_document_and_what_only_it_says_go(self, folder: Path, store: Path) -> None:
        run(folder, store)
        writer: Writer = StoreWriter(store)
        assert writer.withdraw("one") == 2
        current = open_store(store).current()
        assert current
        assert not [graph for graph in current.graphs if graph.endswith("/one")]
        assert current.graphs[MINTER.mint_graph("links")].triples == 1
        assert current.tombstones["one"].title == "A headline about one"
        assert not current.text_path(open_store(store).get(1).documents["one"].text).exists()

    def test_it_stays_withdrawn_when_it_is_built_again(self, folder: Path, store: Path) -> None:
        run(folder, store)
        StoreWriter(store).withdraw("one", reason="asked to")
        report = run(folder, store)
        assert set(report.release.documents) == {"two"}
        assert report.notices == ("one was withdrawn and stays so",)
        assert report.release.tombstones["one"].reason == "asked to"

    def test_what_is_not_there_cannot_be_withdrawn(self, folder: Path, store: Path) -> None:
        run(folder, store)
        writer = StoreWriter(store)
        with pytest.raises(NotFoundError):
            writer.withdraw("none")
        writer.withdraw("one")
        with pytest.raises(GoneError):
            writer.withdraw("one")

    @pytest.mark.parametrize("earlier", [False, True])
    def test_a_purge_leaves_no_byte_of_the_text(self, folder: Path, store: Path, earlier: bool) -> None:
        write(folder, "one", "Zq8Xv1LwPk eyewitness linked broken")
        run(folder, store)
        write(folder, "one", "Zq8Xv1LwPk eyewitness linked")
        run(folder, store)
        assert has_bytes(store, b"Zq8Xv1LwPk")
        writer = StoreWriter(store)
        if earlier:
            writer.withdraw("one")
        writer.withdraw("one", purge=True)
        assert not has_bytes(store, b"Zq8Xv1LwPk")
        assert all("one" not in release.documents for release in open_store(store).list())
        assert all(MINTER.mint_graph("doc", "two") in release.graphs for release in open_store(store).list())


class TestCorrections:
    @pytest.fixture
    def corrections(self, tmp_path: Path) -> Path:
        folder = tmp_path / "corrections"
        folder.mkdir()
        (folder / "one.trig").write_text(CORRECTION)
        return folder

    def test_are_applied_with_their_provenance(self, folder: Path, store: Path, corrections: Path) -> None:
        report = run(folder, store, corrections=corrections)
        assert report.exit_status == 0
        plain = run(folder, store.with_name("plain"))
        changes = {change.graph: change for change in compare_releases(plain.release, report.release)}
        document, provenance = MINTER.mint_graph("doc", "one"), MINTER.mint_graph("prov", "one")
        assert set(changes) == {document, provenance}
        assert [quad.object for quad in changes[document].added] == [Literal("fa")]
        assert [quad.object for quad in changes[document].removed] == [Literal("en")]
        said = {quad.predicate for quad in changes[provenance].added}
        assert {PROV.wasAttributedTo, DCT.description} <= said

    def test_that_fit_no_more_are_told(self, folder: Path, store: Path, corrections: Path) -> None:
        (notice,) = run(folder, store, corrections=corrections).notices
        assert "removes what is not there" in notice
        assert "tlh" in notice

    def test_a_new_correction_maps_its_document_again(
        self, folder: Path, store: Path, corrections: Path
    ) -> None:
        run(folder, store)
        assert run(folder, store, corrections=corrections).mapped == ("one",)

    @pytest.mark.parametrize(
        ("old", "new", "message"),
        [
            ('dct:description "Better."@en ;', "", "lacks"),
            ("oa:hasTarget <graph/doc/one>", "oa:hasTarget <graph/doc/two>", "cannot be of"),
            ("correction-1-add>", "correction-2-add>", "belongs to no correction"),
        ],
    )
    def test_an_incomplete_one_is_refused(self, corrections: Path, old: str, new: str, message: str) -> None:
        path = corrections / "one.trig"
        path.write_text(path.read_text().replace(old, new))
        with pytest.raises(UsageError, match=message):
            load_corrections(corrections, MINTER)


def test_what_comes_with_the_program_loads() -> None:
    inputs = load_inputs(MINTER)
    assert {quad.graph for quad in inputs.vocabulary} == {MINTER.mint_graph("vocab")}
    assert {quad.graph for quad in inputs.world} == {MINTER.mint_graph("world")}
    triples = [quad[:3] for quad in (*inputs.vocabulary, *inputs.world)]
    assert len(triples) == len(set(triples))
    assert IRI(f"{BASE}id/actor/unhcr") in {quad.subject for quad in inputs.world}


def test_what_the_world_holds_has_the_classes_of_the_standards_too() -> None:
    """Curators write `fr:IntergovernmentalOrganization`; the ontology says what that is elsewhere."""
    unhcr = IRI(f"{BASE}id/actor/unhcr")
    said = [q for q in load_inputs(MINTER).world if (q.subject, q.predicate) == (unhcr, RDF.type)]
    assert {q.object for q in said} == {
        *(FR.IntergovernmentalOrganization, ORG.Organization, FOAF.Agent, PROV.Agent),
    }
    assert len(said) == len(set(said))
