"""What each finding of `check` means."""

from __future__ import annotations

MEANINGS = {
    "object-damaged": "git has lost or cannot read an object",
    "commit-lost": "git has lost the commit that main names; `git reflog main` in the library shows those before it",
    "document-lost": "the repository has lost the text of this document",
    "index-damaged": "git's index is missing or damaged; the next command that writes makes it anew",
    "unfinished": "a command died before it was done; the next one that writes puts that right",
    "damaged": "the front matter cannot be read",
    "twin": "another file has this id already and counts",
    "same-url": "another link has this address too",
    "edited-by-hand": "edited, and not committed yet",
    "added-by-hand": "put here by hand, and not committed yet",
    "misnamed": "a link stands in a file whose name is not accepted: rename it to something plain that ends in .md",
    "removed-by-hand": "removed, and not committed yet",
}
