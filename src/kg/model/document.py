"""A document as it was read: its text, what is known about it, and how its text falls into blocks."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Literal as OneOf
from typing import NamedTuple


class Span(NamedTuple):
    """A stretch of a document's text in code points, half open: `text[start:end]`."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """Give the characters of `text` that this span covers."""
        return text[self.start : self.end]

    def covers(self, other: "Span") -> bool:
        """Tell whether `other` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: "Span") -> bool:
        """Tell whether the two spans share a character."""
        return self.start < other.end and other.start < self.end


_PARTIAL = re.compile(r"(?:(\d{4})(?:-(\d\d)(?:-(\d\d))?)?|--(\d\d)-(\d\d))")


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A date as precise as its source: a day, a month, a year, or a day of an unknown year.

    `str()` gives the lexical form of xsd:date, xsd:gYearMonth, xsd:gYear or xsd:gMonthDay
    (https://www.w3.org/TR/xmlschema11-2/#date).
    """

    year: int | None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, text: str) -> "PartialDate":
        """Read `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or `--MM-DD`.

        Raises:
            ValueError: `text` is none of these, or names a day that does not exist.
        """
        match = _PARTIAL.fullmatch(text)
        if not match:
            message = f"not a date: {text!r} (expected YYYY, YYYY-MM, YYYY-MM-DD or --MM-DD)"
            raise ValueError(message)
        year, month, day, any_month, any_day = (int(part) if part else None for part in match.groups())
        made = cls(year, month or any_month, day or any_day)
        if made.month:
            dt.date(made.year or 2000, made.month, made.day or 1)
        return made

    def __str__(self) -> str:
        if self.year is None:
            return f"--{self.month:02d}-{self.day:02d}"
        return "-".join([f"{self.year:04d}", *(f"{part:02d}" for part in (self.month, self.day) if part)])

    @property
    def datatype(self) -> str:
        """The local name of the XML Schema datatype."""
        if self.year is None:
            return "gMonthDay"
        return "date" if self.day else "gYearMonth" if self.month else "gYear"

    @property
    def earliest(self) -> dt.date | None:
        """The first day this date can mean; None where the year is not known."""
        return dt.date(self.year, self.month or 1, self.day or 1) if self.year else None

    @property
    def latest(self) -> dt.date | None:
        """The last day this date can mean; None where the year is not known."""
        if not self.year:
            return None
        month = self.month or 12
        return dt.date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


class Period(NamedTuple):
    """A stretch of time, open where a side is None."""

    start: PartialDate | None
    end: PartialDate | None


BlockKind = OneOf[
    "title",
    "subtitle",  # a summary line or bullet under the title
    "heading",
    "byline",
    "paragraph",
    "list-item",
    "quote",  # a block quotation
    "caption",
    "letter",  # a paragraph of a model letter or open letter
    "address",  # addresses and contacts that name actors but say nothing
    "promotion",  # suggested posts, hashtags: kept, but not mapped as statements
]


class Block(NamedTuple):
    """A paragraph-like part of the text that is mapped."""

    kind: BlockKind
    span: Span


class OmittedBlock(NamedTuple):
    """A part of the text that is not mapped, with the id of a concept of the scheme `frv:reason`."""

    span: Span
    reason: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document: news article, press release, urgent action.

    `text` is the whole text as extracted from the file, before anything is left out; all offsets count
    its code points. `body` is the part that belongs to this document (a second article in a file shares
    the text and has another body). `blocks` lie inside `body`, in order, and do not overlap.
    """

    slug: str
    file: str
    text: str
    digest: str  # SHA-256 of the text in UTF-8, lower-case hexadecimal
    blocks: tuple[Block, ...]
    omitted: tuple[OmittedBlock, ...] = ()
    body: Span = field(default=Span(0, 0))
    title: str | None = None
    title_span: Span | None = None  # None where the title is not part of the text
    publisher: str | None = None
    published: PartialDate | None = None
    dateline: Span | None = None
    language: str = "en"
    genre: str = "news"  # id of a concept of the scheme `frv:genre`
    source: str | None = None  # the address it was published at
    rights: str | None = None
    show_text: bool = False  # whether pages may show the text in full
