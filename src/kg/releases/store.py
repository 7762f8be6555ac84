"""The folder of releases: which there are, which is current, and the lock that lets one writer in.

{store}/current             symbolic link to the release that is served
{store}/releases/000001/    manifest.json, db/ (Oxigraph), texts/{digest}.txt; never changes
{store}/staging-…/          a change under way; a leftover is removed by the next writer
{store}/quarantine/         reports on documents that did not conform
{store}/lock                held by the one writer
"""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kg.errors import NotFoundError, StoreError
from kg.iris import Minter
from kg.releases.diff import GraphDiff, compare_releases
from kg.releases.files import lock, move, point, remove_tree
from kg.releases.purge import purge_fields, remove_document
from kg.releases.release import Release, Tombstone, read_release
from kg.releases.staging import Staging

_FOLDER = "releases"
_CURRENT = "current"


class Releases:
    """The releases of one store; made by `open_store`."""

    def __init__(self, path: Path, base: str) -> None:
        self.path = path
        self.minter = Minter(base)

    @property
    def base(self) -> str:
        """The base IRI of everything in this store."""
        return self.minter.base

    def current(self) -> Release | None:
        """Give the release that is served; None where nothing was published yet."""
        path = self.current_path()
        return read_release(path) if path else None

    def current_path(self) -> Path | None:
        """Give the folder of the release that is served; costs one look at a symbolic link."""
        link = self.path / _CURRENT
        return link.resolve() if link.is_symlink() else None

    def list(self) -> tuple[Release, ...]:
        """Give every release that is kept, oldest first."""
        return tuple(read_release(path) for path in self._folders())

    def get(self, number: int) -> Release:
        """Give one release.

        Raises:
            NotFoundError: There is none of that number, or it was collected.
        """
        path = self._folder(number)
        if not path.is_dir():
            kept = ", ".join(str(int(folder.name)) for folder in self._folders()) or "none"
            raise NotFoundError(f"no release {number} in {self.path}", remedy=f"Kept releases: {kept}.")
        return read_release(path)

    @contextmanager
    def write(self) -> Iterator[None]:
        """Hold the store's lock, and clear away what a writer that died left behind.

        Raises:
            BusyError: Another process is writing.
        """
        (self.path / _FOLDER).mkdir(parents=True, exist_ok=True)
        with lock(self.path / "lock"):
            for leftover in self.path.glob("staging-*"):
                remove_tree(leftover)
            yield

    @contextmanager
    def stage(self, *, rebuild: bool = False) -> Iterator[Staging]:
        """Copy the current release to a staging area that can be changed and published.

        What is not published when the block ends is thrown away.

        Args:
            rebuild: Whether the database is written anew from its quads, so that no byte remains of
                what was removed.

        Raises:
            BusyError: Another process is writing.
        """
        with self.write():
            number = self._next_number()
            staging = Staging(self.path, self.minter, self.current(), number, self._publish, rebuild=rebuild)
            with closing(staging):
                yield staging

    def rollback(self, number: int | None = None) -> Release:
        """Serve an older release again; nothing is lost, and rolling forward is the same call.

        Nothing new is published: `current` is switched. The next change starts from the release that is
        then current and gets the next free number. A document that was withdrawn (not purged) after
        that release is served again, its tombstone gone: rolling back is how a withdrawal is taken back.

        Args:
            number: The release to serve; None means the one the current release was derived from.

        Returns:
            The release that is now current.

        Raises:
            NotFoundError: There is no such release.
            BusyError: Another process is writing.
        """
        with self.write():
            release = self.get(self._previous_number() if number is None else number)
            point(self.path / _CURRENT, f"{_FOLDER}/{release.path.name}")
        return release

    def collect(self, keep: int = 5) -> tuple[int, ...]:
        """Remove all but the newest releases; the current one always stays.

        Args:
            keep: How many to keep, at least 1.

        Returns:
            The numbers of the releases that were removed.
        """
        with self.write():
            current = self.current()
            old = [r for r in self.list()[: -max(keep, 1)] if not current or r.number != current.number]
            for release in old:
                self._remove(release.path)
        return tuple(release.number for release in old)

    def diff(self, old: int, new: int) -> Iterator[GraphDiff]:
        """Compare two kept releases, graph by graph; see `compare_releases`.

        Raises:
            NotFoundError: There is no such release.
        """
        return compare_releases(self.get(old), self.get(new))

    def purge(self, tombstone: Tombstone) -> tuple[int, ...]:
        """Write every older release anew without a document that the current release no longer has.

        Releases that came after its withdrawal are written anew too, because their database files are
        shared with earlier ones. The current release must have been staged with `rebuild`.
        The text goes too, unless another document shares it (a second article of the same file).

        Args:
            tombstone: What remains of it; put into each release's manifest.

        Returns:
            The numbers of the releases that were written anew.

        Raises:
            StoreError: The current release still holds the document.
            BusyError: Another process is writing.
        """
        with self.write():
            current = self.current()
            if current and tombstone.slug in current.documents:
                raise StoreError(f"{tombstone.slug} is in the current release", remedy="Withdraw it first.")
            found = [release for release in self.list() if release != current]
            for release in found:
                self._rewrite(release, tombstone)
        return tuple(release.number for release in found)

    def _rewrite(self, release: Release, tombstone: Tombstone) -> None:
        staging = Staging(self.path, self.minter, release, release.number, self._replace, rebuild=True)
        with closing(staging):
            remove_document(staging, tombstone.slug, self.minter)
            staging.publish(purge_fields(release, tombstone))

    def _replace(self, staged: Path, number: int) -> Release:
        target = self._folder(number)
        self._remove(target)
        move(staged, target)
        return read_release(target)

    def _publish(self, staged: Path, number: int) -> Release:
        target = self._folder(number)
        move(staged, target)
        point(self.path / _CURRENT, f"{_FOLDER}/{target.name}")
        return read_release(target)

    def _remove(self, folder: Path) -> None:
        """Remove a release: first by renaming it away, so that a crash leaves no half of it."""
        gone = self.path / f"staging-gone-{folder.name}"
        move(folder, gone)
        remove_tree(gone)

    def _previous_number(self) -> int:
        current = self.current()
        if not current or current.previous is None:
            raise NotFoundError("there is no earlier release to go back to")
        return current.previous

    def _next_number(self) -> int:
        return max((int(folder.name) for folder in self._folders()), default=0) + 1

    def _folder(self, number: int) -> Path:
        return self.path / _FOLDER / f"{number:06d}"

    def _folders(self) -> tuple[Path, ...]:
        return tuple(sorted(path for path in (self.path / _FOLDER).glob("[0-9]*") if path.name.isdigit()))


def open_store(path: Path, base: str | None = None, *, create: bool = False) -> Releases:
    """Open the folder of releases at `path`.

    Args:
        path: The folder.
        base: The base IRI it must have; None takes the one of its current release.
        create: Whether to open it for a build: a folder that is not there is made, and a release of another base
            will be followed by one of this base, made from nothing.

    Raises:
        StoreError: There is no store, or its releases have another base.
    """
    if not create and not (path / _CURRENT).is_symlink():
        raise StoreError(f"nothing was published in {path}", remedy="Run `kg build` first.")
    found = Releases(path, base or Minter().base).current()
    if create:
        return Releases(path, base or (found.base if found else Minter().base))
    if found and base and found.base != base:
        raise StoreError(
            f"the store {path} was built for {found.base}, not for {base}",
            remedy=f"Use KG_BASE_IRI={found.base}, or another store.",
        )
    return Releases(path, found.base if found else base or Minter().base)
