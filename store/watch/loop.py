"""What others change underneath an open library, told within two seconds: commits, untracked facts, page files.

`watch` runs in a thread of its own until it is told to stop, and raises nothing for what becomes of the library: one
that was removed or cannot be read is waited for. It writes nothing, starts no git, and watches nothing in `.git/`: refs
and facts are looked at once a second.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import files
from store.errors import NotALibrary
from store.repo import places as places_of
from store.watch.pages import Pages

if TYPE_CHECKING:
    from store.repo.places import Places
    from store.state import State

_HELD = "refs/pagelog/held/"
_TRIES = 3
_SURE = 10**9  # nanoseconds after which a folder that changes has another time


@dataclass(frozen=True, slots=True)
class Seen:
    """What happened since the one before; our own commits and files among it, they look the same.

    `head`: HEAD, where a shallow history begins, or what is held (refs/pagelog/held) is another.
    `state`: somebody else wrote the untracked facts.
    `paths`: page files that came, went or were written, sorted, relative to the library.
    `folders`: the same may be true of any page file right in these (not in their subfolders): look at them.
    `slowly`: there are no events here: a file written in place is found late (others within some seconds).
    """

    head: bool = False
    state: bool = False
    paths: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()
    slowly: bool = False


def watch(places: Places, state: State, stop: threading.Event) -> Iterator[Seen]:
    """What others do, until `stop` is set (then it ends within a second).

    The first value has nothing in it and comes when the watch has begun: what happened before is to be looked for.
    """
    refs, facts = _Refs(places), _Facts(state)
    with closing(Pages(places.top)) as pages:
        told = Seen(slowly=pages.slowly)
        yield told
        while not stop.is_set():
            found = pages.wait(stop)
            paths, folders = tuple(sorted(found.paths)), tuple(sorted(found.folders))
            seen = Seen(refs.have_moved(), facts.have_changed(), paths, folders, pages.slowly)
            if seen != Seen(slowly=told.slowly):
                told = seen
                yield told


class _Refs:
    """HEAD and what is held."""

    def __init__(self, places: Places) -> None:
        self._places = places
        self._held: dict[str, str] = {}
        self._held_since = (-1, -1)
        self._known = self._look()

    def have_moved(self) -> bool:
        """Since the last time; a library without HEAD is no other one."""
        now = self._look()
        if now is None or now == self._known:
            return False
        self._known = now
        return True

    def _look(self) -> tuple[str, str, dict[str, str]] | None:
        try:
            head = places_of.head_commit(self._places)
            return (head, places_of.boundary(self._places), self._look_at_held()) if head else None
        except (OSError, NotALibrary):
            return None

    def _look_at_held(self) -> dict[str, str]:
        """Read only when the folder or the file of packed refs has changed: there may be a thousand."""
        since = self._times()
        if since == self._held_since and time.time_ns() - max(since) > _SURE:
            return self._held
        for _ in range(_TRIES):  # a ref that is packed in this moment is in neither place
            self._held_since, self._held = since, places_of.refs_below(self._places, _HELD)
            since = self._times()
            if since == self._held_since:
                break
        return self._held

    def _times(self) -> tuple[int, int]:
        commondir = self._places.commondir
        folder = os.path.join(commondir, *_HELD.rstrip("/").split("/"))
        return files.modified(folder), files.modified(os.path.join(commondir, "packed-refs"))


class _Facts:
    """The untracked facts, as somebody else wrote them last."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._known = state.written_by_others()

    def have_changed(self) -> bool:
        """Since the last time."""
        now = self._state.written_by_others()
        if now is None or now == self._known:
            return False
        self._known = now
        return True
