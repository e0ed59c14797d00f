"""Files as a power cut leaves them: make, exchange, look at, sync.

Rules: a new file is made under a name nobody else uses and synced before it is seen (`create`); what is seen changes by
one rename, and what it replaced comes out under the temporary name (`exchange`), never over it; folders are synced in
bulk, in threads (one thousand documents: 0.2 s instead of 8).
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import stat
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha1
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from concurrent.futures import ThreadPoolExecutor

TEMPORARY = ".pagelog-"  # in .git/info/exclude, so that the user's `git add -A` never takes one
_AT_FDCWD = -100
_SYNC_THREADS = 8
_F_SETSIG = 10  # Linux; not in the fcntl module before Python 3.12
_LOOK_PATIENCE = 0.5
_Item = TypeVar("_Item")
Rename = Callable[[str, str], None]


class NotRegular(OSError):
    """Something that is no regular file stands where a document belongs."""


def blob_name(data: bytes | None) -> str | None:
    """The git blob of these bytes; None for no file."""
    return None if data is None else sha1(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def create(path: str, data: bytes, *, durable: bool = True, mode: int = 0o644) -> None:
    """Make a file that must not be there, and sync it."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, mode)
    try:
        view = memoryview(data)
        while view:
            view = view[os.write(descriptor, view) :]
        if durable:
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def replace_whole(path: str, data: bytes) -> None:
    """Put a synced file at `path`, over what is there: never seen half written."""
    half = path + "w"  # a name that recovery deletes
    drop(half)
    try:
        create(half, data)
    except BaseException:
        drop(half)
        raise
    os.replace(half, path)


def drop(*paths: str) -> None:
    """Remove what is there of these."""
    for path in paths:
        try:
            os.unlink(path)
        except FileNotFoundError:
            pass


def sync(path: str) -> None:
    """Sync a file or a folder; one that is gone meanwhile needs no keeping."""
    try:
        descriptor = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sync_all(paths: Iterable[str]) -> None:
    """Sync many at once; the disk joins them into few flushes."""
    each(sync, list(paths))


def each(work: Callable[[_Item], None], items: Sequence[_Item]) -> None:
    """Call `work` with every item, in threads when there are several; the first exception is raised."""

    def do_some(first: int) -> None:  # a thread's share: a task of its own for every item costs more than the item
        for item in items[first::_SYNC_THREADS]:
            work(item)

    if len(items) <= 1:
        do_some(0)
        return
    for _ in _pool().map(do_some, range(min(len(items), _SYNC_THREADS))):
        pass


@contextmanager
def beside(work: Callable[[], object]) -> Iterator[None]:
    """Do `work` in a thread while the block runs. It has ended when the block is left; its exception comes then."""
    doing = _one_thread().submit(work)
    try:
        yield
    finally:
        failed = doing.exception()
    if failed is not None:
        raise failed


@cache
def _one_thread() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(1, thread_name_prefix="beside")


@cache
def _pool() -> ThreadPoolExecutor:
    from concurrent.futures import ThreadPoolExecutor

    return ThreadPoolExecutor(_SYNC_THREADS, thread_name_prefix="sync")


def modified(path: str) -> int:
    """Nanoseconds of last change; 0 when there is no such file."""
    try:
        return os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return 0


def read(path: str, at_most: int = -1) -> bytes:
    """The bytes of a regular file, or its first ones. Raises OSError; NotRegular for a link, a folder, a pipe."""
    descriptor = _open_regular(path)
    try:
        if at_most < 0:
            return _whole(descriptor, os.fstat(descriptor).st_size)
        return _some(descriptor, at_most)
    finally:
        os.close(descriptor)


def entries(folder: str) -> list[os.DirEntry[str]]:
    """What stands in a folder; nothing when somebody has removed it."""
    try:
        return list(os.scandir(folder))
    except (FileNotFoundError, NotADirectoryError):
        return []


def check_folders(top: str, path: str) -> None:
    """Raise NotRegular when a folder on the way to this path is a symbolic link, or no folder."""
    folder = top
    for name in path.split("/")[:-1]:
        folder = os.path.join(folder, name)
        try:
            mode = os.lstat(folder).st_mode
        except FileNotFoundError:
            return
        if not stat.S_ISDIR(mode):
            raise NotRegular(errno.ENOTDIR, "not a folder", folder)


def _open_regular(path: str) -> int:
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise NotRegular(errno.ELOOP, "not a regular file", path) from None
        raise
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise NotRegular(errno.EINVAL, "not a regular file", path)
    return descriptor


def _whole(descriptor: int, size: int) -> bytes:
    """All of a regular file, which may have grown: a file object would ask the system four times as often."""
    pieces = []
    while piece := os.read(descriptor, size + 1):
        pieces.append(piece)
        if len(piece) <= size:
            break
    return b"".join(pieces)


def _some(descriptor: int, at_most: int) -> bytes:
    pieces = []
    while at_most and (piece := os.read(descriptor, at_most)):
        pieces.append(piece)
        at_most -= len(piece)
    return b"".join(pieces)


# --- looking --------------------------------------------------------------------------------------------------------


def look(path: str, patience: float = _LOOK_PATIENCE) -> tuple[bytes | None, tuple[int, int, int] | None]:
    """Bytes and (inode, size, nanoseconds) of a regular file; (None, None) when there is none.

    Waits up to `patience` seconds for a writer that has it open. Raises NotRegular.
    """
    try:
        descriptor = _open_regular(path)
    except (FileNotFoundError, NotADirectoryError):
        return None, None
    try:
        _wait_for_writers(descriptor, patience)
        data = _whole(descriptor, os.fstat(descriptor).st_size)
        now = os.fstat(descriptor)
    finally:
        os.close(descriptor)
    return data, (now.st_ino, now.st_size, now.st_mtime_ns)


def signature(path: str) -> tuple[int, int, int] | None:
    """(inode, size, nanoseconds) of whatever stands there, as `look` gives it; None when nothing does."""
    try:
        now = os.lstat(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    return now.st_ino, now.st_size, now.st_mtime_ns


def is_being_written(path: str) -> bool:
    """Some process has the file open for writing; where the system does not tell (it is no Linux): yes."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        return not hasattr(fcntl, "F_SETLEASE") or not _has_no_writer(descriptor)
    finally:
        os.close(descriptor)


def _wait_for_writers(descriptor: int, patience: float) -> None:
    """Until no process has the file open for writing: then a read lease can be had (Linux; elsewhere no wait)."""
    if not hasattr(fcntl, "F_SETLEASE"):
        return
    end = time.monotonic() + patience
    while not _has_no_writer(descriptor) and time.monotonic() <= end:
        time.sleep(0.002)


def _has_no_writer(descriptor: int) -> bool:
    """A read lease can be had; so it is taken where the file system knows none."""
    try:
        fcntl.fcntl(descriptor, _F_SETSIG, signal.SIGURG)  # the default, SIGIO, kills the process
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as error:
        return error.errno != errno.EAGAIN
    return True


# --- renaming -------------------------------------------------------------------------------------------------------


def exchange(one: str, other: str) -> None:
    """Two files change places in one step; both must be there."""
    swap = _swap()
    if swap is not None:
        swap(one, other)
        return
    kept = one + "x"  # no such call here: the other is never missing, but for a moment it has two names
    drop(kept)
    os.link(other, kept)
    os.replace(one, other)
    os.replace(kept, one)


def place(source: str, target: str) -> None:
    """Give a file its name; FileExistsError when something is there."""
    move = _move_new()
    if move is not None:
        move(source, target)
        return
    os.link(source, target)
    os.unlink(source)


def try_exchange(one: str, other: str) -> bool:
    """`exchange`, False when one of them is gone."""
    try:
        exchange(one, other)
    except OSError:
        return False
    return True


def try_place(source: str, target: str) -> bool:
    """`place`, False when the source is gone or the target there."""
    try:
        place(source, target)
    except OSError:
        return False
    return True


def _system_rename(name: str, flag: int, *, at: bool) -> Rename | None:
    """The system's rename with a flag, or None where the C library or the kernel has none."""
    import ctypes

    try:
        call = getattr(ctypes.CDLL(None, use_errno=True), name)
    except (AttributeError, OSError):
        return None

    def rename(one: str, other: str) -> None:
        source, target = os.fsencode(one), os.fsencode(other)
        failed = call(_AT_FDCWD, source, _AT_FDCWD, target, flag) if at else call(source, target, flag)
        if failed:
            number = ctypes.get_errno()
            raise OSError(number, os.strerror(number), other)

    return rename


def _supported(rename: Rename) -> bool:
    """False on a kernel that answers ENOSYS or EINVAL to every call."""
    try:
        rename("/nowhere/pagelog-a", "/nowhere/pagelog-b")
    except OSError as error:
        return error.errno not in (errno.ENOSYS, errno.EINVAL)
    return True


def _choose(linux_flag: int, mac_flag: int) -> Rename | None:
    rename = (
        _system_rename("renamex_np", mac_flag, at=False)
        if sys.platform == "darwin"
        else _system_rename("renameat2", linux_flag, at=True)
    )
    return rename if rename is not None and _supported(rename) else None


@cache
def _move_new() -> Rename | None:
    return _choose(linux_flag=1, mac_flag=4)  # RENAME_NOREPLACE, RENAME_EXCL


@cache
def _swap() -> Rename | None:
    return _choose(linux_flag=2, mac_flag=2)  # RENAME_EXCHANGE, RENAME_SWAP
