"""Find who issues a policy: the State or body that owns it, makes it or announces it."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache

from kg.extraction.figures.places import PlaceMention, find_places
from kg.extraction.lexicon import Lexicon
from kg.model import Span

ActorAt = Callable[[Span], str | None]

_OWNED = re.compile(
    r"(?:\s+(?:\w+\s+)?{organs})?['’]s?\s+(?:[\w’'“‘\"«-]+\s+){{0,4}}[“‘\"«]?$".format(
        organs=r"(?:government|authorities|officials|administration|ministry)"
    ),
    re.IGNORECASE,
)
_BY = re.compile(r"[^,;:.]{0,80}?\b(?:by|of)\s+(?:the\s+)?", re.IGNORECASE)
_IN = re.compile(
    r"\s+(?:(?:are|is|were|was)\s+)?(?:underway|under way|ongoing|going on)?\s*in\s+(?:the\s+)?(?:neighbou?ring\s+)?$",
    re.IGNORECASE,
)
_MADE = re.compile(
    r"\b(?:announc|launch|unveil|adopt|issu|order|introduc|impos|decid|gave|give|set|said|press|has\s+justified|bars?)\w*",
    re.IGNORECASE,
)
_ITS = re.compile(r"\b(?:its|their)\s+(?:[\w“‘\"«’-]+\s+){0,3}[“‘\"«]?$", re.IGNORECASE)


@lru_cache(maxsize=8)
def _compile_organs(lexicon: Lexicon) -> re.Pattern[str]:
    words = {n for c in lexicon.scheme("governmentnoun") if c.id != "ministry" for n in c.all("noun")}
    words |= {"government", "authorities"}
    ordered = sorted(words, key=lambda w: (-len(w), w))
    return re.compile(rf"(?:['’]s)?\s+(?:\w+\s+)?(?:{'|'.join(map(re.escape, ordered))})\b", re.IGNORECASE)


def list_governments(text: str, span: Span, lexicon: Lexicon) -> list[PlaceMention]:
    """Find States that act: their names, and their demonyms before "government", "authorities" and the like."""
    organ = _compile_organs(lexicon)
    return [
        place
        for place in find_places(text, span, lexicon)
        if place.key.startswith("id/state/") and (place.kind == "name" or organ.match(text, place.span.end))
    ]


def find_issuer(
    text: str, sentence: Span, mention: Span, lexicon: Lexicon, actor_at: ActorAt | None = None
) -> str | None:
    """Find the issuer of a policy from the sentence its mention stands in.

    Args:
        text: The document's text.
        sentence: The sentence.
        mention: The words that name the policy.
        lexicon: Gives the States.
        actor_at: Tells which actor is mentioned inside a span; without it only States are found.

    Returns:
        Its key, or None where the sentence does not tell.
    """
    states = list_governments(text, sentence, lexicon)
    before = [s for s in states if s.span.end <= mention.start]
    after = [s for s in states if s.span.start >= mention.end]
    inside = [s for s in states if mention.covers(s.span)]
    for state in reversed(before):
        if _OWNED.fullmatch(text, state.span.end, mention.start):
            return state.key
    match = _BY.match(text, mention.end, sentence.end) if actor_at else None
    if actor_at and match and (actor := actor_at(Span(match.end(), min(match.end() + 60, sentence.end)))):
        return actor
    for state in (*inside, *after):
        between = text[min(mention.end, state.span.start) : state.span.start]
        if (
            _IN.fullmatch(between)
            or re.search(r"\bby\s+(?:the\s+)?$", text[mention.start : state.span.start])
            or re.match(
                r"\s+(?:struck|signed|concluded|reached)\b", text[state.span.end : state.span.end + 14]
            )
        ):
            return state.key
    verb = _MADE.search(text, sentence.start, mention.start)
    if verb and actor_at and (actor := actor_at(Span(sentence.start, verb.start()))):
        return actor
    if before and (verb or _ITS.search(text, sentence.start, mention.start)):
        return before[-1].key if _ITS.search(text, sentence.start, mention.start) else before[0].key
    return None


def find_main_state(text: str, blocks: Sequence[Span], lexicon: Lexicon) -> str | None:
    """Find the State whose acts a document is about: the one named most often, acting ones counted thrice."""
    organ, counts = _compile_organs(lexicon), Counter[str]()
    for block in blocks:
        counts.subtract(
            p.key
            for p in find_places(text, block, lexicon)
            if p.kind == "demonym" and not organ.match(text, p.span.end)
        )
    for block in blocks:
        for state in list_governments(text, block, lexicon):
            counts[state.key] += (
                3
                if organ.match(text, state.span.end)
                or text[state.span.end : state.span.end + 2] in ("’s", "'s")
                else 1
            )
    return min(counts, key=lambda key: (-counts[key], key), default=None)
