"""Dates that cannot be meant as they stand."""

import datetime as dt
from collections.abc import Iterator

from kg.mapping.comparison.finding import Finding, to_english
from kg.mapping.comparison.index import Index
from kg.model import IRI, PartialDate
from kg.vocab import DCAT, DCT, FR


def find_impossible_dates(index: Index) -> Iterator[Finding]:
    """Find deadlines that had passed when they were set, and periods that end before they start.

    A deadline whose year is ours is passed over: the mistake would be ours too.
    """
    yield from _find_early_deadlines(index)
    yield from _find_expired_calls(index)
    yield from _find_reversed_periods(index)


def _find_early_deadlines(index: Index) -> Iterator[Finding]:
    """Find deadlines that pass before their policy was announced."""
    for policy in index.find(FR.Policy):
        announced = index.day(policy, FR.earliest) if index.text(policy, FR.announced) else None
        for deadline, day in _list_deadlines(index, policy):
            if announced and day < announced:
                yield Finding(
                    "impossible-date",
                    (policy, deadline),
                    f"The policy was announced ({_name(index, policy, FR.announced, announced)}) when its deadline "
                    f"({_name(index, deadline, FR.date, day)}) had passed.",
                )


def _find_expired_calls(index: Index) -> Iterator[Finding]:
    """Find calls to act by a day that lies before the document: its own, or a campaign of its publisher."""
    for document in index.find(FR.Document):
        issued = index.day(document, FR.earliest)
        for deadline, day in (
            pair for owner in _list_own(index, document) for pair in _list_deadlines(index, owner)
        ):
            if issued and day < issued:
                yield Finding(
                    "impossible-date",
                    (document, deadline),
                    f"The document ({_name(index, document, DCT.issued, issued)}) asks for action by a day "
                    f"({_name(index, deadline, FR.date, day)}) that had passed.",
                )


def _list_own(index: Index, document: IRI) -> Iterator[IRI]:
    """Give the document, and the policies in it that are its publisher's own."""
    yield document
    publishers = index.identities(document, DCT.publisher)
    for policy in index.find(FR.Policy):
        if policy.startswith(f"{document}#") and publishers & index.identities(policy, FR.issuer):
            yield policy


def _list_deadlines(index: Index, owner: IRI) -> Iterator[tuple[IRI, dt.date]]:
    for deadline in index.nodes(owner, FR.hasDeadline):
        day = index.day(deadline, FR.latest)
        if day and not index.is_true(deadline, FR.inferred):
            yield deadline, day


def _find_reversed_periods(index: Index) -> Iterator[Finding]:
    """Find periods of figures that end before they start."""
    for period in index.find(DCT.PeriodOfTime):
        start, end = index.day(period, FR.earliest), index.day(period, FR.latest)
        if start and end and end < start:
            yield Finding(
                "impossible-date",
                (period,),
                f"The period ends ({_name(index, period, DCAT.endDate, end)}) "
                f"before it starts ({_name(index, period, DCAT.startDate, start)}).",
            )


def _name(index: Index, subject: IRI, predicate: IRI, day: dt.date) -> str:
    """Give a date in words, as precise as the graph says it; else the day it was read as."""
    found = index.text(subject, predicate)
    return to_english(PartialDate.parse(found or day.isoformat()))
