"""Find who is named in a document."""

import re
from collections.abc import Iterable
from functools import lru_cache

from kg.extraction.actors.cast import Cast
from kg.extraction.actors.gazetteer import Hit, find_names
from kg.extraction.actors.governments import find_governments, find_ministries
from kg.extraction.actors.names import CAPITAL
from kg.extraction.actors.organizations import find_organizations
from kg.extraction.actors.persons import find_affiliated, find_persons, find_short_names, find_signatures
from kg.extraction.lexicon import Concept, Lexicon
from kg.extraction.patterns import compile_patterns
from kg.extraction.words import Words, compile_words
from kg.model import Document, Span

_LATER = ("State", "DeFactoAuthority", "Place")
_SOURCE_KINDS = ("person", "group", "organization")


def find_actors(document: Document, lexicon: Lexicon) -> Cast:
    """Find the named actors of a document with their mentions and posts.

    Order matters: names of the world first, then governments, organisations, persons, and last the short forms of
    names that were introduced in full anywhere in the document.
    """
    cast, words = Cast(document, lexicon), compile_words(lexicon)
    cast.blocked = _find_all(_blocked_names(lexicon), document.text)
    cast.peoples = _find_all(_peoples(lexicon), document.text)
    spans = [block.span for block in document.blocks]
    hits = {span: find_names(document.text, span, lexicon) for span in spans}
    cast.places = tuple(sorted(hit.span for found in hits.values() for hit in found if hit.kind == "Place"))
    for span in spans:
        for hit in hits[span]:
            if hit.form == "label" and hit.kind not in _LATER and not _is_adjective(cast, hit, words):
                cast.add_mention(hit.span, cast.use_world(hit.key), "mention/world", 0.97)
    for span in spans:
        find_governments(cast, hits[span], span)
    for span in spans:
        find_ministries(cast, span)
        find_organizations(cast, span, words)
    for block in document.blocks:
        find_persons(cast, block.span, words)
    for span in _join_addresses(document):
        find_signatures(cast, span, words)
    for span in spans:
        find_affiliated(cast, span, words)
    find_short_names(cast, spans)
    return cast


def _join_addresses(document: Document) -> list[Span]:
    """Join the lines of each address: blocks of kind address with nothing but a line break between them."""
    joined: list[Span] = []
    for block in document.blocks:
        if block.kind != "address":
            continue
        if joined and document.text[joined[-1].end : block.span.start] == "\n":
            joined[-1] = Span(joined[-1].start, block.span.end)
        else:
            joined.append(block.span)
    return joined


def _is_adjective(cast: Cast, hit: Hit, words: Words) -> bool:
    """In "UN agencies", "EU officials" the organisation is not itself the one that speaks.

    It is named where one person speaks for it: "UNHCR spokesperson Ewa Nowak".
    """
    role = words.roles.match(cast.plain, hit.span.end + 1)
    if role and re.match(rf"[ ]{CAPITAL}", cast.plain[role.end() : role.end() + 40]):
        return False
    following = re.match(r"[ ]([a-z-]+)\b", cast.plain[hit.span.end : hit.span.end + 40])
    return bool(
        following
        and hit.kind == "IntergovernmentalOrganization"
        and words.sources.get(following[1]) in _SOURCE_KINDS
    )


@lru_cache(maxsize=4)
def _blocked_names(lexicon: Lexicon) -> re.Pattern[str]:
    """Names in capitals that are no actors: instruments and policies."""
    named = {p for c in lexicon.scheme("instrument") for p in c.all("pattern")}
    return compile_patterns(
        named | _capitals((*lexicon.scheme("instrument"), *lexicon.entities.get("Policy", ())))
    )


@lru_cache(maxsize=4)
def _peoples(lexicon: Lexicon) -> re.Pattern[str]:
    """Names in capitals of those who are spoken of: "Rohingya", "Afghan Citizen Card holders"."""
    names = _capitals(lexicon.scheme("population"))
    return compile_patterns(names | {f"{name}s" for name in names})


def _capitals(concepts: Iterable[Concept]) -> set[str]:
    return {label for c in concepts for label in c.labels if not label.islower()}


def _find_all(pattern: re.Pattern[str], text: str) -> tuple[Span, ...]:
    return tuple(Span(m.start(), m.end()) for m in pattern.finditer(text))
