"""Evaluation: facts come back through SPARQL as annotators write them, and scores count what agrees."""

import copy
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from example_facts import (
    CASE,
    GOVERNMENT,
    HOLM,
    NORLAND,
    STATEMENTS,
    SURE,
    TEXT,
    UNHCR,
    WATCH,
    find,
    make_document,
    make_facts,
    mention,
)
from kg.errors import FileError
from kg.evaluation import evaluate, read_facts, score_all, to_json, to_table
from kg.evaluation.matching import find_overlap, find_pairs, to_form, to_tokens, token_f1
from kg.evaluation.scoring import add, finish, score
from kg.formats import parse_quads
from kg.iris import Minter
from kg.mapping import map_document, read_bounds
from kg.model import Actor, Document, Facts, NormPosition, Quad

ROOT = Path(__file__).parents[1]
SHARED = (ROOT / os.environ.get("KG_SHARED", "../shared")).resolve()
MINTER = Minter()
needs_shared = pytest.mark.skipif(
    not (SHARED / "gold").is_dir(), reason=f"no annotations in {SHARED} (KG_SHARED)"
)


@cache
def known() -> tuple[Quad, ...]:
    """Give vocabulary and the world of the example."""
    vocab, world = (MINTER.mint_graph(name) for name in ("vocab", "world"))
    quads = [
        quad
        for path in sorted((ROOT / "ontology").rglob("*.ttl"))
        for quad in parse_quads(path.read_bytes(), vocab, MINTER.base, name=path.name)
    ]
    return (*quads, *parse_quads((CASE / "world.ttl").read_bytes(), world, MINTER.base))


def map_example(facts: Facts, document: Document | None = None) -> list[Quad]:
    return map_document(document or make_document(), facts, MINTER, read_bounds(known()), "1")


def read(facts: Facts | None = None, document: Document | None = None) -> dict[str, Any]:
    (found,) = read_facts(map_example(facts or make_facts(), document), known(), MINTER).values()
    return found


def change(**changes: Any) -> dict[str, Any]:
    return read(replace(make_facts(), **changes))


def names(found: dict[str, Any]) -> list[str]:
    return [actor["name"] for actor in found["actors"]]


# Reading back


def test_the_example_reads_back_as_its_annotation() -> None:
    assert read() == json.loads((CASE / "facts.json").read_text())


def test_facts_come_by_slug() -> None:
    quads = [*map_example(make_facts()), *map_example(Facts(), replace(make_document(), slug="two-voices-2"))]
    found = read_facts(quads, known(), MINTER)
    assert list(found) == ["two-voices", "two-voices-2"]
    assert found["two-voices-2"]["statements"] == []


@needs_shared
def test_what_is_read_back_passes_the_guides_own_check(tmp_path: Path) -> None:
    (tmp_path / "two-voices.txt").write_text(TEXT)
    (tmp_path / "two-voices.json").write_text(json.dumps(read()))
    check = [sys.executable, str(SHARED / "gold/check.py"), str(tmp_path)]
    run = subprocess.run(check, capture_output=True, text=True, check=False)
    assert run.stdout == ""
    assert run.returncode == 0


def test_a_state_is_listed_only_where_it_is_spoken_of_as_an_actor() -> None:
    assert "Norland" in names(read())
    assert "Sudland" not in names(read())


def test_a_phrase_for_its_government_lists_a_state() -> None:
    quiet = make_facts()
    alone = replace(
        quiet, statements=(), norms=(), demands=(), policies=(), figures=(), mentions=quiet.mentions[:3]
    )
    assert "Norland" not in names(read(alone))
    assert "Norland" in names(read(replace(alone, mentions=quiet.mentions[:4])))


def test_pronouns_and_plain_nouns_are_no_surface_forms() -> None:
    (watch,) = (actor for actor in read()["actors"] if actor["name"] == "Harbour Watch")
    assert watch["surface"] == ["Harbour Watch"]


def test_an_unnamed_source_is_no_actor_and_speaks_by_its_words() -> None:
    source = Actor("#actor-watch-group", "watch group", "Group", SURE, named=False)
    first = replace(STATEMENTS[0], speakers=(source.key,))
    found = read(
        replace(
            make_facts(),
            actors=(*make_facts().actors, source),
            mentions=(mention("Watch group", source.key), *make_facts().mentions[1:]),
            statements=(first, *STATEMENTS[1:]),
        )
    )
    assert found["statements"][0]["speaker"] == "Watch group"
    assert "watch group" not in [name.lower() for name in names(found)]


def test_joint_speakers_are_joined() -> None:
    joint = replace(STATEMENTS[5], speakers=(HOLM, UNHCR))
    found = change(statements=(*STATEMENTS[:5], joint))
    assert found["statements"][-1]["speaker"] == "Ida Holm; United Nations High Commissioner for Refugees"


def test_an_expert_is_one_by_the_post() -> None:
    posts = tuple(replace(post, expert=True) for post in make_facts().memberships)
    (holm,) = (actor for actor in change(memberships=posts)["actors"] if actor["name"] == "Ida Holm")
    assert (holm["type"], holm["role"], holm["affiliation"]) == ("Expert", "director", "Harbour Watch")


def test_actors_that_the_links_say_are_the_same_are_one() -> None:
    found = change(mentions=(*make_facts().mentions, mention("Watch", "id/actor/harbour-watch", 3)))
    (watch,) = (actor for actor in found["actors"] if actor["name"] == "Harbour Watch")
    assert watch["surface"] == ["Harbour Watch", "Watch"]


def test_a_surface_form_belongs_to_one_actor() -> None:
    office = Actor(GOVERNMENT, "Norland Government", "GovernmentBody", SURE)
    found = change(
        actors=(*make_facts().actors, office),
        mentions=(*make_facts().mentions, mention("Harbour Watch", GOVERNMENT, 2)),
    )
    forms = [form for actor in found["actors"] for form in actor["surface"]]
    assert len(forms) == len(set(forms))


def test_narration_is_no_statement() -> None:
    told = replace(STATEMENTS[4], mode="narration", cue=None)
    assert len(change(statements=(*STATEMENTS[:4], told, STATEMENTS[5]))["statements"]) == 4


def test_what_is_only_cited_is_folded_into_what_cites_it() -> None:
    found = read()
    (outer,) = (s for s in found["statements"] if "more than 1,200" in s["content"][0])
    assert (outer["speaker"], outer["cites"]) == (
        "Harbour Watch",
        ["United Nations High Commissioner for Refugees"],
    )
    assert found["figures"][0]["source"] == "United Nations High Commissioner for Refugees"


def test_a_relayed_statement_with_a_cue_of_its_own_stays_one() -> None:
    own = replace(STATEMENTS[3], is_citing=False)
    found = change(statements=(*STATEMENTS[:3], own, *STATEMENTS[4:]))
    assert len(found["statements"]) == 6
    assert found["statements"][2]["cites"] == []


def test_the_order_of_statements_is_that_of_the_text() -> None:
    places = [TEXT.index(s["content"][0]) for s in read()["statements"]]
    assert places == sorted(places)


def test_norm_positions_alike_but_for_the_words_are_one() -> None:
    norm = make_facts().norms[0]
    again = replace(norm, surfaces=(find("non-refoulement"),))
    (found,) = (p for p in change(norms=(norm, again))["principles"] if p["id"] == "non-refoulement")
    assert found["surface"] == ["principle of non-refoulement", "non-refoulement"]


def test_a_concept_that_is_not_in_the_guide_is_other() -> None:
    norm = NormPosition("principle-international-law", "invoked", (find("right to"),), SURE, bearer=NORLAND)
    assert [p["id"] for p in change(norms=(norm,))["principles"]] == ["other:international-law"]


def test_an_urgent_actions_own_campaign_is_no_policy() -> None:
    policy = replace(make_facts().policies[0], issuer=WATCH)
    facts = replace(make_facts(), policies=(policy,))
    assert [p["name"] for p in read(facts)["policies"]] == [policy.name]
    assert read(facts, replace(make_document(), genre="urgent-action"))["policies"] == []


def test_a_deadline_without_a_group_is_told_by_its_words() -> None:
    policy = make_facts().policies[0]
    bare = replace(policy, deadlines=tuple(replace(d, applies_to=None) for d in policy.deadlines))
    assert change(policies=(bare,))["policies"][0]["deadlines"][0]["applies_to"] == "30 April"


def test_noise_is_the_first_words_of_what_was_left_out() -> None:
    block = make_document().omitted[0]
    long = replace(make_document(), omitted=(block._replace(span=find(TEXT[-200:-1])),))
    (noise,) = read(document=long)["document"]["noise"]
    assert noise in TEXT
    assert len(noise.split()) == 8


# Matching


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The Taliban", "taliban"),
        ("Agnès Callamard", "Agnes Callamard"),
        ("Amnesty’s", "Amnesty"),
        ("U.N.", "u n"),
    ],
)
def test_names_are_normalised(one: str, other: str) -> None:
    assert to_form(one) == to_form(other)


def test_numbers_are_one_token() -> None:
    assert to_tokens("1,495,851 people, or 1.5 million") == ["1,495,851", "people", "or", "1.5", "million"]


def test_token_f1_counts_repeated_words() -> None:
    assert token_f1(["a", "a", "b"], ["a", "b", "c"]) == pytest.approx(2 / 3)
    assert token_f1([], ["a"]) == 0


def test_spans_are_compared_where_they_overlap_best() -> None:
    assert find_overlap("ten men and ten women", "ten", "ten women") == pytest.approx(1 / 3)
    assert find_overlap("ten men", "ten", "nine") is None


def test_pairs_are_one_to_one_and_the_best_come_first() -> None:
    weights = {(0, 0): 0.6, (0, 1): 0.9, (1, 1): 0.8}
    assert find_pairs(2, 2, lambda g, p: weights.get((g, p))) == [(0, 1)]


# Scoring


def test_an_annotation_agrees_with_itself() -> None:
    measures = finish(score(read(), read(), TEXT))
    assert {name: m["f1"] for name, m in measures.items() if "f1" in m} == dict.fromkeys(
        ("actors", "statements", "statements_any_speaker", "figures", "policies", "deadlines", "principles"),
        1.0,
    )


def test_nothing_is_fully_missed() -> None:
    measures = finish(score(read(), {}, TEXT))
    assert measures["statements"] == {"tp": 0, "fp": 0, "fn": 5, "precision": 0.0, "recall": 0.0, "f1": 0.0}


def test_nothing_for_nothing_is_right_and_has_no_accuracy() -> None:
    measures = finish(score({}, {}, ""))
    assert measures["figures"]["f1"] == 1.0
    assert measures["statement_attributes"]["act"]["accuracy"] is None


def end_on(day: str) -> dict[str, Any]:
    return {"policies": [{"name": "x", "deadlines": [{"date": day}]}]}


def test_a_gold_day_of_an_unknown_year_equals_that_of_any_year() -> None:
    assert score(end_on("--03-31"), end_on("2025-03-31"), "")["deadlines"]["tp"] == 1
    assert score(end_on("2025-03-31"), end_on("--03-31"), "")["deadlines"]["tp"] == 0


def test_counts_add_up() -> None:
    one = score(read(), read(), TEXT)
    assert add(one, one)["figures"]["tp"] == 6
    assert add({}, one) == one


# Pairing


def annotate(file: str, title: str | None) -> dict[str, Any]:
    return {"document": {"file": file, "title": title}, "statements": []}


def test_annotations_of_one_file_pair_by_title() -> None:
    golds = {"a.json": annotate("x.txt", "Second"), "b.json": annotate("x.txt", "First")}
    found = {
        "x": annotate("x.txt", "First"),
        "x-2": annotate("x.txt", "Second"),
        "y": annotate("y.txt", None),
    }
    found["x-2"]["statements"] = golds["a.json"]["statements"] = [{"speaker": "A", "content": ["said so"]}]
    evaluation = score_all(golds, found, {})
    assert evaluation.documents["a.json"]["statements"]["tp"] == 1
    assert evaluation.missing == ()
    assert evaluation.extra == ("y",)


def test_an_annotation_without_a_document_counts_as_missed() -> None:
    evaluation = score_all({"a.json": read()}, {}, {})
    assert evaluation.missing == ("a.json",)
    assert evaluation.micro["figures"]["fn"] == 3
    assert "nothing was found for a.json" in to_table(evaluation)


# The whole


def evaluate_folder(folder: Path) -> Any:
    def map_text(document: Document) -> list[Quad]:
        facts = make_facts() if document.text == TEXT else Facts()
        return map_example(facts, replace(make_document(), slug=document.slug, file=document.file))

    return evaluate(folder, map_text, known(), MINTER)


def test_a_folder_is_mapped_read_back_and_scored(tmp_path: Path) -> None:
    (tmp_path / "two-voices.txt").write_text(TEXT)
    (tmp_path / "two-voices.json").write_text((CASE / "facts.json").read_text())
    evaluation = evaluate_folder(tmp_path)
    assert evaluation.micro["statements"]["f1"] == 1.0
    assert evaluation.micro["figure_attributes"]["source"]["accuracy"] == 1.0
    assert json.loads(to_json(evaluation))["micro"] == evaluation.micro
    assert (
        "  statements                P 1.000  R 1.000  F1 1.000   (5 right, 0 wrong, 0 missed)"
        in to_table(evaluation)
    )


def test_a_folder_without_annotations_is_refused(tmp_path: Path) -> None:
    (tmp_path / "two-voices.txt").write_text(TEXT)
    with pytest.raises(FileError, match="no annotation"):
        evaluate_folder(tmp_path)


def test_an_annotation_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "broken.json").write_text("{")
    with pytest.raises(FileError, match=r"broken\.json"):
        evaluate_folder(tmp_path)


# Against the scorer that comes with the annotations


@cache
def load_scorer() -> ModuleType:
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "gold/score.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def load_annotations() -> list[tuple[dict[str, Any], str]]:
    paths = sorted(path for name in ("documents", "dev") for path in (SHARED / name).glob("*.json"))
    found = [(json.loads(path.read_text("utf-8")), path) for path in paths]
    return [(gold, (path.parent / gold["document"]["file"]).read_text("utf-8")) for gold, path in found]


def spoil(gold: dict[str, Any], draw: Any) -> dict[str, Any]:
    """Drop, repeat, swap and shorten parts of an annotation."""
    made = copy.deepcopy(gold)
    for key in ("actors", "statements", "figures", "policies", "principles"):
        rows = made[key]
        made[key] = (
            [rows[i] for i in draw(st.lists(st.integers(0, len(rows) - 1), max_size=20))] if rows else []
        )
        for row in made[key]:
            for name, value in row.items():
                if draw(st.integers(0, 5)):
                    continue
                if isinstance(value, str):
                    row[name] = draw(
                        st.sampled_from([value[: len(value) // 2], value.upper(), value + "; Taliban", ""])
                    )
                elif isinstance(value, list):
                    row[name] = value[1:]
                else:
                    row[name] = draw(st.sampled_from([None, 1, True]))
    return made


@needs_shared
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(st.data())
def test_our_measures_are_those_of_the_shared_scorer(data: st.DataObject) -> None:
    gold, text = data.draw(st.sampled_from(load_annotations()))
    predicted = spoil(gold, data.draw)
    assert finish(score(gold, predicted, text)) == load_scorer().finish(
        load_scorer().score_document(gold, predicted, text)
    )


@needs_shared
def test_all_shared_annotations_were_compared() -> None:
    assert len(load_annotations()) == 6 + 8


@needs_shared
def test_the_source_documents_read_back_pass_the_guides_check_and_reach_the_marks(tmp_path: Path) -> None:
    extract = pytest.importorskip("kg.extraction").extract
    from kg.extraction import compile_lexicon

    vocab, world = (MINTER.mint_graph(name) for name in ("vocab", "world"))
    folders = (("ontology", vocab), ("data/world", world))
    curated = {
        quad
        for folder, graph in folders
        for path in sorted((ROOT / folder).rglob("*.ttl"))
        for quad in parse_quads(path.read_bytes(), graph, MINTER.base, name=path.name)
    }
    lexicon, table = compile_lexicon(curated, MINTER.base), read_bounds(curated)
    quads: list[Quad] = []

    def map_text(document: Document) -> list[Quad]:
        made = map_document(document, extract(document, lexicon), MINTER, table, "1")
        quads.extend(made)
        return made

    evaluation = evaluate(SHARED / "documents", map_text, curated, MINTER)
    for path in (SHARED / "documents").glob("*.txt"):
        shutil.copy(path, tmp_path)
    for slug, found in read_facts(quads, curated, MINTER).items():
        stem = Path(found["document"]["file"]).stem
        (tmp_path / f"{stem}{'-2' * slug.endswith('-2')}.json").write_text(json.dumps(found), "utf-8")
    run = subprocess.run(
        [sys.executable, str(SHARED / "gold/check.py"), str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.stdout == ""
    assert evaluation.missing == evaluation.extra == ()
    marks = {
        "statements": 0.9,
        "actors": 0.85,
        "figures": 0.95,
        "deadlines": 1.0,
        "policies": 0.85,
        "principles": 0.8,
    }
    assert {name: f1 for name, f1 in marks.items() if evaluation.micro[name]["f1"] < f1} == {}
