"""What the reading half may ask of the writing half, without knowing it."""

from typing import Protocol


class Writer(Protocol):
    """Publishes changes; `kg.build` implements it and `kg.cli` hands it to the web application."""

    def withdraw(self, slug: str, *, purge: bool = False) -> int:
        """Withdraw a document and return the number of the release that no longer holds it."""
