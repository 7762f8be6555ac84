"""A statement while it is being put together."""

from dataclasses import dataclass, field

from kg.extraction.statements.cues import Cue
from kg.extraction.statements.speakers import Speaker
from kg.extraction.text.tokens import Sentence
from kg.model import Span


@dataclass(slots=True, eq=False)
class Draft:
    """A statement in the making; `rule` names the frame that found it."""

    speaker: Speaker
    content: list[Span]
    sentence: Sentence
    rule: str
    confidence: float
    cue: Cue | None = None
    cue_span: Span | None = None
    addressees: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    relays: "Draft | None" = None
    is_citing: bool = False
    is_quotation: bool = False  # the content is one or several whole quotations
    until: int = field(default=0)  # the statement reaches to this offset, cue and speaker included

    @property
    def start(self) -> int:
        """The offset where the content begins."""
        return self.content[0].start
