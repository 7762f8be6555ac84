"""Find who says what: every cue of every sentence, by the frame it stands in."""

from collections.abc import Sequence

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.citing import read_source
from kg.extraction.statements.cues import Cue, find_cues
from kg.extraction.statements.drafts import Draft
from kg.extraction.statements.frames import read_finite, read_participle, read_passive
from kg.extraction.statements.headlines import read_headline
from kg.extraction.statements.letters import find_listed_demands
from kg.extraction.statements.limits import is_adjective, is_anonymity, is_noun, is_progressive
from kg.extraction.statements.nouns import read_nouns
from kg.extraction.statements.quoting import continue_quotation
from kg.extraction.statements.scene import Scene
from kg.extraction.statements.speakers import SpeakerResolver
from kg.extraction.text.quotations import Quotation, find_overlapping
from kg.extraction.text.tokens import Sentence
from kg.model import Span

_HEADLINES = ("title", "heading")


def find_statements(
    cast: Cast, resolver: SpeakerResolver, quotations: Sequence[Quotation], sentences: Sequence[Sentence]
) -> list[Draft]:
    """Find the statements of a document, sentence by sentence, remembering who spoke.

    Args:
        cast: Its actors; unnamed sources are added.
        resolver: Resolves noun phrases to actors.
        quotations: All quotations of the document.
        sentences: Its sentences in order, each of which may hold several statements.
    """
    drafts: list[Draft] = []
    voice = resolver.voice
    for at, sentence in enumerate(sentences):
        resolver.voice = None if sentence.block.kind == "letter" else voice
        inside = find_overlapping(quotations, sentence.span)
        scene = Scene(
            cast, resolver, sentence, find_cues(sentence, cast.lexicon), inside, drafts, len(drafts)
        )
        _read(scene, sentences, at)
    resolver.voice = voice
    return drafts


def _read(scene: Scene, sentences: Sequence[Sentence], at: int) -> None:
    if scene.sentence.block.kind in _HEADLINES:
        read_headline(scene)
    for cue in scene.cues:
        if draft := _attribute(scene, cue):
            scene.add(draft)
    read_nouns(scene)
    if items := find_listed_demands(sentences, at, scene.cast):
        _take_list(scene, items)
    continue_quotation(scene)


def _attribute(scene: Scene, cue: Cue) -> Draft | None:
    if _is_said_already(scene, cue) or is_anonymity(scene.plain, cue):
        return None
    if is_adjective(scene.sentence, cue) or is_noun(scene.sentence, cue):
        return None
    if "source" in cue.frames and cue.morph == "base":
        return read_source(scene, cue)
    if cue.is_passive:
        return read_passive(scene, cue)
    if cue.morph == "ing" and not is_progressive(scene.sentence, cue):
        return read_participle(scene, cue)
    return read_finite(scene, cue)


def _is_said_already(scene: Scene, cue: Cue) -> bool:
    """Tell whether a cue stands inside what somebody already says."""
    return any(
        d.until > cue.span.start and d.content[-1].end > cue.span.start for d in scene.here if not d.is_citing
    )


def _take_list(scene: Scene, items: list[Span]) -> None:
    """Demands in a list belong to the last demand of the sentence that introduces them."""
    demand = next((d for d in reversed(scene.here) if d.cue and d.cue.act == "demand"), None)
    if demand:
        if (
            len(demand.content[0].of(scene.plain).split()) < 6
            or scene.plain[demand.content[0].end - 3 : demand.content[0].end].strip() == "to"
        ):
            demand.content = []
        demand.content += items
        demand.until = demand.content[-1].end
