"""Makes pySHACL quick: the only place where another library's code is changed, and only while it runs.

Stock pySHACL evaluates each property shape anew for each focus node, parsing the text of its SPARQL
constraints every time. Two methods are replaced during a validation: one hands all focus nodes to a property
shape at once, the other keeps the parsed query. Results are the same, which a test proves; where pySHACL no
longer has these methods with these parameters, nothing is replaced.
"""

# ruff: noqa: ANN401 - the replaced methods are not typed in pySHACL either

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from pyshacl.constraints.core.shape_based_constraints import PropertyConstraintComponent
from pyshacl.constraints.sparql.sparql_based_constraints import SPARQLBasedConstraint
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query

_EVALUATE = "_evaluate_property_shape"
_QUERY = "_validate_sparql_query"
_EXPECTED = {
    (PropertyConstraintComponent, _EVALUATE): (
        "self", "executor", "prop_shape", "target_graph", "focus_value_nodes", "potentially_recursive",
        "_evaluation_path",
    ),
    (SPARQLBasedConstraint, _QUERY): ("self", "query", "init_binds", "target_graph"),
}  # fmt: skip


@lru_cache(maxsize=256)
def _prepare(text: str, prefixes: frozenset[tuple[str, str]]) -> Query:
    return prepareQuery(text, initNs=dict(prefixes))


def is_mendable() -> bool:
    """Tell whether this version of pySHACL has the methods that `mended` replaces."""
    return all(
        tuple(inspect.signature(getattr(owner, name, _nothing)).parameters) == parameters
        for (owner, name), parameters in _EXPECTED.items()
    )


@contextmanager
def mended() -> Iterator[None]:
    """Run pySHACL with both methods replaced; they are put back at the end.

    One validation at a time: builds validate in processes, not in threads.
    """
    if not is_mendable():
        yield
        return
    evaluate, query = getattr(PropertyConstraintComponent, _EVALUATE), getattr(SPARQLBasedConstraint, _QUERY)
    setattr(PropertyConstraintComponent, _EVALUATE, _evaluate_at_once(evaluate))
    setattr(SPARQLBasedConstraint, _QUERY, _query_prepared(query))
    try:
        yield
    finally:
        setattr(PropertyConstraintComponent, _EVALUATE, evaluate)
        setattr(SPARQLBasedConstraint, _QUERY, query)


def _nothing() -> None:
    """Stand in for a method that is not there."""


def _query_prepared(stock: Callable[..., Any]) -> Callable[..., Any]:
    def validate_query(self: Any, query: str, init_binds: Any, target_graph: Any) -> Any:
        """Hand over the parsed query; like rdflib, let it use the prefixes of the data graph."""
        prepared = _prepare(query, frozenset(target_graph.namespaces()))
        return stock(self, prepared, init_binds, target_graph)

    return validate_query


def _evaluate_at_once(stock: Callable[..., Any]) -> Callable[..., Any]:
    def evaluate(
        self: Any, executor: Any, prop_shape: Any, graph: Any, nodes: Any, recursive: Any, path: Any
    ) -> Any:
        """Hand over the value nodes of all focus nodes together.

        Not where shapes may recurse, nor where two focus nodes share a value node: it has results for each.
        """
        shape = self.shape.get_other_shape(prop_shape)
        focus = [value for values in nodes.values() for value in values]
        if recursive or not shape or not shape.is_property_shape or len(set(focus)) < len(focus):
            return stock(self, executor, prop_shape, graph, nodes, recursive, path)
        conforms, reports = shape.validate(executor, graph, focus=focus, _evaluation_path=path[:])
        return not conforms, reports

    return evaluate
