"""What the example queries answer about the source documents beside the repository, by value."""

import functools
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kg.queries import Example, Reader
from test_example_queries import SLOWEST, Rows, ask, by_example, measure, publish

SHARED = Path(__file__).parents[1] / os.environ.get("KG_SHARED", "../shared") / "documents"

if not SHARED.is_dir():
    pytest.skip(f"no source documents in {SHARED} (KG_SHARED)", allow_module_level=True)

Answers = Callable[[str], Rows]

IOM = "International Organization for Migration"
UNHCR = "United Nations High Commissioner for Refugees"
AMNESTY = "Amnesty International"
PLAN = "Illegal Foreigners Repatriation Plan"
TORTURE = "Convention against Torture and Other Cruel, Inhuman or Degrading Treatment or Punishment"
REFUGEES = "Convention relating to the Status of Refugees"


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    return publish([SHARED], tmp_path_factory.mktemp("shared"))


@pytest.fixture
def answers(shared: Reader) -> Answers:
    return functools.partial(ask, shared)


def pick(rows: Rows, *names: str) -> set[tuple[str, ...]]:
    """Give some variables of every solution; the empty string for one that is not bound."""
    return {tuple(row.get(name, "") for name in names) for row in rows}


@by_example
def test_it_is_answered_in_half_a_second(example: Example, shared: Reader) -> None:
    assert min(measure(shared, example)) < SLOWEST


def test_figures_of_iom(answers: Answers) -> None:
    rows = answers("figures-of-a-source")
    assert pick(rows, "value", "qualifier", "lower", "upper", "unit", "since", "until") == {
        ("844499", "at least", "844499", "", "persons", "2023-11-01", ""),
        ("1495851", "exact", "1495851", "1495851", "persons", "2023-09-01", ""),
        ("50", "nearly", "47.5", "50", "per cent", "2025-01-01", "2025-12-31"),
        ("778739", "exact", "778739", "778739", "persons", "2025-01-01", "2025-12-31"),
        ("4000000", "more than", "4000000", "", "persons", "2023-09-01", ""),
        ("2600000", "more than", "2600000", "", "persons", "2025-01-01", "2025-12-31"),
        ("1500000", "nearly", "1425000", "1500000", "persons", "2023-09-01", ""),
    }
    assert pick(rows, "value", "measure") >= {("844499", "deported"), ("1495851", "returned")}
    assert all(row["title"] and len(row["sentence"]) > 40 for row in rows)
    assert all("IOM" in row["sentence"] or IOM in row["sentence"] for row in rows)


def test_figures_for_pakistan_and_iran_together(answers: Answers) -> None:
    rows = [row for row in answers("figures-of-a-source") if row["value"] in {"4000000", "2600000"}]
    assert [set(row["from"].split(" and ")) for row in rows] == [{"Pakistan", "Iran"}] * 2


def test_who_says_that_non_refoulement_is_violated(answers: Answers) -> None:
    rows = answers("non-refoulement")
    assert pick(rows, "says", "who", "state") == {
        ("violates", AMNESTY, "Pakistan"),
        ("could violate", "Human Rights Watch", "Pakistan"),
        ("could violate", "Richard Bennett", "Pakistan"),
        ("could violate", "Felipe González Morales", "Pakistan"),
        ("could violate", "Reem Alsalem", "Pakistan"),
    }
    violating = [row for row in rows if row["says"] == "violates"]
    assert {row["document"][:3] for row in violating} == {"000", "001", "003", "004"}
    assert all("refoulement" in row["sentence"] for row in rows)
    assert PLAN in {row.get("policy") for row in violating}


def test_second_hand_figures(answers: Answers) -> None:
    rows = answers("second-hand-figures")
    assert pick(rows, "value", "qualifier", "chain") >= {
        ("110000", "about", f"{UNHCR} ← {AMNESTY}"),
        ("115000", "more than", f"{UNHCR} ← {AMNESTY}"),
        ("10", "exact", f"{UNHCR} ← {AMNESTY}"),
        ("3700000", "more than", f"{UNHCR} ← Amnesty"),
    }


def test_deadlines(answers: Answers) -> None:
    rows = [row for row in answers("deadlines") if row.get("document")]
    assert pick(rows, "date", "inferred", "who", "issuer") == {
        ("2023-11-01", "true", "unregistered Afghan refugees", "Pakistan"),
        ("2025-03-31", "true", "Afghans holding Afghan Citizen Cards (ACC)", "Pakistan"),
        ("2025-06-30", "true", "refugees holding Proof of Registration (PoR) cards", "Pakistan"),
        ("--03-31", "false", "Afghan Citizen Card holders", "Pakistan"),
    }


def test_instruments_of_pakistan(answers: Answers) -> None:
    rows = answers("instruments-of-a-state")
    assert pick(rows, "norm", "standing", "who") >= {
        (TORTURE, "party", "curated"),
        (TORTURE, "party", "the document itself"),
        (REFUGEES, "not party", "curated"),
        (REFUGEES, "not party", "the document itself"),
        ("Protocol relating to the Status of Refugees", "not party", "the document itself"),
        ("Non-refoulement", "binding", "the document itself"),
    }
    assert (TORTURE, "2010") in pick(rows, "norm", "since")
    assert all(bool(row.get("sentence")) is (row["who"] != "curated") for row in rows)


def test_demands(answers: Answers) -> None:
    rows = answers("demands")
    assert pick(rows, "who", "from") >= {
        (AMNESTY, "Pakistan"),
        ("Agnès Callamard", "Pakistan"),
        ("Richard Bennett", "Pakistan"),
        ("Human Rights Watch", "Germany"),
        ("Rights groups, UN agencies, and activists", "Iran"),
    }
    assert "halt deportations" in {row["demand"] for row in rows}
    assert (AMNESTY, PLAN) in pick(rows, "who", "policy")
    assert all(row["demand"].split()[0] in row["sentence"] for row in rows)


def test_posts(answers: Answers) -> None:
    assert pick(answers("posts"), "person", "post", "organization") >= {
        ("Shehbaz Sharif", "Prime Minister", "Pakistan"),
        ("Agnès Callamard", "Secretary General", AMNESTY),
        ("Isabel Lasi", "Deputy Director for South Asia", AMNESTY),
    }


def test_what_pakistan_answers(answers: Answers) -> None:
    assert pick(answers("answers-of-the-accused"), "who", "act", "answer") >= {
        ("Pakistan", "deny", "mistreatment during repatriation"),
        ("Pakistan", "justify", "the expulsions on security grounds"),
        ("Pakistan", "justify", "Afghan nationals have remained involved in militancy and crime"),
    }


def test_what_the_taliban_answer(answers: Answers) -> None:
    assert ("Taliban", "deny") in pick(answers("answers-of-the-accused"), "who", "act")


def test_figures_that_do_not_add_up(answers: Answers) -> None:
    rows = answers("figures-that-do-not-add-up")
    wrong = [row for row in rows if row["finding"] == "share does not add up"]
    assert {row["words"] for row in wrong} == {"778,739", "1,495,851 Afghan refugees", "nearly half"}
    assert all("52.1 %" in row["explanation"] for row in wrong)
    assert ("impossible date", "Stop deporting Afghan refugees") in pick(rows, "finding", "title")


def test_same_utterance(answers: Answers) -> None:
    rows = answers("same-utterance")
    assert (AMNESTY,) in pick(rows, "who")
    for comparison in {row["comparison"] for row in rows}:
        assert len({row["document"] for row in rows if row["comparison"] == comparison}) > 1


def test_what_was_left_out(answers: Answers) -> None:
    rows = answers("left-out")
    assert pick(rows, "reason") >= {("chrome",), ("second article",), ("other language",), ("unrelated",)}
    second = [row for row in rows if row["reason"] == "second article"]
    assert [row["words"][:21] for row in second] == ["Pakistan flags fundin"]
    assert all(int(row["start"]) < int(row["end"]) for row in rows)


def test_who_speaks_most(answers: Answers) -> None:
    first = answers("who-speaks-most")[0]
    assert (first["who"], first["documents"]) == (AMNESTY, "5")


def test_figures_over_time(answers: Answers) -> None:
    rows = answers("figures-over-time")
    assert {"778739", "1495851", "844499"} <= {row["value"] for row in rows}
    begins = [row["since"] for row in rows]
    assert begins == sorted(begins)


def test_cited_sources(answers: Answers) -> None:
    assert pick(answers("cited-sources"), "source", "speaker") >= {(UNHCR, AMNESTY)}


def test_one_document_in_the_order_of_its_text(answers: Answers) -> None:
    rows = answers("one-document")
    assert {row["document"][:3] for row in rows} == {"001"}
    starts = [int(row["start"]) for row in rows]
    assert starts == sorted(starts)


def test_facts_of_low_confidence(answers: Answers) -> None:
    confidences = [float(row["confidence"]) for row in answers("low-confidence")]
    assert confidences == sorted(confidences)
    assert all(0 <= confidence < 0.7 for confidence in confidences)


def test_named_graphs(answers: Answers, shared: Reader) -> None:
    rows = answers("named-graphs")
    assert pick(rows, "graph") >= {("vocab",), ("world",), ("links",), ("derived",), ("release",)}
    assert len(rows) == 5 + 2 * 6
    assert sum(int(row["triples"]) for row in rows) >= shared.release.triples
