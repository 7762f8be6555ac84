"""What goes through the pipes between the pool and a worker.

Requests are lines of JSON. Replies are frames: one byte that names the kind, the length of the payload in
four bytes (big endian), the payload.
"""

import json
import struct
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, NamedTuple

from kg import errors
from kg.engines.question import Question
from kg.errors import Error
from kg.formats import Format, find_format
from kg.model import IRI

READY, CHUNK, ERROR, DONE = b"R", b"C", b"E", b"D"
HEADER = struct.Struct(">cI")


class Request(NamedTuple):
    """A question, or the wish for a dump where `question` is None, of one database."""

    database: Path
    deadline: float
    file_format: Format
    question: Question | None = None


def to_line(request: Request) -> bytes:
    """Serialise a request."""
    members: dict[str, Any] = {
        "database": str(request.database),
        "deadline": request.deadline,
        "format": request.file_format.name,
    }
    if request.question:
        members["question"] = {k: v for k, v in asdict(request.question).items() if k != "format"}
    return json.dumps(members).encode() + b"\n"


def from_line(line: bytes) -> Request:
    """Parse a request."""
    members = json.loads(line)
    file_format = find_format(members["format"])
    question = members.get("question")
    if question:
        for name in ("default_graphs", "named_graphs"):
            question[name] = None if question[name] is None else tuple(map(IRI, question[name]))
        question = Question(format=file_format, **question)
    return Request(Path(members["database"]), members["deadline"], file_format, question)


def write_frame(pipe: IO[bytes], kind: bytes, payload: bytes = b"") -> None:
    """Write one frame."""
    pipe.write(HEADER.pack(kind, len(payload)) + payload)
    pipe.flush()


def to_payload(error: Error) -> bytes:
    """Serialise an error, to be raised again on the other side."""
    members = {
        "class": type(error).__name__,
        "message": error.message,
        "remedy": error.remedy,
        "details": error.details,
    }
    return json.dumps(members, default=str).encode()


def from_payload(payload: bytes) -> Error:
    """Parse an error."""
    members = json.loads(payload)
    kind: type[Error] = getattr(errors, members["class"])
    return kind(members["message"], remedy=members["remedy"], **members["details"])
