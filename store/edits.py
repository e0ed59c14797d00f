"""Edits by hand that nobody has committed yet, in the open app: found, shown, and adopted when still (RULES 2).

At the start: `watch` first, then `edited_paths`. For what `watch` tells: `paths_of`, then `rows` to show them. Both
go to a `Stillness`, and every few seconds `adopt_still` takes over what has been left alone for a minute.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from store import files, layout
from store.commit import Commit
from store.link import Row
from store.watch import Seen
from store.writing import adoption

if TYPE_CHECKING:
    from store.library import Library
    from store.writing.view import View

STILL_FOR = 60.0  # seconds


class Stillness:
    """Since when page files are as they are, for use from several threads.

    In seconds of `clock`, which must be those that files are dated by.
    """

    def __init__(self, clock: Callable[[], float] = time.time, lasting: float = STILL_FOR) -> None:
        self._clock = clock
        self._lasting = lasting
        self._since: dict[str, float] = {}

    def changed(self, paths: Iterable[str]) -> None:
        """These came, went or were written just now."""
        now = self._clock()
        self._since.update((path, now) for path in paths)

    def noticed(self, paths: Iterable[str]) -> None:
        """These are as they are since now, unless it is known since when."""
        now = self._clock()
        for path in paths:
            self._since.setdefault(path, now)

    def dated(self, path: str, moment: float) -> None:
        """This one was touched last at `moment`, as the file says. In the future: who knows, so just now."""
        self._since[path] = min(moment, self._clock())

    def still(self) -> tuple[str, ...]:
        """Those that have been left alone for long enough."""
        until = self._clock() - self._lasting
        return tuple(path for path, since in list(self._since.items()) if since <= until)

    def forget(self, paths: Iterable[str]) -> None:
        """Nobody need wait for these any more, but where one has changed again meanwhile."""
        for path in set(paths).intersection(self.still()):
            del self._since[path]

    def is_fresh(self, moment: float) -> bool:
        """That is not so long ago. A moment in the future says nothing: the disk has another clock."""
        return 0 <= self._clock() - moment < self._lasting


# --- finding and showing --------------------------------------------------------------------------------------------


def edited_paths(library: Library) -> tuple[str, ...]:
    """Everything that is edited, moved, added or removed by hand now; a look at every file."""
    library.catch_up()
    return adoption.edited_paths(library.places, library.catalogue, library.keeper)


def date(library: Library, stillness: Stillness, paths: Iterable[str]) -> None:
    """Tell `stillness` of edits older than the watch: files count from their own times, those gone from now on."""
    for path in paths:
        touched = _touched(library, path)
        if touched is None:
            stillness.noticed([path])
        else:
            stillness.dated(path, touched)


def paths_of(library: Library, seen: Seen) -> tuple[str, ...]:
    """The page files that something was seen of, those of its folders too: on disk or in HEAD."""
    paths = set(seen.paths)
    if seen.folders:
        library.catch_up()
    for folder in seen.folders:
        paths.update(library.catalogue.paths_in(folder))
        paths.update(path for path, _ in adoption.page_files_in(library.places, folder))
    return tuple(sorted(paths))


def rows(library: Library, paths: Iterable[str]) -> dict[str, Row | None]:
    """The links these files are, by id, as they are to be shown now; None: there is no such file any more.

    A link that HEAD does not have yet is left out: it comes when it is adopted.
    """
    library.catch_up()
    ids = _ids_of(library, paths)
    known = library.catalogue.rows(list(ids))
    shown = {row.id: row for row in library.dress(_where_they_stand(library, known))}
    as_in_head = {id_: replace(row, path=known[id_].path) for id_, row in shown.items()}
    missing = [id_ for id_, there in ids.items() if id_ in known or not there]
    return {**dict.fromkeys(missing), **as_in_head}


def _ids_of(library: Library, paths: Iterable[str]) -> dict[str, bool]:
    """id -> there is a file of it, on disk or in HEAD. Of one that is gone from both the name is all that is left."""
    ids: dict[str, bool] = {}
    for path in paths:
        id_ = library.catalogue.id_at(path) or adoption.shown_id(library.places, path)
        if id_:
            ids[id_] = True
        elif (hint := layout.id_hint(path)) and adoption.is_gone(library.places, path):
            ids.setdefault(hint, False)
    return ids


def _where_they_stand(library: Library, known: dict[str, Row]) -> list[Row]:
    """The rows with the paths of their files, those moved by hand too; all of those in one look at the folders."""
    gone = {id_ for id_, row in known.items() if adoption.is_gone(library.places, row.path)}
    moved = adoption.moved_files(library.places, library.catalogue.paths()) if gone else {}
    here = [row for id_, row in known.items() if id_ not in gone]
    return here + [replace(known[id_], path=moved[id_]) for id_ in sorted(gone & moved.keys())]


# --- adopting -------------------------------------------------------------------------------------------------------


def adopt_still(library: Library, stillness: Stillness) -> tuple[str, ...]:
    """Take over the edits that have been left alone for long enough, as one commit: the paths. Raises LibraryError.

    What still changes, or could not be written now, waits on in `stillness`.
    """
    if not stillness.still():
        return ()
    library.catch_up()
    if not _ready(library, stillness):  # most files that change are our own: not worth the lock
        return ()
    adopted: list[str] = []

    def plan(view: View) -> list[Commit]:
        adopted[:] = _ready(library, stillness)  # once more: what was seen may have been another pagelog's rename
        view.read_all(adopted)
        return []

    library.write(plan, None)
    stillness.forget(adopted)
    return tuple(adopted)


def _ready(library: Library, stillness: Stillness) -> list[str]:
    """The still files that are edits; what is none, or was touched just now, is told to `stillness`."""
    if not files.entries(library.places.file(layout.PAGES)):
        return []  # moved away, or a disk that is not there: nobody wants every link removed unasked
    still = stillness.still()
    edited = adoption.edited_among(library.places, library.catalogue, library.keeper, still)
    stillness.forget(set(still) - set(edited))
    ready: list[str] = []
    for path in edited:
        touched = _touched(library, path)
        if touched is not None and stillness.is_fresh(touched):
            stillness.dated(path, touched)
        else:
            ready.append(path)
    return sorted({*ready, *_origins(library, ready)} - _under_way(library, stillness, ready))


def _origins(library: Library, ready: Iterable[str]) -> set[str]:
    """Where the new ones among these were before they were moved: gone, and adopted with them."""
    ids = (adoption.shown_id(library.places, path) for path in ready if library.catalogue.at(path) is None)
    before = {path for id_ in ids if id_ and (path := library.catalogue.path_of(id_))}
    return {path for path in before if adoption.is_gone(library.places, path)}


def _under_way(library: Library, stillness: Stillness, ready: Iterable[str]) -> set[str]:
    """Those gone among these that were moved, and are not still where they are now: adopted then, as one."""
    gone = {path: library.catalogue.id_at(path) for path in ready if adoption.is_gone(library.places, path)}
    moved = adoption.moved_files(library.places, library.catalogue.paths()) if gone else {}
    under_way = {path: moved[id_] for path, id_ in gone.items() if id_ in moved and moved[id_] not in ready}
    stillness.noticed(under_way.values())
    return set(under_way)


def _touched(library: Library, path: str) -> float | None:
    """When the file was last written, moved or otherwise touched, in seconds; None when it is gone."""
    try:
        found = os.lstat(library.places.file(path))
    except OSError:
        return None
    return max(found.st_mtime, found.st_ctime)
