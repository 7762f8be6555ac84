"""Whom a norm binds, or who is said to break it: the State or body that the clause is about."""

import re
from collections import Counter

from kg.extraction.cast import Cast
from kg.extraction.norm_relations import find_signs
from kg.model import Mention, Span, Statement

# What follows these words is where something happens or goes to, not who does it.
_NOT_SUBJECT = re.compile(
    r"\b(?:in|into|inside|to|towards|for|with|on|at|against|across|near|around|outside|leave|leaves|left|fled|flee|fleeing|of|between|back to|about)(?:\s+the)?\s+$",
    re.IGNORECASE,
)
_FROM = re.compile(r"\bfrom(?:\s+the)?\s+$", re.IGNORECASE)
_BY = re.compile(r"\b(?:by|under)(?:\s+the)?\s+$", re.IGNORECASE)
_LIST = re.compile(r",?\s*(?:,|and|or|nor)\s+(?:the\s+)?")
_WEIGHT_OF_GOVERNMENT = 3
_LOOK_BACK = 80


class Bearers:
    """Finds bearers in one document."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        self.mentions = [
            m
            for m in cast.mentions
            if self._owner(m) and not (cast.document.dateline and cast.document.dateline.covers(m.span))
        ]
        self.main = self._find_main()

    def find(
        self,
        sentence: Span,
        block: Span,
        naming: Span,
        sign: Span | None,
        statement: Statement | None,
        last: tuple[str, ...],
    ) -> tuple[str, ...]:
        """Find the bearers of a norm; () where there is none to be found.

        Args:
            sentence: The sentence the norm is named in.
            block: The block the sentence stands in.
            naming: The words that name the norm.
            sign: The words that tell the relation, if any.
            statement: The innermost statement that covers the naming, if any.
            last: The bearers found last in the same block.
        """
        anchor = sign if sign and sign.start < naming.start else naming
        return (
            self._find_between(anchor, naming)
            or self._find_in_sign(sign, naming)
            or self._find_left(Span(sentence.start, anchor.start))
            or self._find_by(Span(naming.end, sentence.end))
            or self._find_addressed(statement)
            or last
            or self._find_left(Span(block.start, sentence.start))
            or ((self.main,) if self.main else ())
        )

    def owner_of(self, key: str) -> str | None:
        """Give the State or de facto authority that an actor is or belongs to."""
        actor = self.cast.actors.get(key)
        while actor:
            if actor.kind in ("State", "DeFactoAuthority"):
                return actor.key
            if actor.kind != "GovernmentBody" or actor.parent is None:
                return None
            actor = self.cast.actors.get(actor.parent)
        return None

    def _owner(self, mention: Mention) -> str | None:
        return self.owner_of(mention.actor)

    def _find_between(self, anchor: Span, naming: Span) -> tuple[str, ...]:
        """Find it between sign and name: "violates [Pakistan's] obligations", "the breach by [Iran] of"."""
        inside = [m for m in self._within(Span(anchor.end, naming.start)) if not self._is_place(m)]
        return self._with_list(inside[-1:])

    def _find_in_sign(self, sign: Span | None, naming: Span) -> tuple[str, ...]:
        """Find it in or after a sign that follows: "to which [Pakistan] is party", "ratified by [Kenya]"."""
        if not sign or sign.start < naming.end:
            return ()
        inside = self._within(Span(sign.start, sign.end + 2))
        after = [
            m
            for m in self._within(Span(sign.end, sign.end + _LOOK_BACK))
            if m.span.start - sign.end < len(" by the ")
        ]
        return self._with_list((inside or after)[:1])

    def _find_left(self, span: Span) -> tuple[str, ...]:
        """The nearest one to the left that can be the subject."""
        found = [m for m in self._within(span) if not self._is_place(m)]
        return self._with_list(found[-1:])

    def _find_by(self, span: Span) -> tuple[str, ...]:
        """Find who does it after the name: "torture by [the Taliban]", "returns from [Iran] violate it"."""
        found = [m for m in self._within(span) if _BY.search(self._before(m)) or self._is_expeller(m)]
        return self._with_list(found[:1])

    def _find_addressed(self, statement: Statement | None) -> tuple[str, ...]:
        if statement is None or statement.act != "demand":
            return ()
        owners = (self.owner_of(a) for a in statement.addressees)
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def _within(self, span: Span) -> list[Mention]:
        return [m for m in self.mentions if span.covers(m.span)]

    def _before(self, mention: Mention) -> str:
        return self.cast.plain[max(0, mention.span.start - _LOOK_BACK) : mention.span.start]

    def _is_expeller(self, mention: Mention) -> bool:
        """Tell whether people are sent away from it: "deportations from [Pakistan]"."""
        start = max(0, mention.span.start - _LOOK_BACK)
        before = Span(start, mention.span.start)
        signs = find_signs(self.cast.plain, before, "from", self.cast.lexicon)
        return bool(_FROM.search(self._before(mention))) and any(
            before.end - f.span.end < len(" the  ") for f in signs
        )

    def _is_place(self, mention: Mention) -> bool:
        """Tell whether a State is only where something happens: "in Afghanistan", "to Libya"."""
        if self.cast.plain[mention.span.end : mention.span.end + 2] == "'s":
            return False
        if mention.evidence.rule.startswith("mention/government"):
            return bool(re.search(r"\bto(?:\s+the)?\s+$", self._before(mention)))
        before = self._before(mention)
        return bool(_NOT_SUBJECT.search(before) or (_FROM.search(before) and not self._is_expeller(mention)))

    def _with_list(self, found: list[Mention]) -> tuple[str, ...]:
        """Add the States that stand in one list with the one found: "Kenya, [Italy] and [Bolivia]"."""
        owners: list[str] = []
        position = self.mentions.index(found[0]) if found else -1
        while position >= 0:
            mention = self.mentions[position]
            owners.insert(0, self._owner(mention) or "")
            earlier = self.mentions[position - 1] if position else None
            gap = self.cast.plain[earlier.span.end : mention.span.start] if earlier else ""
            position = position - 1 if _LIST.fullmatch(gap) else -1
        return tuple(dict.fromkeys(owner for owner in owners if owner))

    def _find_main(self) -> str | None:
        """The State that government phrases speak of most."""
        counts: Counter[str] = Counter()
        for mention in self.mentions:
            owner = self._owner(mention) or ""
            if self.cast.kind_of(owner) == "State":
                counts[owner] += self._weigh(mention)
        return max(counts, key=lambda key: (counts[key], key), default=None) if counts else None

    def _weigh(self, mention: Mention) -> int:
        is_government = "/government" in mention.evidence.rule or mention.actor != self._owner(mention)
        if is_government or self._is_expeller(mention):
            return _WEIGHT_OF_GOVERNMENT
        return 0 if self._is_place(mention) else 1
