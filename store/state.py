"""What is known of links and not tracked: state.sqlite3. It cannot be rebuilt; deleting it costs only comfort.

Last checked, validators, why a link is pending, broken or held, what was dropped, what changed since it was opened,
what flickers on a page, and what the user did here (for undo). Facts are small and typed; errors are kept packed
(`errors.pack`).

The queue is more: the additions whose capture has not settled. What is put on it is durable; taking it off may be lost,
for a capture made twice is one.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import cast

from store import editing, tags
from store.database import Cells, Database, Schema
from store.errors import Fact
from store.learnt import NOTHING, Learnt, packed, unpacked
from store.link import Queued

_QUEUE = (
    """CREATE TABLE queue (number INTEGER PRIMARY KEY AUTOINCREMENT, url TEXT NOT NULL UNIQUE, id TEXT NOT NULL,
        typed TEXT NOT NULL, tags TEXT NOT NULL, note TEXT, added TEXT NOT NULL)""",
    "CREATE INDEX queue_by_id ON queue (id)",
)
_FLICKERING = ("CREATE TABLE flickering (id TEXT NOT NULL PRIMARY KEY, regions TEXT NOT NULL)",)
_SETTLED = (
    """CREATE TABLE settled (name TEXT NOT NULL PRIMARY KEY, id TEXT NOT NULL, day TEXT NOT NULL,
        accepted INTEGER NOT NULL, held TEXT NOT NULL, sha256 TEXT, reason TEXT)""",
    "CREATE TABLE syncs (remote TEXT NOT NULL PRIMARY KEY, day TEXT NOT NULL)",
)
_SCHEMA = Schema(
    version=4,
    statements=(
        """CREATE TABLE links (id TEXT NOT NULL PRIMARY KEY, checked TEXT, etag TEXT, last_modified TEXT, sha256 TEXT,
            reason TEXT, broken INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
            held_sha256 TEXT, held_reason TEXT)""",
        "CREATE INDEX links_broken ON links (id) WHERE broken",
        "CREATE INDEX links_changed ON links (id) WHERE changed",
        "CREATE TABLE dropped (id TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (id, sha256))",
        """CREATE TABLE actions (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, action TEXT NOT NULL,
            day TEXT NOT NULL)""",
        *_QUEUE,
        *_FLICKERING,
        *_SETTLED,
    ),
    upgrades={1: _QUEUE, 2: _FLICKERING, 3: _SETTLED},
)
_QUEUED = "SELECT number, url, id, typed, tags, note, added FROM queue"
Packed = dict[str, Fact]
_A_MOMENT = 0.1  # seconds


@dataclass(frozen=True, slots=True)
class SettledHold:
    """A held capture that was accepted or dropped: what is needed to hold it again. `held`: its commit."""

    id: str
    when: str
    accepted: bool
    held: str
    sha256: str | None
    reason: Packed | None


class State:
    """The untracked facts of one library. `was_damaged`: the file could not be read, and is set aside."""

    def __init__(self, path: str) -> None:
        self.was_damaged = False
        self._depth = 0
        self._database = Database(path, _SCHEMA, self._set_aside)

    @staticmethod
    def open(path: str) -> State:
        """The state at `path`; a missing one is empty, a damaged one is set aside and begun anew."""
        return State(path)

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    def written_by_others(self) -> int | None:
        """A number that is another one whenever another process has written; None when that cannot be told just now."""
        return self._database.version(_A_MOMENT)

    @contextmanager
    def batch(self) -> Iterator[None]:
        """Many facts as one transaction."""
        if self._depth:
            yield
            return
        with self._database.transaction():
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1

    # --- one link ---------------------------------------------------------------------------------------------------

    def checked(self, id_: str, when: str) -> None:
        """The page was asked for at this moment."""
        self._set(id_, checked=when)

    def last_checked(self, id_: str) -> str | None:
        """When the page was last asked for."""
        return cast("str | None", self._get(id_, "checked"))

    def validators(self, id_: str) -> tuple[str | None, str | None, str] | None:
        """ETag, Last-Modified, and the sha256 of the captured body they stand for."""
        rows = self._ask("SELECT etag, last_modified, sha256 FROM links WHERE id = ?", id_)
        if not rows or rows[0][2] is None or rows[0][:2] == (None, None):
            return None
        return cast("tuple[str | None, str | None, str]", rows[0])

    def set_validators(self, id_: str, etag: str | None, last_modified: str | None, sha256: str) -> None:
        """What the last good answer gave to ask again with."""
        self._set(id_, etag=etag, last_modified=last_modified, sha256=sha256)

    def fail(self, id_: str, reason: Packed, *, broken: bool) -> None:
        """Why the last capture failed; `broken` marks a link that was good before."""
        self._set(id_, reason=json.dumps(reason), broken=int(broken))

    def succeed(self, id_: str) -> None:
        """The reason and *broken* end."""
        self._set(id_, reason=None, broken=0)

    def reason(self, id_: str) -> Packed | None:
        """Why the link is pending or broken."""
        return _unpacked(self._get(id_, "reason"))

    def set_changed(self, id_: str, changed: bool) -> None:
        """A refresh changed the body and the link was not opened since."""
        self._set(id_, changed=int(changed))

    def hold(self, id_: str, sha256: str, reason: Packed) -> None:
        """A capture of this body waits for the user's word."""
        self._set(id_, held_sha256=sha256, held_reason=json.dumps(reason))

    def held_sha256(self, id_: str) -> str | None:
        """The body that waits."""
        return cast("str | None", self._get(id_, "held_sha256"))

    def held_reason(self, id_: str) -> Packed | None:
        """Why it waits."""
        return _unpacked(self._get(id_, "held_reason"))

    def end_hold(self, id_: str, *, dropped: bool) -> None:
        """It waits no more; a dropped body is remembered."""
        sha256 = self.held_sha256(id_)
        with self.batch():
            if dropped and sha256 is not None:
                self._write("INSERT OR IGNORE INTO dropped VALUES (?, ?)", id_, sha256)
            self._set(id_, held_sha256=None, held_reason=None)

    def settle_hold(self, name: str, hold: SettledHold) -> None:
        """By the action of this name the user decided on a held capture."""
        self._write(
            "INSERT OR REPLACE INTO settled VALUES (?, ?, ?, ?, ?, ?, ?)",
            name, hold.id, hold.when, int(hold.accepted), hold.held, hold.sha256,
            None if hold.reason is None else json.dumps(hold.reason),
        )  # fmt: skip

    def settled_hold(self, name: str) -> SettledHold | None:
        """What the action of this name decided on, if it did."""
        rows = self._ask("SELECT id, day, accepted, held, sha256, reason FROM settled WHERE name = ?", name)
        if not rows:
            return None
        id_, when, accepted, held, sha256, reason = cast("tuple[str, str, int, str, str | None, object]", rows[0])
        return SettledHold(id_, when, bool(accepted), held, sha256, _unpacked(reason))

    def undrop(self, id_: str, sha256: str) -> None:
        """The body is not refused any more."""
        self._write("DELETE FROM dropped WHERE id = ? AND sha256 = ?", id_, sha256)

    def learnt(self, id_: str) -> Learnt:
        """What flickers on the page from refresh to refresh."""
        rows = self._ask("SELECT regions FROM flickering WHERE id = ?", id_)
        return unpacked(str(rows[0][0])) if rows else NOTHING

    def set_learnt(self, id_: str, learnt: Learnt) -> None:
        """The same, known anew; nothing is forgotten."""
        if learnt.regions:
            self._write("INSERT OR REPLACE INTO flickering VALUES (?, ?)", id_, packed(learnt))
        else:
            self._write("DELETE FROM flickering WHERE id = ?", id_)

    def dropped(self, id_: str) -> frozenset[str]:
        """The bodies that the user refused."""
        rows = self._ask("SELECT sha256 FROM dropped WHERE id = ?", id_)
        return frozenset(str(cells[0]) for cells in rows)

    def dropped_on(self, id_: str, sha256: str) -> str | None:
        """When the user refused this body last, in UTC; empty where that is not known, None: never."""
        if sha256 not in self.dropped(id_):
            return None
        rows = self._ask("SELECT max(day) FROM settled WHERE id = ? AND sha256 = ? AND NOT accepted", id_, sha256)
        return str(rows[0][0] or "")

    def forget(self, id_: str) -> None:
        """The link is gone."""
        with self.batch():
            self._write("DELETE FROM links WHERE id = ?", id_)
            self._write("DELETE FROM dropped WHERE id = ?", id_)
            self._write("DELETE FROM flickering WHERE id = ?", id_)

    # --- many -------------------------------------------------------------------------------------------------------

    def broken_ids(self) -> frozenset[str]:
        """The links whose last refresh failed."""
        return frozenset(str(cells[0]) for cells in self._ask("SELECT id FROM links WHERE broken"))

    def changed_ids(self) -> frozenset[str]:
        """The links that a refresh changed and nobody opened since."""
        return frozenset(str(cells[0]) for cells in self._ask("SELECT id FROM links WHERE changed"))

    def remember_action(self, name: str, action: str, when: str) -> None:
        """The user did this here: a group or a commit. Told again, it is one."""
        self._write("INSERT OR IGNORE INTO actions (name, action, day) VALUES (?, ?, ?)", name, action, when)

    def actions(self) -> list[tuple[str, str, str]]:
        """(group or commit, action, when) of what was done here, newest first."""
        rows = self._ask("SELECT name, action, day FROM actions ORDER BY number DESC")
        return [cast("tuple[str, str, str]", cells) for cells in rows]

    def remember_sync(self, remote: str, when: str) -> None:
        """The library and this remote were in step at this moment."""
        self._write("INSERT OR REPLACE INTO syncs VALUES (?, ?)", remote, when)

    def last_sync(self, remote: str) -> str | None:
        """When they were so last."""
        rows = self._ask("SELECT day FROM syncs WHERE remote = ?", remote)
        return str(rows[0][0]) if rows else None

    # --- the queue --------------------------------------------------------------------------------------------------

    def enqueue(self, entries: Iterable[Queued]) -> list[Queued]:
        """Put additions on the queue, all or none, for good: as they stand there now.

        One that waits already keeps its place and takes the tags and the note too, and the later time. Raises BadField
        (the notes joined are too long), DiskFull, NotWritable, Locked.
        """
        return self._database.keep(lambda: [self._put(entry) for entry in entries])

    def queued(self) -> list[Queued]:
        """Every addition that waits, in the order in which they were made."""
        return [_as_queued(cells) for cells in self._ask(f"{_QUEUED} ORDER BY number")]

    def queued_url(self, url: str) -> Queued | None:
        """The one with this normalised URL."""
        return next(map(_as_queued, self._ask(f"{_QUEUED} WHERE url = ?", url)), None)

    def queued_id(self, id_: str) -> Queued | None:
        """The first with this id."""
        return next(map(_as_queued, self._ask(f"{_QUEUED} WHERE id = ? ORDER BY number LIMIT 1", id_)), None)

    def dequeue(self, entry: Queued) -> None:
        """It is settled: off the queue, unless something was added to it since it was read."""
        self._write(
            "DELETE FROM queue WHERE number = ? AND tags = ? AND note IS ? AND added = ?",
            entry.number,
            json.dumps(entry.tags),
            entry.note,
            entry.added,
        )

    def give_up(self, urls: Sequence[str]) -> None:
        """Take these off the queue for good, settled or not. DiskFull, NotWritable, Locked."""
        rows = [(url,) for url in urls]
        self._database.keep(lambda: self._database.connection.executemany("DELETE FROM queue WHERE url = ?", rows))

    def _put(self, entry: Queued) -> Queued:
        old = next(map(_as_queued, self._database.ask(f"{_QUEUED} WHERE url = ?", (entry.url,))), None)
        new = entry if old is None else _joined(old, entry)
        cells = (new.url, new.id, new.typed, json.dumps(new.tags), new.note, new.added)
        if old is None:
            sql = "INSERT INTO queue (url, id, typed, tags, note, added) VALUES (?, ?, ?, ?, ?, ?)"
            return replace(new, number=cast("int", self._database.connection.execute(sql, cells).lastrowid))
        sql = "UPDATE queue SET (url, id, typed, tags, note, added) = (?, ?, ?, ?, ?, ?) WHERE number = ?"
        self._database.connection.execute(sql, (*cells, new.number))
        return new

    def _ask(self, sql: str, *values: str) -> list[Cells]:
        return self._database.ask_or_renew(sql, values)

    def _get(self, id_: str, column: str) -> object:
        rows = self._ask(f"SELECT {column} FROM links WHERE id = ?", id_)
        return rows[0][0] if rows else None

    def _set(self, id_: str, **facts: str | int | None) -> None:
        columns, marks = ", ".join(facts), ", ".join("?" * len(facts))
        updates = ", ".join(f"{name} = excluded.{name}" for name in facts)
        self._write(
            f"INSERT INTO links (id, {columns}) VALUES (?, {marks}) ON CONFLICT (id) DO UPDATE SET {updates}",
            id_,
            *facts.values(),
        )

    def _write(self, sql: str, *values: str | int | None) -> None:
        """None of it is worth failing for: what it is about is durable already."""
        if self._depth:
            self._database.connection.execute(sql, values)
        else:
            self._database.note(sql, values)

    def _set_aside(self, path: str) -> None:
        """Keep what cannot be read, for whoever may want to look at it."""
        if not os.path.exists(path):
            return
        self.was_damaged = True
        number = 1
        while os.path.exists(f"{path}.damaged-{number}"):
            number += 1
        os.replace(path, f"{path}.damaged-{number}")
        for side in ("-wal", "-shm"):
            try:
                os.unlink(path + side)
            except FileNotFoundError:
                pass


def _unpacked(cell: object) -> Packed | None:
    return cast("Packed", json.loads(cell)) if isinstance(cell, str) else None


def _joined(old: Queued, new: Queued) -> Queued:
    note = editing.further(old.note, new.note) if new.note else old.note
    return replace(old, tags=tags.add(old.tags, new.tags), note=note, added=max(old.added, new.added))


def _as_queued(cells: Cells) -> Queued:
    number, url, id_, typed, packed_tags, note, added = cast("tuple[int, str, str, str, str, str | None, str]", cells)
    return Queued(number, url, id_, typed, tuple(json.loads(packed_tags)), note, added)
