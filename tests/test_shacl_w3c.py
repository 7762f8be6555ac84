"""The W3C SHACL test suite, run by pySHACL as validation runs it: mended."""

import os
from collections import Counter
from pathlib import Path

import pyshacl
import pytest
import rdflib
from rdflib.namespace import RDF, SH

from kg.validation.mend import mended

SUITE = Path(os.environ.get("KG_SHARED", "../shared")).resolve() / "w3c/data-shapes-test-suite/tests"
MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
SHT = rdflib.Namespace("http://www.w3.org/ns/shacl-test#")
FIELDS = (SH.focusNode, SH.value, SH.resultSeverity, SH.sourceConstraintComponent)

pytestmark = pytest.mark.skipif(not SUITE.exists(), reason=f"no W3C SHACL tests at {SUITE}")


def find_cases(manifest: Path) -> list[Path]:
    graph = rdflib.Graph().parse(manifest)
    included = [find_cases(Path(str(i).removeprefix("file://"))) for i in graph.objects(None, MF.include)]
    own = [manifest] if (None, RDF.type, SHT.Validate) in graph else []
    return own + [case for cases in included for case in cases]


KNOWN_FAILURES = {
    "core/property/uniqueLang-002.ttl": 'rdflib reads "1"^^xsd:boolean as true, which the suite does not',
    "sparql/pre-binding/shapesGraph-001.ttl": "$shapesGraph is optional, and pySHACL does not have it",
}

CASES = find_cases(SUITE / "manifest.ttl") if SUITE.exists() else []


def count_results(graph: rdflib.Graph, report: rdflib.term.Node) -> Counter[tuple[object, ...]]:
    """Count results by what they say of IRIs and literals; blank nodes differ from run to run."""
    results = graph.objects(report, SH.result)
    return Counter(
        tuple("_" if isinstance(v := graph.value(r, f), rdflib.BNode) else v for f in FIELDS) for r in results
    )


def test_all_cases_are_found() -> None:
    assert len(CASES) == 120


@pytest.mark.parametrize("path", CASES, ids=lambda path: str(path.relative_to(SUITE)))
def test_w3c_case(path: Path, request: pytest.FixtureRequest) -> None:
    if reason := KNOWN_FAILURES.get(str(path.relative_to(SUITE))):
        request.applymarker(pytest.mark.xfail(reason=reason, strict=True))
    suite = rdflib.Graph().parse(path)
    case = next(suite.subjects(RDF.type, SHT.Validate))
    action, expected = suite.value(case, MF.action), suite.value(case, MF.result)
    data, shapes = (
        rdflib.Graph().parse(str(suite.value(action, name)).removeprefix("file://"), publicID=path.as_uri())
        for name in (SHT.dataGraph, SHT.shapesGraph)
    )
    with mended():
        conforms, report, _ = pyshacl.validate(data, shacl_graph=shapes)
    if expected == SHT.Failure:
        assert not isinstance(report, rdflib.Graph)
        return
    assert expected is not None
    assert rdflib.Literal(conforms) == suite.value(expected, SH.conforms)
    found = next(report.subjects(RDF.type, SH.ValidationReport))
    assert count_results(report, found) == count_results(suite, expected)
