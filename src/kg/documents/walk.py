"""Which files are meant: folders are walked, annotations and hidden files left alone."""

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from kg.documents.source import Failure

SUFFIXES = frozenset({".txt", ".md", ".html", ".htm", ".json"})


class Walk(NamedTuple):
    """The files to read, in order, what could not be found, and what was passed over."""

    files: tuple[Path, ...]
    failures: tuple[Failure, ...]
    notices: tuple[str, ...]


def walk(paths: Iterable[Path]) -> Walk:
    """Find the files that `paths` mean.

    Args:
        paths: Files, taken as they are, and folders, walked recursively in sorted order without
            `README*` and hidden files; annotations and files of other kinds are passed over with a notice.

    Returns:
        Each file once, in the order of `paths`.
    """
    files: dict[Path, Path] = {}
    failures: list[Failure] = []
    notices: list[str] = []
    for path in paths:
        if path.is_dir():
            for file in _files_below(path):
                if file.suffix.lower() not in SUFFIXES:
                    notices.append(f"{file}: not a kind of file that is read, skipped")
                elif file.suffix.lower() == ".json" and is_annotation(file):
                    notices.append(f"{file}: an annotation, skipped")
                else:
                    files.setdefault(file.resolve(), file)
        elif path.exists():
            files.setdefault(path.resolve(), path)
        else:
            failures.append(Failure(path, "no such file or folder"))
    return Walk(tuple(files.values()), tuple(failures), tuple(notices))


def is_annotation(path: Path) -> bool:
    """Tell whether a JSON file holds annotations of a document and not a document."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(content, dict) and {"document", "statements"} <= content.keys()


def _files_below(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        names = path.relative_to(folder).parts
        is_hidden = any(name.startswith(".") for name in names)
        is_readme = path.name.upper().startswith("README")
        if path.is_file() and not (is_hidden or is_readme):
            yield path
