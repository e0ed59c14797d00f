"""A library with a clock of its own, and what stands on its queue."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, timedelta

from store import queueing, search
from store.library import Library
from store.link import Queued

URL = "https://example.org/log"
START = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    """A minute passes with every look."""

    def __init__(self) -> None:
        self._minutes = itertools.count()

    def __call__(self) -> datetime:
        return START + timedelta(minutes=next(self._minutes))


def put(library: Library, *addresses: str, tags: tuple[str, ...] = (), note: str | None = None) -> list[Queued]:
    return [entry for entry in queueing.enqueue(library, addresses, tags, note) if isinstance(entry, Queued)]


def waiting(library: Library) -> list[str]:
    return [entry.url for entry in queueing.queued(library)]


def listed(library: Library, sort: search.Sort = "added") -> list[str]:
    return [row.url for row in search.select(library, None, sort=sort)]


def subjects(library: Library) -> list[str]:
    return library.git.run("log", "--format=%s").decode().splitlines()[:-1]


def groups(library: Library) -> list[str]:
    """One word a commit, newest first: its group, `-` for none; without the first commit of all."""
    shown = library.git.run("log", "--format=%(trailers:key=Pagelog-Group,valueonly,separator=)-").decode()
    return shown.splitlines()[:-1]
