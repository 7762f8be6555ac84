"""Markdown with YAML front matter (https://commonmark.org/) to plain prose and marks."""

import re
from collections.abc import Iterator
from pathlib import Path

import frontmatter
import yaml

from kg.documents.fields import read_fields
from kg.documents.paragraphs import join_paragraphs
from kg.documents.source import Source, UnreadableError
from kg.iris import to_slug
from kg.model.document import BlockKind

_HEADING = re.compile(r" {0,3}(#{1,6})\s+(?P<text>.*?)\s*#*\s*$")
_QUOTE = re.compile(r" {0,3}>\s?(?P<text>.*)")
_ITEM = re.compile(r"\s*(?:[-*+]|(?P<number>\d{1,3}[.)]))\s+(?P<text>\S.*)")
_RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*$")
_INLINE = (
    (re.compile(r"!\[[^\]]*\]\([^)]*\)"), ""),  # an image says nothing
    (re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\[[^\]]*\])"), r"\1"),
    (re.compile(r"<((?:https?://|mailto:)[^>\s]+)>"), r"\1"),
    (re.compile(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1"), r"\2"),
    (re.compile(r"(?<![\w*])(\*)(?=\S)([^*]+?)(?<=\S)\1(?![\w*])"), r"\2"),
    (re.compile(r"(?<![\w_])(_)(?=\S)([^_]+?)(?<=\S)\1(?![\w_])"), r"\2"),
    (re.compile(r"`([^`]+)`"), r"\1"),
)
# Characters that a backslash protects stand aside, in the private use area, until the marks are gone.
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>-])")
_ASIDE = 0xF000


def read_markdown(path: Path, content: str) -> tuple[Source, ...]:
    """Read a Markdown file; keys of its front matter are those of `kg.documents.source.Metadata`.

    Raises:
        UnreadableError: The front matter is not YAML, or there is no text.
    """
    try:
        fields, body = frontmatter.parse(content)
    except (yaml.YAMLError, ValueError) as error:
        raise UnreadableError(f"front matter is not YAML: {' '.join(str(error).split())}") from error
    text, marks = join_paragraphs(read_paragraphs(body))
    if not text:
        raise UnreadableError("no text below the front matter")
    return (Source(to_slug(path.stem), path.name, text, read_fields(fields), marks),)


def strip_marks(text: str) -> str:
    """Take the marks of emphasis, links and code out of a line, leaving what a reader sees."""
    text = _ESCAPED.sub(lambda match: chr(_ASIDE + ord(match[1])), text)
    for pattern, replacement in _INLINE:
        text = pattern.sub(replacement, text)
    text = re.sub("[\uf020-\uf07f]", lambda match: chr(ord(match[0]) - _ASIDE), text)
    return " ".join(text.split())


def read_paragraphs(body: str) -> Iterator[tuple[BlockKind, str]]:
    """Give the paragraphs of a Markdown text in order; a broken line is joined to the one before by a space."""
    kind: BlockKind = "paragraph"
    lines: list[str] = []
    for line in [*body.split("\n"), ""]:
        new_kind, content, begins = _read_line(line, kind if lines else None)
        if begins and lines:
            yield kind, strip_marks(" ".join(lines))
            lines = []
        if content:
            kind = new_kind
            lines.append(content)


def _read_line(line: str, open_kind: BlockKind | None) -> tuple[BlockKind, str, bool]:
    """Read one line: the kind of paragraph, its text, and whether a new paragraph begins with it."""
    if heading := _HEADING.match(line):
        return "heading", heading["text"], True
    if not line.strip() or _RULE.match(line) or (open_kind and _UNDERLINE.match(line)):
        return "paragraph", "", True
    if quote := _QUOTE.match(line):
        return "quote", quote["text"], open_kind != "quote" or not quote["text"]
    if item := _ITEM.match(line):
        return "list-item", item["text"], True
    begins = open_kind in {None, "heading"}
    return (open_kind if open_kind and not begins else "paragraph"), line.strip(), begins
