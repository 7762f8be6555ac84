"""What a comparison finds."""

import datetime as dt
from decimal import Decimal
from typing import NamedTuple

from kg.model import IRI


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


def to_english(day: dt.date) -> str:
    """Write a day as English texts do."""
    return f"{day.day} {day:%B} {day.year}"
