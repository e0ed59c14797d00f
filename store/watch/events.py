"""What the system tells of the files below `pages/`, through watchfiles.

- Every folder is watched for itself: a recursive watch follows symbolic links, and would watch all that they lead to.
- A folder that came is to be looked through: what was put into it before it was watched made no event.
- When folders come or go, all are watched anew, and the old watch is read to its end after the new one has begun.
- watchfiles never polls for us: it would look at every file each 300 ms.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING

from store import layout
from store.watch.folders import Found, NoEvents, folders_below, may_hold_pages

if TYPE_CHECKING:
    from watchfiles._rust_notify import RustNotify

    Changes = Collection[tuple[int, str]]

_CHANGED = 2  # watchfiles.Change: added, modified, deleted
_STEP = 200  # milliseconds without another event after which those so far are told
_LONGEST = 1_000  # milliseconds that events are gathered at most
_POLL = 30_000  # milliseconds, where the system has not even the call: there watchfiles polls, whatever we say
_FLOOD = 2_000  # changes at once: then all folders are told, for the system drops events when there are too many
_TRIES = 5
_RECURSIVE = sys.platform == "darwin"  # there one watch follows no symbolic link, and hundreds begin slowly


class Events:
    """The events of one `pages/` folder. Close it. Raises NoEvents, also later on."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._left: Changes = ()
        self._flooded = False
        self.folders, self._notify = _watch_folders(top)

    def close(self) -> None:
        """End the watch."""
        self._notify.close()

    def wait(self, stop: threading.Event, seconds: float) -> Found:
        """What happened; nothing after so many seconds without any, or at once when `stop` is set."""
        left, self._left = self._left, ()
        changes = left or _read(self._notify, stop, int(seconds * 1_000))
        paths, folders = self._sort(changes)
        if folders:
            folders |= self._watch_anew()
        if len(changes) > _FLOOD or (self._flooded and not changes):  # the latter: once more when it is over
            self._flooded = len(changes) > _FLOOD
            return Found(folders=frozenset({*folders, *self.folders}))
        return Found(frozenset(paths), frozenset(folders))

    def _sort(self, changes: Changes) -> tuple[set[str], set[str]]:
        """Pages, and folders that came or went."""
        known = frozenset(self.folders)
        paths: set[str] = set()
        came: set[str] = set()
        changed: set[str] = set()  # folders known before: gone, perhaps with another one in their place
        for kind, full in changes:
            path = full.removeprefix(self._top).lstrip("/")
            if path in known:
                if kind != _CHANGED:
                    changed.add(path)
            elif os.path.isdir(full) and not os.path.islink(full):
                came |= {path} if may_hold_pages(path) else set()
            elif layout.is_page(path):
                paths.add(path)
        within = {folder for folder in known if not changed.isdisjoint(_lineage(folder))} if changed else set()
        return paths, came | within

    def _watch_anew(self) -> set[str]:
        """Watch the folders that are there now: those that are new."""
        before, known = self._notify, frozenset(self.folders)
        self.folders, self._notify = _watch_folders(self._top)
        with before:
            self._left = _read(before, None, 1)
        return set(self.folders) - known


def _lineage(path: str) -> Iterator[str]:
    """The path and the folders it is in."""
    while path:
        yield path
        path = path.rpartition("/")[0]


def _watch_folders(top: str) -> tuple[tuple[str, ...], RustNotify]:
    from watchfiles._rust_notify import RustNotify  # documented; its `watch` cannot be told when to begin

    for _ in range(_TRIES):
        folders = folders_below(top)
        if not folders:
            raise NoEvents
        watched = [os.path.join(top, folder) for folder in (folders[:1] if _RECURSIVE else folders)]
        try:
            return folders, RustNotify(watched, False, False, _POLL, _RECURSIVE, False)
        except FileNotFoundError:
            continue  # a folder went in this moment
        except (OSError, RuntimeError, UnicodeError) as error:  # limits; a folder that may not be read, or has no name
            raise NoEvents from error
    raise NoEvents


def _read(notify: RustNotify, stop: threading.Event | None, milliseconds: int) -> Changes:
    step = min(_STEP, milliseconds)
    try:
        changes = notify.watch(_LONGEST, step, milliseconds, stop)
    except RuntimeError as error:  # a file name that is no UTF-8 ends the watch; so may the system
        raise NoEvents from error
    if changes == "signal":
        raise KeyboardInterrupt
    return () if isinstance(changes, str) else changes
