"""What a document says, as quads; and what follows from setting documents side by side."""

from kg.mapping.bounds import Bounds, read_bounds
from kg.mapping.comparison import compare
from kg.mapping.document import map_document

__all__ = ["Bounds", "compare", "map_document", "read_bounds"]
