"""A sentence in its document, with all that the frames look at: cues, quotations, what was said before."""

from dataclasses import dataclass, field

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.cues import Cue
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.speakers import SpeakerResolver
from kg.extraction.text.quotations import Quotation
from kg.extraction.text.tokens import Sentence

SURE = 0.55
"""Cues of less weight attribute only beside a quotation or before a that-clause."""
WITH_THAT = 0.3
"""Cues of less weight attribute only beside a quotation."""
BESIDE_QUOTATION = 0.2
"""Cues of less weight do not attribute."""


@dataclass(slots=True)
class Scene:
    """One sentence and the drafts so far; `begun` is the number of drafts when the sentence began."""

    cast: Cast
    resolver: SpeakerResolver
    sentence: Sentence
    cues: tuple[Cue, ...]
    inside: tuple[Quotation, ...]  # quotations that share text with the sentence
    drafts: list[Draft]
    begun: int = field(default=0)

    @property
    def here(self) -> list[Draft]:
        """The drafts of this sentence."""
        return self.drafts[self.begun :]

    @property
    def plain(self) -> str:
        """The document's text with typographic marks replaced, offset for offset."""
        return self.cast.plain

    def add(self, draft: Draft) -> None:
        """Take a draft, and remember who spoke."""
        self.drafts.append(draft)
        if not draft.is_citing:
            self.resolver.memory.note(draft.speaker.actors, self.sentence.span.start)

    def free_start(self) -> int:
        """Where the words begin that no draft of this sentence has taken yet."""
        return max([self.sentence.span.start, *(d.until for d in self.here)])
