"""Where an IRI leads in this application, and how it is shown."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from kg.vocab import FR, FRV, PREFIXES

_WEB = re.compile(r"https?://", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Addresses:
    """Turns IRIs into links.

    Args:
        base: The base IRI of the release; its path is where the application is mounted.
    """

    base: str

    @property
    def prefix(self) -> str:
        """The path the application is mounted at, without the slash at its end: empty at the root."""
        return urlsplit(self.base).path.rstrip("/")

    def find_href(self, iri: str) -> str | None:
        """Give where a link to an IRI goes; None where it cannot be followed by HTTP.

        Instances and vocabulary are served here, whatever name this host was reached by.
        """
        for namespace, path in ((self.base, "/"), (FR, "/ns#"), (FR[:-1], "/ns"), (FRV, "/vocab/")):
            if iri.startswith(namespace):
                return self.prefix + path + iri[len(namespace) :]
        return iri if _WEB.match(iri) else None

    def shorten(self, iri: str) -> str:
        """Give the short form of an IRI: below the base or with a prefix where it has one."""
        if iri.startswith(self.base) and iri != self.base:
            return iri[len(self.base) :]
        found = (
            name for name, namespace in PREFIXES.items() if iri.startswith(namespace) and iri != namespace
        )
        name = next(found, None)
        return f"{name}:{iri[len(PREFIXES[name]) :]}" if name else iri
