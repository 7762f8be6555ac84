"""Frozen values that every other module speaks in."""

from kg.model.document import Block, Document, OmittedBlock, PartialDate, Period, Span
from kg.model.facts import (
    Actor,
    Deadline,
    Demand,
    Evidence,
    Facts,
    Figure,
    Membership,
    Mention,
    NormPosition,
    Policy,
    Statement,
)
from kg.model.ports import Writer
from kg.model.terms import IRI, Literal, Object, Quad

__all__ = [
    "IRI",
    "Actor",
    "Block",
    "Deadline",
    "Demand",
    "Document",
    "Evidence",
    "Facts",
    "Figure",
    "Literal",
    "Membership",
    "Mention",
    "NormPosition",
    "Object",
    "OmittedBlock",
    "PartialDate",
    "Period",
    "Policy",
    "Quad",
    "Span",
    "Statement",
    "Writer",
]
