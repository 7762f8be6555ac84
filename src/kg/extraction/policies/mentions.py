"""Find the words that name or describe a policy: a title, a curated name, a description, or an anaphor."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.extraction.figures.places import find_places
from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.extraction.policies.issuers import find_issuer
from kg.model import Span

Strength = Literal["curated", "named", "described", "act", "modified", "again"]
ActorAt = Callable[[Span], str | None]

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_CLAUSE = 3  # words that a clause after "under which" has at least
_STOP = re.compile(
    r"\s(?:back|by|days|weeks|from|amid|as|after|since|because|when|while|which|despite|without any|marked|ending|has|have|had|is|are|"
    rf"was|were|will|would|said|in (?:line|(?:\w+ )?(?:breach|violation)|the|recent|{_MONTHS}|\d)|before|on (?:X|Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|\d)|and (?:\w+ed|align|that|take|the|its|is|was|has)|more than|at least"
    r"|violates?|breach(?:es|ed)|stands?|remains?|means|covers?|applies|affects?|began|begins|ends|expires?|could|can|may|must|should)\b"
    r"|\s*[,;:.!?”\"»«()–—’](?!s\b)|\s*$"
)
_OF_DATE = r"\s+of\s+(?:\d{1,2}(?:st|nd|rd|th)?\s+[A-Z][a-z]+(?:\s+\d{4})?|[A-Z][a-z]+\s+\d{1,2}(?:,?\s+\d{4})?|[A-Z][a-z]{2,8}\s+\d{4})"
_MADE = r"(?:\s+(?:adopted|issued|made|announced|signed|passed|taken|in)\b[^,;:.]{0,60}?)?"


class PolicyMention(NamedTuple):
    """Words that speak of a policy.

    `noun` is the id of the policy noun, `kind` its kind; `same_as` the key of a curated policy.
    """

    span: Span
    name: str
    noun: str
    kind: str
    strength: Strength
    issuer: str | None
    same_as: str | None = None


@dataclass(frozen=True, eq=False)
class _Patterns:
    nouns: dict[str, tuple[str, str]]  # singular form: id, kind
    curated: dict[str, tuple[str, str]]  # label: key, issuer
    curated_names: re.Pattern[str]
    titled: re.Pattern[str]
    numbered: re.Pattern[str]
    dated: re.Pattern[str]
    struck: re.Pattern[str]
    described: re.Pattern[str]
    modified: re.Pattern[str]
    acts: re.Pattern[str]
    again: re.Pattern[str]
    returns: re.Pattern[str]
    people: re.Pattern[str]
    instruments: re.Pattern[str]


@lru_cache(maxsize=8)
def _compile(lexicon: Lexicon) -> _Patterns:
    nouns = {label: (c.id, c.first("policyKind")) for c in lexicon.scheme("policynoun") for label in c.labels}
    curated = {
        _plain(label): (entity.id, entity.first("issuer"))
        for entity in lexicon.entities.get("Policy", ())
        for label in entity.labels
    }
    topics = {c.id: compile_patterns(c.all("pattern")) for c in lexicon.scheme("policytopic")}
    instruments = [label for c in lexicon.scheme("instrument") for label in c.labels]
    head = _alternate(label for label, (_, kind) in nouns.items() if kind != "act")
    capital = _alternate(label[0].upper() + label[1:] for label, (_, kind) in nouns.items() if kind != "act")
    texts = _alternate(label for label, (_, kind) in nouns.items() if kind == "instrument")
    texts += "|order|directive|notice"
    deal = _alternate(label for label, (name, _) in nouns.items() if name == "agreement")
    act = _alternate(label for label, (_, kind) in nouns.items() if kind == "act")
    word = r"[\w‑’'-]+"
    return _Patterns(
        nouns,
        curated,
        re.compile(rf"(?<!\w)(?:{_vary(_alternate(curated))})(?!\w)"),
        re.compile(
            rf"[“\"‘«]?\b(?P<name>(?:[A-Z]{word}\s+(?:(?:of|for|and|the|on)\s+)*){{1,6}}(?P<noun>{capital}))\b"
        ),
        re.compile(rf"\b(?P<name>(?P<noun>{capital})\s+(?:\d+/\d+|No\.?\s*\d+)\b)"),
        re.compile(rf"\b(?P<name>(?:[a-z]{{4,}}\s+)?(?P<noun>{texts}){_OF_DATE})"),
        re.compile(
            rf"\b(?P<name>(?P<noun>{deal})\s+(?:that\s+)?(?:[A-Z]\w+\s+){{0,3}}(?:struck|signed|concluded|reached|agreed|made)\s+with\s+[^,;:.]{{3,60}})"
        ),
        re.compile(
            rf"\b(?P<noun>{head})s?(?P<made>{_MADE})(?:,(?=\s+targeting))?\s+(?P<link>to|on|of|for|against|that|targeting|under which)\s+(?P<rest>[^;:.\n]{{4,160}})"
        ),
        re.compile(rf"\b(?P<name>(?P<modifier>{word})\s+(?P<noun>{head})s?)\b"),
        re.compile(
            rf"\bannounc(?:ed|es|ing)\s+(?:the\s+|an?\s+)?(?P<name>(?:mass\s+)?(?P<noun>{act})s?\s+of\s+[^,;:.\n]{{4,80}})"
        ),
        re.compile(
            rf"\b(?:[Tt]he|[Tt]his|[Ii]ts|[Tt]heir|[Ss]uch)\s+(?:[a-z][a-z‑-]+\s+){{0,2}}?(?P<noun>{head})s?\b"
        ),
        topics.get("return", re.compile(r"(?!)")),
        topics.get("people", re.compile(r"(?!)")),
        re.compile(rf"(?:{_alternate(instruments)})"),
    )


def _plain(name: str) -> str:
    """Write a name with straight apostrophes and plain hyphens."""
    return re.sub(r"[‐‑–]", "-", name.replace("’", "'"))


def _vary(pattern: str) -> str:
    """Let apostrophes and hyphens of a pattern match their typographic variants."""
    return pattern.replace("'", "['’]").replace(r"\-", "[-‐‑–]")


def _alternate(words: Iterable[str]) -> str:
    ordered = sorted(set(words), key=lambda w: (-len(w), w))
    return "|".join(map(re.escape, ordered)) or r"(?!)"


def find_policy_mentions(
    text: str, sentence: Span, lexicon: Lexicon, actor_at: ActorAt | None = None
) -> tuple[PolicyMention, ...]:
    """Find the mentions of policies in a sentence, anaphoric ones included.

    Args:
        text: The document's text.
        sentence: The sentence.
        lexicon: Gives policy nouns, topics and the curated policies.
        actor_at: Tells which actor is mentioned inside a span; without it only States are found.

    Returns:
        Mentions in order, without overlap; the stronger of two that overlap stays.
    """
    patterns = _compile(lexicon)
    kept: list[PolicyMention] = []
    for mention in (
        *_find_curated(text, sentence, patterns),
        *_find_named(text, sentence, patterns),
        *_find_described(text, sentence, patterns),
        *_find_acts(text, sentence, patterns),
        *_find_modified(text, sentence, patterns, lexicon),
        *_find_again(text, sentence, patterns),
    ):
        if not any(mention.span.overlaps(other.span) for other in kept):
            known = actor_at if mention.strength not in ("again", "modified") else None
            issuer = mention.issuer or find_issuer(text, sentence, mention.span, lexicon, known)
            kept.append(mention._replace(issuer=issuer))
    return tuple(sorted(kept))


def _find_curated(text: str, sentence: Span, patterns: _Patterns) -> list[PolicyMention]:
    found = []
    for match in patterns.curated_names.finditer(text, sentence.start, sentence.end):
        key, issuer = patterns.curated[_plain(match[0])]
        noun = _find_noun(match[0], patterns)
        found.append(
            PolicyMention(Span(*match.span()), match[0], noun[0], noun[1], "curated", issuer or None, key)
        )
    return found


def _find_noun(name: str, patterns: _Patterns) -> tuple[str, str]:
    words = re.findall(r"\w+", name.lower())
    return next((patterns.nouns[w] for w in reversed(words) if w in patterns.nouns), ("policy", "course"))


def _find_named(text: str, sentence: Span, patterns: _Patterns) -> list[PolicyMention]:
    found = []
    for pattern in (patterns.numbered, patterns.titled, patterns.dated, patterns.struck):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            name = match["name"]
            is_title = pattern is patterns.titled
            if is_title and not (patterns.returns.search(name) or patterns.people.search(name)):
                continue
            if patterns.instruments.search(name):
                continue
            noun, kind = patterns.nouns[match["noun"].lower()]
            if pattern is patterns.numbered and noun in ("protocol", "agreement"):
                continue  # "Protocol No. 4" is an instrument
            if is_title:
                name = re.sub(r"^(?:The|Its|This|In|On|Under|Since)\s+", "", name)
            start = match.end("name") - len(name)
            found.append(PolicyMention(Span(start, match.end("name")), name, noun, kind, "named", None))
    return found


def _find_described(text: str, sentence: Span, patterns: _Patterns) -> list[PolicyMention]:
    found = []
    for match in patterns.described.finditer(text, sentence.start, sentence.end):
        noun, kind = patterns.nouns[match["noun"].lower()]
        stop = _STOP.search(match["rest"])
        rest = match["rest"][: stop.start()] if stop else match["rest"]
        is_torn = match["link"] == "under which" and len(rest.split()) < _CLAUSE
        if is_torn or not _is_on_topic(noun, match["link"], rest, patterns):
            continue
        name = f"{text[match.start() : match.end('noun')]} {match['link']} {rest}"
        span = Span(match.start(), match.start("rest") + len(rest))
        found.append(PolicyMention(span, name, noun, kind, "described", None))
    return found


def _is_on_topic(noun: str, link: str, rest: str, patterns: _Patterns) -> bool:
    """Tell whether a complement speaks of returning people; a ban on returns protects them and is no policy."""
    topic = patterns.returns.search(rest.partition(" and ")[0] if link == "for" else rest)
    if noun == "measure" and link == "of":
        return False  # "measures of collective expulsion" is the language of treaties
    if noun == "ban" or (noun == "crackdown" and not topic):
        return bool(patterns.people.search(rest)) and not topic and link in ("on", "against", "targeting")
    return topic is not None and topic.start() < 45 and not rest[0].isdigit()


def _find_acts(text: str, sentence: Span, patterns: _Patterns) -> list[PolicyMention]:
    found = []
    for match in patterns.acts.finditer(text, sentence.start, sentence.end):
        stop = _STOP.search(match["name"])
        name = match["name"][: stop.start()] if stop else match["name"]
        name = re.split(r"\s+in\s+(?=the\b|\d)", name)[0]
        noun, kind = patterns.nouns[match["noun"].lower()]
        found.append(
            PolicyMention(
                Span(match.start("name"), match.start("name") + len(name)), name, noun, kind, "act", None
            )
        )
    return found


def _find_modified(text: str, sentence: Span, patterns: _Patterns, lexicon: Lexicon) -> list[PolicyMention]:
    """Find "deportation drive" and the like, with the place they go on in."""
    found = []
    for match in patterns.modified.finditer(text, sentence.start, sentence.end):
        noun, kind = patterns.nouns[match["noun"].lower()]
        if kind != "course" or not patterns.returns.search(match["modifier"]):
            continue
        name = match["name"]
        place = re.match(
            r"\s+(?:(?:are|is|were|was)\s+)?(?:underway|under way|going on|ongoing)?\s*(in)\s+(?:neighbou?ring\s+)?",
            text[match.end() : sentence.end],
        )
        if place:
            at = match.end() + place.end()
            states = [p for p in find_places(text, Span(at, sentence.end), lexicon) if p.span.start == at]
            name += f" in {states[0].span.of(text)}" if states else ""
        found.append(PolicyMention(Span(*match.span()), name, noun, kind, "modified", None))
    return found


def _find_again(text: str, sentence: Span, patterns: _Patterns) -> list[PolicyMention]:
    return [
        PolicyMention(Span(*match.span()), match[0], *patterns.nouns[match["noun"].lower()], "again", None)
        for match in patterns.again.finditer(text, sentence.start, sentence.end)
    ]
