"""The vocabulary and the world as extraction reads them: concepts and entities with their labels and data."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from kg.model import IRI, Literal, Quad
from kg.vocab import FR, FRV, RDF, SKOS

_LABELS = {SKOS.prefLabel, SKOS.altLabel, FR.acronym}
ENTITY_KINDS = (
    "State",
    "NGO",
    "IntergovernmentalOrganization",
    "GovernmentBody",
    "DeFactoAuthority",
    "MediaOrganization",
    "Group",
    "Person",
    "Place",
    "Policy",
)


@dataclass(frozen=True, slots=True, eq=False)
class Concept:
    """A concept of the vocabulary or an entity of the world.

    `id` is the part after the scheme (`returned` of `frv:measure-returned`), or the key of an entity
    (`id/state/pakistan`). `values` holds every other property by local name: literals as they are,
    concepts as `scheme-id`, entities as keys.
    """

    id: str
    scheme: str
    label: str
    labels: tuple[str, ...]  # prefLabel, altLabels and acronyms
    values: Mapping[str, tuple[str, ...]]

    def first(self, name: str, default: str = "") -> str:
        """Give the first value of a property."""
        return next(iter(self.values.get(name, ())), default)

    def all(self, *names: str) -> tuple[str, ...]:
        """Give the values of several properties."""
        return tuple(value for name in names for value in self.values.get(name, ()))


@dataclass(frozen=True, eq=False)
class Lexicon:
    """All concepts by scheme and all entities by kind; `digest` names this state of them."""

    concepts: Mapping[str, tuple[Concept, ...]]
    entities: Mapping[str, tuple[Concept, ...]]
    digest: str
    _by_id: Mapping[tuple[str, str], Concept] = field(default_factory=dict, repr=False)

    def scheme(self, name: str) -> tuple[Concept, ...]:
        """Give the concepts of a scheme (`cue`, `measure`), in the order of their ids."""
        return self.concepts.get(name, ())

    def get(self, scheme: str, concept_id: str) -> Concept | None:
        """Give one concept or None."""
        return self._by_id.get((scheme, concept_id))


def compile_lexicon(quads: Iterable[Quad], base: str) -> Lexicon:
    """Read concepts and entities from the quads of the vocabulary and the world.

    Args:
        quads: Quads of ontology, schemes, lexicon and world data.
        base: The base IRI that entities were loaded under.

    Returns:
        A picklable lexicon; equal quads give an equal digest.
    """
    by_subject: dict[IRI, list[Quad]] = defaultdict(list)
    for quad in sorted(quads):
        by_subject[quad.subject].append(quad)
    concepts: dict[str, list[Concept]] = defaultdict(list)
    entities: dict[str, list[Concept]] = defaultdict(list)
    for subject, found in by_subject.items():
        if kind := _find_kind(found):
            entities[kind].append(_to_concept(_shorten(subject, base), kind, found, base))
        elif scheme := _find_scheme(found):
            short = subject.removeprefix(FRV).removeprefix(f"{scheme}-")
            concepts[scheme].append(_to_concept(short, scheme, found, base))
    known = {(c.scheme, c.id): c for group in (*concepts.values(), *entities.values()) for c in group}
    return Lexicon(_freeze(concepts), _freeze(entities), _digest(by_subject), known)


def _freeze(groups: Mapping[str, list[Concept]]) -> dict[str, tuple[Concept, ...]]:
    return {name: tuple(sorted(group, key=lambda c: c.id)) for name, group in groups.items()}


def _digest(by_subject: Mapping[IRI, list[Quad]]) -> str:
    hasher = hashlib.sha256()
    for subject in sorted(by_subject):
        for quad in by_subject[subject]:
            hasher.update(repr(tuple(quad)).encode())
    return hasher.hexdigest()


def _find_kind(quads: list[Quad]) -> str:
    types = {q.object for q in quads if q.predicate == RDF.type}
    return next((kind for kind in ENTITY_KINDS if FR.term(kind) in types), "")


def _find_scheme(quads: list[Quad]) -> str:
    schemes = [q.object for q in quads if q.predicate == SKOS.inScheme and isinstance(q.object, IRI)]
    return str(schemes[0]).removeprefix(FRV) if schemes else ""


def _shorten(iri: str, base: str) -> str:
    return iri.removeprefix(base) if iri.startswith(base) else iri.removeprefix(FRV).removeprefix(FR)


def _to_concept(concept_id: str, scheme: str, quads: list[Quad], base: str) -> Concept:
    values: dict[str, list[str]] = defaultdict(list)
    for quad in quads:
        name = quad.predicate.rpartition("#")[2].rpartition("/")[2]
        values[name].append(
            quad.object.value if isinstance(quad.object, Literal) else _shorten(quad.object, base)
        )
    label = values["prefLabel"][0] if values["prefLabel"] else concept_id
    named = [q.object.value for q in quads if q.predicate in _LABELS and isinstance(q.object, Literal)]
    return Concept(
        id=concept_id,
        scheme=scheme,
        label=label,
        labels=tuple(dict.fromkeys([label, *named])),
        values={name: tuple(found) for name, found in values.items()},
    )
