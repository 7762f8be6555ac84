"""Find numbers in text and read their value: digits, words, ranges, shares, ratios and multiples.

The words come from the schemes `frv:number` and `frv:uncounted`; only the way English puts them together stands here.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from kg.extraction.lexicon import Lexicon
from kg.extraction.patterns import compile_patterns
from kg.model import Span

_SPACE = "\u2009\u202f\u00a0 "
_DIGITS = (
    r"(?:\d{1,2}(?:,\d{2})+,\d{3}|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d{1,3}(?:['’]\d{3})+"
    rf"|\d{{1,3}}(?:[{_SPACE}]\d{{3}})+|\d{{1,3}}(?:\.\d{{3}}){{2,}}|\d+(?:[.,]\d+)?)"
)
# Not a part of a word, reference, phone number, score or decimal.
_BEFORE = rf"(?<![\w/#@+&])(?<!\d[.,'’/:-])(?<!\w[-‑])(?<!\d[{_SPACE}])"
_AFTER = rf"(?![\w/])(?![.,:]\d)(?!-\w)(?![{_SPACE}]\d)"
_MIXED = (
    (r"one\s+and\s+a\s+half", "1.5"),
    (r"an?[-\s]quarter\s+of\s+an?", "0.25"),
    (r"three[-\s]quarters\s+of\s+an?", "0.75"),
)
_CENT = Decimal("0.01")

Kind = Literal["count", "percent", "times"]


class NumberMention(NamedTuple):
    """A number as the text writes it.

    `high` is the upper end of a range. `is_plain` tells of a count written in bare digits or as a single
    word, which without a noun may be anything; grouped digits, scales, shares and multiples are never plain.
    """

    span: Span
    value: Decimal
    high: Decimal | None
    kind: Kind
    is_plain: bool = False
    is_word: bool = False


@dataclass(frozen=True, eq=False)
class _Grammar:
    words: dict[str, tuple[str, Decimal]]
    number: str
    rules: tuple[tuple[str, re.Pattern[str]], ...]
    uncounted: re.Pattern[str]
    part: re.Pattern[str]

    def of(self, kind: str) -> str:
        """Give the words of a kind as alternatives of a regular expression, the longest first."""
        return _list_words(self.words, kind)


def find_numbers(
    text: str, span: Span, lexicon: Lexicon, masked: Iterable[Span] = ()
) -> tuple[NumberMention, ...]:
    """Find the numbers that may count something.

    Args:
        text: The document's text.
        span: Where to look.
        lexicon: Gives the number words and the contexts in which a number counts nothing.
        masked: Stretches to leave out, such as dates.

    Returns:
        Mentions in the order of the text, without overlap. Numbers in an uncounted context (ages, prices,
        distances, references) are left out.
    """
    grammar = _compile_grammar(lexicon)
    taken = [*masked, *(Span(*m.span()) for m in grammar.uncounted.finditer(text, span.start, span.end))]
    found: list[NumberMention] = []
    for rule, pattern in grammar.rules:
        for match in pattern.finditer(text, span.start, span.end):
            here = Span(*match.span())
            if any(here.overlaps(other) for other in taken):
                continue
            if mention := _read(rule, match, grammar):
                found.append(mention)
                taken.append(here)
    return tuple(sorted(found))


def _read(rule: str, match: re.Match[str], grammar: _Grammar) -> NumberMention | None:
    if rule == "range":
        return _read_range(match, grammar)
    if rule == "ratio":
        return _read_ratio(match, grammar)
    span, groups = Span(*match.span()), match.groupdict()
    if rule == "percent":
        high = read_value(groups["high"], grammar) if groups.get("high") else None
        return NumberMention(span, read_value(groups["value"], grammar), high, "percent")
    if rule == "fraction":
        parts = read_value(groups["count"], grammar) if groups["count"] else Decimal(1)
        whole = grammar.words[groups["whole"].lower()][1]
        return NumberMention(span, _share(parts, whole), None, "percent", is_word=True)
    if rule == "multiple":
        word = (groups.get("fold") or groups.get("word") or groups.get("times") or "").lower()
        value = grammar.words[word][1] if word in grammar.words else read_value(word, grammar)
        return NumberMention(span, value, None, "times", is_word=True)
    surface = match[0]
    is_word = not surface[0].isdigit()
    is_plain = surface.isdigit() or (is_word and not re.search(r"[\s-]", surface))
    return NumberMention(
        span, read_value(surface, grammar), None, "count", is_plain=is_plain, is_word=is_word
    )


def _read_range(match: re.Match[str], grammar: _Grammar) -> NumberMention | None:
    low, high = match["low"], match["high"]
    scale = re.search(
        rf"[\s-]+(?:{grammar.of('scale')})$|(?<=\d)(?:{grammar.of('suffix')})$", high, re.IGNORECASE
    )
    if scale and low[-1:].isdigit():
        low += scale[0]
    value, top = read_value(low, grammar), read_value(high, grammar)
    is_dash = match["dash"] is not None
    if not value < top or (is_dash and top > value * 20) or low.startswith("0"):
        return None
    return NumberMention(Span(*match.span()), value, top, "count", is_word=not match["low"][0].isdigit())


def _read_ratio(match: re.Match[str], grammar: _Grammar) -> NumberMention | None:
    part, whole = read_value(match["part"], grammar), read_value(match["of"], grammar)
    if not part < whole <= 1000:
        return None
    return NumberMention(Span(*match.span()), _share(part, whole), None, "percent", is_word=True)


def _share(part: Decimal, whole: Decimal) -> Decimal:
    return _trim((100 * part / whole).quantize(_CENT, ROUND_HALF_UP))


def read_value(surface: str, grammar: "_Grammar | Lexicon") -> Decimal:
    """Read the value of a number in digits, words or both ("2.5 lakh", "forty-five", "half a million").

    Raises:
        KeyError: A word is no number word of the lexicon.
    """
    known = grammar if isinstance(grammar, _Grammar) else _compile_grammar(grammar)
    total = current = Decimal(0)
    for words, digits in _MIXED:
        surface = re.sub(words, digits, surface, flags=re.IGNORECASE)
    for match in known.part.finditer(surface.lower()):
        part = match[0]
        if part[0].isdigit():
            current += _read_digits(part)
        elif part in ("half a", "half an"):
            current = Decimal("0.5")
        elif part in ("a", "an"):
            current = Decimal(1)
        else:
            kind, value = known.words[part]
            if kind not in ("scale", "suffix"):
                current += value
            elif value == 100:
                current = (current or 1) * value
            else:
                total, current = total + (current or 1) * value, Decimal(0)
    return _trim(total + current)


def _trim(value: Decimal) -> Decimal:
    """Write a value without trailing zeros and without exponent, so that equal values read the same."""
    return Decimal(int(value)) if value == value.to_integral() else value.normalize()


def _read_digits(part: str) -> Decimal:
    bare = re.sub(rf"['’{_SPACE}]", "", part)
    if re.fullmatch(r"\d+,\d{1,2}|\d+,\d{4,}", bare):
        return Decimal(bare.replace(",", "."))
    bare = bare.replace(",", "")
    return Decimal(bare.replace(".", "") if bare.count(".") > 1 else bare)


def _list_words(words: dict[str, tuple[str, Decimal]], *kinds: str) -> str:
    chosen = [word for word, (kind, _) in words.items() if kind in kinds]
    return "|".join(sorted(map(re.escape, chosen), key=lambda w: (-len(w), w))) or r"(?!)"


@lru_cache(maxsize=8)
def _compile_grammar(lexicon: Lexicon) -> _Grammar:
    words = {
        form.lower(): (concept.first("numberKind"), Decimal(concept.first("value")))
        for concept in lexicon.scheme("number")
        for form in (*concept.labels, *concept.all("form"))
    }
    unit, tens, scale = (_list_words(words, kind) for kind in ("unit", "tens", "scale"))
    suffix, fraction = _list_words(words, "suffix"), _list_words(words, "fraction")
    small = rf"(?:(?:{tens})(?:[-\s](?:{unit}))?|(?:{unit}))"
    chunk = rf"(?:(?:{small}|an?)\s+hundred(?:\s+(?:and\s+)?{small})?|{small})"
    scaled = (
        rf"(?:half\s+an?|(?:an?|three)[-\s]quarters?\s+of\s+an?|an?|one\s+and\s+a\s+half|{chunk}|{_DIGITS})(?:[\s-]+(?:{scale}))+(?!s\b)"
        rf"(?:\s+(?:and\s+)?{chunk}(?:\s+(?:{scale}))?)?"
    )
    number = rf"(?:{scaled}|{chunk}|{_DIGITS}(?:(?:{suffix})\b)?)"
    patterns = [p for c in lexicon.scheme("uncounted") for p in c.all("pattern")]
    context = compile_patterns(patterns).pattern.replace(re.escape("#"), rf"(?:{number})")
    rules = tuple(
        (name, re.compile(_BEFORE + body, re.IGNORECASE))
        for name, body in _list_rules(number, fraction, small, words)
    )
    part = re.compile(rf"{_DIGITS}|half an?|\ban?\b|{_list_words(words, 'unit', 'tens', 'scale', 'suffix')}")
    return _Grammar(words, number, rules, re.compile(context, re.IGNORECASE), part)


def _list_rules(
    number: str, fraction: str, small: str, words: dict[str, tuple[str, Decimal]]
) -> tuple[tuple[str, str], ...]:
    percent = r"\s?(?:%|per\s?cent\b|pct\b)(?!age)"
    share_end = (
        r"(?=\s+(?:of|the|those|these|its|their|all|were|are|have|had|has|was|is|as|being|returning)\b"
        r"|\s*[,;.:)–—]|\s*$)(?!\s+of\s+(?:the\s+)?(?:year|month|week|decade|century|\d{4}))"
        rf"(?!\s+of\s+an?\s+(?:{_list_words(words, 'scale')})\b)"
    )
    multiple, times = _list_words(words, "multiple"), _list_words(words, "times")
    compared = r"(?=\s+(?:as\s+(?:many|much|high|large|likely)|the\b|that\b|those\b|what\b|its\b|more\b|higher\b|larger\b|greater\b|over\b))"
    return (
        ("percent", rf"(?P<value>{number})(?:\s?%)?\s?(?:[-–]|to)\s?(?P<high>{number}){percent}"),
        ("percent", rf"between\s+(?P<value>{number})(?:\s?%)?\s+and\s+(?P<high>{number}){percent}"),
        ("percent", rf"(?P<value>{number}){percent}"),
        ("ratio", rf"(?P<part>{number})\s+(?:in|out\s+of)(?:\s+every)?\s+(?P<of>{number}){_AFTER}"),
        ("range", rf"between\s+(?P<low>{number})\s+(?P<dash>(?!))?and\s+(?P<high>{number}){_AFTER}"),
        ("range", rf"(?P<low>{number})\s?(?:(?P<dash>[-–—])|\s(?:to|or)\s)\s?(?P<high>{number}){_AFTER}"),
        ("fraction", rf"(?:(?P<count>an?|{small})[-\s])?(?P<whole>{fraction})\b{share_end}"),
        ("multiple", rf"(?P<fold>{small}|\d+|hundred)-?fold\b"),
        ("multiple", rf"(?P<times>{number})\s+times{compared}"),
        ("multiple", rf"(?P<word>{times}){compared}"),
        ("multiple", rf"(?P<word>{multiple})\b(?:(?<=ed)|(?<=ing)|(?=\s+(?:the|that|what)\b))"),
        ("count", rf"(?:{number}){_AFTER}"),
    )
