"""Validation: running the shapes, and checking what only graph names or the text can tell."""

import pickle
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pyshacl
import pytest
from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from rdflib import BNode
from rdflib.compare import isomorphic
from rdflib.namespace import SH as SHACL

from example_document import DOCUMENT, IOM, SARA, TEXT, UNHCR, find_span, fragment, make_document
from kg.errors import FileError, NothingCheckedError, ShapesError, UsageError
from kg.formats import parse_quads
from kg.formats.rdf import serialize_quads
from kg.formats.table import N_QUADS, TURTLE
from kg.model import IRI, Literal, Object, Quad, Span
from kg.resources import find_resource
from kg.validation import (
    Context,
    Report,
    Shapes,
    check_graphs,
    check_text,
    load_shapes,
    mend,
    validate,
    validate_document,
    validate_files,
)
from kg.validation.report import make_result
from kg.validation.terms import fill_graph, from_rdflib_term
from kg.validation.texts import is_quoted
from kg.vocab import DCT, FR, FRV, OA, PROV, RDF, SCHEMA, SH, SKOS, XSD

WORLD = IRI("http://localhost:8000/graph/world")
STATEMENT = fragment(f"statement-{find_span('Nobody must').start}")


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return load_shapes(find_resource("shapes"))


@pytest.fixture(scope="module")
def context_quads() -> list[Quad]:
    folders = [find_resource("ontology"), find_resource("ontology") / "vocab"]
    paths = [path for folder in folders for path in sorted(folder.glob("*.ttl"))]
    quads = [q for path in paths for q in parse_quads(path.read_bytes(), WORLD, "http://localhost:8000/")]
    return [*quads, *(Quad(iri, RDF.type, FR.IntergovernmentalOrganization, WORLD) for iri in (UNHCR, IOM))]


@pytest.fixture(scope="module")
def context(context_quads: list[Quad]) -> Context:
    return Context.of(context_quads)


def change(subject: IRI, predicate: IRI, *values: Object) -> list[Quad]:
    """Give the example with other values of one property."""
    quads = make_document()
    graph = next(q.graph for q in quads if q.subject == subject)
    kept = [q for q in quads if (q.subject, q.predicate) != (subject, predicate)]
    return [*kept, *(Quad(subject, predicate, value, graph) for value in values)]


def rules_of(report: Report) -> list[str]:
    return [result.rule for result in report.results]


# Running the shapes


def test_a_document_that_follows_the_model_conforms(shapes: Shapes, context: Context) -> None:
    report = validate_document(make_document(), TEXT, shapes, context)
    assert report.results == (), report.to_text()


def test_a_context_may_be_given_as_quads(shapes: Shapes, context_quads: list[Quad]) -> None:
    assert validate(make_document(), shapes, context_quads).results == ()


def test_without_context_the_world_is_unknown(shapes: Shapes) -> None:
    assert "statement/speaker/class" in rules_of(validate(make_document(), shapes))


def test_nodes_of_the_context_are_no_focus_nodes(shapes: Shapes, context: Context) -> None:
    """UNHCR has a class and no label in this context; that is not the document's fault."""
    focus = {r.focus for r in validate(change(SARA, RDF.type), shapes, context).results}
    assert UNHCR not in focus
    assert focus != set()


def test_a_result_says_what_is_wrong_where(shapes: Shapes, context: Context) -> None:
    (result,) = validate(change(STATEMENT, FR.act, FRV.term("mode-direct")), shapes, context).results
    assert result.rule == "statement/act/scheme"
    assert (result.focus, result.path, result.value) == (STATEMENT, FR.act, FRV.term("mode-direct"))
    assert result.component == SH.PatternConstraintComponent
    assert result.message == "The act of a statement is a concept of the scheme of acts."
    assert result.graph == "http://localhost:8000/graph/doc/example"


def test_a_result_names_the_graph_that_describes_its_focus_node(shapes: Shapes, context: Context) -> None:
    policy = fragment("policy-plan")
    link = Quad(policy, SKOS.exactMatch, IRI("http://localhost:8000/id/policy/plan"), WORLD)
    (result,) = validate([*change(policy, SKOS.prefLabel), link], shapes, context).results
    assert (result.rule, result.graph) == ("policy/label/count", "http://localhost:8000/graph/doc/example")


def test_a_warning_leaves_a_document_conforming(shapes: Shapes, context: Context) -> None:
    share = change(fragment("figure-part"), SCHEMA.value, Literal("520", XSD.decimal))
    report = validate([q for q in share if q.predicate != FR.term("upper")], shapes, context)
    assert "figure/share/adds-up" not in rules_of(report)
    late = change(fragment("deadline-1"), FR.latest, Literal("2023-02-08", XSD.date))
    report = validate(late, shapes, context)
    assert rules_of(report) == ["policy/deadline/before-announcement"]
    assert report.conforms
    assert [r.severity for r in report.warnings] == [SH.Warning]


def test_nearly_half_that_is_more_than_half_is_a_warning(shapes: Shapes, context: Context) -> None:
    part = fragment("figure-part")
    numbers = (SCHEMA.value, FR.term("lower"), FR.term("upper"))
    quads = [
        q._replace(object=Literal("520.6", XSD.decimal))
        if q.subject == part and q.predicate in numbers
        else q
        for q in make_document()
    ]
    report = validate(quads, shapes, context)
    assert [(r.rule, r.focus, r.value) for r in report.results] == [
        ("figure/share/adds-up", fragment("figure-share"), part)
    ]


@pytest.mark.parametrize("length", [1, 2, 3])
def test_a_circle_of_relays_is_found_whatever_its_length(length: int, shapes: Shapes) -> None:
    ring = [fragment(f"statement-{n}") for n in range(length)]
    quads = [Quad(a, FR.relays, b, WORLD) for a, b in zip(ring, [*ring[1:], ring[0]], strict=True)]
    quads += [Quad(s, RDF.type, FR.Statement, WORLD) for s in ring]
    found = [r.focus for r in validate(quads, shapes).results if r.rule == "statement/relays/acyclic"]
    assert found == sorted(ring)


def test_a_chain_of_relays_is_no_circle(shapes: Shapes) -> None:
    chain = [fragment(f"statement-{n}") for n in range(4)]
    quads = [Quad(a, FR.relays, b, WORLD) for a, b in pairwise(chain)]
    quads += [Quad(s, RDF.type, FR.Statement, WORLD) for s in chain]
    assert "statement/relays/acyclic" not in rules_of(validate(quads, shapes))


def test_shapes_and_context_go_to_worker_processes(shapes: Shapes, context: Context) -> None:
    sent_shapes, sent_context = pickle.loads(pickle.dumps((shapes, context)))
    assert isomorphic(sent_shapes.graph, shapes.graph)
    report = validate(change(STATEMENT, FR.act), sent_shapes, sent_context)
    assert rules_of(report) == ["statement/act/count"]
    assert pickle.loads(pickle.dumps(report)) == report


def test_a_blank_node_is_no_term_of_ours() -> None:
    with pytest.raises(UsageError, match="only IRIs and literals"):
        from_rdflib_term(BNode())


# The mend of pySHACL


def test_stock_and_mended_pyshacl_give_the_same_results(shapes: Shapes, context: Context) -> None:
    quads = [*change(STATEMENT, FR.cueSpan), Quad(fragment("x"), RDF.type, FR.Statement, WORLD)]
    broken = [q._replace(predicate=FR.lowerOpen) if q.predicate == FR.term("lower") else q for q in quads]
    data = fill_graph([*broken, *context.lend(broken)])
    _, stock, _ = pyshacl.validate(data, shacl_graph=shapes.graph)
    with mend.mended():
        _, mended, _ = pyshacl.validate(data, shacl_graph=shapes.graph)
    components = {str(c).partition("#")[2] for c in stock.objects(None, SHACL.sourceConstraintComponent)}
    assert components >= {"SPARQLConstraintComponent", "MinCountConstraintComponent"}
    assert isomorphic(stock, mended)


def test_this_version_of_pyshacl_can_be_mended() -> None:
    assert mend.is_mendable()


def test_methods_are_put_back() -> None:
    before = PropertyConstraintComponent._evaluate_property_shape
    with suppress(ZeroDivisionError), mend.mended():
        during = PropertyConstraintComponent._evaluate_property_shape
        _ = 1 / 0
    assert during is not before
    assert PropertyConstraintComponent._evaluate_property_shape is before


def test_another_pyshacl_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def changed(self: object, executor: object) -> None:
        """Stand for a method with other parameters."""

    monkeypatch.setattr(PropertyConstraintComponent, "_evaluate_property_shape", changed)
    with mend.mended():
        assert vars(PropertyConstraintComponent)["_evaluate_property_shape"] is changed


# Loading shapes

PREFIXES = """@prefix fr: <https://w3id.org/forced-returns/ns#> .
@prefix frs: <https://w3id.org/forced-returns/shapes#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
"""
GOOD = (
    PREFIXES
    + """frs:a a sh:NodeShape ; sh:targetClass fr:Actor ; sh:property frs:a-b-c .
frs:a-b-c a sh:PropertyShape ; sh:path fr:text ; sh:minCount 1 ; fr:ruleId "a/b/c" ;
    sh:name "b"@en ; sh:message "It has a text."@en ; sh:severity sh:Violation .
"""
)
ILL_FORMED = {
    "Expected": GOOD + "frs:x sh:path",
    "unknown term http://www.w3.org/ns/shacl#minCuont": GOOD.replace("minCount", "minCuont"),
    "has 0 values of <http://www.w3.org/ns/shacl#message>": GOOD.replace(
        'sh:message "It has a text."@en ;', ""
    ),
    "has 0 values of <https://w3id.org/forced-returns/ns#ruleId>": GOOD.replace('fr:ruleId "a/b/c" ;', ""),
    "has 0 values of <http://www.w3.org/ns/shacl#severity>": GOOD.replace("; sh:severity sh:Violation", ""),
    "which does not fit its IRI": GOOD.replace('"a/b/c"', '"a/b/d"'),
    "a blank node is no list": GOOD + "frs:a sh:property [ sh:path fr:text ] .",
    "a path that is no property": GOOD.replace("sh:path fr:text", "sh:path (fr:text fr:text)"),
    "no shape https://w3id.org/forced-returns/shapes#missing": GOOD + "frs:a sh:property frs:missing .",
    "put what it asks in a property shape": GOOD + "frs:a sh:closed true .",
    "cannot be parsed": GOOD + 'frs:a-b-c sh:sparql frs:q . frs:q sh:select "SELECT $this WHERE {" .',
}


@pytest.mark.parametrize("reason", ILL_FORMED)
def test_ill_formed_shapes_are_refused_with_file_and_reason(reason: str, tmp_path: Path) -> None:
    (tmp_path / "actor.ttl").write_text(ILL_FORMED[reason])
    with pytest.raises(ShapesError) as caught:
        load_shapes(tmp_path)
    assert str(tmp_path) in caught.value.message
    if reason != "Expected":
        assert reason in caught.value.message


def test_well_formed_shapes_are_loaded_with_their_rules(tmp_path: Path) -> None:
    (tmp_path / "actor.ttl").write_text(GOOD)
    loaded = load_shapes(tmp_path)
    assert [(rule.id, rule.message, rule.path) for rule in loaded.rules.values()] == [
        ("a/b/c", "It has a text.", FR.text)
    ]


def test_a_folder_without_shapes_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ShapesError, match="no shapes found"):
        load_shapes(tmp_path)


def test_a_shape_in_two_files_is_refused(tmp_path: Path) -> None:
    for name in ("one.ttl", "two.ttl"):
        (tmp_path / name).write_text(GOOD)
    with pytest.raises(ShapesError, match=r"two\.ttl.*described in two files"):
        load_shapes(tmp_path)


def test_the_digest_tells_other_shapes(tmp_path: Path) -> None:
    (tmp_path / "actor.ttl").write_text(GOOD)
    before = load_shapes(tmp_path).digest
    (tmp_path / "actor.ttl").write_text(GOOD.replace("minCount 1", "minCount 2"))
    assert load_shapes(tmp_path).digest != before


@pytest.mark.parametrize("clause", ["$this a ?kind\n MINUS { $this a ?kind }", "$this ?p $shapesGraph"])
def test_shapes_that_cannot_be_evaluated_are_refused(clause: str, tmp_path: Path) -> None:
    """The standard forbids MINUS in a constraint, and pySHACL has no $shapesGraph."""
    query = f'frs:q a sh:SPARQLConstraint ; sh:select """SELECT $this WHERE {{ {clause} }}""" .'
    (tmp_path / "actor.ttl").write_text(f"{GOOD} frs:a-b-c sh:sparql frs:q . {query}")
    with pytest.raises(ShapesError, match="cannot be evaluated"):
        validate([Quad(SARA, RDF.type, FR.Actor, WORLD)], load_shapes(tmp_path))


# What graph names tell

PROV_GRAPH = IRI("http://localhost:8000/graph/prov/example")


def move(predicate: IRI, graph: IRI) -> list[Quad]:
    return [q._replace(graph=graph) if q.predicate == predicate else q for q in make_document()]


def move_figures() -> list[Quad]:
    figure = fragment("figure-part")
    return [q._replace(graph=PROV_GRAPH) if q.subject == figure else q for q in make_document()]


GRAPH_CASES: dict[str, tuple[Callable[[], list[Quad]], int]] = {
    "graph/expresses/same-graph": (move_figures, 1),
    "graph/evidence/provenance": (lambda: move(FR.rule, WORLD), 9),
    "graph/activity/present": (lambda: [q for q in make_document() if q.predicate != PROV.wasGeneratedBy], 1),
    "graph/reference/described": (lambda: [q for q in make_document() if q.subject != SARA], 3),
    "graph/triple/once": (lambda: [*make_document(), Quad(SARA, RDF.type, FR.Person, WORLD)], 1),
}


@pytest.mark.parametrize("rule", GRAPH_CASES)
def test_each_rule_about_graphs_finds_its_error(rule: str) -> None:
    make, count = GRAPH_CASES[rule]
    found = check_graphs(make())
    assert [r.rule for r in found if r.rule == rule] == [rule] * count
    assert check_graphs(make_document()) == ()


# What the text tells


def shift(selector: str, words: str, predicate: IRI, value: int) -> list[Quad]:
    span = find_span(words)
    iri = fragment(f"char={span.start},{span.end};{selector}")
    return change(iri, predicate, Literal(str(value), XSD.integer))


def requote(predicate: IRI) -> list[Quad]:
    span = find_span("Sara Khan")
    return change(fragment(f"char={span.start},{span.end};quote"), predicate, Literal("Sarah"))


CLOSED = Quad(DOCUMENT, FR.showText, Literal("false", XSD.boolean), WORLD)

TEXT_CASES: dict[str, list[list[Quad]]] = {
    "text/digest/agreement": [
        change(DOCUMENT, FR.textDigest, Literal("0" * 64)),
        change(DOCUMENT, FR.textLength, Literal("7", XSD.integer)),
    ],
    "text/span/within": [shift("position", "The plan", OA.end, len(TEXT) + 1)],
    "text/span/iri": [shift("position", "The plan", OA.start, 3)],
    "text/quote/agreement": [requote(OA.exact), requote(OA.prefix), requote(OA.suffix)],
    "text/quote/present": [[q for q in make_document() if not q.subject.endswith(";quote")]],
    "text/literal/length": [
        [*make_document(), CLOSED, Quad(DOCUMENT, DCT.rights, Literal("a" * 1001), WORLD)]
    ],
    "text/content/agreement": [change(STATEMENT, FR.text, Literal("Somebody must be sent back"))],
    "text/content/quoted": [
        [
            q._replace(object=FRV.term("mode-direct")) if q.object == FRV.term("mode-indirect") else q
            for q in make_document()
        ]
    ],
}


@pytest.mark.parametrize("rule", TEXT_CASES)
def test_each_rule_about_text_finds_its_error(rule: str) -> None:
    for quads in TEXT_CASES[rule]:
        assert rule in {r.rule for r in check_text(quads, TEXT)}
    assert check_text(make_document(), TEXT) == ()


def test_what_is_not_shown_in_full_may_be_short() -> None:
    assert check_text([*make_document(), CLOSED], TEXT) == ()


def test_first_words_are_those_of_the_span() -> None:
    span = fragment(f"char={find_span('Sara Khan').start},{find_span('Sara Khan').end}")
    first, other = (Quad(span, FR.firstWords, Literal(words), WORLD) for words in ("Sara Khan", "Sarah"))
    assert check_text([*make_document(), first], TEXT) == ()
    assert {r.rule for r in check_text([*make_document(), other], TEXT)} == {"text/quote/agreement"}


@pytest.mark.parametrize(
    ("predicate", "value"),
    [(FR.medium, FRV.term("medium-letter")), (FR.sourceSpan, fragment("char=47,49"))],
)
def test_who_writes_the_text_needs_no_quotation_marks(predicate: IRI, value: IRI) -> None:
    text = TEXT.replace("Citing", "We say")
    (direct,) = TEXT_CASES["text/content/quoted"]
    source = [
        Quad(value, RDF.type, OA.SpecificResource, WORLD),
        Quad(value, OA.hasSelector, fragment("p"), WORLD),
        Quad(fragment("p"), OA.start, Literal("47", XSD.integer), WORLD),
        Quad(fragment("p"), OA.end, Literal("49", XSD.integer), WORLD),
    ]
    assert text[47:49] == "We"
    own = [Quad(q.subject, predicate, value, WORLD) for q in direct if q.object == FR.Statement]
    assert "text/content/quoted" in {r.rule for r in check_text([*direct, *source], text)}
    assert "text/content/quoted" not in {r.rule for r in check_text([*direct, *source, *own], text)}


def test_an_own_statement_needs_no_quotation_marks() -> None:
    (direct,) = TEXT_CASES["text/content/quoted"]
    genre = Quad(DOCUMENT, FR.genre, FRV.term("genre-own-statement"), WORLD)
    assert check_text([*direct, genre], TEXT) == ()


QUOTED = [
    ("She said: “Stop the [returns] now.”", True),
    ("She said: “Stop.” The [returns] went on.", False),
    ('She said: "Stop the [returns] now."', True),
    ('She said: "Stop." The [returns] went on.', False),
    ("She said: ‘Stop the refugees’ [returns] now.’", True),
    ("She said: [‘Stop the refugees’ returns now.’]", True),
    ("She said: 'Stop [returns] now.'", True),
    ("The refugees' [returns] went on.", False),
    ("Elle dit : « Stop aux [retours] ! »", True),
    ("„Keine [Abschiebungen]“, sagte sie.", True),
    ("“One paragraph.\n\n“And [another] one.”", True),
    ("Before.\n\n[A paragraph set off as a block.]\n\nAfter.", True),
    ("Before.\n\n[A paragraph set off as a block].", True),
    ("She said that [returns] went on.", False),
    ("“A ‘forced’ [return] is one.”", True),
]


@pytest.mark.parametrize(("marked", "expected"), QUOTED)
def test_quotation_marks_are_told(marked: str, expected: bool) -> None:
    start, end = marked.index("["), marked.index("]") - 1
    assert is_quoted(marked.replace("[", "").replace("]", ""), Span(start, end)) is expected


# Reports


def make_report() -> Report:
    one = make_result("text/span/within", DOCUMENT, path=OA.end, value=Literal("7", XSD.integer), details="x")
    return Report.of([replace(one, severity=SH.Warning, rule="b/b/b"), one, one])


def test_a_report_lists_distinct_results_violations_first() -> None:
    assert rules_of(make_report()) == ["text/span/within", "b/b/b"]
    assert not make_report().conforms


def test_reports_add_up() -> None:
    assert make_report() + Report() + make_report() == make_report()


def test_a_report_reads_well() -> None:
    lines = make_report().to_text().splitlines()
    assert lines[0] == "Does not conform: 1 violation(s), 1 warning(s)"
    assert lines[1] == "Violation text/span/within: A span lies inside the text."
    assert lines[2].split() == ["focus", "node", DOCUMENT]
    assert Report().to_text() == "Conforms: 0 violation(s), 0 warning(s)\n"


def test_a_report_is_a_validation_report_without_blank_nodes() -> None:
    quads = parse_quads(make_report().to_turtle(), WORLD, "http://localhost:8000/", TURTLE)
    report = next(q.subject for q in quads if q.object == SH.ValidationReport)
    values = {q.predicate: q.object for q in quads if q.subject == report}
    assert values[SH.conforms] == Literal("false", XSD.boolean)
    results = [q.object for q in quads if q.predicate == SH.result]
    assert len(results) == 2
    assert {q.object for q in quads if q.predicate == SH.focusNode} == {DOCUMENT}
    assert {q.object for q in quads if q.predicate == SH.resultPath} == {OA.end}


# Files


def test_files_are_validated_together(tmp_path: Path, shapes: Shapes, context: Context) -> None:
    path = tmp_path / "example.nq"
    path.write_bytes(serialize_quads(make_document(), N_QUADS))
    assert validate_files([path], shapes, context).results == ()


def test_a_syntax_error_is_a_finding_that_names_file_and_line(tmp_path: Path, shapes: Shapes) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text("<http://example.org/a> a <http://example.org/B> .\n<http://example.org/a> a\n")
    report = validate_files([path], shapes)
    assert rules_of(report) == ["file/syntax"]
    assert "broken.ttl, line " in report.results[0].details
    assert not report.conforms


def test_a_blank_node_is_a_finding(tmp_path: Path, shapes: Shapes) -> None:
    path = tmp_path / "blank.ttl"
    path.write_text("[] a <http://example.org/B> .\n")
    assert "blank node" in validate_files([path], shapes).results[0].details


def test_a_missing_file_is_an_error(tmp_path: Path, shapes: Shapes) -> None:
    with pytest.raises(FileError, match=r"missing\.ttl"):
        validate_files([tmp_path / "missing.ttl"], shapes)


def test_relative_iris_resolve_against_the_base(tmp_path: Path, shapes: Shapes, context: Context) -> None:
    path = tmp_path / "actor.ttl"
    path.write_text(f"<id/actor/x> a <{FR.Person}> ; <{DCT.subject}> <id/actor/y> .\n")
    report = validate_files([path], shapes, context, base="http://example.org/")
    assert {result.focus for result in report.results} == {"http://example.org/id/actor/x"}


def test_files_without_anything_a_shape_is_about_are_an_error(
    tmp_path: Path, shapes: Shapes, context: Context
) -> None:
    path = tmp_path / "other.ttl"
    path.write_text(f"<http://example.org/a> a <{FR}Unknown> .\n")
    with pytest.raises(NothingCheckedError, match=r"other\.ttl"):
        validate_files([path], shapes, context)
