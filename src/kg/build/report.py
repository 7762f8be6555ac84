"""What a build did, and the exit status it leads to."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kg.releases import Release
from kg.validation import Report


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What became of every document.

    `is_new` is False where nothing had changed: then `release` is the one that was current already.
    """

    release: Release
    is_new: bool
    mapped: tuple[str, ...] = ()  # slugs
    kept: tuple[str, ...] = ()  # slugs of documents that had not changed
    removed: tuple[str, ...] = ()  # slugs that the release before held
    reports: Mapping[str, Report] = field(default_factory=dict)  # of the documents that were mapped
    quarantined: Mapping[str, Report] = field(default_factory=dict)  # of those that did not conform
    failures: tuple[str, ...] = ()  # "file: reason"
    notices: tuple[str, ...] = ()

    @property
    def exit_status(self) -> int:
        """0 fine, 1 a document was quarantined, 2 one could not be read or mapped; the highest counts."""
        return 2 if self.failures else 1 if self.quarantined else 0
