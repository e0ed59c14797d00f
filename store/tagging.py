"""Tags moved about in the whole library, the trash included: a plan beforehand, then one commit.

The plan looks at what the catalogue and the queue have, without a lock. It is made again when it is carried out, under
the lock, of what HEAD has then.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import commit, retagging
from store.changing import Change, Changing, Pace, new_group
from store.errors import DamagedDocument, NoSuchLink, UnknownTag
from store.library import Library
from store.retagging import Plan, Retagging

if TYPE_CHECKING:
    from store.commit import Commit
    from store.link import Link, Row
    from store.writing.view import View


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan for a library; `trashed`: how many of its links are in the trash, where `tag list` does not count them."""

    plan: Plan
    trashed: int


@dataclass(frozen=True, slots=True)
class Retagged:
    """What was done. `left`: files that cannot be read any more since they were committed; they stay as they are."""

    planned: Planned
    change: Change
    left: tuple[DamagedDocument, ...]


def plan(library: Library, wanted: Retagging) -> Planned:
    """What would become of every link. UnknownTag, BadTag."""
    queued = library.queued()
    return _planned(wanted, [*library.catalogue.select(), *queued])


def carry_out(library: Library, wanted: Retagging, pace: Pace | None = None) -> Retagged:
    """Do it, as one commit. UnknownTag, BadTag, Cancelled (then nothing has happened), LibraryError."""
    try:
        before = plan(library, wanted)
    except UnknownTag:
        if not library.adopt_edits():  # it may stand in an edit by hand alone
            raise
        before = plan(library, wanted)
    carrying = _CarryingOut(library, wanted, pace or Pace(), library.catalogue.standing, before)
    written = library.write(carrying.commits, "tag", tuple(before.plan.tags))
    changed = carrying.changing.changed
    ids = tuple(link.id for link in changed)
    return Retagged(carrying.planned, Change(written.commits, ids, carrying.group), tuple(carrying.left))


class _CarryingOut:
    """The plan of the transaction, which may be asked for it again."""

    def __init__(
        self, library: Library, wanted: Retagging, pace: Pace, standing: tuple[str | None, str], before: Planned
    ) -> None:
        self.planned = before
        self.group: str | None = None
        self.left: list[DamagedDocument] = []
        self._library, self._wanted = library, wanted
        self._standing = standing
        self._a_group = new_group()
        retagged = retagging.after(wanted)
        self.changing = Changing(
            "tag", lambda link: link.with_(tags=retagged(link.tags)), self._subject, self._read, pace
        )

    def commits(self, view: View) -> Sequence[Commit]:
        self.left.clear()
        catalogue = self._library.catalogue
        if catalogue.standing != self._standing:  # HEAD has moved since, or the queue was committed
            self.planned, self._standing = _planned(self._wanted, catalogue.select()), catalogue.standing
        rows = catalogue.rows(tuple(self.planned.plan.tags))
        self.group = self._a_group if len(rows) > 1 else None
        return self.changing.commits(view, {id_: row.path for id_, row in rows.items()}, self.group)

    def _read(self, view: View, id_: str, path: str) -> tuple[str, Link] | None:
        try:
            return self._library.read_link(view, id_, path)
        except NoSuchLink:  # its file was removed by hand
            return None
        except DamagedDocument as error:  # it was changed by hand, and cannot be written
            self.left.append(error)
            return None

    def _subject(self, links: Sequence[Link]) -> str:
        return commit.counted(f"tag: {self._wanted}", len(links))


def _planned(wanted: Retagging, rows: Iterator[Row] | Sequence[Row]) -> Planned:
    tagged = [row for row in rows if row.tags and row.damaged is None]
    made = retagging.plan(wanted, ((row.id, row.tags) for row in tagged))
    return Planned(made, sum(row.trashed is not None and row.id in made.tags for row in tagged))
