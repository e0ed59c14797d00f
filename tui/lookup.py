"""Finds the links of a view: all links are kept in memory in one order, and looked through in the desk's threads.

What is found for a view that the user has left is dropped. No screen here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Event, Lock
from typing import TYPE_CHECKING

from store.finding.query import Query, parse
from store.library import Library
from store.listing import Listing
from tui.desk import Desk
from tui.filtering import View
from tui.navigation import VIEWS, name_of

if TYPE_CHECKING:
    from store.syncing.instep import Apart


@dataclass(frozen=True, slots=True)
class Totals:
    """What the sidebar counts: links by the query of their view, and by tag. `apart`: how far the remote is behind."""

    views: dict[str, int] = field(default_factory=dict)
    tags: tuple[tuple[str, int], ...] = ()
    apart: Apart | None = None

    @property
    def all(self) -> int:
        """Links that are not in the trash."""
        return self.views.get("", 0)


class Lookup:
    """The links of a library, as a screen asks for them."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._listing: Listing | None = None
        self._given_up = Event()
        self._one_at_a_time = Lock()

    @property
    def ready(self) -> bool:
        """Everything is in memory."""
        return self._listing is not None

    async def load(self, view: View) -> None:
        """Bring the catalogue up to date, and everything into memory in the order of a view. Raises Trouble."""
        self._listing = await self._desk.look(lambda library: _loaded(library, self._listing, view))

    async def find(self, view: View) -> Sequence[str] | None:
        """The ids of a view in its order; None when somebody asked for another one meanwhile. BadQuery, Trouble."""
        listing, wanted = self._listing, view.wanted()
        if listing is None:
            return None
        self._given_up.set()
        given_up = self._given_up = Event()
        ids = await self._desk.look(lambda _: self._find(listing, wanted, given_up))
        return ids[::-1] if ids is not None and view.reverse else ids

    def _find(self, listing: Listing, wanted: Query, given_up: Event) -> list[str] | None:
        with self._one_at_a_time:  # a listing is no thing for two threads; who is given up is soon out
            return listing.find(wanted, given_up.is_set)

    async def count(self) -> Totals:
        """What the sidebar counts. Raises Trouble."""
        listing = self._listing
        return Totals() if listing is None else await self._desk.look(lambda library: self._counted(library, listing))

    def _counted(self, library: Library, listing: Listing) -> Totals:
        from store.syncing.instep import apart  # after the first picture

        with self._one_at_a_time:
            counts = {query: listing.count(parse(query)) for query in VIEWS.values()}
        return Totals(counts, tuple(library.catalogue.tag_counts()), apart(library))


def _loaded(library: Library, before: Listing | None, view: View) -> Listing:
    library.catch_up()
    if before is not None and before.sort == view.sort:
        return before.refreshed(library, library.queued())
    return Listing.load(library, view.sort, library.queued())


def why_empty(view: View, totals: Totals) -> str:
    """What to say where no link stands, and what to press."""
    if view.typed:
        return "No link matches the filter.\n\nesc clears it."
    trashed = totals.views.get(VIEWS["Trash"], 0)
    if not totals.all and trashed and not view.query:
        return f"All links are in the trash ({trashed:,}).\n\n1 chooses the view, there d puts them back."
    if not totals.all and not trashed:
        return (
            "Your library is empty.\n\n"
            "Press a and type an address, or paste one here.\n"
            "? shows every key."
        )  # fmt: skip
    return f"Nothing in {name_of(view.query)}.\n\nesc shows all links.   1 chooses another view."
