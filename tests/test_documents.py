"""Files to documents: cases, failures, properties, and the source documents beside the repository."""

import json
import re
import time
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.documents import Failure, read_documents, read_text
from kg.documents.datelines import find_lead, find_own_line
from kg.documents.dates import find_date_line, parse_date
from kg.documents.language import guess_language
from kg.documents.markdown import strip_marks
from kg.errors import UsageError
from kg.model import Document

CASES = sorted(path for path in (Path(__file__).parent / "cases" / "documents").iterdir() if path.is_dir())


def test_all_cases_are_found() -> None:
    assert len(CASES) == 15


@pytest.mark.parametrize("case", CASES, ids=lambda path: path.name)
def test_case(case: Path) -> None:
    """A file gives the documents, metadata and blocks written down beside it."""
    paths = [path for path in case.iterdir() if path.name != "expected.json"]
    reading = read_documents(paths)
    assert not reading.failures
    assert [describe(document) for document in reading.documents] == json.loads(
        (case / "expected.json").read_text(encoding="utf-8")
    )


def describe(document: Document) -> dict[str, Any]:
    text = document.text
    return {
        "slug": document.slug,
        "file": document.file,
        "title": document.title,
        "publisher": document.publisher,
        "published": document.published and str(document.published),
        "dateline": document.dateline and document.dateline.of(text),
        "language": document.language,
        "genre": document.genre,
        "source": document.source,
        "rights": document.rights,
        "show_text": document.show_text,
        "blocks": [[block.kind, block.span.of(text)] for block in document.blocks],
        "omitted": [[block.reason, block.span.of(text)] for block in document.omitted],
    }


def write(folder: Path, **files: str | bytes) -> list[Path]:
    """Write files whose names are given with `__` for the point before the suffix."""
    paths = []
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        paths.append(path)
    return paths


def read_one(path: Path) -> Document:
    reading = read_documents([path])
    assert reading.failures == ()
    (document,) = reading.documents
    return document


# What is found and what fails


def test_folders_are_walked_in_sorted_order(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    write(tmp_path, b__txt="B said no.", README__md="read me", _x__txt="X said so.")
    write(tmp_path / "inner", a__txt="A said yes.")
    (tmp_path / ".hidden.txt").write_text("H", encoding="utf-8")
    (tmp_path / ".git").mkdir()
    write(tmp_path / ".git", c__txt="C")
    assert [document.file for document in read_documents([tmp_path]).documents] == [
        "_x.txt",
        "b.txt",
        "a.txt",
    ]


def test_annotations_in_a_folder_are_skipped_with_a_notice(tmp_path: Path) -> None:
    write(tmp_path, a__json='{"document": {}, "statements": []}', b__txt="B said no.", c__csv="1,2")
    reading = read_documents([tmp_path])
    assert [document.file for document in reading.documents] == ["b.txt"]
    assert [Path(notice.partition(":")[0]).name for notice in reading.notices] == ["a.json", "c.csv"]


def test_an_annotation_given_by_name_is_a_failure(tmp_path: Path) -> None:
    paths = write(tmp_path, a__json='{"document": {}, "statements": []}')
    (failure,) = read_documents(paths).failures
    assert "annotation" in failure.reason


def test_a_path_given_twice_is_read_once(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a__txt="A said yes.")
    assert len(read_documents([tmp_path, path, path]).documents) == 1


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t\n", "empty"),
        ("a.txt", b"\x00\x01\x02\xff\xfe\x80", "binary"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00", "binary"),
        ("a.txt", b"\xff\xfea", "not valid UTF-16"),
        ("a.txt", b"\xef\xbb\xbf\xff", "not valid UTF-8"),
        ("a.md", b"---\ntitle: [\n---\nText", "front matter"),
        ("a.md", b"---\ntitle: x\n---\n", "no text"),
        ("a.json", b"{", "not JSON"),
        ("a.json", b"[" * 100_000, "not JSON"),
        ("a.json", b"3", "neither"),
        ("a.json", b"[]", "neither"),
        ("a.json", b'{"title": "x"}', "has no text"),
        ("a.json", b'{"text": "half \\ud800 a pair"}', "binary"),
        ("a.html", b"<html><body></body></html>", "no main text"),
        ("a.pdf", b"%PDF-1.4", ".pdf"),
        ("a", b"text", "no suffix"),
    ],
)
def test_a_file_that_cannot_be_read_says_why(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    (tmp_path / name).write_bytes(content)
    (good,) = write(tmp_path, good__txt="The rest goes on.")
    reading = read_documents([tmp_path / name, good])
    assert [document.file for document in reading.documents] == ["good.txt"]
    assert [failure.path for failure in reading.failures] == [tmp_path / name]
    assert reason in reading.failures[0].reason


def test_a_missing_path_is_a_failure(tmp_path: Path) -> None:
    assert read_documents([tmp_path / "no"]).failures == (Failure(tmp_path / "no", "no such file or folder"),)


def test_a_file_that_is_too_large_is_a_failure(tmp_path: Path) -> None:
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(20_000_001)
    (failure,) = read_documents([path]).failures
    assert "larger than 20 MB" in failure.reason


def test_an_item_without_text_does_not_stop_the_others(tmp_path: Path) -> None:
    (path,) = write(tmp_path, list__json='[{"title": "x"}, {"text": "The second said so."}, 7]')
    reading = read_documents([path])
    assert [document.slug for document in reading.documents] == ["list-item-2"]
    assert [failure.reason.split(" is ")[0].split(" has ")[0] for failure in reading.failures] == [
        "item 1",
        "item 3",
    ]


def test_two_equal_slugs_are_refused_and_both_files_named(tmp_path: Path) -> None:
    first, second = write(tmp_path, a_b__txt="One.", a_b__md="Two.")
    with pytest.raises(UsageError) as caught:
        read_documents([first, second])
    assert str(first) in caught.value.message
    assert str(second) in caught.value.message


def test_a_stem_without_letters_gets_a_slug_from_the_digest(tmp_path: Path) -> None:
    path = tmp_path / "文章.txt"
    path.write_text("The ministry said nothing.", encoding="utf-8")
    document = read_one(path)
    assert document.slug == f"doc-{document.digest[:8]}"


def test_an_empty_text_in_memory_is_refused() -> None:
    with pytest.raises(UsageError):
        read_text(" \n", slug="a", file="a.txt")


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_give_the_same_text(tmp_path: Path, encoding: str) -> None:
    text = "Le ministère a déclaré que les réfugiés étaient protégés à la frontière, où l'été fut très chaud.\nFin août."
    (path,) = write(tmp_path, a__txt=text.encode(encoding))
    assert read_one(path).text == text


def test_a_web_page_is_decoded_as_it_declares(tmp_path: Path) -> None:
    text = "Министерство заявило, что людей не высылали, а юристы сообщили о сорока семьях у реки."
    page = f'<html><head><meta charset="windows-1251"></head><body><article><p>{text}</p></article></body></html>'
    (path,) = write(tmp_path, a__html=page.encode("windows-1251"))
    assert read_one(path).text == text


def test_a_plain_text_is_kept_character_for_character(tmp_path: Path) -> None:
    text = "  A\u00a0said \u201cno\u201d \t\u200b.\x0c\n\n\n B\u2028said yes.  \n"
    (path,) = write(tmp_path, a__txt=text)
    assert read_one(path).text == text


def test_line_ends_become_one_kind(tmp_path: Path) -> None:
    (path,) = write(tmp_path, a__txt=b"One said.\r\nTwo said.\rThree said.\n")
    assert read_one(path).text == "One said.\nTwo said.\nThree said.\n"


# Pieces


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("KABUL, AFGHANISTAN –\u00a0The group said", "KABUL, AFGHANISTAN"),
        ("ISLAMABAD, Pakistan — The group said", "ISLAMABAD, Pakistan"),
        ("ISLAMABAD: The group said", "ISLAMABAD"),
        ("TASHKENT, June 2 (Courier News) - Officials", "TASHKENT"),
        ("PUNE, Aug 3: While the", "PUNE"),
        ("NEW YORK/GENEVA (3 May 2024) – UN experts", "NEW YORK/GENEVA"),
        ("(Beirut) – Security forces", "Beirut"),
        ("(Beirut, May 3, 2024) – Security forces", "Beirut"),
        ("Kabul, Afghanistan (AP) — Officials", "Kabul, Afghanistan"),
        ("DHAKA, Bangladesh, Aug. 25 (UPI) -- Officials", "DHAKA, Bangladesh"),
        ("PORT-AU-PRINCE — Officials", "PORT-AU-PRINCE"),
        ("UNHCR: The agency said", None),
        ("UPDATE: Officials said", None),
        ("The ministry said – again – that", None),
        ("In March 2024 - officials said", None),
        ("He said: nothing.", None),
    ],
)
def test_datelines_that_lead_a_paragraph(text: str, place: str | None) -> None:
    found = find_lead(text)
    assert (found and found.place.of(text)) == place


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Kingston and Lisbon, 3 June 2025", "Kingston and Lisbon"),
        ("Location: Geneva", "Geneva"),
        ("From our correspondent in Kassala, Sudan", "Kassala, Sudan"),
        ("By Lena Okafor in Lakeside", "Lakeside"),
        ("Sunday, March 6, 2022", None),
        ("Centre for Asylum Studies, 3 May 2025", None),
        ("They arrived in Lakeside, 3 May 2025 being a Saturday", None),
    ],
)
def test_datelines_on_a_line_of_their_own(text: str, place: str | None) -> None:
    found = find_own_line(text)
    assert (found and found.place.of(text)) == place


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Updated 04 March 2022", "2022-03-04"),
        ("Aktiv seit 4. Juni 2021 | Noch 9 Tage", "2021-06-04"),
        ("Date: 19 August 2025", "2025-08-19"),
        ("Published 21/08/2022 17:40", "2022-08-21"),
        ("Published 06/24/2025", "2025-06-24"),
        ("Sunday, March 6, 2022", "2022-03-06"),
        ("17 May 2025", "2025-05-17"),
        ("May 2025", "2025-05"),
        ("Publié le 14 février 2023", "2023-02-14"),
        ("Publicado el 3 de mayo de 2024", "2024-05-03"),
        ("Stand: 3. März 2024", "2024-03-03"),
        ("2024-05-03T10:00:00Z", "2024-05-03"),
        ("31 February 2024", None),
        ("Updated 3 min ago", None),
        ("On 3 May 2024 the ministry announced", None),
        ("The deadline of 31 March 2025", None),
    ],
)
def test_lines_that_only_say_when(text: str, date: str | None) -> None:
    found = find_date_line(text)
    assert (found and str(found)) == date


def test_dates_of_metadata_may_have_a_time() -> None:
    assert str(parse_date("2024-05-10T00:00:00+00:00")) == "2024-05-10"
    assert str(parse_date("2024")) == "2024"
    assert parse_date("soon") is None


@pytest.mark.parametrize(
    ("marked", "plain"),
    [
        ("**Bold** and *thin* and __both__ and _one_", "Bold and thin and both and one"),
        (
            "a [link](https://x.example/a_b) and ![picture](p.png)<https://y.example>",
            "a link and https://y.example",
        ),
        (r"\*no mark\* and snake_case_name and 2 * 3 * 4", "*no mark* and snake_case_name and 2 * 3 * 4"),
    ],
)
def test_marks_of_markdown_are_removed(marked: str, plain: str) -> None:
    assert strip_marks(marked) == plain


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ministry said that it was not asked.", "en"),
        ("Das Ministerium sagte, dass es nicht gefragt wurde und auch nichts wusste.", "de"),
        ("Le ministère a dit que les familles ne sont pas dans le camp.", "fr"),
        ("El ministerio dijo que las familias no están en el campo.", "es"),
        ("Il ministero ha detto che le famiglie non sono nel campo.", "it"),
        ("Bernastrasse 47", None),
    ],
)
def test_languages_are_told_by_their_commonest_words(text: str, language: str | None) -> None:
    assert guess_language(text) == language


def test_prose_about_the_words_of_site_chrome_is_kept() -> None:
    text = (
        "The navy and the Foreign Ministry declined to comment.\n\nFollowing the decision, families left the camp.\n\n"
        "Share prices of the bus company fell.\n\nMore from the camp were moved on Friday, the charity said."
    )
    (document,) = read_text(text, slug="a", file="a.txt")
    assert document.omitted == ()


def test_known_metadata_wins_over_the_text() -> None:
    text = "A title that is a line\n\n3 May 2024\n\nThe ministry said that nobody had been moved to the camp at night."
    (document,) = read_text(
        text, slug="a", file="a.txt", title="Another", published=parse_date("2020"), genre="report"
    )
    assert (document.title, document.title_span, str(document.published)) == ("Another", None, "2020")
    assert document.genre == "report"


@pytest.mark.parametrize(
    "text", ["KABUL, " * 5000, "Kabul " * 5000, "a" * 200_000, "told Kabul " * 5000, "(" * 20_000]
)
def test_hostile_texts_take_no_long_time(text: str) -> None:
    """Patterns that backtrack without end once took minutes on the first of these."""
    started = time.perf_counter()
    assert len(read_text(text, slug="a", file="a.txt")) == 1
    assert time.perf_counter() - started < 5


# Properties

_LINES = st.sampled_from(
    [
        "", "", "- - -", "Follow", "Most read", "Model letter", "Dear Minister,", "Yours sincerely,", "Appeals to",
        "• a point of order", "1. first", "KABUL: Officials said on Monday that forty families had left the camp by bus.",
        "A line like a title of sorts", "Updated 3 May 2024", "  indented, and long enough to be read as running text, it seems. ",
        "Um die Liste zu sehen, müssen Sie sich bei uns und auch dort anmelden", "© 2024 X", "\u200b", "\x0c", "Contact: a@b.example",
    ]
)  # fmt: skip
_TEXTS = st.one_of(st.text(max_size=200), st.lists(_LINES, max_size=30).map("\n".join)).filter(str.strip)
_SIGN = re.compile(r"\s*(?:[^\w\s]|\d{1,2}[.)]|\(?[a-z0-9]{1,2}\))?\s*")


@settings(max_examples=150, deadline=None)
@given(_TEXTS)
def test_blocks_and_omitted_blocks_cover_the_body_once(text: str) -> None:
    """They lie inside the text, in order, without overlap, and leave out nothing but space and bullets."""
    text = text.replace("\r", "\n")
    for document in read_text(text, slug="a", file="a.txt") if text.strip() else ():
        check_cover(document)


def check_cover(document: Document) -> None:
    spans = [block.span for block in document.blocks] + [
        block.span for block in document.omitted if document.body.covers(block.span)
    ]
    assert [block.span for block in document.blocks] == sorted(block.span for block in document.blocks)
    at = document.body.start
    for span in sorted(spans):
        assert at <= span.start < span.end <= document.body.end
        assert _SIGN.fullmatch(document.text[at : span.start]), document.text[at : span.start]
        assert span.of(document.text).strip() == span.of(document.text)
        at = span.end
    assert at == document.body.end


@settings(max_examples=30, deadline=None)
@given(_TEXTS)
def test_reading_is_deterministic(text: str) -> None:
    assert read_text(text, slug="a", file="a.txt") == read_text(text, slug="a", file="a.txt")
