"""Web pages to plain prose and marks; trafilatura finds the main text and the metadata."""

from collections.abc import Iterator
from pathlib import Path

import trafilatura
from lxml import etree
from trafilatura.settings import Document as Page

from kg.documents.dates import parse_date
from kg.documents.paragraphs import join_paragraphs
from kg.documents.source import Metadata, Source, UnreadableError
from kg.iris import to_slug
from kg.model.document import BlockKind

# Elements of HTML and of trafilatura's own tree that are paragraphs, with the kind they give.
_KINDS: dict[str, BlockKind] = {
    **dict.fromkeys(("head", "h1", "h2", "h3", "h4", "h5", "h6"), "heading"),
    **dict.fromkeys(("item", "li"), "list-item"),
    **dict.fromkeys(("quote", "blockquote"), "quote"),
    **dict.fromkeys(
        ("p", "div", "body", "list", "ul", "ol", "table", "tr", "section", "article"), "paragraph"
    ),
}
# A date of the running text is not the date of publication.
_DATE_SEARCH = {"extensive_search": False, "original_date": True}
_SILENT = frozenset({"script", "style", "noscript", "template"})
_BREAKS = frozenset({"br", "lb", "hr", "td", "cell"})


def read_page(path: Path, content: str) -> tuple[Source, ...]:
    """Read an HTML file.

    Raises:
        UnreadableError: There is no main text in it.
    """
    page = trafilatura.bare_extraction(
        content, include_comments=False, with_metadata=True, date_extraction_params=_DATE_SEARCH
    )
    text, marks = (
        join_paragraphs(_read_element(page.body, "paragraph")) if isinstance(page, Page) else ("", ())
    )
    if not isinstance(page, Page) or not text:
        raise UnreadableError("no main text in this page")
    known = Metadata(
        title=page.title or None,
        publisher=page.sitename or None,
        published=parse_date(page.date) if page.date else None,
        language=page.language or None,
        source=page.url or None,
        rights=page.license or None,
    )
    return (Source(to_slug(path.stem), path.name, text, known, marks),)


def read_fragment(html: str) -> Iterator[tuple[BlockKind, str]]:
    """Give the paragraphs of a piece of HTML, in order."""
    root = etree.fromstring(html, etree.HTMLParser(remove_comments=True))
    if root is not None:
        yield from _read_element(root, "paragraph")


def _read_element(element: etree._Element, kind: BlockKind) -> Iterator[tuple[BlockKind, str]]:
    """Give the paragraphs of an element in order: its running text, cut at elements that are paragraphs."""
    running = [element.text or ""]
    for child in element:
        tag = child.tag if isinstance(child.tag, str) else ""
        if tag in _KINDS:
            yield kind, _squeeze(running)
            own = _KINDS[tag]
            yield from _read_element(child, own if own != "paragraph" else kind)
            running = []
        elif tag in _BREAKS:
            running += [" ", *map(str, child.itertext())]
        elif tag and tag not in _SILENT:
            inner = list(_read_element(child, kind))
            yield from (part for part in inner[:-1] if part[1])
            running += [inner[-1][1]] if len(inner) == 1 else []
        running.append(child.tail or "")
    yield kind, _squeeze(running)


def _squeeze(parts: list[str]) -> str:
    return " ".join("".join(parts).split())
