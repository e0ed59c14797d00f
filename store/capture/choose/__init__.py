"""Which blocks of a page are its article: cut, counted, judged by a small model, mended, and the rest pruned away."""

from store.capture.choose.blocks import Page, cut
from store.capture.choose.choice import Choice, choose

__all__ = ["Choice", "Page", "choose", "cut"]
