"""The quarantine: why a document is not in the release, for people and for programs."""

from collections.abc import Iterable, Mapping
from pathlib import Path

from kg.validation import Report


class Quarantine:
    """A folder with `{slug}.txt` and `{slug}.ttl` for each document that did not conform."""

    def __init__(self, store: Path) -> None:
        self.folder = store / "quarantine"

    def replace(self, reports: Mapping[str, Report], checked: Iterable[str]) -> None:
        """Write these reports, and remove those of the other documents that were looked at."""
        for slug in set(checked) - set(reports):
            self.remove(slug)
        for slug, report in reports.items():
            self.add(slug, report)

    def add(self, slug: str, report: Report) -> Path:
        """Write a report, and give the path of its readable form."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / f"{slug}.ttl").write_bytes(report.to_turtle())
        path = self.folder / f"{slug}.txt"
        path.write_text(report.to_text(), encoding="utf-8")
        return path

    def remove(self, slug: str) -> None:
        """Remove the report of a document, if there is one."""
        for suffix in (".txt", ".ttl"):
            (self.folder / f"{slug}{suffix}").unlink(missing_ok=True)

    def slugs(self) -> tuple[str, ...]:
        """Give the slugs of the documents in quarantine."""
        return tuple(sorted(path.stem for path in self.folder.glob("*.ttl")))
