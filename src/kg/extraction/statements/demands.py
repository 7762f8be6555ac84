"""Find demands: what a statement wants done, each by whom."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from kg.extraction.actors.cast import Cast
from kg.extraction.lexicon import Lexicon
from kg.extraction.norms.bearers import Bearers
from kg.extraction.patterns import compile_patterns
from kg.extraction.text.sentences import split_sentences
from kg.model import Demand, Document, Evidence, Span, Statement

_MARKER = re.compile(r"\s*(?:[-–•*·]|\(?[a-z0-9]{1,2}[.)])\s+")
_SURE, _LIKELY = 0.9, 0.75


def find_demands(document: Document, statements: Sequence[Statement], cast: Cast) -> tuple[Demand, ...]:
    """Find the demands of a document.

    A statement whose act is a demand wants what its content says; of a content of several sentences or list items
    it is those that ask for something, and all of it where none can be told apart.

    Args:
        document: The document.
        statements: Its statements; positions in them are those of `Demand.statement`.
        cast: Its actors and mentions.

    Returns:
        The demands in the order of the statements. Demandees are the addressees that can act on it, else the State
        the demand is about; () where the text does not tell. `policy` is left open.
    """
    bearers = Bearers(cast)
    return tuple(
        Demand(
            span=span,
            statement=position,
            demandees=_find_demandees(span, statement, bearers),
            evidence=Evidence(f"demand/{'part' if is_part else 'content'}", _LIKELY if is_part else _SURE),
        )
        for position, statement in enumerate(statements)
        if statement.act == "demand"
        for span, is_part in _find_parts(document, statement, cast.lexicon)
    )


def _find_parts(document: Document, statement: Statement, lexicon: Lexicon) -> Iterator[tuple[Span, bool]]:
    sentences = [s for content in statement.content for s in split_sentences(document.text, content, lexicon)]
    sentences = [_skip_marker(document.text, s) for s in sentences]
    if len(sentences) == 1:
        yield sentences[0], False
        return
    asking = [s for s in sentences if _asks(document.text, s, lexicon)]
    for span in asking or sentences:
        yield span, bool(asking)


def _asks(text: str, span: Span, lexicon: Lexicon) -> bool:
    """Tell whether a sentence asks for something, and more than to name those it asks ("I urge you to:")."""
    words = span.of(text)
    return not words.rstrip().endswith(":") and bool(_asking(lexicon).search(words))


@lru_cache(maxsize=4)
def _asking(lexicon: Lexicon) -> re.Pattern[str]:
    """The signs of demands, and the verbs with which a sentence that demands can begin."""
    signs = [s for s in lexicon.scheme("actsign") if s.first("act") == "act-demand"]
    wanted = compile_patterns(p for s in signs for p in s.all("pattern"))
    verbs = compile_patterns(p for s in lexicon.scheme("imperative") for p in s.all("pattern"))
    return re.compile(
        rf"^(?:immediately\s+|urgently\s+|please\s+)?{verbs.pattern}|{wanted.pattern}", re.IGNORECASE
    )


def _skip_marker(text: str, span: Span) -> Span:
    """Leave out the mark of a list item: "- Stop the crackdown"."""
    marker = _MARKER.match(text, span.start, span.end)
    return Span(marker.end(), span.end) if marker and marker.end() < span.end else span


def _find_demandees(span: Span, statement: Statement, bearers: Bearers) -> tuple[str, ...]:
    """Give the addressees, unless they are media who only pass it on; else the State the demand is about."""
    kinds = {a: bearers.cast.kind_of(a) for a in statement.addressees if a in bearers.cast.actors}
    asked = tuple(a for a in statement.addressees if kinds.get(a) != "MediaOrganization")
    if asked:
        return asked
    return tuple(s for s in bearers.find_subject(span) if s not in statement.speakers)
