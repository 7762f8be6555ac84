"""Letters, and demands in a list: content that no sentence of its own attributes."""

import re
from collections.abc import Sequence

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.speakers import Speaker
from kg.extraction.text.tokens import Sentence
from kg.model import Block, Span

_SALUTATION = re.compile(
    r"\s*(?:Dear|Your Excellency|Excellency|To (?:the|his|her)|Yours? (?:sincerely|faithfully|truly)|Sincerely|Respectfully)\b",
    re.IGNORECASE,
)


def find_letters(cast: Cast, voice: str | None) -> list[Draft]:
    """Find the letters a document holds: each is one statement of whoever publishes it.

    Args:
        cast: The cast of the document.
        voice: The actor who speaks in the document's own voice; without one a letter has no known author.
    """
    if voice is None:
        return []
    letters: list[list[Block]] = []
    previous: Block | None = None
    for block in cast.document.blocks:
        if block.kind == "letter":
            if previous is None or previous.kind != "letter":
                letters.append([])
            letters[-1].append(block)
        previous = block
    return [draft for blocks in letters if (draft := _to_draft(cast, blocks, voice))]


def _to_draft(cast: Cast, blocks: Sequence[Block], voice: str) -> Draft | None:
    content = [b.span for b in blocks if not _SALUTATION.match(cast.plain, b.span.start, b.span.end)]
    if not content:
        return None
    greeting = next((b.span for b in blocks if _SALUTATION.match(cast.plain, b.span.start, b.span.end)), None)
    whom = tuple(dict.fromkeys(m.actor for m in cast.mentions_in(greeting))) if greeting else ()
    heading = _heading_before(cast, blocks[0])
    cue = heading or greeting or Span(content[0].start, content[0].start)
    whole = Span(min(cue.start, content[0].start), content[-1].end)
    return Draft(
        Speaker((voice,), cue, 0.9, "letter"),
        content,
        Sentence(whole, blocks[0], (), ()),
        "statement/letter",
        0.85,
        None,
        cue if cue.end > cue.start else None,
        whom,
        is_quotation=True,
        until=content[-1].end,
    )


def _heading_before(cast: Cast, block: Block) -> Span | None:
    earlier = [b for b in cast.document.blocks if b.span.end <= block.span.start]
    if not earlier or len(earlier[-1].span.of(cast.plain).split()) > 8:
        return None
    return earlier[-1].span


def find_listed_demands(sentences: Sequence[Sentence], at: int, cast: Cast) -> list[Span]:
    """Give the list items that follow a sentence which ends in a colon."""
    sentence = sentences[at]
    if sentence.span.end < sentence.block.span.end or not sentence.span.of(cast.plain).rstrip().endswith(":"):
        return []
    items: list[Span] = []
    for following in sentences[at + 1 :]:
        if following.block.kind != "list-item":
            break
        if items and items[-1].end > following.block.span.start:
            continue
        items.append(following.block.span)
    return items
