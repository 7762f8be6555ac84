"""Graph and shapes to a report: SHACL, what only the text can tell, and what only the named graphs can tell."""

from kg.validation.check import validate, validate_document
from kg.validation.context import Context
from kg.validation.files import validate_files
from kg.validation.graphs import check_graphs
from kg.validation.report import Report, Result
from kg.validation.shapes import Shapes, load_shapes
from kg.validation.texts import check_text

__all__ = [
    "Context",
    "Report",
    "Result",
    "Shapes",
    "check_graphs",
    "check_text",
    "load_shapes",
    "validate",
    "validate_document",
    "validate_files",
]
