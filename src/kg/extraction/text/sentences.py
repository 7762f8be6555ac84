"""Split a stretch of text into sentences.

A full stop, question or exclamation mark ends a sentence where white space and something that can begin a
sentence follow, unless it belongs to an abbreviation or an initial. Closing quotation marks and brackets stay
with their sentence. Sentences inside a quotation are sentences too; which of them one quotation joins is for
`kg.extraction.text.quotations`.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extraction.lexicon import Lexicon
from kg.model import Span

_END = re.compile(r"(?<![.!?…])[.!?…]++[\"'’”»›)\]]*(?=\s)|\n\s*\n|[;:](?=\s*\n\s*[-•–*])")
_STARTER = re.compile(r"\s*[\"'‘“«‹„(\[]*(?:[A-Z0-9À-ÞŁŚŞŠŻŽİ]|[-•–]\s)")
_OPENING = re.compile(r"\s*(?:[\"“‘«]|(?:The|In|But|He|She|They|It|A|On|At|This)\b)")
_LONGEST = 2500  # characters; what runs on longer without an end is no prose, and is cut at white space
_INITIAL = re.compile(r"(?:^|[\s(\"“‘])(?:[A-Z]\.)+$")


@lru_cache(maxsize=8)
def _abbreviations(lexicon: Lexicon) -> tuple[frozenset[str], frozenset[str]]:
    before = lexicon.get("abbreviation", "before-name")
    anywhere = lexicon.get("abbreviation", "anywhere")
    return (
        frozenset(before.all("form")) if before else frozenset(),
        frozenset(anywhere.all("form")) if anywhere else frozenset(),
    )


def split_sentences(text: str, span: Span, lexicon: Lexicon) -> tuple[Span, ...]:
    """Split `text[span]` into sentences.

    Returns:
        Spans of the whole text in order, without surrounding white space; none is empty.
    """
    found: list[Span] = []
    start = span.start
    for match in _END.finditer(text, span.start, span.end):
        if match.end() >= span.end or _is_end(text, match, start, span.end, lexicon):
            found += _cut(text, Span(start, match.end()))
            start = match.end()
    found += _cut(text, Span(start, span.end))
    return tuple(s for s in found if s.end > s.start)


def _cut(text: str, span: Span) -> Iterator[Span]:
    """Cut what is too long to be a sentence, so that no text costs more than its length."""
    start = span.start
    while span.end - start > _LONGEST:
        end = text.rfind(" ", start + 1, start + _LONGEST)
        end = end if end > 0 else start + _LONGEST
        yield _strip(text, Span(start, end))
        start = end
    yield _strip(text, Span(start, span.end))


def _is_end(text: str, match: re.Match[str], start: int, limit: int, lexicon: Lexicon) -> bool:
    if not match[0].strip() or match[0][0] in ";:":
        return True
    if not _STARTER.match(text, match.end(), limit):
        return False
    stem = match[0][: len(match[0].rstrip("\"'’”»›)]"))]
    if stem != ".":
        return True
    word = text[max(start, match.start() - 24) : match.start() + 1].rsplit(maxsplit=1)[-1].lstrip("\"'“‘«(")
    before, anywhere = _abbreviations(lexicon)
    if word in before or (_INITIAL.search(word) and word not in anywhere):
        return False
    return word not in anywhere or bool(_OPENING.match(text, match.end(), limit))


def _strip(text: str, span: Span) -> Span:
    inner = text[span.start : span.end]
    left = len(inner) - len(inner.lstrip())
    return Span(span.start + left, max(span.start + left, span.start + len(inner.rstrip())))
