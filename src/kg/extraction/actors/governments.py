"""States and their organs: "the Pakistani government", "officials in Islamabad", "Egypt's Interior Ministry"."""

import re
from functools import lru_cache

from kg.extraction.actors.cast import Cast
from kg.extraction.actors.gazetteer import Hit
from kg.extraction.lexicon import Lexicon
from kg.model import Span

_OWNERS = ("State", "DeFactoAuthority")
_MODIFIER = r"(?:(?:caretaker|interim|federal|central|military|transitional|new|local|top|senior|de facto|own|ruling|civilian|security)[ ])*"
_METONYM_VERB = re.compile(
    r"[ ](?:(?:has|have|had|is|was|will|would|says|said|denies|insists|wants|must|should|also|later|then|[a-z]+ly)\b"
    r"|[a-z]+(?:ed|s)[ ](?:that|to|the|its|it|plans?|any|allegations|claims|reports)\b)"
)
_ASKED = re.compile(
    r"\b(?:asked|urged|told|accused|pressed|warned|urges|asks|warns|on|between|by|against|from)[ ]$",
    re.IGNORECASE,
)


@lru_cache(maxsize=4)
def _nouns(lexicon: Lexicon) -> tuple[str, str, str]:
    def any_of(concept_id: str) -> str:
        concept = lexicon.get("governmentnoun", concept_id)
        nouns = sorted(concept.all("noun") if concept else (), key=lambda n: (-len(n), n))
        return "|".join(re.escape(n).replace(r"\ ", "[ ]") for n in nouns)

    return any_of("state"), any_of("organ"), any_of("ministry")


def find_governments(cast: Cast, hits: tuple[Hit, ...], span: Span) -> None:
    """Add mentions of States, of their governments and organs, in `span`."""
    state_nouns, organ_nouns, _ = _nouns(cast.lexicon)
    ministry = _ministry(cast.lexicon)
    after_state = re.compile(rf"(?:'s)?[ ]{_MODIFIER}(?:{state_nouns})(?!\w)", re.IGNORECASE)
    after_ministry = re.compile(rf"(?:'s|')?[ ]({ministry})(?!\w)")
    after_organ = re.compile(rf"(?:'s|')?[ ]{_MODIFIER}(?:{organ_nouns})(?!\w)", re.IGNORECASE)
    before = re.compile(rf"(?<!\w)(?:{state_nouns})[ ](?:of|in|from)[ ](?:the[ ])?$", re.IGNORECASE)
    for hit in hits:
        if hit.kind not in _OWNERS and hit.form == "label" and hit.kind != "Place":
            continue
        _add_owner(cast, hit, span, after_state, after_ministry, after_organ, before)


def _ministry(lexicon: Lexicon) -> str:
    fields = _nouns(lexicon)[2]
    return (
        rf"(?:(?:[A-Z]\w+[ ])?(?:{fields})[ ][Mm]inistry|[Mm]inistry[ ](?:of|for)[ ](?:the[ ])?(?:{fields}))"
    )


def _add_owner(
    cast: Cast,
    hit: Hit,
    span: Span,
    after_state: re.Pattern[str],
    after_ministry: re.Pattern[str],
    after_organ: re.Pattern[str],
    before: re.Pattern[str],
) -> None:
    plain, start, end = cast.plain, hit.span.start, hit.span.end
    key = _owner_key(cast, hit)
    if key is None:
        return
    leading = before.search(plain, max(span.start, start - 40), start) if hit.form != "demonym" else None
    if match := after_ministry.match(plain, end, span.end):
        name = canonical_ministry(match[1], cast.actors[cast.use_world(key)].name)
        body = cast.use_name(name, "GovernmentBody", "actor/ministry-of-state", 0.92, parent=key)
        cast.add_mention(Span(start, match.end()), body, "mention/ministry-of-state", 0.92)
    elif match := after_organ.match(plain, end, span.end):
        surface = plain[start : match.end()].replace("'s ", " ", 1)
        body = cast.use_name(
            surface, "GovernmentBody", "actor/organ-of-state", 0.85, parent=cast.use_world(key)
        )
        cast.add_mention(Span(start, match.end()), body, "mention/organ-of-state", 0.85)
    elif match := after_state.match(plain, end, span.end):
        cast.add_mention(Span(start, match.end()), cast.use_world(key), "mention/government", 0.95)
    elif leading:
        cast.add_mention(Span(leading.start(), end), cast.use_world(key), "mention/government-of", 0.92)
    elif hit.form == "label" and hit.kind in _OWNERS:
        cast.add_mention(hit.span, cast.use_world(key), "mention/world", 0.97)
    elif hit.form == "metonym" and (
        _METONYM_VERB.match(plain, end) or _ASKED.search(plain, max(0, start - 12), start)
    ):
        cast.add_mention(hit.span, cast.use_world(key), "mention/metonym", 0.85)


def _owner_key(cast: Cast, hit: Hit) -> str | None:
    """The State a hit stands for; a capital that is a place of the world stands for its State."""
    if hit.kind in _OWNERS:
        return hit.key
    place = next((p for p in cast.lexicon.entities.get("Place", ()) if p.id == hit.key), None)
    state = place.first("inState") if place else ""
    return state if state and hit.form == "label" and _is_capital(cast, state, hit) else None


def _is_capital(cast: Cast, state: str, hit: Hit) -> bool:
    found = next((s for s in cast.lexicon.entities.get("State", ()) if s.id == state), None)
    return found is not None and hit.span.of(cast.document.text) in found.all("capital", "metonym")


def find_ministries(cast: Cast, span: Span) -> None:
    """Add ministries: of the State named after them, else of the one the document speaks of most."""
    counts = cast.count(("State",))
    main = max(counts, key=lambda k: (counts[k], k), default=None)
    named = re.compile(rf"(?<!\w){_ministry(cast.lexicon)}(?!\w)")
    for match in named.finditer(cast.plain, span.start, span.end):
        state = _state_after(cast, match.end(), span.end) or main
        name = canonical_ministry(match[0], cast.actors[state].name if state else "")
        body = cast.use_name(name, "GovernmentBody", "actor/ministry", 0.75, parent=state)
        cast.add_mention(Span(match.start(), match.end()), body, "mention/ministry", 0.75)


def _state_after(cast: Cast, start: int, limit: int) -> str | None:
    """The State of "the Interior Ministry of Iraq"."""
    joint = re.compile(r"[ ](?:of|in)[ ](?:the[ ])?").match(cast.plain, start, limit)
    owner = cast.mention_at(joint.end()) if joint else None
    return owner.actor if owner and cast.kind_of(owner.actor) == "State" else None


_FIELDS = {"foreign": "Foreign Affairs", "home": "Home Affairs", "labor": "Labour", "defense": "Defence"}


def canonical_ministry(name: str, state: str) -> str:
    """Write the name of a ministry in one way.

    >>> canonical_ministry("Foreign Ministry", "Egypt")
    'Ministry of Foreign Affairs of Egypt'
    """
    match = re.fullmatch(r"[Mm]inistry (?:of|for) (?:the )?(.+)", name) or re.fullmatch(
        r"(.+) [Mm]inistry", name
    )
    area = match[1] if match else name
    area = _FIELDS.get(area.lower(), area)
    return f"Ministry of {area}" + (f" of {state}" if state else "")
