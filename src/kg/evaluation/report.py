"""An evaluation as a table for people and as JSON for programs."""

import json
from collections.abc import Iterator

from kg.evaluation.pairing import Evaluation
from kg.evaluation.scoring import Measures


def to_json(evaluation: Evaluation) -> str:
    """Give an evaluation as one JSON object."""
    return json.dumps(
        {
            "documents": evaluation.documents,
            "micro": evaluation.micro,
            "missing": list(evaluation.missing),
            "extra": list(evaluation.extra),
        },
        ensure_ascii=False,
        indent=1,
    )


def to_table(evaluation: Evaluation) -> str:
    """Give an evaluation as a text table: each document, then all of them together."""
    lines = [f"# nothing was found for {name}: counted as empty" for name in evaluation.missing]
    lines += [f"# {name} has no annotation: left out" for name in evaluation.extra]
    for name, measures in evaluation.documents.items():
        lines += [name, *_to_lines(measures)]
    lines += [f"ALL {len(evaluation.documents)} documents", *_to_lines(evaluation.micro)]
    return "\n".join(lines)


def _to_lines(measures: Measures, indent: str = "  ") -> Iterator[str]:
    for name, found in measures.items():
        label = f"{indent}{name:<{28 - len(indent)}}"
        if "tp" in found:
            rates = f"P {found['precision']:.3f}  R {found['recall']:.3f}  F1 {found['f1']:.3f}"
            yield f"{label}{rates}   ({found['tp']} right, {found['fp']} wrong, {found['fn']} missed)"
        elif "n" in found:
            accuracy = "-    " if found["accuracy"] is None else f"{found['accuracy']:.3f}"
            yield f"{label}accuracy {accuracy}   ({found['correct']} of {found['n']})"
        else:
            yield f"{indent}{name.replace('_', ' ')}"
            yield from _to_lines(found, indent + "  ")
