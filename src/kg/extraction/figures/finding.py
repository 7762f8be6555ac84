"""Find the figures of a text: numbers that count people, cases or places, shares and multiples of them, and years."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from kg.extraction.dates.finding import DateMention, find_dates
from kg.extraction.figures.candidates import COMPARED, Candidate, FigureContext, list_candidates
from kg.extraction.figures.counted import read_phrase
from kg.extraction.figures.measures import STATES, Hit, find_governor, find_hits
from kg.extraction.figures.periods import find_anchors, find_period
from kg.extraction.figures.places import PlaceMention, find_places
from kg.extraction.figures.routes import LEAVING, Route, find_route
from kg.extraction.figures.wholes import APPOSED, WHOLE, settle_wholes
from kg.extraction.figures.windows import blank_appositives, find_left, find_right
from kg.extraction.lexicon import Lexicon
from kg.model import Evidence, Figure, PartialDate, Period, Span

_PART = re.compile(
    r"(?:\bincluding|\bamong\s+(?:them|whom|these|those)|\bof\s+(?:whom|which|these|those|them)|\bwith)[\s,]*(?:the\s+|an?\s+|only\s+)*$",
    re.IGNORECASE,
)
_LISTED = re.compile(r"[:,]\s*(?:and\s+|or\s+)?$|\band\s+$", re.IGNORECASE)
_CAPACITY = re.compile(
    r"\b(?:beds?|space|room|capacity|places|meant|designed|built|intended)\s+for\s+(?:\w+\s+){0,2}$",
    re.IGNORECASE,
)
_COMPARES = re.compile(
    r"\s+(?:as\s+many|that|those|the\s+(?:number|figure|total)|increase|rise|jump|surge|growth)\b",
    re.IGNORECASE,
)
_NOMINAL_PREDICATE = re.compile(r"\s+(?:were|are|was|being)\s+(?:also\s+)?(?=[a-zA-Z])", re.IGNORECASE)
_LONGEST = 1500  # characters of a sentence
_OWN_PERIOD = frozenset({"compared", "again"})
_THAN = re.compile(
    r"\b(?:than|as|compared with|compared to|from|on)\s+(?:in\s+|during\s+)?(?:the\s+)?$", re.IGNORECASE
)


def find_figures(text: str, sentence: Span, block: Span, context: FigureContext) -> tuple[Figure, ...]:
    """Find the figures of a sentence.

    Args:
        text: The document's text.
        sentence: The sentence.
        block: The block it stands in, whose other sentences may name the place.
        context: Lexicon, date, anchors and the figures found before.

    Returns:
        Figures in the order of the text, without source and statement. `part_of` counts from the first figure of
        `context.earlier`.
    """
    dates = find_dates(text, sentence, context.lexicon, context.published, context.earlier_date)
    candidates = list_candidates(text, sentence, block, dates, context)
    hits = find_hits(text, sentence, context.lexicon)
    places = find_places(text, sentence, context.lexicon)
    found: list[Figure] = []
    for index, candidate in enumerate(candidates):
        following = candidates[index + 1 :]
        reader = _Reader(text, sentence, block, dates, hits, places, context, tuple(found))
        found.append(reader.read(candidate, following))
    return settle_wholes(text, found, context.earlier)


def find_document_figures(
    text: str,
    blocks: Sequence[tuple[Span, Sequence[Span]]],
    lexicon: Lexicon,
    published: PartialDate | None = None,
    anchors: Mapping[str, PartialDate] | None = None,
) -> tuple[Figure, ...]:
    """Find the figures of a document, handing on from sentence to sentence what they refer to.

    Args:
        text: The document's text.
        blocks: Spans of its blocks with the spans of their sentences.
        lexicon: The lexicon.
        published: The document's date.
        anchors: Dates of launch by policy noun; without them they are looked for in the text.
    """
    blocks = [(block, [part for s in inner for part in _cut(text, s)]) for block, inner in blocks]
    sentences = [s for _, inner in blocks for s in inner]
    launched = dict(anchors if anchors is not None else find_anchors(text, sentences, lexicon, published))
    found: list[Figure] = []
    earlier_date: PartialDate | None = None
    for block, inner in blocks:
        for sentence in inner:
            context = FigureContext(lexicon, published, launched, tuple(found), earlier_date)
            found.extend(find_figures(text, sentence, block, context))
            dates = [d.start for d in find_dates(text, sentence, lexicon, published, earlier_date) if d.start]
            if dates:
                earlier_date = dates[-1]
                launched["then"] = dates[0]
    return tuple(found)


def _cut(text: str, sentence: Span) -> list[Span]:
    """Cut what runs on without a full stop (tables, lists), so that reading stays linear in the text's length."""
    parts, start = [], sentence.start
    while sentence.end - start > _LONGEST:
        marks = (", ", "; ", "\n", " ")  # a number stays with its noun where there is punctuation
        ends = (text.rfind(mark, start + 1, start + _LONGEST) + 1 for mark in marks)
        end = next((e for e in ends if e > start + 1), start + _LONGEST)
        parts.append(Span(start, end))
        start = end
    return [*parts, Span(start, sentence.end)]


@dataclass(frozen=True)
class _Reader:
    text: str
    sentence: Span
    block: Span
    dates: tuple[DateMention, ...]
    hits: tuple[Hit, ...]
    places: tuple[PlaceMention, ...]
    context: FigureContext
    found: tuple[Figure, ...]

    def read(self, candidate: Candidate, later: Sequence[Candidate]) -> Figure:
        """Read one figure."""
        span, noun = candidate.span, candidate.noun
        relation, whole = self._find_relation(candidate)
        previous = self._get(whole)
        unit = self._find_unit(candidate, self.found[-1] if relation in ("list", "series") else previous)
        following = later[0] if later else None
        limit = self._find_limit(span, later)
        if following and WHOLE.fullmatch(self.text, span.end, following.start):
            unit = unit if candidate.unit else following.unit or unit
            noun, limit = following.noun, self.sentence.end  # "40 per cent of the 60 nurses"
        is_whole = bool(self.found) and bool(WHOLE.search(self.text, self.found[-1].span.end - 1, span.start))
        is_capacity = bool(_CAPACITY.search(self.text, self.sentence.start, span.start))
        number = Span(candidate.start, candidate.end)
        governor = None
        if not is_whole and not is_capacity:
            governor = find_governor(self.text, self.sentence, number, noun, unit, self.hits, limit)
        measure = governor.hit.measure if governor else "other"
        is_inherited = (
            bool(previous) and not is_capacity and self._inherits(candidate, relation, governor is not None)
        )
        if is_inherited and previous and not governor:
            measure = previous.measure
        if unit == "places" or is_whole:
            measure = "other"
        rule = governor.rule if governor else ""
        has_period = unit != "places" and not is_capacity and rule != "attribute"
        period = self._find_period(candidate, following, measure) if has_period else None
        if is_inherited and previous and period is None and (relation not in _OWN_PERIOD or unit == "times"):
            period = self._inherit_period(previous, candidate)
        route = self._find_route(candidate, measure, limit)
        route = self._inherit_route(route, previous if is_inherited else None, measure)
        return Figure(
            span=span,
            value=self._value(candidate, unit),
            high=candidate.number.high,
            qualifier=candidate.qualifier,
            unit=unit,
            measure=measure,
            evidence=Evidence(
                f"figure/{relation or (governor.rule if governor else 'number-noun')}",
                governor.confidence if governor else 0.7 if is_inherited else 0.6,
            ),
            population=self._population(candidate, previous if is_inherited else None, measure),
            period=period,
            part_of=_find_whole(relation, whole, previous),
            origin=route.origin,
            destination=route.destination,
            place=route.place,
            origin_span=route.origin_span,
            destination_span=route.destination_span,
        )

    def _find_limit(self, span: Span, later: Sequence[Candidate]) -> int:
        """Give where the next number begins that does not stand in an insertion."""
        inner = blank_appositives(self.text, Span(span.end, self.sentence.end))
        return next((c.start for c in later if inner[c.start - span.end].strip()), self.sentence.end)

    def _get(self, position: int | None) -> Figure | None:
        everything = (*self.context.earlier, *self.found)
        return everything[position] if position is not None else None

    def _find_relation(self, candidate: Candidate) -> tuple[str, int | None]:
        """Tell how the figure hangs on an earlier one, and the position of that one."""
        base = len(self.context.earlier)
        in_sentence = base + len(self.found) - 1 if self.found else None
        last = in_sentence if in_sentence is not None else base - 1 if base else None
        if last is None:
            return "", None
        previous = self._get(last)
        assert previous
        begin = previous.span.end if in_sentence is not None else self.sentence.start
        before = self.text[begin : candidate.start]
        if in_sentence is not None and _PART.search(before):
            return "part", last
        if in_sentence is not None and COMPARED.search(before):
            return "compared", last
        if in_sentence is None and _PART.search(before):
            return "part", last
        if candidate.phrase and candidate.phrase.is_partitive:
            return "share" if candidate.number.kind == "percent" else "part", last
        if (
            in_sentence is not None
            and before.strip() in APPOSED
            and "percent" in (previous.unit, candidate.unit)
        ):
            return "apposition", last
        if in_sentence is not None and len(before) < 60 and _LISTED.search(before):
            if previous.part_of is not None:
                return "list", previous.part_of
            if ":" in before and candidate.unit not in ("years", "places", "times"):
                return "list", last
            if not candidate.phrase:
                return "series", last
        if not candidate.phrase and candidate.number.kind in ("count", "times"):
            return "again", last
        return "", None

    def _inherits(self, candidate: Candidate, relation: str, has_governor: bool) -> bool:
        if relation == "again" and candidate.number.kind == "times":
            return has_governor or bool(_COMPARES.match(self.text, candidate.end))
        if relation == "again":
            return not has_governor and self._is_near()
        partitive = candidate.phrase and candidate.phrase.is_partitive
        if partitive and relation in ("part", "share") and not has_governor:
            return self._says_what_they_are(candidate) or candidate.noun.of(self.text).lower() != "them"
        return bool(relation)

    def _is_near(self) -> bool:
        """Tell whether the figure before stands in the same block, so that a bare number may count the same."""
        last = (*self.context.earlier, *self.found)[-1]
        return last.span.start >= self.block.start

    def _says_what_they_are(self, candidate: Candidate) -> bool:
        """Tell whether the predicate names a kind of people ("of them were children")."""
        match = _NOMINAL_PREDICATE.match(self.text, candidate.span.end, self.sentence.end)
        phrase = match and read_phrase(self.text, match.end(), self.sentence.end, self.context.lexicon)
        return bool(phrase and phrase.is_known)

    def _find_unit(self, candidate: Candidate, previous: Figure | None) -> str:
        if candidate.unit and candidate.unit != "years":
            return candidate.unit
        if candidate.unit == "years":
            return "years"
        return previous.unit if previous and previous.unit in ("persons", "cases") else "persons"

    def _value(self, candidate: Candidate, unit: str) -> Decimal:
        if unit == "years" and re.search(r"decades?$", candidate.noun.of(self.text), re.IGNORECASE):
            return candidate.number.value * 10
        return candidate.number.value

    def _find_period(self, candidate: Candidate, following: Candidate | None, measure: str) -> Period | None:
        if candidate.unit == "years":
            return None
        same = next((d for d in self.dates if d.kind == "same-period"), None)
        if (
            same
            and same.start
            and candidate.number.kind == "count"
            and not _THAN.search(self.text, self.sentence.start, same.span.start)
        ):
            return self._shift(same.start)
        shared = None
        if following and re.fullmatch(r",?\s*(?:or\s+)?", self.text[candidate.span.end : following.start]):
            shared = following.span
        return find_period(
            self.text,
            self.sentence,
            candidate.span,
            [d for d in self.dates if d.kind != "same-period"],
            self.context.anchors,
            self.context.lexicon,
            self.context.published,
            is_state=measure in STATES or (candidate.number.kind == "percent" and measure == "other"),
            following=shared,
        )

    def _shift(self, year: PartialDate) -> Period | None:
        """Move the last period that was named to another year ("in the same period of 2024")."""
        last = next((f.period for f in reversed((*self.context.earlier, *self.found)) if f.period), None)
        if last is None or last.start is None:
            return Period(year, year)
        end = last.end and replace(last.end, year=year.year)
        return Period(replace(last.start, year=year.year), end)

    def _inherit_period(self, previous: Figure, candidate: Candidate) -> Period | None:
        if candidate.number.kind != "times":
            return previous.period
        near = [f.period for f in (*self.context.earlier, *self.found)[-6:] if f.period and f.period.start]
        return max(near, key=lambda p: str(p.start), default=None)

    def _find_route(self, candidate: Candidate, measure: str, limit: int) -> Route:
        left = find_left(self.text, self.sentence.start, candidate.start)
        right = find_right(self.text, candidate.span.end, limit)
        begun = self.found[-1].span.end if self.found and not candidate.phrase else left.start
        clause = Span(max(left.start, begun), right.end)
        return find_route(self.text, self.sentence, candidate.noun, measure, self.places, clause)

    def _inherit_route(self, route: Route, previous: Figure | None, measure: str) -> Route:
        if previous is None and measure in LEAVING and not route.origin:
            previous = next(
                (
                    f
                    for f in reversed((*self.context.earlier, *self.found))
                    if f.measure in LEAVING and f.origin
                ),
                None,
            )
            return route if previous is None else route._replace(origin=previous.origin)
        if previous is None or measure == "other":
            return route
        return route._replace(
            origin=route.origin or previous.origin, destination=route.destination or previous.destination
        )

    def _population(self, candidate: Candidate, previous: Figure | None, measure: str) -> Span | None:
        phrase = candidate.phrase
        if phrase and candidate.unit != "years" and not (phrase.is_partitive and previous):
            if measure in STATES and not phrase.is_partitive:
                return self._with_clause(phrase.span)
            return phrase.span
        return previous.population if previous else None

    def _with_clause(self, phrase: Span) -> Span:
        """Add the relative clause or participle that tells the people from others ("who lack papers")."""
        match = re.match(
            r"\s+(?:who|holding|without|with|living|lacking)\s[^,.;:–—]+",
            self.text[phrase.end : self.sentence.end],
        )
        return Span(phrase.start, phrase.end + len(match[0].rstrip())) if match else phrase


def _find_whole(relation: str, position: int | None, previous: Figure | None) -> int | None:
    """Tell what a figure is a part of: a number that spells out a share ("nearly half, 500") has its whole."""
    if relation == "apposition" and previous and previous.unit == "percent":
        return previous.part_of
    return position if relation in ("part", "share", "list") else None
