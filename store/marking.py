"""Status and star of many links at once, as one commit."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from store import commit, editing
from store.changing import Pace
from store.library import Change, Library
from store.link import Link, Status


def set_status(library: Library, ids: Sequence[str], status: Status, pace: Pace | None = None) -> Change:
    """Unread, read or archived. NoSuchLink, DamagedDocument, Cancelled."""
    return _edit(library, ids, lambda link: editing.set_status(link, status), status, pace)


def set_starred(library: Library, ids: Sequence[str], starred: bool, pace: Pace | None = None) -> Change:
    """Star links, or take the star away. NoSuchLink, DamagedDocument, Cancelled."""
    what = "starred" if starred else "not starred"
    return _edit(library, ids, lambda link: link.with_(starred=starred), what, pace)


def _edit(library: Library, ids: Sequence[str], make: Callable[[Link], Link], what: str, pace: Pace | None) -> Change:
    def subject(links: Sequence[Link]) -> str:
        if len(links) == 1:
            return commit.titled("edit", links[0].title)
        return commit.counted(f"edit: {what}", len(links))

    return library.change(ids, "edit", make, subject, pace)
