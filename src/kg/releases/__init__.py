"""Releases: published datasets that never change, staged apart and switched in one step."""

from kg.releases.diff import GraphDiff, compare_releases
from kg.releases.purge import drop_mentions, remove_document
from kg.releases.release import DocumentInfo, GraphInfo, Release, Tombstone, read_release
from kg.releases.staging import Fields, Staging
from kg.releases.store import Releases, open_store

__all__ = [
    "DocumentInfo",
    "Fields",
    "GraphDiff",
    "GraphInfo",
    "Release",
    "Releases",
    "Staging",
    "Tombstone",
    "compare_releases",
    "drop_mentions",
    "open_store",
    "read_release",
    "remove_document",
]
