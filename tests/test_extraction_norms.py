"""Norm positions: who binds, breaks or signs what, and on whose word."""

from dataclasses import replace

import pytest

from extraction_inputs import load_lexicon, read_marked, read_table
from kg.extraction.actors.finding import find_actors
from kg.extraction.norms.finding import find_norms
from kg.extraction.text.sentences import split_sentences
from kg.model import Document, NormPosition

CASES = read_table("norms/norms.txt", 2)
KNOWN_FAILURES = {
    "Swedish removals": "a demonym before a removal names those removed as often as who removes them",
}


def find(marked: str) -> tuple[Document, tuple[NormPosition, ...]]:
    lexicon = load_lexicon()
    document, statements = read_marked(marked)
    sentences = [s for b in document.blocks for s in split_sentences(document.text, b.span, lexicon)]
    return document, find_norms(document, find_actors(document, lexicon), statements, sentences, lexicon)


def describe(marked: str) -> set[str]:
    """Write the positions of a text as the table does."""
    return {
        " ".join(
            [
                position.norm.partition("-")[2],
                position.relation,
                (position.bearer or "-").rpartition("/")[2],
                *(f"@{speaker}" for speaker in position.asserted_by),
            ]
        )
        for position in find(marked)[1]
    }


def expected(cell: str) -> set[str]:
    return {part.strip() for part in cell.split(";")} - {"-"}


def test_all_cases_are_read_and_every_relation_has_some() -> None:
    assert len(CASES) == 103
    relations = {part.split()[1] for _, cell in CASES for part in expected(cell)}
    assert relations == {relation.id for relation in load_lexicon().scheme("relation")}


def mark(text: str, positions: str) -> object:
    reason = next((why for words, why in KNOWN_FAILURES.items() if words in text), None)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(text, positions, marks=marks)


@pytest.mark.parametrize(("text", "positions"), [mark(*case) for case in CASES])
def test_positions_are_those_a_reader_sees(text: str, positions: str) -> None:
    assert describe(text) == expected(positions)


def test_no_state_is_made_to_accuse_itself() -> None:
    """Of a breach that a government's announcement seems to hold, the document itself is the asserter."""
    lexicon = load_lexicon()
    document, [statement] = read_marked(
        "Malta {malta/announce: announced more removals, in breach of its international obligations}."
    )
    sentences = split_sentences(document.text, document.body, lexicon)
    for act, asserters in (("announce", ()), ("acknowledge", ("id/state/malta",))):
        said = replace(statement, speakers=("id/state/malta",), act=act)
        [position] = find_norms(document, find_actors(document, lexicon), [said], sentences, lexicon)
        assert (position.relation, position.bearer) == ("violated", "id/state/malta")
        assert position.asserted_by == asserters


def test_a_principle_names_the_instrument_through_which_it_binds() -> None:
    _, positions = find("Non-refoulement is a duty laid down in the ICCPR, which Iraq has ratified.")
    assert [p.through for p in positions] == ["instrument-iccpr", None]


def test_surfaces_are_the_words_of_the_text_and_lie_outside_names_of_actors() -> None:
    document, positions = find(
        "Iran violated the ban on refoulement. Human Rights Watch was there. Iran has violated non-refoulement."
    )
    [position] = positions
    assert [s.of(document.text) for s in position.surfaces] == ["ban on refoulement", "non-refoulement"]


def test_what_a_statement_says_is_asserted_by_its_speaker_and_names_the_statement() -> None:
    _, positions = find(
        "{un/condemn: Iran violated the ban on refoulement}, the UN said. Iraq is a party to the CRC."
    )
    assert [(p.statements, p.asserted_by) for p in positions] == [((0,), ("un",)), ((), ())]
