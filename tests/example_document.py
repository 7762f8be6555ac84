"""A small document with everything the model has, as quads, for tests of what reads such quads."""

import hashlib

from kg.iris import Minter
from kg.model import IRI, Literal, Object, Quad, Span
from kg.vocab import DCAT, DCT, FR, FRV, OA, PROV, RDF, SCHEMA, SDMX, SKOS, XSD

MINT = Minter()
SLUG = "example"
TEXT = """UNHCR warns on returns

GENEVA, 5 March 2025 - Citing IOM, UNHCR warned that 490 of 1,000 returnees, nearly half, were children.
“Nobody must be sent back to danger,” said Sara Khan. The plan of 3 October 2023 sets 1 November 2023 as its last day.
"""


def find_span(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


class Graph:
    """Collects quads of one named graph."""

    def __init__(self, name: str) -> None:
        self.iri = MINT.mint_graph(name, SLUG)
        self.quads: list[Quad] = []

    def add(self, subject: IRI, predicate: IRI, *values: Object) -> None:
        self.quads += [Quad(subject, predicate, value, self.iri) for value in values]

    def add_span(self, words: str) -> IRI:
        span = find_span(words)
        iri, position, quote = (MINT.mint_span(SLUG, span, kind) for kind in ("", "position", "quote"))
        if not any(q.subject == iri for q in self.quads):
            self.add(iri, RDF.type, OA.SpecificResource)
            self.add(iri, OA.hasSource, DOCUMENT)
            self.add(iri, OA.hasSelector, position, quote)
            self.add(position, RDF.type, OA.TextPositionSelector)
            self.add(position, OA.start, to_integer(span.start))
            self.add(position, OA.end, to_integer(span.end))
            self.add(quote, RDF.type, OA.TextQuoteSelector)
            self.add(quote, OA.exact, Literal(words))
            self.add(quote, OA.prefix, Literal(TEXT[max(0, span.start - 8) : span.start]))
            self.add(quote, OA.suffix, Literal(TEXT[span.end : span.end + 8]))
        return iri


DOCUMENT = MINT.mint_document(SLUG)


def fragment(name: str) -> IRI:
    return MINT.mint_fragment(SLUG, name)


def to_integer(number: int) -> Literal:
    return Literal(str(number), XSD.integer)


def to_decimal(number: str) -> Literal:
    return Literal(number, XSD.decimal)


def to_date(day: str) -> Literal:
    return Literal(day, XSD.date)


UNHCR, IOM = MINT.mint_resource("actor", "unhcr"), MINT.mint_resource("actor", "iom")
SARA = fragment("actor-sara-khan")


def make_document() -> list[Quad]:
    """Give the document graph and the provenance graph of the example, which conform."""
    says, how = Graph("doc"), Graph("prov")
    _describe_document(says)
    _describe_statements(says)
    _describe_figures(says)
    _describe_policy(says)
    _describe_evidence(says, how)
    return [*says.quads, *how.quads]


def _describe_document(g: Graph) -> None:
    g.add(DOCUMENT, RDF.type, FR.Document)
    g.add(DOCUMENT, DCT.term("title"), Literal("UNHCR warns on returns", RDF.langString, "en"))
    g.add(DOCUMENT, DCT.language, Literal("en"))
    g.add(DOCUMENT, DCT.issued, to_date("2025-03-05"))
    g.add(DOCUMENT, FR.earliest, to_date("2025-03-05"))
    g.add(DOCUMENT, FR.latest, to_date("2025-03-05"))
    g.add(DOCUMENT, FR.textDigest, Literal(hashlib.sha256(TEXT.encode()).hexdigest()))
    g.add(DOCUMENT, FR.textLength, to_integer(len(TEXT)))
    g.add(DOCUMENT, FR.textSpan, g.add_span(TEXT))
    g.add(DOCUMENT, FR.genre, FRV.term("genre-news"))
    g.add(SARA, RDF.type, FR.Person)
    g.add(SARA, SKOS.prefLabel, Literal("Sara Khan", RDF.langString, "en"))
    mention = fragment(f"mention-{find_span('Sara Khan').start}")
    g.add(mention, RDF.type, FR.Mention)
    g.add(mention, FR.span, g.add_span("Sara Khan"))
    g.add(mention, FR.refersTo, SARA)


def _describe_statement(
    g: Graph, content: str, cue: str, speaker: IRI, mode: str, act: str, name: str = ""
) -> IRI:
    iri = fragment(name or f"statement-{find_span(content).start}")
    g.add(iri, RDF.type, FR.Statement)
    g.add(iri, FR.speaker, speaker)
    g.add(iri, FR.mode, FRV.term(f"mode-{mode}"))
    g.add(iri, FR.act, FRV.term(f"act-{act}"))
    g.add(iri, FR.modality, FRV.term("modality-asserted"))
    g.add(iri, FR.reportedIn, DOCUMENT)
    g.add(iri, FR.contentSpan, g.add_span(content))
    g.add(iri, FR.sentenceSpan, g.add_span(content))
    g.add(iri, FR.cueSpan, g.add_span(cue))
    g.add(iri, FR.text, Literal(content, RDF.langString, "en"))
    return iri


def _describe_statements(g: Graph) -> None:
    finding = "490 of 1,000 returnees, nearly half, were children"
    outer = _describe_statement(g, finding, "warned", UNHCR, "indirect", "warn")
    inner = _describe_statement(
        g, finding, "Citing", IOM, "indirect", "report", f"{outer.partition('#')[2]}-b"
    )
    g.add(outer, FR.relays, inner)
    g.add(inner, FR.expresses, *(fragment(f"figure-{n}") for n in ("part", "whole", "share")))
    quoted = _describe_statement(g, "Nobody must be sent back to danger", "said", SARA, "direct", "demand")
    norm, demand = fragment("norm-1"), fragment("demand-1")
    g.add(quoted, FR.expresses, norm, demand)
    g.add(norm, RDF.type, FR.NormPosition)
    g.add(norm, FR.norm, FRV.term("principle-non-refoulement"))
    g.add(norm, FR.relation, FRV.term("relation-binding"))
    g.add(norm, FR.assertedBy, SARA)
    g.add(norm, FR.span, g.add_span("sent back to danger"))
    g.add(demand, RDF.type, FR.Demand)
    g.add(demand, FR.text, Literal("Nobody must be sent back to danger", RDF.langString, "en"))
    g.add(demand, FR.span, g.add_span("Nobody must be sent back to danger"))


def _describe_figures(g: Graph) -> None:
    rows = [
        ("part", "490", "persons", "exact", "490", "490", "490"),
        ("whole", "1,000 returnees", "persons", "exact", "1000", "1000", "1000"),
        ("share", "nearly half", "percent", "nearly", "50", "47.5", "50"),
    ]
    for name, words, unit, qualifier, value, lower, upper in rows:
        iri = fragment(f"figure-{name}")
        g.add(iri, RDF.type, FR.Figure)
        g.add(iri, FR.span, g.add_span(words))
        g.add(iri, FR.asStated, Literal(words))
        g.add(iri, SDMX.unitMeasure, FRV.term(f"unit-{unit}"))
        g.add(iri, FR.qualifier, FRV.term(f"qualifier-{qualifier}"))
        g.add(iri, FR.measure, FRV.term("measure-returned"))
        g.add(iri, FR.source, IOM)
        for predicate, number in (
            (SCHEMA.value, value),
            (FR.term("lower"), lower),
            (FR.term("upper"), upper),
        ):
            g.add(iri, predicate, to_decimal(number))
    for name in ("part", "share"):
        g.add(fragment(f"figure-{name}"), DCT.isPartOf, fragment("figure-whole"))
    period = fragment("period-1")
    g.add(fragment("figure-part"), DCT.temporal, period)
    g.add(period, RDF.type, DCT.PeriodOfTime)
    g.add(period, DCAT.startDate, Literal("2025", XSD.gYear))
    g.add(period, FR.earliest, to_date("2025-01-01"))


def _describe_policy(g: Graph) -> None:
    policy, deadline = fragment("policy-plan"), fragment("deadline-1")
    g.add(policy, RDF.type, FR.Policy)
    g.add(policy, SKOS.prefLabel, Literal("plan", RDF.langString, "en"))
    g.add(policy, FR.span, g.add_span("The plan"))
    g.add(policy, FR.hasDeadline, deadline)
    g.add(policy, FR.announced, to_date("2023-10-03"))
    g.add(deadline, RDF.type, FR.Deadline)
    g.add(deadline, FR.span, g.add_span("1 November 2023"))
    g.add(deadline, FR.date, to_date("2023-11-01"))
    for node, day in ((policy, "2023-10-03"), (deadline, "2023-11-01")):
        g.add(node, FR.earliest, to_date(day))
        g.add(node, FR.latest, to_date(day))


def _describe_evidence(says: Graph, how: Graph) -> None:
    found = {FR.Statement, FR.Mention, FR.Figure, FR.NormPosition, FR.Demand}
    for quad in says.quads:
        if quad.predicate == RDF.type and quad.object in found:
            how.add(quad.subject, FR.rule, Literal("example"))
            how.add(quad.subject, FR.confidence, to_decimal("0.9"))
    activity = fragment("mapping")
    how.add(says.iri, PROV.wasGeneratedBy, activity)
    how.add(activity, RDF.type, PROV.Activity)
