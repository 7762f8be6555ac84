"""SPARQL text as tokens: what form it has, whether it reaches for the network, and putting terms in.

Not a parser: it knows where strings, IRIs and comments begin and end (SPARQL 1.1, section 19.8,
https://www.w3.org/TR/sparql11-query/#sparqlGrammar), so that a keyword inside one of them is not taken for
a keyword.
"""

import re
from collections.abc import Collection, Iterator, Mapping
from enum import Enum
from typing import NamedTuple

from kg.errors import ForbiddenError, UsageError
from kg.formats import to_oxigraph_term
from kg.model import Object


class Form(Enum):
    """The four query forms (https://www.w3.org/TR/sparql11-query/#QueryForms)."""

    SELECT = "select"
    ASK = "ask"
    CONSTRUCT = "construct"
    DESCRIBE = "describe"

    @property
    def gives_graph(self) -> bool:
        """Tell whether the answer is a graph rather than solutions or a boolean."""
        return self in (Form.CONSTRUCT, Form.DESCRIBE)


class Token(NamedTuple):
    """A piece of SPARQL text; `kind` is the name of the group of `_TOKEN` that matched."""

    kind: str
    text: str
    start: int


_TOKEN = re.compile(
    r"""
    (?P<space>\s+|\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<string>\"{3}(?:\"{0,2}(?:[^"\\]|\\.))*\"{3}|'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}
      |"(?:[^"\\\n\r]|\\.)*"|'(?:[^'\\\n\r]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)
  | (?P<number>[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?)
  | (?P<word>(?:[\w:%·‿⁀]|\\.|[-.](?=[-.]*[\w:%·\\]))+)
  | (?P<mark>.)
    """,
    re.VERBOSE | re.DOTALL,
)
_UNICODE_ESCAPE = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"),
)
_PROLOGUE = {"BASE": 1, "PREFIX": 2, "VERSION": 1}  # keyword → tokens that follow it


def find_tokens(text: str) -> Iterator[Token]:
    """Split SPARQL text into tokens; white space and comments are left out."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup and match.lastgroup != "space":
            yield Token(match.lastgroup, match[0], match.start())


def find_form(text: str) -> Form | None:
    """Find the query form of a SPARQL query; None where the text does not begin like one.

    Raises:
        UsageError: It is a SPARQL Update request, not a query.

    >>> find_form("PREFIX ask: <http://example.org/> SELECT * {}")
    <Form.SELECT: 'select'>
    """
    tokens = find_tokens(text)
    for token in tokens:
        word = token.text.upper()
        if word in _PROLOGUE:
            for _ in range(_PROLOGUE[word]):
                next(tokens, None)
        elif word in _UPDATES:
            raise UsageError(
                f"{word} begins a SPARQL Update request, and only queries are answered here",
                remedy="Releases never change: documents go in with `kg build` and out with `kg withdraw`.",
            )
        else:
            return Form.__members__.get(word)
    return None


def has_dataset(text: str) -> bool:
    """Tell whether a query has a dataset of its own: FROM or FROM NAMED."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in find_tokens(text))


def find_undeclared_prefixes(text: str) -> Iterator[str]:
    """Find the prefixes, without colon, that are used but not declared before; repeats included."""
    declared = {"_"}
    is_declaration = False
    for token in find_tokens(text):
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "word" and colon:
            if is_declaration:
                declared.add(prefix)
            elif prefix not in declared:
                yield prefix
        is_declaration = token.text.upper() == "PREFIX"


def check_allowed(text: str, allowed: Collection[str] = ()) -> None:
    """Refuse SERVICE and LOAD, which would reach another host, unless the endpoint is on the list.

    The text is read twice, as it stands and with its code point escapes resolved (SPARQL 1.1, section
    19.2), because a keyword may be written with them. Keywords glued to a neighbour count too: Oxigraph
    takes `SERVICEex:x {` as `SERVICE ex:x {`.

    Args:
        text: A query or an update.
        allowed: Absolute IRIs of endpoints that may be asked.

    Raises:
        ForbiddenError: It calls SERVICE or LOAD on anything else.
    """
    for version in {text, _UNICODE_ESCAPE.sub(lambda m: _to_character(m[1] or m[2]), text)}:
        _check_tokens(list(find_tokens(version)), allowed)


def _check_tokens(tokens: list[Token], allowed: Collection[str]) -> None:
    padded = [*tokens, *[Token("end", "", 0)] * 2]
    for token, *following in zip(tokens, padded[1:-1], padded[2:], strict=True):
        keyword = _find_network_keyword(token, following[0])
        if not keyword:
            continue
        target = following[1] if following[0].text.upper() == "SILENT" else following[0]
        if target.kind != "iri" or target.text[1:-1] not in allowed:
            raise ForbiddenError(
                f"{keyword} {target.text} is refused: queries here are answered from this graph alone",
                remedy="Ask the other endpoint yourself, or download the release and join them there.",
            )


def _find_network_keyword(token: Token, following: Token) -> str | None:
    if token.kind != "word":
        return None
    head, colon, _ = token.text.upper().partition(":")
    found = "SERVICE" if "SERVICE" in head else "LOAD" if head.startswith("LOAD") else None
    return found if not colon or (found == "SERVICE" and following.text == "{") else None


def _to_character(digits: str) -> str:
    code = int(digits, 16)
    return chr(code) if code <= 0x10FFFF else ""


def substitute(text: str, bindings: Mapping[str, Object]) -> str:
    """Put terms in the place of variables, safely: `?name` becomes the term `bindings["name"]`.

    A variable that is bound so may not stand in the SELECT clause. It works with every engine because the
    result is plain SPARQL.
    """
    if not bindings:
        return text
    pieces, end = [], 0
    for token in find_tokens(text):
        if token.kind == "variable" and (term := bindings.get(token.text[1:])) is not None:
            pieces += [text[end : token.start], str(to_oxigraph_term(term))]
            end = token.start + len(token.text)
    return "".join([*pieces, text[end:]])
