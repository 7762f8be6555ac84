"""Our mended pySHACL against the stock one, on the same graphs."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyshacl
import rdflib
from building import BASE
from tables import median, to_table

from kg.build import load_inputs, map_text
from kg.documents import read_documents
from kg.iris import Minter
from kg.validation.mend import mended
from kg.validation.terms import fill_graph


class Measured(NamedTuple):
    """One document's graph, and the seconds each takes for it."""

    document: str
    triples: int
    stock: float
    mended: float

    @property
    def ratio(self) -> float:
        return self.stock / self.mended


def compare_validators(folder: Path, number: int) -> str:
    """Validate `number` documents of a folder in both ways; gives a table."""
    measured = list(_measure(folder, number))
    rows: list[list[object]] = [[m.document, m.triples, m.stock, m.mended, m.ratio] for m in measured]
    sums = [sum(m.triples for m in measured), sum(m.stock for m in measured), sum(m.mended for m in measured)]
    rows.append(["all; median of ratios", *sums, median([m.ratio for m in measured])])
    header = ["document", "triples", "stock, s", "mended, s", "stock : mended"]
    note = "CPU time of pySHACL alone, the same graph and shapes, in turn."
    return to_table("Validation", header, rows, note)


def _measure(folder: Path, number: int) -> Iterator[Measured]:
    inputs = load_inputs(Minter(BASE))
    documents = read_documents([folder]).documents
    for document in documents[:: max(1, len(documents) // number)][:number]:
        quads = map_text(document, inputs)
        graph = fill_graph([*quads, *inputs.context.lend(quads)])
        stock = _time(graph, inputs.shapes.graph)
        with mended():
            yield Measured(document.slug, len(graph), stock, _time(graph, inputs.shapes.graph))


def _time(graph: rdflib.Graph, shapes: rdflib.Graph) -> float:
    start = time.process_time()
    pyshacl.validate(graph, shacl_graph=shapes, inplace=True)
    return time.process_time() - start
