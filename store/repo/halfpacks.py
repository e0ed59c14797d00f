"""What git writes of a pack until it is whole, `objects/pack/tmp_*`: left by one that failed, it fills the disk.

The user's own git may be writing one at the same moment, so only what no process has open for writing is removed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from store import files
from store.repo.places import Places

_DYING = 2.0  # seconds that a helper of a git that failed may take to end
_ABANDONED = 600.0  # seconds after which nobody finishes one


@contextmanager
def cleared(places: Places) -> Iterator[None]:
    """A git runs in the block that may fail: what it leaves is removed, and what died long before."""
    before = _found(places)
    for path, modified in before.items():
        if time.time() - modified > _ABANDONED and not files.is_being_written(path):
            files.drop(path)
    try:
        yield
    finally:
        end = time.monotonic() + _DYING
        for path in _found(places).keys() - before:
            while files.is_being_written(path) and time.monotonic() < end:
                time.sleep(0.02)
            if not files.is_being_written(path):
                files.drop(path)


def _found(places: Places) -> dict[str, float]:
    """Path -> when it was last written, in seconds since 1970."""
    found = {}
    for entry in files.entries(os.path.join(places.commondir, "objects", "pack")):
        if entry.name.startswith("tmp_"):
            try:
                found[entry.path] = entry.stat(follow_symlinks=False).st_mtime
            except FileNotFoundError:
                continue
    return found
