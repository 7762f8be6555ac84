"""The exception tree: what can go wrong, with the exit status and HTTP status it leads to.

Error
├── UsageError              2   400   the caller asked for something that cannot be done
│   ├── QuerySyntaxError    2   400   a query that cannot be parsed, with its place
│   ├── FileError           2   400   a file is missing or cannot be read
│   ├── StoreError          2   500   the store is missing, broken, or of another base
│   ├── ShapesError         2   500   ill-formed shapes
│   └── EnginesDisagreeError 2  500   two engines give different answers
├── FindingsError           1   422   data does not conform, or a document was quarantined
│   └── SyntaxFindingError  1   400   data that cannot be parsed, with its place
├── NotFoundError           2   404   no such resource, release or document
│   └── GoneError           2   410   it was withdrawn
├── NotAcceptableError      2   406   no media type the client accepts
├── NothingCheckedError     5   422   validation had nothing to check
├── ForbiddenError          2   403   an operation this server refuses, such as SERVICE
├── DeadlineError           2   503   a query ran longer than its deadline
├── ResourceLimitError      2   503   a query needed more memory or output than allowed
└── BusyError               2   503   too many queries wait
"""

from typing import ClassVar


class Error(Exception):
    """Anything `kg` reports to its user on purpose.

    Args:
        message: One sentence that names the value and the place.
        remedy: What the user can do next, if anything.
        details: Further members for a problem report (RFC 9457, section 3.2).
    """

    exit_status: ClassVar[int] = 2
    http_status: ClassVar[int] = 500
    title: ClassVar[str] = "Error"

    def __init__(self, message: str, *, remedy: str = "", **details: object) -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.details = details

    def __str__(self) -> str:
        return f"{self.message}\n  {self.remedy}" if self.remedy else self.message


class UsageError(Error):
    """The caller asked for something that cannot be done."""

    http_status = 400
    title = "Bad request"


class QuerySyntaxError(UsageError):
    """A query cannot be parsed; `details` hold line and column where they are known."""

    title = "Syntax error"


class FileError(UsageError):
    """A file is missing or cannot be read."""

    title = "Unreadable file"


class StoreError(UsageError):
    """The store is missing, broken, or was built for another base IRI."""

    http_status = 500
    title = "Unusable store"


class ShapesError(UsageError):
    """The shapes graph is ill-formed."""

    http_status = 500
    title = "Ill-formed shapes"


class EnginesDisagreeError(UsageError):
    """Two engines gave different answers to the same question."""

    http_status = 500
    title = "Engines disagree"


class FindingsError(Error):
    """Data does not conform, or a document was quarantined."""

    exit_status = 1
    http_status = 422
    title = "Does not conform"


class SyntaxFindingError(FindingsError):
    """Data cannot be parsed; `details` hold line and column where they are known."""

    http_status = 400
    title = "Syntax error in data"


class NotFoundError(Error):
    """No such resource, release or document."""

    http_status = 404
    title = "Not found"


class GoneError(NotFoundError):
    """The resource was withdrawn."""

    http_status = 410
    title = "Withdrawn"


class NotAcceptableError(Error):
    """None of the media types the client accepts can be produced."""

    http_status = 406
    title = "Not acceptable"


class NothingCheckedError(Error):
    """Validation had nothing to check."""

    exit_status = 5
    http_status = 422
    title = "Nothing was checked"


class ForbiddenError(Error):
    """An operation that this server refuses, such as SERVICE to a host that is not allowed."""

    http_status = 403
    title = "Refused"


class DeadlineError(Error):
    """A query ran longer than its deadline."""

    http_status = 503
    title = "Deadline exceeded"


class ResourceLimitError(Error):
    """A query needed more memory or output than a worker is allowed."""

    http_status = 503
    title = "Resource limit exceeded"


class BusyError(Error):
    """Too many queries are waiting."""

    http_status = 503
    title = "Busy"
