"""How well documents are read: their facts, read back from the graph and scored against annotations."""

from kg.evaluation.asking import Select
from kg.evaluation.evaluating import evaluate
from kg.evaluation.facts import Facts, ask_facts, read_facts
from kg.evaluation.pairing import Evaluation, score_all
from kg.evaluation.report import to_json, to_table

__all__ = [
    "Evaluation",
    "Facts",
    "Select",
    "ask_facts",
    "evaluate",
    "read_facts",
    "score_all",
    "to_json",
    "to_table",
]
