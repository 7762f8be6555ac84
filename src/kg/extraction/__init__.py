"""From a document's text to what it says."""

from kg.extraction.lexicon import Concept, Lexicon, compile_lexicon

__all__ = ["Concept", "Lexicon", "compile_lexicon"]
