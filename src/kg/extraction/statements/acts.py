"""What a speaker does by saying something: the act its cue names, unless the words said tell more."""

import re
from collections import defaultdict
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.extraction.statements.cues import Cue


class _Sign(NamedTuple):
    """Words that speak for an act, in the mouth of some kinds of speakers or of all, in some modes or all."""

    act: str
    weight: float
    kinds: frozenset[str]
    modes: frozenset[str]
    pattern: re.Pattern[str]

    def speaks_in(self, content: str, mode: str, speaker_kind: str) -> bool:
        if self.kinds and speaker_kind not in self.kinds:
            return False
        return (not self.modes or mode in self.modes) and bool(self.pattern.search(content))


def choose_act(cue: Cue | None, content: str, *, mode: str, speaker_kind: str, lexicon: Lexicon) -> str:
    """Choose the act of a statement.

    The cue speaks for its own act as strongly as the act's `fr:cueWeight` says; every entry of the scheme
    `frv:actsign` that matches the content speaks for its act with its own weight.

    Args:
        cue: The reporting words, None where there are none (a headline's colon).
        content: What is said, without cue and speaker.
        mode: Id of a concept of the scheme `frv:mode`.
        speaker_kind: Class of the speaker; for a person who speaks for a body, the class of that body.
        lexicon: The compiled vocabulary.

    Returns:
        Id of a concept of the scheme `frv:act`; `report` where nothing speaks for another.
    """
    own = cue.act if cue else "report"
    scores = defaultdict(float, {own: _cue_weights(lexicon).get(own, 0.0)})
    for sign in _signs(lexicon):
        if sign.speaks_in(content, mode, speaker_kind):
            scores[sign.act] += sign.weight
    return max(scores, key=lambda act: (scores[act], act == own, act))


@lru_cache(maxsize=4)
def _signs(lexicon: Lexicon) -> tuple[_Sign, ...]:
    return tuple(
        _Sign(
            act=concept.first("act").removeprefix("act-"),
            weight=float(concept.first("weight")),
            kinds=frozenset(concept.all("speakerType")),
            modes=frozenset(mode.removeprefix("mode-") for mode in concept.all("mode")),
            pattern=compile_patterns(concept.all("pattern")),
        )
        for concept in lexicon.scheme("actsign")
    )


@lru_cache(maxsize=4)
def _cue_weights(lexicon: Lexicon) -> dict[str, float]:
    return {act.id: float(act.first("cueWeight", "0")) for act in lexicon.scheme("act")}
