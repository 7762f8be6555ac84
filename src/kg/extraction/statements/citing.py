"""Sources that are named by a phrase: "according to X", "citing X", "by X's count"."""

import re

from kg.extraction.statements.contents import Content, trim
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.making import make_draft
from kg.extraction.statements.scene import SURE, Scene
from kg.extraction.statements.speakers import Speaker
from kg.extraction.statements.subjects import find_phrase_right, resolve_right
from kg.model import Span

CITING = ("cite", "quote")
GOES_ON = re.compile(
    r"(?:is|are|was|were|has|have|had|will|would|could|can|may|might|must|should|does|did|do|not|but|and|who|which|remains?|[a-z]+ly)\b"
)
"""How a clause goes on after an insertion: "the returns, Oxfam said, were …"."""


def read_source(scene: Scene, cue: Cue) -> Draft | None:
    """Such as "According to X, …" and "…, according to X"."""
    start = cue.span.end
    found = find_phrase_right(scene, start)
    inner = (
        re.fullmatch(r"(?i:by|on|in) (.+?)(?:'s)? (?:own )?\w+", cue.span.of(scene.plain))
        if "_" in cue.concept.label
        else None
    )
    if inner:
        at = cue.span.start + inner.start(1)
        found = Span(at, at + len(inner[1]))
        start = cue.span.end
    speaker = resolve_right(scene, found) if found else None
    if speaker is None or found is None or cue.weight < SURE:
        return None
    reach = max(found.end, cue.span.end)
    if cue.first <= 1:
        return _read_source_first(scene, cue, speaker, reach)
    begin = scene.free_start()
    span = trim(scene.plain, Span(begin, cue.span.start))
    if (
        any(
            set(d.speaker.actors) & set(speaker.actors) or d.content[-1].end >= cue.span.start - 2
            for d in scene.here
        )
        or speaker.medium
    ):
        return None
    if len(span.of(scene.plain).split()) < 3:
        return None
    draft = make_draft(scene, cue, speaker, Content(span, None, "according-to"), reach)
    rest = trim(scene.plain, Span(reach, scene.sentence.span.end))
    if draft and scene.plain[reach : reach + 1] == "," and GOES_ON.match(scene.plain, rest.start, rest.end):
        draft.content.append(rest)
        draft.until = rest.end
    return draft


def _read_source_first(scene: Scene, cue: Cue, speaker: Speaker, reach: int) -> Draft | None:
    rest = scene.plain[reach : scene.sentence.span.end]
    match = re.match(r"[^,]{0,120}?,\s*", rest)
    if match is None:
        return None
    span = trim(scene.plain, Span(reach + match.end(), scene.sentence.span.end))
    return make_draft(scene, cue, speaker, Content(span, None, "according-to"), scene.sentence.span.end)


def split_source(scene: Scene, span: Span) -> tuple[Span, tuple[str, ...]]:
    """Part "according to Chad, 900 people crossed" into what is said and on whose word."""
    cue = next((c for c in scene.cues if c.span.start == span.start and "source" in c.frames), None)
    found = find_phrase_right(scene, cue.span.end) if cue else None
    speaker = resolve_right(scene, found) if found else None
    if found is None or speaker is None or scene.plain[found.end : found.end + 1] != ",":
        return span, ()
    return trim(scene.plain, Span(found.end + 1, span.end)), speaker.actors


def read_citing(scene: Scene, cue: Cue) -> Draft | None:
    """A participle that names the source of what is said: kept until the statement it belongs to is there."""
    found = find_phrase_right(scene, cue.span.end)
    text = found.of(scene.plain) if found else ""
    named = scene.cast.mentions_in(found) if found else []
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
    if named[0].span.start - found.start > 24 or scene.cast.kind_of(key) == "State":
        return None
    speaker = Speaker((key,), named[0].span, 0.85)
    base = next((d for d in reversed(scene.here) if not d.is_citing), None)
    if (
        re.match(r",\s(?:\w+\s)?\w+(?:ed|s|said|ing)\b", scene.plain[found.end : found.end + 40])
        and scene.sentence.tokens[cue.first - 2].lower == "and"
    ):
        base = None
    content = list(base.content) if base else [Span(found.end, found.end)]
    draft = Draft(
        speaker,
        content,
        scene.sentence,
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
