"""Two versions of a document compared: paragraphs, words, and Chinese character by character (pure)."""

from store.diff.comparison import Change, Comparison, Row
from store.diff.documents import Hunk, compare, hunks, unified

__all__ = ["Change", "Comparison", "Hunk", "Row", "compare", "hunks", "unified"]
