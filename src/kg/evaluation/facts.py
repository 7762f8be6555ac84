"""What documents say, read back from the graph through SPARQL, in the schema of the annotation guide."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from kg.evaluation import questions
from kg.evaluation.asking import Answers, Row, Select, ask_quads
from kg.evaluation.cast import Cast, World
from kg.evaluation.sayings import read_statements
from kg.iris import Minter
from kg.model import Quad
from kg.model.excerpts import find_first_words
from kg.vocab import FRV

Facts = dict[str, Any]


def read_facts(quads: Iterable[Quad], known: Iterable[Quad], minter: Minter) -> dict[str, Facts]:
    """Load quads into a store and read back what its documents say.

    Args:
        quads: The graphs of documents, and the links graph.
        known: Vocabulary and world.
        minter: Reads the IRIs.

    Returns:
        One JSON object for each document, by slug.
    """
    return ask_facts(ask_quads([*known, *quads]), minter)


def ask_facts(select: Select, minter: Minter) -> dict[str, Facts]:
    """Read back what all documents of a store say, by slug.

    Args:
        select: Asks a store that holds document graphs, links, vocabulary and world.
        minter: Reads the IRIs.
    """
    answers = Answers(select)
    world = World(answers)
    guide = frozenset(row["norm"] for row in answers.all(questions.GUIDE))
    rows = {row["document"]: row for row in answers.all(questions.DOCUMENTS)}
    slugs = {iri: address.slug for iri in sorted(rows) if (address := minter.parse(iri))}
    return {slug: _read_document(answers, rows[iri], world, guide) for iri, slug in slugs.items()}


def _read_document(answers: Answers, row: Row, world: World, guide: frozenset[str]) -> Facts:
    document = row["document"]
    cast = Cast(answers, document, world)
    policies = _read_policies(answers, document, cast)
    names = {p["policy"]: p["name"] for p in answers.of(document, questions.POLICIES, "policy")}
    principles = _read_principles(answers, document, cast, guide)
    known = {principle["id"] for principle in principles}
    norms = {
        iri: name for iri in _list_norms(answers, document) if (name := to_principle(iri, guide)) in known
    }
    return {
        "document": _read_about(answers, row),
        "actors": cast.to_json(),
        "statements": read_statements(answers, document, cast, norms, names),
        "figures": [_read_figure(f, cast) for f in answers.of(document, questions.FIGURES, "figure")],
        "policies": policies,
        "principles": principles,
    }


def _read_about(answers: Answers, row: Row) -> Facts:
    omitted = answers.of(row["document"], questions.OMITTED, "block")
    first = (words for block in omitted if (words := find_first_words(block["words"])))
    optional = {key: row.get(key) for key in ("title", "publisher", "published", "dateline")}
    return {"file": row["file"], **optional, "language": row["language"], "noise": list(dict.fromkeys(first))}


def _read_figure(row: Row, cast: Cast) -> Facts:
    return {
        "text": row["text"],
        "value": _to_number(row["value"]),
        "high": _to_number(row["high"]) if "high" in row else None,
        "qualifier": row["qualifier"].removeprefix(FRV.term("qualifier-")),
        "unit": row["unit"].removeprefix(FRV.term("unit-")),
        "measure": row["measure"].removeprefix(FRV.term("measure-")),
        **{key: row.get(key) for key in ("population", "from", "to")},
        "start": row.get("since"),
        "end": row.get("until"),
        "source": cast.name(row.get("source")),
    }


def _to_number(text: str) -> int | float:
    number = Decimal(text)
    return int(number) if number == number.to_integral_value() else float(number)


def _read_policies(answers: Answers, document: str, cast: Cast) -> list[Facts]:
    """Read policies in the order of the text; those of one name are one."""
    found: dict[str, Facts] = {}
    for row in answers.of(document, questions.POLICIES, "policy"):
        optional = {key: row.get(key) for key in ("announced", "effective")}
        made: Facts = {
            "name": row["name"],
            "issuer": cast.name(row.get("issuer")),
            **optional,
            "deadlines": [],
        }
        policy = found.setdefault(row["name"], made)
        for deadline in answers.of(document, questions.DEADLINES, "deadline"):
            if deadline["policy"] == row["policy"]:
                whom = deadline.get("appliesTo", deadline["words"])
                policy["deadlines"].append({"date": deadline["date"], "applies_to": whom})
    return list(found.values())


def _list_norms(answers: Answers, document: str) -> set[str]:
    links = answers.of(document, questions.STATEMENT_LINKS, "statement")
    return {row["value"] for row in links if row["property"].endswith("invokes")}


def to_principle(iri: str, guide: frozenset[str]) -> str:
    """Give the guide's id of a norm: bare where the guide has it, else with `other:` before it."""
    name = iri.removeprefix(FRV).rpartition("#")[2]
    id_ = name.removeprefix("principle-").removeprefix("instrument-")
    return id_ if iri in guide else f"other:{id_}"


def _read_principles(answers: Answers, document: str, cast: Cast, guide: frozenset[str]) -> list[Facts]:
    """Read norm positions; those alike in norm, relation, bearer and asserter are one."""
    asserters = defaultdict(list)
    for row in answers.of(document, questions.ASSERTERS, "claim"):
        asserters[row["claim"]].append(row["actor"])
    surfaces: dict[tuple[str | None, ...], list[str]] = defaultdict(list)
    for row in answers.of(document, questions.NORMS, "claim"):
        relation = row["relation"].removeprefix(FRV.term("relation-"))
        party = cast.party(asserters[row["claim"]])
        key = (to_principle(row["norm"], guide), relation, cast.name(row.get("bearer")), party)
        if row["words"] not in surfaces[key]:
            surfaces[key].append(row["words"])
    return [
        {"id": key[0], "surface": words, "relation": key[1], "bearer": key[2], "asserted_by": key[3]}
        for key, words in surfaces.items()
    ]
