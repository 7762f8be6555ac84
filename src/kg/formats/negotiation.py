"""Content negotiation (RFC 9110, section 12.5.1), by Werkzeug's parser."""

from collections.abc import Sequence

from werkzeug.datastructures import MIMEAccept
from werkzeug.http import parse_accept_header

from kg.errors import NotAcceptableError
from kg.formats.table import Format

HTML = "text/html"


def negotiate(accept: str | None, offered: Sequence[Format], *, html: bool = False) -> Format | None:
    """Choose what to answer with.

    Args:
        accept: The Accept header; None or empty means anything.
        offered: Formats in the order we prefer them.
        html: Whether a page is offered too; it is preferred where the client likes it as much.

    Returns:
        The format, or None for the page.

    Raises:
        NotAcceptableError: The client accepts nothing that is offered.
    """
    if not accept or not accept.strip():
        return offered[0]
    table = {name: f for f in reversed(offered) for name in (*f.aliases, f.media_type) if "/" in name}
    wanted = parse_accept_header(_without_parameters(accept), MIMEAccept)
    ordered = [f.media_type for f in offered] + [a for f in offered for a in f.aliases if "/" in a]
    best = wanted.best_match([HTML, "application/xhtml+xml", *ordered] if html else ordered)
    if best is None:
        raise NotAcceptableError(
            f"nothing that is offered matches Accept: {accept!r}",
            remedy="Offered: " + ", ".join([HTML] * html + [f.media_type for f in offered]),
        )
    return table.get(best)


def _without_parameters(accept: str) -> str:
    """Drop every parameter but q: `text/turtle;charset=utf-8` means `text/turtle` here."""
    ranges = []
    for item in accept.split(","):
        name, *parameters = (part.strip() for part in item.split(";"))
        quality = [p for p in parameters if p.replace(" ", "").lower().startswith("q=")]
        ranges.append(";".join([name, *quality[:1]]))
    return ",".join(ranges)
