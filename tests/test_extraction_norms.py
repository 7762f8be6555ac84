"""Norm positions: who binds, breaks or signs what, and on whose word."""

import re

import pytest

from extraction_inputs import load_lexicon, make_document, read_table
from kg.extraction.actors import find_actors
from kg.extraction.norms import find_norms
from kg.extraction.sentences import split_sentences
from kg.model import Document, Evidence, NormPosition, Span, Statement

CASES = read_table("norms/norms.txt", 2)
KNOWN_FAILURES = {
    "Swedish removals": "a demonym before a removal names those removed as often as who removes them",
}
_STATEMENT = re.compile(r"\{(\w+)/(\w+): ([^}]*)\}")


def read_case(marked: str) -> tuple[Document, list[Statement]]:
    """Take the marks of statements out of a text."""
    text, statements, at = "", [], 0
    for match in _STATEMENT.finditer(marked):
        text += marked[at : match.start()]
        content = Span(len(text), len(text) + len(match[3]))
        text, at = text + match[3], match.end()
        statements.append(
            Statement(
                speakers=(match[1].lower(),),
                content=(content,),
                cue=None,
                source=None,
                sentence=content,
                mode="indirect",
                act=match[2],
                evidence=Evidence("test", 1.0),
            )
        )
    return make_document(text + marked[at:]), statements


def find(marked: str) -> tuple[Document, tuple[NormPosition, ...]]:
    lexicon = load_lexicon()
    document, statements = read_case(marked)
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
