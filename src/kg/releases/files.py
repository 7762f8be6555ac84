"""Files that survive a crash: flushed to disk, switched by renaming, made read-only."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.errors import BusyError


def write_durably(path: Path, data: bytes) -> None:
    """Write a file so that it is whole on disk before this returns."""
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def sync_tree(root: Path) -> None:
    """Flush every file and folder below `root` to disk."""
    for folder, _, names in os.walk(root):
        for path in (Path(folder), *(Path(folder, name) for name in names)):
            _sync(path)


def _sync(path: Path) -> None:
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def move(source: Path, target: Path) -> None:
    """Rename durably; `target` must not exist unless both are files or links."""
    source.rename(target)
    _sync(target.parent)


def point(link: Path, target: str) -> None:
    """Make the symbolic link `link` point to `target`, in one step."""
    fresh = link.with_name(f"{link.name}.new")
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(target)
    move(fresh, link)


def protect(root: Path) -> None:
    """Take the right to write from everything below `root`, which itself stays movable."""
    for path in sorted(root.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)


def remove_tree(root: Path) -> None:
    """Remove a folder whose content may be protected."""
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir() and not path.is_symlink())):
        folder.chmod(0o755)
    shutil.rmtree(root)


@contextmanager
def lock(path: Path) -> Iterator[None]:
    """Hold an exclusive lock; the operating system lets go of it when the process ends, however it ends.

    Raises:
        BusyError: Another process holds it.
    """
    with path.open("ab") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                f"another process is changing the store {path.parent}", remedy="Wait for it and try again."
            ) from error
        yield
