"""Find who says what: every cue of every sentence, by the frame it stands in."""

import re
from collections.abc import Sequence

from kg.extraction.cast import Cast
from kg.extraction.clauses import Left, look_left
from kg.extraction.contents import (
    Content,
    find_left,
    find_quotation_after,
    find_quotation_before,
    find_right,
    is_trailing,
    is_whole,
    trim,
)
from kg.extraction.cues import Cue, find_cues
from kg.extraction.drafts import Draft
from kg.extraction.quotations import Quotation
from kg.extraction.speakers import Speaker, SpeakerResolver
from kg.extraction.tokens import Sentence
from kg.model import Span

_CITING = ("cite", "quote")
SURE = 0.55
"""Cues of less weight attribute only beside a quotation."""
WITH_THAT = 0.3
"""Cues of less weight attribute only before a that-clause."""
BESIDE_QUOTATION = 0.2


class StatementFinder:
    """Finds the statements of one document, sentence by sentence, remembering who spoke."""

    def __init__(self, cast: Cast, resolver: SpeakerResolver, quotations: tuple[Quotation, ...]) -> None:
        self.cast = cast
        self.resolver = resolver
        self.quotations = quotations
        self.drafts: list[Draft] = []

    def find(self, sentences: Sequence[Sentence]) -> list[Draft]:
        """Find the statements of all sentences, in order."""
        for sentence in sentences:
            self._read(sentence)
        return self.drafts

    # ------------------------------------------------------------ one sentence

    def _read(self, sentence: Sentence) -> None:
        begun = len(self.drafts)
        inside = tuple(q for q in self.quotations if q.outer.overlaps(sentence.span))
        cues = find_cues(sentence, self.cast.lexicon)
        if sentence.block.kind == "title" or sentence.block.kind == "heading":
            self._read_headline(sentence)
        for cue in cues:
            if draft := self._attribute(sentence, cue, cues, inside, self.drafts[begun:]):
                self._add(draft)
        self._continue_quotation(sentence, inside, begun)

    def _add(self, draft: Draft) -> None:
        self.drafts.append(draft)
        if not draft.is_citing:
            self.resolver.memory.note(draft.speaker.actors)

    def _attribute(
        self,
        sentence: Sentence,
        cue: Cue,
        cues: tuple[Cue, ...],
        inside: tuple[Quotation, ...],
        here: list[Draft],
    ) -> Draft | None:
        if any(
            d.until > cue.span.start and d.content[-1].end > cue.span.start
            for d in here
            if d.rule != "statement/citing"
        ):
            return None  # inside what somebody already says
        if "source" in cue.frames and cue.morph == "base":
            return self._read_source(sentence, cue, here)
        if _is_adjective(sentence, cue):
            return None
        if cue.is_passive:
            return self._read_passive(sentence, cue, cues)
        if cue.morph == "ing" and not _is_progressive(sentence, cue):
            return self._read_participle(sentence, cue, cues, inside, here)
        return self._read_finite(sentence, cue, cues, inside, here)

    # ------------------------------------------------------------ frames

    def _read_finite(
        self,
        sentence: Sentence,
        cue: Cue,
        cues: tuple[Cue, ...],
        inside: tuple[Quotation, ...],
        here: list[Draft],
    ) -> Draft | None:
        left = look_left(sentence, cue, self.cast)
        if left.is_negated:
            return None
        if cue.concept.label in _CITING and (citing := self._read_citing(sentence, cue, [])):
            return citing
        closing = find_quotation_before(inside, sentence, cue.span.start, self.cast)
        if (
            closing is not None
            and cue.weight >= BESIDE_QUOTATION
            and (speaker := self._speaker_right(sentence, cue))
        ):
            return self._quote(sentence, cue, speaker, [closing], inside, "statement/quote-inverted")
        speaker = self._subject(left, cue, here)
        if speaker is None:
            if cue.weight >= SURE and closing is None:
                return self._read_inverted(sentence, cue, here)
            return None
        before = find_quotation_before(
            inside, sentence, speaker.span.start if left.phrase is None else left.phrase.start, self.cast
        )
        if (
            before is not None
            and cue.weight >= BESIDE_QUOTATION
            and "quotation" in cue.frames
            and not here_has(here, before)
        ):
            following = find_quotation_after(inside, sentence, cue, self.cast)
            return self._quote(
                sentence,
                cue,
                speaker,
                [before, *([following] if following else [])],
                inside,
                "statement/quote-before",
            )
        after = find_quotation_after(inside, sentence, cue, self.cast)
        if after is not None and cue.weight >= BESIDE_QUOTATION and self._is_utterance(after, sentence):
            return self._quote(sentence, cue, speaker, [after], inside, "statement/quote-after")
        if cue.weight < SURE:
            has_that = any(t.lower == "that" for t in sentence.tokens[cue.last : cue.last + 8])
            return self._right(sentence, cue, speaker, cues) if has_that and cue.weight >= WITH_THAT else None
        start = max([sentence.span.start, *(d.until for d in here)])
        subject = left.phrase.start if left.phrase else cue.span.start
        if is_trailing(cue, self._limit(sentence, cue, cues), self.cast) and (
            span := find_left(sentence, start, subject, self.cast)
        ):
            return self._draft(sentence, cue, speaker, Content(span, None, "trailing"), cue.span.end)
        return self._right(sentence, cue, speaker, cues)

    def _right(
        self, sentence: Sentence, cue: Cue, speaker: Speaker, cues: tuple[Cue, ...], rule: str = ""
    ) -> Draft | None:
        limit = self._limit(sentence, cue, cues)
        content = find_right(sentence, cue, limit, self.cast)
        if content is None or (cue.weight < SURE and content.frame != "clause"):
            return None
        return self._draft(sentence, cue, speaker, content, content.span.end, rule)

    def _read_inverted(self, sentence: Sentence, cue: Cue, here: list[Draft]) -> Draft | None:
        """ "…, says Minister", "…, notes X of the Y Network": the content stands left, the speaker right."""
        at = cue.first
        if at < 3 or sentence.tokens[at - 1].text != "," or cue.morph in ("base", "ing"):
            return None
        speaker = self._speaker_right(sentence, cue)
        rest = self.cast.plain[speaker.span.end : sentence.span.end] if speaker else ""
        if rest.strip(" .?!") and not rest.lstrip().startswith(","):
            return None
        start = max([sentence.span.start, *(d.until for d in here)])
        span = find_left(sentence, start, cue.span.start, self.cast) if speaker else None
        if speaker is None or span is None or speaker.span.start - cue.span.end > 4:
            return None
        return self._draft(sentence, cue, speaker, Content(span, None, "inverted"), speaker.span.end)

    def _read_participle(
        self,
        sentence: Sentence,
        cue: Cue,
        cues: tuple[Cue, ...],
        inside: tuple[Quotation, ...],
        here: list[Draft],
    ) -> Draft | None:
        """ ", warning that …", ", saying “…”", "Citing UNHCR, Amnesty noted …"."""
        previous = sentence.tokens[cue.first - 1] if cue.first else None
        if (
            previous
            and previous.text not in (",", "—", "–", ")", '"', "”", "’", "»")
            and previous.lower not in ("and", "but", "also", "while", "instead")
        ):
            return None
        if cue.concept.label in _CITING and (found := self._read_citing(sentence, cue, here)):
            return found
        speaker = self._main_subject(sentence, cue, cues, here)
        if speaker is None or cue.weight < SURE:
            return None
        after = find_quotation_after(inside, sentence, cue, self.cast)
        if after is not None and self._is_utterance(after, sentence):
            return self._quote(sentence, cue, speaker, [after], inside, "statement/participle-quote")
        return self._right(sentence, cue, speaker, cues, "statement/participle")

    def _read_passive(self, sentence: Sentence, cue: Cue, cues: tuple[Cue, ...]) -> Draft | None:
        """ "Thailand was urged on Monday by the Forum to …": the speaker follows "by"."""
        if "passive" not in cue.frames or cue.weight < SURE:
            return None
        tail = Span(cue.span.end, sentence.span.end)
        match = re.search(r"\bby\s+", tail.of(self.cast.plain)[:60])
        if not match:
            return None
        start = tail.start + match.end()
        end_match = re.search(
            r"[,;:.]|\s(?:to|that|on|in|over|for|after|as|of)\s", self.cast.plain[start : sentence.span.end]
        )
        speaker = self.resolver.resolve(
            Span(start, start + end_match.start() if end_match else sentence.span.end)
        )
        if speaker is None:
            return None
        limit = self._limit(sentence, cue, cues)
        content = find_right(sentence, cue, limit, self.cast)
        if content is None or content.frame == "object":
            return None
        left = look_left(sentence, cue, self.cast)
        return self._draft(
            sentence,
            cue,
            speaker,
            content._replace(addressee=left.phrase),
            content.span.end,
            "statement/passive",
        )

    def _read_source(self, sentence: Sentence, cue: Cue, here: list[Draft]) -> Draft | None:
        """ "According to X, …" and "…, according to X"."""
        start = cue.span.end
        found = self._phrase_right(sentence, start)
        inner = (
            re.fullmatch(r"(?i:by|on|in) (.+?)(?:'s)? (?:own )?\w+", cue.span.of(self.cast.plain))
            if "_" in cue.concept.label
            else None
        )
        if inner:
            at = cue.span.start + inner.start(1)
            found = Span(at, at + len(inner[1]))
            start = cue.span.end
        speaker = self._resolve_right(found) if found else None
        if speaker is None or found is None or cue.weight < SURE:
            return None
        reach = max(found.end, cue.span.end)
        if cue.first <= 1:
            return self._source_first(sentence, cue, speaker, reach)
        begin = max([sentence.span.start, *(d.until for d in here)])
        span = trim(self.cast.plain, Span(begin, cue.span.start))
        if (
            any(
                set(d.speaker.actors) & set(speaker.actors) or d.content[-1].end >= cue.span.start - 2
                for d in here
            )
            or speaker.medium
        ):
            return None
        if len(span.of(self.cast.plain).split()) < 3:
            return None
        return self._draft(sentence, cue, speaker, Content(span, None, "according-to"), reach)

    def _source_first(self, sentence: Sentence, cue: Cue, speaker: Speaker, reach: int) -> Draft | None:
        rest = self.cast.plain[reach : sentence.span.end]
        match = re.match(r"[^,]{0,120}?,\s*", rest)
        if match is None:
            return None
        span = trim(self.cast.plain, Span(reach + match.end(), sentence.span.end))
        return self._draft(sentence, cue, speaker, Content(span, None, "according-to"), sentence.span.end)

    def _read_citing(self, sentence: Sentence, cue: Cue, here: list[Draft]) -> Draft | None:
        """A participle that names the source of what is said: kept until the statement it belongs to is there."""
        found = self._phrase_right(sentence, cue.span.end)
        text = found.of(self.cast.plain) if found else ""
        named = self.cast.mentions_in(found) if found else []
        if (
            found is None
            or not named
            or not re.match(
                r"(?:\w+ ){0,3}?(?:data|figures?|reports?|statistics|findings?|estimates|numbers|research|officials|sources)?",
                text,
            )
        ):
            return None
        key = named[0].actor
        if named[0].span.start - found.start > 24 or self.cast.kind_of(key) == "State":
            return None
        speaker = Speaker((key,), named[0].span, 0.85)
        base = next((d for d in reversed(here) if not d.is_citing), None)
        if (
            re.match(r",\s(?:\w+\s)?\w+(?:ed|s|said|ing)\b", self.cast.plain[found.end : found.end + 40])
            and sentence.tokens[cue.first - 2].lower == "and"
        ):
            base = None
        content = list(base.content) if base else [Span(found.end, found.end)]
        draft = Draft(
            speaker,
            content,
            sentence,
            "statement/citing",
            0.8,
            cue,
            cue.span,
            is_citing=True,
            until=found.end,
        )
        if base and base.cue and base.cue.span.start < cue.span.start:
            base.relays = draft
        return draft

    def _read_headline(self, sentence: Sentence) -> None:
        """ "X: content" and "X to Y: content" in a title."""
        text = sentence.span.of(self.cast.plain)
        match = re.match(r"([^:,“\"]{2,80}):\s+(\S.{8,})", text)
        if not match:
            return
        name = Span(sentence.span.start, sentence.span.start + match.end(1))
        addressed = re.search(r"\s+to\s+", name.of(self.cast.plain))
        subject = Span(name.start, name.start + addressed.start()) if addressed else name
        found = [
            m
            for m in self.cast.mentions_in(subject)
            if m.span.start == subject.start and m.span.end >= subject.end - 1
        ]
        if not found:
            return
        speaker = Speaker((found[0].actor,), found[0].span, 0.8)
        at = sentence.span.start + match.start(2)
        colon = Span(name.end, name.end + 1)
        whom = tuple(m.actor for m in self.cast.mentions_in(Span(subject.end, name.end)))
        content = trim(self.cast.plain, Span(at, sentence.span.end))
        self._add(
            Draft(
                speaker,
                [content],
                sentence,
                "statement/headline-colon",
                0.75,
                None,
                colon,
                whom,
                until=sentence.span.end,
            )
        )

    # ------------------------------------------------------------ who speaks

    def _subject(self, left: Left, cue: Cue, here: list[Draft]) -> Speaker | None:
        if left.phrase is None or left.joins:
            if left.wide and (speaker := self._listed(left.wide)):
                return speaker
            if left.phrase and (speaker := self.resolver.resolve(left.phrase)):
                return speaker
            last = next((d for d in reversed(here) if d.cue and not d.is_citing), None)
            if left.joins and last and last.cue and _agrees(last.cue, cue):
                return last.speaker
            return None
        if left.wide and left.wide != left.phrase and (speaker := self._listed(left.wide)):
            return speaker
        if cue.morph == "base" and not self._is_plural(left.phrase):
            return None
        return self.resolver.resolve(left.phrase)

    def _listed(self, span: Span) -> Speaker | None:
        speaker = self.resolver.resolve(span) if re.search(r"\band\b", span.of(self.cast.plain)) else None
        return (
            speaker
            if speaker and (len(speaker.actors) > 1 or speaker.span == trim(self.cast.plain, span))
            else None
        )

    def _is_plural(self, span: Span) -> bool:
        text = span.of(self.cast.plain).lower()
        head = re.split(r"\s(?:of|in|from|for|at|with|on|who)\s", text)[0]
        mention = self.cast.mention_ending(span.end)
        return bool(
            re.search(
                r"(?:s|people|police|men|women|media|we|i|they|you|both|taliban|data|others|\band\b.*)$", head
            )
            or (mention and self.cast.kind_of(mention.actor) == "DeFactoAuthority")
        )

    def _main_subject(
        self, sentence: Sentence, cue: Cue, cues: tuple[Cue, ...], here: list[Draft]
    ) -> Speaker | None:
        """The subject of the clause a participle belongs to."""
        if spoken := next((d.speaker for d in reversed(here) if not d.is_citing), None):
            return spoken
        for other in cues:
            if other.span.start < cue.span.start and other.morph != "ing":
                left = look_left(sentence, other, self.cast)
                phrase = left.phrase
                if phrase and (speaker := self.resolver.resolve(phrase)):
                    return speaker
        start = sentence.tokens[0].start
        named = self.cast.mentions_in(Span(start, cue.span.start))
        if (
            len(named) > 1
            and self.cast.kind_of(named[1].actor) == "Person"
            and "," not in self.cast.plain[start : named[1].span.start]
        ):
            named = named[1:]
        for mention in named:
            lead = self.cast.plain[start : mention.span.start]
            if re.fullmatch(
                r"(?:(?:The|the|In|On|[A-Z]\w+,?)\s*|[^,]{0,40},\s*(?:the\s)?|[\w' -]{0,30})?", lead
            ) and not re.search(r"\b(?:of|in|from|to|by|with)\s(?:the\s)?$", lead):
                return Speaker((mention.actor,), mention.span, 0.7)
            break
        match = re.match(
            r"(?:He|She|They|It|The [\w -]{3,30}?)(?= (?:has|have|had|is|was|also|[a-z]+ed|went|spoke)\b)",
            self.cast.plain[start : cue.span.start],
        )
        return self.resolver.resolve(Span(start, start + match.end())) if match else None

    def _speaker_right(self, sentence: Sentence, cue: Cue) -> Speaker | None:
        found = self._phrase_right(sentence, cue.span.end)
        return self._resolve_right(found) if found else None

    def _resolve_right(self, span: Span) -> Speaker | None:
        """Resolve a phrase right of a cue; a name set off by a comma goes before it ("its director, Dr Overmeer")."""
        following = self.cast.mention_at(span.end + 2) or self.cast.mention_at(span.end + 5)
        inserted = (
            following and self.cast.kind_of(following.actor) == "Person" and self.cast.plain[span.end] == ","
        )
        if (
            following
            and inserted
            and following.span.start - span.end < 8
            and not self.cast.mention_ending(span.end)
        ):
            return Speaker((following.actor,), following.span, following.evidence.confidence)
        return self.resolver.resolve(span)

    def _phrase_right(self, sentence: Sentence, start: int) -> Span | None:
        """The noun phrase that begins after an offset: to a comma, stop or verb that no name covers."""
        plain = self.cast.plain
        at = next((t.start for t in sentence.tokens if t.start >= start and t.is_word), None)
        if at is None or plain[start:at].strip(" \"'“‘"):
            return None
        end = at
        for token in sentence.tokens:
            if token.start < at:
                continue
            mention = self.cast.mention_at(token.start)
            if mention and mention.span.start < token.start:
                end = token.end
                continue
            if token.text in ',;:.—–()“”"' or token.lower in (
                "who",
                "which",
                "that",
                "and",
                "said",
                "on",
                "when",
                "as",
                "after",
                "but",
                "while",
                "including",
            ):
                break
            end = token.end
        return Span(at, end) if end > at else None

    # ------------------------------------------------------------ how far

    def _limit(self, sentence: Sentence, cue: Cue, cues: tuple[Cue, ...]) -> int:
        """Where a content ends: at the end of the sentence, or where the next attribution begins."""
        for other in cues:
            if other.first < cue.last or (other.weight < SURE and other.concept.label not in ("cite",)):
                continue
            before = sentence.tokens[other.first - 1]
            if "source" in other.frames and other.morph == "base":
                if before.text == ",":
                    return before.start
                continue
            if other.morph == "ing" and not _is_progressive(sentence, other):
                if before.text == ",":
                    return before.start
                continue
            left = look_left(sentence, other, self.cast)
            if left.is_negated or other.is_passive:
                continue
            if (
                left.joins
                and left.phrase is None
                and _agrees(cue, other)
                and before.lower in ("and", "but", ",")
            ):
                if _is_adjective(sentence, other):
                    continue
                earlier = sentence.tokens[other.first - 2] if other.first > 1 else before
                return earlier.start if earlier.text == "," else before.start
            if left.phrase is None or left.joins:
                continue
            cut = self._clause_start(sentence, left.phrase.start, cue.span.end)
            if cut and self.resolver.resolve(left.phrase):
                return cut
        concession = re.search(r",\s(?:al)?though\s", self.cast.plain[cue.span.end : sentence.span.end])
        return cue.span.end + concession.start() if concession else sentence.span.end

    def _clause_start(self, sentence: Sentence, subject: int, floor: int) -> int | None:
        """Where the clause of another subject begins, if a comma or dash sets it off."""
        before = sentence.span.start, subject
        match = re.search(
            r"\s*[,;—–]\s*(?:(?:and|but|while|where|which|as|although|though|whereas)\s+)?(?:\w+ly,?\s+)?$",
            self.cast.plain[before[0] : before[1]],
        )
        at = before[0] + match.start() if match else -1
        return at if at > floor + 3 else None

    # ------------------------------------------------------------ drafts

    def _draft(
        self, sentence: Sentence, cue: Cue, speaker: Speaker, content: Content, until: int, rule: str = ""
    ) -> Draft | None:
        if content.span.end <= content.span.start:
            return None
        addressees = self._addressees(content.addressee, speaker)
        name = rule or f"statement/{content.frame}"
        confidence = round(cue.weight * speaker.confidence, 3)
        draft = Draft(
            speaker,
            [content.span],
            sentence,
            name,
            confidence,
            cue,
            self._cue_span(sentence, cue),
            addressees,
            until=until,
        )
        self._bind_citing(draft)
        return draft

    def _cue_span(self, sentence: Sentence, cue: Cue) -> Span:
        first = cue.first
        while first and sentence.tokens[first - 1].lower in ("has", "have", "had"):
            first -= 1
        return Span(sentence.tokens[first].start, cue.span.end)

    def _bind_citing(self, draft: Draft) -> None:
        """A citing phrase before its statement ("Citing UNHCR, Amnesty noted …") is passed on by it."""
        last = self.drafts[-1] if self.drafts else None
        if (
            last
            and last.is_citing
            and last.sentence is draft.sentence
            and last.content[0].start == last.content[0].end
        ):
            last.content = list(draft.content)
            draft.relays = last

    def _addressees(self, span: Span | None, speaker: Speaker) -> tuple[str, ...]:
        if span is None:
            return ()
        found = [m.actor for m in self.cast.mentions_in(span) if m.actor not in speaker.actors]
        return tuple(dict.fromkeys(found))

    def _quote(
        self,
        sentence: Sentence,
        cue: Cue,
        speaker: Speaker,
        quoted: list[Quotation],
        inside: tuple[Quotation, ...],
        rule: str,
    ) -> Draft | None:
        whole = [q for q in quoted if is_whole(q, self.cast.plain)]
        if not whole:
            return None
        parts = [p for q in whole for p in self._parts(q)]
        addressed = (
            Span(cue.span.end, whole[-1].outer.start)
            if whole[-1].outer.start > cue.span.end
            else Span(cue.span.end, sentence.span.end)
        )
        draft = Draft(
            speaker,
            parts,
            sentence,
            rule,
            round(max(cue.weight, 0.8) * speaker.confidence, 3),
            cue,
            self._cue_span(sentence, cue),
            self._addressees(addressed, speaker) if cue.frames & {"addressee", "infinitive"} else (),
            is_quotation=True,
            until=max(whole[-1].outer.end, cue.span.end, speaker.span.end),
        )
        self._bind_citing(draft)
        return draft

    def _parts(self, quotation: Quotation) -> list[Span]:
        plain = self.cast.plain
        parts = []
        for part in quotation.parts:
            text = part.of(plain)
            end = part.start + len(text.rstrip(" ,\n"))
            parts.append(Span(part.start + len(text) - len(text.lstrip()), end))
        return [p for p in parts if p.end > p.start]

    def _is_utterance(self, quotation: Quotation, sentence: Sentence) -> bool:
        """A quotation after a cue is an utterance where it reaches to the end of its sentence."""
        rest = self.cast.plain[quotation.outer.end : sentence.span.end]
        return is_whole(quotation, self.cast.plain) and not rest.strip(" .,!?;\n\"'”’»")

    def _continue_quotation(self, sentence: Sentence, inside: tuple[Quotation, ...], begun: int) -> None:
        """Quotations without a cue of their own belong to whoever was quoted last."""
        for quotation in inside:
            if quotation.outer.start < sentence.span.start or not is_whole(quotation, self.cast.plain):
                continue
            if any(c.overlaps(quotation.inner) for d in self.drafts[-6:] for c in d.content):
                continue
            rest = (
                self.cast.plain[sentence.span.start : quotation.outer.start]
                + self.cast.plain[quotation.outer.end : sentence.span.end]
            )
            last = next((d for d in reversed(self.drafts) if not d.is_citing), None)
            is_near = last is not None and last.is_quotation and quotation.outer.start - last.until < 60
            if last and is_near and not rest.strip(" .,!?;\n\"'”’»–—"):
                last.content += self._parts(quotation)
                last.until = quotation.outer.end


def here_has(here: list[Draft], quotation: Quotation) -> bool:
    """Tell whether a quotation was attributed already."""
    return any(c.overlaps(quotation.inner) for d in here for c in d.content)


def _is_adjective(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether a past form stands before a noun: "restrictions and reported abuses"."""
    before = sentence.tokens[cue.first - 1].lower if cue.first else ""
    after = sentence.tokens[cue.last] if cue.last < len(sentence.tokens) else None
    if (
        cue.morph != "past"
        or cue.last - cue.first > 1
        or after is None
        or before not in ("and", "or", "the", "a", "of", "alleged")
    ):
        return False
    return (
        after.lower.endswith("s")
        and after.text.isalpha()
        and after.text.islower()
        and after.lower not in ("its", "this", "his", "as")
    )


def _is_progressive(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether an -ing form is finite: "is urging"."""
    back = sentence.tokens[cue.first - 1].lower if cue.first else ""
    return back in ("is", "are", "was", "were", "been")


def _agrees(first: Cue, second: Cue) -> bool:
    """Tell whether a second verb may share the subject of a first: both in the past, or both in the present."""
    past = {"past"}
    return (first.morph in past) == (second.morph in past)
