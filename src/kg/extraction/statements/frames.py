"""The frames of verbs: finite with content right or left, inverted, participle, passive."""

import re

from kg.extraction.statements.citing import CITING, GOES_ON, read_citing, split_source
from kg.extraction.statements.clauses import Left, is_adjunct_only, look_left
from kg.extraction.statements.contents import (
    Content,
    find_left,
    find_quotation_after,
    find_quotation_at,
    find_quotation_before,
    find_right,
    is_trailing,
    trim,
)
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.limits import find_limit
from kg.extraction.statements.making import make_draft
from kg.extraction.statements.quoting import draft_quotation, here_has, is_utterance
from kg.extraction.statements.scene import BESIDE_QUOTATION, SURE, WITH_THAT, Scene
from kg.extraction.statements.speakers import Speaker
from kg.extraction.statements.subjects import (
    find_main_subject,
    find_phrase_right,
    find_speaker_right,
    find_subject,
)
from kg.model import Span


def read_finite(scene: Scene, cue: Cue) -> Draft | None:
    """Read a finite cue: "X said …", "“…,” X said", "“…,” said X", "…, X said"."""
    left = look_left(scene.sentence, cue, scene.cast)
    if left.is_negated:
        return None
    if cue.concept.label in CITING and (citing := read_citing(scene, cue)):
        return citing
    closing = find_quotation_before(scene.inside, scene.sentence, cue.span.start, scene.cast)
    if closing is not None and cue.weight >= BESIDE_QUOTATION and (speaker := find_speaker_right(scene, cue)):
        going_on = find_quotation_at(scene.inside, speaker.span.end, scene.cast)
        quoted = [closing, *([going_on] if going_on else [])]
        return draft_quotation(scene, cue, speaker, quoted, "statement/quote-inverted")
    speaker = find_subject(scene, left, cue)
    is_named = speaker is not None and all(scene.cast.actors[a].named for a in speaker.actors)
    if not is_named and _precedes_name(scene, cue) and (inverted := _read_inverted(scene, cue)):
        return inverted
    if speaker is None:
        if cue.weight >= SURE and closing is None:
            return _read_inverted(scene, cue)
        return None
    before = find_quotation_before(
        scene.inside,
        scene.sentence,
        speaker.span.start if left.phrase is None else left.phrase.start,
        scene.cast,
    )
    if (
        before is not None
        and cue.weight >= BESIDE_QUOTATION
        and "quotation" in cue.frames
        and not here_has(scene.here, before)
    ):
        following = find_quotation_after(scene.inside, scene.sentence, cue, scene.cast)
        return draft_quotation(
            scene, cue, speaker, [before, *([following] if following else [])], "statement/quote-before"
        )
    after = find_quotation_after(scene.inside, scene.sentence, cue, scene.cast)
    if after is not None and cue.weight >= BESIDE_QUOTATION and is_utterance(scene, after):
        return draft_quotation(scene, cue, speaker, [after], "statement/quote-after")
    if cue.weight < SURE:
        return _read_unsure(scene, cue, speaker, left)
    start = scene.free_start()
    subject = left.phrase.start if left.phrase else cue.span.start
    if inserted := _read_inserted(scene, cue, speaker, Span(start, subject)):
        return inserted
    if is_trailing(cue, find_limit(scene, cue), scene.cast) and (
        span := find_left(start, subject, scene.cast)
    ):
        return make_draft(scene, cue, speaker, Content(span, None, "trailing"), cue.span.end)
    return draft_right(scene, cue, speaker) or _read_charge(scene, cue, speaker)


def _read_unsure(scene: Scene, cue: Cue, speaker: Speaker, left: Left) -> Draft | None:
    """Read a cue that attributes only before "that", or behind a clause: "…, the Court has decided"."""
    if cue.weight < WITH_THAT:
        return None
    if any(t.lower == "that" for t in scene.sentence.tokens[cue.last : cue.last + 8]):
        return draft_right(scene, cue, speaker)
    named = scene.cast.actors[speaker.actors[0]].named and left.phrase
    if not named or "clause" not in cue.frames or not is_trailing(cue, find_limit(scene, cue), scene.cast):
        return None
    span = find_left(scene.free_start(), named.start, scene.cast)
    return make_draft(scene, cue, speaker, Content(span, None, "trailing"), cue.span.end) if span else None


_CHARGE = re.compile(
    r"[—–,-]\s*an?\s(?:charge|claim|accusation|allegation|assertion|figure|accusations?)\s(?:that\s)?(?:the\s)?$"
)


def _read_charge(scene: Scene, cue: Cue, speaker: Speaker) -> Draft | None:
    """Read "… — a claim the navy denies": what was said just before is what is denied."""
    last = next((d for d in reversed(scene.here) if not d.is_citing), None)
    if last is None or not _CHARGE.search(scene.plain, last.content[-1].start, speaker.span.start):
        return None
    return make_draft(scene, cue, speaker, Content(last.content[-1], None, "charge"), cue.span.end)


def _read_inserted(scene: Scene, cue: Cue, speaker: Speaker, left: Span) -> Draft | None:
    """Read "A, X said, B": what stands on both sides is said, unless B is an adjunct of the saying."""
    if "clause" not in cue.frames or scene.plain[cue.span.end : cue.span.end + 1] != ",":
        return None
    first = find_left(left.start, left.end, scene.cast, shortest=1)
    if first is None:
        return None
    semicolon = first.of(scene.plain).rfind("; ")
    if semicolon >= 0:
        first = Span(first.start + semicolon + 2, first.end)
    rest = trim(scene.plain, Span(cue.span.end, find_limit(scene, cue)))
    draft = make_draft(scene, cue, speaker, Content(first, None, "inserted"), cue.span.end)
    if draft and (GOES_ON.match(scene.plain, rest.start, rest.end) or _ADJUNCT.match(first.of(scene.plain))):
        draft.content.append(rest)
        draft.until = rest.end
    elif len(first.of(scene.plain).split()) < 3:
        return None
    return draft


_ADJUNCT = re.compile(
    r"(?:From|In|On|At|Since|Elsewhere|Until|By|For|After|Before|During|Under|With|Without|As|Because|If|When|While|Although|Though|Where|Unless)\b",
    re.IGNORECASE,
)


def draft_right(scene: Scene, cue: Cue, speaker: Speaker, rule: str = "") -> Draft | None:
    """Draft the statement whose content follows its cue."""
    limit = find_limit(scene, cue)
    content = find_right(scene.sentence, cue, limit, scene.cast)
    if content is None or (cue.weight < SURE and content.frame != "clause"):
        return None
    said, cited = split_source(scene, content.span)
    draft = make_draft(scene, cue, speaker, content._replace(span=said), content.span.end, rule)
    if draft:
        draft.cites = cited
    return draft


def _precedes_name(scene: Scene, cue: Cue) -> bool:
    """Tell whether a cue stands between a comma and a name: "…, adds Marta Oduya"."""
    tokens = scene.sentence.tokens
    if (
        cue.morph not in ("third", "past")
        or "addressee" in cue.frames
        or not 0 < cue.last < len(tokens)
        or tokens[cue.first - 1].text != ","
    ):
        return False
    named = scene.cast.mention_at(tokens[cue.last].start)
    return named is not None and named.is_name


def _read_inverted(scene: Scene, cue: Cue) -> Draft | None:
    """Such as "…, says Minister", "…, adds X of the Y Union": the content stands left, the speaker right."""
    at = cue.first
    if at < 3 or scene.sentence.tokens[at - 1].text != "," or cue.morph in ("base", "ing"):
        return None
    speaker = find_speaker_right(scene, cue)
    named = find_phrase_right(scene, cue.span.end)
    if named and re.search(r"\s(?:not\s)?to\s", named.of(scene.plain)):
        return None  # "…, ordered Myanmar to protect them": the name is whom the cue addresses
    rest = scene.plain[named.end : scene.sentence.span.end] if named else ""
    if rest.strip(" .?!") and not rest.lstrip().startswith(","):
        return None
    start = scene.free_start()
    span = find_left(start, cue.span.start, scene.cast) if speaker else None
    if speaker is None or span is None or speaker.span.start - cue.span.end > 4:
        return None
    return make_draft(scene, cue, speaker, Content(span, None, "inverted"), speaker.span.end)


def read_participle(scene: Scene, cue: Cue) -> Draft | None:
    """Such as ", warning that …", ", saying “…”", "Citing the IOM, Oxfam said …"."""
    previous = scene.sentence.tokens[cue.first - 1] if cue.first else None
    if (
        previous
        and previous.text not in (",", "—", "–", ")", '"', "”", "’", "»")
        and previous.lower not in ("and", "but", "also", "while", "instead")
    ):
        return None
    if cue.concept.label in CITING and (found := read_citing(scene, cue)):
        return found
    speaker = find_main_subject(scene, cue)
    if speaker is None or cue.weight < SURE:
        return None
    after = find_quotation_after(scene.inside, scene.sentence, cue, scene.cast)
    if after is not None and is_utterance(scene, after):
        return draft_quotation(scene, cue, speaker, [after], "statement/participle-quote")
    return draft_right(scene, cue, speaker, "statement/participle")


def read_passive(scene: Scene, cue: Cue) -> Draft | None:
    """Such as "Malta was asked last week by the Council to …": the speaker follows "by"."""
    if not cue.frames & _PASSIVE or cue.weight < SURE:
        return None
    agent = _find_agent(scene, cue)
    speaker = scene.resolver.resolve(agent) if agent else None
    if agent is None or speaker is None:
        return None
    left = look_left(scene.sentence, cue, scene.cast)
    if left.is_negated:
        return None
    limit = find_limit(scene, cue)
    content = find_right(scene.sentence, cue, limit, scene.cast) if "passive" in cue.frames else None
    if content is not None and content.frame != "object":
        return make_draft(
            scene,
            cue,
            speaker,
            content._replace(addressee=left.phrase),
            content.span.end,
            "statement/passive",
        )
    return _read_passive_object(scene, cue, speaker, left.phrase, Span(agent.end, limit))


_PASSIVE = frozenset(("passive", "nominal", "as", "accusation"))


def _find_agent(scene: Scene, cue: Cue) -> Span | None:
    """Find the words after "by"."""
    tail = Span(cue.span.end, scene.sentence.span.end)
    match = re.search(r"\bby\s+", tail.of(scene.plain)[:60])
    if not match:
        return None
    start = tail.start + match.end()
    end = re.search(r"[,;:.]|\s(?:to|that|on|in|over|for|after|as|of)\s", scene.plain[start : tail.end])
    named = scene.cast.mention_at(start)
    return Span(start, max(start + end.start() if end else tail.end, named.span.end if named else 0))


def _read_passive_object(
    scene: Scene, cue: Cue, speaker: Speaker, subject: Span | None, rest: Span
) -> Draft | None:
    """Read "the raids were condemned by X", "X was accused by Y of …", "the plan was described by X as …"."""
    directly = re.match(r"\s+(?:\w+ly\s+)?by\s", scene.plain[cue.span.end : cue.span.end + 30])
    if (
        subject is None
        or directly is None
        or len(subject.of(scene.plain).split()) < 2 - ("accusation" in cue.frames)
    ):
        return None
    joint = re.match(r"\s+(of|for|as)\s+", rest.of(scene.plain))
    said = Span(rest.start + joint.end(), rest.end) if joint else rest
    if joint and joint[1] != "as" and "accusation" in cue.frames:
        content = Content(trim(scene.plain, said), subject, "passive")
        return make_draft(scene, cue, speaker, content, rest.end)
    draft = make_draft(scene, cue, speaker, Content(subject, None, "passive"), rest.end)
    if draft and joint and joint[1] == "as" and "as" in cue.frames:
        draft.content.append(trim(scene.plain, rest))
        return draft
    is_adjunct = not rest.of(scene.plain).strip(" .") or is_adjunct_only(scene.plain, rest.start, rest.end)
    return draft if "nominal" in cue.frames and is_adjunct else None
