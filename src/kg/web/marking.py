"""A text cut into paragraphs and pieces, so that overlapping facts can be marked in it."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.model import Span

_PARAGRAPH = re.compile(r"[^\n]+")


class Mark(NamedTuple):
    """A fact and where it stands; `name` is the fragment of its IRI."""

    name: str
    kind: str  # local name of its class
    span: Span


class Piece(NamedTuple):
    """A stretch of text over which the same marks lie, the widest first."""

    text: str
    marks: tuple[Mark, ...]
    begins: frozenset[str]  # names of the marks that begin here for the first time


Paragraph = tuple[Piece, ...]


def merge_spans(spans: Iterable[Span]) -> list[Span]:
    """Join spans that overlap or touch, and sort them."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def cut(text: str, window: Span, marks: Sequence[Mark], seen: set[str]) -> list[Paragraph]:
    """Cut a part of a text into paragraphs of pieces.

    Args:
        text: The whole text.
        window: The part that is wanted.
        marks: What lies over the text.
        seen: Names of marks that began earlier; those that begin here are added.
    """
    found = _PARAGRAPH.finditer(text, max(0, window.start), min(window.end, len(text)))
    return [tuple(_cut_paragraph(text, Span(*m.span()), marks, seen)) for m in found if m[0].strip()]


def _cut_paragraph(text: str, span: Span, marks: Sequence[Mark], seen: set[str]) -> Iterable[Piece]:
    inside = [mark for mark in marks if mark.span.overlaps(span)]
    edges = {span.start, span.end, *(edge for mark in inside for edge in mark.span)}
    points = sorted(edge for edge in edges if span.start <= edge <= span.end)
    for start, end in pairwise(points):
        over = [mark for mark in inside if mark.span.covers(Span(start, end))]
        over.sort(key=lambda mark: mark.span.start - mark.span.end)  # what is equally wide keeps its order
        begins = frozenset(mark.name for mark in over) - seen
        seen |= begins
        yield Piece(text[start:end], tuple(over), begins)
