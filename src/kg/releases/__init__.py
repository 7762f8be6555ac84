"""Releases: published datasets that never change, staged apart and switched in one step."""

from kg.releases.release import DocumentInfo, GraphInfo, Release, Tombstone, read_release
from kg.releases.staging import Fields, Staging
from kg.releases.store import Releases, open_store

__all__ = [
    "DocumentInfo",
    "Fields",
    "GraphInfo",
    "Release",
    "Releases",
    "Staging",
    "Tombstone",
    "open_store",
    "read_release",
]
