"""From a document's text to what it says."""

from kg.extraction.lexicon import Concept, Lexicon, compile_lexicon
from kg.extraction.pipeline import extract

__all__ = ["Concept", "Lexicon", "compile_lexicon", "extract"]
