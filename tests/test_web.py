"""The web application over real HTTP, on a release that was published for the purpose."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urldefrag, urlencode, urljoin, urlsplit

import httpx
import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html
from rdflib import RDF, Graph, URIRef

from example_document import MINT, SLUG, TEXT
from example_release import DIGEST, EXAMPLES, SCRIPT, publish_example, serve_releases
from kg.build import build
from kg.engines import open_local
from kg.formats import GRAPH_FORMATS, Format, parse_quads
from kg.model import IRI, Literal, Span
from kg.queries import Reader
from kg.releases import DocumentInfo, Fields, Releases, open_store
from kg.resources import find_resource
from kg.vocab import FR
from kg.web import create_app
from kg.web.addresses import Addresses
from kg.web.marking import Mark, cut, merge_spans
from kg.web.rendering import to_number

_CASES = Path(__file__).parent / "cases" / "protocol"
CASES = [case for path in sorted(_CASES.glob("*.json")) for case in json.loads(path.read_text())]

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
CHROME = (
    "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8,"
    "application/signed-exchange;v=b3;q=0.7"
)
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
RDFLIB = "text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.9, application/xhtml+xml;q=0.5, */*;q=0.1"
JENA = (
    "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,"
    "application/trig,application/n-quads;q=0.9,text/html;q=0.3,*/*;q=0.1"
)
SAMPLES = ("pakistan-plan-2023-11", "rohingya-india-2025-05")
SHOWN = (
    "Statement",
    "Figure",
    "NormPosition",
    "Demand",
    "Policy",
    "Deadline",
    "Person",
    "Group",
    "OmittedBlock",
)
PAGES = (
    "/",
    "/documents",
    "/actors",
    "/policies",
    "/vocab",
    "/vocab/act",
    "/vocab/act-demand",
    "/ns",
    "/sparql",
    "/releases",
    "/problems",
    "/search?q=unhcr",
    "/search",
    "/doc/example",
    "/doc/hostile",
    "/page/actor/unhcr",
    "/page/actor/iom",
    "/page/state/pakistan",
    "/page/place/europe",
    "/page/policy/illegal-foreigners-repatriation-plan",
    "/graph/release",
    "/graph/doc/example",
    "/nothing",
    "/sparql?query=SELECT%20?s%20?label%20%7B%20?s%20skos:prefLabel%20?label%20%7D",
    "/sparql?query=CONSTRUCT%20WHERE%20%7B%20?s%20a%20fr:Document%20%7D",
    "/sparql?query=ASK%20%7B%7D",
    "/sparql?query=SELECT",
)


@pytest.fixture(scope="module")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    return publish_example(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def address(releases: Releases) -> Iterator[str]:
    with serve_releases(releases) as found:
        yield found


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=address, timeout=30) as found:
        found.headers.pop("Accept")
        yield found


@pytest.fixture(scope="module")
def app(releases: Releases) -> Flask:
    """The application on an engine in this process, for tests that need no socket."""
    return make_app(releases)


def make_app(releases: Releases) -> Flask:
    current = releases.current()
    assert current
    return create_app(Reader(releases, open_local(current.database)), examples=EXAMPLES)


def test_case_count() -> None:
    assert len(CASES) == 87


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_protocol(client: httpx.Client, case: dict[str, object]) -> None:
    headers = {"Accept": case.get("accept"), "Content-Type": case.get("type_sent")}
    response = client.request(
        str(case.get("method", "GET")),
        str(case["path"]),
        headers={name: str(value) for name, value in headers.items() if value},
        content=case.get("body"),  # type: ignore[arg-type]
        data=case.get("form"),  # type: ignore[arg-type]
    )
    found = {
        "status": response.status_code,
        "type": response.headers.get("Content-Type"),
        "location": response.headers.get("Location"),
        "vary": response.headers.get("Vary"),
        "allow": sorted(response.headers.get("Allow", "").split(", ")),
        "text": response.text,
    }
    if "title" in case or "members" in case:
        problem = response.json()
        assert response.headers["Content-Type"] == "application/problem+json"
        assert problem["status"] == response.status_code
        assert problem["type"].startswith(f"{MINT.base}problems#")
        found |= {"title": problem["title"], "members": {n: problem.get(n) for n in case.get("members", ())}}  # type: ignore[attr-defined]
    if "json" in case:
        found["json"] = response.json()
    expected = {name: case[name] for name in found if name in case}
    assert {name: found[name] for name in expected} == expected
    assert str(case.get("holds", "")) in response.text


@pytest.mark.parametrize("accept", [FIREFOX, CHROME, SAFARI], ids=["Firefox", "Chrome", "Safari"])
@pytest.mark.parametrize(
    "path", ["/id/actor/unhcr", "/doc/example", "/ns", "/graph/world", "/sparql?query=ASK{}"]
)
def test_browsers_get_pages(client: httpx.Client, accept: str, path: str) -> None:
    response = client.get(path, headers={"Accept": accept}, follow_redirects=True)
    assert response.headers["Content-Type"] == "text/html; charset=utf-8"


@pytest.mark.parametrize("accept", [RDFLIB, JENA, "*/*", "text/turtle", None])
@pytest.mark.parametrize(
    "path", ["/id/actor/unhcr", "/doc/example", "/vocab/act-demand", "/graph/doc/example"]
)
def test_machines_get_rdf(client: httpx.Client, accept: str | None, path: str) -> None:
    response = client.get(path, headers={"Accept": accept} if accept else {}, follow_redirects=True)
    assert response.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert len(Graph().parse(data=response.text, format="turtle")) > 1


def test_description_is_about_exactly_that_iri(client: httpx.Client) -> None:
    """What is said has the IRI or what it points to as its subject, and of the latter only a name."""
    response = client.get("/id/actor/unhcr", headers={"Accept": "text/turtle"}, follow_redirects=True)
    graph = Graph().parse(data=response.text, format="turtle")
    unhcr = URIRef(f"{MINT.base}id/actor/unhcr")
    assert any(graph.predicate_objects(unhcr))
    names = {p.rpartition("#")[2].rpartition("/")[2] for s, p, o in graph if s != unhcr}
    assert names <= {"prefLabel", "label", "title"}
    assert set(graph.subjects()) <= {unhcr, *graph.objects(unhcr)}


@pytest.mark.parametrize("chosen", GRAPH_FORMATS, ids=lambda chosen: chosen.name)
def test_every_format_of_a_document_says_the_same(client: httpx.Client, chosen: Format) -> None:
    """Each is read back to the same triples; the first reader is not ours."""
    plain = Graph().parse(data=client.get("/doc/example.nt").text, format="nt")
    found = parse_quads(client.get(f"/doc/example.{chosen.extension}").content, IRI("x:g"), MINT.base, chosen)
    triples = {quad._replace(graph=IRI("x:g")) for quad in found}
    assert {(str(q.subject), str(q.predicate)) for q in triples} == {(str(s), str(p)) for s, p, _ in plain}
    assert len(triples) == len(plain)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_sound(client: httpx.Client, path: str) -> None:
    """One h1, headings in order, names for fields, ids that are unique, links to ids that are there."""
    response = client.get(path, headers={"Accept": FIREFOX})
    page = html.document_fromstring(response.text)
    ids = page.xpath("//@id")
    levels = [int(element.tag[1]) for element in page.iter("h1", "h2", "h3", "h4")]
    assert page.get("lang") == "en"
    assert levels.count(1) == 1
    assert all(after - before <= 1 for before, after in zip([0, *levels], levels, strict=False))
    assert len(ids) == len(set(ids))
    assert all(page.xpath(f"//label[@for='{field}']") for field in page.xpath("//input/@id|//textarea/@id"))
    assert set(page.xpath("//a[starts-with(@href, '#')]/@href")) <= {f"#{name}" for name in ids}
    assert not page.xpath("//script|//iframe|//@style|//@onclick")
    assert page.findtext("head/title")


def test_links_lead_somewhere(client: httpx.Client) -> None:
    """Every link from a page of ours to this server is answered, and its fragment is on that page."""
    fetched: dict[str, httpx.Response] = {}
    for start in PAGES[:19]:
        page = html.document_fromstring(client.get(start, headers={"Accept": FIREFOX}).text)
        for href in page.xpath("//a/@href|//link/@href")[:30]:
            target, fragment = urldefrag(urljoin(start, href))
            if urlsplit(target).scheme or target.startswith("/dump"):
                continue
            if target not in fetched:
                fetched[target] = client.get(target, headers={"Accept": FIREFOX}, follow_redirects=True)
            assert fetched[target].status_code == 200, (start, href)
            if fragment and "html" in fetched[target].headers["Content-Type"]:
                assert f'id="{fragment}"' in fetched[target].text, (start, href)
    assert len(fetched) > 50


@pytest.mark.parametrize(
    "path", ["/doc/hostile", "/documents", "/actors", "/", f"/search?{urlencode({'q': SCRIPT})}"]
)
def test_markup_in_data_stays_text(client: httpx.Client, path: str) -> None:
    response = client.get(path, headers={"Accept": FIREFOX})
    page = html.document_fromstring(response.text)
    assert "&lt;script&gt;" in response.text
    assert not page.xpath("//script")
    assert not page.xpath("//@*[starts-with(name(), 'on')]")


@pytest.mark.parametrize(
    "scheme", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "ftp://x/"]
)
def test_only_web_addresses_become_links(client: httpx.Client, scheme: str) -> None:
    query = urlencode({"query": f"SELECT (<{scheme}> AS ?x) {{}}"})
    for path in ("/doc/hostile", f"/sparql?{query}"):
        page = html.document_fromstring(client.get(path, headers={"Accept": FIREFOX}).text)
        links = page.xpath("//td//a/@href|//dd//a/@href")
        assert not [link for link in links if urlsplit(link).scheme not in ("", "http", "https")]


def test_markup_in_a_query_stays_text(client: httpx.Client) -> None:
    for query in (f'SELECT ("{SCRIPT}" AS ?x) {{}}', f"SELECT {SCRIPT}</textarea>"):
        response = client.get("/sparql", params={"query": query}, headers={"Accept": FIREFOX})
        assert not html.document_fromstring(response.text).xpath("//script")


@pytest.mark.parametrize(
    "path", ["/", "/doc/example", "/sparql?query=ASK{}", "/nothing", "/static/style.css"]
)
def test_every_answer_is_guarded(client: httpx.Client, path: str) -> None:
    headers = client.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'self'; script-src 'none'")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert not {"Set-Cookie", "Server"} & set(headers)


def test_document_marks_its_facts(client: httpx.Client) -> None:
    """The words of a fact are marked where they stand, under the fragment of its IRI, and lead to it."""
    page = html.document_fromstring(client.get("/doc/example", headers={"Accept": FIREFOX}).text)
    for name, words in (
        ("statement-130", "Nobody must be sent back to danger"),
        ("figure-share", "nearly half"),
    ):
        (mark,) = page.xpath(f"//mark[@id='{name}']")
        assert words.startswith(mark.text_content())
        assert page.xpath(f"//li[@id='about-{name}']")
    assert "".join(page.xpath("//div[@class='text']")[0].itertext()).split() == TEXT.split()


def test_document_shows_who_said_what_on_whose_word(client: httpx.Client) -> None:
    page = html.document_fromstring(client.get("/doc/example", headers={"Accept": FIREFOX}).text)
    shown = " ".join(page.xpath("//li[@id='about-statement-77']")[0].text_content().split())
    assert "United Nations High Commissioner for Refugees ← International Organization for Migration" in shown
    assert "rule example · confidence 0.9" in shown
    share = " ".join(page.xpath("//li[@id='about-figure-share']")[0].text_content().split())
    assert "≥ 47.5 and ≤ 50" in share
    assert "490 of 1,000 is 49 %." in page.text_content()


def test_text_that_must_not_be_shown_is_not(tmp_path: Path) -> None:
    """Only sentences that bear facts are shown where the rights allow no more."""
    page = (
        make_app(publish_example(tmp_path, show_text=False))
        .test_client()
        .get("/doc/example", headers={"Accept": FIREFOX})
    )
    text = html.document_fromstring(page.text).xpath("//div[@class='text']")[0].text_content()
    assert "Nobody must be sent back to danger" in text
    assert "GENEVA, 5 March 2025" not in text


def test_actor_page_shows_what_it_says(client: httpx.Client) -> None:
    page = html.document_fromstring(client.get("/page/actor/iom", headers={"Accept": FIREFOX}).text)
    headings = [heading.text_content() for heading in page.iter("h2")]
    assert headings == ["Says", "Figures on its word"]
    assert page.xpath("//section[2]//li//a[contains(@href, '/doc/example#figure-')]")


def test_every_fragment_is_on_its_page(tmp_path: Path) -> None:
    """Whatever the build says about a sample has a place on the page that its IRI leads to."""
    samples = [find_resource("data/documents") / f"{name}.md" for name in SAMPLES]
    build(samples, tmp_path, MINT.base, processes=1)
    client = make_app(open_store(tmp_path)).test_client()
    for slug in SAMPLES:
        triples = Graph().parse(data=client.get(f"/doc/{slug}.nt").text, format="nt")
        page = html.document_fromstring(client.get(f"/doc/{slug}", headers={"Accept": FIREFOX}).text)
        start = f"{MINT.base}doc/{slug}#"
        named = {str(s) for kind in SHOWN for s in triples.subjects(RDF.type, URIRef(FR.term(kind)))}
        wanted = {iri.removeprefix(start) for iri in named if iri.startswith(start)}
        assert len(wanted) > 10
        assert wanted <= set(page.xpath("//@id"))


def test_answers_are_validated_by_etag(client: httpx.Client) -> None:
    for path in ("/doc/example.ttl", "/sparql?query=ASK{}", "/", "/graph/world", "/dump.nq"):
        first = client.head(path)
        again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert re.fullmatch('"[0-9a-f]{32}"', first.headers["ETag"])
        assert (again.status_code, again.content) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers.get("Vary") == first.headers.get("Vary")


def test_etags_tell_answers_apart(client: httpx.Client) -> None:
    tags = [
        client.get(path, headers={"Accept": accept}).headers["ETag"]
        for path in ("/doc/example", "/doc/example?x=1", "/sparql?query=DESCRIBE%20%3Cdoc/example%3E")
        for accept in ("text/turtle", "application/ld+json", "text/html")
    ]
    assert len(set(tags)) == len(tags)


@pytest.mark.parametrize("function", ["NOW()", "RAND()", "UUID()", "STRUUID()", "BNODE()"])
def test_what_changes_has_no_etag(client: httpx.Client, function: str) -> None:
    response = client.get("/sparql", params={"query": f"SELECT ({function} AS ?x) {{}}"})
    assert response.status_code == 200
    assert "ETag" not in response.headers


@pytest.mark.parametrize(
    "path", ["/", "/doc/example", "/sparql?query=ASK{}", "/dump.trig", "/nothing", "/sparql?query=X"]
)
def test_head_is_get_without_body(client: httpx.Client, path: str) -> None:
    got, head = client.get(path), client.head(path)
    kept = ("content-type", "etag", "vary", "content-length")
    assert head.status_code == got.status_code
    assert head.content == b""
    assert {n: head.headers.get(n) for n in kept} == {n: got.headers.get(n) for n in kept}


def test_head_lets_workers_go(client: httpx.Client) -> None:
    """More abandoned answers than there are workers leave the endpoint working."""
    for _ in range(6):
        assert client.head("/sparql", params={"query": "SELECT * { ?s ?p ?o }"}).status_code == 200
    assert client.get("/sparql", params={"query": "ASK {}"}).json()["boolean"] is True


def test_truncated_answer_is_an_error_for_the_client(client: httpx.Client) -> None:
    """A deadline in the middle of an answer breaks the connection instead of ending the answer."""
    query = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    with pytest.raises(httpx.RemoteProtocolError):
        client.get("/sparql", params={"query": query, "timeout": "1"})
    assert client.get("/sparql", params={"query": "ASK {}"}).status_code == 200


def test_long_answers_are_shown_in_part(client: httpx.Client) -> None:
    response = client.get("/sparql", params={"query": "SELECT ?s { ?s ?p ?o }"}, headers={"Accept": FIREFOX})
    page = html.document_fromstring(response.text)
    assert len(page.xpath("//tbody/tr")) == 500
    assert "the first only" in page.text_content()
    assert page.xpath("//a[contains(@href, 'format=csv')]")


def test_terms_are_shown_as_they_are(client: httpx.Client) -> None:
    query = r'SELECT ("a\tb\n\"é\" \\u0041" AS ?x) ("ja"@fr AS ?y) (1000.50 AS ?z) ?none {}'
    page = html.document_fromstring(
        client.get("/sparql", params={"query": query}, headers={"Accept": FIREFOX}).text
    )
    assert [cell.text_content() for cell in page.xpath("//td")] == ['a\tb\n"é" \\u0041', "ja", "1000.5", ""]


def test_long_queries_are_refused(client: httpx.Client) -> None:
    fits, long = (f"ASK {{}} # {'x' * size}" for size in (900_000, 1_100_000))
    assert client.post("/sparql", data={"query": fits}).status_code == 200
    assert client.post("/sparql", data={"query": long}).json()["title"] == "Request entity too large"
    assert client.post("/sparql", data={"query": long * 6}).status_code == 413


def test_examples_run(client: httpx.Client) -> None:
    response = client.get("/examples/who-says-what", follow_redirects=True)
    assert "Nobody must be sent back to danger" in response.text


def test_host_header_means_nothing(client: httpx.Client) -> None:
    """Addresses in answers come from the release, or are relative."""
    for path in (
        "/",
        "/id/actor/unhcr",
        "/.well-known/void",
        "/nothing",
        "/sparql",
        "/examples/who-says-what",
    ):
        response = client.get(path, headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
        assert "evil" not in response.text + response.headers.get("Location", "")


def test_preflight_allows_what_queries_need(client: httpx.Client) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    response = client.options("/sparql", headers=asked | {"Access-Control-Request-Headers": "content-type"})
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "Content-Type" in response.headers["Access-Control-Allow-Headers"]
    assert "ETag" in response.headers["Access-Control-Expose-Headers"]


def test_base_may_have_a_path(tmp_path: Path) -> None:
    client = make_app(publish_example(tmp_path, "https://example.org/kg/")).test_client()
    response = client.get("/kg/id/actor/unhcr", headers={"Accept": "text/turtle"})
    assert response.headers["Location"] == "/kg/data/actor/unhcr.ttl"
    assert "<https://example.org/kg/id/actor/unhcr>" in client.get(response.headers["Location"]).text
    assert client.get("/id/actor/unhcr").status_code == 404
    page = html.document_fromstring(client.get("/kg", headers={"Accept": FIREFOX}).text)
    inside = [href for href in page.xpath("//@href|//@action") if href.startswith("/")]
    assert inside
    assert all(href.startswith("/kg/") for href in inside)
    with client.get("/kg/static/style.css") as response:
        assert response.status_code == 200


def test_new_release_is_seen_at_once(tmp_path: Path) -> None:
    """The next request is answered from the release that was published, with another ETag."""
    releases = publish_example(tmp_path)
    client = make_app(releases).test_client()
    before = client.get("/releases")
    old = client.get("/vocab").headers["ETag"]
    with releases.stage() as staging:
        staging.publish(
            Fields("2026-02-03T00:00:00Z", "0.1.0", {}, {SLUG: DocumentInfo("x", DIGEST, DIGEST)})
        )
    after = client.get("/releases", headers={"If-None-Match": old})
    assert "2 (served)" not in before.text
    assert "2 (served)" in after.text
    assert client.get("/vocab", headers={"If-None-Match": old}).status_code == 200


def test_unexpected_errors_tell_nothing(releases: Releases, caplog: pytest.LogCaptureFixture) -> None:
    """The client gets a problem without internals, the log gets all."""
    app = make_app(releases)
    app.add_url_rule("/boom", view_func=lambda: {}["a secret"])
    response = app.test_client().get("/boom")
    assert response.status_code == 500
    assert response.mimetype == "application/problem+json"
    assert "secret" not in response.text
    assert "a secret" in caplog.text


_ODD = st.text(st.characters(exclude_categories=("Cs",)), max_size=30)
_PATHS = st.one_of(
    st.builds(
        lambda head, tail: f"/{head}/{tail}",
        st.sampled_from(
            ["id/actor", "doc", "graph", "graph/doc", "page/state", "data/policy", "vocab", "examples"]
        ),
        _ODD,
    ),
    st.builds(lambda tail: f"/{tail}", _ODD),
    st.builds(lambda slug, ext: f"/doc/{slug}.{ext}", st.sampled_from(["example", "gone-report", "x"]), _ODD),
)
_ACCEPTS = st.one_of(
    st.sampled_from(
        [FIREFOX, RDFLIB, "*/*", "", "text/html;q=0", "text/turtle;q=x", ";;;", "a/b, */*;q=0.0001"]
    ),
    st.text(st.characters(min_codepoint=32, max_codepoint=126), max_size=40),
)


@settings(max_examples=150, deadline=None)
@given(path=_PATHS, accept=_ACCEPTS)
def test_no_address_is_a_server_error(app: Flask, path: str, accept: str) -> None:
    response = app.test_client().get(path, headers={"Accept": accept})
    assert response.status_code in (200, 302, 303, 308, 404, 406, 410)


@settings(max_examples=150, deadline=None)
@given(
    parameters=st.dictionaries(
        st.sampled_from(["query", "format", "timeout", "default-graph-uri", "named-graph-uri", "update"]),
        _ODD,
    ),
    query=st.sampled_from(["", "ASK {}", "SELECT * {} LIMIT 1", "DESCRIBE <x>", "CONSTRUCT {} WHERE {}"]),
    accept=_ACCEPTS,
)
def test_no_query_is_a_server_error(app: Flask, parameters: dict[str, str], query: str, accept: str) -> None:
    sent = parameters | ({"query": query + parameters.get("query", "")} if query else {})
    for method in ("GET", "POST"):
        given_by = {"query_string": sent} if method == "GET" else {"data": sent}
        response = app.test_client().open("/sparql", method=method, headers={"Accept": accept}, **given_by)  # type: ignore[arg-type]
        assert response.status_code in (200, 400, 403, 406, 413, 415), response.text


@given(
    text=st.text("ab \n", max_size=40),
    spans=st.lists(st.tuples(st.integers(0, 40), st.integers(1, 20)), max_size=6),
)
def test_marking_keeps_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    """The pieces are the text; each lies under exactly the marks that cover it; a mark begins once."""
    marks = [Mark(f"m{n}", "Figure", Span(start, start + size)) for n, (start, size) in enumerate(spans)]
    paragraphs = cut(text, Span(0, len(text)), marks, set())
    assert ["".join(p.text for p in paragraph) for paragraph in paragraphs] == [
        line for line in text.split("\n") if line.strip()
    ]
    begun = [name for paragraph in paragraphs for piece in paragraph for name in piece.begins]
    assert len(begun) == len(set(begun))
    for paragraph in paragraphs:
        for piece in paragraph:
            sizes = [mark.span.end - mark.span.start for mark in piece.marks]
            assert sizes == sorted(sizes, reverse=True)


def test_spans_that_touch_are_joined() -> None:
    assert merge_spans([Span(5, 9), Span(0, 3), Span(3, 4), Span(6, 7)]) == [Span(0, 4), Span(5, 9)]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("1495851", "1,495,851"),
        ("47.50", "47.5"),
        ("1000.0", "1,000"),
        ("-3", "-3"),
        ("many", "many"),
        ("NaN", "NaN"),
    ],
)
def test_numbers_are_written_for_people(written: str, shown: str) -> None:
    assert to_number(Literal(written)) == shown


@pytest.mark.parametrize(
    ("iri", "href", "short"),
    [
        ("https://example.org/kg/id/actor/x", "/kg/id/actor/x", "id/actor/x"),
        ("https://w3id.org/forced-returns/ns#speaker", "/kg/ns#speaker", "fr:speaker"),
        ("https://w3id.org/forced-returns/vocab/act-demand", "/kg/vocab/act-demand", "frv:act-demand"),
        ("https://schema.org/value", "https://schema.org/value", "schema:value"),
        ("javascript:alert(1)", None, "javascript:alert(1)"),
    ],
)
def test_addresses(iri: str, href: str | None, short: str) -> None:
    addresses = Addresses("https://example.org/kg/")
    assert (addresses.find_href(IRI(iri)), addresses.shorten(IRI(iri))) == (href, short)


_SERVE = """
import sys
from pathlib import Path
from kg.engines.pool import WorkerPool
from kg.queries import Reader
from kg.releases import open_store
from kg.web import create_app, serve
with WorkerPool(1) as pool:
    serve(create_app(Reader(open_store(Path(sys.argv[1])), pool)), "127.0.0.1", int(sys.argv[2]))
"""


def test_sigterm_lets_answers_end(releases: Releases) -> None:
    """A server that is told to stop sends what it began, takes nothing new, and ends well."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-c", _SERVE, str(releases.path), str(port)], env=dict(os.environ)
    )
    try:
        _wait_for(port)
        whole = httpx.get(f"http://127.0.0.1:{port}/dump.nq").content
        with httpx.stream("GET", f"http://127.0.0.1:{port}/dump.nq") as response:
            chunks = response.iter_bytes()
            first = next(chunks)
            server.send_signal(signal.SIGTERM)
            assert len(first + b"".join(chunks)) == len(whole)
        assert server.wait(timeout=20) == 0
    finally:
        server.kill()
        server.wait()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            httpx.get(f"http://127.0.0.1:{port}/robots.txt")
        except httpx.TransportError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("the server did not start")
