"""What each unit of a text is: a kind of block, or the reason for leaving it out."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, cast, get_args

from kg.documents.chrome import is_chrome, is_contact, is_separator
from kg.documents.dates import find_date_line
from kg.documents.head import Head
from kg.documents.language import is_other_language
from kg.documents.lines import Unit
from kg.documents.looks import ends_sentence, is_caption, is_heading, is_prose
from kg.documents.phrases import look_up
from kg.model import Block, OmittedBlock, Span
from kg.model.document import BlockKind

KINDS = frozenset(get_args(BlockKind))

_SALUTATION = re.compile(
    r"(?:Dear|Your (?:Excellency|Excellencies|Majesty|Honour)|Excellenc(?:y|ies)|To Whom|Sehr geehrte|Liebe|"
    r"Madame|Monsieur|Estimad[oa]|Egregi[oa]|Gentile)\b.{0,150}[,:]?"
)
_SIGN_OFF = re.compile(
    r"(?:Yours (?:sincerely|faithfully|truly|respectfully)|(?:Most )?(?:Sincerely|Respectfully)(?: yours)?|Faithfully|"
    r"(?:With )?(?:Kind|Best|Warm) regards|Mit freundlichen Grüssen|Hochachtungsvoll|Atentamente|Cordialement|"
    r"Distinti saluti)[,.]?",
    re.IGNORECASE,
)


class Layout(NamedTuple):
    """The blocks of a body and what is left out of it, each in the order of the text."""

    blocks: tuple[Block, ...]
    omitted: tuple[OmittedBlock, ...]


def lay_out(
    units: Sequence[Unit], head: Head, language: str, teasers: frozenset[int] = frozenset()
) -> Layout:
    """Label every unit and gather the labels into blocks and omitted blocks.

    Args:
        units: The units of the body, in order.
        head: Which of them are the title and the lines around it.
        language: The document's language; blocks in another one are left out.
        teasers: Positions of units that belong to a teaser of another article.
    """
    labels = _Labeller(head, language, teasers).label_all(units)
    labels = _fill_gaps(units, labels)
    blocks = [
        Block(cast("BlockKind", label), _span(unit, label))
        for unit, label in zip(units, labels, strict=True)
        if label in KINDS
    ]
    return Layout(tuple(blocks), _merge_omitted(units, labels))


def _span(unit: Unit, label: str) -> Span:
    return unit.content if label in {"list-item", "subtitle", "promotion"} else unit.span


def _merge_omitted(units: Sequence[Unit], labels: Sequence[str]) -> tuple[OmittedBlock, ...]:
    """Join neighbouring units that are left out for the same reason."""
    omitted: list[OmittedBlock] = []
    previous = ""
    for unit, label in zip(units, labels, strict=True):
        if label not in KINDS:
            if label == previous:
                omitted[-1] = OmittedBlock(Span(omitted[-1].span.start, unit.span.end), label)
            else:
                omitted.append(OmittedBlock(unit.span, label))
        previous = label
    return tuple(omitted)


def _fill_gaps(units: Sequence[Unit], labels: list[str]) -> list[str]:
    """Leave out a few short lines that stand between two units of site chrome."""
    outside = {"chrome", "other-language"}
    filled = list(labels)
    for first, label in enumerate(labels):
        if label not in outside:
            continue
        for last in range(first + 1, min(first + 4, len(labels))):
            if labels[last] in outside:
                filled[first + 1 : last] = ["chrome"] * (last - first - 1)
                break
            if not _can_be_chrome(units[last], labels[last]):
                break
    return filled


def _can_be_chrome(unit: Unit, label: str) -> bool:
    is_plain = label in {"heading", "paragraph", "list-item", "promotion", "byline"}
    is_plain = is_plain and not find_date_line(unit.text)
    return is_plain and unit.words <= 5 and not ends_sentence(unit.text) and not unit.text.endswith(":")


class _Labeller:
    """Walks over the units and remembers which section it is in."""

    def __init__(self, head: Head, language: str, teasers: frozenset[int]) -> None:
        self._head = head
        self._teasers = teasers
        self._language = language
        self._addressees: frozenset[int] = frozenset()
        self._section = ""
        self._opened_in = -1
        self._signed_in = -9

    def label_all(self, units: Sequence[Unit]) -> list[str]:
        """Label the units, in order."""
        self._addressees = frozenset(_find_addressees(units))
        return [self._label(index, unit) for index, unit in enumerate(units)]

    def _label(self, index: int, unit: Unit) -> str:
        if index in self._teasers:
            return "unrelated"
        if label := self._head.labels.get(index):
            return label
        if index in self._addressees:
            return "address"
        if is_separator(unit.text):
            self._section = self._section if self._section in {"promotion", "letter"} else ""
            return "chrome"
        if section := self._opens(unit):
            self._section, self._opened_in = section, unit.group
            return section if section not in KINDS else "heading"
        if self._section and _ENDS[self._section](unit, self._opened_in):
            self._section = ""
        return self._label_inside(unit) or self._label_alone(index, unit)

    def _opens(self, unit: Unit) -> str | None:
        """Name the section that a unit opens as its heading."""
        return look_up(unit.text, "sections") if unit.words <= 30 else None

    def _label_inside(self, unit: Unit) -> str | None:
        if _is_salutation(unit):
            self._section, self._opened_in = "letter", unit.group
        if self._section == "letter":
            if _SIGN_OFF.fullmatch(unit.text):
                self._section, self._signed_in = "", unit.group
            return "letter"
        if self._section in {"address", "promotion"} and is_chrome(unit):
            return "chrome"
        return self._section or None

    def _label_alone(self, index: int, unit: Unit) -> str:
        """Try the rules for a unit that no section decides."""
        for rule, label in _RULES:
            if rule(unit):
                return label
        if is_other_language(unit.text, self._language):
            return "other-language"
        if unit.mark:
            return unit.mark
        if unit.group - self._signed_in <= 1 and unit.words <= 15 and not is_prose(unit):
            return "byline"
        if index in self._head.alone and is_heading(unit):
            return "heading"
        return "list-item" if unit.sign else "paragraph"


def _is_salutation(unit: Unit) -> bool:
    return unit.words <= 20 and _SALUTATION.fullmatch(unit.text) is not None


def _find_addressees(units: Sequence[Unit]) -> Iterator[int]:
    """Find the short lines together before a salutation: name, post and address of who is written to."""
    for at, unit in enumerate(units):
        if at and _is_salutation(unit):
            group = [index for index in range(at) if units[index].group == units[at - 1].group]
            if (
                len(group) >= 2
                and units[at - 1].group != unit.group
                and all(units[i].words <= 12 for i in group)
            ):
                yield from group


_RULES: tuple[tuple[Callable[[Unit], bool], str], ...] = (
    (is_chrome, "chrome"),
    (is_contact, "contact"),
    (is_caption, "caption"),
)

# When a section is over although no other one has begun.
_ENDS: dict[str, Callable[[Unit, int], bool]] = {
    "letter": lambda _unit, _group: False,
    "address": lambda unit, _group: is_prose(unit) and unit.words >= 30,
    "promotion": lambda unit, _group: is_chrome(unit) or unit.words >= 80,
    "chrome": lambda unit, group: is_prose(unit) and unit.group != group,
    "contact": lambda unit, _group: unit.words > 15 and not is_contact(unit),
    "unrelated": lambda unit, group: unit.group > group and is_heading(unit),
}
