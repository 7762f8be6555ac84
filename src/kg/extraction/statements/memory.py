"""What a resolver of speakers remembers, and the nouns that speak for their authors."""

from dataclasses import dataclass, field
from functools import lru_cache

from kg.extraction.lexicon import Lexicon
from kg.extraction.words import inflect_noun


@dataclass(slots=True)
class Memory:
    """Who spoke so far, for pronouns and "the group" (the last one first)."""

    spoken: list[str] = field(default_factory=list)
    places: dict[str, int] = field(default_factory=dict)  # actor → offset where it spoke last
    joint: tuple[str, ...] = ()

    def note(self, actors: tuple[str, ...], offset: int) -> None:
        """Remember the speakers of a statement."""
        for actor in actors:
            self.places[actor] = offset
            if actor in self.spoken:
                self.spoken.remove(actor)
            self.spoken.insert(0, actor)
        self.joint = actors


@lru_cache(maxsize=4)
def find_media(lexicon: Lexicon) -> dict[str, str]:
    """Nouns that speak for their author ("the letter", "figures"), with the medium they name."""
    found = {}
    for concept in lexicon.scheme("cuenoun"):
        medium = next(
            (r.removeprefix("medium-") for r in concept.all("related") if r.startswith("medium-")), ""
        )
        for label in concept.labels:
            for form in (*inflect_noun(label.lower()), *concept.all("form")):
                found[form] = medium
    return found
