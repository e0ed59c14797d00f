"""A command that dies, or meets a full disk, at the n-th call of a kind: in a child of this process, forked warm.

The parent must run no thread: whatever needs one (making the library) is done in children, too.
"""

from __future__ import annotations

import errno
import os
import signal
import stat
import sys
import tempfile
import threading
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from store import files
from tui import cli

MOVES = {"rename": ("rename", "replace"), "link": ("link",), "unlink": ("unlink",), "fsync": ("fsync",)}
WRITES = {"open": ("open",), "write": ("write",), "fsync": ("fsync",), "mkdir": ("mkdir",), "link": ("link",)}
_LONGEST = 60  # seconds; then the child is ended, and the test fails
_EXCHANGES = ("exchange", "place")  # renames that are no function of `os`


@dataclass(frozen=True, slots=True)
class Ended:
    """How the child ended: its exit status, or minus the signal; what it said; how many calls it made of the kind."""

    status: int
    out: str
    err: str
    calls: int

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


def run(top: Path, *words: str) -> Ended:
    """A command on the library, to its end."""
    return _forked(lambda: cli.run(["--library", str(top), *words]), lambda: None)


def die_at(number: int, kind: str, top: Path, *words: str) -> Ended:
    """The same, killed at this call (0: the first) of a kind of `MOVES`; a high number only counts them."""
    return _forked(lambda: cli.run(["--library", str(top), *words]), lambda: _arm(kind, MOVES[kind], number, _die))


def full_at(number: int, kind: str, top: Path, *words: str) -> Ended:
    """The same on a disk that is full from this call on, of a kind of `WRITES`; reading goes on."""
    return _forked(lambda: cli.run(["--library", str(top), *words]), lambda: _arm(kind, WRITES[kind], number, _full))


def in_child(work: Callable[[], object]) -> None:
    """Do this in a child, which has the threads."""
    ended = _forked(lambda: (work() and 0) or 0, lambda: None)
    assert ended.status == 0, ended.err


def _forked(work: Callable[[], int], arm: Callable[[], object]) -> Ended:
    assert threading.active_count() == 1, "this process has had threads: run tests/never_stuck in one of its own"
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, tempfile.TemporaryFile() as counted:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # 3.12 warns of threads, of which there are none
            child = os.fork()
        if child == 0:
            _be_the_child(work, arm, out.fileno(), err.fileno(), counted.fileno())
        _, ended = os.waitpid(child, 0)
        texts = []
        for file in (out, err):
            file.seek(0)
            texts.append(file.read().decode(errors="backslashreplace"))
        return Ended(os.waitstatus_to_exitcode(ended), *texts, calls=os.fstat(counted.fileno()).st_size)


def _be_the_child(work: Callable[[], int], arm: Callable[[], object], out: int, err: int, counted: int) -> None:
    global _counted
    status = 70
    try:
        os.setpgid(0, 0)
        signal.alarm(_LONGEST)
        null = os.open(os.devnull, os.O_RDONLY)
        for number, descriptor in enumerate((null, out, err)):
            os.dup2(descriptor, number)
        sys.stdin, sys.stdout, sys.stderr = open(0), open(1, "w"), open(2, "w")  # noqa: SIM115 - for good
        _counted = counted
        arm()
        status = work()
    except BaseException:  # noqa: BLE001 - whatever it is, the child ends here
        import traceback

        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


_counted = -1
_lock = threading.Lock()


def _arm(kind: str, names: Sequence[str], number: int, then: Callable[[str, tuple[Any, ...]], None]) -> None:
    left = [number]
    write = os.write

    def armed(real: Any) -> Any:
        def call(*arguments: Any, **more: Any) -> Any:
            if not _concerns(kind, arguments):
                return real(*arguments, **more)
            with _lock:
                write(_counted, b".")
                left[0] -= 1
                if left[0] < 0:
                    then(kind, arguments)
            return real(*arguments, **more)

        return call

    for name in names:
        setattr(os, name, armed(getattr(os, name)))
    if kind == "rename":
        for name in _EXCHANGES:
            setattr(files, name, armed(getattr(files, name)))


def _concerns(kind: str, arguments: tuple[Any, ...]) -> bool:
    """Opening for reading needs no room, and a pipe or a terminal is no disk."""
    if kind == "open":
        return len(arguments) > 1 and bool(arguments[1] & os.O_CREAT)
    return kind != "write" or stat.S_ISREG(os.fstat(arguments[0]).st_mode)


def _die(kind: str, arguments: tuple[Any, ...]) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def _full(kind: str, arguments: tuple[Any, ...]) -> None:
    where = arguments[0] if arguments and isinstance(arguments[0], str) else None
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), where)
