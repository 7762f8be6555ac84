"""Quads looked up by subject and property, with what the links say is the same."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from kg.model import IRI, Literal, Object, Quad
from kg.vocab import RDF, SKOS


class Index:
    """Quads of many documents and of the links between them and the world.

    Args:
        quads: Quads of document graphs and of the links graph; others do no harm.
        links: Name of the links graph.
    """

    def __init__(self, quads: Iterable[Quad], links: IRI) -> None:
        self._values: dict[tuple[IRI, IRI], list[Object]] = defaultdict(list)
        self._instances: dict[Object, set[IRI]] = defaultdict(set)
        self._world: dict[IRI, IRI] = {}
        for subject, predicate, value, graph in quads:
            if graph == links and predicate == SKOS.exactMatch and isinstance(value, IRI):
                self._world[subject] = min(value, self._world.get(subject, value))
                continue
            self._values[subject, predicate].append(value)
            if predicate == RDF.type:
                self._instances[value].add(subject)

    def find(self, kind: IRI) -> list[IRI]:
        """Give the instances of a class, sorted."""
        return sorted(self._instances.get(kind, ()))

    def nodes(self, subject: IRI, predicate: IRI) -> list[IRI]:
        """Give the IRIs a property has as values, sorted."""
        return sorted({v for v in self._values.get((subject, predicate), ()) if isinstance(v, IRI)})

    def node(self, subject: IRI, predicate: IRI) -> IRI | None:
        """Give the first IRI a property has as value."""
        return next(iter(self.nodes(subject, predicate)), None)

    def text(self, subject: IRI, predicate: IRI) -> str | None:
        """Give the lexical form of the first literal a property has as value."""
        found = [v.value for v in self._values.get((subject, predicate), ()) if isinstance(v, Literal)]
        return min(found, default=None)

    def number(self, subject: IRI, predicate: IRI) -> Decimal | None:
        """Give a number."""
        found = self.text(subject, predicate)
        return None if found is None else Decimal(found)

    def day(self, subject: IRI, predicate: IRI) -> dt.date | None:
        """Give a day."""
        found = self.text(subject, predicate)
        return None if found is None else dt.date.fromisoformat(found)

    def is_true(self, subject: IRI, predicate: IRI) -> bool:
        """Tell whether a property is said to be true."""
        return self.text(subject, predicate) == "true"

    def identify(self, iri: IRI) -> IRI:
        """Give what the links say an IRI is in the world, or itself."""
        return self._world.get(iri, iri)

    def identities(self, subject: IRI, predicate: IRI) -> frozenset[IRI]:
        """Give the values of a property as they are in the world."""
        return frozenset(self.identify(iri) for iri in self.nodes(subject, predicate))
