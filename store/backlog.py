"""The queue against the library: which additions are no link yet, and the commits that make them one.

A queued address that is a link already is none of them: it is a refresh that waits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from store import commit, frontmatter, layout
from store.commit import Commit
from store.link import Queued, Row
from store.rows import as_pending, as_queued

if TYPE_CHECKING:
    from store.catalogue import Catalogue
    from store.state import State

MOST_AT_ONCE = 100  # links in one transaction
Read = Callable[[str], bytes | None]
Write = Callable[[Callable[[Read], list[Commit]]], Sequence[str]]


class Backlog:
    """The additions of one library that are no link yet. The catalogue is taken as it is: whoever asks catches up."""

    def __init__(self, state: State, catalogue: Catalogue) -> None:
        self._state = state
        self._catalogue = catalogue

    def rows(self, entries: Iterable[Queued]) -> Iterator[Row]:
        """Those whose address is no link yet, with the id that theirs will have."""
        for entry in entries:
            if self._catalogue.find_url(entry.url) is None:
                yield as_queued(entry, self.id_for(entry.url, entry, self.is_link))

    def row(self, id_: str) -> Row | None:
        """The one of them with this id."""
        likely = self._state.queued_id(id_)
        row = next(self.rows([likely] if likely else []), None)
        if row is not None and row.id == id_:
            return row
        return next((row for row in self.rows(self._state.queued()) if row.id == id_), None)

    def is_link(self, id_: str) -> bool:
        """A link has this id."""
        return self._catalogue.path_of(id_) is not None

    def id_for(self, url: str, entry: Queued | None, taken: Callable[[str], bool]) -> str:
        """The id for a link to be made: the one its entry was shown with, while no other link has taken that.

        Else a new one, which no addition of another address has either.
        """
        if entry is not None and not taken(entry.id):
            return entry.id
        return layout.link_id(url, lambda id_: taken(id_) or self._holds(id_, url))

    def _holds(self, id_: str, url: str) -> bool:
        entry = self._state.queued_id(id_)
        return entry is not None and entry.url != url

    # --- committing -------------------------------------------------------------------------------------------------

    def commit(self, rows: Sequence[Row], group: str | None, write: Write) -> tuple[list[str], list[str]]:
        """Make pending links of these and take them off the queue: the commits, and the ids of the links.

        `write` carries out a plan, as commits; it may ask for the plan again.
        """
        commits: list[str] = []
        ids: list[str] = []
        for start in range(0, len(rows), MOST_AT_ONCE):
            made: dict[str, Queued] = {}
            commits += write(partial(self._plan, rows[start : start + MOST_AT_ONCE], group, made))
            for entry in made.values():
                self._state.dequeue(entry)
            ids += made
        return commits, ids

    def _plan(self, rows: Sequence[Row], group: str | None, made: dict[str, Queued], read: Read) -> list[Commit]:
        made.clear()
        commits: list[Commit] = []
        for row in rows:
            entry = self._state.queued_url(row.url)  # again, under the lock: it may be settled, given up, tagged since
            link = next(map(as_pending, self.rows([entry] if entry else [])), None)
            if entry is None or link is None:
                continue
            path = layout.page_path(link.url, link.id)
            if read(path) is not None:  # put there by hand: taken over now, and the link
                continue
            made[link.id] = entry
            subject = commit.titled("add", link.title)
            commits.append(Commit(subject, "add", (link.id,), {path: frontmatter.dumps(link)}, group))
        return commits
