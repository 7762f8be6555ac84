"""How well a predicted annotation agrees with a gold one.

Measures are nested: a name leads to counts or to further measures. Counts can be summed over documents;
`finish` then adds the rates.
"""

from collections.abc import Callable, Iterable
from typing import Any

from kg.evaluation.matching import (
    THRESHOLD,
    Annotation,
    Names,
    find_overlap,
    find_pairs,
    is_same_actor,
    is_same_party,
    list_rows,
    list_strings,
    to_tokens,
    token_f1,
)

Measures = dict[str, Any]
Pairs = list[tuple[int, int]]
_FIGURE_ATTRIBUTES = ("qualifier", "unit", "measure", "source", "start", "end")
_NEAR = 1e-9  # of the gold value


def score(gold: Annotation, predicted: Annotation, text: str) -> Measures:
    """Count what matches between two annotations of one document.

    Args:
        gold: What should be found.
        predicted: What was found.
        text: The document's text, in which spans are compared.
    """
    names = Names(gold), Names(predicted)
    return {
        "actors": _score_actors(*names),
        **_score_statements(gold, predicted, *names),
        **_score_figures(gold, predicted, *names, text),
        "policies": _score_policies(gold, predicted),
        "deadlines": _score_deadlines(gold, predicted),
        **_score_principles(gold, predicted, *names),
    }


def add(one: Measures, other: Measures) -> Measures:
    """Sum counts; an empty side adds nothing."""
    if not one:
        return other
    return {k: add(one[k], v) if isinstance(v, dict) else one[k] + v for k, v in other.items()}


def finish(measures: Measures) -> Measures:
    """Add precision, recall and F1, or accuracy, to counts.

    Where there is nothing on either side precision, recall and F1 are 1 and an accuracy is None.
    """
    if "tp" in measures:
        tp, fp, fn = measures["tp"], measures["fp"], measures["fn"]
        if not (tp or fp or fn):
            return {**measures, "precision": 1.0, "recall": 1.0, "f1": 1.0}
        rates = {"precision": (tp, tp + fp), "recall": (tp, tp + fn), "f1": (2 * tp, 2 * tp + fp + fn)}
        return {**measures, **{name: _divide(*parts) or 0.0 for name, parts in rates.items()}}
    if "n" in measures:
        return {**measures, "accuracy": _divide(measures["correct"], measures["n"])}
    return {name: finish(inner) for name, inner in measures.items()}


def _divide(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None


def _count(golds: int, predictions: int, matches: int) -> Measures:
    return {"tp": matches, "fp": predictions - matches, "fn": golds - matches}


def _check(flags: Iterable[bool]) -> Measures:
    checked = list(flags)
    return {"correct": sum(checked), "n": len(checked)}


def _score_actors(golds: Names, predictions: Names) -> Measures:
    def weigh(g: int, p: int) -> float | None:
        return len(golds.forms[g] & predictions.forms[p]) or None

    sizes = len(golds.forms), len(predictions.forms)
    return _count(*sizes, len(find_pairs(*sizes, weigh)))


def _score_statements(gold: Annotation, predicted: Annotation, golds: Names, predictions: Names) -> Measures:
    ones, others = list_rows(gold, "statements"), list_rows(predicted, "statements")
    sizes = len(ones), len(others)
    said, found = ([to_tokens(" ".join(list_strings(s, "content"))) for s in side] for side in (ones, others))

    def weigh_content(g: int, p: int) -> float | None:
        return _reach(token_f1(said[g], found[p]))

    def weigh(g: int, p: int) -> float | None:
        same = is_same_party(golds, predictions, ones[g].get("speaker"), others[p].get("speaker"))
        return weigh_content(g, p) if same else None

    matched = find_pairs(*sizes, weigh)
    pairs = [(ones[g], others[p]) for g, p in matched]
    return {
        "statements": _count(*sizes, len(matched)),
        "statements_any_speaker": _count(*sizes, len(find_pairs(*sizes, weigh_content))),
        "statement_attributes": _score_attributes(pairs, golds, predictions),
    }


def _reach(weight: float) -> float | None:
    return weight if weight >= THRESHOLD else None


def _score_attributes(
    pairs: list[tuple[Annotation, Annotation]], golds: Names, predictions: Names
) -> Measures:
    def is_same(one: str, other: str) -> bool:
        return is_same_actor(golds, predictions, one, other)

    return {
        "kind": _check(g.get("kind") == p.get("kind") for g, p in pairs),
        "act": _check(g.get("act") == p.get("act") for g, p in pairs),
        "addressees": _score_lists(pairs, "addressees", is_same),
        "cites": _score_lists(pairs, "cites", is_same),
        "principles": _score_lists(pairs, "principles", str.__eq__),
    }


def _score_lists(
    pairs: list[tuple[Annotation, Annotation]], key: str, is_same: Callable[[str, str], bool]
) -> Measures:
    total = _count(0, 0, 0)
    for pair in pairs:
        ones, others = (list(dict.fromkeys(list_strings(side, key))) for side in pair)

        def weigh(g: int, p: int, ones: list[str] = ones, others: list[str] = others) -> float | None:
            return 1.0 if is_same(ones[g], others[p]) else None

        sizes = len(ones), len(others)
        total = add(total, _count(*sizes, len(find_pairs(*sizes, weigh))))
    return total


def _score_figures(
    gold: Annotation, predicted: Annotation, golds: Names, predictions: Names, text: str
) -> Measures:
    ones, others = list_rows(gold, "figures"), list_rows(predicted, "figures")
    sizes = len(ones), len(others)
    matched = find_pairs(*sizes, lambda g, p: _weigh_figure(ones[g], others[p], text))

    def agrees(key: str, one: Annotation, other: Annotation) -> bool:
        if key == "source":
            return is_same_actor(golds, predictions, one.get(key), other.get(key))
        return bool(one.get(key) == other.get(key))

    return {
        "figures": _count(*sizes, len(matched)),
        "figure_attributes": {
            key: _check(agrees(key, ones[g], others[p]) for g, p in matched) for key in _FIGURE_ATTRIBUTES
        },
    }


def _weigh_figure(one: Annotation, other: Annotation, text: str) -> float | None:
    """Weigh two figures of equal value by how far their spans overlap, or else their words."""
    if not _has_same_value(one.get("value"), other.get("value")):
        return None
    words, others = one.get("text"), other.get("text")
    if not isinstance(words, str) or not isinstance(others, str):
        return 0.0
    overlap = find_overlap(text, words, others)
    if overlap is None:
        overlap = token_f1(to_tokens(words), to_tokens(others))
    return overlap or None


def _has_same_value(gold: object, prediction: object) -> bool:
    """Tell whether two numbers are equal but for rounding; a truth value is no number."""
    if isinstance(gold, bool) or isinstance(prediction, bool):
        return False
    if not isinstance(gold, int | float) or not isinstance(prediction, int | float):
        return False
    return abs(gold - prediction) <= _NEAR * max(1, abs(gold))


def _score_policies(gold: Annotation, predicted: Annotation) -> Measures:
    ones, others = (
        [to_tokens(p.get("name")) for p in list_rows(side, "policies")] for side in (gold, predicted)
    )
    sizes = len(ones), len(others)
    return _count(*sizes, len(find_pairs(*sizes, lambda g, p: _reach(token_f1(ones[g], others[p])))))


def _score_deadlines(gold: Annotation, predicted: Annotation) -> Measures:
    ones, others = (
        [d.get("date") for policy in list_rows(side, "policies") for d in list_rows(policy, "deadlines")]
        for side in (gold, predicted)
    )

    def weigh(g: int, p: int) -> float | None:
        return 1.0 + (ones[g] == others[p]) if _is_same_date(ones[g], others[p]) else None

    sizes = len(ones), len(others)
    return _count(*sizes, len(find_pairs(*sizes, weigh)))


def _is_same_date(gold: object, prediction: object) -> bool:
    """Tell whether dates are equal; a gold day whose year is not known equals that of any year."""
    if not isinstance(gold, str) or not isinstance(prediction, str):
        return False
    of_any_year = (
        gold.startswith("--") and len(prediction) == len("YYYY-MM-DD") and prediction[4:] == gold[1:]
    )
    return gold == prediction or of_any_year


def _score_principles(gold: Annotation, predicted: Annotation, golds: Names, predictions: Names) -> Measures:
    ones, others = list_rows(gold, "principles"), list_rows(predicted, "principles")
    sizes = len(ones), len(others)

    def has_relation(g: int, p: int) -> bool:
        return bool(ones[g].get("relation") == others[p].get("relation"))

    def has_bearer(g: int, p: int) -> bool:
        return is_same_actor(golds, predictions, ones[g].get("bearer"), others[p].get("bearer"))

    def weigh(g: int, p: int) -> float | None:
        if ones[g].get("id") != others[p].get("id"):
            return None
        by = is_same_party(golds, predictions, ones[g].get("asserted_by"), others[p].get("asserted_by"))
        return 1 + has_relation(g, p) + has_bearer(g, p) + by / 2

    matched = find_pairs(*sizes, weigh)
    return {
        "principles": _count(*sizes, len(matched)),
        "principle_attributes": {
            "relation": _check(has_relation(g, p) for g, p in matched),
            "bearer": _check(has_bearer(g, p) for g, p in matched),
            "relation_and_bearer": _check(has_relation(g, p) and has_bearer(g, p) for g, p in matched),
        },
    }
