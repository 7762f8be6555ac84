"""Demands and addressees: what is wanted, and of whom."""

from dataclasses import replace

import pytest

from extraction_inputs import load_lexicon, read_marked, read_table
from kg.extraction.actors.finding import find_actors
from kg.extraction.statements.addressees import complete_addressees
from kg.extraction.statements.demands import find_demands

ADDRESSEES = read_table("demands/addressees.txt", 2)
DEMANDS = read_table("demands/demands.txt", 2)


def name(keys: tuple[str, ...]) -> str:
    return ", ".join(key.rpartition("/")[2] for key in keys) or "-"


def test_all_cases_are_read() -> None:
    assert (len(ADDRESSEES), len(DEMANDS)) == (12, 8)


@pytest.mark.parametrize(("marked", "expected"), ADDRESSEES)
def test_addressees_are_found_beside_the_cue_and_in_what_is_said(marked: str, expected: str) -> None:
    document, statements = read_marked(marked)
    completed = complete_addressees(statements, find_actors(document, load_lexicon()))
    assert name(completed[-1].addressees) == expected


@pytest.mark.parametrize(("marked", "expected"), DEMANDS)
def test_every_part_that_asks_for_something_is_a_demand(marked: str, expected: str) -> None:
    document, statements = read_marked(marked)
    found = find_demands(document, statements, find_actors(document, load_lexicon()))
    lines = [f"{demand.span.of(document.text)} > {name(demand.demandees)}" for demand in found]
    assert lines == [part.strip() for part in expected.split(";") if part != "-"]


def test_media_that_are_told_of_a_demand_are_not_asked_to_meet_it() -> None:
    document, [statement] = read_marked("She <told> Reuters: {ngo/demand: Malta must let them land}.")
    cast = find_actors(document, load_lexicon())
    [reuters] = [m.actor for m in cast.mentions if cast.kind_of(m.actor) == "MediaOrganization"]
    [demand] = find_demands(document, [replace(statement, addressees=(reuters,))], cast)
    assert name(demand.demandees) == "malta"


def test_completing_keeps_the_order_and_what_was_addressed() -> None:
    document, [statement] = read_marked("He <asked> Kenya {man/demand: The authorities of Uganda must act}.")
    cast = find_actors(document, load_lexicon())
    given = replace(statement, addressees=("id/state/kenya",))
    assert complete_addressees([given], cast) == (given,)
