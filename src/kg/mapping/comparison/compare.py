"""What follows from setting documents side by side, as quads of the derived graph."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from kg.iris import Minter
from kg.mapping.comparison.contradictions import find_contradictions
from kg.mapping.comparison.drift import find_measure_drift
from kg.mapping.comparison.finding import Finding
from kg.mapping.comparison.impossible_dates import find_impossible_dates
from kg.mapping.comparison.index import Index
from kg.mapping.comparison.shares import find_wrong_shares
from kg.mapping.comparison.utterances import find_same_utterances
from kg.mapping.graph import sort_quads
from kg.mapping.literals import to_text
from kg.model import IRI, Quad
from kg.vocab import FR, FRV, PROV, RDF

_FINDERS: tuple[Callable[[Index], Iterator[Finding]], ...] = (
    find_contradictions,
    find_wrong_shares,
    find_measure_drift,
    find_same_utterances,
    find_impossible_dates,
)


def compare(quads: Iterable[Quad], minter: Minter) -> list[Quad]:
    """Compare figures, statements and dates of documents.

    Args:
        quads: Document graphs and the links graph of all documents; other graphs do no harm.
        minter: Mints the IRIs.

    Returns:
        Sorted quads of the graph `derived`: one fr:Comparison for each finding, whose IRI depends only on
        the verdict and on what is compared.
    """
    index = Index(quads, minter.mint_graph("links"))
    found = (finding for find in _FINDERS for finding in find(index))
    return sort_quads(
        quad for finding in found for quad in _map_finding(finding, minter.mint_graph("derived"))
    )


def _map_finding(finding: Finding, graph: IRI) -> Iterator[Quad]:
    verdict = FRV.term(f"verdict-{finding.verdict}")
    digest = hashlib.sha256("\n".join([*sorted(finding.nodes), verdict]).encode()).hexdigest()
    iri = IRI(f"{graph}#comparison-{digest[:8]}")
    yield Quad(iri, RDF.type, FR.Comparison, graph)
    yield Quad(iri, RDF.type, PROV.Entity, graph)
    yield Quad(iri, FR.verdict, verdict, graph)
    yield Quad(iri, FR.explanation, to_text(finding.explanation, "en"), graph)
    for node in finding.nodes:
        yield Quad(iri, PROV.wasDerivedFrom, node, graph)
