"""What the user did by hand in the work tree, and what is remembered of every write: the transaction's keeper."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store import files, frontmatter, layout
from store.errors import DamagedDocument
from store.files import TEMPORARY, blob_name
from store.link import Link
from store.progress import Report, silent
from store.repo.places import boundary

if TYPE_CHECKING:
    from store.catalogue import Catalogue
    from store.journal import OwnAction
    from store.repo.objects import CommitChanges, Objects
    from store.repo.places import Places
    from store.state import State


class Keeper:
    """Takes over edits (RULES 2), and keeps catalogue and state in step with what was written."""

    def __init__(self, places: Places, catalogue: Catalogue, state: State, report: Report = silent) -> None:
        self._places = places
        self._catalogue = catalogue
        self._state = state
        self._report = report

    def adopt(self, objects: Objects, head: bytes | None, disk: bytes | None) -> bytes | None:
        """The file as it stands is what the user wants; one made from an older capture is merged with HEAD's."""
        theirs, ours = _readable(disk), _readable(head)
        if disk is None or head is None or theirs is None or ours is None or not _older(theirs, ours):
            return disk
        from store.merge import later_edit

        base = self._made_from(objects, theirs, blob_name(disk))
        return disk if base is None else later_edit(base, head, disk)

    def _made_from(self, objects: Objects, theirs: Link, blob: str | None) -> bytes | None:
        """The newest version with the capture the edited file came from; None when the file is a version itself."""
        versions = self._catalogue.versions(theirs.id)
        if any(version.blob == blob for version in versions):
            return None
        for version in reversed(versions):
            data = objects.blob(version.blob)
            known = _readable(data)
            if known is not None and known.captured == theirs.captured:
                return data
        return None

    def ids_of(self, path: str, data: bytes | None) -> tuple[str, ...]:
        """The link a file is."""
        found = (data is not None and frontmatter.id_of(data)) or self._catalogue.id_at(path)
        return (found,) if found else ()

    def catch_up(self, head: str, objects: Objects) -> None:
        """Bring the catalogue to this commit."""
        self._catalogue.catch_up(head, lambda: objects, self._report, boundary(self._places))

    def learn(self, parent: str, commits: Sequence[CommitChanges], documents: dict[str, bytes]) -> None:
        """These commits stand on `parent`; the files on disk are what they hold."""
        if self._catalogue.learn(parent, commits, documents):
            held = ((change.path, change.blob) for commit in commits for change in commit.files if change.blob)
            self._catalogue.remember_stats(self._with_stats(held))

    def remember_stat(self, path: str, blob: str) -> None:
        """Size and time of a file known to hold this blob, so that an edit shows without reading it."""
        self._catalogue.remember_stats(self._with_stats([(path, blob)]))

    def _with_stats(self, held: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, int, int]]:
        for path, blob in held:
            try:
                found = os.stat(self._places.file(path))
            except OSError:
                continue
            yield path, blob, found.st_size, found.st_mtime_ns

    def remember(self, action: OwnAction) -> None:
        """The user did this here."""
        self._state.remember_action(action.name, action.action, action.when)


def page_files(places: Places) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below pages/ that may be a link's, with its stat; no symbolic links, nothing of ours."""
    waiting = ["pages"]
    while waiting:
        folder = waiting.pop()
        for entry in files.entries(places.file(folder)):
            path = f"{folder}/{entry.name}"
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            elif layout.is_page(path) and not entry.name.startswith(TEMPORARY) and not entry.is_symlink():
                yield path, entry.stat(follow_symlinks=False)


def moved_file(places: Places, id_: str, known: Callable[[str], bool]) -> str | None:
    """Where a link's file went when it is not where HEAD has it: a file HEAD does not know, with this id inside."""
    found = [path for path, _ in page_files(places) if not known(path) and _id_in(places.file(path)) == id_]
    return min(found, default=None)


def edited_paths(places: Places, catalogue: Catalogue, keeper: Keeper) -> tuple[str, ...]:
    """Every path whose file is not what HEAD has: edited, gone, or new with an id inside.

    Sizes and times spare reading most of them.
    """
    committed = {row.path: row for row in catalogue.select()}
    found: list[str] = []
    for path, stat in page_files(places):
        row = committed.pop(path, None)
        if row is None:
            if catalogue.id_at(path) is None and _id_in(places.file(path)):
                found.append(path)
        elif row.stat != (stat.st_size, stat.st_mtime_ns):
            if _blob_in(places.file(path)) == row.blob:
                keeper.remember_stat(path, row.blob)
            else:
                found.append(path)
    astray = ids_astray(places) if committed else {}
    gone = [path for path, row in committed.items() if row.id not in astray]
    return (*found, *gone)


def ids_astray(places: Places) -> dict[str, str]:
    """id -> path of documents below pages/ under a name that we do not accept: moved by hand, not deleted."""
    astray: dict[str, str] = {}
    for folder, _, names in os.walk(places.file("pages")):
        for name in names:
            path = os.path.relpath(os.path.join(folder, name), places.top)
            if layout.is_page(path.replace(os.sep, "/")) or name.startswith(TEMPORARY):
                continue
            found = _id_in(places.file(path))
            if found:
                astray[found] = path
    return astray


def _blob_in(path: str) -> str | None:
    try:
        return blob_name(files.read(path))
    except OSError:
        return None


def _id_in(path: str) -> str | None:
    try:
        head = files.read(path, at_most=4 * frontmatter.MOST_FRONT)
    except OSError:
        return None
    return frontmatter.id_shown(frontmatter.head_of(head))


def _readable(data: bytes | None) -> Link | None:
    if data is None:
        return None
    try:
        return frontmatter.loads(data)
    except DamagedDocument:
        return None


def _older(theirs: Link, ours: Link) -> bool:
    return theirs.captured is not None and ours.captured is not None and theirs.captured < ours.captured
