"""A knowledge graph of who said what about forced returns of refugees."""

from importlib.metadata import version

__version__ = version("forced-returns-kg")
