"""What a reader of one format hands on: a text, what the format says about it, and why a file failed."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from kg.model import Block, PartialDate


class Failure(NamedTuple):
    """A file that could not be read, and why."""

    path: Path
    reason: str


class UnreadableError(Exception):
    """One file cannot be read; the message is the reason of its `Failure`."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a file says about its document outside the text; None where it says nothing."""

    title: str | None = None
    publisher: str | None = None
    published: PartialDate | None = None
    language: str | None = None
    genre: str | None = None
    source: str | None = None
    rights: str | None = None
    show_text: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """One text of one file, before its blocks are known.

    `marks` are the blocks that the format itself names (a heading, a quotation, a list item).
    """

    slug: str
    file: str
    text: str
    metadata: Metadata = field(default=Metadata())
    marks: tuple[Block, ...] = ()
