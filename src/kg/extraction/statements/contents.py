"""What is said: the stretch right of a cue, or left of a trailing one, by the frames the cue takes."""

import re
from typing import NamedTuple

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.clauses import is_adjunct_only, skip_adjuncts
from kg.extraction.statements.cues import Cue
from kg.extraction.text.quotations import Quotation
from kg.extraction.text.tokens import Sentence
from kg.extraction.words import compile_words
from kg.model import Span

_NOT_VERBS = frozenset(
    """
    the a an its their his her this that these those all any each every some it them him us me you our
    my your whom which what be-
    """.split()
)
_PRONOUNS = frozenset(
    """
    it them him her us me you this that
    """.split()
)
_DEMONSTRATED = frozenset("month week year day morning evening night time case point".split())  # "that month"
_TELL = frozenset(("tell", "inform", "remind", "assure", "advise", "notify", "warn"))
_REACH = 40  # tokens between a cue and the infinitive it demands


# Adjuncts, and words that only point back: "said without naming them", "condemned it"
_NOT_SAID = re.compile(
    r"(?:after|during|with|without|by|under|from|when|while|since|before|through|and|or|alongside|via|amid|against|upon|until|in|on|at(?! least)|for|of|as|to)\b"
    r"|(?:early|late|later|earlier|shortly|soon) (?:in|on|this|last|after|before)\b"
    r"|\w+ly (?:on|in|this|last)\b|(?:it|them) (?:because|by|for|at|in|on|to)\b|\w+ly$|it;|(?:it|them|this|that|him|her|us|so|the same|as much)$"
    r"|(?:a|an|one|two|three|\w+) (?:few )?(?:hours?|days?|weeks?|months?|years?) (?:earlier|later|before|ago|after)\b",
    re.IGNORECASE,
)


class Content(NamedTuple):
    """The span that is said, and the words between cue and content that name whom it is said to."""

    span: Span
    addressee: Span | None
    frame: str


def find_right(sentence: Sentence, cue: Cue, limit: int, cast: Cast) -> Content | None:
    """Find the content that follows a cue.

    Args:
        sentence: The sentence of the cue.
        cue: The cue.
        limit: Offset where the content ends at the latest.
        cast: The cast of the document.
    """
    for find in (_find_infinitive, _find_that_clause, _find_object):
        if content := find(sentence, cue, limit, cast):
            span = trim(cast.plain, content.span)
            is_said = content.frame != "object" or not _NOT_SAID.match(cast.plain, span.start, span.end)
            return content._replace(span=span) if is_said and _is_content(cast.plain, span) else None
    return None


def _find_infinitive(sentence: Sentence, cue: Cue, limit: int, cast: Cast) -> Content | None:
    """Such as "urged Chad to stop …": the content begins after "to"."""
    if "infinitive" not in cue.frames:
        return None
    tokens = sentence.tokens
    for at in range(cue.last, min(cue.last + _REACH, len(tokens) - 1)):
        token, following = tokens[at], tokens[at + 1]
        if token.start >= limit or token.text in ".;:" or (token.lower == "that" and at < cue.last + 8):
            return None
        if sentence.quoted[at] or cast.mention_at(token.start):
            continue
        if token.lower == "to" and following.text == ":":  # demands in a list: "calls on Tunisia to:"
            return Content(Span(token.start, limit), Span(cue.span.end, token.start), "infinitive")
        is_verb = following.lower not in _NOT_VERBS and not following.is_capital and following.is_word
        if (
            token.lower == "to"
            and is_verb
            and not cast.mention_at(following.start)
            and not following.text[0].isdigit()
        ):
            between = Span(cue.span.end, token.start)
            words = between.of(cast.plain).strip()
            if cue.act != "demand" and words and not _begins_with_name(between, cast):
                return None
            return Content(Span(following.start, limit), between if words else None, "infinitive")
    return None


def _begins_with_name(span: Span, cast: Cast) -> bool:
    named = cast.mentions_in(span)
    return bool(named and named[0].span.start - span.start <= 6)


def _find_that_clause(sentence: Sentence, cue: Cue, limit: int, cast: Cast) -> Content | None:
    """Such as "told reporters on Friday that …": the content begins after "that"."""
    if not cue.frames & {"clause", "addressee", "accusation", "noun"}:
        return None
    tokens = sentence.tokens
    for at in range(cue.last, min(cue.last + 22, len(tokens) - 1)):
        if tokens[at].start >= limit or sentence.quoted[at] or tokens[at].text in (";", "—"):
            return None
        if (
            tokens[at].lower == "that"
            and tokens[at + 1].lower not in _DEMONSTRATED
            and (at == cue.last or _may_precede_that(sentence, cue, at, cast))
        ):
            between = Span(cue.span.end, tokens[at].start)
            return Content(
                Span(tokens[at + 1].start, limit),
                between if between.of(cast.plain).strip(" ,") else None,
                "clause",
            )
    return None


def _may_precede_that(sentence: Sentence, cue: Cue, at: int, cast: Cast) -> bool:
    """Between cue and "that" only an addressee or an adjunct may stand, not the content's own words."""
    start, end = cue.span.end, sentence.tokens[at].start
    after = skip_adjuncts(cast.plain, start, end)
    rest = cast.plain[after:end].strip(" ,")
    if not rest:
        return True
    if re.match(r"(?:in|on|at|during|by|to|through|via|from|with|after)\s", rest) and len(rest) < 120:
        return True
    between = cast.plain[start:end].strip(" ")
    return (
        "addressee" in cue.frames
        or cue.concept.label in _TELL
        or (between.startswith(",") and between.endswith(","))
    )


def _find_object(sentence: Sentence, cue: Cue, limit: int, cast: Cast) -> Content | None:
    """A clause without "that", a noun phrase, "X as Y", "X of Y"; after the addressee where the cue takes one."""
    if not cue.frames & {"clause", "nominal", "as", "accusation", "addressee"}:
        return None
    plain = cast.plain
    start = skip_adjuncts(plain, cue.span.end, limit)
    addressee = None
    if ("addressee" in cue.frames and "nominal" not in cue.frames) or cue.concept.label in ("tell", "inform"):
        found = _skip_addressee(sentence, cue, start, cast)
        if found is None:
            return None
        addressee, start = found
        start = skip_adjuncts(plain, start, limit)
    if "as" in cue.frames and (match := re.match(r"\s*(?:it|them|him|her|this)\s+as\s+", plain[start:limit])):
        return Content(Span(start + match.end(), limit), addressee, "as")
    if match := re.match(r"\s*[:,]?\s*(?:whether|if|how|why)?", plain[start:limit]):
        start += len(match[0]) if match[0].strip() in (":", ",", "") else 0
    return Content(Span(start, limit), addressee, "object")


def _skip_addressee(sentence: Sentence, cue: Cue, start: int, cast: Cast) -> tuple[Span, int] | None:
    """Step over whom a thing is told: a name, a pronoun, or a short noun phrase."""
    first = next(
        (i for i in range(cue.last, len(sentence.tokens)) if sentence.tokens[i].start >= start), None
    )
    if first is None:
        return None
    token = sentence.tokens[first]
    if token.lower in _PRONOUNS:
        return Span(token.start, token.end), token.end
    window = Span(token.start, min(token.start + 80, sentence.span.end))
    mention = next(iter(cast.mentions_in(window)), None)
    if mention and mention.span.start - token.start <= 5:
        people = re.match(r" (\w+)", cast.plain[mention.span.end : sentence.span.end])
        is_theirs = people and compile_words(cast.lexicon).sources.get(people[1]) == "person"
        return mention.span, mention.span.end + (people.end() if people and is_theirs else 0)
    match = re.match(
        r"(?:the |a |an |its |his |her |their )?(?:[\w-]+ ){0,2}?(?:reporters|journalists|media|court|council|parliament|newspaper|agency|lawmakers|"
        r"judges|bench|lawyers|police|officials|rally|conference|committee|commission|assembly|broadcaster|station|researchers|delegates)\b",
        cast.plain[token.start : sentence.span.end],
    )
    return (Span(token.start, token.start + match.end()), token.start + match.end()) if match else None


def find_left(start: int, subject: int, cast: Cast, shortest: int = 3) -> Span | None:
    """Find the content left of a trailing attribution: "Two bridges will stay shut all week, X said".

    Args:
        start: Offset where the content may begin at the earliest.
        subject: Offset where the subject of the trailing cue begins.
        cast: The cast of the document.
        shortest: How many words it has at least.
    """
    span = trim(cast.plain, Span(start, subject))
    joint = span.of(cast.plain).rfind("; ")
    if joint >= 0:
        span = Span(span.start + joint + 2, span.end)
    text = span.of(cast.plain)
    if not text or cast.plain[span.end : subject].strip(" \n'\"”’»") not in (",", ",”", ", "):
        return None
    if (
        re.match(
            r"(?:In|On|At|During|After|Before|Since|As|According|Citing|However|Meanwhile|Also|For|By)\b",
            text,
        )
        and len(text.split()) < 9
    ):
        return None
    return span if len(text.split()) >= shortest else None


def find_quotation_before(
    quotations: tuple[Quotation, ...], sentence: Sentence, offset: int, cast: Cast
) -> Quotation | None:
    """The quotation that ends right before an offset, nothing but a comma or dash between."""
    for quotation in quotations:
        between = cast.plain[quotation.outer.end : offset]
        if (
            quotation.outer.end <= offset
            and quotation.outer.end > sentence.span.start
            and not between.strip(" ,\n-–—'\"")
        ):
            return quotation
    return None


def find_quotation_after(
    quotations: tuple[Quotation, ...], sentence: Sentence, cue: Cue, cast: Cast
) -> Quotation | None:
    """The quotation that a cue introduces: `X said: “…”`, `X told reporters on Monday, “…”`."""
    for quotation in quotations:
        if not cue.span.end <= quotation.outer.start < sentence.span.end:
            continue
        start = skip_adjuncts(cast.plain, cue.span.end, quotation.outer.start)
        between = cast.plain[start : quotation.outer.start].strip()
        if between in ("", ",", ":", "that", "that:", "–", "—"):
            return quotation
        if between[-1] in ":," and len(between) < 90 and "quotation" in cue.frames:
            return quotation
        return None
    return None


def find_quotation_at(quotations: tuple[Quotation, ...], offset: int, cast: Cast) -> Quotation | None:
    """The quotation that goes on after its speaker: `“…,” said X, “and …”`, `“…,” said X, a driver. “…”`."""
    for quotation in quotations:
        between = cast.plain[offset : quotation.outer.start]
        if quotation.outer.start >= offset:
            return quotation if not between.strip(" ,\n-–—") else None
    return None


def is_whole(quotation: Quotation, plain: str) -> bool:
    """Tell whether a quotation is an utterance of its own rather than some quoted words of a sentence."""
    text = quotation.inner.of(plain)
    return len(text.split()) >= 4 or text.rstrip()[-1:] in ",.!?…"


def trim(plain: str, span: Span) -> Span:
    """Cut white space and the marks that join a content to its surroundings."""
    text = span.of(plain)
    left = len(text) - len(text.lstrip(" \n\t,;:-–—"))
    right = len(text.rstrip(" \n\t,;:-–—"))
    if (
        right > left
        and text[right - 1] in ".!?"
        and not text[:right].endswith(("...", "U.S.", "U.N.", "U.K."))
    ):
        right -= 1
        right = len(text[:right].rstrip(" \n\t,;:"))
    return Span(span.start + left, max(span.start + left, span.start + right))


def _is_content(plain: str, span: Span) -> bool:
    return len(span.of(plain).split()) >= 1 and any(c.isalpha() for c in span.of(plain))


def is_trailing(cue: Cue, limit: int, cast: Cast) -> bool:
    """Tell whether a cue closes its sentence (up to `limit`) but for adjuncts."""
    return is_adjunct_only(cast.plain, cue.span.end, limit)
