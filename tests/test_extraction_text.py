"""Text: sentences, quotations, tokens, patterns, the outline of a document, and the forms of words."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extraction_inputs import load_lexicon, make_blocks, make_document
from kg.extraction.patterns import compile_pattern, compile_patterns
from kg.extraction.text.outline import outline
from kg.extraction.text.quotations import find_quotations
from kg.extraction.text.sentences import split_sentences
from kg.extraction.text.tokens import normalise, tokenize
from kg.extraction.words import compile_words, inflect_noun, inflect_verb
from kg.model import Span

ANY_TEXT = st.text(alphabet="aBc Dé.,;:!?…“”‘’\"'«»„()[]–—-\n\t1\u00a0•", max_size=80)


def split(text: str) -> list[str]:
    return [s.of(text) for s in split_sentences(text, Span(0, len(text)), load_lexicon())]


def quote(text: str) -> list[list[str]]:
    paragraphs = [b.span for b in make_document(text).blocks]
    return [[part.of(text) for part in q.parts] for q in find_quotations(text, paragraphs)]


SENTENCES = [
    ["The buses left.", "Nobody came back."],
    ["Where are they?", "We do not know!", "Ask the police."],
    ["Dr. Samira Khalil treated them.", "She left in May."],
    ["Mr. Haq and Mrs. Noor spoke."],
    ["Gen. Aung ordered it.", "The army obeyed."],
    ["J. P. Habimana spoke.", "The crowd was silent."],
    ["The U.S. government paid.", "Others did not."],
    ["They flew to the U.S.", "They were held there."],
    ["Prices rose by 3.5 per cent.", "Wages did not."],
    ["On 3 Jan. 2025 the camp closed.", "It was empty."],
    ["About 1.2 million people fled.", "Few returned."],
    ["“We left at night.", "Nobody saw us,” she said."],
    ["“We left.”", "The crossing was closed."],
    ["They waited (for hours.)", "Then it rained."],
    ["They waited…", "Nothing came."],
    ["They waited ... and nothing came."],
    ["Article No. 33 applies.", "It always has."],
    ["St. Mary's parish took them in.", "It was cold."],
    ["“Was it legal?” he asked.", "Nobody knew."],
    ["The order (No. 14/2025) stands.", "Appeals are pending."],
    ["«Nous partons.»", "Elle est partie."],
    ["Émile left.", "Élodie stayed."],
    ["Şükrü closed it.", "İnci opened it."],
    ["They fled in 2021.", "12 of them died."],
    ["A paragraph without a stop", "Another one"],
]


@pytest.mark.parametrize("sentences", SENTENCES, ids=lambda s: s[0][:24])
def test_a_text_falls_into_these_sentences(sentences: list[str]) -> None:
    joint = "\n\n" if sentences[0][-1].isalpha() else " "
    assert split(joint.join(sentences)) == sentences


@given(ANY_TEXT)
def test_sentences_cover_every_character_but_white_space_once_and_in_order(text: str) -> None:
    spans = split_sentences(text, Span(0, len(text)), load_lexicon())
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    assert "".join("".join(s.of(text).split()) for s in spans) == "".join(text.split())


@given(ANY_TEXT, st.integers(0, 80), st.integers(0, 80))
def test_sentences_of_a_stretch_stay_inside_it(text: str, start: int, length: int) -> None:
    stretch = Span(min(start, len(text)), min(start + length, len(text)))
    assert all(stretch.covers(s) for s in split_sentences(text, stretch, load_lexicon()))


QUOTATIONS = [
    ("“We left,” she said.", [["We left,"]]),
    ('"We left," she said, "at night."', [["We left,"], ["at night."]]),
    ("„Wir gehen“, sagte sie.", [["Wir gehen"]]),
    ("„We go,” he said.", [["We go,"]]),
    ("«Nous partons», dit-elle.", [["Nous partons"]]),
    ("‹Nous partons›, dit-elle.", [["Nous partons"]]),
    ("「行く」と言った。", [["行く"]]),
    ("‘We left,’ she said.", [["We left,"]]),
    ("'We left,' she said.", [["We left,"]]),
    ("She said: ‘They can’t stay.’", [["They can’t stay."]]),
    ("She said: 'They can't stay.'", [["They can't stay."]]),
    ("‘The experts’ report is wrong,’ he said.", [["The experts’ report is wrong,"]]),
    ("'The refugees' camp burned,' he said.", [["The refugees' camp burned,"]]),
    ("The refugees' camp and the guards' post burned.", []),
    ("It's the army's camp, isn't it?", []),
    ("In the '90s and the ’80s they fled.", []),
    ("‘Tis late, and ’twas cold.", []),
    ("“He told me ‘go’ and I went,” she said.", [["He told me ‘go’ and I went,"]]),
    ("\"He told me 'go' and I went,\" she said.", [["He told me 'go' and I went,"]]),
    ("“One day.\n\n“Two days.”", [["One day.", "Two days."]]),
    ("“One day.\n\n“Two days.\n\n“Three days.”\n\nThen rain.", [["One day.", "Two days.", "Three days."]]),
    ("“One day.\n\nThen rain.", [["One day."]]),
    ('"One day.\n\n"Two days."', [["One day.", "Two days."]]),
    ('A pipe of 5" width and a wall.', []),
    ("“”", []),
    ("No marks here.", []),
]


@pytest.mark.parametrize(("text", "parts"), QUOTATIONS)
def test_a_text_holds_these_quotations(text: str, parts: list[list[str]]) -> None:
    assert quote(text) == parts


@given(ANY_TEXT)
def test_quotations_lie_in_order_inside_the_text(text: str) -> None:
    found = find_quotations(text, [b.span for b in make_document(text).blocks])
    assert all(a.outer.end <= b.outer.start for a, b in pairwise(found))
    for quotation in found:
        assert 0 <= quotation.outer.start < quotation.inner.start
        assert quotation.inner.end <= quotation.outer.end <= len(text)
        assert all(a.end <= b.start for a, b in pairwise(quotation.parts))


TOKENS = [
    ("1,495,851 people", "1,495,851|people"),
    ("the U.N. said", "the|U.N.|said"),
    ("Pakistan's plan", "Pakistan|'s|plan"),
    ("Pakistan’s plan", "Pakistan|’s|plan"),
    ("can't O'Sullivan", "can't|O'Sullivan"),
    ("non-refoulement, now", "non-refoulement|,|now"),
    ("300'000 (3.4m)", "300'000|(|3.4m|)"),
    ("Kay Moun Delmè", "Kay|Moun|Delmè"),
]


@pytest.mark.parametrize(("text", "tokens"), TOKENS)
def test_a_text_falls_into_these_tokens(text: str, tokens: str) -> None:
    assert [t.text for t in tokenize(text, Span(0, len(text)))] == tokens.split("|")


@given(ANY_TEXT)
def test_tokens_are_the_text_without_white_space(text: str) -> None:
    tokens = tokenize(text, Span(0, len(text)))
    assert all(text[t.start : t.end] == t.text for t in tokens)
    assert all(a.end <= b.start for a, b in pairwise(tokens))
    assert "".join(t.text for t in tokens) == "".join(c for c in text if not c.isspace())


@given(st.text(max_size=80))
def test_plain_marks_keep_every_offset(text: str) -> None:
    plain = normalise(text)
    assert len(plain) == len(text)
    assert normalise(plain) == plain


WORD = st.text(alphabet="abcdeéxyz", min_size=1, max_size=8)


@given(st.lists(WORD, min_size=1, max_size=4))
def test_a_pattern_matches_its_own_words_in_any_case_and_not_within_a_word(words: list[str]) -> None:
    phrase = " ".join(words)
    pattern = compile_pattern(phrase)
    assert pattern.fullmatch(phrase)
    assert pattern.fullmatch(phrase.upper())
    assert pattern.search(f"({phrase.replace(' ', '  ')}).")
    assert not pattern.search(f"q{phrase}q")


@given(st.lists(st.lists(WORD, min_size=1, max_size=3).map(" ".join), min_size=1, max_size=5))
def test_several_patterns_match_what_each_matches(phrases: list[str]) -> None:
    pattern = compile_patterns(phrases)
    assert all(pattern.fullmatch(phrase) for phrase in phrases)


@pytest.mark.parametrize(
    ("pattern", "matching", "other"),
    [
        ("arbitrar*", ["arbitrary", "arbitrarily", "ARBITRARILY"], ["arbitra", "nonarbitrary"]),
        ("(arrest*|taken into custody)", ["arrested", "taken into custody"], ["taken", "custody"]),
        (
            "forcibl* (be)? returned",
            ["forcibly returned", "forcibly be returned"],
            ["forcibly been returned"],
        ),
        ("return ... home", ["return home", "return them to their home"], ["return a b c d e home"]),
        ("return .... home", ["return a b c d e home"], ["return a b c d e f g h i home"]),
        ("refugees' rights", ["refugees’ rights", "refugees' rights"], ["refugees rights"]),
        ("non-refoulement", ["non‑refoulement", "non–refoulement"], ["nonrefoulement"]),
    ],
)
def test_the_signs_of_the_pattern_language(pattern: str, matching: list[str], other: list[str]) -> None:
    compiled = compile_pattern(pattern)
    assert all(compiled.fullmatch(text) for text in matching)
    assert not any(compiled.fullmatch(text) for text in other)


def test_no_pattern_matches_nothing_and_an_open_group_is_told() -> None:
    assert not compile_patterns([]).search("anything at all")
    with pytest.raises(ValueError, match="unclosed group"):
        compile_pattern("(arrest|detain")


def test_sentences_of_an_outline_begin_behind_the_dateline() -> None:
    document = make_document("GENEVA, 3 May (Wire) – The agency spoke. It left.\n\nGeneva – it rained.")
    sentences, _ = outline(replace(document, dateline=Span(0, 6)), load_lexicon())
    said = [s.span.of(document.text) for s in sentences]
    assert said == ["The agency spoke.", "It left.", "Geneva – it rained."]


def test_no_sentence_of_an_outline_ends_inside_a_quotation() -> None:
    text = "“We left. It rained. Nobody saw us,” she said. The road was empty."
    sentences, quotations = outline(make_document(text), load_lexicon())
    said = [s.span.of(text) for s in sentences]
    assert said == ["“We left. It rained. Nobody saw us,” she said.", "The road was empty."]
    assert len(quotations) == 1
    quoted = {t.text for t, inside in zip(sentences[0].tokens, sentences[0].quoted, strict=True) if inside}
    assert {"left", "rained", "us"} <= quoted
    assert not {"she", "said"} & quoted


def test_nobody_speaks_in_bylines_addresses_and_promotions() -> None:
    kinds = ["title", "byline", "paragraph", "list-item", "caption", "address", "promotion"]
    document = make_blocks([[kind, f"Text of a {kind}."] for kind in kinds])
    sentences, _ = outline(document, load_lexicon())
    assert [s.block.kind for s in sentences] == ["title", "paragraph", "list-item", "caption"]


@given(ANY_TEXT)
def test_an_outline_parts_no_quotation_and_stays_in_order(text: str) -> None:
    sentences, quotations = outline(make_document(text), load_lexicon())
    assert all(a.span.end <= b.span.start for a, b in pairwise(sentences))
    for sentence in sentences:
        inside = [
            q
            for q in quotations
            if q.outer.start < sentence.span.end < q.outer.end and sentence.span.end < sentence.block.span.end
        ]
        assert not [q for q in inside if text[sentence.span.end : q.outer.end].strip()]


@pytest.mark.parametrize(
    ("noun", "plural"),
    [
        ("refugee", "refugees"),
        ("agency", "agencies"),
        ("boy", "boys"),
        ("boss", "bosses"),
        ("church", "churches"),
        ("rights group", "rights groups"),
        ("witness", "witnesses"),
        ("box", "boxes"),
        ("ministry", "ministries"),
    ],
)
def test_plurals(noun: str, plural: str) -> None:
    assert inflect_noun(noun) == (noun, plural)


@pytest.mark.parametrize(
    "forms",
    [
        "urge urges urged urging",
        "warn warns warned warning",
        "deny denies denied denying",
        "say says sayed saying",
        "admit admits admitted admitting",
        "refer refers referred referring",
        "order orders ordered ordering",
        "visit visits visited visiting",
        "stress stresses stressed stressing",
        "agree agrees agreed agreeing",
        "lie lies lied lying",
        "echo echoes echoed echoing",
        "reveal reveals revealed revealing",
        "explain explains explained explaining",
        "plead pleads pleaded pleading",
        "remember remembers remembered remembering",
        "signal signals signalled signalling",
        "comment comments commented commenting",
        "beg begs begged begging",
        "claim claims claimed claiming",
        "accuse accuses accused accusing",
        "publish publishes published publishing",
        "appeal appeals appealed appealing",
    ],
)
def test_regular_forms_of_verbs(forms: str) -> None:
    assert list(inflect_verb(forms.split(maxsplit=1)[0])) == forms.split()


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", min_size=2, max_size=9))
def test_every_form_keeps_the_beginning_of_its_word(word: str) -> None:
    assert all(form.startswith(word[:-2]) for form in inflect_verb(word))
    assert all(form.startswith(word[:-1]) for form in inflect_noun(word))
    assert [form[-3:] for form in inflect_verb(word)][3] == "ing"


def test_words_are_lower_case_and_know_plurals() -> None:
    words = compile_words(load_lexicon())
    assert words.sources["witness"] == words.sources["witnesses"] == "person"
    assert all(key == key.lower() for key in (*words.sources, *words.anaphors, *words.heads, *words.titles))
    assert re.fullmatch(words.roles, "Deputy Executive Director")
    assert not words.roles.search("a directory of undirected things")
