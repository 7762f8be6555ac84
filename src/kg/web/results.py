"""Answers as tables for people: the first lines of TSV and N-Triples, read as terms.

SPARQL 1.1 TSV results, https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice, repeat

from kg.model import IRI, Literal
from kg.queries import Answer
from kg.vocab import RDF, XSD

MAX_LINES = 500  # lines that a page shows
MAX_BYTES = 4 << 20  # bytes that a page reads

_TERM = re.compile(
    r"""
    <(?P<iri>[^>]*)>
  | "(?P<text>(?:[^"\\]|\\.)*)"(?:@(?P<language>[\w-]+)|\^\^<(?P<datatype>[^>]*)>)?
  | (?P<blank>_:\S+)
  | (?P<plain>[^\s<"]\S*)
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_ESCAPED = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f"}

Cell = IRI | Literal | None


@dataclass(frozen=True, slots=True)
class Table:
    """What a page shows of an answer."""

    head: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    is_whole: bool


def read_solutions(answer: Answer) -> Table:
    """Read the first solutions of an answer in TSV, and let go of the rest."""
    lines, is_whole = _read_lines(answer)
    head = tuple(name.removeprefix("?") for name in lines[0].split("\t")) if lines and lines[0] else ()
    rows = tuple(tuple(_read_cell(cell) for cell in _split(line, len(head))) for line in lines[1:])
    return Table(head, rows, is_whole)


def read_triples(answer: Answer) -> Table:
    """Read the first triples of an answer in N-Triples, and let go of the rest."""
    lines, is_whole = _read_lines(answer)
    rows = tuple(tuple(_to_cell(m) for m in islice(_TERM.finditer(line), 3)) for line in lines)
    return Table(("subject", "predicate", "object"), rows, is_whole)


def _read_lines(answer: Answer) -> tuple[list[str], bool]:
    """Read up to `MAX_LINES` lines and a head, or as many as `MAX_BYTES` hold."""
    data, is_whole = bytearray(), True
    for chunk in answer.chunks:
        data += chunk
        if data.count(b"\n") > MAX_LINES + 1 or len(data) > MAX_BYTES:
            is_whole = False
            break
    if close := getattr(answer.chunks, "close", None):
        close()
    lines = data.decode(errors="replace").split("\n")[:-1]
    return lines[: MAX_LINES + 1], is_whole and len(lines) <= MAX_LINES + 1


def _split(line: str, width: int) -> Iterator[str]:
    return islice(chain(line.split("\t"), repeat("")), width)


def _read_cell(text: str) -> Cell:
    match = _TERM.fullmatch(text)
    return _to_cell(match) if match else None


def _to_cell(match: re.Match[str]) -> Cell:
    if match["iri"] is not None:
        return IRI(_unescape(match["iri"]))
    if match["text"] is None:
        return Literal(match["blank"] or match["plain"])
    if match["language"]:
        return Literal(_unescape(match["text"]), RDF.langString, match["language"])
    return Literal(_unescape(match["text"]), IRI(match["datatype"] or XSD.string))


def _unescape(text: str) -> str:
    return _ESCAPE.sub(_resolve, text)


def _resolve(match: re.Match[str]) -> str:
    digits = match[1] or match[2]
    if digits:
        code = int(digits, 16)
        return chr(code) if code <= 0x10FFFF else "\ufffd"
    return _ESCAPED.get(match[3], match[3])
