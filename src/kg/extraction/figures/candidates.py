"""Decide which numbers of a sentence make a figure, with their qualifiers and the noun phrases they count."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.dates.finding import DateMention
from kg.extraction.figures.counted import CountedPhrase, read_phrase
from kg.extraction.figures.numbers import NumberMention, find_numbers
from kg.extraction.figures.windows import find_left
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.model import Figure, PartialDate, Span

_NAMED_GROUP = re.compile(r"\b(?:family|group|party)\s+of\s+$", re.IGNORECASE)
_OF_NUMBER = re.compile(r"\s+of\s+(?:the\s+|all\s+|some\s+)?\d")
_PREPOSITION = re.compile(r"(?:over|under|above|below|beyond)\s*$", re.IGNORECASE)
_NUMBERED = re.compile(r"\s*\d+[.)]\s")
COMPARED = re.compile(
    r"\b(?:(?:up|down|increase|rise|decrease)\s+from|compared\s+(?:to|with)|than(?:\s+the)?)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class FigureContext:
    """What a sentence's figures are read against.

    `anchors` are dates of launch by policy noun, "" for any, "then" for the date named in the sentence before;
    `earlier` are the figures found so far in the document, which a part or share refers to.
    """

    lexicon: Lexicon
    published: PartialDate | None = None
    anchors: Mapping[str, PartialDate] = field(default_factory=dict)
    earlier: tuple[Figure, ...] = ()
    earlier_date: PartialDate | None = None


@dataclass(frozen=True)
class Candidate:
    """A number that makes a figure, with the qualifier and the noun phrase that belong to it."""

    number: NumberMention
    start: int  # where the qualifier begins
    end: int  # where a qualifier after the number ends
    qualifier: str
    phrase: CountedPhrase | None

    @property
    def noun(self) -> Span:
        """The noun phrase, or an empty span behind the number."""
        return self.phrase.span if self.phrase else Span(self.end, self.end)

    @property
    def span(self) -> Span:
        """Qualifier, number and noun."""
        return Span(self.start, max(self.end, self.noun.end))

    @property
    def unit(self) -> str:
        """Id of the unit, empty where no noun tells it."""
        if self.number.kind != "count":
            return self.number.kind
        return self.phrase.unit if self.phrase else ""


@lru_cache(maxsize=8)
def _compile_qualifiers(lexicon: Lexicon) -> tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple(
        (
            concept.id,
            re.compile(rf"{pattern}[\s–-]*(?:an?\s+)?$", re.IGNORECASE),
            re.compile(
                rf"\s*{pattern}|\s*\+" if concept.id == "at-least" else rf"\s*{pattern}", re.IGNORECASE
            ),
        )
        for concept in lexicon.scheme("qualifier")
        if concept.all("pattern")
        for pattern in [compile_patterns(concept.all("pattern")).pattern]
    )


def list_candidates(
    text: str, sentence: Span, block: Span, dates: Sequence[DateMention], context: FigureContext
) -> list[Candidate]:
    """Give the numbers of a sentence that make figures, in order, without those in dates."""
    masked = [d.span for d in dates if not _is_count(text, d, sentence, context.lexicon)]
    if sentence.start == block.start and (match := _NUMBERED.match(text, sentence.start, sentence.end)):
        masked.append(Span(*match.span()))
    found: list[Candidate] = []
    for number in find_numbers(text, sentence, context.lexicon, masked):
        if found and number.span.start < found[-1].span.end:
            continue
        candidate = _make_candidate(text, sentence, number, context.lexicon)
        if _counts(text, candidate, found, sentence, context):
            found.append(candidate)
    return found


def _is_count(text: str, date: DateMention, sentence: Span, lexicon: Lexicon) -> bool:
    """Tell whether what looks like a year counts people ("2000 people")."""
    if date.kind != "year" or date.relation:
        return False
    phrase = read_phrase(text, date.span.end, sentence.end, lexicon)
    return bool(
        phrase and phrase.is_known and phrase.unit == "persons" and phrase.span.start <= date.span.end + 1
    )


def _make_candidate(text: str, sentence: Span, number: NumberMention, lexicon: Lexicon) -> Candidate:
    start, end, qualifier = _find_qualifier(text, sentence, number.span, lexicon)
    phrase = read_phrase(
        text, end, sentence.end, lexicon, singular=number.value == 1 or number.kind == "percent"
    )
    is_place = phrase is not None and phrase.unit in ("places", "other")
    if is_place and number.is_plain and _PREPOSITION.fullmatch(text, start, number.span.start):
        start, qualifier = number.span.start, "exact"  # "over five border crossings"
    if number.kind == "times":
        phrase = None
    elif phrase is None and (match := _NAMED_GROUP.search(text, sentence.start, start)):
        start, phrase = match.start(), CountedPhrase(number.span, "persons", is_known=True)
    return Candidate(number, start, end, qualifier, phrase)


def _find_qualifier(text: str, sentence: Span, number: Span, lexicon: Lexicon) -> tuple[int, int, str]:
    before, best = text[sentence.start : number.start], (number.start, number.end, "exact")
    for name, ahead, _ in _compile_qualifiers(lexicon):
        match = ahead.search(before)
        if match and name != "exact" and sentence.start + match.start() < best[0]:
            best = (sentence.start + match.start(), number.end, name)
    if best[2] != "exact":
        return best
    for name, _, behind in _compile_qualifiers(lexicon):
        if (
            (match := behind.match(text, number.end, sentence.end))
            and name != "exact"
            and re.match(r"\s*(?:or|and|\+)", match[0])
        ):
            return number.start, match.end(), name
    return best


def _counts(
    text: str, candidate: Candidate, found: Sequence[Candidate], sentence: Span, context: FigureContext
) -> bool:
    number, phrase = candidate.number, candidate.phrase
    if phrase and phrase.unit in ("none", "money"):
        return False
    if not phrase and not found and COMPARED.search(text, sentence.start, candidate.start):
        return False
    if number.kind == "times":
        left = find_left(text, sentence.start, number.span.start).of(text)
        return not any(
            (p := read_phrase(left, m.start(), len(left), context.lexicon, singular=True))
            and p.unit == "money"
            for m in re.finditer(r"(?<=\s)(?=\w)|^", left)
        )
    if number.kind == "percent":
        return True
    if number.value <= 1 or (number.is_word and number.is_plain and number.value < 2):
        return False
    is_hedged = candidate.qualifier != "exact"
    if phrase and phrase.is_known:
        return True
    if phrase:
        return number.value >= 100 or is_hedged
    if number.is_word and number.value < 100:
        return False
    if not number.is_plain or is_hedged or _OF_NUMBER.match(text, candidate.end):
        return True
    return number.value >= 20 and _is_bare_count(text, candidate, found, context)


def _is_bare_count(
    text: str, candidate: Candidate, found: Sequence[Candidate], context: FigureContext
) -> bool:
    """Digits without a noun count what was counted before in the sentence, or what a verb before them takes."""
    follows = re.match(
        r"\s*(?:[,.;:)]|$|(?:in|of|from|through|at|on|were|had|have|are|and|to|by|did|who)\b)",
        text[candidate.end : candidate.end + 12],
    )
    earlier = bool(found) or bool(context.earlier and candidate.start - context.earlier[-1].span.end < 160)
    return bool(follows) and earlier and text[candidate.end : candidate.end + 1] != "/"
