"""What a document says: the values that extraction yields and mapping turns into quads.

Actors, policies and norms are named by keys. A key that begins with `#` is a fragment of the document
(`#actor-jane-doe`), any other is a path below the base IRI (`id/actor/unhcr`) or, for concepts of the
vocabulary, below `frv:` (`principle-non-refoulement`). Statements are named by their position in `Facts`.
"""

from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from kg.model.document import PartialDate, Period, Span


class Evidence(NamedTuple):
    """Which rule found a fact, and how surely (0 to 1)."""

    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who speaks, is spoken to or is spoken of.

    `kind` is the local name of a class: Person, NGO, IntergovernmentalOrganization, State, GovernmentBody,
    DeFactoAuthority, MediaOrganization or Group. `key` tells whether the world knows the actor.
    """

    key: str
    name: str
    kind: str
    evidence: Evidence
    named: bool = True  # False for an unnamed source ("rights groups", "a ministry source")
    parent: str | None = None  # key of the State or organisation it belongs to


@dataclass(frozen=True, slots=True, order=True)
class Mention:
    """A span that names an actor."""

    span: Span
    actor: str
    evidence: Evidence
    is_name: bool = True  # False for pronouns and plain nouns such as "the group"


@dataclass(frozen=True, slots=True)
class Membership:
    """A post that a person holds according to the document."""

    member: str
    organization: str | None
    role: str
    span: Span
    evidence: Evidence
    expert: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """An attributed clause or quotation.

    Spans: `content` is what is said, without cue and speaker; `cue` the reporting words; `source` the
    words that name the speaker; `sentence` the sentence or sentences all of it stands in.
    """

    speakers: tuple[str, ...]
    content: tuple[Span, ...]
    cue: Span | None
    source: Span | None
    sentence: Span
    mode: str
    act: str
    evidence: Evidence
    modality: str = "asserted"
    medium: str | None = None
    addressees: tuple[str, ...] = ()
    relays: int | None = None  # the statement this one passes on
    answers: int | None = None
    is_citing: bool = False  # an inner statement whose only cue is the citing phrase ("citing UNHCR")
    cites: tuple[str, ...] = ()  # actors whose data the speaker relies on
    norms: tuple[str, ...] = ()
    policies: tuple[str, ...] = ()

    @property
    def start(self) -> int:
        """The offset where the content begins, which also keys the statement's IRI."""
        return self.content[0].start


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that counts people, cases, places, or a share or multiple of them."""

    span: Span
    value: Decimal
    qualifier: str
    unit: str
    measure: str
    evidence: Evidence
    high: Decimal | None = None
    population: Span | None = None
    origin: tuple[str, ...] = ()  # keys of States or places people came from
    destination: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    origin_span: Span | None = None
    destination_span: Span | None = None
    period: Period | None = None
    source: str | None = None
    statement: int | None = None  # the innermost statement that expresses it
    part_of: int | None = None  # position of the figure this one is a part or share of


@dataclass(frozen=True, slots=True)
class NormPosition:
    """A claim that a principle or instrument binds, is violated, at risk, invoked, or who is party to it.

    `surfaces` are the spans that name the norm, in the order of the text.
    """

    norm: str
    relation: str
    surfaces: tuple[Span, ...]
    evidence: Evidence
    bearer: str | None = None
    policy: str | None = None
    through: str | None = None
    statements: tuple[int, ...] = ()  # statements that express it
    asserted_by: tuple[str, ...] = ()  # () where it is the document's own voice


@dataclass(frozen=True, slots=True)
class Demand:
    """What a statement wants done, and by whom."""

    span: Span
    statement: int
    demandees: tuple[str, ...]
    evidence: Evidence
    policy: str | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """A date by which a policy applies to somebody."""

    span: Span
    date: PartialDate
    applies_to: Span | None
    evidence: Evidence
    inferred: bool = False  # the year is ours


@dataclass(frozen=True, slots=True)
class Policy:
    """A plan, decision, law or campaign that is spoken of."""

    key: str  # always a fragment, "#policy-illegal-foreigners-repatriation-plan"
    name: str
    spans: tuple[Span, ...]
    evidence: Evidence
    issuer: str | None = None
    announced: PartialDate | None = None
    effective: PartialDate | None = None
    deadlines: tuple[Deadline, ...] = ()
    same_as: str | None = None  # key of the curated policy it is, "id/policy/…"


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a document says."""

    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    memberships: tuple[Membership, ...] = ()
    statements: tuple[Statement, ...] = ()
    figures: tuple[Figure, ...] = ()
    norms: tuple[NormPosition, ...] = ()
    demands: tuple[Demand, ...] = ()
    policies: tuple[Policy, ...] = ()
    deadlines: tuple[Deadline, ...] = ()  # by which the document itself asks its readers to act
    publisher: str | None = None  # key of the actor who published the document
    links: tuple[tuple[str, str], ...] = field(default=())  # (document-local key, world key): the same thing
