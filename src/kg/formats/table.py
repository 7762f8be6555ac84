"""The table: every format that is read or written, for graphs, datasets, solutions and booleans."""

from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import UsageError


@dataclass(frozen=True, slots=True)
class Format:
    """A serialisation: its name on the command line and in `?format=`, media type and file extension."""

    name: str
    media_type: str
    extension: str
    engine: ox.RdfFormat | ox.QueryResultsFormat
    aliases: tuple[str, ...] = ()  # further media types and names that mean it

    @property
    def has_graphs(self) -> bool:
        """Tell whether it can hold named graphs."""
        return isinstance(self.engine, ox.RdfFormat) and self.engine.supports_datasets


_RDF = ox.RdfFormat
_RESULTS = ox.QueryResultsFormat

TURTLE = Format("turtle", "text/turtle", "ttl", _RDF.TURTLE, ("application/x-turtle", "ttl"))
N_TRIPLES = Format("ntriples", "application/n-triples", "nt", _RDF.N_TRIPLES, ("nt",))
RDF_XML = Format("rdfxml", "application/rdf+xml", "rdf", _RDF.RDF_XML, ("application/xml", "text/xml"))
JSON_LD = Format("jsonld", "application/ld+json", "jsonld", _RDF.JSON_LD, ("application/json", "json-ld"))
N_QUADS = Format("nquads", "application/n-quads", "nq", _RDF.N_QUADS, ("nq", "text/x-nquads"))
TRIG = Format("trig", "application/trig", "trig", _RDF.TRIG)

JSON = Format("json", "application/sparql-results+json", "srj", _RESULTS.JSON, ("application/json",))
XML = Format("xml", "application/sparql-results+xml", "srx", _RESULTS.XML, ("application/xml", "text/xml"))
CSV = Format("csv", "text/csv", "csv", _RESULTS.CSV)
TSV = Format("tsv", "text/tab-separated-values", "tsv", _RESULTS.TSV)

GRAPH_FORMATS = (TURTLE, N_TRIPLES, JSON_LD, RDF_XML, TRIG, N_QUADS)
"""Formats for the result of CONSTRUCT and DESCRIBE and for a description; the first is the default."""
DATASET_FORMATS = (TRIG, N_QUADS, JSON_LD)
SOLUTION_FORMATS = (JSON, XML, CSV, TSV)
"""Formats for the result of SELECT and ASK; the first is the default."""


def find_format(name: str, among: tuple[Format, ...] = (*GRAPH_FORMATS, *SOLUTION_FORMATS)) -> Format:
    """Find a format by its name, extension, media type or alias.

    Raises:
        UsageError: There is none of that name among those asked for.
    """
    wanted = name.strip().lower()
    for known in among:
        if wanted in (known.name, known.extension, known.media_type, *known.aliases):
            return known
    raise UsageError(f"unknown format: {name!r}", remedy=f"Choose one of {', '.join(f.name for f in among)}.")


def find_format_by_path(path: Path) -> Format:
    """Find the RDF format of a file by its extension (a trailing `.gz` or `.bz2` is ignored).

    Raises:
        UsageError: The extension is not one of an RDF format.
    """
    suffixes = [s for s in path.suffixes if s not in (".gz", ".bz2", ".zst")]
    return find_format(suffixes[-1].lstrip(".") if suffixes else path.name, GRAPH_FORMATS)
