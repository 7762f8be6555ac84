"""Values as RDF literals (https://www.w3.org/TR/xmlschema11-2/), each kind in one lexical form."""

import datetime as dt
from decimal import Decimal

from kg.model import Literal, PartialDate
from kg.vocab import RDF, XSD


def to_text(text: str, language: str = "") -> Literal:
    """Give a plain string, or one in a language."""
    return Literal(text, RDF.langString, language.lower()) if language else Literal(text)


def to_boolean(value: bool) -> Literal:
    """Give an xsd:boolean."""
    return Literal("true" if value else "false", XSD.boolean)


def to_integer(value: int) -> Literal:
    """Give an xsd:integer."""
    return Literal(str(value), XSD.integer)


def to_decimal(value: Decimal | float) -> Literal:
    """Give an xsd:decimal without exponent or trailing zeros.

    >>> to_decimal(Decimal("1.50E+3")).value
    '1500'
    """
    exact = value if isinstance(value, Decimal) else Decimal(str(value))
    plain = f"{exact:f}"
    return Literal(plain.rstrip("0").rstrip(".") if "." in plain else plain, XSD.decimal)


def to_date(date: PartialDate | dt.date | None) -> Literal | None:
    """Give an xsd:date, gYearMonth, gYear or gMonthDay, as precise as the date is."""
    if date is None:
        return None
    if isinstance(date, dt.date):
        return Literal(date.isoformat(), XSD.date)
    return Literal(str(date), XSD.term(date.datatype))
