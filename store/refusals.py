"""What SQLite and the disk below it refuse, told apart, and as our own errors."""

from __future__ import annotations

import errno
import sqlite3

from store.errors import DiskFull, LibraryError, Locked, NotWritable

_NO_DISKS_DOING = (0, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_CONSTRAINT, sqlite3.SQLITE_MISUSE)


def is_busy(error: sqlite3.Error) -> bool:
    """Another connection kept the lock longer than we waited."""
    return _code(error) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)


def is_damage(error: sqlite3.Error) -> bool:
    """The file is no database, or a broken one."""
    return _code(error) in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def named(path: str, error: Exception | None, patience: float) -> LibraryError | None:
    """Why the file cannot be written; None where the disk and other writers have no part in it.

    `patience`: the seconds we waited for another writer.
    """
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT)
        return DiskFull(path) if full else NotWritable(path, errno.errorcode.get(error.errno or 0, ""))
    if not isinstance(error, sqlite3.Error) or _code(error) in _NO_DISKS_DOING:
        return None
    if is_busy(error):
        return Locked(path, patience)
    return DiskFull(path) if _code(error) == sqlite3.SQLITE_FULL else NotWritable(path, error.sqlite_errorname)


def _code(error: sqlite3.Error) -> int:
    """The primary result code; errors of Python's own making have none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF
