"""The one table of media types, and parsing, serialising and negotiating by it."""

from kg.formats.convert import from_oxigraph, to_oxigraph_quad, to_oxigraph_term
from kg.formats.negotiation import negotiate
from kg.formats.rdf import parse_quads, serialize_quads, to_canonical_lines
from kg.formats.table import (
    DATASET_FORMATS,
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    Format,
    find_format,
    find_format_by_path,
)

__all__ = [
    "DATASET_FORMATS",
    "GRAPH_FORMATS",
    "SOLUTION_FORMATS",
    "Format",
    "find_format",
    "find_format_by_path",
    "from_oxigraph",
    "negotiate",
    "parse_quads",
    "serialize_quads",
    "to_canonical_lines",
    "to_oxigraph_quad",
    "to_oxigraph_term",
]
