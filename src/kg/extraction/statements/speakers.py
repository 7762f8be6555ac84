"""Who a noun phrase stands for: a name, a pronoun, "the group", "the letter", "three officers in Basra"."""

import re
from dataclasses import dataclass

from kg.extraction.actors.cast import ORGANIZATIONS, Cast
from kg.extraction.actors.names import PERSON, trim_name
from kg.extraction.statements.memory import Memory, find_media
from kg.extraction.words import Words, compile_words
from kg.iris import to_slug
from kg.model import Actor, Evidence, Span

_PREPOSITIONS = re.compile(
    r"\b(?:of|for|in|from|at|with|on|to|by|who|whose|based|near|across|inside|outside|working|familiar|close|including|under|over|against)\b"
)
_DETERMINER = re.compile(
    r"^(?:(?:the|a|an|this|that|these|those|its|their|his|her|our|same|one of|some of|many of|several of)\s+)+",
    re.IGNORECASE,
)
_PERSON_PRONOUNS = {"he", "she", "him", "her"}  # "according to her"
_WE = {"we", "i", "us", "me"}
_FOUND_BY = re.compile(r" (?:seen|obtained|reviewed|shared|quoted|leaked)$")  # "a memo seen by Reuters"
_UNSIGNED = frozenset(
    ("reports", "media reports", "news reports", "leaked documents", "estimates", "studies")
)
_LIST_LENGTH = 9  # words an item of a list of speakers has at most, on average
_LEADING_DATE = re.compile(
    r"(?:(?:in|on|by|since|between|from|until|during)\s+)?(?:[\w-]+\s+){0,4}?"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|\d{4}|\w+day|weeks?|months?|years?)"
    r",?\s+(?=(?:the|an?|its|their|his|her)\s)",
    re.IGNORECASE,
)
# "many of them carrying refugee" is no noun phrase; "two recently deported men" is one
_HIDDEN_VERB = re.compile(
    r"(?<!-)\b(?!(?:united|armed|concerned|recently|aid|leading|ruling|human)\b)[a-z]+ [a-z]*(?:ing|ed)\b|\S (?:its|their|his|her) "
)
_BODIES = tuple(sorted(ORGANIZATIONS - {"Group"}))  # what "it" can stand for
_TERRITORIAL = ("State", "DeFactoAuthority")
_RULINGS = frozenset(("judgment", "judgement", "ruling", "verdict", "court order", "court decision"))
_NOBODY = re.compile(r"^(?:no one|nobody|none|neither|no )|\bof (?:them|whom|which)\b", re.IGNORECASE)
# Judges speak for their court, and for nobody else
_COURT = dict.fromkeys(("judge", "judges", "bench", "panel", "chamber", "justices"), "court")
# "the third time a panel": the subject is what begins with the last determiner
_INNER_PHRASE = re.compile(r"(?:[\w-]+\s+){0,3}time\s+(?=(?:the|a|an)\s)", re.IGNORECASE)
_CONJUNCTION = re.compile(r",?\s+(?:and|as well as|along with|together with)\s+|,\s+")


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, which words name them, how surely, and by which medium where the words name it."""

    actors: tuple[str, ...]
    span: Span
    confidence: float
    medium: str | None = None


class SpeakerResolver:
    """Resolves noun phrases of one document to actors of its cast."""

    def __init__(self, cast: Cast, voice: str | None) -> None:
        self.cast = cast
        self.words: Words = compile_words(cast.lexicon)
        self.media = find_media(cast.lexicon)
        self.memory = Memory()
        self.voice = voice  # who "we" is outside quotation marks

    def resolve(self, span: Span) -> Speaker | None:
        """Resolve a noun phrase; None where it can be no source of a statement."""
        span = _strip(self.cast.plain, span)
        if span.end <= span.start:
            return None
        if found := self._resolve_list(span):
            return found
        comma = [
            m
            for m in re.finditer(r",\s+", span.of(self.cast.plain))
            if not self._inside_mention(span.start + m.start())
        ]
        return self._resolve_one(Span(span.start + comma[-1].end(), span.end) if comma else span)

    def _resolve_list(self, span: Span) -> Speaker | None:
        """Such as "X, Y and Z": all named → all of them; otherwise one unnamed group with all its words."""
        text = span.of(self.cast.plain)
        joints = [m for m in _CONJUNCTION.finditer(text) if not self._inside_mention(span.start + m.start())]
        if not joints or joints[-1][0].strip() == ",":
            return None
        edges = [0, *(e for m in joints for e in (m.start(), m.end())), len(text)]
        parts = [
            Span(span.start + a, span.start + b)
            for a, b in zip(edges[::2], edges[1::2], strict=True)
            if b > a
        ]
        found = [self._resolve_one(p) for p in parts]
        named = [s for s in found if s and all(self.cast.actors[a].named for a in s.actors)]
        if len(text.split()) > _LIST_LENGTH * len(parts):
            return None
        if len(named) == 1 and len(parts) > 1 and parts[0].covers(named[0].span):
            return None  # a name with its apposition
        if len(named) == len(parts) or (
            len(named) >= 2 and all(self._is_apposition(p, s) for p, s in zip(parts, found, strict=True))
        ):
            actors = tuple(dict.fromkeys(a for s in named for a in s.actors))
            return Speaker(actors, span, min(s.confidence for s in named))
        if all(self._is_generic(p) or s for p, s in zip(parts, found, strict=True)) and any(
            self._is_generic(p) for p in parts
        ):
            return Speaker((self._unnamed(span, "Group"),), span, 0.8)
        return None

    def _is_apposition(self, part: Span, speaker: Speaker | None) -> bool:
        return speaker is not None or bool(
            re.match(r"(?:the|a|an)\b", part.of(self.cast.plain), re.IGNORECASE)
        )

    def _inside_mention(self, offset: int) -> bool:
        found = self.cast.mention_at(offset)
        return found is not None and found.span.start < offset

    def _resolve_one(self, span: Span) -> Speaker | None:
        if date := _LEADING_DATE.match(self.cast.plain, span.start, span.end):
            span = Span(date.end(), span.end)
        if inner := _INNER_PHRASE.match(self.cast.plain, span.start, span.end):
            span = Span(inner.end(), span.end)
        text = span.of(self.cast.plain)
        lower = text.lower()
        if speaker := self._resolve_pronoun(span, lower):
            return speaker
        if re.match(r"(?:to|of|by|in|on|from|with|at|for)\b", lower):
            return None
        head = self._head(span)
        if person := self._person_at_end(span, head):
            return person
        mention = self.cast.mention_ending(head.end)
        if mention and mention.span.start >= span.start - 1 and self.cast.kind_of(mention.actor) != "Place":
            return Speaker((mention.actor,), mention.span, mention.evidence.confidence)
        return (
            self._resolve_medium(span, head)
            or self._resolve_anaphor(span, lower)
            or self._resolve_generic(span, head)
            or self._resolve_first_mention(span, head)
            or self._resolve_unknown(span)
        )

    def _person_at_end(self, span: Span, head: Span) -> Speaker | None:
        """A role may hold prepositions before its person: "Deputy Minister of Ports for Safety Lena Okafor"."""
        mention = self.cast.mention_ending(span.end)
        if mention is None or mention.span.start < head.end or self.cast.kind_of(mention.actor) != "Person":
            return None
        before = self.cast.plain[span.start : mention.span.start].rstrip()
        is_owned = re.search(r"\b(?:of|for|to|by|from|with|in|at|on|and)(?: \w{1,4}\.?)?$", before)
        return None if is_owned else Speaker((mention.actor,), mention.span, mention.evidence.confidence)

    def _head(self, span: Span) -> Span:
        """The phrase up to its first preposition that no mention covers."""
        for match in _PREPOSITIONS.finditer(span.of(self.cast.plain)):
            at = span.start + match.start()
            if match.start() and not self._inside_mention(at):
                return _strip(self.cast.plain, Span(span.start, at))
        return span

    def _resolve_pronoun(self, span: Span, lower: str) -> Speaker | None:
        memory, kind_of = self.memory, self.cast.kind_of
        if lower in _WE and self.voice:
            return Speaker((self.voice,), span, 0.9)
        if lower in _PERSON_PRONOUNS:
            person = (
                self._in_block(span, ("Person",))
                or next((a for a in memory.spoken if kind_of(a) == "Person"), None)
                or self._nearest(span, ("Person",))
            )
            return Speaker((person,), span, 0.8) if person else None
        if lower == "it":
            body = self._in_block(span, _BODIES, first=True)
            body = body or next((a for a in memory.spoken if kind_of(a) in _BODIES), None)
            body = body or self._nearest(span, _BODIES)
            return Speaker((body,), span, 0.75) if body else None
        if lower in ("they", "these experts", "the experts", "the three", "both", "the two") and memory.joint:
            return Speaker(memory.joint, span, 0.75)
        return None

    def _in_block(self, span: Span, kinds: tuple[str, ...], *, first: bool = False) -> str | None:
        """The actor named last (or first) before a span in its paragraph; one that spoke in it goes before others."""
        block = next((b.span for b in self.cast.document.blocks if b.span.covers(span)), span)
        named = [
            m.actor
            for m in self.cast.mentions_in(Span(block.start, span.start))
            if self.cast.kind_of(m.actor) in kinds
        ]
        spoke = [
            a
            for a in self.memory.spoken
            if (a in named or block.start <= self.memory.places[a] < span.start)
            and self.cast.kind_of(a) in kinds
        ]
        if spoke:
            return spoke[0]
        if first:  # a State in the background is less likely to be meant by "it" than an organisation
            named = [a for a in named if self.cast.kind_of(a) not in _TERRITORIAL] or named
        return (named[0] if first else named[-1]) if named else None

    def _nearest(self, span: Span, kinds: tuple[str, ...]) -> str | None:
        earlier = self.cast.mentions_before(span.start)
        return next((m.actor for m in earlier if self.cast.kind_of(m.actor) in kinds), None)

    def _resolve_medium(self, span: Span, head: Span) -> Speaker | None:
        """Such as "IOM figures", "the letter", "the group's report": its author speaks."""
        text = _DETERMINER.sub("", head.of(self.cast.plain)).lower()
        noun = next((n for n in _endings(text) if n in self.media), None)
        leading = re.match(
            r"(?:[\w-]+ ){0,2}?([\w-]+)(?= (?:published|released|issued|by|posted|compiled|seen|from)\b)",
            text,
        )
        if noun is None and leading and leading[1] in self.media:
            noun = leading[1]
        if noun is None:
            return None
        inside = [m for m in self.cast.mentions_in(head) if self.cast.kind_of(m.actor) != "Place"]
        owner = inside[0].actor if inside else None
        if owner is None and (
            possessor := re.match(r"(?:the\s+|its\s+)?([\w -]+)'s\b", span.of(self.cast.plain), re.IGNORECASE)
        ):
            found = self._resolve_anaphor(
                Span(span.start, span.start + possessor.end(1)),
                "the " + possessor[1].lower().removeprefix("the "),
            )
            owner = found.actors[0] if found else None
        if (owner is None and not _FOUND_BY.search(text)) and (
            author := re.search(
                r"\b(?:by|from|of)\s+(?:the\s+)?", Span(head.end - 1, span.end).of(self.cast.plain)
            )
        ):
            mention = self.cast.mention_at(head.end - 1 + author.end())
            owner = mention.actor if mention and self.cast.kind_of(mention.actor) != "Place" else None
        if owner is None and re.match(
            r"(?:the|this|that|its|their|his|her)\b", span.of(self.cast.plain), re.IGNORECASE
        ):
            owner = self._author(noun, span)
        if owner is None and text in _UNSIGNED:
            return Speaker((self._unnamed(span, "Group"),), span, 0.7)
        return Speaker((owner,), span, 0.75, self.media[noun] or None) if owner else None

    def _author(self, noun: str, span: Span) -> str | None:
        """Whose paper "the letter" is: a court's where it is a ruling, else that of whoever spoke last by name."""
        if noun in _RULINGS:
            return self.cast.find_bearer(span.start, "court")
        return next((a for a in self.memory.spoken if self.cast.actors[a].named), self.voice)

    def _resolve_anaphor(self, span: Span, lower: str) -> Speaker | None:
        """Such as "the rights group", "the ministry": the one that spoke last, or was named last, that it can stand for."""
        if not re.match(r"(?:the|this|that)\s", lower):
            return None
        noun = _DETERMINER.sub("", lower)
        kinds = self.words.anaphors.get(noun) or self.words.anaphors.get(noun.split(" ")[-1])
        if not kinds:
            return None
        last = noun.split(" ")[-1]
        if court := _COURT.get(last):
            bearer = self.cast.find_bearer(span.start, court)
            return Speaker((bearer,), span, 0.8) if bearer else None
        if "State" in kinds and (state := self._state_of_sentence(span)):
            return Speaker((state,), span, 0.8)
        for actor in self.memory.spoken:
            if "State" not in kinds and self.cast.has_word(actor, last):
                return Speaker((actor,), span, 0.85)
        bearer = None if "State" in kinds else self.cast.find_bearer(span.start, last)
        if bearer and self.cast.kind_of(bearer) in kinds:
            return Speaker((bearer,), span, 0.8)
        for actor in self.memory.spoken:
            if self.cast.kind_of(actor) in kinds and self.cast.actors[actor].named:
                return Speaker((actor,), span, 0.85)
        nearest = self.cast.find_earlier(span.start, noun)
        if nearest and self.cast.kind_of(nearest) in kinds:
            return Speaker((nearest,), span, 0.75)
        state = self._nearest(span, ("State",)) if "State" in kinds else None
        return Speaker((state,), span, 0.65) if state else None

    def _state_of_sentence(self, span: Span) -> str | None:
        """Such as "In Malawi, the cabinet said": the State the sentence opens with."""
        opening = re.search(
            r"(?:^|[.!?\n]\s*)In (?=[A-Z])[^.,\n]{3,30},\s*$",
            self.cast.plain[max(0, span.start - 60) : span.start],
        )
        found = self.cast.mentions_in(Span(max(0, span.start - 40), span.start)) if opening else []
        return next((m.actor for m in found if self.cast.kind_of(m.actor) == "State"), None)

    def _is_generic(self, span: Span) -> bool:
        text = _DETERMINER.sub("", self._head(_strip(self.cast.plain, span)).of(self.cast.plain)).lower()
        return any(n in self.words.sources or n in self.words.role_words for n in _endings(text))

    def _resolve_generic(self, span: Span, head: Span) -> Speaker | None:
        """An unnamed source: "rights groups", "a ministry source", "one of the officials"."""
        if _NOBODY.search(span.of(self.cast.plain)):
            return None
        if not self._is_generic(span) or _HIDDEN_VERB.search(span.of(self.cast.plain).split(",")[0]):
            return None
        if owner := self._organization_of(span, head):
            return owner
        noun = next(
            (n for n in _endings(head.of(self.cast.plain).lower()) if n in self.words.sources), "person"
        )
        kind = "Person" if self._is_single(span, noun) else "Group"
        return Speaker((self._unnamed(span, kind),), span, 0.8)

    def _is_single(self, span: Span, noun: str) -> bool:
        if re.match(r"one of\b", span.of(self.cast.plain), re.IGNORECASE):
            return True
        return self.words.sources.get(noun) == "person" and not noun.endswith("s")

    def _organization_of(self, span: Span, head: Span) -> Speaker | None:
        """Such as "nurses of Harbour Light": several people of an organisation speak for it."""
        match = re.match(r"s of (?:the )?", self.cast.plain[head.end - 1 : span.end])
        mention = self.cast.mention_at(head.end - 1 + match.end()) if match else None
        if (
            mention
            and mention.span.end == span.end
            and self.cast.kind_of(mention.actor) in ORGANIZATIONS - {"State"}
        ):
            return Speaker((mention.actor,), span, 0.75)
        return None

    def _resolve_first_mention(self, span: Span, head: Span) -> Speaker | None:
        """A phrase that begins with a name goes on with something else: "UNHCR in Pakistan"."""
        inside = [m for m in self.cast.mentions_in(head) if self.cast.kind_of(m.actor) != "Place"]
        if inside and inside[0].span.start - span.start <= 4 and inside[0].span.end >= head.end - 1:
            return Speaker((inside[0].actor,), inside[0].span, inside[0].evidence.confidence * 0.9)
        return None

    def _resolve_unknown(self, span: Span) -> Speaker | None:
        """A name nobody introduced: two or more capitalised words are taken for a person."""
        text = span.of(self.cast.document.text)
        match = re.fullmatch(PERSON, span.of(self.cast.plain))
        name = trim_name(text)
        if not match or " " not in name or name != text or self.cast.is_blocked(span):
            return None
        key = self.cast.use_name(name, "Person", "actor/beside-cue", 0.7)
        self.cast.add_mention(span, key, "mention/beside-cue", 0.7)
        return Speaker((key,), span, 0.7)

    def _unnamed(self, span: Span, kind: str) -> str:
        """Take an unnamed source into the cast; the same words are the same source within a document."""
        words = span.of(self.cast.document.text)
        words = re.sub(r"^(?:The|the|A|a|An|an)\s+", "", words)
        key = f"#actor-{to_slug(words)[:80].strip('-') or 'unnamed'}"
        owner = next(iter(self.cast.mentions_in(span)), None)
        self.cast.actors.setdefault(
            key,
            Actor(
                key,
                words,
                kind,
                Evidence("actor/unnamed-source", 0.8),
                named=False,
                parent=owner.actor if owner else None,
            ),
        )
        return key


def _endings(text: str) -> list[str]:
    """The last three, two and one words of a phrase."""
    tokens = re.sub(r"[^\w' -]", " ", text).split()
    return [" ".join(tokens[-n:]) for n in (3, 2, 1) if len(tokens) >= n]


def _strip(plain: str, span: Span) -> Span:
    text = span.of(plain)
    left = len(text) - len(text.lstrip(" \n,;:-–—"))
    right = len(text.rstrip(" \n,;:-–—"))
    return Span(span.start + left, max(span.start + left, span.start + right))
