"""Find norm positions: claims that a principle or instrument binds, is violated, at risk, invoked, signed or not."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.actors.cast import Cast
from kg.extraction.lexicon import Concept, Lexicon
from kg.extraction.norms.bearers import Bearers
from kg.extraction.norms.relations import Found, Naming, choose_relation, find_signs, is_breach
from kg.extraction.patterns import compile_patterns
from kg.model import Block, Document, Evidence, NormPosition, Span, Statement

_SILENT_BLOCKS = frozenset(("address", "promotion", "byline"))
_SCHEMES = ("principle", "instrument")
_LIST_GAP = re.compile(r"[\"'\s]*(?:,|and|or|nor|as well as|,\s*(?:and|or))\s+")
_HEADINGS = frozenset(("title", "subtitle", "heading"))
_NEAR = 15


class _Position(NamedTuple):
    """A position on its way: one naming with its relation."""

    naming: Naming
    relation: str
    found: Found | None
    bearers: tuple[str, ...]


def find_norms(
    document: Document,
    cast: Cast,
    statements: Sequence[Statement],
    sentences: Sequence[Span],
    lexicon: Lexicon,
) -> tuple[NormPosition, ...]:
    """Find what a document says of principles and instruments.

    Args:
        document: The document.
        cast: Its actors and mentions.
        statements: Its statements; positions in them are those of `NormPosition.statements`.
        sentences: The sentences of its blocks, in the order of the text.
        lexicon: The compiled vocabulary.

    Returns:
        One position for each norm, relation, bearer and asserter, in the order of the text. `policy` is left open.
    """
    finder = _Finder(document, cast, statements, lexicon)
    return _merge(
        position
        for block in document.blocks
        if block.kind not in _SILENT_BLOCKS
        for position in finder.find_in_block(block, [s for s in sentences if block.span.covers(s)])
    )


class _Finder:
    def __init__(
        self, document: Document, cast: Cast, statements: Sequence[Statement], lexicon: Lexicon
    ) -> None:
        self.cast, self.statements, self.lexicon = cast, statements, lexicon
        self.plain = cast.plain
        self.bearers = Bearers(cast)
        self.namings = tuple(find_namings(document, cast, lexicon))
        self.instruments = tuple(n for n in self.namings if n.kind == "instrument")

    def find_in_block(self, block: Block, sentences: Sequence[Span]) -> Iterator[NormPosition]:
        last: tuple[str, ...] = ()
        for sentence in (s for s in sentences if not self.plain[: s.end].endswith("?")):
            for position in self._find_in_sentence(block.span, sentence, last):
                if block.kind in _HEADINGS and not self._covering(position.naming.span):
                    continue  # a heading names its subject, it takes no position
                last = position.bearers or last
                yield from self._to_norm_positions(position, sentence)

    def _find_in_sentence(self, block: Span, sentence: Span, last: tuple[str, ...]) -> Iterator[_Position]:
        seen: list[_Position] = []
        for naming in (n for n in self.namings if sentence.covers(n.span)):
            covering = self._covering(naming.span)
            if any(naming.norm == p.naming.norm and covering == self._covering(p.naming.span) for p in seen):
                continue  # a gloss of what the sentence has named: "the ban on refoulement, which forbids returns"
            found = self._choose(sentence, naming) or self._inherit(naming, seen)
            if relation := self._settle(sentence, naming, found):
                statement = self._innermost(naming.span)
                sign = found.span if found and not naming.span.covers(found.span) else None
                bearers = self.bearers.find(sentence, block, naming, sign, statement, last)
                seen.append(_Position(naming, relation, found, bearers))
                yield seen[-1]
        yield from self._find_pairs(block, sentence, last)

    def _choose(self, sentence: Span, naming: Naming) -> Found | None:
        return choose_relation(self.plain, sentence, naming, self.instruments, self.lexicon)

    def _inherit(self, naming: Naming, seen: list[_Position]) -> Found | None:
        """In a list of breaches a bare name means what its neighbour means: "unlawful killings, torture"."""
        if not seen or naming.kind != "abuse":
            return None
        gap = self.plain[seen[-1].naming.span.end : naming.span.start]
        return seen[-1].found if _LIST_GAP.fullmatch(gap) else None

    def _settle(self, sentence: Span, naming: Naming, found: Found | None) -> str:
        """Give the relation; "" where the text takes no position: to appeal to a rule or state it takes a speaker."""
        statement = self._innermost(naming.span)
        relation = found.sign.relation if found else ""
        if found is None and naming.kind != "abuse" and statement and statement.act == "demand":
            relation = "invoked"
        if relation in ("violated", "at-risk") and self._is_in_rule(sentence, naming):
            return ""
        is_rule = found is not None and found.sign.side == "inside" and relation == "binding"
        return "" if statement is None and (is_rule or relation == "invoked") else relation

    def _is_in_rule(self, sentence: Span, naming: Naming) -> bool:
        """Tell whether the words say what a rule forbids: "bars returns to where torture awaits"."""
        before = Span(sentence.start, naming.span.start)
        return any(find_signs(self.plain, before, "rule", self.lexicon))

    def _find_pairs(self, block: Span, sentence: Span, last: tuple[str, ...]) -> Iterator[_Position]:
        """Find what is said of two at once, "has joined both", "ratified neither treaty": the two instruments named last."""
        for found in find_signs(self.plain, sentence, "both", self.lexicon):
            named = [n for n in self.namings if n.kind == "instrument" and n.span.start >= block.start]
            earlier = {n.norm: n for n in named if n.span.end <= found.span.start}
            if any(0 <= n.span.start - found.span.end < _NEAR for n in named) or len(earlier) < 2:
                continue
            pair = Naming(found.span, "", "instrument")
            bearers = self.bearers.find(sentence, block, pair, None, None, last)
            for naming in list(earlier.values())[-2:]:
                yield _Position(naming, found.sign.relation, found, bearers)

    def _to_norm_positions(self, position: _Position, sentence: Span) -> Iterator[NormPosition]:
        naming, relation, found, bearers = position
        place = found.span if found and found.sign.side == "both" else naming.span
        for bearer in bearers or (None,):
            covering = () if self._accuses_itself(place, relation, bearer) else self._covering(place)
            yield NormPosition(
                norm=naming.norm,
                relation=relation,
                surfaces=(naming.span,),
                evidence=_weigh(found, is_stated=bool(covering)),
                bearer=bearer,
                through=self._find_through(naming, relation, sentence),
                statements=covering,
                asserted_by=self.statements[covering[0]].speakers if covering else (),
            )

    def _accuses_itself(self, span: Span, relation: str, bearer: str | None) -> bool:
        """Tell whether a State would call itself a breaker of law: then it is the document that judges.

        "The government announced deportations, in breach of its obligations" is an example.
        """
        statement = self._innermost(span)
        if statement is None or bearer is None or relation != "violated" or statement.act == "acknowledge":
            return False
        return bearer in statement.speakers

    def _find_through(self, naming: Naming, relation: str, sentence: Span) -> str | None:
        """The instrument that lays a principle down: "a rule laid down in the Refugee Convention"."""
        if relation != "binding" or naming.kind == "instrument":
            return None
        for other in self.namings:
            between = Span(naming.span.end, other.span.start)
            if other.kind == "instrument" and sentence.covers(other.span) and between.end > between.start:
                signs = find_signs(self.plain, between, "through", self.lexicon)
                return other.norm if any(between.end - f.span.end < 2 * _NEAR for f in signs) else None
        return None

    def _covering(self, span: Span) -> tuple[int, ...]:
        """Positions of the statements that say it, the innermost first."""
        found = [
            (sum(c.end - c.start for c in statement.content), at)
            for at, statement in enumerate(self.statements)
            if any(content.overlaps(span) for content in statement.content)
        ]
        return tuple(at for _, at in sorted(found))[:1]

    def _innermost(self, span: Span) -> Statement | None:
        covering = self._covering(span)
        return self.statements[covering[0]] if covering else None


def find_namings(document: Document, cast: Cast, lexicon: Lexicon) -> Iterator[Naming]:
    """Find the words that name norms, in order, outside the names of actors and policies.

    Of overlapping matches the longest counts; norms that match the very same words all count.
    """
    policies = [Span(*m.span()) for m in _policy_names(lexicon).finditer(document.text)]
    found = sorted(
        {
            (Span(*match.span()), norm)
            for block in document.blocks
            if block.kind not in _SILENT_BLOCKS
            for norm, pattern in _norm_patterns(lexicon)
            for match in pattern.finditer(document.text, block.span.start, block.span.end)
        }
    )
    joined = sorted(_join_overlapping(found))
    spans = [span for span, _ in joined]
    for span, norm in joined:
        is_name = any(m.span.covers(span) for m in cast.mentions_in(span, touching=True))
        if not is_name and not any(p.covers(span) for p in policies) and _is_longest(span, spans):
            yield Naming(span, norm, _kind(norm, span.of(cast.plain), lexicon))


def _join_overlapping(found: Sequence[tuple[Span, str]]) -> Iterator[tuple[Span, str]]:
    """Make one of overlapping matches of the same norm."""
    for norm in sorted({norm for _, norm in found}):
        joined: list[Span] = []
        for span in (span for span, other in found if other == norm):
            if joined and joined[-1].overlaps(span):
                joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
            else:
                joined.append(span)
        yield from ((span, norm) for span in joined)


def _is_longest(span: Span, spans: Sequence[Span]) -> bool:
    length = span.end - span.start
    return not any(other.overlaps(span) and other.end - other.start > length for other in spans)


def _kind(norm: str, surface: str, lexicon: Lexicon) -> str:
    return "abuse" if is_breach(surface, lexicon) else norm.partition("-")[0]


@lru_cache(maxsize=4)
def _norm_patterns(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (f"{concept.scheme}-{concept.id}", pattern)
        for scheme in _SCHEMES
        for concept in lexicon.scheme(scheme)
        for pattern in _compile(concept)
    )


def _compile(concept: Concept) -> Iterator[re.Pattern[str]]:
    """Patterns match in any case, acronyms only as they are written."""
    for pattern in concept.all("pattern"):
        yield compile_patterns([pattern])
    for acronym in concept.all("acronym"):
        yield re.compile(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])")


@lru_cache(maxsize=4)
def _policy_names(lexicon: Lexicon) -> re.Pattern[str]:
    return compile_patterns(
        {label for policy in lexicon.entities.get("Policy", ()) for label in policy.labels}
    )


def _weigh(found: Found | None, *, is_stated: bool) -> Evidence:
    """A sign next to the name is surer than one farther away, and what a source says than narration."""
    if found is None:
        return Evidence("norm/demanded", 0.6)
    confidence = 0.9 if found.cost <= _NEAR else 0.75
    return Evidence(f"norm/{found.sign.id}", confidence if is_stated else confidence - 0.05)


def _merge(positions: Iterator[NormPosition]) -> tuple[NormPosition, ...]:
    """Make one position of those that say the same of the same by the same."""
    merged: dict[tuple[str, str, str | None, tuple[str, ...]], NormPosition] = {}
    for position in positions:
        key = (position.norm, position.relation, position.bearer, position.asserted_by)
        known = merged.get(key)
        merged[key] = position if known is None else _join(known, position)
    return tuple(sorted(merged.values(), key=lambda p: (p.surfaces[0], p.norm, p.relation, p.bearer or "")))


def _join(one: NormPosition, other: NormPosition) -> NormPosition:
    return replace(
        one,
        surfaces=tuple(sorted({*one.surfaces, *other.surfaces})),
        statements=tuple(sorted({*one.statements, *other.statements})),
        through=one.through or other.through,
        evidence=max(one.evidence, other.evidence, key=lambda e: e.confidence),
    )
