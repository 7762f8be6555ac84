"""The writer: withdraws documents from a store."""

from pathlib import Path

import kg
from kg.build.plan import find_now
from kg.build.quarantine import Quarantine
from kg.errors import GoneError, NotFoundError
from kg.releases import Fields, Release, Releases, Tombstone, open_store, remove_document


class StoreWriter:
    """Publishes changes to one store; implements `kg.model.Writer`.

    Args:
        store: Folder of the releases.
        base: The base IRI it must have; None takes the store's own.

    Raises:
        StoreError: There is no store, or it has another base.
    """

    def __init__(self, store: Path, base: str | None = None) -> None:
        self._releases: Releases = open_store(store, base)
        self._quarantine = Quarantine(store)

    def withdraw(self, slug: str, *, purge: bool = False, reason: str | None = None) -> int:
        """Withdraw a document: it and what only it says go, and a tombstone stays.

        Older releases still hold it, and rolling back brings it back, unless it is purged: then its
        graphs and its text are removed from every kept release. A document that was withdrawn earlier
        can still be purged.

        Args:
            slug: The document's slug.
            purge: Whether to remove it from older releases too. Its text stays where a second article
                of the same file shares it.
            reason: Why; shown on the tombstone.

        Returns:
            The number of the release that no longer holds it.

        Raises:
            NotFoundError: The current release has no such document.
            GoneError: It was withdrawn before, and `purge` is not asked for.
            BusyError: Another process is writing.
        """
        with self._releases.stage(rebuild=purge) as staging:
            current = staging.current
            tombstone = _to_tombstone(current, slug, purge=purge, reason=reason)
            remove_document(staging, slug, self._releases.minter)
            release = staging.publish(_to_fields(current, tombstone))
        if purge:
            self._quarantine.remove(slug)
            self._releases.purge(tombstone)
        return release.number


def _to_tombstone(current: Release | None, slug: str, *, purge: bool, reason: str | None) -> Tombstone:
    document = current.documents.get(slug) if current else None
    earlier = current.tombstones.get(slug) if current else None
    if earlier and not purge:
        raise GoneError(f"{slug} was withdrawn on {earlier.date}", remedy="Purge it with --purge.")
    if not document and not earlier:
        raise NotFoundError(f"no document {slug!r} in the current release")
    date = find_now()[:10]
    made = Tombstone(slug, date, document.title if document else None, reason)
    return (earlier or made)._replace(purged=purge)


def _to_fields(current: Release | None, tombstone: Tombstone) -> Fields:
    assert current
    return Fields(
        created=find_now(),
        software=kg.__version__,
        digests=current.digests,
        documents={s: d for s, d in current.documents.items() if s != tombstone.slug},
        tombstones={**current.tombstones, tombstone.slug: tombstone},
    )
