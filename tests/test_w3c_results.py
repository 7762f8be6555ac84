"""How answers are compared with those of the W3C suites."""

from typing import Any

import pyoxigraph as ox
import pytest

from w3c_results import Results, Row, is_same, read_results

A, B, C = map(ox.BlankNode, "abc")
RESULT_SET = b"""
  @prefix rs: <http://www.w3.org/2001/sw/DataAccess/tests/result-set#> .
  [] a rs:ResultSet ; rs:resultVariable "x" ;
    rs:solution [ rs:index 2 ; rs:binding [ rs:variable "x" ; rs:value _:b ] ] ,
                [ rs:index 1 ; rs:binding [ rs:variable "x" ; rs:value 1.50 ] ] .
"""


def to_row(terms: tuple[Any, ...]) -> Row:
    return tuple(zip("xyz", terms, strict=False))


@pytest.mark.parametrize(
    ("expected", "found", "same"),
    [
        ([(A, A), (B, C)], [(B, C), (A, A)], True),
        ([(A, B), (B, C)], [(B, C), (C, A)], True),
        ([(A, B), (B, C)], [(A, B), (C, A)], True),
        ([(A, B), (B, C)], [(A, B), (A, C)], False),
        ([(A, B)], [(A, A)], False),
        ([(A, A)], [(A, B)], False),
        ([(A, "x"), (A, "x")], [(A, "x"), (B, "x")], False),
        ([("x",), ("x",), ("y",)], [("x",), ("y",), ("y",)], False),
        ([("x",)], [("x",), ("x",)], False),
    ],
)
def test_answers_are_compared_up_to_the_names_of_blank_nodes(
    expected: list[Any], found: list[Any], *, same: bool
) -> None:
    one, other = (Results(frozenset(), tuple(map(to_row, rows))) for rows in (expected, found))
    assert is_same(one, other) is same


def test_order_counts_where_the_suite_gives_an_index() -> None:
    rows = ((("x", A),), (("x", "1"),))
    assert not is_same(Results(frozenset("x"), rows, is_ordered=True), Results(frozenset("x"), rows[::-1]))
    assert is_same(Results(frozenset("x"), rows, is_ordered=True), Results(frozenset("x"), rows))


def test_solutions_described_in_rdf_are_read_in_their_order() -> None:
    found = read_results(RESULT_SET, "ttl", "http://example.org/")
    value = ("http://www.w3.org/2001/XMLSchema#decimal", "1.5")
    assert is_same(Results(frozenset("x"), ((("x", value),), (("x", A),)), is_ordered=True), found)


def test_numbers_and_booleans_are_compared_by_value() -> None:
    one = b'?x\t?y\n01.0\t"0"^^<http://www.w3.org/2001/XMLSchema#boolean>\n'
    other = b"?x\t?y\n1.00\tfalse\n"
    assert is_same(read_results(one, "tsv", ""), read_results(other, "tsv", ""))
    assert not is_same(read_results(one, "tsv", ""), read_results(b"?x\t?y\n1\tfalse\n", "tsv", ""))
