"""Organisations the world does not know: by acronym, by head noun, by apposition."""

import re

from kg.extraction.actors.cast import Cast
from kg.extraction.actors.names import CAPITAL, ORGANIZATION, trim_name
from kg.extraction.words import Words
from kg.model import Span

_ACRONYM = re.compile(rf"({ORGANIZATION})[ ]\(([A-Z][A-Za-z&-]{{1,9}})\)")
_NAME = re.compile(rf"(?<![\w'-]){ORGANIZATION}")
_APPOSITION = re.compile(
    rf"(?<![\w'-])({CAPITAL}(?:[ ](?:(?:of|for|de|del|the)[ ])?{CAPITAL}){{0,5}}),[ ](?:an?|the|one[ ]of)[ ]([^,.;:\n]{{3,90}})"
)
_PREPOSITION = re.compile(r"[ ](?:of|for|on|against|in|to|de|del|des|du|without)(?:[ ]|$)")


def find_organizations(cast: Cast, span: Span, words: Words) -> None:
    """Add organisations named in `span` that have no mention yet."""
    _find_by_acronym(cast, span, words)
    _find_by_head(cast, span, words)
    _find_by_apposition(cast, span, words)
    _find_after_noun(cast, span, words)


def _find_by_acronym(cast: Cast, span: Span, words: Words) -> None:
    for match in _ACRONYM.finditer(cast.plain, span.start, span.end):
        name_span = _trim(cast, Span(match.start(1), match.end(1)))
        known = cast.mention_ending(match.end(1))
        if (
            known is None
            and name_span
            and not cast.is_blocked(name_span, by_places=False)
            and is_acronym_of(match[2], name_span.of(cast.plain))
        ):
            name = name_span.of(cast.document.text)
            kind = find_head(name, words) or "NGO"
            key = cast.use_name(name, kind, "actor/acronym", 0.9)
            cast.add_mention(name_span, key, "mention/acronym-definition", 0.9, replace=True)
            known = cast.mention_ending(match.end(1))
        if known:
            _alias(cast, match[2], known.actor)


def _alias(cast: Cast, acronym: str, key: str) -> None:
    for match in re.finditer(rf"(?<![\w-]){re.escape(acronym)}(?![\w-])", cast.plain):
        if cast.document.body.covers(Span(match.start(), match.end())):
            cast.add_mention(Span(match.start(), match.end()), key, "mention/acronym", 0.95)


def is_acronym_of(acronym: str, name: str) -> bool:
    """Tell whether the letters of an acronym begin words of the name, in order (small words may be skipped).

    >>> is_acronym_of("CNA", "Consejo Nacional de Asilo")
    True
    """
    letters = [c for c in acronym.upper() if c.isalpha()]
    initials = [w[0].upper() for w in re.findall(r"[^\W_]+", name)]
    at = 0
    for initial in initials:
        at += at < len(letters) and letters[at] == initial
    return at == len(letters) and len(letters) >= 2


def find_head(name: str, words: Words) -> str | None:
    """Give the kind of actor that an organisation's name tells by its head noun.

    The head is the last word of the name or, where a preposition follows, of the part before it.
    """
    tokens = _PREPOSITION.split(name, maxsplit=1)[0].lower().split(" ")
    lengths = (n for n in (3, 2, 1) if len(tokens) >= n)
    return next((kind for n in lengths if (kind := words.heads.get(" ".join(tokens[-n:])))), None)


def _find_by_head(cast: Cast, span: Span, words: Words) -> None:
    text = _mask(cast, span)
    for match in _NAME.finditer(text):
        found = Span(span.start + match.start(), span.start + match.end())
        for part in _candidates(cast, found):
            name = part.of(cast.document.text)
            kind = find_head(name, words)
            if (
                kind
                and " " in name
                and not cast.is_blocked(part, by_places=False)
                and not _is_no_organization(cast, part, words)
            ):
                key = _same_organization(cast, name) or cast.use_name(
                    name, kind, "actor/head-noun", 0.85, parent=_owner(cast, part)
                )
                if cast.add_mention(part, key, "mention/head-noun", 0.85, replace=True):
                    _take_short_forms(cast, key)
                    break


def _is_no_organization(cast: Cast, span: Span, words: Words) -> bool:
    """Tell whether capitals are those of an address, of a topic ("Human Rights") or of the start of a sentence."""
    name = span.of(cast.plain)
    first, *rest = name.lower().split(" ")
    if first in words.sources and name.startswith(" of the ", len(first)):
        return True  # "Volunteers of the Sahel Network" are not the network
    is_topic = all(w in words.heads or w in ("human", "urgent", "civil") for w in (first, *rest))
    return is_topic or "," in name.split(" and ")[0].split(" ")[0] or bool(re.search(r"\d", name))


def _candidates(cast: Cast, span: Span) -> list[Span]:
    """The whole sequence, then what stands before or after "and" and commas in it."""
    whole = _trim(cast, span)
    if whole is None:
        return []
    pieces = [whole]
    text = whole.of(cast.plain)
    for joint in re.finditer(
        r",?[ ]and[ ](?:the[ ])?|,[ ](?:the[ ])?|[ ](?:in|to|with|by|of|for|from)[ ](?:the[ ])?", text
    ):
        pieces += [
            p
            for p in (
                _trim(cast, Span(whole.start, whole.start + joint.start())),
                _trim(cast, Span(whole.start + joint.end(), whole.end)),
            )
            if p
        ]
    return pieces


def _trim(cast: Cast, span: Span) -> Span | None:
    name = span.of(cast.plain)
    kept = trim_name(name)
    if not kept:
        return None
    start = span.start + name.find(kept)
    return Span(start, start + len(kept))


def _mask(cast: Cast, span: Span) -> str:
    """The text with known organisations and persons blanked, so that no sequence runs over them."""
    text = list(span.of(cast.plain))
    for mention in cast.mentions_in(span):
        if mention.evidence.rule == "mention/world" and cast.kind_of(mention.actor) == "State":
            continue
        for at in range(mention.span.start - span.start, mention.span.end - span.start):
            text[at] = "\0"
    return "".join(text)


def _owner(cast: Cast, span: Span) -> str | None:
    states = [m.actor for m in cast.mentions_in(span) if cast.kind_of(m.actor) == "State"]
    return states[0] if states else None


def _same_organization(cast: Cast, name: str) -> str | None:
    """A short form of a longer name (same last word, words in the same order) is the same organisation."""
    alike = ((key, cast.actors[key]) for key in cast.find_alike(name))
    return next((key for key, actor in alike if actor.named and _is_short_form(name, actor.name)), None)


def _take_short_forms(cast: Cast, key: str) -> None:
    """A title may name an organisation in short before the text names it in full."""
    full = cast.actors[key].name
    short = [
        k
        for k in cast.find_alike(full)
        if k.startswith("#")
        and (a := cast.actors[k]).evidence.rule == "actor/head-noun"
        and _is_short_form(a.name, full)
    ]
    for other in short:
        cast.rename(other, key)


def _is_short_form(short: str, full: str) -> bool:
    """Tell whether a name is a longer one with words left out.

    >>> _is_short_form("Lake Volta Union", "Lake Volta Fishers Union")
    True
    """
    tokens, known = short.lower().split(" "), full.lower().split(" ")
    if not len(known) > len(tokens) > 1 or known[-1] != tokens[-1]:
        return False
    rest = iter(known)
    return known[-len(tokens) :] == tokens or (tokens[0] == known[0] and all(t in rest for t in tokens))


def _find_by_apposition(cast: Cast, span: Span, words: Words) -> None:
    for match in _APPOSITION.finditer(cast.plain, span.start, span.end):
        noun = next(
            (
                n
                for n in _nouns(match[2])
                if words.sources.get(n) in ("organization", "media", "group") or n in words.heads
            ),
            None,
        )
        name_span = _trim(cast, Span(match.start(1), match.end(1)))
        is_adverb = name_span and re.fullmatch(r"\w+ly", name_span.of(cast.plain))
        if not noun or not name_span or is_adverb or cast.is_blocked(name_span):
            continue
        if not re.search(r"\bwho\b", match[2]):
            kind = "MediaOrganization" if words.sources.get(noun) == "media" else "NGO"
            key = cast.use_name(name_span.of(cast.document.text), kind, "actor/apposition", 0.8)
            cast.add_mention(name_span, key, "mention/apposition", 0.8)


_AFTER_NOUN = re.compile(
    rf"(?<![\w'-])(?:[Tt]he|[Aa]n?|by|newspaper|daily)[ ]((?:[a-z-]+[ ]){{1,4}})({CAPITAL}(?:[ ](?:of[ ])?{CAPITAL}){{0,4}})"
)


def _find_after_noun(cast: Cast, span: Span, words: Words) -> None:
    """Such as "the border network Manos Abiertas", "the newspaper Al-Bahri"."""
    for match in _AFTER_NOUN.finditer(cast.plain, span.start, span.end):
        noun = match[1].strip().split(" ")[-1]
        kind = words.sources.get(noun)
        name_span = _trim(cast, Span(match.start(2), match.end(2)))
        if kind in ("organization", "media") and name_span and not cast.is_blocked(name_span):
            actor_kind = "MediaOrganization" if kind == "media" else "NGO"
            key = cast.use_name(name_span.of(cast.document.text), actor_kind, "actor/after-noun", 0.75)
            cast.add_mention(name_span, key, "mention/after-noun", 0.75)


def _nouns(phrase: str) -> list[str]:
    """Words of an apposition before its first preposition or relative clause, the head last, then first."""
    head = re.split(r"[ ](?:of|for|in|on|at|that|which|who|based|from|with|to)[ ]", phrase, maxsplit=1)[0]
    tokens = head.lower().split(" ")
    return [" ".join(tokens[-n:]) for n in (2, 1) if len(tokens) >= n]
