"""A document written for the tests, and what it says, as extraction would give it."""

import hashlib
from decimal import Decimal
from pathlib import Path

from kg.model import (
    Actor,
    Block,
    Deadline,
    Demand,
    Document,
    Evidence,
    Facts,
    Figure,
    Membership,
    Mention,
    NormPosition,
    OmittedBlock,
    PartialDate,
    Period,
    Policy,
    Span,
    Statement,
)

CASE = Path(__file__).parent / "cases" / "mapping" / "two-voices"
TEXT = (CASE / "text.txt").read_text()
SURE = Evidence("test/sure", 0.9)
WATCH, HOLM, GOVERNMENT = "#actor-harbour-watch", "#actor-ida-holm", "#actor-norland-government"
UNHCR, NORLAND, SUDLAND = "id/actor/unhcr", "id/state/norland", "id/state/sudland"
PLAN = "#policy-clean-streets-plan"


def find(words: str, nth: int = 1) -> Span:
    """Find where words stand in the text, for the nth time."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    return Span(start, start + len(words))


def mention(words: str, actor: str, nth: int = 1, *, is_name: bool = True) -> Mention:
    return Mention(find(words, nth), actor, SURE, is_name)


def make_document() -> Document:
    paragraphs = [line for line in TEXT.split("\n") if line]
    return Document(
        slug="two-voices",
        file="two-voices.txt",
        text=TEXT,
        digest=hashlib.sha256(TEXT.encode()).hexdigest(),
        blocks=(
            Block("title", find(paragraphs[0])),
            *(Block("paragraph", find(paragraph)) for paragraph in paragraphs[1:4]),
        ),
        omitted=(OmittedBlock(find("Subscribe to our newsletter"), "chrome"),),
        body=Span(0, len(TEXT)),
        title=paragraphs[0],
        title_span=find(paragraphs[0]),
        publisher="Harbour Watch",
        published=PartialDate(2025, 3, 12),
        dateline=find("LOVIK"),
        genre="press-release",
        source="https://harbour.example/news/1",
        rights="CC BY 4.0",
        show_text=True,
    )


STATEMENTS = (
    Statement(
        speakers=(WATCH,),
        content=(find("stop returns"),),
        cue=find("urges"),
        source=find("Watch group"),
        sentence=find("Watch group urges Norland to stop returns"),
        mode="indirect",
        act="demand",
        evidence=SURE,
        addressees=(NORLAND,),
    ),
    Statement(
        speakers=(WATCH,),
        content=(find("cancel its “Clean Streets Plan”, announced in January 2025, before 30 April"),),
        cue=find("has called on"),
        source=find("Harbour Watch"),
        sentence=find(
            "Harbour Watch has called on the Norland government to cancel its “Clean Streets Plan”"
        ),
        mode="indirect",
        act="demand",
        evidence=SURE,
        addressees=(NORLAND,),
        policies=(PLAN,),
    ),
    Statement(
        speakers=(WATCH,),
        content=(find("more than 1,200 people had been sent back to Sudland since January 2025"),),
        cue=find("said that"),
        source=find("Harbour Watch", 2),
        sentence=find(
            "Citing UNHCR, Harbour Watch said that more than 1,200 people had been sent back to Sudland"
            " since January 2025."
        ),
        mode="indirect",
        act="report",
        evidence=SURE,
        relays=3,
    ),
    Statement(
        speakers=(UNHCR,),
        content=(find("more than 1,200 people had been sent back to Sudland since January 2025"),),
        cue=find("Citing"),
        source=find("UNHCR"),
        sentence=find(
            "Citing UNHCR, Harbour Watch said that more than 1,200 people had been sent back to Sudland"
            " since January 2025."
        ),
        mode="indirect",
        act="report",
        evidence=SURE,
        is_citing=True,
    ),
    Statement(
        speakers=(WATCH,),
        content=(find("Nearly half of them, 700, were children"),),
        cue=find("it said"),
        source=None,
        sentence=find("Nearly half of them, 700, were children, it said."),
        mode="indirect",
        act="report",
        evidence=SURE,
    ),
    Statement(
        speakers=(HOLM,),
        content=(
            find("The plan violates the principle of non-refoulement and the right to a family doctor"),
        ),
        cue=find("said Ida Holm")._replace(end=find("said Ida Holm").start + 4),
        source=find("Ida Holm, director of Harbour Watch"),
        sentence=find(
            "“The plan violates the principle of non-refoulement and the right to a family doctor,”"
        ),
        mode="direct",
        act="condemn",
        evidence=SURE,
        norms=("principle-non-refoulement", "#principle-right-to-a-family-doctor"),
        policies=(PLAN,),
    ),
)

FIGURES = (
    Figure(
        span=find("more than 1,200 people"),
        value=Decimal(1200),
        qualifier="more-than",
        unit="persons",
        measure="returned",
        evidence=SURE,
        population=find("people"),
        origin=(NORLAND,),
        destination=(SUDLAND,),
        destination_span=find("Sudland"),
        period=Period(PartialDate(2025, 1), None),
        source=UNHCR,
        statement=3,
    ),
    Figure(
        span=find("Nearly half of them"),
        value=Decimal(50),
        qualifier="nearly",
        unit="percent",
        measure="returned",
        evidence=SURE,
        source=WATCH,
        statement=4,
        part_of=0,
    ),
    Figure(
        span=find("700"),
        value=Decimal(700),
        qualifier="exact",
        unit="persons",
        measure="returned",
        evidence=SURE,
        source=WATCH,
        statement=4,
        part_of=0,
    ),
)


def make_facts() -> Facts:
    return Facts(
        actors=(
            Actor(WATCH, "Harbour Watch", "NGO", SURE),
            Actor(HOLM, "Ida Holm", "Person", SURE, parent=WATCH),
            Actor(
                UNHCR, "United Nations High Commissioner for Refugees", "IntergovernmentalOrganization", SURE
            ),
            Actor(NORLAND, "Norland", "State", SURE),
            Actor(SUDLAND, "Sudland", "State", SURE),
        ),
        mentions=(
            mention("Watch group", WATCH, is_name=False),
            mention("Norland", NORLAND),
            mention("Harbour Watch", WATCH),
            mention("Norland government", NORLAND),
            mention("UNHCR", UNHCR),
            mention("Harbour Watch", WATCH, 2),
            mention("Sudland", SUDLAND),
            mention("Ida Holm", HOLM),
            mention("Harbour Watch", WATCH, 3),
        ),
        memberships=(Membership(HOLM, WATCH, "director", find("director"), SURE),),
        statements=STATEMENTS,
        figures=FIGURES,
        norms=(
            NormPosition(
                norm="principle-non-refoulement",
                relation="violated",
                surfaces=(find("principle of non-refoulement"),),
                evidence=SURE,
                bearer=NORLAND,
                policy=PLAN,
                statements=(5,),
                asserted_by=(HOLM,),
            ),
            NormPosition(
                norm="#principle-right-to-a-family-doctor",
                relation="violated",
                surfaces=(find("right to a family doctor"),),
                evidence=SURE,
                bearer=NORLAND,
                statements=(5,),
                asserted_by=(HOLM,),
            ),
        ),
        demands=(Demand(find("cancel its “Clean Streets Plan”"), 1, (NORLAND,), SURE, PLAN),),
        policies=(
            Policy(
                key=PLAN,
                name="Clean Streets Plan",
                spans=(find("Clean Streets Plan"),),
                evidence=SURE,
                issuer=NORLAND,
                announced=PartialDate(2025, 1),
                deadlines=(
                    Deadline(find("30 April"), PartialDate(2025, 4, 30), find("people"), SURE, inferred=True),
                ),
                same_as="id/policy/clean-streets-plan",
            ),
        ),
        links=((WATCH, "id/actor/harbour-watch"),),
    )
