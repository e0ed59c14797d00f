"""Opens the SQLite files of `.git/pagelog/` for catalogue and state, so that no circumstance stops a reader.

- WAL, busy timeout 20 s: a reader never waits for a writer, a writer only for another writer.
- Where the file cannot be written (read-only or full disk, another's folder) a copy in memory takes its place.
- A file is replaced only while nobody has it open: whoever has holds a shared flock on `<name>.users`.
  SQLite deletes `-wal` by name when it closes, so a file replaced under somebody would lose its own.
- A file of an older schema is upgraded in place where the schema knows how, else it gives way to a new one.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from store.errors import NotWritable
from store.refusals import is_damage, named

_T = TypeVar("_T")
Value = str | int | None
Values = Sequence[Value]
Cells = tuple[object, ...]

PATIENCE = 20.0  # seconds to wait for another writer
_ALONE_PATIENCE = 2.0  # seconds to wait until nobody has a damaged file open
_SIDES = ("", "-wal", "-shm", "-journal")


@dataclass(frozen=True, slots=True)
class Schema:
    """What stands in a file: `version` goes into its header, `statements` make it.

    `upgrades`: version -> what makes the next one of it. Without a way from there to here a file is made anew.
    """

    version: int
    statements: tuple[str, ...]
    synchronous: str = "NORMAL"  # NORMAL: a power cut may take the last changes, never their order; FULL: none
    upgrades: Mapping[int, tuple[str, ...]] = field(default_factory=dict)


class Database:
    """One SQLite file with one connection, for use from several threads.

    `clear` is called with the path of a file that must give way to a new one, while nobody has it open.
    `lasting` is False when changes stay in memory.
    """

    def __init__(self, path: str, schema: Schema, clear: Callable[[str], None]) -> None:
        self.path = path
        self.lasting = True
        self._schema = schema
        self._clear = clear
        self._frozen = False  # a connection that can only read
        self._refusal: Exception | None = None  # why the file could not be opened for writing
        self._users: int | None = None
        self._lock = threading.RLock()
        self.connection = self._open()

    def close(self) -> None:
        """Let go of the file."""
        with self._lock:
            self.connection.close()
            self._leave()

    def ask(self, sql: str, values: Values = ()) -> list[Cells]:
        """All rows of a query."""
        with self._lock:
            return self.connection.execute(sql, values).fetchall()

    def ask_or_renew(self, sql: str, values: Values = ()) -> list[Cells]:
        """The same; a damaged file is begun anew, and then has none."""
        try:
            return self.ask(sql, values)
        except sqlite3.Error as error:
            if not is_damage(error):
                raise
        self.renew()
        return self.ask(sql, values)

    def note(self, sql: str, values: Values = ()) -> None:
        """Write down something that may be lost: a damaged file is begun anew, a busy or full one goes without it."""
        for _ in range(2):
            try:
                with self.transaction():
                    self.connection.execute(sql, values)
            except sqlite3.Error as error:
                if not is_damage(error):
                    return
                self.renew()
                continue
            return

    def keep(self, write: Callable[[], _T]) -> _T:
        """Write something that must not be lost, in one transaction: what `write` gives, once no power cut can undo it.

        A damaged file is begun anew. Raises DiskFull, NotWritable, Locked, and what `write` raises: all is as it was.
        """
        with self._lock:
            try:
                return self._write_through(write)
            except sqlite3.Error as error:
                if not is_damage(error):
                    raise (named(self.path, error, PATIENCE) or error) from error
            self.renew()
            return self._write_through(write)

    def _insist_on_file(self) -> None:
        """Where the file was refused before, ask once more: the disk may have room again."""
        if not self.lasting:
            self.connection.close()
            self._leave()
            self.connection = self._open()
        if not self.lasting:
            raise named(self.path, self._refusal, PATIENCE) or NotWritable(self.path, "")

    def _write_through(self, write: Callable[[], _T]) -> _T:
        self._insist_on_file()
        self.connection.execute("PRAGMA synchronous = FULL")
        try:
            with self.transaction():
                return write()
        finally:
            self.connection.execute(f"PRAGMA synchronous = {self._schema.synchronous}")

    def version(self, patience: float) -> int | None:
        """A number that is another one whenever somebody else has written; None when that cannot be told just now.

        Waits for other threads of ours up to `patience` seconds.
        """
        if not self._lock.acquire(timeout=patience):
            return None
        try:
            return int(self.connection.execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return None
        finally:
            self._lock.release()

    def stream(self, sql: str, values: Values = ()) -> Iterator[Cells]:
        """The rows of a query as they are needed, from one moment, whatever is written meanwhile."""
        if not self.lasting:
            yield from self.ask(sql, values)
            return
        with contextlib.closing(_connect(_uri(self.path, "ro"))) as connection:
            yield from connection.execute(sql, values)

    @contextlib.contextmanager
    def transaction(self, patience: float = PATIENCE) -> Iterator[sqlite3.Connection]:
        """All or nothing. Raises sqlite3.Error, with everything as it was."""
        with self._lock:
            if self._frozen:
                self.go_private()
            self.connection.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
            self.connection.execute("BEGIN IMMEDIATE")
            try:
                yield self.connection
                self.connection.execute("COMMIT")
            except BaseException:
                if self.connection.in_transaction:
                    self.connection.execute("ROLLBACK")
                raise

    def go_private(self) -> None:
        """Go on in memory with what can be read of the file."""
        with self._lock:
            memory = self.scratch()
            try:
                self.connection.backup(memory)
            except sqlite3.Error:
                memory.close()
                memory = self.scratch()
            self._go_on_with(memory)

    def scratch(self) -> sqlite3.Connection:
        """An empty database of this schema in memory, to be filled and given to `replace`."""
        memory = _connect(":memory:")
        self._make(memory)
        return memory

    def replace(self, filled: sqlite3.Connection) -> None:
        """Put the content of `filled` in the file's place, in one step; where that is refused go on with `filled`."""
        with self._lock:
            if self.lasting and not self._frozen and self._copy(filled):
                filled.close()
            else:
                self._go_on_with(filled)

    def renew(self) -> None:
        """Begin anew after damage: with an empty file, or in memory when somebody else has the damaged one open."""
        with self._lock:
            self.connection.close()
            self._leave()
            self.connection = self._open(damaged=True)

    def _copy(self, filled: sqlite3.Connection) -> bool:
        def stop_when_refused(status: int, _remaining: int, _total: int) -> None:
            if status not in (sqlite3.SQLITE_OK, sqlite3.SQLITE_DONE):
                raise sqlite3.OperationalError("refused")

        self.connection.execute(f"PRAGMA busy_timeout = {int(PATIENCE * 1000)}")
        try:
            filled.backup(self.connection, progress=stop_when_refused)
        except sqlite3.Error:
            return False
        return True

    def _go_on_with(self, memory: sqlite3.Connection) -> None:
        self.connection.close()
        self._leave()
        self.connection, self.lasting, self._frozen = memory, False, False

    # --- opening ------------------------------------------------------------------------------------------------------

    def _open(self, *, damaged: bool = False) -> sqlite3.Connection:
        self.lasting, self._frozen = True, False
        try:
            self._enter()
            connection = None if damaged else self._usable()
            return connection or self._make_anew(damaged=damaged)
        except (OSError, sqlite3.Error) as refusal:  # read-only, full, or in somebody else's hands
            self._refusal = refusal
            self._leave()
            return self._blank() if damaged else self._open_for_reading()

    def _enter(self) -> None:
        os.makedirs(os.path.dirname(self.path), exist_ok=True)
        self._users = os.open(self.path + ".users", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        _flock(self._users, fcntl.LOCK_SH, PATIENCE)

    def _leave(self) -> None:
        if self._users is not None:
            os.close(self._users)
            self._users = None

    def _usable(self) -> sqlite3.Connection | None:
        """The file, upgraded if need be; None when it is missing, damaged, or of a schema no way leads from."""
        if not os.path.exists(self.path):
            return None
        connection = _connect(self.path)
        try:
            if self._fits(connection) or self._upgrade(connection):
                self._tune(connection)
                return connection
        except sqlite3.DatabaseError as error:
            if not is_damage(error):
                connection.close()
                raise
        connection.close()
        return None

    def _fits(self, connection: sqlite3.Connection) -> bool:
        connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        return _version_in(connection) == self._schema.version

    def _upgrade(self, connection: sqlite3.Connection) -> bool:
        """Make an older file one of this schema, all or nothing; False where no way leads here."""
        if _version_in(connection) not in self._schema.upgrades:
            return False
        connection.execute("BEGIN IMMEDIATE")
        version = _version_in(connection)  # somebody else may have been faster
        while version in self._schema.upgrades:
            for statement in self._schema.upgrades[version]:
                connection.execute(statement)
            version += 1
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
        return version == self._schema.version

    def _make_anew(self, *, damaged: bool) -> sqlite3.Connection:
        assert self._users is not None
        fcntl.flock(self._users, fcntl.LOCK_UN)
        _flock(self._users, fcntl.LOCK_EX, _ALONE_PATIENCE)
        connection = None if damaged else self._usable()  # somebody may have made it while we waited
        if connection is None:
            self._clear(self.path)
            connection = _connect(self.path)
            self._make(connection)
        fcntl.flock(self._users, fcntl.LOCK_SH)
        return connection

    def _make(self, connection: sqlite3.Connection) -> None:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            self._tune(connection)
            connection.execute("BEGIN IMMEDIATE")
            for statement in self._schema.statements:
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {self._schema.version}")
            connection.execute("COMMIT")
        except sqlite3.Error:
            connection.close()
            raise

    def _tune(self, connection: sqlite3.Connection) -> None:
        connection.execute(f"PRAGMA synchronous = {self._schema.synchronous}")
        connection.execute("PRAGMA secure_delete = OFF")
        connection.execute("PRAGMA journal_size_limit = 4000000")

    def _open_for_reading(self) -> sqlite3.Connection:
        """The file without touching its folder; where it cannot even be read, an empty database in memory."""
        for how in self._ways_to_read():
            connection = None
            with contextlib.suppress(sqlite3.Error):
                connection = _connect(_uri(self.path, how))
                if self._fits(connection):
                    self.lasting, self._frozen = False, True
                    return connection
                if _version_in(connection) in self._schema.upgrades:
                    return self._upgraded_copy(connection)
            if connection is not None:
                connection.close()
        return self._blank()

    def _upgraded_copy(self, older: sqlite3.Connection) -> sqlite3.Connection:
        """In memory; `older` is closed."""
        memory = _connect(":memory:")
        try:
            older.backup(memory)
            self._upgrade(memory)
        except sqlite3.Error:
            memory.close()
            raise
        older.close()
        self.lasting = False
        return memory

    def _blank(self) -> sqlite3.Connection:
        self.lasting = False
        return self.scratch()

    def _ways_to_read(self) -> Iterator[str]:
        yield "ro"  # finds its way only beside a living `-wal` and `-shm`
        try:
            unfinished = os.path.getsize(self.path + "-wal") > 0
        except OSError:
            unfinished = False
        if not unfinished:
            yield "ro&immutable=1"


def remove(path: str) -> None:
    """Take a database and what SQLite put beside it away."""
    for side in _SIDES:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(path + side)


def _version_in(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _connect(name: str) -> sqlite3.Connection:
    return sqlite3.connect(
        name, timeout=PATIENCE, isolation_level=None, check_same_thread=False, uri=name.startswith("file:")
    )


def _uri(path: str, mode: str) -> str:
    from urllib.parse import quote  # not at every start

    return f"file:{quote(os.path.abspath(path))}?mode={mode}"


def _flock(descriptor: int, kind: int, patience: float) -> None:
    """Raises OSError when others do not let go in time."""
    end = time.monotonic() + patience
    while True:
        try:
            return fcntl.flock(descriptor, kind | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise
            time.sleep(0.01)
