"""One document and what it says, as quads."""

from kg.iris import Minter
from kg.mapping.about import map_about, map_generation
from kg.mapping.actors import map_actors
from kg.mapping.bounds import Bounds
from kg.mapping.demands import map_demands
from kg.mapping.figures import map_figures
from kg.mapping.graph import DocumentGraph
from kg.mapping.norms import map_norms
from kg.mapping.policies import map_policies
from kg.mapping.statements import map_statements
from kg.model import Document, Facts, Quad


def map_document(
    document: Document,
    facts: Facts,
    minter: Minter,
    bounds: Bounds,
    software: str,
    vocabulary: str | None = None,
) -> list[Quad]:
    """Map a document and what it says to quads.

    The same arguments give the same quads: there is no time of day and no blank node among them.

    Args:
        document: The document.
        facts: What was extracted from it.
        minter: Mints the IRIs.
        bounds: What each qualifier allows, see `read_bounds`.
        software: Version of the program, for the provenance.
        vocabulary: Digest of the vocabulary the facts were extracted with, for the provenance.

    Returns:
        Distinct quads, sorted, of the graphs `doc/{slug}`, `prov/{slug}` and `links`.
    """
    graph = DocumentGraph(document, facts, minter)
    map_about(graph)
    map_generation(graph, software, vocabulary)
    map_actors(graph)
    map_policies(graph)
    map_statements(graph)
    map_figures(graph, bounds)
    map_norms(graph)
    map_demands(graph)
    return graph.quads
