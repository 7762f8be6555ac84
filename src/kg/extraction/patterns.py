"""The pattern language of `fr:pattern`, `fr:verb` and `fr:noun`, compiled to regular expressions.

A pattern is words with single spaces between them, matched without regard to case and on word boundaries.
`arbitrar*` matches any continuation of the word, `(arrest*|taken into custody)` one of several phrases, `?` after
a word or group makes it optional, ` ... ` matches up to four words, ` .... ` up to eight. Straight quotation marks,
apostrophes and hyphens match their typographic variants.
"""

import re
from collections.abc import Iterable
from functools import lru_cache

_VARIANTS = {"'": "['’ʼ‘]", '"': '["“”„«»]', "-": "[-‐‑–]"}
_GAPS = {"...": r"(?:\s+\S+){0,4}?", "....": r"(?:\s+\S+){0,8}?"}
_ITEM = re.compile(r"\s*(\.{3,4}|[()|?]|[^\s()|?]+)")


class _Reader:
    """Recursive descent over the items of one pattern."""

    def __init__(self, pattern: str) -> None:
        self.items = _ITEM.findall(pattern)
        self.at = 0

    def read_alternatives(self) -> str:
        branches = [self._read_sequence()]
        while self._take("|"):
            branches.append(self._read_sequence())
        return "(?:" + "|".join(branches) + ")"

    def _take(self, item: str) -> bool:
        found = self.at < len(self.items) and self.items[self.at] == item
        self.at += found
        return found

    def _read_sequence(self) -> str:
        parts: list[str] = []
        is_first = True
        while self.at < len(self.items) and self.items[self.at] not in ("|", ")"):
            item = self.items[self.at]
            self.at += 1
            if item in _GAPS:
                parts.append(_GAPS[item])
                continue
            part = self._read_group() if item == "(" else _to_word(item)
            optional = self._take("?")
            parts.append(_join(part, is_first=is_first, optional=optional))
            is_first = is_first and optional
        return "".join(parts)

    def _read_group(self) -> str:
        group = self.read_alternatives()
        if not self._take(")"):
            message = f"unclosed group in pattern: {' '.join(self.items)!r}"
            raise ValueError(message)
        return group


def _join(part: str, *, is_first: bool, optional: bool) -> str:
    if is_first:
        return rf"(?:{part}\s+)?" if optional else part
    return rf"(?:\s+{part})?" if optional else rf"\s+{part}"


def _to_word(word: str) -> str:
    stem, star = (word[:-1], r"\w*") if word.endswith("*") else (word, "")
    return "".join(_VARIANTS.get(char, re.escape(char)) for char in stem) + star


@lru_cache(maxsize=4096)
def compile_pattern(pattern: str) -> re.Pattern[str]:
    """Compile one pattern.

    Raises:
        ValueError: A group is not closed.
    """
    return re.compile(rf"(?<!\w){_Reader(pattern).read_alternatives()}(?!\w)", re.IGNORECASE)


def compile_patterns(patterns: Iterable[str]) -> re.Pattern[str]:
    """Compile several patterns to one expression that matches any of them, the longest text first."""
    ordered = sorted(set(patterns), key=lambda p: (-len(p), p))
    if not ordered:
        return re.compile(r"(?!)")
    branches = "|".join(_Reader(pattern).read_alternatives() for pattern in ordered)
    return re.compile(rf"(?<!\w)(?:{branches})(?!\w)", re.IGNORECASE)
