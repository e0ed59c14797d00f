"""Three-way merge of one link, for undo, for sync, and for edits that began before what stands now (pure; RULES 5)."""

from store.merge.documents import Merged, kept_edit, later_edit, merge_documents
from store.merge.links import BY_RULES, TAKING_BACK, Joined, Rules, Told, merge_links
from store.merge.telling import told_lines

__all__ = [
    "BY_RULES", "TAKING_BACK", "Joined", "Merged", "Rules", "Told", "kept_edit", "later_edit", "merge_documents",
    "merge_links", "told_lines",
]  # fmt: skip
