"""Remove a document from releases that are already published: the one exception to "never changes".

A withdrawal may be owed to somebody's safety. Then it is not enough that the next release is without the
document: every kept release is written anew without it, from its quads, because database files that are
only marked as deleted would still hold the bytes.
"""

from collections.abc import Iterable, Iterator

from kg.iris import Minter
from kg.model import IRI, Quad
from kg.releases.release import Release, Tombstone
from kg.releases.staging import Fields, Staging


def remove_document(staging: Staging, slug: str, minter: Minter) -> None:
    """Remove a document's graphs, and what links and comparisons say of it."""
    for name in ("doc", "prov"):
        staging.remove_graph(minter.mint_graph(name, slug))
    document = minter.mint_document(slug)
    for name in ("links", "derived"):
        graph = minter.mint_graph(name)
        staging.replace_graph(graph, drop_mentions(list(staging.quads(graph)), document))


def drop_mentions(quads: Iterable[Quad], document: IRI) -> Iterator[Quad]:
    """Leave out every node of which a triple mentions the document or one of its fragments."""
    found = list(quads)
    tainted = {quad.subject for quad in found if any(_is_about(term, document) for term in quad)}
    return (quad for quad in found if quad.subject not in tainted)


def _is_about(term: object, document: IRI) -> bool:
    return isinstance(term, IRI) and (term == document or term.startswith(f"{document}#"))


def purge_fields(release: Release, tombstone: Tombstone) -> Fields:
    """Give a release's fields without a document, and with its tombstone where it was known."""
    known = tombstone.slug in release.documents or tombstone.slug in release.tombstones
    return Fields(
        created=release.created,
        software=release.software,
        digests=release.digests,
        documents={s: d for s, d in release.documents.items() if s != tombstone.slug},
        tombstones={**release.tombstones, **({tombstone.slug: tombstone} if known else {})},
    )
