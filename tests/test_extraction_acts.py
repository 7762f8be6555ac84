"""Acts and modalities: what speakers do by saying something, and how far they stand behind it."""

import pytest

from extraction_inputs import load_lexicon, make_cue, read_table
from kg.extraction.lexicon import Concept
from kg.extraction.statements.acts import choose_act
from kg.extraction.statements.modality import find_modality

ACTS = read_table("acts/acts.txt", 5)
MODALITIES = read_table("acts/modality.txt", 3)


def test_all_cases_are_read_and_every_act_and_modality_has_some() -> None:
    assert len(ACTS) == 101
    assert len(MODALITIES) == 22
    lexicon = load_lexicon()
    assert {row[0] for row in ACTS} == {act.id for act in lexicon.scheme("act")}
    assert {row[0] for row in MODALITIES} == {modality.id for modality in lexicon.scheme("modality")}


@pytest.mark.parametrize(("act", "cue", "kind", "mode", "content"), ACTS)
def test_the_act_is_the_one_a_reader_sees(act: str, cue: str, kind: str, mode: str, content: str) -> None:
    chosen = choose_act(make_cue(cue), content, mode=mode, speaker_kind=kind, lexicon=load_lexicon())
    assert chosen == act


@pytest.mark.parametrize(("modality", "cue", "content"), MODALITIES)
def test_the_modality_is_that_of_the_main_clause(modality: str, cue: str, content: str) -> None:
    assert find_modality(content, make_cue(cue), load_lexicon()) == modality


def test_words_without_any_sign_leave_the_act_to_the_cue() -> None:
    content = "the bus left at noon"
    for cue, act in (("said", "report"), ("urged", "demand"), ("denied", "deny"), ("-", "report")):
        chosen = choose_act(
            make_cue(cue), content, mode="indirect", speaker_kind="NGO", lexicon=load_lexicon()
        )
        assert chosen == act


@pytest.mark.parametrize("sign", load_lexicon().scheme("actsign"), ids=lambda sign: sign.id)
def test_every_sign_speaks_for_an_act_with_a_weight(sign: Concept) -> None:
    assert load_lexicon().get("act", sign.first("act").removeprefix("act-"))
    assert 0 < float(sign.first("weight")) <= 1
    assert sign.all("pattern")
