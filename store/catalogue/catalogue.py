"""Links and versions in SQLite: a shadow of one commit, that can be deleted at any time and is made anew.

A reader brings it up to date whenever HEAD is another commit than the one it stands for, whoever moved HEAD. Where it
cannot be written (a read-only disk) that happens in memory, and nobody notices but the clock.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from store.catalogue import update
from store.catalogue.schema import ORDER, ROW, SCHEMA, Sort, as_row, unpack_tags
from store.catalogue.update import NotAtHand, Source
from store.database import Database, remove
from store.link import Row, Version, timestamp
from store.progress import Report, silent
from store.refusals import is_busy, is_damage

if TYPE_CHECKING:  # `bulk` and `counting` are loaded when they are needed: `list` needs neither
    from array import array

    from store.catalogue.activity import Done
    from store.catalogue.bulk import Searched
    from store.catalogue.counting import Counts
    from store.repo.objects import CommitChanges

__all__ = ["Catalogue", "Problem", "Sort", "Source"]

_T = TypeVar("_T")
_SHOWN = "id IS NOT NULL"
_COUNTS = "id IS NOT NULL AND first"
_COMMITTED = "path, id, blob, size, mtime_ns"
_AT_ONCE = 500  # variables of a statement


@dataclass(frozen=True, slots=True)
class Problem:
    """Something `check` names: damaged, twin (two files with one id) or same-url (two links with one URL)."""

    name: str
    path: str
    detail: str


@dataclass(frozen=True, slots=True)
class Committed:
    """A link's file in HEAD. `stat`: size and time (ns) of the file on disk when it was last known to hold the blob."""

    path: str
    id: str
    blob: str
    stat: tuple[int, int] | None


class Catalogue:
    """The catalogue of one library. Close it."""

    def __init__(self, database: Database) -> None:
        self._database = database

    @staticmethod
    def open(path: str) -> Catalogue:
        """The catalogue at `path`, made when missing, damaged or of another version."""
        return Catalogue(Database(path, SCHEMA, remove))

    def close(self) -> None:
        """Let go of the file."""
        self._database.close()

    # --- keeping in step --------------------------------------------------------------------------------------------

    @property
    def head(self) -> str | None:
        """The commit it stands for."""
        return self._stands_for()[0]

    @property
    def standing(self) -> tuple[str | None, str]:
        """The same, and where a shallow history begins."""
        return self._stands_for()

    def stands_for(self, head: str, boundary: str = "") -> bool:
        """It is up to date."""
        return self._stands_for() == (head, boundary)

    def catch_up(self, head: str, source: Callable[[], Source], report: Report = silent, boundary: str = "") -> None:
        """Stand for `head`, wherever it is; cheap when it does already. `boundary`: where a shallow history begins."""
        if self._stands_for() == (head, boundary):
            return
        try:
            self._advance(head, source(), report, boundary)
        except sqlite3.Error as error:
            if not is_damage(error) and not is_busy(error):
                self._database.go_private()
            elif is_damage(error):
                self._database.renew()
            self._advance(head, source(), report, boundary)

    def _advance(self, head: str, source: Source, report: Report, boundary: str) -> None:
        with self._database.transaction() as db:
            old, old_boundary = _stands_for(db)
            if (old, old_boundary) == (head, boundary):
                return  # another process was faster
            if old is None or old_boundary != boundary or not source.known(old):
                _empty(db)
                old = None
            update.advance(db, old, head, source, report)
            _stand_for(db, head, boundary)

    def learn(self, parent: str, commits: Sequence[CommitChanges], documents: Mapping[str, bytes]) -> bool:
        """Follow our own commits on top of `parent` without asking git; False when that is not possible: catch up."""
        try:
            with self._database.transaction() as db:
                head, boundary = _stands_for(db)
                if head != parent:
                    return False
                update.learn(db, parent, commits, documents)
                _stand_for(db, commits[-1].commit, boundary)
        except (NotAtHand, sqlite3.Error):
            return False
        return True

    def remember_stats(self, known: Iterable[tuple[str, str, int, int]]) -> None:
        """Each file at a path is just this blob, with this size and time (ns), as (path, blob, size, time).

        That nothing could be noted costs reading them again, no more.
        """
        try:
            with self._database.transaction(patience=0.0) as db:
                update.remember_stats(db, known)
        except sqlite3.Error:
            return

    # --- looking ----------------------------------------------------------------------------------------------------

    def row(self, id_: str) -> Row | None:
        """The link with this id."""
        return self._one(f"SELECT {ROW} FROM files WHERE {_COUNTS} AND id = ?", id_)

    def find_url(self, url: str) -> Row | None:
        """The link with this URL; of several the one added first."""
        return self._one(f"SELECT {ROW} FROM files WHERE {_COUNTS} AND url = ? ORDER BY added, id LIMIT 1", url)

    def ids_beginning(self, prefix: str) -> list[str]:
        """Up to a dozen ids that begin so."""
        rows = self._ask("SELECT id FROM files WHERE id >= ? AND id < ? AND first LIMIT 12", prefix, prefix + "g")
        return [str(cells[0]) for cells in rows]

    def path_of(self, id_: str) -> str | None:
        """Where the link's file stands."""
        return self._text(f"SELECT path FROM files WHERE {_COUNTS} AND id = ?", id_)

    def id_at(self, path: str) -> str | None:
        """The id of the file at this path."""
        return self._text(f"SELECT id FROM files WHERE {_SHOWN} AND path = ?", path)

    def at(self, path: str) -> Committed | None:
        """What HEAD has at this path, when it is a link; a twin that does not count, too."""
        found = self._ask(f"SELECT {_COMMITTED} FROM files WHERE {_SHOWN} AND path = ?", path)
        return _committed(found[0]) if found else None

    def committed(self) -> Iterator[Committed]:
        """The same of all paths."""
        return map(_committed, self._ask(f"SELECT {_COMMITTED} FROM files WHERE {_SHOWN}"))

    def paths(self) -> frozenset[str]:
        """Every page file of HEAD, a link or not."""
        return frozenset(str(cells[0]) for cells in self._ask("SELECT path FROM files"))

    def paths_in(self, folder: str) -> list[str]:
        """Those right in this folder."""
        sql = "SELECT path FROM files WHERE path > ?1 AND path < ?2 AND instr(substr(path, ?3), '/') = 0"
        return [str(cells[0]) for cells in self._ask(sql, f"{folder}/", f"{folder}0", str(len(folder) + 2))]

    def knows(self, path: str) -> bool:
        """HEAD has a page file at this path, a link or not."""
        return bool(self._ask("SELECT 1 FROM files WHERE path = ?", path))

    def select(self, *, sort: Sort = "added") -> Iterator[Row]:
        """All links, streamed: newest first, or by name. The files of twins that do not count come as damaged."""
        sql = f"SELECT {ROW} FROM files WHERE {_SHOWN} ORDER BY {ORDER[sort]}"
        return map(as_row, self._database.stream(sql))

    def rows(self, ids: Sequence[str]) -> dict[str, Row]:
        """The links with these ids, as far as there are any, by id."""
        found: dict[str, Row] = {}
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            marks = ", ".join("?" * len(some))
            rows = map(as_row, self._ask(f"SELECT {ROW} FROM files WHERE {_COUNTS} AND id IN ({marks})", *some))
            found.update((row.id, row) for row in rows)
        return found

    def first_rows(self, limit: int, sort: Sort = "added") -> list[Row]:
        """The first links in this order, without the trash: what a list shows before it knows the others."""
        sql = f"SELECT {ROW} FROM files WHERE {_COUNTS} AND trashed IS NULL ORDER BY {ORDER[sort]} LIMIT ?"
        return list(map(as_row, self._ask(sql, limit)))

    def ids(self, sort: Sort = "added") -> list[str]:
        """The ids of all links in this order, without the trash."""
        return self.first_ids(-1, sort)

    def first_ids(self, limit: int, sort: Sort = "added") -> list[str]:
        """The first of them."""
        from store.catalogue import bulk

        return bulk.first_ids(self._ask, sort, limit)

    def numbers(self, sort: Sort = "added") -> array[int]:
        """The numbers of all links in this order, with the trash.

        A link has another number after every change of its document, one that no link had before.
        """
        from store.catalogue import bulk

        return bulk.numbers(self._ask, sort)

    def every_searched(self, sort: Sort = "added") -> Searched:
        """What queries are answered with, of all links in this order, with the trash."""
        from store.catalogue import bulk

        return bulk.every_searched(self._ask, sort)

    def searched(self, numbers: Sequence[int]) -> Iterator[Searched]:
        """The same of the links with these numbers, as far as there are any."""
        from store.catalogue import bulk

        return bulk.searched(self._ask, numbers)

    def versions(self, id_: str) -> tuple[Version, ...]:
        """Every committed state of the link, oldest first, numbered from 1."""
        rows = self._ask(
            "SELECT c.name, v.blob, v.path, c.committed, c.action, c.subject FROM versions v"
            " JOIN commits c ON c.number = v.number WHERE v.id = ? AND v.moved = 0 ORDER BY v.place, c.name",
            id_,
        )
        return tuple(_version(number, cells) for number, cells in enumerate(rows, 1))

    def tags(self, others: Iterable[tuple[str, ...]] = ()) -> list[tuple[str, int]]:
        """Every tag of links that are not in the trash, with its count and its most frequent spelling; by name.

        `others`: the tags of links that are not in here yet.
        """
        spellings: dict[str, Counter[str]] = {}
        cells = self._ask("SELECT tags FROM files WHERE id IS NOT NULL AND trashed IS NULL AND tags <> ''")
        for tags in (*(unpack_tags(str(cell)) for (cell,) in cells), *others):
            for tag in tags:
                spellings.setdefault(tag.casefold(), Counter())[tag] += 1
        return [(spellings[key].most_common(1)[0][0], spellings[key].total()) for key in sorted(spellings)]

    def counts(self) -> Counts:
        """How many links there are, of what kind."""
        from store.catalogue.counting import counted

        facts = self._ask(f"SELECT facts, count(*) FROM files WHERE {_COUNTS} GROUP BY facts")
        return counted(cast("list[tuple[int, int]]", facts))

    def tag_counts(self) -> list[tuple[str, int]]:
        """Every tag and parent of one, with the links that have it or a tag below it, each once; without the trash.

        In the most frequent spelling; by name, each parent before its children.
        """
        from store.catalogue import bulk, counting

        return counting.tag_tree((unpack_tags(cell), number) for cell, number in bulk.tags(self._ask))

    # --- what was done ----------------------------------------------------------------------------------------------

    def activity(self) -> Iterator[list[Done]]:
        """Everything that was done, newest first: for each action its commits, newest first."""
        from store.catalogue import activity

        return activity.newest_first(self._database.stream)

    def done(self, name: str) -> list[Done]:
        """The commits of the action that an undo gives this name, newest first; none where the history has it not."""
        from store.catalogue import activity

        return activity.of(self._ask, name)

    def done_as(self, text: str) -> list[list[Done]]:
        """The actions that this text may mean: the beginning of a commit (7 digits), or a whole group."""
        from store.catalogue import activity

        return activity.named(self._ask, text)

    def takings(self) -> dict[str, Done]:
        """The newest undo or redo of every action that has one, by the action's name."""
        from store.catalogue import activity

        return activity.takings(self._ask)

    def takings_of(self, name: str) -> list[Done]:
        """Every undo and redo of the action of this name, the oldest first."""
        from store.catalogue import activity

        return activity.takings_of(self._ask, name)

    def first_parents(self, head: str) -> Iterator[Done]:
        """The commits of main's own line, newest first."""
        from store.catalogue import activity

        return activity.first_parents(self._ask, head)

    # --- what is wrong ----------------------------------------------------------------------------------------------

    def problems(self) -> Iterator[Problem]:
        """Damaged files, twins, and links that share a URL."""
        for path, reason in self._ask("SELECT path, damaged FROM files WHERE damaged IS NOT NULL ORDER BY path"):
            yield Problem("damaged", str(path), str(reason))
        for path, id_ in self._ask(f"SELECT path, id FROM files WHERE {_SHOWN} AND NOT first ORDER BY path"):
            yield Problem("twin", str(path), str(id_))
        twice = "SELECT url FROM files WHERE id IS NOT NULL AND first AND url <> '' GROUP BY url HAVING count(*) > 1"
        for path, url in self._ask(f"SELECT path, url FROM files WHERE first AND url IN ({twice}) ORDER BY url, path"):
            yield Problem("same-url", str(path), str(url))

    def _stands_for(self) -> tuple[str | None, str]:
        rows = self._ask("SELECT head, boundary FROM stands_for")
        return (str(rows[0][0]), str(rows[0][1])) if rows else (None, "")

    def _one(self, sql: str, *values: str) -> Row | None:
        rows = self._ask(sql, *values)
        return as_row(rows[0]) if rows else None

    def _text(self, sql: str, *values: str) -> str | None:
        rows = self._ask(sql, *values)
        return str(rows[0][0]) if rows else None

    def _ask(self, sql: str, *values: str | int) -> list[tuple[object, ...]]:
        try:
            return self._database.ask(sql, values)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
        self._database.renew()
        return self._database.ask(sql, values)


def _committed(cells: tuple[object, ...]) -> Committed:
    path, id_, blob, size, mtime_ns = cast("tuple[str, str, str, int | None, int | None]", cells)
    return Committed(path, id_, blob, None if size is None or mtime_ns is None else (size, mtime_ns))


def _version(number: int, cells: tuple[object, ...]) -> Version:
    name, blob, path, committed, action, subject = cells
    when = timestamp(datetime.fromtimestamp(cast("int", committed), UTC))
    return Version(number, str(name), str(blob), str(path), when, str(action), str(subject))


def _stands_for(db: sqlite3.Connection) -> tuple[str | None, str]:
    found = db.execute("SELECT head, boundary FROM stands_for").fetchone()
    return (found[0], found[1]) if found else (None, "")


def _stand_for(db: sqlite3.Connection, head: str, boundary: str) -> None:
    db.execute("DELETE FROM stands_for")
    db.execute("INSERT INTO stands_for VALUES (?, ?)", (head, boundary))


def _empty(db: sqlite3.Connection) -> None:
    for table in ("stands_for", "commits", "versions", "files"):
        db.execute(f"DELETE FROM {table}")
