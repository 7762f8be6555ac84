"""The write path: documents to a published release, and withdrawal."""

from kg.build.inputs import Inputs, load_inputs
from kg.build.outcomes import Mapper, Outcome, find_outcomes, map_and_check
from kg.build.quarantine import Quarantine
from kg.build.report import BuildReport
from kg.build.steps import Progress, build, map_text
from kg.build.writer import StoreWriter

__all__ = [
    "BuildReport",
    "Inputs",
    "Mapper",
    "Outcome",
    "Progress",
    "Quarantine",
    "StoreWriter",
    "build",
    "find_outcomes",
    "load_inputs",
    "map_and_check",
    "map_text",
]
