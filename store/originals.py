"""The bytes of the last captured pages: untracked, compressed, within a budget; the oldest go first.

One file per link, whole or not at all. Kept with the sha256 of the Markdown they gave, and compared only while that is
the link's last captured body. Those of a held capture wait as `<id>.held`.
"""

from __future__ import annotations

import json
import os
import time
import zlib
from dataclasses import asdict, dataclass
from pathlib import Path

from store import files

_LEVEL = 6
_HELD = ".held"
_DEAD = 3600  # seconds: nobody writes a file for so long
_SHARE = 50  # of the budget is written, at most, between two looks at the folder


@dataclass(frozen=True, slots=True)
class Original:
    """A page as it came: where from, what it said it is, its decoded bytes."""

    url: str
    type: str | None
    charset: str | None
    body: bytes


class Originals:
    """The originals in one folder; a `budget` in bytes, None keeps none. That one could not be kept is no error."""

    def __init__(self, folder: Path, budget: int | None) -> None:
        self._folder = folder
        self._budget = budget
        self._room = 0  # bytes that may be written before the folder is looked at again

    def keep(self, id_: str, sha256: str, original: Original) -> None:
        """In the place of the one before."""
        self._put(id_, sha256, original)

    def keep_held(self, id_: str, sha256: str, original: Original) -> None:
        """Beside the good one, until the user has decided."""
        self._put(id_ + _HELD, sha256, original)

    def promote_held(self, id_: str) -> None:
        """The held one takes the place of the good one."""
        try:
            os.replace(self._folder / (id_ + _HELD), self._folder / id_)
        except OSError:
            return

    def drop_held(self, id_: str) -> None:
        """The held one goes."""
        self._remove(id_ + _HELD)

    def drop(self, id_: str) -> None:
        """Everything of this link goes."""
        self._remove(id_)
        self._remove(id_ + _HELD)

    def get(self, id_: str) -> tuple[Original, str] | None:
        """The page, and the sha256 of the Markdown it gave; None when it is not kept or cannot be read."""
        try:
            data = zlib.decompress((self._folder / id_).read_bytes())
            head, _, body = data.partition(b"\n")
            facts = json.loads(head)
            return Original(facts["url"], facts["type"], facts["charset"], body), str(facts["sha256"])
        except (OSError, zlib.error, ValueError, KeyError, TypeError):
            return None

    def _put(self, name: str, sha256: str, original: Original) -> None:
        if self._budget is None:
            return
        facts = {key: value for key, value in asdict(original).items() if key != "body"}
        head = json.dumps({**facts, "sha256": sha256}).encode()
        data = zlib.compress(head + b"\n" + original.body, _LEVEL)
        temporary = self._folder / f"{files.TEMPORARY}{os.urandom(6).hex()}"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            temporary.write_bytes(data)
            os.replace(temporary, self._folder / name)
            self._make_room(len(data))
        except OSError:
            files.drop(str(temporary))

    def _make_room(self, written: int) -> None:
        """Remove the oldest until the rest fits, with room for some more, and what a killed command left.

        A running sum would be wrong as soon as two processes write; to look at every file for each page would take
        longer than the page.
        """
        assert self._budget is not None
        self._room -= written
        if self._room >= 0:
            return
        entries = [(entry.stat(), entry.path) for entry in os.scandir(self._folder)]
        total = sum(stat.st_size for stat, _ in entries)
        aim = self._budget if total <= self._budget else self._budget - self._budget // _SHARE
        dead = time.time() - _DEAD
        for stat, path in sorted(entries, key=lambda entry: entry[0].st_mtime_ns):
            is_dead = stat.st_mtime < dead and os.path.basename(path).startswith(files.TEMPORARY)
            if total > aim or is_dead:
                files.drop(path)
                total -= stat.st_size
        self._room = min(self._budget - total, self._budget // _SHARE)

    def _remove(self, name: str) -> None:
        try:
            files.drop(str(self._folder / name))
        except OSError:
            return
