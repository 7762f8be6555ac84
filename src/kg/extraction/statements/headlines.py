"""Headlines that attribute without a verb: "X: content", "X to Y: content"."""

import re

from kg.extraction.statements.contents import trim
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.scene import Scene
from kg.extraction.statements.speakers import Speaker
from kg.model import Span

_TOPICS = ("State", "Place")
"""In "Tunisia: hundreds stranded" a State is what a headline is about, not who speaks."""


def read_headline(scene: Scene) -> None:
    """Such as "X: content" and "X to Y: content" in a title."""
    text = scene.sentence.span.of(scene.plain)
    match = re.match(r"([^:,“\"]{2,80}):\s+(\S.{8,})", text)
    if not match:
        return
    name = Span(scene.sentence.span.start, scene.sentence.span.start + match.end(1))
    addressed = re.search(r"\s+to\s+", name.of(scene.plain))
    subject = Span(name.start, name.start + addressed.start()) if addressed else name
    found = [
        m
        for m in scene.cast.mentions_in(subject)
        if m.span.start == subject.start and m.span.end >= subject.end - 1
    ]
    is_topic = found and not addressed and scene.cast.kind_of(found[0].actor) in _TOPICS
    if not found or is_topic:
        return
    speaker = Speaker((found[0].actor,), found[0].span, 0.8)
    at = scene.sentence.span.start + match.start(2)
    colon = Span(name.end, name.end + 1)
    whom = tuple(m.actor for m in scene.cast.mentions_in(Span(subject.end, name.end)))
    content = trim(scene.plain, Span(at, scene.sentence.span.end))
    scene.add(
        Draft(
            speaker,
            [content],
            scene.sentence,
            "statement/headline-colon",
            0.75,
            None,
            colon,
            whom,
            until=scene.sentence.span.end,
        )
    )
