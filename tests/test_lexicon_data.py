"""The lexicon is complete and says nothing twice."""

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from rdflib import RDF, Graph, Namespace, URIRef
from rdflib.namespace import DCTERMS, SKOS
from rdflib.term import BNode, Node

FR = Namespace("https://w3id.org/forced-returns/ns#")
FRV = Namespace("https://w3id.org/forced-returns/vocab/")
FOLDER = Path(__file__).parents[1] / "ontology" / "lexicon"
FRAMES = {
    *("clause", "infinitive", "nominal", "as", "addressee", "quotation"),
    *("source", "accusation", "noun", "passive", "colon"),
}
ACTS = {
    *("demand", "condemn", "warn", "report", "announce"),
    *("deny", "justify", "acknowledge", "describe"),
}
KINDS = {"person", "group", "organization", "government", "media"}
ACTORS = {
    *("Person", "Group", "NGO", "IntergovernmentalOrganization", "State"),
    *("GovernmentBody", "DeFactoAuthority", "MediaOrganization"),
}
SCHEMES = {
    "cues.ttl": ("cue", 220),
    "nouns.ttl": ("cuenoun", 100),
    "sources.ttl": ("source", 200),
    "roles.ttl": ("role", 150),
    "titles.ttl": ("title", 60),
    "organisations.ttl": ("orghead", 100),
    "populations.ttl": ("population", 60),
}


@cache
def parse(name: str) -> Graph:
    return Graph().parse(FOLDER / name, format="turtle")


def list_entries(name: str) -> list[Node]:
    return sorted(parse(name).subjects(SKOS.inScheme, FRV[SCHEMES[name][0]]), key=str)


def list_words(name: str, entry: Node) -> set[str]:
    graph = parse(name)
    return {
        str(word) for path in (SKOS.prefLabel, SKOS.altLabel, FR.form) for word in graph.objects(entry, path)
    }


def local_names(graph: Graph, entry: Node, path: URIRef, prefix: str) -> set[str]:
    return {str(value).removeprefix(prefix) for value in graph.objects(entry, path)}


@pytest.mark.parametrize("name", SCHEMES)
def test_every_entry_is_labelled_in_english_and_stands_in_the_described_scheme(name: str) -> None:
    graph, (scheme, least) = parse(name), SCHEMES[name]
    assert (FRV[scheme], RDF.type, SKOS.ConceptScheme) in graph
    assert graph.value(FRV[scheme], DCTERMS.title)
    assert graph.value(FRV[scheme], DCTERMS.description)
    assert set(graph.subjects(RDF.type)) == {*list_entries(name), FRV[scheme]}
    assert len(list_entries(name)) >= least
    for entry in list_entries(name):
        languages = [getattr(label, "language", None) for label in graph.objects(entry, SKOS.prefLabel)]
        assert languages == ["en"], entry


@pytest.mark.parametrize("name", [*SCHEMES, "terms.ttl"])
def test_no_node_is_blank(name: str) -> None:
    assert not [node for triple in parse(name) for node in triple if isinstance(node, BNode)]


@pytest.mark.parametrize("name", SCHEMES)
def test_no_two_entries_of_a_class_share_a_word(name: str) -> None:
    graph = parse(name)
    words = Counter(
        (graph.value(entry, RDF.type), word)
        for entry in list_entries(name)
        for word in list_words(name, entry)
    )
    assert [word for word, count in words.items() if count > 1] == []


@pytest.mark.parametrize("name", ["cues.ttl", "nouns.ttl"])
def test_every_cue_has_frames_one_act_and_a_weight(name: str) -> None:
    graph = parse(name)
    for cue in list_entries(name):
        frames = local_names(graph, cue, FR.frame, f"{FRV}frame-")
        acts = local_names(graph, cue, FR.act, f"{FRV}act-")
        assert set() < frames <= FRAMES, cue
        assert len(acts) == 1, cue
        assert acts <= ACTS, cue
        assert 0 < float(str(graph.value(cue, FR.weight))) <= 1, cue


def test_nouns_and_only_nouns_have_the_noun_frame() -> None:
    for name in ("cues.ttl", "nouns.ttl"):
        has_noun = {(cue, FR.frame, FRV["frame-noun"]) in parse(name) for cue in list_entries(name)}
        assert has_noun == {name == "nouns.ttl"}


def test_irregular_forms_keep_the_rest_of_the_phrase() -> None:
    graph = parse("cues.ttl")
    for cue, form in graph.subject_objects(FR.form):
        assert {str(form).partition(" ")[2]} <= {
            word.partition(" ")[2] for word in list_words("cues.ttl", cue) - {str(form)}
        }


def test_unnamed_sources_have_a_kind_and_anaphors_a_type() -> None:
    graph = parse("sources.ttl")
    for noun in graph.subjects(RDF.type, FR.SourceNoun):
        assert {str(kind) for kind in graph.objects(noun, FR.kind)} <= KINDS
        assert graph.value(noun, FR.kind), noun
    for anaphor in graph.subjects(RDF.type, FR.Anaphor):
        types = local_names(graph, anaphor, FR.refersToType, str(FR))
        assert set() < types <= ACTORS, anaphor


def test_organisation_heads_name_one_actor_type() -> None:
    graph = parse("organisations.ttl")
    for head in list_entries("organisations.ttl"):
        types = local_names(graph, head, FR.actorType, str(FR))
        assert len(types) == 1, head
        assert types <= ACTORS, head


def test_every_class_and_property_used_here_is_defined() -> None:
    with_the_ontology = {FR[name] for name in ("Cue", "frame", "act", "form", "weight")}
    defined = set(parse("terms.ttl").subjects(RDF.type)) | with_the_ontology
    used = {
        term
        for name in SCHEMES
        for _, path, value in parse(name)
        for term in (path, value if path == RDF.type else path)
        if str(term).startswith(str(FR))
    }
    assert used <= defined


@pytest.mark.parametrize(
    ("label", "act", "frame"),
    [
        ("urge", "demand", "infinitive"),
        ("according to", "report", "source"),
        ("accuse", "condemn", "accusation"),
        ("deny", "deny", "nominal"),
        ("express _ concern over", "warn", "nominal"),
    ],
)
def test_a_well_known_cue_has_the_act_and_frame_english_gives_it(label: str, act: str, frame: str) -> None:
    graph = parse("cues.ttl")
    (cue,) = [cue for cue, word in graph.subject_objects(SKOS.prefLabel) if str(word) == label]
    assert (cue, FR.act, FRV[f"act-{act}"]) in graph
    assert (cue, FR.frame, FRV[f"frame-{frame}"]) in graph
