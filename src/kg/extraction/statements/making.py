"""Make a draft of a cue, its speaker and its content."""

import re

from kg.extraction.statements.contents import Content
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.scene import Scene
from kg.extraction.statements.speakers import Speaker
from kg.extraction.words import compile_words
from kg.model import Span


def make_draft(
    scene: Scene, cue: Cue, speaker: Speaker, content: Content, until: int, rule: str = ""
) -> Draft | None:
    """Make a draft; None where there is no content."""
    if content.span.end <= content.span.start:
        return None
    addressees = find_addressees(scene, content.addressee, speaker)
    name = rule or f"statement/{content.frame}"
    confidence = round(cue.weight * speaker.confidence, 3)
    draft = Draft(
        speaker,
        [content.span],
        scene.sentence,
        name,
        confidence,
        cue,
        to_cue_span(scene, cue),
        addressees,
        until=until,
    )
    bind_citing(scene, draft)
    return draft


def to_cue_span(scene: Scene, cue: Cue) -> Span:
    """Give the span of a cue with its auxiliary: "has documented"."""
    first = cue.first
    while first and scene.sentence.tokens[first - 1].lower in ("has", "have", "had"):
        first -= 1
    return Span(scene.sentence.tokens[first].start, cue.span.end)


def find_addressees(scene: Scene, span: Span | None, speaker: Speaker) -> tuple[str, ...]:
    """Give the actors named between cue and content, the speaker left out."""
    if span is None:
        return ()
    found = [
        m.actor
        for m in scene.cast.mentions_in(span)
        if m.actor not in speaker.actors and not _is_modifier(scene, m.span.end)
    ]
    return tuple(dict.fromkeys(found))


def _is_modifier(scene: Scene, end: int) -> bool:
    """Tell whether a name only says which others are meant: "UN member states", but not "Watch researchers"."""
    words = re.match(r" (([a-z]{3,})(?: [a-z]{3,})?)", scene.plain[end : end + 40])
    if words is None:
        return False
    sources = compile_words(scene.cast.lexicon).sources
    return (sources.get(words[1]) or sources.get(words[2])) in ("government", "group", "organization")


def bind_citing(scene: Scene, draft: Draft) -> None:
    """A citing phrase before its statement ("Citing the IOM, Oxfam said …") is passed on by it."""
    last = scene.drafts[-1] if scene.drafts else None
    if (
        last
        and last.is_citing
        and last.sentence is draft.sentence
        and last.content[0].start == last.content[0].end
    ):
        last.content = list(draft.content)
        draft.relays = last
