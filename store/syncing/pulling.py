"""What was fetched, joined into the library as a plan of the transaction: nothing, the remote's own commit, or a merge.

A remote whose history was rewritten is joined on top of its new tip alone, and only when the user has said so.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from threading import Event

from store import frontmatter
from store.commit import Commit
from store.errors import InTheWay, RewrittenRemote, UnrelatedRemote
from store.files import NotRegular, blob_name
from store.layout import is_page
from store.library import Library
from store.merge import told_lines
from store.progress import Cancelled, Progress, Report, silent
from store.repo import merging
from store.repo import places as places_of
from store.repo.objects import Difference, Objects
from store.repo.remote import PATIENCE, Remote
from store.syncing.joining import Joining, Joint, Moved, Side, Spot, folders_of
from store.writing.view import View

_OWN_FOLDERS = ("pages/", "views/")
_ROOM = "merge: room for what comes from"
_BEFORE = "refs/pagelog/before/"


@dataclass(frozen=True, slots=True)
class How:
    """What a sync may do, tell and be told. `patience`: seconds without a word from the remote."""

    accept_rewrite: bool = False
    report: Report = silent
    cancelled: Event | None = None
    patience: float = PATIENCE

    def go_on(self) -> None:
        """Raises Cancelled when the user has given up."""
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled

    def waiting(self) -> None:
        """Somebody else talks to the remote just now. Raises Cancelled."""
        self.report(Progress("waiting for another sync", 0))
        self.go_on()


AS_USUAL = How()


def base_of(library: Library, objects: Objects, other: Remote, head: str, tip: str, how: How) -> str:
    """The commit to join from. UnrelatedRemote, RewrittenRemote, DamagedRepository."""
    seen = places_of.ref(library.places, other.tracking) or places_of.ref(
        library.places,
        f"refs/remotes/{other.name}/main",  # as the user's own `git clone` left it
    )
    if seen is not None and objects.known(seen) and not objects.is_ancestor(seen, tip):
        if not how.accept_rewrite:
            reason = "back" if objects.is_ancestor(tip, seen) else "rewritten"
            raise RewrittenRemote(other.shown, seen[:12], tip[:12], reason)
        return seen
    bases = objects.bases(head, tip)
    if not bases:
        objects.count(None, head)  # where our own history cannot be read to its root, that is the trouble
        raise UnrelatedRemote(other.shown)
    return bases[0]


class Pulling:
    """One join of what was fetched.

    A file cannot come in the place of a folder, or a folder in that of a file, in the commit that removes the other.
    So `commits` may only remove what is `in_the_way`; then it is to be asked once more.
    """

    def __init__(self, library: Library, other: Remote, how: How, tip: str) -> None:
        self._library, self._other, self._how, self._tip = library, other, how, tip
        self.joint = Joint()
        self.fetched = 0
        self.in_the_way: list[str] = []

    def commits(self, view: View) -> list[Commit]:
        """The one that moves main: none, the remote's own, or a merge."""
        with Objects(self._library.git, folder="") as objects:
            return self._commits(view, objects)

    def _commits(self, view: View, objects: Objects) -> list[Commit]:
        self.joint, self.fetched = Joint(), objects.count(view.head, self._tip)
        base = base_of(self._library, objects, self._other, view.head, self._tip, self._how)
        rewritten = not objects.is_ancestor(base, self._tip)
        if base == self._tip:
            return []
        self._how.report(Progress("joining", 0))
        view.last_moment = self._how.go_on
        joint = self.joint = joint_of(self._library, objects, view.head, self._tip, base, view)
        files = {path: None if new is None else new[0] for path, new in joint.files.items()}
        self.in_the_way = _in_the_way(files)
        for path in self._checked(files):
            _check_free(view, path, files[path])
        if self.in_the_way:
            return [self._room(view, files)]
        if rewritten:
            self._keep(view.head)
        modes = {path: _mode(path, new[1]) for path, new in joint.files.items() if new is not None}
        as_it_is = all(new is None or new[1] == modes[path] for path, new in joint.files.items())
        if base == view.head and as_it_is and view.adoption() is None:
            return [Commit(f"pull: {self._other.name}", "merge", (), files, existing=self._tip, modes=modes)]
        made = self._merge(joint, files, modes)
        return [self._onto(view, objects, made) if rewritten else made]

    def _checked(self, files: dict[str, bytes | None]) -> list[str]:
        """All but those whose place is not free yet."""
        gone = {*self.in_the_way}
        emptied = {folder for path in gone for folder in folders_of(path)}
        return [path for path in files if path in gone or (path not in emptied and not gone & {*folders_of(path)})]

    def _room(self, view: View, files: dict[str, bytes | None]) -> Commit:
        """What stands in the way goes. That is nobody's wish: whoever joins after it takes it for not done."""
        folders = {folder for path in self.in_the_way for folder in folders_of(path) if files.get(folder) is not None}
        for standing in (path for folder in folders for path in view.standing_below(folder)):
            if files.get(standing, b"") is not None:
                raise InTheWay(standing)
        return Commit(f"{_ROOM} {self._other.name}", "merge", (), dict.fromkeys(self.in_the_way))

    def end_folders(self) -> None:
        """Remove the folders that are empty now."""
        emptied = {folder for path in self.in_the_way for folder in folders_of(path)}
        for folder in sorted(emptied, key=len, reverse=True):
            with contextlib.suppress(OSError):
                os.rmdir(self._library.places.file(folder))

    def _merge(self, joint: Joint, files: dict[str, bytes | None], modes: dict[str, str]) -> Commit:
        changed = [key for key in (*joint.both, *joint.came) if _is_id(key)]
        what = _counted(len(changed), "link") or _counted(len(files), "file") or "history"
        return Commit(
            f"merge: {what} from {self._other.name}", "merge", tuple(changed), files,
            told=told_lines(joint.told), other=self._tip, modes=modes,
        )  # fmt: skip

    def _keep(self, head: str) -> None:
        """The history that is given up, under a ref that is never pushed."""
        now = self._library.clock().strftime("%Y%m%dT%H%M%SZ")
        self._library.git.run("update-ref", f"{_BEFORE}{now}", head)

    def _onto(self, view: View, objects: Objects, made: Commit) -> Commit:
        """The remote was rewritten: on top of its new tip alone, else what was purged there would come back."""
        differing = list(objects.differences(view.head, self._tip))
        files = {found.path: _ours(view, objects, found) for found in differing} | dict(made.files)
        modes = {found.path: found.before[1] for found in differing if found.before} | dict(made.modes)
        return replace(made, other=None, onto=(self._tip, files), modes=modes)


def joint_of(library: Library, objects: Objects, head: str, tip: str, base: str, view: View | None = None) -> Joint:
    """The two sides joined. In a transaction ours is what the user's files say."""
    (ours, aside), (theirs, _) = _side(objects, base, head, tip), _side(objects, base, tip, head)
    blobs = _Blobs(objects, [*ours.changes, *theirs.changes, *(Moved(None, spot) for spot in aside)])
    if view is not None:
        ours = _with_edits(view, ours, theirs, blobs)
    merge_text = merging.Texts(library.git).merged

    def paths() -> list[str]:
        return [*(found.path for found in objects.files(head)), *(spot.path for spot in aside)]

    joint = Joining(ours, theirs, blobs.read, _id_of, merge_text, paths).joint()
    for spot in aside:  # against ours as it was before the room was made; it is not there now
        if joint.files.setdefault(spot.path, (blobs.read(spot.blob), spot.mode)) is None:
            del joint.files[spot.path]
    return joint


def _id_of(data: bytes) -> str | None:
    """Also of a document that cannot be read: it is the link's all the same."""
    return frontmatter.id_of(data) or frontmatter.id_shown(frontmatter.head_of(data))


def _side(objects: Objects, base: str, tip: str, other: str) -> tuple[Side, list[Spot]]:
    """What this side made of the base; and what it has put aside to make room for a join that did not come."""
    found = {
        difference.path: Moved(_spot(difference.path, difference.before), _spot(difference.path, difference.after))
        for difference in objects.differences(base, tip)
    }
    stamps: dict[str, tuple[int, str]] = {}
    rooms: dict[str, str] = {}  # path -> the commit that made room of it
    for made in objects.changes(other, tip) if found else ():  # oldest first
        if made.subject.startswith(_ROOM) and len(made.parents) == 1:
            rooms |= {change.path: made.commit for change in made.files}
            continue
        if len(made.parents) > 1:
            rooms.clear()  # here the join came
        for change in made.files:
            rooms.pop(change.path, None)
            stamps[change.path] = made.when, made.commit
    aside = [spot for commit in {*rooms.values()} for spot in _removed(objects, commit) if spot.path in rooms]
    for spot in aside:
        before = found[spot.path].before if spot.path in found else None
        found[spot.path] = Moved(before, spot)
    return Side(tuple(moved for moved in found.values() if moved.before != moved.after), stamps), aside


def _removed(objects: Objects, commit: str) -> list[Spot]:
    spots = (_spot(found.path, found.before) for found in objects.differences(f"{commit}^", commit))
    return [spot for spot in spots if spot is not None]


def _spot(path: str, found: tuple[str, str] | None) -> Spot | None:
    return None if found is None else Spot(path, *found)


def _with_edits(view: View, ours: Side, theirs: Side, blobs: _Blobs) -> Side:
    """Our side, with edits by hand that came since everything was adopted."""
    paths = {
        spot.path for moved in theirs.changes for spot in (moved.before, moved.after) if spot and is_page(spot.path)
    }
    spots = (*(moved.after for moved in ours.changes), *(moved.before for moved in theirs.changes))
    standing = {spot.path for spot in spots if spot}
    paths = {  # below a file there is nothing, and a folder is no page
        path for path in paths if not standing.intersection(folders_of(path)) and not view.is_folder(path)
    }
    try:
        view.read_all(sorted(paths))
    except NotRegular as error:
        raise InTheWay(str(error.filename)) from None
    edited = {path: view.read(path) for path in paths if view.differs(path)}
    changes = [moved for moved in ours.changes if not _paths_of(moved) & edited.keys()]
    for path, data in edited.items():
        before = next((m.before for m in (*ours.changes, *theirs.changes) if m.before and m.before.path == path), None)
        changes.append(Moved(before, None if data is None else Spot(path, blobs.add(data))))
    return Side(tuple(changes), {**ours.stamps, **dict.fromkeys(edited, (1 << 40, ""))})


def _mode(path: str, mode: str) -> str:
    """In our folders nothing is a program."""
    return "100644" if path.startswith(_OWN_FOLDERS) else mode


def _paths_of(moved: Moved) -> set[str]:
    return {spot.path for spot in (moved.before, moved.after) if spot is not None}


def _ours(view: View, objects: Objects, found: Difference) -> bytes | None:
    if is_page(found.path):
        return view.read(found.path)
    return objects.blob(found.before[0]) if found.before else None


class _Blobs:
    """The bytes of what both sides changed, read in bulk."""

    def __init__(self, objects: Objects, changes: Iterable[Moved]) -> None:
        names = {spot.blob for moved in changes for spot in (moved.before, moved.after) if spot is not None}
        self._data = dict(objects.blobs(names))
        self._objects = objects

    def read(self, name: str) -> bytes:
        return self._data[name] if name in self._data else self._objects.blob(name)

    def add(self, data: bytes) -> str:
        name = str(blob_name(data))
        self._data[name] = data
        return name


def _check_free(view: View, path: str, new: bytes | None) -> None:
    """Raise InTheWay where the disk holds something at this path that no commit has."""
    try:
        now = view.read(path)
    except NotRegular:
        raise InTheWay(path) from None
    if view.differs(path) and not is_page(path) and now != new:
        raise InTheWay(path)


def _in_the_way(files: Mapping[str, bytes | None]) -> list[str]:
    """Files that go away, and stand in a folder in whose place a file comes, or in the place of a folder."""
    come = {path for path, data in files.items() if data is not None}
    come_below = {folder for path in come for folder in folders_of(path)}
    gone = (path for path, data in files.items() if data is None)
    return [path for path in gone if path in come_below or come.intersection(folders_of(path))]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}{'s' * (count > 1)}" if count else ""


def _is_id(key: str) -> bool:
    return "/" not in key and "." not in key and len(key) == 12
