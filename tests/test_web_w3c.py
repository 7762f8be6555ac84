"""The W3C tests of the SPARQL 1.1 Protocol, sent to the application as they stand.

Left out: updates that should succeed, for releases are read-only here.
Manifest: https://www.w3.org/2009/sparql/docs/tests/data-sparql11/protocol/index.html
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
import rdflib
from rdflib.collection import Collection
from rdflib.namespace import RDF, RDFS
from rdflib.term import Node

from kg.engines import load_quads
from kg.formats import find_format, parse_quads
from kg.iris import DEFAULT_BASE
from kg.model import IRI, Quad
from kg.queries import Reader
from kg.releases import Fields, Releases, open_store
from kg.web import create_app

SUITE = Path(os.environ.get("KG_SHARED", "../shared")).resolve() / "w3c/sparql/sparql11/protocol"
if not SUITE.exists():
    pytest.skip(f"no W3C protocol tests at {SUITE}", allow_module_level=True)

MF = rdflib.Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
HT = rdflib.Namespace("http://www.w3.org/2011/http#")
CNT = rdflib.Namespace("http://www.w3.org/2011/content#")
UT = rdflib.Namespace("http://www.w3.org/2009/sparql/tests/test-update#")
MANIFEST = rdflib.Graph().parse(SUITE / "manifest.ttl", publicID=(SUITE / "manifest.ttl").as_uri())
RESULTS = ("application/sparql-results+xml", "application/sparql-results+json")
GRAPHS = ("application/rdf+xml", "application/rdf+json", "text/turtle")
TYPES = {"boolean": RESULTS, "tabular": (*RESULTS, "text/csv", "text/tab-separated-values"), "RDF": GRAPHS}


class Exchange(NamedTuple):
    """A request and what is expected of its response."""

    method: str
    path: str
    headers: list[tuple[str, str]]
    body: bytes
    statuses: set[str]  # first digits
    boolean: bool | None
    types: tuple[str, ...]  # media types one of which is expected; any where there are none


def read_exchange(request: Node) -> Exchange:
    def text(node: Node | None, predicate: Node) -> str:
        return str(MANIFEST.value(node, predicate) or "")

    headers = MANIFEST.value(request, HT.headers)
    body, response = MANIFEST.value(request, HT.body), MANIFEST.value(request, HT.resp)
    expected = MANIFEST.value(response, MF.expectedBoolean)
    return Exchange(
        text(request, HT.methodName),
        text(request, HT.absolutePath),
        [
            (text(h, HT.fieldName), text(h, HT.fieldValue))
            for h in (Collection(MANIFEST, headers) if headers else ())
        ],
        text(body, CNT.chars).encode(text(body, CNT.characterEncoding) or "utf-8"),
        {str(status)[-3] for status in MANIFEST.objects(response, MF.expectedStatus)},
        bool(expected.toPython()) if isinstance(expected, rdflib.Literal) else None,
        TYPES.get(text(response, MF.expectedFormat), ()),
    )


def read_data(case: Node) -> Iterator[Quad]:
    for data in MANIFEST.objects(case, UT.graphData):
        path = SUITE / str(MANIFEST.value(data, UT.graph)).rpartition("/")[2]
        name = str(MANIFEST.value(data, RDFS.label))
        yield from parse_quads(path.read_bytes(), IRI(name), name, find_format("ntriples"))


CASES = {
    name: case
    for case in MANIFEST.subjects(RDF.type, MF.ProtocolTest)
    if not (name := str(case).rpartition("#")[2]).startswith("update_")
}


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    """An empty release, for the application wants one; the data of a case is in the engine."""
    found = open_store(tmp_path_factory.mktemp("store"), DEFAULT_BASE, create=True)
    with found.stage() as staging:
        staging.publish(Fields("2026-01-01T00:00:00Z", "0.1.0"))
    return found


def test_case_count() -> None:
    assert len(CASES) == 27


@pytest.mark.parametrize("name", sorted(CASES))
def test_exchange(releases: Releases, name: str) -> None:
    client = create_app(Reader(releases, load_quads(read_data(CASES[name])))).test_client()
    requests = MANIFEST.value(MANIFEST.value(CASES[name], MF.action), HT.requests)
    for sent in map(read_exchange, Collection(MANIFEST, requests)):
        answer = client.open(sent.path, method=sent.method, headers=sent.headers, data=sent.body or None)
        assert str(answer.status_code)[0] in sent.statuses, answer.text
        assert not sent.types or answer.mimetype in sent.types
        if sent.boolean is not None:
            word = str(sent.boolean).lower()
            assert f'"boolean":{word}' in answer.text or f"<boolean>{word}</boolean>" in answer.text
