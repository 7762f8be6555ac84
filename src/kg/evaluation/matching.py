"""When two annotations mean the same: names, words, spans, and one-to-one pairs."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

THRESHOLD = 0.5  # token F1 from which two texts mean the same
_POSSESSIVE = re.compile(r"(?<=\w)'s?(?!\w)")
_APOSTROPHE = re.compile("[‘’ʼ`´]")
_TOKEN = re.compile(r"\d+(?:[.,']\d+)*|[^\W_]+")
_WORD = re.compile(r"[^\W_]+")
_STOP = frozenset(
    (
        "a",
        "an",
        "the",
        "and",
        "or",
        "of",
        "in",
        "on",
        "at",
        "to",
        "for",
        "from",
        "by",
        "with",
        "other",
        "some",
        "many",
        "several",
        "including",
    )
)

Annotation = dict[str, Any]


def _simplify(text: object) -> str:
    """Fold case, accents, apostrophes and possessives; what is no string is empty."""
    decomposed = unicodedata.normalize("NFKD", text if isinstance(text, str) else "")
    plain = "".join(c for c in decomposed if not unicodedata.combining(c)).casefold()
    return _POSSESSIVE.sub("", _APOSTROPHE.sub("'", plain))


def to_tokens(text: object) -> list[str]:
    """Split a text into words and numbers."""
    return _TOKEN.findall(_simplify(text))


def to_form(name: object) -> str:
    """Normalise a name: its words without a leading article."""
    words = _WORD.findall(_simplify(name))
    return " ".join(words[1:] if len(words) > 1 and words[0] == "the" else words)


def token_f1(one: Sequence[str], other: Sequence[str]) -> float:
    """Give the F1 of two bags of tokens; 0 where one is empty."""
    if not one or not other:
        return 0.0
    return 2 * sum((Counter(one) & Counter(other)).values()) / (len(one) + len(other))


def find_overlap(text: str, one: str, other: str) -> float | None:
    """Give the best intersection over union of two strings where they stand in a text.

    None where one of them does not stand in it.
    """
    ones, others = _find_all(text, one), _find_all(text, other)
    return max((_overlap(a, b) for a in ones for b in others), default=None)


def _find_all(text: str, part: str) -> list[tuple[int, int]]:
    if not part:
        return []
    return [(m.start(), m.start() + len(part)) for m in re.finditer(f"(?={re.escape(part)})", text)]


def _overlap(one: tuple[int, int], other: tuple[int, int]) -> float:
    shared = max(0, min(one[1], other[1]) - max(one[0], other[0]))
    return shared / (max(one[1], other[1]) - min(one[0], other[0]))


def find_pairs(
    golds: int, predictions: int, weigh: Callable[[int, int], float | None]
) -> list[tuple[int, int]]:
    """Pair positions one to one, the greatest weight first, ties in the order of the positions.

    Args:
        golds: How many there are on the gold side.
        predictions: How many there are on the predicted side.
        weigh: Gives the weight of a pair; None where the two cannot match.
    """
    weighed = [(weigh(g, p), g, p) for g in range(golds) for p in range(predictions)]
    candidates = sorted((-weight, g, p) for weight, g, p in weighed if weight is not None)
    chosen: dict[int, int] = {}
    for _, gold, prediction in candidates:
        if gold not in chosen and prediction not in chosen.values():
            chosen[gold] = prediction
    return sorted(chosen.items())


def list_rows(annotation: object, key: str) -> list[Annotation]:
    """Give the objects of a list; empty where there is none."""
    found = annotation.get(key) if isinstance(annotation, dict) else None
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def list_strings(row: Annotation, key: str) -> list[str]:
    """Give the strings of a list, or one string as a list."""
    found = row.get(key)
    if isinstance(found, str):
        return [found]
    return [value for value in found if isinstance(value, str)] if isinstance(found, list) else []


class Names:
    """The actors of one side, each with all normalised forms of its name."""

    def __init__(self, annotation: Annotation) -> None:
        self.forms = [
            {to_form(name) for name in [actor.get("name"), *list_strings(actor, "surface")]} - {""}
            for actor in list_rows(annotation, "actors")
        ]

    def spell_out(self, name: str) -> tuple[set[str], bool]:
        """Give all forms of the actors that bear a name, and whether there is one."""
        form = to_form(name)
        found = [forms for forms in self.forms if form in forms]
        return (set().union(*found) if found else {form}) - {""}, bool(found)


def is_same_actor(golds: Names, predictions: Names, gold: object, prediction: object) -> bool:
    """Tell whether two names denote the same actor; joint speakers, if one of them does."""
    return _match(golds, predictions, gold, prediction, by_words=False)


def is_same_party(golds: Names, predictions: Names, gold: object, prediction: object) -> bool:
    """Tell the same where unnamed groups, which no list has, are compared by their words."""
    return _match(golds, predictions, gold, prediction, by_words=True)


def _match(golds: Names, predictions: Names, gold: object, prediction: object, *, by_words: bool) -> bool:
    if not isinstance(gold, str) or not isinstance(prediction, str):
        return gold is None and prediction is None
    for one in gold.split(";"):
        for other in prediction.split(";"):
            (forms, is_known), (others, is_other_known) = golds.spell_out(one), predictions.spell_out(other)
            if forms & others:
                return True
            if by_words and not is_known and not is_other_known and _share_words(one, other):
                return True
    return False


def _share_words(one: str, other: str) -> bool:
    tokens = [[token for token in to_tokens(side) if token not in _STOP] for side in (one, other)]
    return token_f1(*tokens) >= THRESHOLD
