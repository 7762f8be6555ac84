"""Statements in different documents that report the same words."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from kg.mapping.comparison.finding import Finding
from kg.mapping.comparison.index import Index
from kg.model import IRI
from kg.vocab import FR, FRV

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W_]+")
_RUN = 4  # words in a row that two reports of the same words share
_LEAST = 6  # words; shorter contents are alike by chance
_OVERLAP = 0.8  # of the words of the shorter
_LONGER = 2  # times as many words as the shorter
_SHOWN = 20  # words
_QUOTED = (FRV.term("mode-direct"), FRV.term("mode-mixed"))


class _Said(NamedTuple):
    iri: IRI
    document: IRI
    words: tuple[str, ...]
    is_quoted: bool
    text: str


def find_same_utterances(index: Index) -> Iterator[Finding]:
    """Find statements of one speaker in two documents of which one has four fifths of the other's words.

    The longer has at most twice as many words, unless it quotes all of the shorter, quoted too. Only
    statements that share a run of words are set side by side.
    """
    for one, other in _pair(index):
        if _overlap(one, other) or (one.is_quoted and other.is_quoted and _is_within(one, other)):
            yield _explain(one, other)


def _pair(index: Index) -> list[tuple[_Said, _Said]]:
    """Pair statements of one speaker, in different documents, that share a run of words."""
    runs: dict[tuple[IRI, tuple[str, ...]], set[_Said]] = defaultdict(set)
    for iri in index.find(FR.Statement):
        said = _read_statement(index, iri)
        if len(said.words) >= _LEAST:
            for speaker in index.identities(iri, FR.speaker):
                for run in _list_runs(said.words):
                    runs[speaker, run].add(said)
    pairs = {pair for found in runs.values() for pair in combinations(sorted(found), 2)}
    return sorted((one, other) for one, other in pairs if one.document != other.document)


def _read_statement(index: Index, iri: IRI) -> _Said:
    text = index.text(iri, FR.text) or ""
    words = tuple(_WORD.findall(text.casefold()))
    is_quoted = index.node(iri, FR.mode) in _QUOTED
    return _Said(iri, IRI(iri.partition("#")[0]), words, is_quoted, text)


def _list_runs(words: tuple[str, ...]) -> set[tuple[str, ...]]:
    return {words[i : i + _RUN] for i in range(len(words) - _RUN + 1)}


def _overlap(one: _Said, other: _Said) -> bool:
    shorter, longer = sorted((len(one.words), len(other.words)))
    return longer <= _LONGER * shorter and _count_common(one, other) >= _OVERLAP * shorter


def _count_common(one: _Said, other: _Said) -> int:
    return sum((Counter(one.words) & Counter(other.words)).values())


def _is_within(one: _Said, other: _Said) -> bool:
    shorter, longer = sorted((one.words, other.words), key=len)
    width = len(shorter)
    return any(longer[i : i + width] == shorter for i in range(len(longer) - width + 1))


def _explain(one: _Said, other: _Said) -> Finding:
    shorter = min(one, other, key=lambda said: len(said.words)).text.split()
    shown = " ".join(shorter[:_SHOWN]) + (" …" if len(shorter) > _SHOWN else "")
    return Finding(
        "same-utterance",
        (one.iri, other.iri),
        f"Two documents give the same speaker nearly the same words: {_count_common(one, other)} words of "
        f"“{shown}” stand in both.",
    )
