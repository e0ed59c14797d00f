"""Status and star of many links at once, as one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store import commit, editing
from store.library import Change, Library
from store.link import Link, Status


def set_status(library: Library, ids: Sequence[str], status: Status) -> Change:
    """Unread, read or archived. NoSuchLink, DamagedDocument."""
    return _edit(library, ids, lambda link: editing.set_status(link, status), status)


def set_starred(library: Library, ids: Sequence[str], starred: bool) -> Change:
    """Star links, or take the star away. NoSuchLink, DamagedDocument."""
    return _edit(library, ids, lambda link: link.with_(starred=starred), "starred" if starred else "not starred")


def _edit(library: Library, ids: Sequence[str], make: Callable[[Link], Link], what: str) -> Change:
    def subject(links: Sequence[Link]) -> str:
        if len(links) == 1:
            return commit.titled("edit", links[0].title)
        return commit.counted(f"edit: {what}", len(links))

    return library.change(ids, "edit", make, subject)
