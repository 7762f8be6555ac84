"""Sentences, quotations and words of a text."""
