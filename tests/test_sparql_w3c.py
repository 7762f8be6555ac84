"""The W3C suites of SPARQL 1.1 and 1.2 queries, asked of our engine, SERVICE check and serialisers included.

Each case is answered in the format that the suite gives its answer in. Left out: updates, the protocol and
the graph store protocol (releases are read-only here), service descriptions, and entailment regimes, of
which there is none but the simple one. Manifests: https://w3c.github.io/rdf-tests/sparql/.
"""

import os
from collections import Counter
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.engines import Form, LocalEngine, Question, find_form
from kg.errors import ForbiddenError, QuerySyntaxError, UsageError
from kg.formats import GRAPH_FORMATS, SOLUTION_FORMATS, find_format
from w3c_manifest import Case, load_cases
from w3c_results import Results, is_same, read_results

SUITES = Path(os.environ.get("KG_SHARED", "../shared")).resolve() / "w3c/sparql"
if not SUITES.exists():
    pytest.skip(f"no W3C SPARQL tests at {SUITES}", allow_module_level=True)

KINDS = {
    "sparql11/manifest-sparql11-query.ttl": Counter(evaluation=225, accepted=63, rejected=40),
    "sparql11/manifest-sparql11-results.ttl": Counter(evaluation=10),
    "sparql11/manifest-sparql11-fed.ttl": Counter(evaluation=7, accepted=3),
    "sparql12/manifest.ttl": Counter(evaluation=63, accepted=102, rejected=81),
}
PURPOSES = {
    "QueryEvaluationTest": "evaluation",
    "CSVResultFormatTest": "evaluation",
    **dict.fromkeys(("PositiveSyntaxTest", "PositiveSyntaxTest11"), "accepted"),
    **dict.fromkeys(("NegativeSyntaxTest", "NegativeSyntaxTest11"), "rejected"),
}

PATHS = "Oxigraph 0.5 gives a path of length zero only from terms of the graph"
GRAPH = "Oxigraph 0.5 binds ?g of GRAPH ?g by the patterns inside, not once per named graph"
VALUES = "Oxigraph stores numbers by value and in few types: what was written differently becomes one"
LANGUAGE = "Oxigraph follows SPARQL 1.2, where GROUP_CONCAT keeps a language that all members share"
TERMS = "Oxigraph 0.5 accepts a triple term as the subject of a triple term, and a literal too"
REFUSED = "SERVICE is refused: queries are answered from a release alone"
KNOWN_FAILURES = {
    "sparql11/aggregates/agg-groupconcat-04": LANGUAGE,
    "sparql11/aggregates/agg-groupconcat-06": LANGUAGE,
    "sparql11/aggregates/agg-empty-group-count-graph": GRAPH,
    "sparql11/bindings/graph": GRAPH,
    "sparql11/negation/graph-minus": GRAPH,
    "sparql11/functions/bnode01": "Oxigraph's BNODE(string) gives one blank node for all solutions",
    "sparql11/property-path/zero_or_more_set_start": PATHS,
    "sparql11/property-path/zero_or_more_set_end": PATHS,
    "sparql11/property-path/zero_or_one_set_start": PATHS,
    "sparql11/property-path/zero_or_one_set_end": PATHS,
    "sparql11/csv-tsv-res/csv03": VALUES,
    "sparql11/csv-tsv-res/tsv03": VALUES,
    "sparql12/grouping/group01": VALUES,
    "sparql12/grouping/select-variable-reuse": "Oxigraph 0.5 does not know an alias of the same SELECT clause",
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-03": TERMS,
    "sparql12/syntax-triple-terms-negative/tripleterm-subject-06": TERMS,
    "sparql12/syntax/nested-aggregate-functions": "Oxigraph 0.5 accepts an aggregate within an aggregate",
    **{f"sparql11/syntax-fed/test_{n}": REFUSED for n in (1, 2, 3)},
    **{f"sparql11/service/service{n}": REFUSED for n in ("1", "2", "3", "4a", "5", "6", "7")},
}


def find_cases() -> dict[str, list[tuple[str, Case]]]:
    """Find the cases of each manifest that concern queries, with their ids."""
    return {
        name: [
            (f"{name.partition('/')[0]}/{case.name}", case)
            for case in load_cases(SUITES / name)
            if case.kind in PURPOSES
        ]
        for name in KINDS
    }


FOUND = find_cases()
CASES = [pytest.param(i, case, id=i) for cases in FOUND.values() for i, case in cases]


def load_data(case: Case) -> ox.Store:
    store = ox.Store()
    for path in case.data:
        store.load(path=path, base_iri=path.as_uri())
    for name, path in case.graphs:
        store.load(path=path, base_iri=path.as_uri(), to_graph=ox.NamedNode(name))
    return store


def choose_format(text: str, case: Case) -> str:
    """Choose the format of the expected answer; solutions that it describes in RDF are asked for as JSON."""
    form = find_form(text) or Form.SELECT
    extension = case.result.suffix[1:] if case.result else ""
    fitting = GRAPH_FORMATS if form.gives_graph else SOLUTION_FORMATS
    return extension if any(extension == f.extension for f in fitting) else fitting[0].extension


def evaluate(case: Case) -> Results:
    text = case.query.read_bytes().decode()
    extension = choose_format(text, case)
    question = Question(text, find_format(extension), union=False, base=case.query.as_uri())
    answer = b"".join(LocalEngine(load_data(case)).evaluate(question))
    return read_results(answer, extension, case.query.as_uri())


def check_evaluation(case: Case) -> None:
    assert case.result
    expected = read_results(case.result.read_bytes(), case.result.suffix[1:], case.result.as_uri())
    found = evaluate(case)
    assert is_same(expected, found), f"expected {expected}\nfound {found}"


def check_accepted(case: Case) -> None:
    try:
        evaluate(case)
    except UsageError as error:  # parsed, and calls a function of the suite's own
        assert "custom function" in str(error)  # noqa: PT017


def check_rejected(case: Case) -> None:
    with pytest.raises(QuerySyntaxError):
        evaluate(case)


CHECKS = {"evaluation": check_evaluation, "accepted": check_accepted, "rejected": check_rejected}


@pytest.mark.parametrize("manifest", KINDS)
def test_all_cases_are_found(manifest: str) -> None:
    assert Counter(PURPOSES[case.kind] for _, case in FOUND[manifest]) == KINDS[manifest]


def test_known_failures_are_cases() -> None:
    assert KNOWN_FAILURES.keys() <= {i for cases in FOUND.values() for i, _ in cases}


@pytest.mark.parametrize(("name", "case"), CASES)
def test_w3c_case(name: str, case: Case, request: pytest.FixtureRequest) -> None:
    if reason := KNOWN_FAILURES.get(name):
        error = (
            ForbiddenError if reason == REFUSED else (AssertionError, QuerySyntaxError, pytest.fail.Exception)
        )
        request.applymarker(pytest.mark.xfail(reason=reason, raises=error, strict=True))
    CHECKS[PURPOSES[case.kind]](case)
