"""Two texts that were made from one, joined: by paragraphs, words, and Chinese character by character (pure)."""

from store.textmerge.paragraphs import Clash, Merged, merge_text

__all__ = ["Clash", "Merged", "merge_text"]
