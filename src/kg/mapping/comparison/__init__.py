"""Documents side by side: contradictions, wrong shares, drifting measures, repeated words, impossible dates."""

from kg.mapping.comparison.compare import compare

__all__ = ["compare"]
