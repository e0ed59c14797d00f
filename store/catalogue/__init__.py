"""Links and versions in SQLite: a cache that stands for one commit."""

from store.catalogue.catalogue import Catalogue, Committed, Problem
from store.catalogue.schema import Sort
from store.catalogue.update import Source

__all__ = ["Catalogue", "Committed", "Problem", "Sort", "Source"]
