"""Puts a plain text together from paragraphs whose kinds the format names."""

from collections.abc import Iterable

from kg.model import Block, Span
from kg.model.document import BlockKind


def join_paragraphs(paragraphs: Iterable[tuple[BlockKind, str]]) -> tuple[str, tuple[Block, ...]]:
    """Join paragraphs by blank lines.

    Returns:
        The text, and a mark for every paragraph that is not a plain one.
    """
    parts: list[str] = []
    marks: list[Block] = []
    at = 0
    for kind, paragraph in paragraphs:
        content = paragraph.strip()
        if content:
            if kind != "paragraph":
                marks.append(Block(kind, Span(at, at + len(content))))
            parts.append(content)
            at += len(content) + 2
    return "\n\n".join(parts), tuple(marks)
