"""Reporting nouns that attribute a clause: "the governor's promise that every family may stay"."""

import re
from functools import lru_cache

from kg.extraction.lexicon import Lexicon
from kg.extraction.statements.contents import trim
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.scene import SURE, Scene
from kg.extraction.words import inflect_noun
from kg.model import Span

_OWNER = re.compile(r"(?P<owner>(?:[Tt]he |[Ii]ts |[Tt]heir )?[\w.' -]{1,60}?)(?:'s|')\s(?:\w+\s){0,2}?$")
_REACH = 100  # characters before a noun within which its owner is named
_END = re.compile(
    r"\s(?:has|have|had|is|was|were|are|did|does|came|comes|will|would|failed|sparked|drew|led)\s(?:not\s)?(?:\w+ed|been|wrong|met|a|an|the|no|calmed|untrue|false)\b|[,;]"
)


@lru_cache(maxsize=4)
def _expression(lexicon: Lexicon) -> re.Pattern[str]:
    nouns = {
        form
        for concept in lexicon.scheme("cuenoun")
        if float(concept.first("weight", "0")) >= SURE
        for label in concept.labels
        for form in inflect_noun(label)
    }
    any_noun = "|".join(re.escape(n) for n in sorted(nouns, key=lambda n: (-len(n), n)))
    return re.compile(rf"(?<!\w)(?:{any_noun})\sthat\s", re.IGNORECASE)


def read_nouns(scene: Scene) -> None:
    """Add the statements that a reporting noun with an owner makes in this sentence."""
    sentence = scene.sentence
    for match in _expression(scene.cast.lexicon).finditer(
        scene.plain, sentence.span.start, sentence.span.end
    ):
        cue = Span(match.start(), match.end() - 1)
        if any(d.until > cue.start and d.content[-1].end > cue.start for d in scene.here):
            continue
        owned = _OWNER.search(scene.plain, max(sentence.span.start, cue.start - _REACH), cue.start)
        if owned is None:
            continue
        owner = Span(*owned.span("owner"))
        words = owner.of(scene.plain).split(" ")
        speaker = next(
            (
                found
                for skipped in range(len(words))
                if (
                    found := scene.resolver.resolve(
                        Span(owner.end - len(" ".join(words[skipped:])), owner.end)
                    )
                )
                and scene.cast.actors[found.actors[0]].named
            ),
            None,
        )
        if speaker is None:
            continue
        end = _END.search(scene.plain, match.end() + 20, sentence.span.end)
        content = trim(scene.plain, Span(match.end(), end.start() if end else sentence.span.end))
        scene.add(
            Draft(
                speaker,
                [content],
                sentence,
                "statement/noun",
                0.65 * speaker.confidence,
                None,
                cue,
                until=content.end,
            )
        )
