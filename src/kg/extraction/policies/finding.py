"""Find the policies of a document: one for each plan, however many names it goes by."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.dates.finding import DateMention, find_dates
from kg.extraction.lexicon import Lexicon
from kg.extraction.policies.deadlines import FoundDeadline, date_from_curated, find_deadlines
from kg.extraction.policies.issuers import ActorAt, find_issuer, find_main_state
from kg.extraction.policies.mentions import PolicyMention, find_policy_mentions
from kg.model import Deadline, Document, Evidence, PartialDate, Policy, Span

_STRENGTHS = ("curated", "named", "described", "act", "modified", "again")
_COURSES = frozenset({"course", "paper"})
_ACTIVITIES = frozenset({"crackdown", "campaign", "drive", "operation"})  # they begin; a plan is announced
_CONFIDENCE = {"curated": 0.95, "named": 0.9, "described": 0.8, "act": 0.7, "modified": 0.6, "clause": 0.6}
_ANNOUNCED = re.compile(
    r"\b(?:announc|launch(?!ed\s+an?\b)|issued|adopted|dated|unveil|struck|signed|decided|made|asked)\w*",
    re.IGNORECASE,
)
_EFFECTIVE = re.compile(
    r"\b(?:launched\s+an?|began|started|took\s+effect|came\s+into\s+(?:force|effect)|in\s+force)\b",
    re.IGNORECASE,
)
_ORDER = (
    r"(?:\bthat\s+|^|[.;:,]\s+)(?P<subject>(?:(?!\bthat\b)[^,;:.]){{2,90}}?)\s+"
    r"(?:must|would\s+have\s+to|have\s+to|has\s+to|had\s+to|are\s+to|is\s+to|should|shall|would|will)\s+(?P<passive>be\s+)?"
    r"(?P<verb>{verbs})\b(?P<object>[^,;.:]{{0,60}}?)(?=\s+(?:by|until|before|in\s+a|or|from|and)\b|[,;.])"
)
_HOLDERS = re.compile(r"\b(?:holders|bearers)\s+of\s+", re.IGNORECASE)


@dataclass
class _Group:
    """The mentions of one policy as they are gathered."""

    issuer: str | None
    kind: str
    mentions: list[PolicyMention]
    deadlines: list[Deadline] = field(default_factory=list)
    announced: PartialDate | None = None
    effective: PartialDate | None = None
    body: str | None = None  # the ministry or office that issued it; mentions are joined by State

    @property
    def best(self) -> PolicyMention:
        return min(self.mentions, key=lambda m: (_STRENGTHS.index(m.strength), m.span.start))

    def has(self, noun: str) -> bool:
        return any(m.noun == noun for m in self.mentions)


def find_policies(
    document: Document,
    blocks: Sequence[tuple[Span, Sequence[Span]]],
    lexicon: Lexicon,
    actor_at: ActorAt | None = None,
) -> tuple[Policy, ...]:
    """Find the policies a document speaks of, with all their mentions, dates and deadlines.

    Args:
        document: The document.
        blocks: Spans of its blocks with the spans of their sentences.
        lexicon: The lexicon.
        actor_at: Tells which State or public body is mentioned inside a span (no persons or courts); without it only
            States can be issuers. It names the issuer; what is one policy is decided by State.

    Returns:
        Policies in the order of their first mention. `spans` holds every mention, anaphoric ones included; a policy
        that only a clause states ("holders of river passes must renew them by 4 May") is named after what it orders.
    """
    text = document.text
    main = find_main_state(text, [block for block, _ in blocks], lexicon)
    groups: list[_Group] = []
    last: _Group | None = None
    earlier: PartialDate | None = None
    for _, sentences in blocks:
        for sentence in sentences:
            dates = find_dates(text, sentence, lexicon, document.published, earlier)
            earlier = next((d.start for d in reversed(dates) if d.start), earlier)
            here: list[_Group] = []
            for mention in find_policy_mentions(text, sentence, lexicon):
                group = _place(mention, groups, last, main)
                if group:
                    last = group
                    here.append(group)
                    group.body = group.body or _find_body(text, sentence, mention, lexicon, actor_at)
                    _date(group, mention, text, sentence, dates)
            for found in find_deadlines(text, sentence, dates, lexicon, has_policy=bool(here)):
                owner = _find_owner(found, here) or last
                if owner is None:
                    owner = _make_ordered(text, sentence, found, lexicon, actor_at, main)
                    if owner is None:
                        continue
                    groups.append(owner)
                    _date(owner, owner.best, text, sentence, dates)
                last = owner
                _add_deadline(owner, found)
    return _to_policies(groups, lexicon)


def _find_body(
    text: str, sentence: Span, mention: PolicyMention, lexicon: Lexicon, actor_at: ActorAt | None
) -> str | None:
    """Give the actor that the sentence of a described or numbered policy names as its issuer."""
    if actor_at is None or mention.strength not in ("named", "described"):
        return None
    return find_issuer(text, sentence, mention.span, lexicon, actor_at)


def _place(
    mention: PolicyMention, groups: list[_Group], last: _Group | None, main: str | None
) -> _Group | None:
    """Put a mention with the policy it speaks of, or begin a new one; None where an anaphor has nothing before it."""
    group = _find_group(mention, groups, last, main)
    if group is None and mention.strength == "again":
        return None
    if group is None:
        group = _Group(mention.issuer or main, mention.kind, [])
        groups.append(group)
    group.mentions.append(mention)
    return group


def _find_group(
    mention: PolicyMention, groups: list[_Group], last: _Group | None, main: str | None
) -> _Group | None:
    if mention.strength == "act":
        return next((g for g in groups if g.kind == "act" and g.has(mention.noun)), None)
    same_noun = [g for g in groups if g.has(mention.noun) and mention.issuer in (None, g.issuer)]
    if mention.kind == "instrument":
        if mention.strength in ("curated", "named"):
            return next((g for g in same_noun if g.best.name == mention.name), None)
        return same_noun[-1] if same_noun else None
    if mention.strength == "again":
        if mention.noun == "ban":
            return same_noun[-1] if same_noun else None
        courses = [g for g in groups if g.kind in _COURSES and mention.issuer in (None, g.issuer)]
        near = last if last in courses else None
        return same_noun[-1] if same_noun else near or (courses[-1] if courses else None)
    courses = [g for g in groups if g.kind in _COURSES]
    if mention.same_as:
        known = [g for g in courses if g.best.same_as == mention.same_as]
        if known:
            return known[0]
        courses = [g for g in courses if g.best.strength not in ("curated", "named")]
    issuer = mention.issuer or (last.issuer if last and last in courses else main)
    return next((g for g in reversed(courses) if g.issuer == issuer), None)


def _date(
    group: _Group, mention: PolicyMention, text: str, sentence: Span, dates: Sequence[DateMention]
) -> None:
    """Take from the sentence when the policy was announced and when it took effect."""
    dated = [
        d
        for d in dates
        if d.start and d.kind in ("day", "month", "year") and d.relation in ("in", "since", "")
    ]
    inside = next((d for d in dated if mention.span.covers(d.span)), None)
    if inside:
        name = "effective" if mention.noun in _ACTIVITIES and mention.strength == "described" else "announced"
        setattr(group, name, getattr(group, name) or inside.start)
        return
    for name, pattern in (("announced", _ANNOUNCED), ("effective", _EFFECTIVE)):
        verb = pattern.search(text, sentence.start, sentence.end)
        if verb is None or getattr(group, name) or not dated:
            continue
        gap = min(abs(verb.start() - mention.span.end), abs(mention.span.start - verb.end()))
        near = min(dated, key=lambda d: abs(d.span.start - verb.end()))
        between = text[min(verb.end(), near.span.end) : max(verb.start(), near.span.start)]
        if gap < 60 and (
            len(between) < 90 if name == "announced" else len(between) < 50 and "," not in between
        ):
            setattr(group, name, near.start)


def _find_owner(found: FoundDeadline, here: list[_Group]) -> _Group | None:
    """Give the policy of the sentence that is named last before the date, else the first after it."""
    owners = [g for g in here if g.kind != "act"]
    before = [g for g in owners if any(m.span.start <= found.at for m in g.mentions[-3:])]
    return before[-1] if before else owners[0] if owners else None


def _add_deadline(group: _Group, found: FoundDeadline) -> None:
    if found.deadline.evidence.rule == "deadline/planned-act":
        group.effective = group.effective or found.deadline.date
    if all(d.date != found.deadline.date for d in group.deadlines):
        group.deadlines.append(found.deadline)


# ------------------------------------------------------------------ policies that only a clause states


@lru_cache(maxsize=8)
def _compile_orders(lexicon: Lexicon) -> tuple[re.Pattern[str], dict[str, str]]:
    nouns = {form: c.first("noun") for c in lexicon.scheme("ordered") for form in c.all("form")}
    verbs = "|".join(sorted(map(re.escape, nouns), key=lambda w: (-len(w), w))) or r"(?!)"
    return re.compile(_ORDER.format(verbs=verbs)), nouns


def _make_ordered(
    text: str,
    sentence: Span,
    found: FoundDeadline,
    lexicon: Lexicon,
    actor_at: ActorAt | None,
    main: str | None,
) -> _Group | None:
    """Name a policy after what it orders: "renewal of river passes", "closure of the camps"."""
    pattern, nouns = _compile_orders(lexicon)
    match = pattern.search(text[sentence.start : sentence.end])
    if match is None:
        return _make_departure(text, sentence, found, lexicon, actor_at, main)
    noun, subject, what = nouns[match["verb"]], match["subject"].strip(), match["object"].strip()
    end = match.end("verb" if match["passive"] else "object")
    if match["passive"]:
        what = ""
    if re.fullmatch(r"(?:it|they|he|she)?", what.lower()) or what.lower() in ("them", "their", "the country"):
        what = _HOLDERS.sub("", subject) if noun == "renewal" else subject
    span = Span(sentence.start + match.start("subject"), sentence.start + end)
    issuer = find_issuer(text, sentence, span, lexicon, actor_at) or main
    mention = PolicyMention(span, f"{noun} of {what}", noun, "course", "described", issuer)
    return _Group(issuer, "course", [mention])


def _make_departure(
    text: str,
    sentence: Span,
    found: FoundDeadline,
    lexicon: Lexicon,
    actor_at: ActorAt | None,
    main: str | None,
) -> _Group | None:
    """Name a policy after those its deadline applies to ("departure of card holders")."""
    group = found.deadline.applies_to
    if group is None:
        return None
    issuer = find_issuer(text, sentence, group, lexicon, actor_at) or main
    name = f"departure of {group.of(text)}"
    return _Group(issuer, "course", [PolicyMention(group, name, "departure", "course", "described", issuer)])


# ------------------------------------------------------------------ the result


def _to_policies(groups: Sequence[_Group], lexicon: Lexicon) -> tuple[Policy, ...]:
    policies: list[Policy] = []
    for group in groups:
        best = group.best
        name = re.sub(r"\s+", " ", best.name).strip(" “”\"'‘’«»")
        policies.append(
            Policy(
                key=_mint_key(name, [p.key for p in policies]),
                name=name,
                spans=tuple(m.span for m in group.mentions),
                evidence=Evidence(f"policy/{best.strength}", _CONFIDENCE[best.strength]),
                issuer=group.body or best.issuer or group.issuer,
                announced=group.announced,
                effective=group.effective,
                deadlines=tuple(date_from_curated(d, best.same_as, lexicon) for d in group.deadlines),
                same_as=best.same_as,
            )
        )
    return tuple(policies)


def _mint_key(name: str, taken: Sequence[str]) -> str:
    base = "#policy-" + (re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")[:60].rstrip("-") or "unnamed")
    number = sum(key == base or key.startswith(base + "-") for key in taken)
    return f"{base}-{number + 1}" if base in taken else base
