"""What the user did by hand in the work tree, and what is remembered of every write: the transaction's keeper."""

from __future__ import annotations

import os
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from store import files, frontmatter, layout
from store.errors import DamagedDocument
from store.files import TEMPORARY, blob_name
from store.link import Link
from store.progress import Report, silent
from store.repo.places import boundary

if TYPE_CHECKING:
    from store.catalogue import Catalogue, Committed
    from store.repo.objects import CommitChanges, Objects
    from store.repo.places import Places
    from store.state import State
    from store.writing.journal import OwnAction

    _Found = tuple[str, Committed | None, os.stat_result]  # a file, and what HEAD has there


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

    def remember_files(self, written: Iterable[tuple[str, str]]) -> None:
        """The same of many, as (path, blob)."""
        self._catalogue.remember_stats(self._with_stats(written))

    def remember_stats(self, known: Iterable[tuple[str, str, int, int]]) -> None:
        """The same of many, as (path, blob, size, time in ns), each looked at before the file was read."""
        self._catalogue.remember_stats(known)

    def remember(self, action: OwnAction) -> None:
        """The user did this here."""
        self._state.remember_action(action.name, action.action, action.when)


def page_files(places: Places) -> Iterator[tuple[str, os.stat_result]]:
    """Every file below pages/ that may be a link's, with its stat; no symbolic links, nothing of ours."""
    for path, entry in _standing_below(places):
        yield from _as_page(path, entry)


def page_files_in(places: Places, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Those right in one folder."""
    for path, entry in _standing_in(places, folder):
        if not entry.is_dir(follow_symlinks=False):
            yield from _as_page(path, entry)


def _standing_below(places: Places) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Whatever is no folder, below pages/."""
    waiting = [layout.PAGES]
    while waiting:
        for path, entry in _standing_in(places, waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(path)
            else:
                yield path, entry


def _standing_in(places: Places, folder: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    try:
        found = files.entries(places.file(folder))
    except PermissionError:
        return
    for entry in found:
        yield f"{folder}/{entry.name}", entry


def _as_page(path: str, entry: os.DirEntry[str]) -> Iterator[tuple[str, os.stat_result]]:
    if layout.is_page(path) and not entry.name.startswith(TEMPORARY) and not entry.is_symlink():
        yield from _with_stat(path, entry)


def _with_stat(path: str, entry: os.DirEntry[str]) -> Iterator[tuple[str, os.stat_result]]:
    try:
        yield path, entry.stat(follow_symlinks=False)
    except FileNotFoundError:
        return


def moved_file(places: Places, id_: str, known: Callable[[str], bool]) -> str | None:
    """Where a link's file went when it is not where HEAD has it: a file HEAD does not know, with this id inside."""
    found = [path for path, _ in page_files(places) if not known(path) and _id_in(places.file(path)) == id_]
    return min(found, default=None)


def moved_files(places: Places, known: Container[str]) -> dict[str, str]:
    """The same of all links: id -> path of files that HEAD does not know."""
    new = ((path, entry) for path, entry in _standing_below(places) if path not in known)
    found = sorted((path for some in new for path, _ in _as_page(*some)), reverse=True)
    return {id_: path for path in found if (id_ := _id_in(places.file(path)))}


def is_gone(places: Places, path: str) -> bool:
    """There is no file, for certain: not one that cannot be looked at, and no symbolic link or file on the way."""
    try:
        files.check_folders(places.top, path)
        os.lstat(places.file(path))
    except FileNotFoundError:
        return True
    except OSError:
        return False
    return False


def edited_paths(places: Places, catalogue: Catalogue, keeper: Keeper) -> tuple[str, ...]:
    """Every path whose file is not what HEAD has: edited, gone, or new with an id inside.

    Sizes and times spare reading most of them.
    """
    committed = {link.path: link for link in catalogue.committed()}
    missing = dict(committed)

    def found() -> Iterator[_Found]:
        for path, entry in _standing_below(places):
            link = missing.pop(path, None)
            page = _as_page(path, entry) if link is None else _with_stat(path, entry)  # HEAD's is one for certain
            yield from ((path, link, stat) for path, stat in page)

    edited = _differing(places, keeper, found())
    return (*edited, *_removed(places, missing.values(), committed))


def still_there(places: Places, catalogue: Catalogue, keeper: Keeper, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of these edited paths whose link has not gone: it stands there, or was moved to another of them."""
    there = {path: places.file(path) for path in paths if os.path.lexists(places.file(path))}
    ids = {id_ for path, full in there.items() for id_ in keeper.ids_of(path, files.read(full))}
    return (*there, *(path for path in paths if path not in there and catalogue.id_at(path) in ids))


def edited_among(places: Places, catalogue: Catalogue, keeper: Keeper, paths: Iterable[str]) -> tuple[str, ...]:
    """Those of these paths of which the same is true."""
    found: list[_Found] = []
    missing: list[Committed] = []
    for path in paths:
        link = catalogue.at(path)
        try:
            files.check_folders(places.top, path)
            found.append((path, link, os.lstat(places.file(path))))
        except OSError:
            missing += [link] if link else []
    known = catalogue.paths() if missing else ()
    return (*_differing(places, keeper, found), *_removed(places, missing, known))


def _differing(places: Places, keeper: Keeper, found: Iterable[_Found]) -> list[str]:
    """Of files with what HEAD has there: those with other bytes, and new ones that are links."""
    differing: list[str] = []
    same: list[tuple[str, str, int, int]] = []
    for path, link, stat in found:
        if link is None:
            differing += [path] if shown_id(places, path) else []
        elif link.stat != (stat.st_size, stat.st_mtime_ns):
            blob = _blob_in(places, path)
            if blob == link.blob:
                same.append((path, blob, stat.st_size, stat.st_mtime_ns))
            elif blob is not None:
                differing.append(path)
    if same:
        keeper.remember_stats(same)
    return differing


def _removed(places: Places, missing: Iterable[Committed], known: Container[str]) -> list[str]:
    """Of links without their file: those that were not moved under a name that we do not accept."""
    gone = [link for link in missing if is_gone(places, link.path)]
    astray = ids_astray(places, known) if gone else {}
    return [link.path for link in gone if link.id not in astray]


def ids_astray(places: Places, known: Container[str] = ()) -> dict[str, str]:
    """id -> path of documents below pages/ under a name that we do not accept: moved by hand, not deleted.

    Paths `known` to be pages need no look.
    """
    astray: dict[str, str] = {}
    for path, entry in _standing_below(places):
        if path in known or layout.is_page(path) or entry.name.startswith(TEMPORARY):
            continue
        found = _id_in(places.file(path))
        if found:
            astray[found] = path
    return astray


def shown_id(places: Places, path: str) -> str | None:
    """The id inside a file, also a damaged one; None when it has none, or is no file."""
    return _id_in(places.file(path))


def _blob_in(places: Places, path: str) -> str | None:
    """None when it is no file, or cannot be read: nothing that could be adopted."""
    try:
        return blob_name(files.read(places.file(path)))
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
