"""What documents may refer to, vocabulary and world, prepared once and lent to each validation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.model import IRI, Quad
from kg.vocab import RDF, RDFS

_LENT = (RDF.type,)


@dataclass(frozen=True, slots=True)
class Context:
    """Quads that a data graph may refer to without holding them.

    Only what shapes ask of a value is lent: the classes of the nodes that the data graph refers to, and
    the class hierarchy. Copying those is some hundred triples a document; joining the whole world to each
    data graph would make pySHACL look at every State again.
    """

    hierarchy: tuple[Quad, ...] = ()
    types: dict[IRI, tuple[Quad, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> "Context":
        """Prepare a context from the quads of vocabulary and world."""
        hierarchy = []
        types: dict[IRI, list[Quad]] = defaultdict(list)
        for quad in quads:
            if quad.predicate == RDFS.subClassOf:
                hierarchy.append(quad)
            elif quad.predicate in _LENT:
                types[quad.subject].append(quad)
        return cls(tuple(hierarchy), {subject: tuple(found) for subject, found in types.items()})

    def lend(self, quads: Iterable[Quad]) -> list[Quad]:
        """Give what is to be known about the nodes that `quads` refer to."""
        referred = {q.object for q in quads if isinstance(q.object, IRI)}
        found = [q for iri in referred for q in self.types.get(iri, ())]
        return [*self.hierarchy, *found]
