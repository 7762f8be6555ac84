"""Word lists of the lexicon, compiled once per lexicon into sets and expressions."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from kg.extraction.lexicon import Concept, Lexicon


def inflect_noun(word: str) -> tuple[str, ...]:
    """Give a noun phrase with its regular plural (of the last word)."""
    if re.search(r"(?:s|x|z|ch|sh)$", word):
        return (word, word + "es")
    if re.search(r"[^aeiou]y$", word):
        return (word, word[:-1] + "ies")
    return (word, word + "s")


def inflect_verb(verb: str) -> tuple[str, ...]:
    """Give the regular forms of a verb: base, -s, -ed, -ing."""
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        third = verb + "es"
    elif re.search(r"[^aeiou]y$", verb):
        third = verb[:-1] + "ies"
    else:
        third = verb + "s"
    if verb.endswith("ie"):
        return (verb, third, verb + "d", verb[:-2] + "ying")
    if verb.endswith("ee"):
        return (verb, third, verb + "d", verb + "ing")
    if verb.endswith("e"):
        return (verb, third, verb + "d", verb[:-1] + "ing")
    if re.search(r"[^aeiou]y$", verb):
        return (verb, third, verb[:-1] + "ied", verb + "ing")
    doubled = verb + verb[-1] if _doubles(verb) else verb
    return (verb, third, doubled + "ed", doubled + "ing")


def _doubles(verb: str) -> bool:
    """A short stressed last syllable doubles its consonant: "stop", "admit", "refer" — not "order", "visit"."""
    if not re.search(r"[^aeiou][aeiou][bdgklmnprt]$", verb):
        return False
    return len(re.findall(r"[aeiouy]+", verb)) == 1 or verb.endswith(
        ("mit", "fer", "cur", "pel", "bel", "bet", "get", "sal", "cal", "nal", "lot")
    )


@dataclass(frozen=True, eq=False)
class Words:
    """What the stages look words up in; every key is lower case."""

    roles: re.Pattern[str]
    role_words: frozenset[str]
    experts: frozenset[str]
    modifiers: frozenset[str]
    titles: frozenset[str]
    title: re.Pattern[str]
    sources: dict[str, str]  # noun in any number → kind
    anaphors: dict[str, tuple[str, ...]]  # noun phrase → kinds of actors it can stand for
    heads: dict[str, str]  # last word(s) of organisation names → kind of actor


@lru_cache(maxsize=4)
def compile_words(lexicon: Lexicon) -> Words:
    """Compile the word lists of a lexicon."""
    roles = _of_type(lexicon, "role", "Role")
    modifiers = frozenset(label.lower() for c in _of_type(lexicon, "role", "Modifier") for label in c.labels)
    role_words = {label.lower() for c in roles for label in c.labels}
    experts = frozenset(label.lower() for c in roles if c.first("expert") == "true" for label in c.labels)
    titles = frozenset(label for c in lexicon.scheme("title") for label in (*c.labels, *c.all("form")))
    sources: dict[str, str] = {}
    for concept in _of_type(lexicon, "source", "SourceNoun"):
        for label in concept.labels:
            for form in (*inflect_noun(label.lower()), *map(str.lower, concept.all("form"))):
                sources.setdefault(form, concept.first("kind", "person"))
    anaphors = {
        label.lower(): concept.all("refersToType")
        for concept in _of_type(lexicon, "source", "Anaphor")
        for label in concept.labels
    }
    heads = {
        label.lower(): concept.first("actorType", "NGO")
        for concept in lexicon.scheme("orghead")
        for label in concept.labels
    }
    return Words(
        roles=_roles_expression(role_words, modifiers),
        role_words=frozenset(role_words),
        experts=experts,
        modifiers=modifiers,
        titles=frozenset(t.lower() for t in titles),
        title=re.compile(rf"(?:(?:{_any(titles)})(?=[\s]))"),
        sources=sources,
        anaphors=anaphors,
        heads=heads,
    )


def _of_type(lexicon: Lexicon, scheme: str, name: str) -> tuple[Concept, ...]:
    return tuple(c for c in lexicon.scheme(scheme) if name in c.all("type"))


def _any(words: Iterable[str]) -> str:
    return "|".join(re.escape(w) for w in sorted(words, key=lambda w: (-len(w), w)))


def _roles_expression(roles: Iterable[str], modifiers: Iterable[str]) -> re.Pattern[str]:
    """A role with its modifiers: "deputy executive director", "Caretaker Prime Minister"."""
    role = _any(roles).replace(r"\ ", r"[ -]")
    return re.compile(rf"(?<![\w-])(?:(?:{_any(modifiers)})[ -])*(?:{role})(?![\w-])", re.IGNORECASE)
