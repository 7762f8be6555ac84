"""Runs the shapes over a data graph, and all checks over a document."""

from collections.abc import Iterable, Sequence

import pyshacl
import rdflib
from pyshacl.errors import ConstraintLoadError, ReportableRuntimeError, ShapeLoadError
from rdflib.namespace import SH as SHACL
from rdflib.term import Node

from kg.errors import ShapesError
from kg.model import IRI, Quad
from kg.validation.context import Context
from kg.validation.graphs import check_graphs
from kg.validation.mend import mended
from kg.validation.report import Report, Result
from kg.validation.shapes import Shapes
from kg.validation.terms import fill_graph, from_rdflib_term
from kg.validation.texts import check_text
from kg.vocab import RDF


def validate(quads: Iterable[Quad], shapes: Shapes, context: Iterable[Quad] | Context = ()) -> Report:
    """Validate a data graph, the union of the quads' graphs, against shapes.

    Only nodes that the data graph describes are focus nodes; those of the context are taken as they are.

    Args:
        quads: What is checked: the document graph and the provenance graph.
        shapes: What it is checked against.
        context: Vocabulary and world. Prepare it once with `Context.of` where several graphs are checked.

    Raises:
        ShapesError: pySHACL cannot use the shapes.

    See https://www.w3.org/TR/shacl/#validation.
    """
    data = list(quads)
    lent = context if isinstance(context, Context) else Context.of(context)
    graphs = {quad.subject: quad.graph for quad in sorted(data, key=_tells_class)}
    results = _run_shapes(fill_graph([*data, *lent.lend(data)]), shapes.graph)
    found = (_read_result(results, node, shapes, graphs) for node in results.objects(None, SHACL.result))
    return Report.of(result for result in found if result.graph)


def validate_document(
    quads: Sequence[Quad], text: str, shapes: Shapes, context: Iterable[Quad] | Context = ()
) -> Report:
    """Run all checks over one document: shapes, graph names and text.

    A worker process keeps `shapes` and a `Context`; both can be pickled.

    Args:
        quads: The document graph and the provenance graph.
        text: The document's whole text, in which offsets count.
        shapes: What it is checked against.
        context: Vocabulary and world.
    """
    return validate(quads, shapes, context) + Report.of([*check_graphs(quads), *check_text(quads, text)])


def _tells_class(quad: Quad) -> bool:
    """Put the graph that gives a node its class last: others only add to it, as the links graph does."""
    return quad.predicate == RDF.type


def _run_shapes(data: rdflib.Graph, shapes: rdflib.Graph) -> rdflib.Graph:
    try:
        with mended():
            _, results, text = pyshacl.validate(data, shacl_graph=shapes, inplace=True)
    except (ShapeLoadError, ConstraintLoadError, ReportableRuntimeError, NotImplementedError) as error:
        raise ShapesError(f"the shapes cannot be evaluated: {error}") from error
    if not isinstance(results, rdflib.Graph):
        raise ShapesError(f"the shapes cannot be evaluated: {text}")
    return results


def _read_result(results: rdflib.Graph, node: Node, shapes: Shapes, graphs: dict[IRI, IRI]) -> Result:
    focus, value, component, shape = (
        from_rdflib_term(term) if (term := results.value(node, name)) is not None else None
        for name in (SHACL.focusNode, SHACL.value, SHACL.sourceConstraintComponent, SHACL.sourceShape)
    )
    rule = shapes.rules[IRI(shape)]
    return Result(
        IRI(focus),
        rule.path,
        value,
        rule.severity,
        rule.shape,
        rule.id,
        IRI(component),
        rule.message,
        graphs.get(IRI(focus)),
    )
