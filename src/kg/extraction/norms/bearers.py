"""Whom a norm binds, or who is said to break it: the State or body that the clause is about."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.actors.cast import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.norms.relations import Naming, find_signs
from kg.model import Mention, Span, Statement

# What follows these words is where something happens or goes to, not who does it.
_NOT_SUBJECT = re.compile(
    r"\b(?:in|into|inside|to|towards|for|with|on|at|against|across|near|around|outside|leave|leaves|left|fled|flee"
    r"|fleeing|of|between|about)(?:\s+the)?\s+$",
    re.IGNORECASE,
)
_TO = re.compile(r"\bto(?:\s+the)?\s+$", re.IGNORECASE)
_FROM = re.compile(r"\bfrom(?:\s+the)?\s+$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|under)(?:\s+the)?\s+$", re.IGNORECASE)
_RELATIVE = re.compile(r",?\s+(?:which|who|that)(?:\s+[a-z]+){0,2}\s*")
_LIST = re.compile(r"\s*(?:,|,?\s*(?:and|or|nor))\s+(?:the\s+)?")
_WEIGHT_OF_GOVERNMENT = 3
_LEAST_SHARE = 0.35
_LOOK_BACK = 80
_GUESSED = "mention/ministry"  # a ministry without its State, given to one that is spoken of
_OWNERS = ("State", "DeFactoAuthority")


class _Owner(NamedTuple):
    """A State or de facto authority where the text names it or a body of it."""

    span: Span
    key: str
    is_government: bool


class Bearers:
    """Finds bearers in one document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.plain = cast.plain
        self.bodies = {body.id: body for body in cast.lexicon.entities.get("GovernmentBody", ())}
        self.kinds = {e.id: kind for kind in _OWNERS for e in cast.lexicon.entities.get(kind, ())}
        self.owners = sorted([*self._read_mentions(), *self._read_adjectives()])
        self.main = self._find_main()

    def find(
        self,
        sentence: Span,
        block: Span,
        naming: Naming,
        sign: Span | None,
        statement: Statement | None,
        last: tuple[str, ...],
    ) -> tuple[str, ...]:
        """Find the bearers of a norm; () where there is none to be found, or where all States are.

        Args:
            sentence: The sentence the norm is named in.
            block: The block the sentence stands in.
            naming: The words that name the norm.
            sign: The words outside the name that tell the relation, if any.
            statement: The innermost statement that covers the naming, if any.
            last: The bearers found last in the same block.
        """
        anchor = sign if sign and sign.start < naming.span.start else naming.span
        if self._is_general(sentence, naming, anchor):
            return ()
        return (
            self._find_left(Span(anchor.end, naming.span.end))
            or self._find_in_sign(sentence, sign, naming.span)
            or self._find_left(Span(sentence.start, anchor.start))
            or self._find_by(Span(naming.span.end, sentence.end))
            or self._find_addressed(statement)
            or last
            or self._find_earlier(Span(block.start, sentence.start))
        )

    def find_subject(self, span: Span) -> tuple[str, ...]:
        """Find the State that a clause says something of: the first in it that is no place."""
        return self._with_list([o for o in self._within(span) if not self._is_place(o)][:1])

    def owner_of(self, key: str | None) -> str | None:
        """Give the State or de facto authority that an actor is or belongs to."""
        while key:
            actor = self.cast.actors.get(key)
            if self.kinds.get(key) or (actor and actor.kind in _OWNERS):
                return key
            body = self.bodies.get(key)
            parent = actor.parent if actor and actor.kind == "GovernmentBody" else None
            key = parent or (body.first("subOrganizationOf") or body.first("inState") if body else None)
        return None

    def _read_mentions(self) -> Iterator[_Owner]:
        dateline = self.cast.document.dateline
        for mention in self.cast.mentions:
            owner = self.owner_of(mention.actor)
            is_guess = mention.evidence.rule == _GUESSED
            if owner and not is_guess and not (dateline and dateline.covers(mention.span)):
                yield _Owner(mention.span, owner, _is_government(mention, owner))

    def _read_adjectives(self) -> Iterator[_Owner]:
        """Find "the Greek law", "a Turkish decision": the State whose policy it is."""
        demonyms, pattern = _policies_of_states(self.cast.lexicon)
        for match in pattern.finditer(self.plain):
            if not self.cast.mentions_in(Span(*match.span()), touching=True):
                yield _Owner(Span(*match.span()), demonyms[match[1]], is_government=True)

    def _is_general(self, sentence: Span, naming: Naming, anchor: Span) -> bool:
        """Tell whether the rule "binds all States" or "States are bound" by it."""
        after = Span(naming.span.start, sentence.end)
        before = Span(sentence.start, anchor.start)
        return any(find_signs(self.plain, after, "universal", self.cast.lexicon)) or any(
            not self.plain[f.span.end : anchor.start].strip()
            for f in find_signs(self.plain, before, "plural", self.cast.lexicon)
        )

    def _find_in_sign(self, sentence: Span, sign: Span | None, naming: Span) -> tuple[str, ...]:
        """Find it in or after a sign that follows: "to which [Pakistan] is party", "ratified by [Kenya]"."""
        if not sign or sign.start < naming.end:
            return ()
        inside = self._within(Span(sign.start, sign.end))
        after = [o for o in self._within(Span(sign.end, sentence.end)) if self._is_next(sign.end, o)]
        return self._with_list((inside or after)[:1])

    def _find_left(self, span: Span) -> tuple[str, ...]:
        """Find the nearest one to the left that can be the subject."""
        within = self._within(span)
        if within and _RELATIVE.fullmatch(self.plain, within[-1].span.end, span.end):
            return self._with_list(within[-1:])
        return self._with_list([o for o in within if not self._is_place(o)][-1:])

    def _find_earlier(self, span: Span) -> tuple[str, ...]:
        """Fall back on earlier sentences: the State the document is about, else whoever they speak of."""
        earlier = self._find_left(span)
        if self.main and (not earlier or any(o.key == self.main for o in self._within(span))):
            return (self.main,)
        return earlier

    def _find_by(self, span: Span) -> tuple[str, ...]:
        """Find who does it after the name: "torture by [the Taliban]", "returns from [Iran] violate it"."""
        found = [o for o in self._within(span) if _BY.search(self._before(o)) or self._is_expeller(o)]
        return self._with_list(found[:1])

    def _find_addressed(self, statement: Statement | None) -> tuple[str, ...]:
        if statement is None or statement.act != "demand":
            return ()
        owners = (self.owner_of(addressee) for addressee in statement.addressees)
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def _within(self, span: Span) -> list[_Owner]:
        return [o for o in self.owners if span.covers(o.span)]

    def _before(self, owner: _Owner) -> str:
        return self.plain[max(0, owner.span.start - _LOOK_BACK) : owner.span.start]

    def _is_next(self, offset: int, owner: _Owner) -> bool:
        return 0 <= owner.span.start - offset < len(" by the ")

    def _is_expeller(self, owner: _Owner) -> bool:
        """Tell whether people are sent away from it: "deportations from [Pakistan]"."""
        before = Span(max(0, owner.span.start - _LOOK_BACK), owner.span.start)
        signs = find_signs(self.plain, before, "from", self.cast.lexicon)
        return bool(_FROM.search(self._before(owner))) and any(
            self._is_next(f.span.end, owner) for f in signs
        )

    def _is_place(self, owner: _Owner) -> bool:
        """Tell whether a State is only where something happens: "in Afghanistan", "to Libya or [Egypt]"."""
        if self.plain.startswith("'s", owner.span.end):
            return False
        owner = self._list_of(owner)[0]
        before = self._before(owner)
        if owner.is_government:
            return bool(_TO.search(before))
        return bool(_NOT_SUBJECT.search(before) or (_FROM.search(before) and not self._is_expeller(owner)))

    def _list_of(self, owner: _Owner) -> list[_Owner]:
        """Give the States that stand in one list up to this one: "Ghana, Malta and [Peru]"."""
        found, at = [owner], self.owners.index(owner)
        for earlier in reversed(self.owners[:at]):
            if not _LIST.fullmatch(self.plain, earlier.span.end, found[0].span.start):
                break
            found.insert(0, earlier)
        return found

    def _with_list(self, found: list[_Owner]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(o.key for owner in found for o in self._list_of(owner)))

    def _find_main(self) -> str | None:
        """Find the State that government phrases speak of most, where one stands out."""
        counts: Counter[str] = Counter()
        for owner in self.owners:
            if self.kinds.get(owner.key) == "State":
                counts[owner.key] += self._weigh(owner)
        main = max(counts, key=lambda key: (counts[key], key), default=None)
        return main if main and counts[main] >= _LEAST_SHARE * counts.total() else None

    def _weigh(self, owner: _Owner) -> int:
        if owner.is_government or self._is_expeller(owner):
            return _WEIGHT_OF_GOVERNMENT
        return 0 if self._is_place(owner) else 1


def _is_government(mention: Mention, owner: str) -> bool:
    rule = mention.evidence.rule
    return rule.startswith("mention/government") or mention.actor != owner


@lru_cache(maxsize=4)
def _policies_of_states(lexicon: Lexicon) -> tuple[dict[str, str], re.Pattern[str]]:
    """What States are called before a noun, and an expression for that with a policy noun after it."""
    demonyms = {name: s.id for s in lexicon.entities.get("State", ()) for name in s.all("demonym")}
    nouns = {
        label for c in lexicon.scheme("policynoun") if c.id != "expulsion" for label in c.labels
    }  # "Afghan expulsions" are not Afghanistan's
    names = "|".join(re.escape(name) for name in sorted(demonyms, key=lambda n: (-len(n), n)))
    heads = "|".join(re.escape(noun) for noun in sorted(nouns, key=lambda n: (-len(n), n)))
    return demonyms, re.compile(rf"(?<![\w-])({names or '(?!)'})\s(?:{heads or '(?!)'})(?!\w)")
