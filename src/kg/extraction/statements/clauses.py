"""Find the words of a sentence that a cue belongs with: its subject on the left, what follows on the right."""

import re
from functools import lru_cache

from kg.extraction.actors.cast import Cast
from kg.extraction.statements.cues import AUXILIARIES, Cue
from kg.extraction.text.tokens import Sentence
from kg.model import Span

_MODALS = frozenset(
    """
    can could may might must should would to not never cannot n't neither nor did does do will shall
    """.split()
)
_ADVERBS = frozenset(
    """
    also then further again previously later earlier repeatedly now once still since already just even
    both jointly today yesterday first too instead however meanwhile thus therefore all long ever soon
    only
    """.split()
)
STOP = frozenset(
    """
    that but while although though because when as if which where whereas after before since than so yet
    until unless whether how why what amid despite whose including
    """.split()
)
PRONOUNS = frozenset(["he", "she", "it", "they", "we", "i"])
_REACH = 90  # tokens a subject has at most
_RELATIVE = frozenset(("who", "which"))
_VERBS = AUXILIARIES | {"not"}
_BREAKS = frozenset((";", ":", "—", "–", '"', "“", "”", "«", "»", "(", "…", "•", "?", "!", "‘"))
_TIME = re.compile(
    r"(?:,?\s(?:(?:on|last|this|late|early|earlier|later|in|next)\s){1,3}"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|,?\s(?:on|last|this|earlier|later|in|late|early)(?:\s(?:this|last|the|late|early|mid))?\s"
    r"(?:week|month|year|past|January|February|March|April|May|June|July|August|September|October|November|December|\d{4})"
    r"(?:\s\d{1,2})?(?:,?\s\d{4})?|\s(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)(?:\s(?:morning|night|evening|afternoon))?,?\s*$"
)


class Left:
    """What stands left of a cue: the phrase of its subject, or why there is none."""

    __slots__ = ("is_negated", "joins", "phrase", "wide")

    def __init__(self, phrase: Span | None, wide: Span | None, *, joins: bool, is_negated: bool) -> None:
        self.phrase = phrase  # the noun phrase next to the cue
        self.wide = wide  # the same with everything a list of speakers may hold
        self.joins = joins  # "and warned", ", warns": the subject is that of the verb before
        self.is_negated = is_negated  # "did not say", "to say", "would say": nothing is said


def look_left(sentence: Sentence, cue: Cue, cast: Cast) -> Left:
    """Find the subject of a finite cue."""
    at, negated = _skip_auxiliaries(sentence, cue.first)
    if negated:
        return Left(None, None, joins=False, is_negated=True)
    at = _skip_time(sentence, at, cast)
    if at <= 0:
        return Left(None, None, joins=False, is_negated=False)
    before = sentence.tokens[at - 1]
    if before.lower in ("and", "but", "or", "then"):
        return Left(None, None, joins=True, is_negated=False)
    widest = _walk(sentence, at, cast, wide=True)
    begins_clause = widest == 0 or sentence.tokens[widest - 1].lower not in _VERBS | PRONOUNS
    wide = _span(sentence, widest, at) if begins_clause else None
    if before.lower in _RELATIVE and not _says(sentence, cue):
        return Left(None, None, joins=False, is_negated=True)  # "the Union, which concluded a partnership"
    if before.lower in _RELATIVE:
        end = at - 2 if at > 1 and sentence.tokens[at - 2].text == "," else at - 1
        return Left(_antecedent(sentence, end, cast), None, joins=False, is_negated=False)
    if before.text in (",", "—", "–"):
        return Left(_skip_parenthesis(sentence, at, cast), wide, joins=True, is_negated=False)
    if before.text == ")":
        opening = next((i for i in range(at - 1, -1, -1) if sentence.tokens[i].text == "("), 0)
        return Left(
            _span(sentence, _walk(sentence, opening, cast), opening), None, joins=False, is_negated=False
        )
    narrow = _walk(sentence, at, cast)
    ahead = sentence.tokens[narrow - 1].lower if narrow > 0 else ""
    # "what officials call safety areas", "Sara, as the group calls her"
    is_naming = ahead == "what" or (ahead == "as" and "clause" not in cue.frames)
    return Left(_span(sentence, narrow, at), wide, joins=False, is_negated=is_naming)


def _says(sentence: Sentence, cue: Cue) -> bool:
    """Tell whether "that" or a quotation follows a cue at once."""
    following = range(cue.last, min(cue.last + 2, len(sentence.tokens)))
    return any(sentence.tokens[at].lower == "that" or sentence.quoted[at] for at in following)


def _antecedent(sentence: Sentence, end: int, cast: Cast) -> Span | None:
    """What a relative clause belongs to: the name that ends right before it, and nothing less sure."""
    phrase = _span(sentence, _walk(sentence, end, cast), end)
    named = cast.mention_ending(phrase.end) if phrase else None
    return named.span if named else None


def _skip_auxiliaries(sentence: Sentence, at: int) -> tuple[int, bool]:
    negated = False
    while at > 0:
        word = sentence.tokens[at - 1].lower
        if word in _MODALS:
            negated = True
        elif not (
            word in AUXILIARIES
            or word in _ADVERBS
            or (word.endswith("ly") and not sentence.tokens[at - 1].is_capital)
        ):
            break
        at -= 1
        if negated:
            break
    return at, negated


def _skip_time(sentence: Sentence, at: int, cast: Cast) -> int:
    if at <= 0:
        return at
    start = sentence.span.start
    match = _TIME.search(cast.plain[start : sentence.tokens[at - 1].end])
    if not match or not cast.plain[start : start + match.start()].strip():
        return at
    if sentence.tokens[at - 1].text == "," and not match[0].startswith(","):
        return at  # the time belongs to an insertion: "in a note handed out on Friday, asked"
    end = start + match.start()
    return next((i + 1 for i in range(at - 1, -1, -1) if sentence.tokens[i].end <= end), 0)


def _skip_parenthesis(sentence: Sentence, at: int, cast: Cast) -> Span | None:
    """Such as "Marta Oduya, an IOM officer, said": the phrase before the insertion; or a name that is inserted."""
    mark = sentence.tokens[at - 1].text
    opening = next(
        (
            i
            for i in range(at - 2, -1, -1)
            if sentence.tokens[i].text == mark and not _in_mention(sentence, i, cast)
        ),
        None,
    )
    inner = _span(sentence, (opening + 1) if opening is not None else 0, at - 1)
    if inner and (mention := cast.mention_ending(inner.end)) and mention.span.start == inner.start:
        return inner
    if opening is None:
        return None
    opening, _ = _skip_auxiliaries(sentence, opening)
    start = _walk(sentence, opening, cast)
    nearest = _span(sentence, start, opening)
    while (
        start and sentence.tokens[start - 1].text == mark
    ):  # "Name, role of the Organisation, which …, said"
        end, start = start - 1, _walk(sentence, start - 1, cast)
        phrase = _span(sentence, start, end)
        found = cast.mention_ending(phrase.end) if phrase else None
        if found and cast.kind_of(found.actor) == "Person":
            return phrase
    return nearest


def _walk(sentence: Sentence, end: int, cast: Cast, *, wide: bool = False) -> int:
    """Walk left from a token to where its noun phrase (or list of them) begins."""
    at = end
    while at > max(0, end - _REACH):
        token = sentence.tokens[at - 1]
        if _in_mention(sentence, at - 1, cast) and not sentence.quoted[at - 1]:
            at -= 1
            continue
        if sentence.quoted[at - 1] or token.text in _BREAKS or token.lower in STOP:
            break
        if (
            token.lower in _RELATIVE
            or (not wide and token.text == ",")
            or (token.lower in _VERBS and at < end)
        ):
            break
        if token.lower in PRONOUNS and at < end:
            break
        if token.lower in PRONOUNS:
            return at - 1
        if not wide and token.lower == "and":
            break
        at -= 1
    return at


def _in_mention(sentence: Sentence, at: int, cast: Cast) -> bool:
    token = sentence.tokens[at]
    mention = cast.mention_at(token.start)
    return mention is not None and mention.span.start < token.start


def _span(sentence: Sentence, first: int, last: int) -> Span | None:
    if last <= first:
        return None
    return Span(sentence.tokens[first].start, sentence.tokens[last - 1].end)


@lru_cache(maxsize=1)
def _adjunct() -> re.Pattern[str]:
    day = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    month = r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan\.|Feb\.|Aug\.|Sept\.|Oct\.|Nov\.|Dec\.)"
    when = (
        rf"(?:(?:late |early )?(?:on|last|this|earlier|later|by) )?{day}(?: (?:morning|night|evening|afternoon))?"
        rf"|(?:on|in|by) (?:\d{{1,2}} {month}(?: \d{{4}})?|{month}(?: \d{{1,2}})?(?:,? \d{{4}})?|\d{{4}})"
        r"|(?:last|this|earlier this|later that) (?:week|month|year|summer|winter|spring|autumn)|earlier|today|yesterday|recently|in the past"
    )
    medium = (
        r"in (?:an?|its|the|his|her|their|a joint|another|one) (?:[\w’'-]+ ){0,4}?(?:statement|letter|report|interview|post|tweet|briefing|speech|"
        r"message|email|e-mail|complaint|petition|filing|note|release|video|article|reply|submission|survey|study|update|notice|remarks?|comments?)"
        r"(?: (?:posted|released|published|issued|dated|sent|seen|to|on|with|of) [^,“\"«‘]{2,60}?)??"
    )
    where = r"(?:at|during|after|before) (?:an?|the|its|his|her) [^,“\"]{3,60}?(?:conference|briefing|meeting|hearing|session|visit|interview|summit)|by (?:phone|telephone|email)|on X|via [^,“\"]{3,30}"
    one = rf"(?:{when}|{medium}|{where})"
    return re.compile(rf"\s*,?\s*{one}(?:,? {one}){{0,2}}(?=[\s,:.]|$),?")


def skip_adjuncts(plain: str, start: int, end: int) -> int:
    """Step over "on Thursday", "in a letter seen by AFP", "at a press conference" after a cue."""
    match = _adjunct().match(plain, start, end)
    return match.end() if match else start


def is_adjunct_only(plain: str, start: int, end: int) -> bool:
    """Tell whether nothing but time, place and occasion follows a cue."""
    after = skip_adjuncts(plain, start, end)
    if after > start and plain[after - 1] == "," and not plain[after:end].lstrip().startswith("that "):
        return True  # "said on Monday, one day after the date had passed"
    rest = plain[after:end].strip(" .,\n\"'!?)")
    if not rest or re.match(r"(?:as|when|while|after|before)\b", rest):
        return True
    leading = r"(?:on|in|by|at|during|from|to|through|via|for|with|of|over|this|last|here)\b"
    return bool(re.match(leading, rest) and len(rest) < 110 and not re.search(r"\bthat\b|[:“\"«]", rest))
