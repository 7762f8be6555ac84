"""Rules that are checked in code, because they need the text or the graph names: one table."""

from typing import NamedTuple

from kg.model import IRI
from kg.vocab import SH, Namespace

FRS = Namespace("https://w3id.org/forced-returns/shapes#")
"""The namespace of shapes and of what stands for a shape where code checks."""


class Rule(NamedTuple):
    """A readable rule id with what it asks for.

    `shape` is the IRI of the property shape, `path` the property it is about.
    """

    id: str
    shape: IRI
    message: str
    path: IRI | None = None
    severity: IRI = SH.Violation


def to_shape_iri(rule_id: str) -> IRI:
    """Give the IRI of the shape of a rule id.

    >>> to_shape_iri("statement/speaker/class")
    <https://w3id.org/forced-returns/shapes#statement-speaker-class>
    """
    return FRS.term(rule_id.replace("/", "-"))


def _table(*rows: tuple[str, str]) -> dict[str, Rule]:
    return {rule_id: Rule(rule_id, to_shape_iri(rule_id), message) for rule_id, message in rows}


CODE_RULES = _table(
    ("text/digest/agreement", "The digest and length of a document are those of its text."),
    ("text/span/within", "A span lies inside the text."),
    ("text/span/iri", "The IRI of a span says the same offsets as its position selector."),
    (
        "text/quote/agreement",
        "Quotes and first words give the characters that stand in and around their span.",
    ),
    (
        "text/quote/present",
        "What bears a fact is quoted, unless it is long and its document is not shown in full.",
    ),
    (
        "text/literal/length",
        "Where a document is not shown in full, nothing said of it is over 1,000 characters.",
    ),
    ("text/content/agreement", "The text of a statement is what stands in its content spans."),
    ("text/content/quoted", "What is quoted directly stands in quotation marks or is set off as a block."),
    ("graph/expresses/same-graph", "A statement and the propositions it expresses stand in one named graph."),
    ("graph/evidence/provenance", "Rules and confidences stand in a provenance graph and nowhere else."),
    ("graph/activity/present", "The graph of a document says what generated it."),
    ("graph/reference/described", "Every part of a document that is referred to is described."),
    ("graph/triple/once", "A triple stands in exactly one named graph."),
    ("file/syntax", "A file can be parsed and holds no blank nodes."),
)
