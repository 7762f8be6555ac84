"""Which of a few languages a stretch of text is in, by its commonest words."""

import functools
import re

from kg.documents.phrases import load_table

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


@functools.cache
def _stop_words() -> dict[str, frozenset[str]]:
    return {code: frozenset(words.split()) for code, words in load_table("stop-words").items()}


def guess_language(text: str) -> str | None:
    """Guess the language of a text (ISO 639-1), or None where too few common words stand in it."""
    scores = count_stop_words(text)
    best = max(scores, key=lambda code: scores[code])
    rest = max(score for code, score in scores.items() if code != best)
    return best if scores[best] >= 2 and scores[best] > rest else None


def count_stop_words(text: str) -> dict[str, int]:
    """Count, per language, the words of a text that are among its commonest."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return {code: sum(word in stop for word in words) for code, stop in _stop_words().items()}


def is_other_language(text: str, language: str) -> bool:
    """Tell whether a text is clearly in another language than `language`.

    Clearly: three common words of the other and more than twice as many as of this one.
    """
    scores = count_stop_words(text)
    own = scores.get(language)
    if own is None:
        return False
    return any(score >= 3 and score > 2 * own for code, score in scores.items() if code != language)
