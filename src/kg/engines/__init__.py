"""SPARQL engines behind one small interface: worker processes, in process, and remote."""

from kg.engines.local import LocalEngine, load_quads, open_local
from kg.engines.pool import WorkerPool
from kg.engines.question import DEADLINE, Engine, Question
from kg.engines.remote import RemoteEngine
from kg.engines.tokens import Form, check_allowed, find_form, find_tokens, substitute

__all__ = [
    "DEADLINE",
    "Engine",
    "Form",
    "LocalEngine",
    "Question",
    "RemoteEngine",
    "WorkerPool",
    "check_allowed",
    "find_form",
    "find_tokens",
    "load_quads",
    "open_local",
    "substitute",
]
