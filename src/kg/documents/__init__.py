"""Files to documents: finds, decodes and reads them, and lays out what is text and what is left out."""

from kg.documents.reading import Reading, read_documents, read_text
from kg.documents.source import Failure

__all__ = ["Failure", "Reading", "read_documents", "read_text"]
