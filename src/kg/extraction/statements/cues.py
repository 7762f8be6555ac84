"""Find reporting cues: verbs in all their forms, verb phrases, fixed phrases such as "according to"."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal as OneOf
from typing import NamedTuple

from kg.extraction.lexicon import Concept, Lexicon
from kg.extraction.text.tokens import Sentence
from kg.extraction.words import inflect_verb
from kg.model import Span

Morph = OneOf["base", "third", "past", "ing"]

AUXILIARIES = frozenset(
    """
    has have had is are was were been be being will would does do did can could may might must should
    """.split()
)
_BE = frozenset(
    """
    is are was were been be being get gets got
    """.split()
)
_SLOT = "_"
_SLOT_LENGTH = 3


class _Form(NamedTuple):
    """One way to write a cue: the words after its first word, and what form the first word has."""

    rest: tuple[str, ...]
    morph: Morph
    concept: Concept


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a sentence: tokens `first` to `last` (exclusive)."""

    concept: Concept
    first: int
    last: int
    span: Span
    morph: Morph
    is_passive: bool
    weight: float

    @property
    def frames(self) -> frozenset[str]:
        """Ids of the frames the cue takes."""
        return frozenset(f.removeprefix("frame-") for f in self.concept.all("frame"))

    @property
    def act(self) -> str:
        """Id of the act the cue performs by itself."""
        return self.concept.first("act", "act-report").removeprefix("act-")


@lru_cache(maxsize=4)
def _forms(lexicon: Lexicon) -> dict[str, tuple[_Form, ...]]:
    """Every first word of a cue, with what may follow it, the longest first."""
    found: dict[str, set[_Form]] = defaultdict(set)
    for concept in lexicon.scheme("cue"):
        for label in concept.labels:
            first, *rest = label.lower().split(" ")
            if "frame-source" in concept.all("frame") and first not in ("cite", "quote"):
                found[first].add(_Form(tuple(rest), "base", concept))
                continue
            for form, morph in zip(inflect_verb(first), ("base", "third", "past", "ing"), strict=True):
                found[form].add(_Form(tuple(rest), morph, concept))  # type: ignore[arg-type]
        for form in concept.all("form"):
            first, *rest = form.lower().split(" ")
            found[first].add(_Form(tuple(rest), "ing" if first.endswith("ing") else "past", concept))
    return {
        word: tuple(sorted(forms, key=lambda f: (-len(f.rest), f.concept.id, f.morph)))
        for word, forms in found.items()
    }


def find_cues(sentence: Sentence, lexicon: Lexicon) -> tuple[Cue, ...]:
    """Find the cues of a sentence outside quotation marks, in order, longest first where they overlap."""
    return tuple(_find(sentence, _forms(lexicon)))


def _find(sentence: Sentence, forms: dict[str, tuple[_Form, ...]]) -> Iterator[Cue]:
    at = 0
    words = [t for t in sentence.tokens if t.is_word and len(t.text) > 3]
    in_title_case = sum(t.is_capital for t in words) > 0.8 * len(
        words
    )  # elsewhere "State" is a name, not a verb
    while at < len(sentence.tokens):
        cue = None
        token = sentence.tokens[at]
        may_be = not sentence.quoted[at] and (at == 0 or in_title_case or not token.is_capital)
        if may_be and token.lower in forms:
            cue = _read(sentence, at, forms[sentence.tokens[at].lower])
        if cue:
            yield cue
        at = cue.last if cue else at + 1


def _read(sentence: Sentence, at: int, forms: tuple[_Form, ...]) -> Cue | None:
    tokens = sentence.tokens
    for form in forms:
        last = _match(sentence, at + 1, form.rest)
        if last is None:
            continue
        passive = form.morph == "past" and at > 0 and _follows_be(sentence, at)
        return Cue(
            form.concept,
            at,
            last,
            Span(tokens[at].start, tokens[last - 1].end),
            form.morph,
            passive,
            float(form.concept.first("weight", "0.5")),
        )
    return None


def _match(sentence: Sentence, at: int, rest: tuple[str, ...]) -> int | None:
    """Match the further words of a cue; a slot takes up to three words that are not quoted."""
    if not rest:
        return at
    if rest[0] == _SLOT:
        for skipped in range(_SLOT_LENGTH + 1):
            window = sentence.tokens[at : at + skipped]
            if any(not t.is_word and t.lower != "'s" for t in window):
                break
            if (end := _match(sentence, at + skipped, rest[1:])) is not None:
                return end
        return None
    if at < len(sentence.tokens) and sentence.tokens[at].lower == rest[0] and not sentence.quoted[at]:
        return _match(sentence, at + 1, rest[1:])
    return None


def _follows_be(sentence: Sentence, at: int) -> bool:
    """Tell whether a form of "be" stands before a token, adverbs between them."""
    for back in range(at - 1, max(-1, at - 4), -1):
        word = sentence.tokens[back].lower
        if word in _BE:
            return True
        if not (
            word.endswith("ly")
            or word in ("also", "not", "never", "once", "again", "now", "still", "already")
        ):
            return False
    return False
