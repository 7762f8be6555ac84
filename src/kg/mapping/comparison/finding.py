"""What a comparison finds."""

from decimal import Decimal
from typing import NamedTuple

from kg.model import IRI, PartialDate


class Finding(NamedTuple):
    """A verdict on nodes that were set side by side."""

    verdict: str  # id of a concept of the scheme `frv:verdict`
    nodes: tuple[IRI, ...]
    explanation: str  # in plain English, with the values


def to_words(number: Decimal) -> str:
    """Write a number as English texts do.

    >>> to_words(Decimal("1495851.0"))
    '1,495,851'
    """
    rounded = round(number, 1)
    return f"{rounded:,.0f}" if rounded == rounded.to_integral_value() else f"{rounded:,}"


def to_english(date: PartialDate) -> str:
    """Write a date as English texts do, as precise as it is.

    >>> to_english(PartialDate(2023, 10))
    'October 2023'
    """
    day = date.earliest
    assert day, "a day of an unknown year is before no other"
    return " ".join(
        [*([str(day.day)] if date.day else []), *([f"{day:%B}"] if date.month else []), f"{day.year}"]
    )
