"""Asking a store: queries in, rows of plain strings out, kept by the document they are about."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from kg.engines import Question, load_quads
from kg.formats import SOLUTION_FORMATS, find_format
from kg.model import IRI, Literal, Object, Quad

Row = Mapping[str, str]
_JSON = find_format("json", SOLUTION_FORMATS)


class Select(Protocol):
    """Evaluates a SELECT query and gives its solutions, as `kg.queries.Reader.select` does."""

    def __call__(self, text: str, /, **bindings: Object) -> list[dict[str, Object]]:
        """Evaluate a SELECT query; unbound variables are left out of a solution."""


def ask_quads(quads: Iterable[Quad]) -> Select:
    """Load quads into a store and give what asks it."""
    engine = load_quads(quads)

    def select(text: str, /, **bindings: Object) -> list[dict[str, Object]]:
        assert not bindings, "these queries have none"
        answer = json.loads(b"".join(engine.evaluate(Question(text, _JSON))))
        return [
            {name: _to_term(value) for name, value in solution.items()}
            for solution in answer["results"]["bindings"]
        ]

    return select


def _to_term(value: Mapping[str, str]) -> Object:
    return IRI(value["value"]) if value["type"] == "uri" else Literal(value["value"])


class Answers:
    """Answers to queries, each asked once, by document.

    Args:
        select: What asks the store.
    """

    def __init__(self, select: Select) -> None:
        self._select = select
        self._found: dict[str, list[Row]] = {}
        self._by_document: dict[str, dict[str, list[Row]]] = {}

    def all(self, query: str) -> list[Row]:
        """Give all rows of a query."""
        if query not in self._found:
            self._found[query] = [_to_row(solution) for solution in self._select(query)]
        return self._found[query]

    def of(self, document: str, query: str, about: str) -> list[Row]:
        """Give the rows of one document, in the order of the text.

        Args:
            document: IRI of the document.
            query: A query.
            about: The variable whose IRI is a part of a document.
        """
        if query not in self._by_document:
            grouped = self._by_document[query] = defaultdict(list)
            for row in self.all(query):
                grouped[row[about].partition("#")[0]].append(row)
        found = self._by_document[query].get(document, [])
        return sorted(found, key=lambda row: (*_to_place(row, about), sorted(row.items())))


def _to_row(solution: Mapping[str, Object]) -> Row:
    return {name: v.value if isinstance(v, Literal) else str(v) for name, v in solution.items()}


def _to_place(row: Row, about: str) -> tuple[int, str]:
    """Give where something begins: its own offset, or the one its IRI tells."""
    digits = row.get("start", "")
    tail = row[about].partition("#")[2].partition("-")[2].partition("-")[0]
    place = digits if digits.isdecimal() else tail
    return (int(place) if place.isdecimal() else 0), row[about]
