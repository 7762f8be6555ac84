"""The write path: documents to a published release, and withdrawal."""

from kg.build.checking import Job, check_documents
from kg.build.inputs import Inputs, load_inputs
from kg.build.outcomes import Mapper, Outcome, find_outcomes, map_and_check
from kg.build.quarantine import Quarantine
from kg.build.report import BuildReport
from kg.build.steps import Progress, build, map_text
from kg.build.writer import StoreWriter

__all__ = [
    "BuildReport",
    "Inputs",
    "Job",
    "Mapper",
    "Outcome",
    "Progress",
    "Quarantine",
    "StoreWriter",
    "build",
    "check_documents",
    "find_outcomes",
    "load_inputs",
    "map_and_check",
    "map_text",
]
