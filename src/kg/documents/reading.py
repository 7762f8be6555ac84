"""Files to documents: find them, read each in its format, lay out what they say."""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from kg.documents.articles import Article, find_articles
from kg.documents.blocks import lay_out
from kg.documents.decode import decode, read_bytes
from kg.documents.head import read_head
from kg.documents.json_documents import read_json
from kg.documents.language import guess_language
from kg.documents.lines import Unit, split_units
from kg.documents.markdown import read_markdown
from kg.documents.metadata import find_copyright, find_dateline, find_genre, find_published, find_publisher
from kg.documents.source import Failure, Metadata, Source, UnreadableError
from kg.documents.walk import walk
from kg.documents.web_page import read_page
from kg.errors import UsageError
from kg.iris import to_slug
from kg.model import Document, OmittedBlock, PartialDate, Span


class Reading(NamedTuple):
    """What was read: the documents in order, the files that failed, and what was passed over."""

    documents: tuple[Document, ...]
    failures: tuple[Failure, ...]
    notices: tuple[str, ...]


def read_documents(paths: Iterable[Path]) -> Reading:
    """Read files and folders into documents.

    Args:
        paths: Files, and folders, which are walked recursively in sorted order; `README*`, hidden files
            and annotations (JSON with `document` and `statements`) are passed over.

    Returns:
        All documents that could be read; a file that cannot be read does not stop the others.

    Raises:
        UsageError: Two documents have the same slug; the message names both files.
    """
    found = walk(paths)
    failures = list(found.failures)
    documents: list[Document] = []
    origins: dict[str, Path] = {}
    for path in found.files:
        read, reasons = _read_file(path)
        failures += [Failure(path, reason) for reason in reasons]
        for document in read:
            _claim_slug(origins, document.slug, path)
        documents += read
    return Reading(tuple(documents), tuple(failures), found.notices)


def _read_file(path: Path) -> tuple[list[Document], list[str]]:
    """Read the documents of one file, with the reasons why it, or an item of it, cannot be read."""
    try:
        read = _READERS.get(path.suffix.lower(), _refuse)
        items = read(path, decode(read_bytes(path)))
    except UnreadableError as error:
        return [], [str(error)]
    sources = [item for item in items if isinstance(item, Source)]
    documents = [document for source in sources for document in to_documents(source)]
    return documents, [str(item) for item in items if isinstance(item, UnreadableError)]


def read_text(
    text: str,
    *,
    slug: str,
    file: str,
    title: str | None = None,
    publisher: str | None = None,
    published: PartialDate | None = None,
    language: str | None = None,
    genre: str | None = None,
    source: str | None = None,
    rights: str | None = None,
    show_text: bool = False,
) -> tuple[Document, ...]:
    """Read a text in memory into its documents: one, or more where it holds further articles.

    Args:
        text: The text; offsets of the documents count its code points.
        slug: Slug of the first document; others get `-2`, `-3` … added.
        file: Name of the file it stands for.
        title: What is known about it; the text itself is asked for what is None.
        publisher: Its publisher.
        published: When it was published.
        language: Its language, ISO 639-1.
        genre: Its genre, an id of the scheme `frv:genre`.
        source: The address it was published at.
        rights: Its licence or rights statement.
        show_text: Whether pages may show it in full.

    Raises:
        UsageError: The text is empty.
    """
    if not text.strip():
        raise UsageError(f"the text of {file} is empty")
    known = Metadata(title, publisher, published, language, genre, source, rights, show_text)
    return to_documents(Source(slug, file, text, known))


def to_documents(source: Source) -> tuple[Document, ...]:
    """Split a source into its articles and lay out each."""
    units = split_units(source.text, source.marks)
    articles = find_articles(units)
    first = _to_document(source, units, articles[0], 1)
    others = [_to_document(source, units, article, number) for number, article in enumerate(articles[1:], 2)]
    further = tuple(OmittedBlock(_extent(units, article), "second-article") for article in articles[1:])
    return (replace(first, omitted=first.omitted + further), *others)


def _to_document(source: Source, units: Sequence[Unit], article: Article, number: int) -> Document:
    """Lay out one article; what the file says about its document holds for the first alone."""
    known = source.metadata if number == 1 else Metadata(language=source.metadata.language)
    own = units[article.first : article.last]
    head = read_head(own, known.title)
    language = known.language or guess_language("\n".join(unit.text for unit in own)) or "en"
    teasers = frozenset(index - article.first for index in article.teasers)
    layout = lay_out(own, head, language, teasers)
    dateline = find_dateline(own, head)
    genre = known.genre or find_genre(own, head)
    digest = hashlib.sha256(source.text.encode()).hexdigest()
    slug = source.slug or f"doc-{digest[:8]}"
    title = None if head.title is None else own[head.title]
    return Document(
        slug=slug if number == 1 else f"{slug}-{number}",
        file=source.file,
        text=source.text,
        digest=digest,
        blocks=layout.blocks,
        omitted=layout.omitted,
        body=_extent(units, article),
        title=known.title or (title and title.text),
        title_span=title and title.span,
        # A notice at the end of the file speaks for all its articles.
        publisher=known.publisher or find_publisher(own, head, dateline, genre) or find_copyright(units),
        published=known.published or find_published(own, head, dateline),
        dateline=dateline and dateline.place,
        language=language,
        genre=genre,
        source=known.source,
        rights=known.rights or source.metadata.rights,
        show_text=source.metadata.show_text,
    )


def _extent(units: Sequence[Unit], article: Article) -> Span:
    own = units[article.first : article.last]
    return Span(own[0].span.start, own[-1].span.end)


def _claim_slug(origins: dict[str, Path], slug: str, path: Path) -> None:
    if slug in origins:
        raise UsageError(
            f"two documents have the slug {slug!r}: {origins[slug]} and {path}",
            remedy="Rename one of the files.",
        )
    origins[slug] = path


def _read_plain(path: Path, content: str) -> tuple[Source, ...]:
    return (Source(to_slug(path.stem), path.name, content),)


def _refuse(path: Path, _content: str) -> tuple[Source, ...]:
    raise UnreadableError(
        f"{path.suffix or 'no suffix'}: not a kind of file that is read ({', '.join(_READERS)})"
    )


_READERS: dict[str, Callable[[Path, str], tuple[Source | UnreadableError, ...]]] = {
    ".txt": _read_plain,
    ".md": read_markdown,
    ".html": read_page,
    ".htm": read_page,
    ".json": read_json,
}
