"""The graphs of one document while they are gathered."""

from collections.abc import Iterable, Iterator, Sequence

from kg.iris import Minter
from kg.mapping.literals import to_boolean, to_date, to_decimal, to_integer, to_text
from kg.model import IRI, Document, Evidence, Facts, Object, PartialDate, Quad, Span
from kg.model.excerpts import LONGEST, excerpt, find_first_words
from kg.vocab import FR, OA, RDF, SKOS

CONTEXT = 32  # code points quoted before and after a span


class DocumentGraph:
    """Gathers what a document says, how that was obtained, and its links to the world.

    Args:
        document: The document.
        facts: What was extracted from it.
        minter: Mints the IRIs.
    """

    def __init__(self, document: Document, facts: Facts, minter: Minter) -> None:
        self.document = document
        self.facts = facts
        self.iri = minter.mint_document(document.slug)
        self.name = minter.mint_graph("doc", document.slug)
        self._provenance = minter.mint_graph("prov", document.slug)
        self._links = minter.mint_graph("links")
        self._minter = minter
        self._quads: set[Quad] = set()
        self._located: set[Span] = set()
        self._quoted: set[Span] = set()
        self._statements = self.fragments("statement", [s.start for s in facts.statements])

    @property
    def quads(self) -> list[Quad]:
        """All quads, sorted; spans that nothing quotes give their first words."""
        return sort_quads([*self._quads, *self._begin_unquoted()])

    def fragment(self, name: str) -> IRI:
        """Mint the IRI of a part of the document."""
        return self._minter.mint_fragment(self.document.slug, name)

    def fragments(self, kind: str, starts: Sequence[int]) -> list[IRI]:
        """Mint the IRIs of parts of the document that begin at these offsets."""
        return [self.fragment(name) for name in name_fragments(kind, starts)]

    def statement(self, position: int | None) -> IRI | None:
        """Give the IRI of a statement by its position in the facts."""
        return None if position is None else self._statements[position]

    def express(self, proposition: IRI, *positions: int | None) -> None:
        """Say which statements express a proposition."""
        for position in positions:
            if statement := self.statement(position):
                self.say(statement, FR.expresses, proposition)

    def resolve(self, key: str | None) -> IRI | None:
        """Turn a key of `kg.model.facts` into an IRI."""
        return None if key is None else self._minter.resolve(key, self.document.slug)

    def resolve_all(self, keys: Iterable[str]) -> list[IRI]:
        """Turn several keys into IRIs."""
        return [self._minter.resolve(key, self.document.slug) for key in keys]

    def say(self, subject: IRI, predicate: IRI, *values: Object | None) -> None:
        """Add triples to the document graph; None adds nothing."""
        self._add(self.name, subject, predicate, values)

    def trace(self, subject: IRI, predicate: IRI, *values: Object | None) -> None:
        """Add triples to the provenance graph; None adds nothing."""
        self._add(self._provenance, subject, predicate, values)

    def note(self, subject: IRI, evidence: Evidence) -> None:
        """Note in the provenance graph which rule found something, and how surely."""
        self.trace(subject, FR.rule, to_text(evidence.rule))
        self.trace(subject, FR.confidence, to_decimal(evidence.confidence))

    def link(self, local: str, world: str) -> None:
        """Say in the links graph that a part of the document and something of the world are the same."""
        subject, other = self.resolve_all([local, world])
        self._add(self._links, subject, SKOS.exactMatch, [other])

    def _add(self, graph: IRI, subject: IRI, predicate: IRI, values: Iterable[Object | None]) -> None:
        said = (self._limit(value) for value in values if value is not None)
        self._quads |= {Quad(subject, predicate, value, graph) for value in said}

    def _limit(self, value: Object) -> Object:
        """Keep no more than the beginning of what is long, where the document is not shown in full."""
        if isinstance(value, IRI):
            return value
        return value._replace(value=excerpt(value.value, in_full=self.document.show_text))

    def quote(self, text: str) -> Object:
        """Give words of the text as a literal in the document's language."""
        return to_text(text, self.document.language)

    def words(self, span: Span | None) -> Object | None:
        """Give what a span covers as a literal in the document's language."""
        return span and self.quote(span.of(self.document.text))

    def span(self, span: Span | None) -> IRI | None:
        """Describe a span that bears a fact, with its words and its place, and give its IRI.

        Words that are long stay out where the document is not shown in full; the place is enough to find them.

        Web Annotation, sections 4.2.4 and 4.2.5
        (https://www.w3.org/TR/annotation-model/#text-quote-selector).
        """
        if span and (self.document.show_text or span.end - span.start <= LONGEST):
            self._quote_span(span)
        return self.locate(span)

    def locate(self, span: Span | None) -> IRI | None:
        """Describe a span with its place alone, and give its IRI."""
        if span is None:
            return None
        self._located.add(span)
        made, position = self._mint_span(span), self._mint_span(span, "position")
        self.say(made, RDF.type, OA.SpecificResource)
        self.say(made, OA.hasSource, self.iri)
        self.say(made, OA.hasSelector, position)
        self.say(position, RDF.type, OA.TextPositionSelector)
        self.say(position, OA.start, to_integer(span.start))
        self.say(position, OA.end, to_integer(span.end))
        return made

    def _quote_span(self, span: Span) -> None:
        self._quoted.add(span)
        text, quote = self.document.text, self._mint_span(span, "quote")
        self.say(self._mint_span(span), OA.hasSelector, quote)
        self.say(quote, RDF.type, OA.TextQuoteSelector)
        self.say(quote, OA.exact, to_text(span.of(text)))
        before, after = text[max(0, span.start - CONTEXT) : span.start], text[span.end :][:CONTEXT]
        self.say(quote, OA.prefix, to_text(before) if before else None)
        self.say(quote, OA.suffix, to_text(after) if after else None)

    def _begin_unquoted(self) -> Iterator[Quad]:
        for span in self._located - self._quoted:
            if words := find_first_words(span.of(self.document.text)):
                yield Quad(self._mint_span(span), FR.firstWords, to_text(words), self.name)

    def _mint_span(self, span: Span, selector: str = "") -> IRI:
        return self._minter.mint_span(self.document.slug, span, selector)

    def spans(self, spans: Iterable[Span]) -> list[IRI]:
        """Describe several spans."""
        return [made for span in spans if (made := self.span(span))]

    def date(self, subject: IRI, predicate: IRI, date: PartialDate | None) -> None:
        """Say a date, as precise as it is, with the first and last day it can mean."""
        self.say(subject, predicate, to_date(date))
        self.say(subject, FR.earliest, to_date(date and date.earliest))
        self.say(subject, FR.latest, to_date(date and date.latest))

    def flag(self, subject: IRI, predicate: IRI, value: bool) -> None:
        """Say something that is true or false."""
        self.say(subject, predicate, to_boolean(value))


def sort_quads(quads: Iterable[Quad]) -> list[Quad]:
    """Sort distinct quads by graph, subject, predicate and object, IRIs before literals."""
    return sorted(
        set(quads),
        key=lambda q: (q.graph, q.subject, q.predicate, *_to_sortable(q.object)),
    )


def _to_sortable(value: Object) -> tuple[bool, tuple[str, ...]]:
    return (False, (value,)) if isinstance(value, IRI) else (True, tuple(value))


def name_fragments(kind: str, starts: Sequence[int]) -> list[str]:
    """Name parts of a document by the offsets where they begin; ties get `-b`, `-c` … in order.

    >>> name_fragments("figure", [12, 40, 12])
    ['figure-12', 'figure-40', 'figure-12-b']
    """
    seen: dict[int, int] = {}
    names = []
    for start in starts:
        seen[start] = nth = seen.get(start, 0) + 1
        names.append(f"{kind}-{start}{_tie(nth)}")
    return names


def _tie(nth: int) -> str:
    if nth == 1:
        return ""
    return f"-{chr(ord('a') + nth - 1)}" if nth <= 26 else f"-{nth}"  # letters of the alphabet
