"""Quotations as content: attributed by a cue beside them, or continued from the one before."""

from kg.extraction.statements.contents import is_whole
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.making import bind_citing, find_addressees, to_cue_span
from kg.extraction.statements.scene import Scene
from kg.extraction.statements.speakers import Speaker
from kg.extraction.text.quotations import Quotation
from kg.model import Span


def draft_quotation(
    scene: Scene, cue: Cue, speaker: Speaker, quoted: list[Quotation], rule: str
) -> Draft | None:
    """Draft a statement whose content is one or several whole quotations."""
    whole = [q for q in quoted if is_whole(q, scene.plain)]
    if not whole:
        return None
    parts = [p for q in whole for p in to_parts(scene, q)]
    addressed = (
        Span(cue.span.end, whole[-1].outer.start)
        if whole[-1].outer.start > cue.span.end
        else Span(cue.span.end, scene.sentence.span.end)
    )
    draft = Draft(
        speaker,
        parts,
        scene.sentence,
        rule,
        round(max(cue.weight, 0.8) * speaker.confidence, 3),
        cue,
        to_cue_span(scene, cue),
        find_addressees(scene, addressed, speaker) if cue.frames & {"addressee", "infinitive"} else (),
        is_quotation=True,
        until=max(whole[-1].outer.end, cue.span.end, speaker.span.end),
    )
    bind_citing(scene, draft)
    return draft


def to_parts(scene: Scene, quotation: Quotation) -> list[Span]:
    """Give the spans of a quotation without the comma before its closing mark."""
    plain = scene.plain
    parts = []
    for part in quotation.parts:
        text = part.of(plain)
        end = part.start + len(text.rstrip(" ,\n"))
        parts.append(Span(part.start + len(text) - len(text.lstrip()), end))
    return [p for p in parts if p.end > p.start]


def is_utterance(scene: Scene, quotation: Quotation) -> bool:
    """A quotation after a cue is an utterance where it reaches to the end of its sentence."""
    rest = scene.plain[quotation.outer.end : scene.sentence.span.end]
    return is_whole(quotation, scene.plain) and not rest.strip(" .,!?;\n\"'”’»")


def continue_quotation(scene: Scene) -> None:
    """Quotations without a cue of their own belong to whoever was quoted last."""
    for quotation in scene.inside:
        if quotation.outer.start < scene.sentence.span.start or not is_whole(quotation, scene.plain):
            continue
        if any(c.overlaps(quotation.inner) for d in scene.drafts[-6:] for c in d.content):
            continue
        rest = (
            scene.plain[scene.sentence.span.start : quotation.outer.start]
            + scene.plain[quotation.outer.end : scene.sentence.span.end]
        )
        last = next((d for d in reversed(scene.drafts) if not d.is_citing), None)
        is_near = last is not None and last.is_quotation and quotation.outer.start - last.until < 60
        if last and is_near and not rest.strip(" .,!?;\n\"'”’»–—"):
            last.content += to_parts(scene, quotation)
            last.until = quotation.outer.end


def here_has(here: list[Draft], quotation: Quotation) -> bool:
    """Tell whether a quotation was attributed already."""
    return any(c.overlaps(quotation.inner) for d in here for c in d.content)
