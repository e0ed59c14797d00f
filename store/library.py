"""The facade: open or make a library, look at links, edit, tag and trash them.

Reading takes no lock and starts no git while HEAD has not moved. Every change is one plan given to the transaction.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Self

from store import address, commit, editing, files, frontmatter, standing
from store.admission import opening
from store.backlog import Backlog
from store.catalogue import Catalogue
from store.changing import Change as Change
from store.changing import Changing, Pace, Subject, titled
from store.changing import new_group as new_group
from store.errors import (
    AddressError,
    AlreadyTaken,
    DamagedDocument,
    NoOriginal,
    NoSuchLink,
    NotTrashed,
    PagelogError,
    SeveralLinks,
    unpack,
)
from store.learnt import NOTHING
from store.link import Link, Row, timestamp
from store.originals import Original, Originals
from store.progress import Report, silent
from store.repo import places as places_of
from store.rows import as_pending
from store.state import State
from store.writing import adoption

if TYPE_CHECKING:  # git and the transaction are loaded when they are needed: `list` needs neither
    from store.admission.trust import Trust
    from store.repo.run import Git
    from store.writing.transaction import Plan, Writer, Written
    from store.writing.view import View

Clock = Callable[[], datetime]
ORIGINALS_BUDGET = 10**9
_SHORTEST_ID = 4


class Library:
    """One library on disk. Use it in `with`."""

    def __init__(
        self, places: places_of.Places, clock: Clock, originals: int | None, report: Report, patience: float
    ) -> None:
        self.path = Path(places.top)
        self.places = places
        self.clock = clock
        self.catalogue = Catalogue.open(os.path.join(places.own, "catalogue.sqlite3"))
        self.state = State.open(os.path.join(places.own, "state.sqlite3"))
        self.backlog = Backlog(self.state, self.catalogue)
        self.originals = Originals(Path(places.own, "originals"), originals)
        self.keeper = adoption.Keeper(places, self.catalogue, self.state, report)
        self._report = report
        self._patience = patience

    @classmethod
    def open(
        cls,
        path: Path,
        *,
        make: bool = False,
        clock: Clock = lambda: datetime.now(UTC),
        originals: int | None = ORIGINALS_BUDGET,
        report: Report = silent,
        patience: float = 20.0,
        trust: Trust | None = None,
    ) -> Self:
        """The library at `path`; with `make`, a missing or empty folder becomes one.

        `originals` is a budget in bytes, None keeps none. `trust` tells libraries made here from others; None: every
        one is used as it is, for callers who made it themselves. Raises LibraryError.
        """
        return cls(opening.find_or_make(path, make=make, trust=trust), clock, originals, report, patience)

    @cached_property
    def git(self) -> Git:
        """git in this library."""
        from store.repo.run import Git

        return Git(self.places)

    @cached_property
    def _writer(self) -> Writer:
        from store.writing.transaction import Writer

        return Writer(self.git, self.keeper, now=lambda: max(0, int(self.clock().timestamp())), patience=self._patience)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the databases."""
        self.catalogue.close()
        self.state.close()

    # --- looking ----------------------------------------------------------------------------------------------------

    def catch_up(self) -> None:
        """See what moved HEAD since the catalogue was written, whoever did it."""
        head, boundary = places_of.head_commit(self.places), places_of.boundary(self.places)
        if head is not None and not self.catalogue.stands_for(head, boundary):
            from store.repo.objects import Objects

            with Objects(self.git) as objects:
                self.catalogue.catch_up(head, lambda: objects, self._report, boundary)

    def queued(self) -> list[Row]:
        """What is queued and no link yet, in the order of the queue."""
        entries = self.state.queued()  # first the queue, then HEAD: what leaves the one is in the other
        self.catch_up()
        return list(self.backlog.rows(entries))

    def find(self, text: str) -> Row:
        """The link somebody means: a URL, or at least 4 hex digits beginning one id. NoSuchLink, SeveralLinks."""
        words = text.strip()
        if len(words) >= _SHORTEST_ID and set(words.lower()) <= set("0123456789abcdef"):
            queued = [row.id for row in self.queued() if row.id.startswith(words.lower())]
            ids = [*self.catalogue.ids_beginning(words.lower()), *queued]
            if len(ids) > 1:
                raise SeveralLinks(words, " ".join(ids))
            if ids:
                return self.row(ids[0])
            raise NoSuchLink(words)
        try:
            row = self.find_url(address.normalise(words))
        except AddressError:
            raise NoSuchLink(words) from None
        if row is None:
            raise NoSuchLink(words)
        return row

    def find_url(self, url: str) -> Row | None:
        """The link with this normalised URL, a queued one too; of several the one added first."""
        entry = self.state.queued_url(url)
        self.catch_up()
        row = self.catalogue.find_url(url) or next(self.backlog.rows([entry] if entry else []), None)
        return None if row is None else self.dressed(row)

    def row(self, id_: str) -> Row:
        """The link with this whole id, a queued one too. NoSuchLink."""
        row = self.catalogue.row(id_) or self.backlog.row(id_) or self.catalogue.row(id_)  # left the queue just now
        if row is None:
            raise NoSuchLink(id_)
        return self.dressed(row)

    def rows(self, ids: Sequence[str]) -> list[Row]:
        """These links, queued ones too, as they are to be shown; what is gone is left out, no order is kept."""
        found = self.catalogue.rows(ids)
        entries = [entry for id_ in ids if id_ not in found and (entry := self.state.queued_id(id_)) is not None]
        return list(self.dress([*found.values(), *self.backlog.rows(entries)]))

    def dressed(self, row: Row) -> Row:
        """A row of the catalogue with what is not committed: an edit of its file, and the untracked facts."""
        return next(self.dress([row]), row)

    def dress(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Rows as they are to be shown; those whose file was removed by hand are left out."""
        broken, changed, held = self.state.broken_ids(), self.state.changed_ids(), self.held_ids()
        marked = broken | changed | held
        looked: standing.Looked = []
        try:
            for row in rows:
                shown = row if row.queued else standing.as_on_disk(self.places, self.catalogue, row, looked)
                if shown is not None and row.id in marked:
                    id_ = row.id
                    shown = replace(shown, broken=id_ in broken, changed=id_ in changed, held=id_ in held)
                if shown is not None:
                    yield shown
        finally:
            if looked:
                self.catalogue.remember_stats(looked)

    def held_commit(self, id_: str) -> str | None:
        """The commit of the capture that waits for the user's word."""
        return places_of.ref(self.places, f"refs/pagelog/held/{id_}")

    def held_ids(self) -> frozenset[str]:
        """The links a capture of which waits for the user's word."""
        prefix = "refs/pagelog/held/"
        return frozenset(name.removeprefix(prefix) for name in places_of.refs_below(self.places, prefix))

    def link(self, id_: str) -> Link:
        """The document as the file stands on disk. NoSuchLink, DamagedDocument."""
        row = self.row(id_)
        return frontmatter.loads(self.raw(id_), row.path)

    def raw(self, id_: str) -> bytes:
        """The file's bytes as they stand on disk. NoSuchLink, DamagedDocument."""
        return self.bytes_of(self.row(id_))

    def bytes_of(self, row: Row) -> bytes:
        """The same, of a row at hand; of a queued one what it would be committed as."""
        if row.queued:
            return frontmatter.dumps(as_pending(row))
        path = standing.file_of(self.places, self.catalogue, row)
        try:
            return files.read(self.places.file(path))
        except files.NotRegular:
            raise DamagedDocument(path, "not a file") from None
        except OSError:
            raise NoSuchLink(row.id) from None

    def reason(self, id_: str) -> PagelogError | None:
        """Why the link is pending or broken."""
        packed = self.state.reason(id_)
        return unpack(packed) if packed else None

    def tags(self) -> list[tuple[str, int]]:
        """Every tag with its count, the trash left out."""
        return self.catalogue.tags(row.tags for row in self.queued())

    def opened(self, id_: str) -> None:
        """The link has been read: it is no longer *changed*."""
        if id_ in self.state.changed_ids():
            self.state.set_changed(id_, False)

    def original(self, id_: str) -> Original:
        """The bytes of the last captured page. NoOriginal."""
        found = self.originals.get(id_)
        if found is None:
            raise NoOriginal(id_)
        return found[0]

    def now(self) -> str:
        """This moment, as files carry it."""
        return timestamp(self.clock())

    # --- changing ---------------------------------------------------------------------------------------------------

    def write(self, plan: Plan, own_action: str | None, ids: Collection[str] = ()) -> Written:
        """Carry out a plan; `own_action` is what `undo` will take back (None: nothing).

        `ids`: the links it is about; those that are queued are committed first, as an action of their own.
        """
        if ids:
            self.commit_queued(ids)
        return self._writer.write(plan, own_action, self.now())

    def commit_queued(self, ids: Collection[str] | None = None) -> Change:
        """Commit what is queued, of these links or all of it, as pending links and one action.

        An address that is a link already stays queued: a refresh that waits. Raises LibraryError.
        """
        chosen = set(ids or ())
        waiting = [row for row in self.queued() if ids is None or row.id in chosen]
        group = new_group() if len(waiting) > 1 else None
        commits, made = self.backlog.commit(
            waiting, group, lambda plan: self._writer.write(lambda view: plan(view.read), "add", self.now()).commits
        )
        return Change(tuple(commits), tuple(made), group)

    def write_aside(self, ref: str, made: commit.Commit) -> None:
        """One commit on top of HEAD that only `ref` names."""
        self._writer.write_aside(ref, made)

    def locate(self, view: View, id_: str, path: str | None = None) -> tuple[str, bytes]:
        """Where a link stands inside a plan, and its bytes; edits by hand are taken over. NoSuchLink.

        `path`: where the catalogue has it, if that is known.
        """
        path = path or self.catalogue.path_of(id_)
        if path is None:
            raise NoSuchLink(id_)
        data = view.read(path)
        if data is None:  # removed or moved by hand
            moved = adoption.moved_file(self.places, id_, lambda other: self.catalogue.id_at(other) is not None)
            data, path = (view.read(moved), moved) if moved else (None, path)
        if data is None:
            raise NoSuchLink(id_)
        return path, data

    def read_link(self, view: View, id_: str, path: str | None = None) -> tuple[str, Link]:
        """The same, with the link that it is. NoSuchLink, DamagedDocument."""
        path, data = self.locate(view, id_, path)
        return path, frontmatter.loads(data, path)

    def change(
        self,
        ids: Sequence[str],
        action: commit.Action,
        make: Callable[[Link], Link],
        subject: Subject,
        pace: Pace | None = None,
    ) -> Change:
        """Make every link anew and write those that differ as one commit. NoSuchLink, DamagedDocument, Cancelled."""
        wanted = tuple(dict.fromkeys(ids))
        group = new_group() if len(wanted) > 1 else None
        changing = Changing(action, make, subject, self.read_link, pace or Pace())
        written = self.write(lambda view: changing.commits(view, self.paths_of(wanted), group), action, wanted)
        return Change(written.commits, tuple(link.id for link in changing.changed), group)

    def paths_of(self, ids: Sequence[str]) -> dict[str, str]:
        """Where HEAD has these, by id in their order. NoSuchLink."""
        rows = self.catalogue.rows(ids)
        missing = next((id_ for id_ in ids if id_ not in rows), None)
        if missing is not None:
            raise NoSuchLink(missing)
        return {id_: rows[id_].path for id_ in ids}

    def tag(
        self, ids: Sequence[str], add: Sequence[str] = (), remove: Sequence[str] = (), pace: Pace | None = None
    ) -> Change:
        """Put tags on links and take tags off, as one commit. NoSuchLink, DamagedDocument, Cancelled."""
        words = " ".join([f"+{tag}" for tag in add] + [f"−{tag}" for tag in remove])
        return self.change(
            ids,
            "tag",
            lambda link: editing.retag(link, tuple(add), tuple(remove)),
            lambda links: commit.counted(f"tag: {words}", len(links)),
            pace,
        )

    def edit(
        self,
        id_: str,
        *,
        title: str | None = None,
        url: str | None = None,
        note: str | None = None,
        status: str | None = None,
        starred: bool | None = None,
    ) -> Change:
        """Change what is given; an empty note removes it. BadField, BadURL, AlreadyTaken."""
        address_ = None if url is None else self._free_address(id_, url)

        def make(link: Link) -> Link:
            return editing.amend(link, title=title, url=address_, note=note, status=status, starred=starred)

        return self.change([id_], "edit", make, titled("edit"))

    def trash(self, ids: Sequence[str], pace: Pace | None = None) -> Change:
        """Put links in the trash, as one commit; what was held or learnt of them goes. Cancelled."""
        when = self.now()
        change = self.change(ids, "trash", lambda link: editing.throw_away(link, when), titled("trash"), pace)
        held = self.held_ids()
        with self.state.batch():
            for id_ in change.ids:
                if id_ in held:
                    self.end_hold(id_, dropped=False)
                self.state.set_learnt(id_, NOTHING)
        return change

    def untrash(self, ids: Sequence[str], pace: Pace | None = None) -> Change:
        """Take links out of the trash, as one commit. NotTrashed, Cancelled."""
        for id_ in ids:
            if self.row(id_).trashed is None:
                raise NotTrashed(id_)
        return self.change(ids, "restore", editing.put_back, titled("restore"), pace)

    def adopt_edits(self, *, removed: bool = True) -> tuple[str, ...]:
        """Take over everything edited, moved, added or `removed` by hand, as one commit: the paths (RULES 2)."""
        self.catch_up()
        paths = adoption.edited_paths(self.places, self.catalogue, self.keeper)
        if not removed:
            paths = adoption.still_there(self.places, self.catalogue, self.keeper, paths)
        if paths:
            self.write(lambda view: _look_at(view, paths), None)
        return paths

    def end_hold(self, id_: str, *, dropped: bool) -> None:
        """The held capture of a link goes; a dropped one is remembered and never taken for new again."""
        if id_ in self.held_ids():
            self.git.run("update-ref", "-d", f"refs/pagelog/held/{id_}")
        self.state.end_hold(id_, dropped=dropped)
        self.originals.drop_held(id_)

    def _free_address(self, id_: str, url: str) -> str:
        wanted = address.normalise(url)
        other = self.find_url(wanted)
        if other is not None and other.id != id_:
            raise AlreadyTaken(wanted, other.id)
        return wanted


def _look_at(view: View, paths: Sequence[str]) -> list[commit.Commit]:
    """A plan that changes nothing: what it reads is adopted."""
    view.read_all(paths)
    return []
