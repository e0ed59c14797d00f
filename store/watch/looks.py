"""What one finds out about the files below `pages/` by looking, where the system tells nothing.

Every two seconds: the time of each folder (a file came, went, or was replaced by a rename), and the times of a thousand
files, in turn (a file was written in place; in a library of 100,000 that shows within some minutes). Times of files are
compared with each other, never with our clock: the disk may be another machine's.
"""

from __future__ import annotations

import os
import stat
import threading
import time
from collections import deque
from dataclasses import dataclass

from store import layout
from store.watch.folders import MOST, Found, entries, subfolders

EVERY = 2.0  # seconds
_FILES = 1_000  # looked at each time: some milliseconds


@dataclass(slots=True)
class _Folder:
    """Its time (0: not looked at yet) and the newest time of its files (None: the same), in nanoseconds."""

    modified: int = 0
    newest: int | None = None


class Looks:
    """Looks at one `pages/` folder."""

    def __init__(self, top: str) -> None:
        self._top = top
        self._known: dict[str, _Folder] = {}  # the one whose files were looked at last is the last
        self._next = time.monotonic()

    @property
    def folders(self) -> tuple[str, ...]:
        """The folders it looks at."""
        return tuple(self._known)

    def close(self) -> None:
        """Nothing is kept open."""

    def wait(self, stop: threading.Event, seconds: float) -> Found:
        """What happened, when it is time to look; nothing after so many seconds, or at once when `stop` is set."""
        if stop.wait(min(seconds, max(0.0, self._next - time.monotonic()))) or time.monotonic() < self._next:
            return Found()
        folders = self._look_at_folders()
        paths, first = self._look_at_files()
        self._next = time.monotonic() + EVERY
        return Found(frozenset(paths), frozenset(folders | first))

    def _look_at_folders(self) -> set[str]:
        self._know(layout.PAGES)  # for the first time, or again
        told: set[str] = set()
        waiting = deque(self._known)
        while waiting:
            folder = waiting.popleft()
            modified = self._modified(folder)
            if modified == self._known[folder].modified:
                continue
            told.add(folder)
            if modified is None:
                del self._known[folder]
                continue
            self._known[folder].modified = modified
            waiting.extend(new for new in subfolders(self._top, folder) if self._know(new))
        return told

    def _know(self, folder: str) -> bool:
        """From now on; False when it was known before, or there are too many."""
        if folder in self._known or len(self._known) >= MOST:
            return False
        self._known[folder] = _Folder()
        return True

    def _look_at_files(self) -> tuple[set[str], set[str]]:
        """Pages written since the last look, and folders looked at for the first time: who knows what was before."""
        paths: set[str] = set()
        first: set[str] = set()
        looked = 0
        for folder in list(self._known):
            if looked > _FILES:
                break
            known = self._known[folder] = self._known.pop(folder)
            times = self._times(folder)
            looked += len(times)
            if known.newest is None:
                first.add(folder)
            else:
                newer = (path for path, modified in times.items() if modified > known.newest)
                paths.update(path for path in newer if layout.is_page(path))
            known.newest = max(times.values(), default=known.newest or 0)
        return paths, first

    def _times(self, folder: str) -> dict[str, int]:
        found: dict[str, int] = {}
        for entry in entries(self._top, folder):
            if entry.name.endswith(".md"):
                try:
                    found[f"{folder}/{entry.name}"] = entry.stat(follow_symlinks=False).st_mtime_ns
                except OSError:
                    continue
        return found

    def _modified(self, folder: str) -> int | None:
        """None when it is a folder no more."""
        try:
            found = os.stat(os.path.join(self._top, folder), follow_symlinks=False)
        except OSError:
            return None
        return found.st_mtime_ns if stat.S_ISDIR(found.st_mode) else None
