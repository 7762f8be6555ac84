"""Persons with their posts and affiliations: role before the name, apposition after it, title, age, signature."""

import itertools
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from kg.extraction.actors.cast import Cast
from kg.extraction.actors.names import PERSON, trim_name
from kg.extraction.words import Words
from kg.model import Evidence, Membership, Mention, Span

_ARTICLE = r"(?:the|a|an|its|their|his|her|our)"
_OF = r"(?:of|for|at|to|in|with|on|from)"


class Found(NamedTuple):
    """A person's name at a span with the span of the role, and where its organisation may be named."""

    name: Span
    role: Span | None
    around: tuple[Span, ...]  # stretches to look for the affiliation in, the likeliest first
    rule: str
    confidence: float


@lru_cache(maxsize=4)
def _expressions(words: Words) -> dict[str, re.Pattern[str]]:
    role = words.roles.pattern
    name, title = PERSON, words.title.pattern
    complement = rf"(?:[ ]{_OF}[ ](?:[^,;:().\n]|\.(?=\w)){{2,80}})"
    flags = re.NOFLAG
    inline = f"(?i:{role})"
    titled = rf"(?:{title}[ ]|\([^)]{{2,8}}\)[ ])*"
    return {
        "role-name": re.compile(rf"(?P<role>{inline})[ ](?P<name>{titled}{name})", flags),
        "role-of-name": re.compile(
            rf"(?P<role>{inline}){complement}?,[ ](?P<name>{titled}{name})(?=,|[ ](?:said|says|told))", flags
        ),
        "name-role": re.compile(
            rf"(?P<name>{titled}{name}),[ ](?:(?:aged[ ])?\d\d,[ ])?(?:(?:{_ARTICLE}[ ])?(?:[^,.;:()\n]{{2,60}}?(?:'s|s')[ ])?"
            rf"(?:[\w-]+[ ]){{0,4}}?)(?P<role>{inline})(?P<after>{complement})?(?=[,.;)]|[ ](?:said|says|told|who)\b|$)",
            flags,
        ),
        "name-of": re.compile(
            rf"(?P<name>{titled}{name})[ ](?:of|from|with)[ ](?P<org>the[ ])?(?=[A-Z])", flags
        ),
        "title-name": re.compile(rf"(?P<title>(?:{title})[ ])+(?P<name>{name})", flags),
        "name-age": re.compile(
            rf"(?P<name>{name}),[ ](?:aged[ ])?(?:\d\d(?=[,.])|an?[ ]\d\d-year-old)", flags
        ),
        "name-leads": re.compile(
            rf"(?P<name>{name}),[ ]who[ ](?:\w+[ ])?(?:leads|heads|runs|directs|coordinates|manages|chairs|founded|represents|works)\b",
            flags,
        ),
    }


_CONFIDENCE = {
    "role-name": 0.93,
    "role-of-name": 0.92,
    "name-role": 0.92,
    "title-name": 0.9,
    "name-age": 0.85,
    "name-leads": 0.85,
}

_APPOSED = re.compile(rf"{PERSON},[ ](?:{_ARTICLE}[ ])?$")
_NEEDS_FULL_NAME = frozenset({"person/name-role", "person/role-name", "person/role-of-name", "person/list"})


def find_persons(cast: Cast, span: Span, words: Words) -> None:
    """Add the persons that `span` introduces, with their posts."""
    expressions = _expressions(words)
    for rule in _CONFIDENCE:
        for match in expressions[rule].finditer(cast.plain, span.start, span.end):
            for found in _read(cast, match, rule, span):
                add_person(cast, found, words)
    _extend_lists(cast, span, words)


def _read(cast: Cast, match: re.Match[str], rule: str, span: Span) -> Iterator[Found]:
    groups = match.groupdict()
    name = _name_span(cast, Span(*match.span("name")))
    if name is None:
        return
    role = Span(*match.span("role")) if groups.get("role") else None
    before = Span(max(span.start, (role or name).start - 60), (role or name).start)
    after = Span(match.end("role") if role else name.end, min(match.end(), span.end))
    if rule == "role-name" and role:
        around: tuple[Span, ...] = (before,)
    elif rule == "role-of-name" and role:
        if _APPOSED.search(cast.plain, max(span.start, role.start - 80), role.start):
            return  # the post of the person named before it
        around = (Span(role.end, name.start), before)
    else:
        around = (after, Span(name.end, role.start) if role else after)
    if role:
        around = (*around, role)  # "UN Special Rapporteur"
    has_age = rule == "name-role" and re.match(r",[ ](?:aged[ ])?\d\d,", cast.plain[name.end : name.end + 12])
    found_by = "person/name-age-role" if has_age else f"person/{rule}"
    yield Found(name, role, around, found_by, _CONFIDENCE[rule])


def _name_span(cast: Cast, span: Span) -> Span | None:
    """The name without titles, and cut before anything that is known to be no part of it."""
    text = span.of(cast.plain)
    kept = trim_name(text)
    if not kept:
        return None
    start = span.start + text.find(kept)
    end = start + len(kept)
    for mention in cast.mentions_in(Span(start, end), touching=True):
        if cast.kind_of(mention.actor) == "Person":
            continue
        if mention.span.start <= start:
            return None
        end = min(end, mention.span.start)
    name = Span(start, end).of(cast.plain).rstrip(" ,")
    return Span(start, start + len(name)) if name else None


def add_person(cast: Cast, found: Found, words: Words) -> str | None:
    """Take a person into the cast.

    Returns:
        The person's key, or None where the name is no name of a person.
    """
    full = found.name
    start, name = _strip_titles(full, cast.plain, words)
    span = Span(start, start + len(name))
    if not name or _is_no_person(name, words) or cast.is_blocked(span):
        return None
    if " " not in name and found.rule in _NEEDS_FULL_NAME and not _by_surname(cast, name):
        return None
    if " " not in name and not found.rule.startswith("person/name-age") and re.search(r"(?:ly|ing)$", name):
        return None  # "Recently, a larger crowd", "Meanwhile"
    known = cast.mention_at(span.start)
    if known and cast.kind_of(known.actor) == "Person" and known.span.end >= span.end:
        key = known.actor
    else:
        surface = span.of(cast.document.text)
        key = _by_surname(cast, surface) or cast.use_name(surface, "Person", found.rule, found.confidence)
        if not cast.add_mention(span, key, found.rule, found.confidence, replace=True):
            return None
    if found.role:
        _add_post(cast, key, found, words)
    return key


def _strip_titles(span: Span, plain: str, words: Words) -> tuple[int, str]:
    name, start = span.of(plain), span.start
    while match := re.match(rf"(?:{words.title.pattern}|\([^)]*\))\s+", name):
        name, start = name[match.end() :], start + match.end()
    return start, name.rstrip(" .,") if not re.search(r"\b[A-Z]\.$", name) else name


def _is_no_person(name: str, words: Words) -> bool:
    lower = name.lower()
    return (
        (name.isupper() and len(name) > 3)
        or lower in words.role_words
        or lower in words.heads
        or lower in words.sources
        or lower.split(" ")[-1] in words.heads
        or lower.split(" ")[0] in ("minister", "ministry", "the")
    )


def _by_surname(cast: Cast, name: str) -> str | None:
    """A single word that is the last name of a person of the cast means that person."""
    if " " in name:
        return None
    found = [k for k, a in cast.actors.items() if a.kind == "Person" and name in a.name.split(" ")[1:]]
    return found[-1] if found else None


def _add_post(cast: Cast, key: str, found: Found, words: Words) -> None:
    assert found.role
    role = _extend_role(cast, found)
    title = role.of(cast.document.text)
    organization = next((o for stretch in found.around if (o := _organization_in(cast, stretch))), None)
    if cast.actors[key].parent is None and organization:
        actor = cast.actors[key]
        cast.actors[key] = type(actor)(
            actor.key, actor.name, actor.kind, actor.evidence, actor.named, organization
        )
    expert = found.role.of(cast.plain).lower() in words.experts
    cast.add_membership(
        Membership(key, organization, title, role, Evidence(found.rule, found.confidence), expert)
    )


def _extend_role(cast: Cast, found: Found) -> Span:
    """A role goes on over "for South Asia", "on the human rights of migrants", but not over its organisation."""
    assert found.role
    role, limit = found.role, found.around[0].end
    tail = re.match(
        r"[ ](?:for|on|of|in|to)[ ](?:[^,;:().\n]|\.(?=\w))+", cast.plain[role.end : max(limit, role.end)]
    )
    if not tail or found.rule == "person/role-name":
        return role
    whole = Span(role.end, role.end + len(tail[0]))
    if any(cast.kind_of(m.actor) != "State" or "for" in tail[0][:5] for m in cast.mentions_in(whole)):
        return role
    return Span(role.start, whole.end)


def _organization_in(cast: Cast, span: Span) -> str | None:
    """The organisation or State named in a stretch, the one nearest to the role; anaphors mean the last named."""
    named = [
        m
        for m in cast.mentions_in(span, touching=True)
        if cast.kind_of(m.actor) not in ("Person", "Place") and not _is_subject_matter(cast, m, span)
    ]
    if found := [m for m in named if cast.kind_of(m.actor) != "State"] or named:
        is_before = cast.plain[span.end : span.end + 1].isalpha()
        return found[-1].actor if is_before else found[0].actor
    owner = re.search(r"\b(?:its|their|the (?P<noun>[\w -]+)'s)\s*$", span.of(cast.plain), re.IGNORECASE)
    return cast.find_earlier(span.end, (owner["noun"] or "").lower()) if owner else None


def find_affiliated(cast: Cast, span: Span, words: Words) -> None:
    """Add "Name of the Organisation", where the organisation is known, as a person of it."""
    named = re.compile(rf"(?<![\w'-])(?P<name>{PERSON})[ ](?:of|from|with|at)[ ](?:the[ ])?")
    for match in named.finditer(cast.plain, span.start, span.end):
        if " " not in match["name"]:
            continue
        organization = cast.mention_at(match.end())
        name = _name_span(cast, Span(*match.span("name")))
        if name and organization and cast.kind_of(organization.actor) not in ("Person", "State", "Place"):
            key = add_person(cast, Found(name, None, (), "person/affiliated", 0.8), words)
            if key:
                cast.set_parent(key, organization.actor)


def _is_subject_matter(cast: Cast, mention: Mention, span: Span) -> bool:
    """Tell whether a State is what a post is about, not whose it is: "on human rights in Afghanistan"."""
    before = cast.plain[span.start : mention.span.start]
    is_owner = cast.plain.startswith(("'s ", "' "), mention.span.end)
    is_topic = not is_owner and re.search(r"\b(?:on|in|to)\b", before)
    return cast.kind_of(mention.actor) == "State" and bool(is_topic)


def _extend_lists(cast: Cast, span: Span, words: Words) -> None:
    """In "ROLE Name, ROLE Name and Name" a last bare name belongs to the list."""
    listed = re.compile(rf"(?:,|,? and)[ ](?P<name>{PERSON})(?=[ ](?:said|say|have|were|told|urged))")
    for match in listed.finditer(cast.plain, span.start, span.end):
        previous = cast.mention_ending(match.start())
        name = _name_span(cast, Span(*match.span("name")))
        if previous and name and cast.kind_of(previous.actor) == "Person" and " " in name.of(cast.plain):
            add_person(cast, Found(name, None, (), "person/list", 0.7), words)


_WORD = re.compile(r"(?<![\w'-])[^\W\d_]\w*(?:[-'’](?!s\b)\w+)*(?![\w-])")


def find_short_names(cast: Cast, spans: Iterable[Span]) -> None:
    """Add mentions of persons by a part of their name once they were introduced."""
    parts = {
        part: key
        for key, actor in cast.actors.items()
        if actor.kind == "Person"
        for part in actor.name.split(" ")[1:]
        if len(part) > 2 and part[0].isupper()
    }
    for span in spans if parts else ():
        for match in _WORD.finditer(cast.document.text, span.start, span.end):
            if key := parts.get(match[0]):
                cast.add_mention(Span(*match.span()), key, "mention/surname", 0.9)


def find_signatures(cast: Cast, span: Span, words: Words) -> None:
    """In an address block a role stands on the line above or below the name it belongs to."""
    lines = [
        Span(span.start + m.start(), span.start + m.end())
        for m in re.finditer(r"[^\n]+", span.of(cast.plain))
    ]
    for upper, lower in itertools.pairwise(lines):
        for role_line, name_line in ((upper, lower), (lower, upper)):
            role = re.fullmatch(
                rf"{words.roles.pattern}(?:[ ](?:of|for|to)[ ][^,\d#]{{2,60}})?",
                role_line.of(cast.plain).strip(),
                re.IGNORECASE,
            )
            name = re.fullmatch(
                rf"(?:{words.title.pattern}[ ])*(?P<name>{PERSON})", name_line.of(cast.plain).strip(" ,")
            )
            if role and name and " " in name["name"] and not words.roles.match(name["name"]):
                at = name_line.start + name_line.of(cast.plain).find(name["name"])
                found = Found(
                    Span(at, at + len(name["name"])),
                    Span(role_line.start, role_line.end),
                    (role_line, Span(lower.end, min(len(cast.plain), lower.end + 60))),
                    "person/address",
                    0.85,
                )
                add_person(cast, found, words)
                break
