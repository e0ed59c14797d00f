"""The libraries this user knows: `trust.json` in the user's data folder, never in a library.

A library is known by the real path, the device and the inode of its git folder, and by a mark, a random word that we
put into its `.git/pagelog`. The mark alone is worth nothing (a copied folder brings it along), and a path and an inode
without it are worth little (both are given out again after a folder is deleted). A library that was moved keeps its
inode; a disk that was plugged in anew may have another number. So mark and inode must be those remembered, and path or
device.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

from store import files
from store.errors import NotWritable
from store.repo.places import Places

MARK = "mark"
Standing = Literal["made", "trusted", "seen"]
_MOST_KNOWN = 200  # above it, what is gone is forgotten, then the oldest
_MOST_BYTES = 1 << 22


@dataclass(frozen=True, slots=True)
class Known:
    """One library: made here, trusted by the user's word, or seen and found harmless.

    `top` is its work tree; `aside` the name under which the records that it came with stand in its git folder, or "".
    """

    path: str
    device: int
    inode: int
    mark: str
    top: str
    standing: Standing
    aside: str = ""

    def is_place(self, other: Known) -> bool:
        """The same folder at the same place, whatever its mark."""
        return (self.path, self.device, self.inode) == (other.path, other.device, other.inode)

    def is_same(self, other: Known) -> bool:
        """The same library, at its place or moved."""
        if not self.mark or not other.mark:
            return self.mark == other.mark and self.is_place(other)
        marked = self.mark == other.mark and self.inode == other.inode
        return marked and (self.path == other.path or self.device == other.device)


def look(places: Places) -> Known:
    """A library as it stands there, seen for the first time. Raises OSError."""
    path = os.path.realpath(places.commondir)
    found = os.stat(path)
    return Known(path, found.st_dev, found.st_ino, _mark(places), os.path.realpath(places.top), "seen")


def _mark(places: Places) -> str:
    try:
        return files.read(os.path.join(places.own, MARK), 64).decode("ascii", "replace").strip()
    except OSError:
        return ""


class Acquaintances:
    """trust.json of a folder, which need not be there yet."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._path = os.path.join(folder, "trust.json")

    def find(self, here: Known) -> Known | None:
        """What is remembered of this library."""
        return next((known for known in self._read() if known.is_same(here)), None)

    def at_place(self, here: Known) -> Known | None:
        """What is remembered of a library at exactly this place, whatever its mark."""
        return next((known for known in self._read() if known.is_place(here)), None)

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Keep other processes from remembering anything meanwhile. Raises NotWritable."""
        try:
            os.makedirs(self._folder, mode=0o700, exist_ok=True)
            lock = os.open(self._path + ".lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        except OSError as error:
            raise NotWritable(str(self._folder), error.strerror or "") from error
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def remember(self, known: Known) -> None:
        """Write it down for good, in place of what was known of it or of its place; inside `changing`."""
        others = [old for old in self._read() if not (old.is_same(known) or old.path == known.path)]
        if len(others) >= _MOST_KNOWN:
            others = [old for old in others if os.path.exists(old.path)][1 - _MOST_KNOWN :]
        self._write([*others, known])

    def _write(self, libraries: list[Known]) -> None:
        text = json.dumps({"libraries": [asdict(known) for known in libraries]}, indent=1)
        half = self._path + ".new"
        try:
            files.drop(half)
            files.create(half, text.encode(), mode=0o600)
            os.replace(half, self._path)
            files.sync(str(self._folder))
        except OSError as error:
            raise NotWritable(self._path, error.strerror or "") from error

    def _read(self) -> list[Known]:
        try:
            data = files.read(self._path, _MOST_BYTES)
        except FileNotFoundError:
            return []
        except OSError as error:
            raise NotWritable(self._path, error.strerror or "") from error
        try:
            return [Known(**facts) for facts in json.loads(data)["libraries"]]
        except (ValueError, TypeError, KeyError, RecursionError):
            return []  # written whole by a rename, so somebody else's; the libraries are looked at anew
