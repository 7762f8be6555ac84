"""The lists below `data/reading`: one entry a line, `#` begins a comment, `*` stands for any characters."""

import fnmatch
import functools
import re

from kg.resources import find_resource

_PUNCTUATION = " \t.:;,!–—-\u2022"


@functools.cache
def load_lines(name: str) -> tuple[str, ...]:
    """Read the entries of `data/reading/{name}.txt`."""
    content = find_resource(f"data/reading/{name}.txt").read_text(encoding="utf-8")
    lines = (line.partition("#")[0].strip() for line in content.splitlines())
    return tuple(line for line in lines if line)


@functools.cache
def load_table(name: str) -> dict[str, str]:
    """Read a list whose entries are `key = value`."""
    pairs = (line.rpartition("=") for line in load_lines(name))
    return {key.strip(): value.strip() for key, _, value in pairs}


def simplify(text: str) -> str:
    """Bring a line into the form in which phrases are written: lower case, no outer punctuation."""
    return " ".join(text.casefold().replace("’", "'").split()).strip(_PUNCTUATION)


@functools.cache
def compile_phrases(name: str) -> re.Pattern[str]:
    """Compile all phrases of a list into one pattern for `fullmatch` on a simplified line."""
    return re.compile("|".join(fnmatch.translate(line.casefold()) for line in load_lines(name)))


def is_listed(text: str, name: str) -> bool:
    """Tell whether a line is one of the phrases of a list."""
    return compile_phrases(name).fullmatch(simplify(text)) is not None


@functools.cache
def _compile_table(name: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    table = load_table(name).items()
    return tuple((re.compile(fnmatch.translate(key.casefold())), value) for key, value in table)


def look_up(text: str, name: str) -> str | None:
    """Give the value of the first key of a table that matches a line; None where none does."""
    line = simplify(text)
    return next((value for pattern, value in _compile_table(name) if pattern.fullmatch(line)), None)
