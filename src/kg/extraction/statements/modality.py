"""How far a speaker stands behind what is said: asserted, possible or denied."""

import re
from functools import lru_cache

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.extraction.statements.cues import Cue

# What a relative clause says of a noun is not what the speaker claims: "the ban, which covers whoever may be at risk"
_RELATIVE = re.compile(r",?\s\b(?:which|who|whom|whose|where)\b[^,;.!?—–]*")


def find_modality(content: str, cue: Cue | None, lexicon: Lexicon) -> str:
    """Tell how far the speaker stands behind the content.

    A cue that denies ("denied", "rejected") makes the content denied. Otherwise the patterns of
    `frv:modality-possible` decide, where no longer match of `frv:modality-asserted` covers them ("could not").

    Returns:
        Id of a concept of the scheme `frv:modality`: asserted, possible or denied.
    """
    if cue and cue.act == "deny":
        return "denied"
    said = _RELATIVE.sub("", content)
    certain = [m.span() for m in _pattern("asserted", lexicon).finditer(said)]
    doubts = (m.span() for m in _pattern("possible", lexicon).finditer(said))
    doubtful = any(not any(a <= start and end <= b for a, b in certain) for start, end in doubts)
    return "possible" if doubtful else "asserted"


@lru_cache(maxsize=8)
def _pattern(modality: str, lexicon: Lexicon) -> re.Pattern[str]:
    concept = lexicon.get("modality", modality)
    return compile_patterns(concept.all("pattern") if concept else ())
