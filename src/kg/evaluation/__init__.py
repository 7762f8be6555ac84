"""How well documents are read: their facts, read back from the graph and scored against annotations."""

from kg.evaluation.asking import Select, ask_quads
from kg.evaluation.evaluating import evaluate
from kg.evaluation.facts import Facts, name_files, read_facts
from kg.evaluation.pairing import Evaluation, score_all
from kg.evaluation.report import to_json, to_table

__all__ = [
    "Evaluation",
    "Facts",
    "Select",
    "ask_quads",
    "evaluate",
    "name_files",
    "read_facts",
    "score_all",
    "to_json",
    "to_table",
]
