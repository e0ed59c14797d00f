"""The tables `commits` and `versions`: which commit changed which page file, in an order all machines agree on.

- A commit's place is after its parents', else by its time (git's "corrected commit date"); equal places go by name.
- A row is *moved*, and no version, when in some parent another path held this very blob: `git mv`, not an edit.
- A path whose name ends in the id of the document there now, or that is gone, has had that id all along, so that no old
  document need be read. Else every blob of the path is asked for its id.
"""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import islice
from typing import TYPE_CHECKING, cast

from store.frontmatter import id_of
from store.layout import id_hint, is_page

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Callable, Iterable, Iterator

    from store.repo.objects import CommitChanges

_AT_ONCE = 500
_LAST_SECOND = 253_402_300_799  # of the year 9999
_TOUCHED = (
    "CREATE TEMP TABLE IF NOT EXISTS touched_paths (path TEXT PRIMARY KEY) WITHOUT ROWID",
    "CREATE TEMP TABLE IF NOT EXISTS touched_ids (id TEXT PRIMARY KEY) WITHOUT ROWID",
    "DELETE FROM temp.touched_paths",
    "DELETE FROM temp.touched_ids",
)
_ADD_COMMIT = "INSERT INTO commits VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
_ADD_VERSION = "INSERT INTO versions (path, number, place, blob, id, moved) VALUES (?, ?, ?, ?, ?, ?)"


def begin(db: sqlite3.Connection) -> None:
    """Nothing is touched yet."""
    for statement in _TOUCHED:
        db.execute(statement)


def touch(db: sqlite3.Connection, paths: Iterable[str], ids: Iterable[str] = ()) -> None:
    """Note paths and ids whose rows have to be looked at when everything is in."""
    db.executemany("INSERT OR IGNORE INTO temp.touched_paths VALUES (?)", ((path,) for path in paths))
    db.executemany("INSERT OR IGNORE INTO temp.touched_ids VALUES (?)", ((id_,) for id_ in ids))


def drop(db: sqlite3.Connection, names: Iterable[str]) -> None:
    """Forget commits that are in the history no more: amended, reset, rebased."""
    for name in names:
        for (number,) in db.execute("SELECT number FROM commits WHERE name = ?", (name,)).fetchall():
            gone = db.execute("SELECT path, id FROM versions WHERE number = ?", (number,)).fetchall()
            touch(db, (path for path, _ in gone), (id_ for _, id_ in gone if id_))
            db.execute("DELETE FROM versions WHERE number = ?", (number,))
            db.execute("DELETE FROM commits WHERE number = ?", (number,))


def add(db: sqlite3.Connection, commits: Iterable[CommitChanges]) -> int:
    """Add commits, parents first. Returns the number of the first."""
    number = first = _next_number(db)
    places: dict[str, int] = {}
    waiting = iter(commits)
    while batch := list(islice(waiting, _AT_ONCE)):
        rows: list[tuple[object, ...]] = []
        versions: list[tuple[object, ...]] = []
        for commit in batch:
            place = places[commit.commit] = _place(db, commit, places)
            rows.append(_commit_row(number, commit, place))
            versions += _version_rows(number, commit, place)
            number += 1
        db.executemany(_ADD_COMMIT, rows)
        db.executemany(_ADD_VERSION, versions)
        touch(db, (change.path for commit in batch for change in commit.files if is_page(change.path)))
    return first


def add_child(db: sqlite3.Connection, parent: str, commit: CommitChanges, moved: Iterable[str]) -> None:
    """Add one commit whose only parent is `parent`; at the paths of `moved` it only moved files."""
    number = _next_number(db)
    child = replace(commit, parents=(parent,))
    place = _place(db, child, {})
    db.execute(_ADD_COMMIT, _commit_row(number, child, place))
    db.executemany(_ADD_VERSION, _version_rows(number, child, place, frozenset(moved)))


def mark_moves(db: sqlite3.Connection, first: int, at: Callable[[str, str], bytes | None]) -> None:
    """Find the moved rows from commit number `first` on. `at` gives the bytes of a path in a commit."""
    candidates = db.execute(
        """SELECT v.rowid, v.path, w.path, v.blob, c.parents FROM versions v
            JOIN versions w ON w.blob = v.blob AND w.path <> v.path AND w.place < v.place
            JOIN commits c ON c.number = v.number WHERE v.number >= ?""",
        (first,),
    ).fetchall()
    moved = {
        row
        for row, path, other, blob, parents in candidates
        if may_be_moved(other, path) and any(blob_name(at(parent, other)) == blob for parent in parents.split())
    }
    db.execute("UPDATE versions SET moved = 0 WHERE number >= ?", (first,))
    db.executemany("UPDATE versions SET moved = 1 WHERE rowid = ?", ((row,) for row in moved))


def may_be_moved(old: str, new: str) -> bool:
    """Two names with the ids of two links are two links, though both files were emptied."""
    hints = {id_hint(old), id_hint(new)} - {None}
    return len(hints) < 2


def blob_name(data: bytes | None) -> str | None:
    """The name git gives to these bytes."""
    if data is None:
        return None
    return hashlib.sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def identify(db: sqlite3.Connection, blobs: Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]) -> None:
    """Give the rows of the touched paths their ids, now that `files` is what head has; touch the ids concerned."""
    _touch_ids(db)
    now = db.execute("SELECT t.path, f.id FROM temp.touched_paths t LEFT JOIN files f ON f.path = t.path").fetchall()
    doubtful = [path for path, id_ in now if id_hint(path) is None or id_ not in (None, id_hint(path))]
    _read_ids(db, doubtful, blobs)
    own = set(doubtful)
    db.executemany(
        "UPDATE versions SET id = ?1 WHERE path = ?2 AND id IS NOT ?1",
        ((id_hint(path), path) for path, _ in now if path not in own),
    )
    db.executemany(
        "UPDATE versions SET id = coalesce(nullif(own_id, ''), ?) WHERE path = ?",
        ((id_hint(path), path) for path in doubtful),
    )
    _touch_ids(db)


def _touch_ids(db: sqlite3.Connection) -> None:
    db.execute(
        """INSERT OR IGNORE INTO temp.touched_ids SELECT DISTINCT id FROM versions
            WHERE path IN (SELECT path FROM temp.touched_paths) AND id IS NOT NULL"""
    )


def _read_ids(
    db: sqlite3.Connection, paths: Iterable[str], blobs: Callable[[Iterable[str]], Iterator[tuple[str, bytes]]]
) -> None:
    rows_of: dict[str, list[int]] = {}
    for path in paths:
        for row, blob in db.execute("SELECT rowid, blob FROM versions WHERE path = ? AND own_id IS NULL", (path,)):
            rows_of.setdefault(blob, []).append(row)
    if not rows_of:
        return
    for blob, data in blobs(list(rows_of)):
        id_ = id_of(data) or ""
        db.executemany("UPDATE versions SET own_id = ? WHERE rowid = ?", ((id_, row) for row in rows_of[blob]))


def _next_number(db: sqlite3.Connection) -> int:
    (number,) = db.execute("SELECT coalesce(max(number), 0) + 1 FROM commits").fetchone()
    return cast("int", number)


def _place(db: sqlite3.Connection, commit: CommitChanges, places: dict[str, int]) -> int:
    after = [place for parent in commit.parents if (place := _known_place(db, parent, places)) is not None]
    return max([_second(commit), *(place + 1 for place in after)])


def _known_place(db: sqlite3.Connection, name: str, places: dict[str, int]) -> int | None:
    """None: beyond the boundary of a shallow history."""
    if name in places:
        return places[name]
    found = db.execute("SELECT place FROM commits WHERE name = ?", (name,)).fetchone()
    return found[0] if found else None


def _second(commit: CommitChanges) -> int:
    return min(max(commit.when, 0), _LAST_SECOND)


def _commit_row(number: int, commit: CommitChanges, place: int) -> tuple[object, ...]:
    action, subject, group, undoes = map(_text, (commit.action, commit.subject, commit.group, commit.undoes))
    pages, parents = sum(is_page(change.path) for change in commit.files), " ".join(commit.parents)
    return number, commit.commit, place, _second(commit), action, subject, parents, group, undoes, pages


def _version_rows(
    number: int, commit: CommitChanges, place: int, moved: frozenset[str] | None = None
) -> Iterator[tuple[str, int, int, str, str | None, bool | None]]:
    """`moved`: the paths at which files were only moved; None: not known yet."""
    for change in commit.files:
        path = change.path
        if change.blob is not None and is_page(path):
            yield path, number, place, change.blob, id_hint(path), None if moved is None else path in moved


def _text(raw: str) -> str:
    """A message written by any program: bytes that are no UTF-8 come as surrogates."""
    return raw if raw.isascii() else raw.encode("utf-8", "replace").decode()
