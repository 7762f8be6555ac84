"""What pages show: one function for each kind of page, from an IRI to a response."""

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Response

from kg.errors import NotFoundError
from kg.model import IRI, Object, Span
from kg.model.excerpts import BEGINNING, LONGEST
from kg.queries import QueryRequest
from kg.vocab import FR, FRV
from kg.web.context import get_reader, get_site
from kg.web.description import Description, describe_all, expand, find_labels, to_quads
from kg.web.marking import Mark, Paragraph, cut, merge_spans
from kg.web.responses import respond_with_page
from kg.web.results import read_triples

_MARKED = ("Statement", "Figure", "NormPosition", "Demand", "Deadline", "Policy")
_AROUND = 60  # characters shown around a fact whose sentence is not known
_SHOWN = 50  # facts of one section that a page shows


@dataclass(frozen=True, slots=True)
class Section:
    """Facts that point to a resource by one property; `kind` chooses how a fact is written."""

    title: str
    kind: str
    property: str


SECTIONS = (
    Section("Says", "statement", "fr:speaker"),
    Section("Is told", "statement", "fr:addressee"),
    Section("Statements about it", "statement", "fr:concerns"),
    Section("Statements that invoke it", "statement", "fr:invokes"),
    Section("Statements that cite its data", "statement", "cito:citesAsDataSource"),
    Section("Figures on its word", "figure", "fr:source"),
    Section("Figures on people who left", "figure", "fr:from"),
    Section("Figures on people who came", "figure", "fr:to"),
    Section("Figures on what happens here", "figure", "fr:place"),
    Section("Figures of this measure", "figure", "fr:measure"),
    Section("Positions it takes on law", "norm", "fr:assertedBy"),
    Section("Positions on what it is bound by", "norm", "fr:bearer"),
    Section("Positions on this norm", "norm", "fr:norm"),
    Section("Positions on this policy", "norm", "fr:policy"),
    Section("Is asked to", "demand", "fr:demandee"),
    Section("Demands about it", "demand", "fr:policy"),
    Section("Policies issued", "named", "fr:issuer"),
    Section("Posts held", "membership", "org:member"),
    Section("Holders of posts", "membership", "org:organization"),
    Section("Documents published", "named", "dct:publisher"),
)
_CLASSES = {
    "statement": "fr:Statement",
    "figure": "fr:Figure",
    "norm": "fr:NormPosition",
    "demand": "fr:Demand",
    "membership": "org:Membership",
}

_COUNT = "SELECT ?p (COUNT(DISTINCT ?fact) AS ?n) { VALUES ?iri { %s } ?fact ?p ?iri } GROUP BY ?p"
_FACTS = """SELECT DISTINCT ?fact ?day {
  VALUES ?iri { %s } ?fact <%s> ?iri . %s FILTER(!STRSTARTS(STR(?fact), CONCAT(STR(?iri), "#")))
  BIND(IRI(STRBEFORE(STR(?fact), "#")) AS ?doc) OPTIONAL { ?doc fr:latest ?day }
} ORDER BY DESC(?day) ?fact LIMIT %d"""
_SAME = "SELECT ?local { GRAPH ?links { ?local ?p ?iri } }"
_COMPARISONS = """SELECT DISTINCT ?comparison { GRAPH ?derived {
  ?comparison prov:wasDerivedFrom ?fact FILTER(STRSTARTS(STR(?fact), ?start)) } }"""
_LINKS = "SELECT ?s ?p ?o { GRAPH ?g { ?s ?p ?o FILTER(STRSTARTS(STR(?s), ?start)) } }"
_CONCEPTS = "SELECT ?iri { ?iri skos:inScheme ?scheme }"
_SCHEMES = "SELECT ?iri { ?iri a skos:ConceptScheme }"


def show_document(iri: IRI) -> Response:
    """Show a document: its text or the sentences that bear its facts, and what it says."""
    known = _describe_document(iri)
    marks = _find_marks(known)
    excerpts = _read_excerpts(known, iri, marks)
    begun = {name for part in excerpts for paragraph in part for piece in paragraph for name in piece.begins}
    return respond_with_page(
        "document.html",
        iri=iri,
        known=known,
        excerpts=excerpts,
        marked=begun,
        comparisons=_find_comparisons(iri),
    )


def _describe_document(iri: IRI) -> Description:
    """Describe a document with its links to the world."""
    reader = get_reader()
    text = _LINKS.replace("?start", f'"{iri}#"')
    links = to_quads(
        reader.select(text, g=reader.minter.mint_graph("links")), reader.minter.mint_graph("links")
    )
    targets = {quad.object for quad in links if isinstance(quad.object, IRI)}
    return Description([*reader.describe(iri), *links, *find_labels(reader, targets)])


def _find_marks(known: Description) -> list[Mark]:
    return [
        Mark(iri.partition("#")[2], kind, span)
        for kind in _MARKED
        for iri in known.find(f"fr:{kind}")
        for span in known.spans(iri)
    ]


def _read_excerpts(known: Description, iri: IRI, marks: list[Mark]) -> list[list[Paragraph]]:
    """Cut the text into marked paragraphs: all of it where that is allowed, else what bears facts."""
    try:
        text = get_reader().text(known.text(iri, "fr:textDigest"))
    except NotFoundError:
        return []
    whole = known.spans(iri, "fr:textSpan") or [Span(0, len(text))]
    windows = whole if known.is_true(iri, "fr:showText") else _find_evidence(known, marks, text)
    seen: set[str] = set()
    return [found for window in windows if (found := cut(text, window, marks, seen))]


def _find_evidence(known: Description, marks: list[Mark], text: str) -> list[Span]:
    """Find what may be quoted of a text that is not shown in full: sentences, and beginnings of long ones."""
    told = [s for i in known.find("fr:Statement") for s in known.spans(i, "fr:sentenceSpan")]
    sentences = merge_spans(_shorten(s) for s in told)
    spans = [_shorten(mark.span) for mark in marks]
    bare = [span for span in spans if not any(sentence.covers(span) for sentence in sentences)]
    return merge_spans([*sentences, *(_widen(text, span) for span in bare)])


def _shorten(span: Span) -> Span:
    return span if span.end - span.start <= LONGEST else Span(span.start, span.start + BEGINNING)


def _widen(text: str, span: Span) -> Span:
    """Take in some whole words around a span, but no other paragraph."""
    before = text[max(0, span.start - _AROUND) : span.start].rpartition("\n")[2]
    after = text[span.end : span.end + _AROUND].partition("\n")[0]
    start = span.start - len(before.partition(" ")[2] if len(before) == _AROUND else before)
    return Span(start, span.end + len(after.rpartition(" ")[0] if len(after) == _AROUND else after))


def _find_comparisons(iri: IRI) -> tuple[list[IRI], Description]:
    reader = get_reader()
    found = reader.select(
        _COMPARISONS.replace("?start", f'"{iri}#"'), derived=reader.minter.mint_graph("derived")
    )
    comparisons = _to_iris(found, "comparison")
    return comparisons, describe_all(reader, comparisons)


def show_resource(iri: IRI) -> Response:
    """Show a thing in the world or a term of the vocabulary: what is known of it and who refers to it."""
    reader = get_reader()
    known = Description(
        [*(quads := reader.describe(iri)), *find_labels(reader, {q.predicate for q in quads})]
    )
    return respond_with_page(
        "resource.html",
        iri=iri,
        known=known,
        parts=sorted(q for q in {quad.subject for quad in quads} if q.startswith(f"{iri}#")),
        sections=(sections := _find_sections(iri)),
        about=describe_all(reader, [fact for _, _, facts in sections for fact in facts]),
        data=_find_data(iri),
        concepts=_describe_found(_CONCEPTS, scheme=iri) if iri.startswith(FRV) else None,
    )


def _find_data(iri: IRI) -> str:
    """Give the address of the data about a resource, without extension."""
    href = get_site().addresses.find_href(iri) or ""
    return href.replace("/id/", "/data/", 1)


def show_schemes() -> Response:
    """Show the schemes of the vocabulary."""
    return respond_with_page("schemes.html", found=_describe_found(_SCHEMES), ontology=IRI(FR[:-1]))


def show_graph(iri: IRI) -> Response:
    """Show the beginning of a named graph."""
    reader = get_reader()
    text = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    found = reader.evaluate(QueryRequest(text, format="ntriples", default_graphs=(iri,)))
    return respond_with_page("graph.html", iri=iri, table=read_triples(found))


def _describe_found(text: str, **bindings: Object) -> tuple[list[IRI], Description]:
    iris = sorted(_to_iris(get_reader().select(text, **bindings), "iri"))
    return iris, describe_all(get_reader(), iris)


def _find_sections(iri: IRI) -> list[tuple[Section, int, list[IRI]]]:
    """Find what points to a resource, or to what documents call it, by the table of sections."""
    reader = get_reader()
    local = reader.select(_SAME, iri=iri, links=reader.minter.mint_graph("links"))
    values = " ".join(f"<{i}>" for i in (iri, *_to_iris(local, "local")))
    counts = {str(s["p"]): int(s["n"].value) for s in reader.select(_COUNT % values) if "p" in s}  # type: ignore[union-attr]
    found = []
    for section in SECTIONS:
        if counts.get(expand(section.property)):
            facts = _find_facts(section, values)
            number = counts[expand(section.property)] if len(facts) == _SHOWN else len(facts)
            found += [(section, number, facts)] if facts else []
    return found


def _find_facts(section: Section, values: str) -> list[IRI]:
    kind = f"?fact a {_CLASSES[section.kind]} ." if section.kind in _CLASSES else ""
    return _to_iris(get_reader().select(_FACTS % (values, expand(section.property), kind, _SHOWN)), "fact")


def _to_iris(solutions: Iterable[dict[str, Object]], name: str) -> list[IRI]:
    return [term for solution in solutions if isinstance(term := solution.get(name), IRI)]
