"""What validation finds: results, and the report that holds them (https://www.w3.org/TR/shacl/#validation-report)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kg.formats import serialize_quads
from kg.formats.table import TURTLE
from kg.model import IRI, Literal, Object, Quad
from kg.validation.rules import CODE_RULES
from kg.vocab import FR, RDF, SH, XSD

_ORDER = {SH.Violation: 0, SH.Warning: 1, SH.Info: 2}
_NAMES = {SH.Violation: "Violation", SH.Warning: "Warning", SH.Info: "Info"}
_REPORT_GRAPH = IRI("urn:x-report:")


@dataclass(frozen=True, slots=True)
class Result:
    """One finding about a focus node.

    `rule` is the readable id of the shape; `graph` the named graph the focus node is described in;
    `details` says what was found where the message alone does not.
    """

    focus: IRI
    path: IRI | None
    value: Object | None
    severity: IRI
    shape: IRI
    rule: str
    component: IRI
    message: str
    graph: IRI | None = None
    details: str = ""

    def to_text(self) -> str:
        """Give the finding in a few readable lines."""
        about = [
            f"{_NAMES.get(self.severity, self.severity)} {self.rule}: {self.message}",
            f"focus node  {self.focus}",
            self.path and f"path        {self.path}",
            self.value is not None and f"value       {_to_readable(self.value)}",
            self.details and f"found       {self.details}",
        ]
        return "\n    ".join(line for line in about if line)


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one validation, violations first.

    `conforms` is true where no result is a violation. The standard lets any result, a warning too, make it
    false; here warnings are about claims of the sources, which may be wrong and are kept, so they are
    reported and do not stop a document.
    """

    results: tuple[Result, ...] = ()

    @classmethod
    def of(cls, results: Iterable[Result]) -> "Report":
        """Make a report of distinct results, in a fixed order."""
        return cls(tuple(sorted(set(results), key=_to_sort_key)))

    @property
    def conforms(self) -> bool:
        """Tell whether there is no violation."""
        return not self.violations

    @property
    def violations(self) -> tuple[Result, ...]:
        """The results that keep a document out of the release."""
        return tuple(r for r in self.results if r.severity == SH.Violation)

    @property
    def warnings(self) -> tuple[Result, ...]:
        """The results that are reported only."""
        return tuple(r for r in self.results if r.severity != SH.Violation)

    def __add__(self, other: "Report") -> "Report":
        return Report.of(self.results + other.results)

    def to_text(self) -> str:
        """Give the report as text: a line that sums up, then every finding."""
        counts = f"{len(self.violations)} violation(s), {len(self.warnings)} warning(s)"
        head = f"{'Conforms' if self.conforms else 'Does not conform'}: {counts}"
        return "\n".join([head, *(r.to_text() for r in self.results)]) + "\n"

    def to_quads(self, graph: IRI = _REPORT_GRAPH) -> list[Quad]:
        """Describe the report as a sh:ValidationReport in the named graph `graph`.

        Its nodes are fragments of `graph`, for there are no blank nodes.
        """
        report = IRI(f"{graph}#report")
        found = [
            Quad(report, RDF.type, SH.ValidationReport, graph),
            Quad(report, SH.conforms, Literal(str(self.conforms).lower(), XSD.boolean), graph),
        ]
        for number, result in enumerate(self.results, 1):
            node = IRI(f"{graph}#result-{number}")
            found.append(Quad(report, SH.result, node, graph))
            found += [Quad(node, name, value, graph) for name, value in _describe_result(result)]
        return found

    def to_turtle(self) -> bytes:
        """Serialise the report in Turtle."""
        return serialize_quads(self.to_quads(), TURTLE)


def make_result(
    rule_id: str,
    focus: IRI,
    *,
    path: IRI | None = None,
    value: Object | None = None,
    graph: IRI | None = None,
    details: str = "",
) -> Result:
    """Make the result of a rule that is checked in code."""
    rule = CODE_RULES[rule_id]
    component = IRI(f"{rule.shape}-component")
    return Result(
        focus, path, value, rule.severity, rule.shape, rule.id, component, rule.message, graph, details
    )


def _describe_result(result: Result) -> Iterator[tuple[IRI, Object]]:
    message = f"{result.message} {result.details}".rstrip()
    members: list[tuple[IRI, Object | None]] = [
        (RDF.type, SH.ValidationResult),
        (SH.focusNode, result.focus),
        (SH.resultPath, result.path),
        (SH.value, result.value),
        (SH.resultSeverity, result.severity),
        (SH.sourceShape, result.shape),
        (SH.sourceConstraintComponent, result.component),
        (SH.resultMessage, Literal(message)),
        (FR.ruleId, Literal(result.rule)),
    ]
    return ((name, value) for name, value in members if value is not None)


def _to_readable(term: Object) -> str:
    return str(term) if isinstance(term, IRI) else repr(term.value)


def _to_sort_key(result: Result) -> tuple[int, str, str, str, str, str]:
    severity = _ORDER.get(result.severity, len(_ORDER))
    return severity, result.rule, result.focus, result.component, repr(result.value), result.details
