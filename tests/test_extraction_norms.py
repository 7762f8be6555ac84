"""Norm positions: who binds, breaks or signs what, and on whose word."""

import pytest

from extraction_inputs import load_lexicon, read_marked, read_table
from kg.extraction.actors import find_actors
from kg.extraction.norms import find_norms
from kg.extraction.sentences import split_sentences
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
    assert len(CASES) == 102
    relations = {part.split()[1] for _, cell in CASES for part in expected(cell)}
    assert relations == {relation.id for relation in load_lexicon().scheme("relation")}


def mark(text: str, positions: str) -> object:
    reason = next((why for words, why in KNOWN_FAILURES.items() if words in text), None)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(text, positions, marks=marks)


@pytest.mark.parametrize(("text", "positions"), [mark(*case) for case in CASES])
def test_positions_are_those_a_reader_sees(text: str, positions: str) -> None:
    assert describe(text) == expected(positions)
