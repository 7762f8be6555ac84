"""What only the text can tell: offsets, quoted characters, quotation marks."""

import hashlib
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from kg.iris import parse_span
from kg.model import IRI, Literal, Object, Quad, Span
from kg.model.excerpts import LONGEST, excerpt, find_first_words
from kg.validation.report import Result, make_result
from kg.vocab import FR, FRV, OA, RDF

_OPENING = "“‘„‚«‹「『《〈〝"
_CLOSING = "”»›」』》〉〞"
# An apostrophe opens where no letter stands before it, and closes where none stands after it, unless it ends a
# plural ("refugees’ rights"): taking a quotation for open too long is better than refusing a right document.
_MARK = re.compile(
    rf"(?P<open>[{_OPENING}]|(?<![^\W_])')|(?P<close>[{_CLOSING}]|(?<!s)['’](?![^\W_]))|(?P<straight>[\"＂])"
)
_DIRECT = FRV.term("mode-direct")
_LETTERS = {FRV.term("medium-letter"), FRV.term("medium-open-letter")}
_OWN_VOICE = {FRV.term("genre-own-statement"), FRV.term("genre-letter")}
_NO = {"false", "0"}
_TRAILING = " \t\r\u00a0.…!?"
_SPACE = re.compile(r"\s+")


class _Description:
    """The quads of a document, looked up by subject and property."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.graphs: dict[IRI, IRI] = {}
        self._values: dict[tuple[IRI, IRI], list[Object]] = defaultdict(list)
        self._instances: dict[Object, list[IRI]] = defaultdict(list)
        self.closed: set[IRI] = set()  # documents that are not shown in full
        for subject, predicate, value, graph in quads:
            self.graphs.setdefault(subject, graph)
            self._values[subject, predicate].append(value)
            if predicate == RDF.type:
                self._instances[value].append(subject)
            if predicate == FR.showText and isinstance(value, Literal) and value.value in _NO:
                self.closed.add(subject)

    def find(self, kind: IRI) -> list[IRI]:
        return self._instances.get(kind, [])

    def values(self, subject: IRI, predicate: IRI) -> list[Object]:
        return self._values.get((subject, predicate), [])

    def nodes(self, subject: IRI, predicate: IRI) -> list[IRI]:
        return [v for v in self.values(subject, predicate) if isinstance(v, IRI)]

    def literal(self, subject: IRI, predicate: IRI) -> str | None:
        return next((v.value for v in self.values(subject, predicate) if isinstance(v, Literal)), None)

    def number(self, subject: IRI, predicate: IRI) -> int | None:
        value = self.literal(subject, predicate)
        return int(value) if value is not None and value.isdecimal() else None


def check_text(quads: Sequence[Quad], text: str) -> tuple[Result, ...]:
    """Check what the quads of one document say about its text.

    Digest and length are those of the text; spans lie in it, their IRIs tell their offsets and their quotes
    and first words give its characters; statements give the characters of their content; direct speech stands
    in quotation marks of any kind, unless the speaker writes the text itself or it is whole paragraphs set off
    from the rest; what bears a fact is quoted, and where the text is not shown in full nothing said is long.

    Args:
        quads: Document graph and provenance graph.
        text: The whole text that offsets count in.
    """
    about = _Description(quads)
    spans = _read_spans(about)
    return (
        *_check_digest(about, text),
        *_check_spans(about, spans, text),
        *_check_quotes(about, spans, text),
        *_check_presence(about, spans),
        *_check_lengths(about, quads),
        *_check_contents(about, spans, text),
        *_check_quotation_marks(about, spans, text),
    )


def is_quoted(text: str, span: Span) -> bool:
    """Tell whether a span stands inside quotation marks, or is one or more paragraphs of its own.

    Quotations that run on over paragraphs repeat the opening mark and close only the last one, so what
    counts is that the last mark at or before the beginning opens.
    """
    line_start = text.rfind("\n", 0, span.start) + 1
    before, after = text[line_start : span.start], text[span.end :].partition("\n")[0]
    is_block = not before.strip() and not after.strip(_TRAILING)
    return is_block or _is_open(text[line_start : span.start + 1])


def _is_open(before: str) -> bool:
    """Tell whether a quotation is open at the end of a stretch of a paragraph."""
    depth, straight = 0, False
    for mark in _MARK.finditer(before):
        match mark.lastgroup:
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "straight":
                straight = not straight
    return straight or depth > 0


def _read_spans(about: _Description) -> dict[IRI, Span]:
    """Read the offsets of every span; what shapes find missing is left out here."""
    found = {}
    for span in about.find(OA.SpecificResource):
        for selector in about.nodes(span, OA.hasSelector):
            start, end = about.number(selector, OA.start), about.number(selector, OA.end)
            if start is not None and end is not None:
                found[span] = Span(start, end)
    return found


def _check_digest(about: _Description, text: str) -> Iterator[Result]:
    actual = {
        FR.textDigest: hashlib.sha256(text.encode()).hexdigest(),
        FR.textLength: str(len(text)),
    }
    for document in about.find(FR.Document):
        for predicate, expected in actual.items():
            stated = about.literal(document, predicate)
            if stated is not None and stated != expected:
                yield _find(about, "text/digest/agreement", document, predicate, f"{stated}, not {expected}")


def _check_spans(about: _Description, spans: dict[IRI, Span], text: str) -> Iterator[Result]:
    for iri, span in spans.items():
        if not 0 <= span.start < span.end <= len(text):
            yield _find(about, "text/span/within", iri, OA.hasSelector, f"{span.start} to {span.end}")
        if parse_span(iri.partition("#")[2]) != span:
            yield _find(about, "text/span/iri", iri, OA.hasSelector, f"{span.start} to {span.end}")


def _check_quotes(about: _Description, spans: dict[IRI, Span], text: str) -> Iterator[Result]:
    for iri, span in spans.items():
        checks: dict[IRI, Callable[[str], bool]] = {
            OA.exact: span.of(text).__eq__,
            OA.prefix: text[: span.start].endswith,
            OA.suffix: text[span.end :].startswith,
            FR.firstWords: find_first_words(span.of(text)).__eq__,
        }
        for selector in (iri, *about.nodes(iri, OA.hasSelector)):
            for predicate, agrees in checks.items():
                stated = about.literal(selector, predicate)
                if stated is not None and not agrees(stated):
                    yield _find(about, "text/quote/agreement", selector, predicate, repr(stated))


def _check_presence(about: _Description, spans: dict[IRI, Span]) -> Iterator[Result]:
    """Find spans of facts without a quote; those of the document and of what it omits need none."""
    own = {s for d in about.find(FR.Document) for s in about.nodes(d, FR.textSpan)}
    own |= {s for block in about.find(FR.OmittedBlock) for s in about.nodes(block, FR.span)}
    for iri, span in spans.items():
        is_long = span.end - span.start > LONGEST and about.closed.intersection(
            about.nodes(iri, OA.hasSource)
        )
        quotes = [
            q for s in about.nodes(iri, OA.hasSelector) if (q := about.literal(s, OA.exact)) is not None
        ]
        if not quotes and not is_long and iri not in own:
            yield _find(about, "text/quote/present", iri, OA.hasSelector, f"{span.start} to {span.end}")


def _check_lengths(about: _Description, quads: Iterable[Quad]) -> Iterator[Result]:
    """Find what is said at length of documents that are not shown in full."""
    for subject, predicate, value, _ in quads if about.closed else ():
        is_theirs = IRI(subject.partition("#")[0]) in about.closed
        if is_theirs and isinstance(value, Literal) and len(value.value) > LONGEST:
            yield _find(about, "text/literal/length", subject, predicate, f"{len(value.value)} characters")


def _check_contents(about: _Description, spans: dict[IRI, Span], text: str) -> Iterator[Result]:
    for statement in about.find(FR.Statement):
        stated = about.literal(statement, FR.text)
        content = sorted(spans[s] for s in about.nodes(statement, FR.contentSpan) if s in spans)
        whole = " ".join(span.of(text) for span in content)
        in_full = about.closed.isdisjoint(about.nodes(statement, FR.reportedIn))
        if stated is not None and content and _squeeze(stated) != _squeeze(excerpt(whole, in_full=in_full)):
            yield _find(about, "text/content/agreement", statement, FR.text, repr(stated))


def _check_quotation_marks(about: _Description, spans: dict[IRI, Span], text: str) -> Iterator[Result]:
    for statement in about.find(FR.Statement):
        if _DIRECT not in about.nodes(statement, FR.mode) or _is_own_voice(about, statement, spans, text):
            continue
        for iri in about.nodes(statement, FR.contentSpan):
            if iri in spans and not is_quoted(text, spans[iri]):
                stretch = repr(spans[iri].of(text))
                yield _find(about, "text/content/quoted", statement, FR.contentSpan, stretch, iri)


def _is_own_voice(about: _Description, statement: IRI, spans: dict[IRI, Span], text: str) -> bool:
    """Tell whether the speaker writes the text itself: a letter, an own statement, or "we warn that …"."""
    genres = {
        g for document in about.nodes(statement, FR.reportedIn) for g in about.nodes(document, FR.genre)
    }
    sources = {spans[s].of(text).lower() for s in about.nodes(statement, FR.sourceSpan) if s in spans}
    media = about.nodes(statement, FR.medium)
    return bool(_LETTERS.intersection(media) or _OWN_VOICE.intersection(genres) or sources & {"we", "i"})


def _find(
    about: _Description, rule: str, focus: IRI, path: IRI, details: str, value: Object | None = None
) -> Result:
    return make_result(rule, focus, path=path, value=value, graph=about.graphs.get(focus), details=details)


def _squeeze(text: str) -> str:
    """Make runs of white space equal: the parts of a content may be joined by a line break."""
    return _SPACE.sub(" ", text).strip()
