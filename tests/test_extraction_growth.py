"""No text costs more than its length: a text four times as long takes about four times as long."""

import time
from collections.abc import Callable
from string import ascii_lowercase

import pytest

from extraction_inputs import load_lexicon, make_document
from kg.extraction.pipeline import extract

SMALL, FACTOR, SLACK = 2600, 4, 2.2


def repeat(words: str) -> Callable[[int], str]:
    return lambda size: words * (size // len(words))


def name(number: int) -> str:
    letters = [ascii_lowercase[number // 26**place % 26] for place in range(3)]
    return "Zo" + "".join(letters)


def introduce(sentence: str) -> Callable[[int], str]:
    """Make a text in which every sentence names somebody else."""
    return lambda size: " ".join(sentence.format(name(number)) for number in range(size // len(sentence)))


TEXTS = {
    "no full stop": repeat("the group said that people were returned to Kabul and "),
    "no full stop, many cues": repeat("Amnesty International said, that people were returned, "),
    "quotation marks": repeat('" '),
    "quotations": repeat("“a ” "),
    "apostrophes that close nothing": repeat("‘a s’ b "),
    "straight apostrophes": repeat("'a b "),
    "capitals": repeat("Aaa Bbb "),
    "brackets": repeat("("),
    "full stops": repeat("."),
    "white space": lambda size: f"a{' ' * size}b",
    "one word": repeat("a"),
    "lines of a cue": repeat("said\n"),
    "open paragraphs": repeat("“One.\n\n"),
    "persons": introduce("Lawyer {0} Ka{0} said that it rained."),
    "organisations": introduce("The {} Network said that it rained."),
    "anaphors": repeat("Pakistan acted. The group said that it rained. "),
    "pronouns": repeat("Lawyer Bilal Aziz left. He said that it rained. "),
    "States": repeat("Pakistan, Iran and Turkey. "),
}


def measure(text: str) -> float:
    """Give the processor's seconds that a text takes, the best of two runs."""
    document = make_document(text)
    seconds = []
    for _ in range(2):
        begun = time.process_time()
        extract(document, load_lexicon())
        seconds.append(time.process_time() - begun)
    return min(seconds)


@pytest.mark.parametrize("make", TEXTS.values(), ids=TEXTS)
def test_time_grows_no_faster_than_the_text(make: Callable[[int], str]) -> None:
    extract(make_document(make(100)), load_lexicon())
    short, long = measure(make(SMALL)), measure(make(SMALL * FACTOR))
    assert long < short * FACTOR * SLACK


def test_twenty_thousand_marks_and_five_thousand_names_come_to_an_end() -> None:
    marks = extract(make_document("“ \" ‘ ' " * 5000), load_lexicon())
    assert marks.statements == ()
    names = extract(make_document(introduce("Lawyer {0} Ka{0} left. ")(5000 * 23)), load_lexicon())
    assert sum(actor.kind == "Person" for actor in names.actors) == 5000
