"""The cast of a document: its actors and mentions while they are being found."""

import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace

from kg.extraction.lexicon import Concept, Lexicon
from kg.extraction.text.tokens import normalise
from kg.extraction.words import compile_words
from kg.iris import to_slug
from kg.model import Actor, Document, Evidence, Membership, Mention, Span

ORGANIZATIONS = frozenset(
    {
        "NGO",
        "IntergovernmentalOrganization",
        "GovernmentBody",
        "DeFactoAuthority",
        "MediaOrganization",
        "Group",
        "State",
    }
)


class Cast:
    """Actors, mentions and memberships of one document; mentions never overlap."""

    def __init__(self, document: Document, lexicon: Lexicon) -> None:
        self.document = document
        self.lexicon = lexicon
        self.plain = normalise(document.text)
        self.actors: dict[str, Actor] = {}
        self.memberships: list[Membership] = []
        self.blocked: tuple[Span, ...] = ()
        self.places: tuple[Span, ...] = ()
        self.peoples: tuple[Span, ...] = ()
        self._mentions: list[Mention] = []
        self._ends: dict[tuple[str, str], list[str]] = defaultdict(list)
        self._world = {e.id: e for group in lexicon.entities.values() for e in group}
        self._labels = {
            normalise(label).lower(): e
            for kind, group in sorted(lexicon.entities.items())
            if kind not in ("Place", "Policy")
            for e in group
            for label in e.labels
        }

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """All mentions in the order of the text."""
        return tuple(self._mentions)

    def add_mention(
        self,
        span: Span,
        key: str,
        rule: str,
        confidence: float,
        *,
        is_name: bool = True,
        replace: bool = False,
    ) -> bool:
        """Add a mention unless one overlaps it; `replace` drops those that lie inside it instead.

        Returns:
            Whether it was added.
        """
        overlapping = self.mentions_in(span, touching=True)
        if overlapping and not (replace and all(span.covers(m.span) for m in overlapping)):
            return False
        for old in overlapping:
            self._mentions.remove(old)
        bisect.insort(self._mentions, Mention(span, key, Evidence(rule, confidence), is_name))
        return True

    def mentions_in(self, span: Span, *, touching: bool = False) -> list[Mention]:
        """Give the mentions inside a span (or that share a character with it)."""
        first = max(0, bisect.bisect_left(self._mentions, span.start, key=lambda m: m.span.start) - 1)
        found = []
        for mention in self._mentions[first:]:
            if mention.span.start >= span.end:
                break
            if mention.span.overlaps(span) if touching else span.covers(mention.span):
                found.append(mention)
        return found

    def mention_at(self, offset: int) -> Mention | None:
        """Give the mention that covers an offset."""
        return next(iter(self.mentions_in(Span(offset, offset + 1), touching=True)), None)

    def mention_ending(self, offset: int) -> Mention | None:
        """Give the mention that ends at an offset."""
        found = self.mention_at(offset - 1) if offset else None
        return found if found and found.span.end == offset else None

    def find_world(self, name: str) -> Concept | None:
        """Find the entity of the world that bears this name."""
        return self._labels.get(normalise(name).lower())

    def use_world(self, key: str) -> str:
        """Take an entity of the world into the cast."""
        if key not in self.actors:
            entity = self._world[key]
            self.actors[key] = Actor(key, entity.label, entity.scheme, Evidence("actor/world", 0.98))
            self._note_ends(key, entity.label)
        return key

    def use_name(
        self,
        name: str,
        kind: str,
        rule: str,
        confidence: float,
        *,
        parent: str | None = None,
        named: bool = True,
    ) -> str:
        """Take somebody into the cast by name: from the world where it knows the name, else as the document's own."""
        entity = self.find_world(name) if named else None
        if entity and entity.scheme not in ("Place", "Policy"):
            return self.use_world(entity.id)
        key = f"#actor-{to_slug(name) or 'unnamed'}"
        known = self.actors.get(key)
        if known is None or (parent and not known.parent):
            self.actors[key] = Actor(key, name, kind, Evidence(rule, confidence), named, parent)
            self._note_ends(key, name)
        return key

    def _note_ends(self, key: str, name: str) -> None:
        for ends in _list_ends(name):
            self._ends[ends].append(key)

    def find_alike(self, name: str) -> list[str]:
        """Give the actors whose name ends with the same two words, or begins and ends with the same, in order."""
        found = dict.fromkeys(key for ends in _list_ends(name) for key in self._ends.get(ends, ()))
        return [key for key in found if key in self.actors]

    def set_parent(self, key: str, parent: str) -> None:
        """Note which organisation or State an actor belongs to, unless one is noted."""
        if self.actors[key].parent is None and key != parent:
            self.actors[key] = replace(self.actors[key], parent=parent)

    def find_earlier(self, offset: int, noun: str = "") -> str | None:
        """Find the organisation that "its" or "the {noun}'s" before an offset means.

        An organisation whose name holds the noun comes first, then one of a kind the noun can stand for.
        """
        kinds = compile_words(self.lexicon).anaphors.get(noun, ())
        if noun and (bearer := self.find_bearer(offset, noun.rsplit(" ", maxsplit=1)[-1])):
            return bearer
        earlier = (m for m in self.mentions_before(offset) if m.is_name)
        wanted = set(kinds) or (ORGANIZATIONS - {"State"})
        return next((m.actor for m in earlier if self.kind_of(m.actor) in wanted), None)

    def mentions_before(self, offset: int) -> Iterator[Mention]:
        """Give the mentions that end before an offset, the nearest first."""
        at = bisect.bisect_left(self._mentions, offset, key=lambda m: m.span.start)
        return (m for m in map(self._mentions.__getitem__, range(at - 1, -1, -1)) if m.span.end <= offset)

    def find_bearer(self, offset: int, word: str) -> str | None:
        """Find the organisation named last before an offset that bears a word in one of its names."""
        earlier = (m for m in self.mentions_before(offset) if m.is_name)
        return next((m.actor for m in earlier if self.has_word(m.actor, word)), None)

    def has_word(self, key: str, word: str) -> bool:
        """Tell whether one of an actor's names holds a word: UNHCR is "the UN refugee agency"."""
        entity = self._world.get(key)
        names = entity.labels if entity else (self.actors[key].name,)
        return any(word in name.lower().split(" ") for name in names)

    def is_blocked(self, span: Span, *, by_places: bool = True) -> bool:
        """Tell whether a span overlaps a name that is no actor: an instrument, a card, a plan, a place, a people.

        Without `by_places` places and peoples block only what lies inside them: organisations are named after both.
        """
        if _overlapping(self.blocked, span):
            return True
        after = [s for spans in (self.places, self.peoples) for s in _overlapping(spans, span)]
        return bool(after) if by_places else any(s.covers(span) for s in after)

    def kind_of(self, key: str) -> str:
        """Give the class of an actor of the cast."""
        return self.actors[key].kind

    def rename(self, old: str, new: str) -> None:
        """Make two actors one: mentions of `old` become those of `new`."""
        self._mentions = [_with_actor(m, old, new) for m in self._mentions]
        self.actors.pop(old, None)

    def add_membership(self, membership: Membership) -> None:
        """Add a post, once for each person and role."""
        if not any(m.member == membership.member and m.role == membership.role for m in self.memberships):
            self.memberships.append(membership)

    def count(self, kinds: Iterable[str]) -> dict[str, int]:
        """Count the mentions of actors of these kinds."""
        wanted = set(kinds)
        counts: dict[str, int] = {}
        for mention in self._mentions:
            if self.actors[mention.actor].kind in wanted:
                counts[mention.actor] = counts.get(mention.actor, 0) + 1
        return counts


def _list_ends(name: str) -> tuple[tuple[str, str], ...]:
    first, *rest = name.lower().split(" ")
    both = ((first, rest[-1]), ((first, *rest)[-2], rest[-1])) if rest else ()
    return tuple(dict.fromkeys(both))


def _overlapping(spans: tuple[Span, ...], span: Span) -> list[Span]:
    """Those of some ordered, disjoint spans that share a character with a span."""
    first = max(0, bisect.bisect_left(spans, span.start, key=lambda s: s.start) - 1)
    last = bisect.bisect_left(spans, span.end, key=lambda s: s.start)
    return [s for s in spans[first:last] if s.overlaps(span)]


def _with_actor(mention: Mention, old: str, new: str) -> Mention:
    if mention.actor != old:
        return mention
    return Mention(mention.span, new, mention.evidence, mention.is_name)
