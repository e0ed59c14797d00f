"""Which folders below `pages/` are looked after, and what is found out about them.

Symbolic links are no folders here, as everywhere in the store: one of them could lead out of the library, into all of
the disk. Neither are hidden folders, and those with names that no page may have.
"""

from __future__ import annotations

import os
import stat
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass

from store import layout

MOST = 10_000  # folders; a library has 257, and a repository that came with a million must not cost us the system's


class NoEvents(Exception):
    """The system tells nothing of these folders: somebody has to look."""


@dataclass(frozen=True, slots=True)
class Found:
    """What happened, by paths in the library.

    `paths`: page files that came, went or were written. `folders`: any file that stands or stood right in these may
    have; subfolders are named themselves.
    """

    paths: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


def folders_below(top: str) -> tuple[str, ...]:
    """`pages` and the folders in it, the nearest first; none when there is no such folder."""
    if identity(top) is None:
        return ()
    found: list[str] = []
    waiting = deque([layout.PAGES])
    while waiting and len(found) < MOST:
        folder = waiting.popleft()
        found.append(folder)
        waiting.extend(sorted(subfolders(top, folder)))
    return tuple(found)


def subfolders(top: str, folder: str) -> Iterator[str]:
    """The folders right in this one."""
    for entry in entries(top, folder):
        if entry.is_dir(follow_symlinks=False) and may_hold_pages(f"{folder}/{entry.name}"):
            yield f"{folder}/{entry.name}"


def may_hold_pages(folder: str) -> bool:
    """By its name: no hidden folder, none that is not safe to name."""
    return layout.is_page(f"{folder}/some.md")


def entries(top: str, folder: str) -> list[os.DirEntry[str]]:
    """What stands in a folder; nothing when it cannot be read."""
    try:
        return list(os.scandir(os.path.join(top, folder)))
    except OSError:
        return []


def identity(top: str) -> tuple[int, int] | None:
    """Which folder `pages` is, whatever its name points to tomorrow; None when it is missing, or no folder."""
    try:
        found = os.stat(os.path.join(top, layout.PAGES), follow_symlinks=False)
    except OSError:
        return None
    return (found.st_dev, found.st_ino) if stat.S_ISDIR(found.st_mode) else None
