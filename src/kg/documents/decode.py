"""Bytes to text: the encoding of a file, and one kind of line end."""

import codecs
import re
from pathlib import Path

import charset_normalizer

from kg.documents.source import UnreadableError

MAX_BYTES = 20_000_000

# UTF-32 comes first: its little-endian mark begins with the one of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = re.compile(rb"charset=[\"']?([\w-]+)", re.IGNORECASE)
_ALLOWED_CONTROLS = frozenset("\t\n\r\f\v\x85")


def read_bytes(path: Path) -> bytes:
    """Read a file's bytes.

    Raises:
        UnreadableError: It cannot be opened, is empty, or is larger than `MAX_BYTES`.
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise UnreadableError(f"larger than {MAX_BYTES // 1_000_000} MB ({size:,} bytes)")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableError(error.strerror or str(error)) from error
    if not data.strip():
        raise UnreadableError("empty")
    return data


def decode(data: bytes) -> str:
    """Decode a file's bytes; a byte order mark is dropped, CRLF and CR become LF, nothing else changes.

    The encoding is the one the byte order mark names, else UTF-8, else the one a web page declares, else
    what charset-normalizer detects.

    Raises:
        UnreadableError: The bytes are binary or in no encoding that can be told.
    """
    text = (
        _decode_marked(data) or _decode_as(data, "utf-8") or _decode_declared(data) or _decode_detected(data)
    )
    if text is None:
        raise UnreadableError("binary, or in an encoding that cannot be told")
    checked = check_text(text)
    if not checked.strip():
        raise UnreadableError("empty")
    return checked


def check_text(text: str) -> str:
    """Give a text with one kind of line end.

    Raises:
        UnreadableError: It holds control characters or halves of surrogate pairs, as no text does.
    """
    if any(not char.isprintable() and _is_control(char) for char in text):
        raise UnreadableError("binary: it holds control characters")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_control(char: str) -> bool:
    is_code = char < " " or "\x7f" <= char <= "\x9f" or "\ud800" <= char <= "\udfff"
    return is_code and char not in _ALLOWED_CONTROLS


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(f"not valid {encoding.upper()} from byte {error.start} on") from error
    return None


def _decode_declared(data: bytes) -> str | None:
    """Decode in the encoding a web page names at its beginning."""
    declared = _DECLARED.search(data[:2048])
    return _decode_as(data, declared[1].decode("ascii")) if declared else None


def _decode_detected(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    best = charset_normalizer.from_bytes(data).best()
    if best is None:
        return None
    # Code pages of Latin letters cannot be told apart on short texts; the commonest is the best guess.
    is_latin = all(char < "\u0250" or not char.isalpha() for char in str(best))
    return (_decode_as(data, "cp1252") if is_latin else None) or str(best)


def _decode_as(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (LookupError, UnicodeDecodeError):
        return None
