"""Example queries: files `*.rq` whose leading comments give title and description."""

import re
from dataclasses import dataclass
from pathlib import Path

from kg.errors import FileError

_COMMENT = re.compile(r"#\s*(title|description):\s*(.*)")


@dataclass(frozen=True, slots=True)
class Example:
    """A query that stands in `data/queries`."""

    slug: str  # stem of the file's name
    title: str
    description: str
    text: str  # the whole file


def load_examples(folder: Path) -> tuple[Example, ...]:
    """Read every `*.rq` of a folder, in the order of their names.

    A comment line that follows `# description:` without a name of its own continues it.

    Raises:
        FileError: A file cannot be read, or has no title.
    """
    return tuple(_read_example(path) for path in sorted(folder.glob("*.rq")))


def _read_example(path: Path) -> Example:
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise FileError(f"cannot read {path}: {error}") from error
    said = _read_comments(text)
    if "title" not in said:
        raise FileError(f"{path} has no title", remedy="Begin it with a line '# title: …'.")
    return Example(path.stem, said["title"], said.get("description", ""), text)


def _read_comments(text: str) -> dict[str, str]:
    said: dict[str, str] = {}
    name = ""
    for line in text.splitlines():
        if not line.startswith("#"):
            break
        if match := _COMMENT.match(line):
            name = match[1]
            said[name] = match[2].strip()
        elif name:
            said[name] = f"{said[name]} {line.lstrip('# ').strip()}".strip()
    return said
