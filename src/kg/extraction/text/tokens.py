"""Words and marks of a sentence, with their offsets in the document's text."""

import re
from typing import NamedTuple

from kg.model import Block, Span

_TOKEN = re.compile(
    r"(?:[A-Z]\.){2,}"  # U.N.
    r"|\d+(?:[.,'’]\d+)*\w*"  # 1,495,851 · 300'000 · 3.4m
    r"|['’]s\b"
    r"|[^\W_]+(?:(?:-|['’](?!s\b)|&)[^\W_]+)*"
    r"|[^\w\s]"
)
_SAME_LENGTH = str.maketrans(
    {
        "’": "'",
        "‘": "'",
        "ʼ": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "\u202f": " ",
        "\u2009": " ",
        "‑": "-",
        "‐": "-",
    }
)


class Token(NamedTuple):
    """A word or a mark."""

    start: int
    end: int
    text: str
    lower: str

    @property
    def is_word(self) -> bool:
        """Tell whether it is a word or number rather than a mark."""
        return self.text[0].isalnum()

    @property
    def is_capital(self) -> bool:
        """Tell whether it begins with a capital letter."""
        return self.text[0].isupper()


class Sentence(NamedTuple):
    """A sentence in its block; `quoted` tells for each token whether it stands inside quotation marks."""

    span: Span
    block: Block
    tokens: tuple[Token, ...]
    quoted: tuple[bool, ...]


def normalise(text: str) -> str:
    """Replace typographic marks by plain ones of the same length, so that offsets stay valid."""
    return text.translate(_SAME_LENGTH)


def tokenize(text: str, span: Span) -> tuple[Token, ...]:
    """Split `text[span]` into tokens."""
    return tuple(
        Token(m.start(), m.end(), m[0], normalise(m[0]).lower())
        for m in _TOKEN.finditer(text, span.start, span.end)
    )
