"""Brings the catalogue's tables from one commit to another, inside a transaction that somebody else opened.

Whatever way it came there, the tables are a pure function of head's history:
`files` is every page file of head, from a comparison of two trees, never from the commits between them;
`commits` and `versions` are what `store.catalogue.history` says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from store.catalogue import history
from store.catalogue.documents import COLUMNS, MARKS, Document, read_document
from store.layout import is_page
from store.progress import Progress, Report

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from store.repo.objects import CommitChanges, FileChange

    Stats = Mapping[str, tuple[int, int]]

_REPORTED = 500  # documents between two reports: a few commits are caught up without a word
_PUT = f"INSERT OR REPLACE INTO files ({COLUMNS}) VALUES ({MARKS})"
_OTHERS = "SELECT path FROM files WHERE id = ? AND blob = ? AND path <> ?"
_SETTLE = """UPDATE files SET
    first = path = (
        SELECT f.path FROM files f WHERE f.id = files.id
        ORDER BY f.damaged IS NOT NULL, substr(f.path, -16) <> '~' || f.id || '.md', f.path LIMIT 1
    ),
    (versions, born) = (SELECT count(*), coalesce(min(place), 0) FROM versions v WHERE v.id = files.id AND v.moved = 0)
    WHERE id IN (SELECT id FROM temp.touched_ids)"""


class Source(Protocol):
    """A repository as the catalogue reads it; `store.repo.objects.Objects` is one, and says what each method does."""

    def changes(self, old: str | None, new: str) -> Iterator[CommitChanges]: ...
    def dropped(self, old: str, new: str) -> Iterable[str]: ...
    def files(self, commit: str) -> Iterator[FileChange]: ...
    def changed_files(self, old: str, new: str) -> Iterator[FileChange]: ...
    def blobs(self, names: Iterable[str]) -> Iterator[tuple[str, bytes]]: ...
    def at(self, revision: str, path: str) -> bytes | None: ...
    def known(self, commit: str) -> bool: ...


class NotAtHand(Exception):
    """What was given does not suffice: the repository has to be asked."""


def advance(db: sqlite3.Connection, old: str | None, new: str, source: Source, report: Report) -> frozenset[str]:
    """From `old` (None: from nothing) to `new`, wherever it stands. Returns the ids that name a link no more.

    Raises what the source raises.
    """
    history.begin(db)
    if old is not None:
        history.drop(db, source.dropped(old, new))
    first = history.add(db, source.changes(old, new))
    history.mark_moves(db, first, source.at)
    changes = source.files(new) if old is None else source.changed_files(old, new)
    had = _change_files(db, changes, source, report)
    history.identify(db, source.blobs)
    _settle(db)
    return _gone(db, had)


def learn(
    db: sqlite3.Connection, parent: str, commits: Sequence[CommitChanges], documents: Mapping[str, bytes]
) -> None:
    """Follow commits, each the only child of the one before, whose new blobs are in `documents`.

    Raises NotAtHand when older documents would have to be read.
    """

    def blobs(names: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        return ((name, _at_hand(documents, name)) for name in names)

    history.begin(db)
    for commit in commits:
        _learn_commit(db, parent, commit, documents)
        parent = commit.commit
    history.identify(db, blobs)
    _settle(db)


def remember_stats(db: sqlite3.Connection, known: Iterable[tuple[str, str, int, int]]) -> None:
    """Note (path, blob, size, mtime_ns) of files on disk that are just that blob; others are left alone."""
    db.executemany(
        "UPDATE files SET size = ?3, mtime_ns = ?4 WHERE path = ?1 AND blob = ?2",
        known,
    )


def _change_files(
    db: sqlite3.Connection, changes: Iterable[FileChange], source: Source, report: Report
) -> frozenset[str]:
    """Bring `files` in step. Returns the ids that the changed files had."""
    paths_of: dict[str, list[str]] = {}
    deleted: list[str] = []
    for change in changes:
        if is_page(change.path):
            (deleted if change.blob is None else paths_of.setdefault(change.blob, [])).append(change.path)
    history.touch(db, deleted)
    history.touch(db, (path for paths in paths_of.values() for path in paths))
    had = _touch_file_ids(db)
    db.executemany("DELETE FROM files WHERE path = ?", ((path,) for path in deleted))
    db.executemany(_PUT, _documents(paths_of, source, report))
    _touch_file_ids(db)
    return had


def _documents(paths_of: dict[str, list[str]], source: Source, report: Report) -> Iterator[Document]:
    total = len(paths_of)
    for number, (blob, data) in enumerate(source.blobs(list(paths_of)), 1):
        for path in paths_of.pop(blob, ()):
            yield read_document(path, blob, data)
        if number % _REPORTED == 0:
            report(Progress("reading", number, total))
    for blob, paths in paths_of.items():  # the repository has lost them
        for path in paths:
            yield read_document(path, blob, None)


def _learn_commit(db: sqlite3.Connection, parent: str, commit: CommitChanges, documents: Mapping[str, bytes]) -> None:
    pages = [change for change in commit.files if is_page(change.path)]
    history.touch(db, (change.path for change in pages))
    _touch_file_ids(db)
    new = [read_document(change.path, change.blob, _at_hand(documents, change.blob)) for change in pages if change.blob]
    moved = [document.path for document in new if _was_elsewhere(db, document)]
    history.add_child(db, parent, commit, moved)
    db.executemany("DELETE FROM files WHERE path = ?", ((change.path,) for change in pages if change.blob is None))
    db.executemany(_PUT, new)
    _touch_file_ids(db)


def _was_elsewhere(db: sqlite3.Connection, document: Document) -> bool:
    others = db.execute(_OTHERS, (document.id, document.blob, document.path)).fetchall()
    return any(history.may_be_moved(other, document.path) for (other,) in others)


def _at_hand(documents: Mapping[str, bytes], blob: str) -> bytes:
    if blob not in documents:
        raise NotAtHand
    return documents[blob]


def _touch_file_ids(db: sqlite3.Connection) -> frozenset[str]:
    found = db.execute(
        "SELECT DISTINCT id FROM files WHERE path IN (SELECT path FROM temp.touched_paths) AND id IS NOT NULL"
    ).fetchall()
    ids = frozenset(id_ for (id_,) in found)
    history.touch(db, (), ids)
    return ids


def _settle(db: sqlite3.Connection) -> None:
    """Say of the touched links which of their files counts, and how many versions they have."""
    db.execute(_SETTLE)


def _gone(db: sqlite3.Connection, ids: frozenset[str]) -> frozenset[str]:
    return frozenset(id_ for id_ in ids if db.execute("SELECT 1 FROM files WHERE id = ?", (id_,)).fetchone() is None)
