"""The files below `pages/`: by events where there are any, else by looking; whatever becomes of the folder itself."""

from __future__ import annotations

import math
import os
import threading
import time

from store import layout
from store.watch.events import Events
from store.watch.folders import Found, NoEvents, identity
from store.watch.looks import Looks

_WAIT = 1.0  # seconds
_TRY_AGAIN = 60.0  # seconds after which events are tried again
_MOUNTS = "/proc/self/mountinfo"  # Linux; elsewhere every file system is taken to have events
_OF_OTHER_MACHINES = (
    "9p", "afs", "ceph", "cifs", "drvfs", "fuse", "gluster", "ncpfs", "nfs", "prl_fs", "smb", "vboxsf", "virtiofs",
)  # fmt: skip


class Pages:
    """Waits for changes of page files. Close it. Never raises for what happens to the folder."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._identity: tuple[int, int] | None = None
        self._events_from = 0.0  # when to try them, by the monotonic clock
        self._way = self._begin()

    @property
    def slowly(self) -> bool:
        """There are no events: a file written in place is found late."""
        return isinstance(self._way, Looks)

    def close(self) -> None:
        """End the watch."""
        if self._way is not None:
            self._way.close()

    def wait(self, stop: threading.Event) -> Found:
        """What happened, as soon as it is known; nothing after a second, or at once when `stop` is set."""
        if identity(self._top) != self._identity:  # it went, came, or is another folder
            return self._go_on_with(self._begin())
        if self._way is None:
            stop.wait(_WAIT)
            return Found()
        if self.slowly and (events := self._events()):
            return self._go_on_with(events)
        try:
            return self._way.wait(stop, _WAIT)
        except NoEvents:
            return self._go_on_with(self._begin())

    def _begin(self) -> Events | Looks | None:
        now = identity(self._top)
        if now != self._identity:
            self._identity, self._events_from = now, 0.0
        if now is None:
            return None
        if is_of_other_machines(os.path.join(self._top, layout.PAGES)):
            self._events_from = math.inf
        return self._events() or Looks(self._top)

    def _events(self) -> Events | None:
        """Events when there are any; not asked for again too soon."""
        if time.monotonic() < self._events_from:
            return None
        self._events_from = time.monotonic() + _TRY_AGAIN
        try:
            return Events(self._top)
        except NoEvents:
            return None

    def _go_on_with(self, way: Events | Looks | None) -> Found:
        """Whatever was known and whatever is there now may have changed between the two."""
        folders = [*(self._way.folders if self._way else ()), *(way.folders if way else ())]
        self.close()
        self._way = way
        return Found(folders=frozenset(folders))


def is_of_other_machines(folder: str, mounts: str = _MOUNTS) -> bool:
    """The folder is on a file system that others write to without our system knowing: a network, Windows under WSL."""
    try:
        device = os.stat(folder).st_dev
        with open(mounts, encoding="utf-8", errors="replace") as file:
            lines = [line.split() for line in file]
    except OSError:
        return False
    number = f"{os.major(device)}:{os.minor(device)}"
    kinds = [words[words.index("-") + 1] for words in lines if words[2] == number and "-" in words]
    return any(kind.startswith(_OF_OTHER_MACHINES) for kind in kinds)
