"""All links of a library in one order, held in memory, so that a list can be filtered as somebody types.

Rules: what stands in one never changes; a change of the library shows in the next, which `refreshed` makes of it. Words
are not looked for in bodies. Of two files with one id only the one that counts is a link here, and an edit by hand
shows once it is committed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from itertools import compress

from store import gathering
from store.catalogue import Sort
from store.finding.narrowing import implies, narrowing
from store.finding.query import Is, Not, Query, shows_trash
from store.gathering import Gathered
from store.library import Library
from store.link import Row

_A_BLOCK = 2048  # links between two looks at `cancelled`


class Listing:
    """The links of one library, sorted. For use in one thread at a time."""

    def __init__(self, gathered: Gathered) -> None:
        self._gathered = gathered
        self._last: tuple[Query, date, bytes] | None = None

    @classmethod
    def load(cls, library: Library, sort: Sort = "added", extra: Sequence[Row] = ()) -> Listing:
        """All links, those in the trash too. `extra`: links that the catalogue does not have, such as queued ones.

        Raises LibraryError.
        """
        library.catch_up()
        return cls(gathering.with_extra(gathering.read(library, sort), tuple(extra)))

    def refreshed(self, library: Library, extra: Sequence[Row] = ()) -> Listing:
        """The same after a change of the library, with these extra links instead; only what changed is read.

        Raises LibraryError.
        """
        library.catch_up()
        before = self._gathered
        if (before.standing, before.extra) == (library.catalogue.standing, tuple(extra)):
            return Listing(gathering.told_anew(library, before))
        return Listing(gathering.with_extra(gathering.caught_up(library, before), tuple(extra)))

    def __len__(self) -> int:
        return len(self._gathered.rows.ids)

    @property
    def sort(self) -> Sort:
        """Its order."""
        return self._gathered.sort

    def find(self, query: Query, cancelled: Callable[[], bool] = lambda: False) -> list[str] | None:
        """The ids of the links that the query finds, in order; None when it was cancelled.

        Trashed links are there only where the query asks for them.
        """
        found = self._found(query, cancelled)
        return None if found is None else list(compress(self._gathered.rows.ids, found))

    def count(self, query: Query) -> int:
        """How many those are."""
        return (self._found(query, lambda: False) or b"").count(1)

    def _found(self, query: Query, cancelled: Callable[[], bool]) -> bytes | None:
        """A byte for each link, 1 where the query finds it."""
        rows, today = self._gathered.rows, self._gathered.clock().date()
        wanted = narrowing(query, rows, today)
        shown = narrowing(Not(Is("trashed")), rows, today)
        within, found = self._where_to_look(query, today), bytearray()
        for start in range(0, len(self), _A_BLOCK):
            if cancelled():
                return None
            block = slice(start, start + _A_BLOCK)
            some = wanted(block, within[block])
            found += some if shows_trash(query) else shown(block, some)
        self._last = (query, today, bytes(found))
        return self._last[2]

    def _where_to_look(self, query: Query, today: date) -> bytes:
        """All links, or what the last query found, where this is that one with a letter or a word more."""
        if self._last is not None:
            last, day, found = self._last
            if day == today and implies(query, last) and (shows_trash(last) or not shows_trash(query)):
                return found
        return b"\1" * len(self)
