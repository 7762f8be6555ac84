"""Query results as the W3C suites write and compare them: up to renaming of blank nodes."""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pyoxigraph as ox

from kg.vocab import XSD

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
_DECIMALS = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)")


def _to_decimal(text: str) -> str:
    if not _DECIMALS.fullmatch(text):
        raise ValueError(text)
    return str(Decimal(text).normalize())


_NUMERALS: dict[str, Callable[[str], str]] = {
    **dict.fromkeys((str(XSD.float), str(XSD.double)), lambda text: str(float(text))),
    **dict.fromkeys((str(XSD.decimal), str(XSD.integer)), _to_decimal),
    str(XSD.boolean): lambda text: {"0": "false", "1": "true"}.get(text, text),
}

Row = tuple[tuple[str, Any], ...]  # names and terms; a triple is a row of s, p and o


@dataclass(frozen=True)
class Results:
    """Solutions, the triples of a graph, or a boolean as the one row of no variable."""

    variables: frozenset[str]
    rows: tuple[Row, ...]
    is_ordered: bool = False


def read_results(data: bytes, extension: str, base: str) -> Results:
    """Read results in the format that belongs to a file extension; RDF may describe solutions or be a graph."""
    if extension == "csv":
        return _read_csv(data.decode())
    if rdf := ox.RdfFormat.from_extension(extension):
        triples = [quad.triple for quad in ox.parse(data, format=rdf, base_iri=base)]
        is_described = any(t.object == ox.NamedNode(f"{RS}ResultSet") for t in triples)
        return _read_description(triples) if is_described else _to_graph(triples)
    found = ox.parse_query_results(data, format=ox.QueryResultsFormat.from_extension(extension))
    if isinstance(found, ox.QueryBoolean):
        return Results(frozenset(), ((("boolean", bool(found)),),))
    names = [variable.value for variable in found.variables]
    rows = (zip(names, solution, strict=True) for solution in found)
    return Results(frozenset(names), tuple(_to_row(dict(row)) for row in rows))


def _to_row(bindings: Mapping[str, Any]) -> Row:
    return tuple((name, to_value(bindings[name])) for name in sorted(bindings) if bindings[name] is not None)


def _to_graph(triples: Sequence[ox.Triple]) -> Results:
    rows = {_to_row({"s": t.subject, "p": t.predicate, "o": t.object}) for t in triples}
    return Results(frozenset("spo"), tuple(rows))


def _read_csv(text: str) -> Results:
    header, *lines = csv.reader(text.splitlines())
    rows = ({n: _read_cell(c) for n, c in zip(header, line, strict=True) if c} for line in lines)
    return Results(frozenset(header), tuple(map(_to_row, rows)))


def _read_cell(cell: str) -> object:
    """CSV tells no kinds of terms apart but blank nodes."""
    return ox.BlankNode(cell[2:]) if cell.startswith("_:") else cell


def _read_description(triples: Sequence[ox.Triple]) -> Results:
    """Read solutions described in the result set vocabulary; their order counts where they have an index."""
    about: dict[Any, dict[str, list[Any]]] = defaultdict(lambda: defaultdict(list))
    for triple in triples:
        about[triple.subject][triple.predicate.value.removeprefix(RS)].append(triple.object)
    (result,) = (node for node in about.values() if "resultVariable" in node)
    solutions = [about[node] for node in result["solution"]]
    is_ordered = bool(solutions) and all("index" in solution for solution in solutions)
    if is_ordered:
        solutions.sort(key=lambda solution: int(solution["index"][0].value))
    bindings = ([about[b] for b in solution["binding"]] for solution in solutions)
    rows = ({b["variable"][0].value: b["value"][0] for b in found} for found in bindings)
    return Results(
        frozenset(v.value for v in result["resultVariable"]), tuple(map(_to_row, rows)), is_ordered=is_ordered
    )


def to_value(term: Any) -> Any:
    """Give numbers and booleans in one form each: Oxigraph keeps their value, not how they were written."""
    if isinstance(term, ox.Triple):
        return tuple(map(to_value, term))
    if not isinstance(term, ox.Literal) or term.datatype.value not in _NUMERALS:
        return term
    try:
        return term.datatype.value, _NUMERALS[term.datatype.value](term.value)
    except ValueError:
        return term


def is_same(expected: Results, found: Results) -> bool:
    """Tell whether some renaming of blank nodes makes both the same multiset (or sequence) of rows."""
    if expected.variables != found.variables or len(expected.rows) != len(found.rows):
        return False
    if expected.is_ordered:
        return _unify_all(expected.rows, found.rows, {}) is not None
    if Counter(map(_hide_names, expected.rows)) != Counter(map(_hide_names, found.rows)):
        return False
    rows = sorted(expected.rows, key=lambda row: "_:" in repr(_hide_names(row)))
    return next(_match(rows, list(found.rows), {}), None) is not None


def _match(rows: Sequence[Row], candidates: list[Row], renaming: dict[Any, Any]) -> Iterator[dict[Any, Any]]:
    """Give every renaming under which the rows are the candidates."""
    if not rows:
        yield renaming
        return
    for index, candidate in enumerate(candidates):
        unified = _unify(rows[0], candidate, renaming)
        if unified is not None:
            yield from _match(rows[1:], candidates[:index] + candidates[index + 1 :], unified)


def _unify(one: Any, other: Any, renaming: dict[Any, Any]) -> dict[Any, Any] | None:
    """Extend a renaming so that both terms, or sequences of terms, become equal; None where none does."""
    if isinstance(one, ox.BlankNode) and isinstance(other, ox.BlankNode):
        if one in renaming or other in renaming.values():
            return renaming if renaming.get(one) == other else None
        return {**renaming, one: other}
    if isinstance(one, tuple) and isinstance(other, tuple):
        return _unify_all(one, other, renaming)
    return renaming if one == other else None


def _unify_all(ones: Sequence[Any], others: Sequence[Any], renaming: dict[Any, Any]) -> dict[Any, Any] | None:
    if len(ones) != len(others):
        return None
    for one, other in zip(ones, others, strict=True):
        extended = _unify(one, other, renaming)
        if extended is None:
            return None
        renaming = extended
    return renaming


def _hide_names(term: Any) -> Any:
    """Replace blank nodes by one and the same mark."""
    if isinstance(term, ox.BlankNode):
        return "_:"
    return tuple(map(_hide_names, term)) if isinstance(term, tuple) else term
