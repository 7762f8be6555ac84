"""Who speaks: the subject of a cue, of the clause a participle belongs to, or the name right of a cue."""

import re

from kg.extraction.statements.clauses import Left, look_left
from kg.extraction.statements.contents import trim
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.scene import Scene
from kg.extraction.statements.speakers import Speaker
from kg.model import Span


def find_subject(scene: Scene, left: Left, cue: Cue) -> Speaker | None:
    """Find who the subject of a finite cue is."""
    if left.phrase is None or left.joins:
        if left.wide and (speaker := find_listed(scene, left.wide)) and len(speaker.actors) > 1:
            return speaker
        if left.phrase and (speaker := scene.resolver.resolve(left.phrase)):
            return speaker
        last = next((d for d in reversed(scene.here) if d.cue and not d.is_citing), None)
        if left.joins and last and last.cue and agrees(last.cue, cue):
            return last.speaker
        return None
    if left.wide and left.wide != left.phrase and (speaker := find_listed(scene, left.wide)):
        return speaker
    if cue.morph == "base" and not _is_plural(scene, left.phrase):
        return None
    return scene.resolver.resolve(left.phrase)


def find_listed(scene: Scene, span: Span) -> Speaker | None:
    """Resolve a list of speakers, "X, Y and Z"; None where the words are no list."""
    speaker = scene.resolver.resolve(span) if re.search(r"\band\b", span.of(scene.plain)) else None
    return (
        speaker if speaker and (len(speaker.actors) > 1 or speaker.span == trim(scene.plain, span)) else None
    )


def _is_plural(scene: Scene, span: Span) -> bool:
    text = span.of(scene.plain).lower()
    head = re.split(r"\s(?:of|in|from|for|at|with|on|who)\s", text)[0]
    mention = scene.cast.mention_ending(span.end)
    return bool(
        re.search(
            r"(?:s|people|police|men|women|media|we|i|they|you|both|taliban|data|others|\band\b.*)$", head
        )
        or (mention and scene.cast.kind_of(mention.actor) == "DeFactoAuthority")
    )


def find_main_subject(scene: Scene, cue: Cue) -> Speaker | None:
    """The subject of the clause a participle belongs to."""
    if spoken := next((d.speaker for d in reversed(scene.here) if not d.is_citing), None):
        return spoken
    for other in scene.cues:
        if other.span.start < cue.span.start and other.morph != "ing":
            left = look_left(scene.sentence, other, scene.cast)
            phrase = left.phrase
            if phrase and (speaker := scene.resolver.resolve(phrase)):
                return speaker
    start = scene.sentence.tokens[0].start
    named = scene.cast.mentions_in(Span(start, cue.span.start))
    if (
        len(named) > 1
        and scene.cast.kind_of(named[1].actor) == "Person"
        and "," not in scene.plain[start : named[1].span.start]
    ):
        named = named[1:]
    for mention in named:
        lead = scene.plain[start : mention.span.start]
        if re.fullmatch(
            r"(?:(?:The|the|In|On|[A-Z]\w+,?)\s*|[^,]{0,40},\s*(?:the\s)?|[\w' -]{0,30})?", lead
        ) and not re.search(r"\b(?:of|in|from|to|by|with)\s(?:the\s)?$", lead):
            return Speaker((mention.actor,), mention.span, 0.7)
        break
    match = re.match(
        r"(?:He|She|They|It|The [\w -]{3,30}?)(?= (?:has|have|had|is|was|also|[a-z]+ed|went|spoke)\b)",
        scene.plain[start : cue.span.start],
    )
    return scene.resolver.resolve(Span(start, start + match.end())) if match else None


def find_speaker_right(scene: Scene, cue: Cue) -> Speaker | None:
    """Find the speaker whose name follows the cue."""
    found = find_phrase_right(scene, cue.span.end)
    return resolve_right(scene, found) if found else None


def resolve_right(scene: Scene, span: Span) -> Speaker | None:
    """Resolve a phrase right of a cue; a name set off by a comma goes before it ("its chair, Dr Lindgren")."""
    following = scene.cast.mention_at(span.end + 2) or scene.cast.mention_at(span.end + 5)
    inserted = following and scene.cast.kind_of(following.actor) == "Person" and scene.plain[span.end] == ","
    if (
        following
        and inserted
        and following.span.start - span.end < 8
        and not scene.cast.mention_ending(span.end)
    ):
        return Speaker((following.actor,), following.span, following.evidence.confidence)
    return scene.resolver.resolve(span)


def find_phrase_right(scene: Scene, start: int) -> Span | None:
    """The noun phrase that begins after an offset: to a comma, stop or verb that no name covers."""
    plain = scene.plain
    at = next((t.start for t in scene.sentence.tokens if t.start >= start and t.is_word), None)
    if at is None or plain[start:at].strip(" \"'“‘"):
        return None
    end = at
    for token in scene.sentence.tokens:
        if token.start < at:
            continue
        mention = scene.cast.mention_at(token.start)
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


def agrees(first: Cue, second: Cue) -> bool:
    """Tell whether a second verb may share the subject of a first: both in the past, or both in the present."""
    past = {"past"}
    return (first.morph in past) == (second.morph in past)
