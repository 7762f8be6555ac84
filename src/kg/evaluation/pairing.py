"""Predicted annotations against gold ones, document by document and all together."""

from dataclasses import dataclass

from kg.evaluation.facts import Facts
from kg.evaluation.scoring import Measures, add, finish, score


@dataclass(frozen=True, slots=True)
class Evaluation:
    """Measures of each annotated document, by the name of its annotation, and of all together.

    `missing` are annotations for which nothing was found; `extra` slugs of documents without annotation.
    """

    documents: dict[str, Measures]
    micro: Measures
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def score_all(golds: dict[str, Facts], predictions: dict[str, Facts], texts: dict[str, str]) -> Evaluation:
    """Score predicted annotations against gold ones.

    They pair by `document.file`; where a file has several, by title and then in their order.

    Args:
        golds: Gold annotations by name.
        predictions: What was found, by slug.
        texts: The text of each file.
    """
    pairs, left = _pair(golds, predictions)
    counts = {
        name: score(gold, pairs.get(name, {}), texts.get(gold["document"]["file"], ""))
        for name, gold in golds.items()
    }
    total: Measures = {}
    for found in counts.values():
        total = add(total, found)
    return Evaluation(
        {name: finish(found) for name, found in counts.items()},
        finish(total),
        tuple(name for name in golds if name not in pairs),
        tuple(left),
    )


def _pair(
    golds: dict[str, Facts], predictions: dict[str, Facts]
) -> tuple[dict[str, Facts], dict[str, Facts]]:
    """Pair annotations with predictions, and give those left over; whoever agrees in title chooses first."""
    pairs: dict[str, Facts] = {}
    left = dict(predictions)
    for agree in (_agree_in_title, _agree_in_file):
        for name, gold in golds.items():
            slug = next((slug for slug, found in left.items() if agree(gold, found)), None)
            if name not in pairs and slug is not None:
                pairs[name] = left.pop(slug)
    return pairs, left


def _agree_in_file(gold: Facts, predicted: Facts) -> bool:
    return bool(gold["document"]["file"] == predicted["document"]["file"])


def _agree_in_title(gold: Facts, predicted: Facts) -> bool:
    titles = {gold["document"].get("title"), predicted["document"].get("title")}
    return _agree_in_file(gold, predicted) and len(titles) == 1
