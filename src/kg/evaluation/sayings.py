"""Statements read back, with what is only cited folded into the statement that cites it."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from kg.evaluation import questions
from kg.evaluation.asking import Answers, Row
from kg.evaluation.cast import Cast
from kg.vocab import CITO, FR, FRV

Links = Mapping[str, list[str]]


def read_statements(
    answers: Answers, document: str, cast: Cast, norms: Mapping[str, str], policies: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Read the statements of a document that it attributes to somebody.

    A relayed statement whose only cue is a citing phrase ("citing UNHCR") is no statement of its own: its
    speakers are cited by the one that relays it.

    Args:
        answers: What the store tells.
        document: IRI of the document.
        cast: Its actors.
        norms: Ids of principles by IRI; others are left out.
        policies: Names of policies by IRI.
    """
    rows = {row["statement"]: row for row in answers.of(document, questions.STATEMENTS, "statement")}
    links = _read_links(answers, document)
    contents = defaultdict(list)
    for row in answers.of(document, questions.CONTENTS, "statement"):
        contents[row["statement"]].append((int(row["start"]), row["words"]))
    folded = {row["relayed"] for row in rows.values() if _is_citing(rows.get(row.get("relayed", "")))}
    made = []
    for iri, row in rows.items():
        speaker = cast.party(links[iri].get(FR.speaker, []))
        if iri not in folded and speaker:
            spans = [words for _, words in sorted(contents[iri])]
            made.append(_to_object(row, speaker, spans))
            made[-1] |= _to_lists(links, _list_cited(iri, rows, links), iri, cast, norms, policies)
    return _drop_repeated(made)


def _read_links(answers: Answers, document: str) -> dict[str, dict[str, list[str]]]:
    """Read the values of each statement's properties, by statement and property."""
    links: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in answers.of(document, questions.STATEMENT_LINKS, "statement"):
        links[row["statement"]][row["property"]].append(row["value"])
    return links


def _is_citing(row: Row | None) -> bool:
    return row is not None and row.get("isCiting") == "true"


def _list_cited(iri: str, rows: Mapping[str, Row], links: Mapping[str, Links]) -> list[str]:
    """List the actors whose data a statement relies on, along the chain of what it only cites."""
    cited = list(links[iri].get(CITO.citesAsDataSource, []))
    inner = rows[iri].get("relayed", "")
    if _is_citing(rows.get(inner)):
        cited += links[inner].get(FR.speaker, [])
        cited += _list_cited(inner, {k: v for k, v in rows.items() if k != iri}, links)
    return cited


def _to_object(row: Row, speaker: str, content: list[str]) -> dict[str, Any]:
    return {
        "speaker": speaker,
        "cue": row.get("cue") or row.get("words") or speaker,
        "kind": row["mode"].removeprefix(FRV.term("mode-")),
        "content": list(dict.fromkeys(content)),
        "act": row["act"].removeprefix(FRV.term("act-")),
    }


def _to_lists(
    links: Mapping[str, Links],
    cited: list[str],
    iri: str,
    cast: Cast,
    norms: Mapping[str, str],
    policies: Mapping[str, str],
) -> dict[str, list[str]]:
    invoked, concerned = links[iri].get(FR.invokes, []), links[iri].get(FR.concerns, [])
    return {
        "addressees": cast.names(links[iri].get(FR.addressee, [])),
        "cites": cast.names(cited),
        "principles": sorted({norms[norm] for norm in invoked if norm in norms}),
        "policies": sorted({policies[policy] for policy in concerned if policy in policies}),
    }


def _drop_repeated(statements: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Keep the first of statements alike in speaker, cue and content."""
    kept: dict[tuple[object, ...], dict[str, Any]] = {}
    for made in statements:
        kept.setdefault((made["speaker"], made["cue"], tuple(made["content"])), made)
    return list(kept.values())
