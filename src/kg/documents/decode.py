"""Bytes to text: the encoding of a file, and one kind of line end."""

import codecs
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

    The encoding is the one the byte order mark names, else UTF-8, else what charset-normalizer detects.

    Raises:
        UnreadableError: The bytes are binary or in no encoding that can be told.
    """
    text = _decode_marked(data) or _decode_utf8(data) or _decode_detected(data)
    if text is None or any(not char.isprintable() and _is_control(char) for char in text):
        raise UnreadableError("binary, or in an encoding that cannot be told")
    if not text.strip():
        raise UnreadableError("empty")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _is_control(char: str) -> bool:
    return (char < " " or "\x7f" <= char <= "\x9f") and char not in _ALLOWED_CONTROLS


def _decode_marked(data: bytes) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            try:
                return data[len(mark) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise UnreadableError(f"not valid {encoding.upper()} from byte {error.start} on") from error
    return None


def _decode_utf8(data: bytes) -> str | None:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _decode_detected(data: bytes) -> str | None:
    if b"\0" in data:
        return None
    best = charset_normalizer.from_bytes(data).best()
    return str(best) if best else None
