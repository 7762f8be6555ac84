"""From drafts to statements: mode, act, modality, order, and who relays whom."""

from collections.abc import Sequence

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.acts import choose_act
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.modality import find_modality
from kg.extraction.text.quotations import Quotation
from kg.model import Evidence, Mention, Span, Statement


def assemble(drafts: Sequence[Draft], cast: Cast, quotations: Sequence[Quotation]) -> tuple[Statement, ...]:
    """Turn drafts into statements, ordered by where their content begins.

    A citing phrase whose statement was never found is dropped; inner statements follow the ones that relay them.
    """
    kept = [d for d in drafts if d.content and d.content[0].end > d.content[0].start]
    kept = _drop_repeated(kept)
    order = sorted(kept, key=lambda d: (d.start, d.is_citing, d.until))
    number = {id(d): i for i, d in enumerate(order)}
    return tuple(_to_statement(d, number, cast, quotations) for d in order)


def _drop_repeated(drafts: Sequence[Draft]) -> list[Draft]:
    """Of two drafts of one speaker with the same content, keep the surer."""
    best: dict[tuple[object, ...], Draft] = {}
    for draft in drafts:
        key = (draft.speaker.actors, tuple(draft.content), draft.is_citing)
        if key not in best or draft.confidence > best[key].confidence:
            best[key] = draft
    return list(best.values())


def _to_statement(
    draft: Draft, number: dict[int, int], cast: Cast, quotations: Sequence[Quotation]
) -> Statement:
    text = " ".join(c.of(cast.document.text) for c in draft.content)
    mode = "direct" if draft.rule == "statement/letter" else find_mode(draft.content, quotations)
    content = _unquote(draft.content, quotations) if mode == "direct" else tuple(draft.content)
    relayed = number.get(id(draft.relays)) if draft.relays else None
    spans = [draft.sentence.span, *draft.content, *([draft.cue_span] if draft.cue_span else [])]
    return Statement(
        speakers=draft.speaker.actors,
        content=content,
        cue=draft.cue_span,
        source=draft.speaker.span if draft.speaker.span.end > draft.speaker.span.start else None,
        sentence=Span(min(s.start for s in spans), max(s.end for s in spans)),
        mode=mode,
        act=_choose_act(draft, text, mode, cast),
        evidence=Evidence(draft.rule, draft.confidence),
        modality="asserted" if draft.rule in _ACTS else find_modality(text, draft.cue, cast.lexicon),
        medium=draft.speaker.medium,
        addressees=draft.addressees,
        relays=relayed,
        is_citing=draft.is_citing,
        cites=draft.relays.speaker.actors if draft.relays else draft.cites,
    )


_ACTS = {"statement/letter": "demand", "statement/citing": "report"}
"""Frames that fix the act of what is said, whatever its words."""


def _choose_act(draft: Draft, text: str, mode: str, cast: Cast) -> str:
    kind = _kind(cast, draft.speaker.actors[0])
    return _ACTS.get(draft.rule) or choose_act(
        draft.cue, text, mode=mode, speaker_kind=kind, lexicon=cast.lexicon
    )


def _kind(cast: Cast, key: str) -> str:
    """The class of a speaker; a person speaks for the body they belong to."""
    actor = cast.actors[key]
    parent = cast.actors.get(actor.parent or "")
    return parent.kind if actor.kind == "Person" and parent else actor.kind


def find_mode(content: Sequence[Span], quotations: Sequence[Quotation]) -> str:
    """Tell whether a content is quoted wholly (direct), partly (mixed) or not at all (indirect)."""
    touched = [q for c in content for q in quotations if q.outer.overlaps(c)]
    if not touched:
        return "indirect"
    whole = all(any(q.outer.start <= c.start and c.end <= q.outer.end for q in quotations) for c in content)
    return "direct" if whole else "mixed"


def _unquote(content: Sequence[Span], quotations: Sequence[Quotation]) -> tuple[Span, ...]:
    """Leave out the quotation marks around a content that is quoted wholly."""
    found = []
    for span in content:
        quotation = next(
            (q for q in quotations if q.outer.start <= span.start and span.end <= q.outer.end), None
        )
        inner = quotation.inner if quotation else span
        start, end = max(span.start, inner.start), min(span.end, inner.end)
        found.append(Span(start, end) if end > start else span)
    return tuple(found)


def mention_sources(drafts: Sequence[Draft], cast: Cast) -> tuple[Mention, ...]:
    """Give the mentions that plain nouns and pronouns are where they name a speaker, beside the named ones."""
    found = {m.span: m for m in cast.mentions}
    for draft in drafts:
        span = draft.speaker.span
        if (
            len(draft.speaker.actors) == 1
            and span.end > span.start
            and not cast.mentions_in(span, touching=True)
        ):
            evidence = Evidence("mention/source", draft.speaker.confidence)
            found.setdefault(span, Mention(span, draft.speaker.actors[0], evidence, is_name=False))
    return tuple(sorted(found.values()))
