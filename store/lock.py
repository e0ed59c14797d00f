"""Who may write: the library's lock, and git's index.lock while we hold it.

The lock is an flock, so it goes with its holder; children that write inherit the descriptor and keep it while they run.
`owner` is there while a holder works: found by the next holder, it says that the last one died. `index.lock` is made as
a hard link of `owner`, so whose it is can be told at every moment, also after a crash.
"""

from __future__ import annotations

import fcntl
import os
import random
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from store import files
from store.errors import Busy, Locked
from store.repo.places import Places
from store.repo.run import Git


@contextmanager
def library_lock(places: Places, git: Git, patience: float) -> Iterator[None]:
    """Hold the library's lock. Raises Locked after `patience` seconds."""
    os.makedirs(places.own, exist_ok=True)
    path = os.path.join(places.own, "lock")
    end = time.monotonic() + patience
    while True:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _wait(descriptor, places, end, patience)
            if not _same(descriptor, path):
                continue  # somebody removed the folder while we waited: ours is a lock on nothing
            git.lock = descriptor
            try:
                yield
            finally:
                git.lock = -1
            return
        finally:
            os.close(descriptor)


@contextmanager
def talking(places: Places, waiting: Callable[[], None]) -> Iterator[None]:
    """Be the only one who talks to the remote: two at once would write each other's refs.

    `waiting` is called again and again while somebody else does, and may raise. No child inherits this lock: an ssh
    that outlives us would hold it for ever.
    """
    with open(os.path.join(places.own, "syncing"), "ab") as file:
        while True:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                waiting()
                time.sleep(0.1)
            else:
                yield
                return


def _wait(descriptor: int, places: Places, end: float, patience: float) -> None:
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > end:
                raise Locked(places.top, patience) from None
            time.sleep(random.uniform(0.002, 0.01))
            continue
        return


def _same(descriptor: int, path: str) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.stat(path))
    except FileNotFoundError:
        return False


class IndexLock:
    """git's index.lock, as a link of our `owner` file."""

    def __init__(self, places: Places, patience: float) -> None:
        self._places = places
        self._patience = patience
        self._end = time.monotonic() + patience
        self.owner = os.path.join(places.own, "owner")
        self.path = os.path.join(places.gitdir, "index.lock")
        self.held = False

    def take(self) -> None:
        """Wait for it. Raises Busy when another git command keeps it."""
        while not self.held:
            try:
                os.link(self.owner, self.path)
                self.held = True
            except FileExistsError:
                if time.monotonic() > self._end:
                    raise Busy(self._places.top, "index.lock", self._patience) from None
                time.sleep(random.uniform(0.002, 0.01))

    def release(self) -> None:
        """Let others have it."""
        self.drop_if_ours()  # not by `held`: an interrupt may come between the link and the word
        self.held = False

    def drop_if_ours(self) -> None:
        """Remove a lock of ours: the same file as `owner`, or the same words where somebody copied the library."""
        try:
            if os.path.samefile(self.path, self.owner) or files.read(self.path, 64) == files.read(self.owner):
                files.drop(self.path)
        except FileNotFoundError:
            pass
