"""How far a content reaches: to the end of its sentence, or to where the next attribution begins."""

import re

from kg.extraction.statements.clauses import look_left
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.scene import SURE, Scene
from kg.extraction.statements.subjects import agrees, find_subject
from kg.extraction.text.tokens import Sentence


def find_limit(scene: Scene, cue: Cue) -> int:
    """Where a content ends: at the end of the sentence, or where the next attribution begins."""
    for other in scene.cues:
        if other.first < cue.last or (other.weight < SURE and other.concept.label != "cite"):
            continue
        before = scene.sentence.tokens[other.first - 1]
        if "source" in other.frames and other.morph == "base":
            is_leading = scene.plain[cue.span.end : before.start].strip() in ("", "that")
            if before.text == "," and not is_leading:
                return before.start
            continue
        if other.morph == "ing" and not is_progressive(scene.sentence, other):
            closing = re.search(r",\s+that\b", scene.plain[other.span.end : other.span.end + 80])
            if before.text == "," and not closing:
                return before.start
            continue
        left = look_left(scene.sentence, other, scene.cast)
        if left.is_negated or other.is_passive:
            continue
        if left.joins and left.phrase is None and agrees(cue, other) and before.lower in ("and", "but", ","):
            if is_adjective(scene.sentence, other) or (before.text == "," and other.morph != cue.morph):
                continue
            earlier = scene.sentence.tokens[other.first - 2] if other.first > 1 else before
            return earlier.start if earlier.text == "," else before.start
        if left.phrase is None:
            continue
        cut = _find_clause_start(scene, left.phrase.start, cue.span.end)
        if cut and find_subject(scene, left, other):
            semicolon = scene.plain.find("; ", cue.span.end, cut)
            return semicolon if semicolon >= 0 else cut
    concession = re.search(r",\s(?:al)?though\s", scene.plain[cue.span.end : scene.sentence.span.end])
    return cue.span.end + concession.start() if concession else scene.sentence.span.end


def _find_clause_start(scene: Scene, subject: int, floor: int) -> int | None:
    """Where the clause of another subject begins, if a comma or dash sets it off."""
    before = scene.sentence.span.start, subject
    match = re.search(
        r"\s*[,;:—–][\"'»]?\s*(?:(?:and|but|while|where|which|as|although|though|whereas)\s+)?(?:\w+ly,?\s+)?$",
        scene.plain[before[0] : before[1]],
    )
    at = before[0] + match.start() if match else -1
    return at if at > floor + 3 else None


def is_adjective(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a past form stands before a noun: "curfews and reported thefts"."""
    if "nominal" not in cue.frames:
        return False
    before = sentence.tokens[cue.first - 1].lower if cue.first else ""
    after = sentence.tokens[cue.last] if cue.last < len(sentence.tokens) else None
    if (
        cue.morph != "past"
        or cue.last - cue.first > 1
        or after is None
        or before not in ("and", "or", "the", "a", "of", "alleged")
    ):
        return False
    return (
        after.lower.endswith("s")
        and after.text.isalpha()
        and after.text.islower()
        and after.lower not in ("its", "this", "his", "as")
    )


_NOUN_BEFORE = frozenset(
    """
    of by from against about for have had were was are has is will would which that
    """.split()
)


def is_noun(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a present form is the plural noun of its spelling: "the refugee claims of 157 people"."""
    if cue.morph not in ("third", "base") or cue.last - cue.first > 1 or cue.last >= len(sentence.tokens):
        return False
    follows = sentence.tokens[cue.last].lower
    return follows in _NOUN_BEFORE and not (follows == "that" and "clause" in cue.frames)


_ANONYMOUS = re.compile(
    r" (?:not to be|to remain|to be identified|for anonymity|anonymity|that (?:his|her|their) (?:\w+ )?(?:names?|identity))\b"
)


def is_anonymity(plain: str, cue: Cue) -> bool:
    """Tell whether a source asks to stay unnamed: "who asked not to be named" says nothing else."""
    return _ANONYMOUS.match(plain, cue.span.end) is not None


def is_progressive(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether an -ing form is finite: "is urging"."""
    back = sentence.tokens[cue.first - 1].lower if cue.first else ""
    return back in ("is", "are", "was", "were", "been")
