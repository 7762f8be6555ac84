"""What is known of some resources, arranged for reading: by subject and predicate, with labels."""

from collections import defaultdict
from collections.abc import Iterable

from kg.iris import parse_span
from kg.model import IRI, Literal, Object, Quad, Span
from kg.queries import Reader
from kg.vocab import DCT, PREFIXES, RDF, RDFS, SKOS

_NAMES = (SKOS.prefLabel, RDFS.label, DCT.term("title"))
_SPANS = ("fr:contentSpan", "fr:span")
_FOLLOWED = (
    *("fr:relays", "fr:answers", "fr:expresses", "fr:reportedIn", "fr:hasDeadline", "prov:wasDerivedFrom"),
    *("fr:contentSpan", "fr:cueSpan", "fr:sentenceSpan", "fr:span", "oa:hasSelector"),
    *("dct:temporal", "dct:isPartOf"),
)
_STEPS = 5  # how far a chain of relayed statements is followed

_TRIPLES = "SELECT ?s ?p ?o ?g { VALUES ?s { %s } GRAPH ?g { ?s ?p ?o } }"
_LABELS = """SELECT ?s ?p ?o ?g {
  VALUES ?p { skos:prefLabel rdfs:label dct:title }
  VALUES ?s { %s }
  GRAPH ?g { ?s ?p ?o }
}"""


def expand(name: str) -> IRI:
    """Give the IRI of a prefixed name: `fr:speaker`."""
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix].term(local)


class Description:
    """Quads by subject and predicate. Predicates are prefixed names: `fr:speaker`."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._found: dict[str, dict[IRI, list[Object]]] = defaultdict(lambda: defaultdict(list))
        for quad in quads:
            self._found[quad.subject][quad.predicate].append(quad.object)

    def __contains__(self, iri: str) -> bool:
        return iri in self._found

    def properties(self, iri: str) -> dict[IRI, list[Object]]:
        """Give all that is said of a resource."""
        return dict(self._found[iri]) if iri in self._found else {}

    def values(self, iri: str | None, name: str) -> list[Object]:
        """Give the values of a property; none for None."""
        return self._found[iri].get(expand(name), []) if iri in self._found and iri else []

    def one(self, iri: str | None, name: str) -> Object | None:
        """Give a value of a property; None where there is none."""
        return next(iter(self.values(iri, name)), None)

    def text(self, iri: str | None, name: str) -> str:
        """Give a value of a property as text; empty where there is none."""
        found = self.one(iri, name)
        return found.value if isinstance(found, Literal) else found or ""

    def is_true(self, iri: str, name: str) -> bool:
        """Tell whether a property is true."""
        return self.text(iri, name) in ("true", "1")

    def label(self, iri: str) -> str:
        """Give the name of a resource, in English where there is one; empty where it has none."""
        for name in _NAMES:
            found = (
                [v for v in self._found[iri].get(name, ()) if isinstance(v, Literal)] if iri in self else []
            )
            if found:
                return min(found, key=lambda v: (not v.language.startswith("en"), v.value)).value
        return ""

    def find(self, kind: str) -> list[IRI]:
        """Give the resources of a class, in the order in which they stand in their text."""
        wanted = expand(kind)
        found = [IRI(s) for s, said in self._found.items() if wanted in said.get(RDF.type, ())]
        return sorted(found, key=lambda iri: (self.spans(iri) or [Span(1 << 40, 0)], iri))

    def spans(self, iri: str, *names: str) -> list[Span]:
        """Give the spans of a resource, first to last: of its content unless another property is named."""
        found = [v for name in names or _SPANS for v in self.values(iri, name) if isinstance(v, IRI)]
        return sorted(span for v in found if (span := parse_span(v.partition("#")[2])))

    def quote(self, span: str) -> str:
        """Give the words of a span; empty where they are not known."""
        selectors = (str(v) for v in self.values(span, "oa:hasSelector"))
        return next((words for s in selectors if (words := self.text(s, "oa:exact"))), "")

    def chain(self, statement: str) -> list[IRI]:
        """Give the statements that a statement passes on, each the source of the one before it."""
        found: list[IRI] = []
        following = self.one(statement, "fr:relays")
        while isinstance(following, IRI) and following not in found and following in self:
            found.append(following)
            following = self.one(following, "fr:relays")
        return found


def describe_all(reader: Reader, iris: Iterable[IRI]) -> Description:
    """Describe some resources, what is needed to read them, and the names of all they point to."""
    quads: list[Quad] = []
    wanted, known = set(iris), set[IRI]()
    for _ in range(_STEPS):
        found = _select(reader, _TRIPLES, wanted)
        quads += found
        known |= wanted
        followed = {expand(name) for name in _FOLLOWED}
        wanted = {q.object for q in found if q.predicate in followed and isinstance(q.object, IRI)} - known
    mentioned = {q.object for q in quads if isinstance(q.object, IRI)} | {q.predicate for q in quads}
    quads += _select(reader, _LABELS, mentioned - known)
    return Description(quads)


def find_labels(reader: Reader, iris: Iterable[IRI]) -> list[Quad]:
    """Find the names of some resources."""
    return _select(reader, _LABELS, set(iris))


def _select(reader: Reader, text: str, iris: set[IRI]) -> list[Quad]:
    if not iris:
        return []
    return to_quads(reader.select(text % " ".join(f"<{iri}>" for iri in sorted(iris))))


def to_quads(solutions: Iterable[dict[str, Object]], graph: IRI | None = None) -> list[Quad]:
    """Turn solutions for ?s ?p ?o ?g into quads; `graph` where ?g was given."""
    return [Quad(_name(s["s"]), _name(s["p"]), s["o"], graph or _name(s["g"])) for s in solutions]


def _name(term: Object) -> IRI:
    assert isinstance(term, IRI)
    return term
