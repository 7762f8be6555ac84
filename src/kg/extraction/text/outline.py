"""The outline of a document for attribution: its sentences, none of which ends inside a quotation."""

import re

from kg.extraction.lexicon import Lexicon
from kg.extraction.text.quotations import Quotation, find_overlapping, find_quotations
from kg.extraction.text.sentences import split_sentences
from kg.extraction.text.tokens import Sentence, tokenize
from kg.model import Block, Document, Span

_LONGEST = 6000  # characters; a longer quotation in one paragraph does not hold its sentences together
SPOKEN = ("title", "subtitle", "heading", "paragraph", "list-item", "quote", "caption", "letter")
"""Kinds of blocks in which statements are looked for sentence by sentence."""


def outline(document: Document, lexicon: Lexicon) -> tuple[tuple[Sentence, ...], tuple[Quotation, ...]]:
    """Give the sentences of the blocks in which somebody may speak, and the quotations of all blocks."""
    quotations = find_quotations(document.text, [b.span for b in document.blocks])
    sentences: list[Sentence] = []
    for block in document.blocks:
        if block.kind in SPOKEN:
            inside = find_overlapping(quotations, block.span)
            sentences += _split(document.text, block, inside, lexicon, document.dateline)
    return tuple(sentences), quotations


def _skip_dateline(text: str, block: Span, dateline: Span | None) -> int:
    """Where a block's first sentence begins: behind the dateline and the dash or colon that closes it."""
    if dateline is None or not block.covers(dateline) or dateline.start - block.start > 3:
        return block.start
    closing = re.compile(r"[^\n–—:-]{0,60}?(?:[–—:]|--?)\s+").match(text, dateline.end, block.end)
    return closing.end() if closing else block.start


def _split(
    text: str, block: Block, quotations: tuple[Quotation, ...], lexicon: Lexicon, dateline: Span | None
) -> list[Sentence]:
    spans: list[Span] = []
    inner = Span(_skip_dateline(text, block.span, dateline), block.span.end)
    for span in split_sentences(text, inner, lexicon):
        if spans and _is_inside(spans[-1], quotations) and span.end - spans[-1].start < _LONGEST:
            spans[-1] = Span(spans[-1].start, span.end)
        else:
            spans.append(span)
    return [_to_sentence(text, span, block, quotations) for span in spans]


def _to_sentence(text: str, span: Span, block: Block, quotations: tuple[Quotation, ...]) -> Sentence:
    tokens = tokenize(text, span)
    inside = find_overlapping(quotations, span)
    quoted = tuple(
        any(q.outer.covers(Span(t.start, t.end)) for q in find_overlapping(inside, Span(t.start, t.end)))
        for t in tokens
    )
    return Sentence(span, block, tokens, quoted if inside else (False,) * len(tokens))


def _is_inside(span: Span, quotations: tuple[Quotation, ...]) -> bool:
    """Tell whether a sentence ends inside a quotation."""
    end = Span(span.end, span.end + 1)
    return any(q.outer.start < span.end < q.outer.end for q in find_overlapping(quotations, end))
