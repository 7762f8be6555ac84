"""How much of a text the data repeat: all of it where that is allowed, else no more than short quotations."""

import re

LONGEST = 1000
"""Code points that a quotation, or anything else said of a document, has at most where it is not shown in full."""

BEGINNING = 300  # code points kept of what is longer
_FIRST_WORDS = re.compile(r"\S+(?:[^\S\n]+\S+){0,7}")  # at most eight, of one line
_LABEL = 120  # code points of first words; scripts without spaces know no end of a word


def excerpt(text: str, *, in_full: bool) -> str:
    """Give a text or, where it must not be repeated in full and is long, its beginning and an ellipsis.

    >>> len(excerpt("a" * 1001, in_full=False))
    302
    """
    return text if in_full or len(text) <= LONGEST else f"{text[:BEGINNING]} …"


def find_first_words(text: str) -> str:
    r"""Give the first words of a text, at most eight, as they stand in one line; empty where there is none.

    >>> find_first_words("  Dear Minister,\nwe write to you")
    'Dear Minister,'
    """
    match = _FIRST_WORDS.search(text)
    return match[0][:_LABEL] if match else ""
