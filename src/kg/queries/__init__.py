"""Questions to a release: evaluate, describe, look up. What the web and the command line stand on."""

from kg.engines.tokens import Form
from kg.queries.examples import Example, load_examples
from kg.queries.reader import Answer, QueryRequest, Reader

__all__ = ["Answer", "Example", "Form", "QueryRequest", "Reader", "load_examples"]
