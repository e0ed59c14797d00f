"""What was fetched, joined into the library as a plan of the transaction: nothing, the remote's own commit, or a merge.

A remote whose history was rewritten is joined on top of its new tip alone, and only when the user has said so.
"""

from __future__ import annotations

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
            raise RewrittenRemote(other.shown, seen[:12], tip[:12])
        return seen
    bases = objects.bases(head, tip)
    if not bases:
        objects.count(None, head)  # where our own history cannot be read to its root, that is the trouble
        raise UnrelatedRemote(other.shown)
    return bases[0]


class Pulling:
    """One join of what was fetched. `inside`: files left for a second step, in the place of a file that goes first."""

    def __init__(self, library: Library, other: Remote, how: How, tip: str) -> None:
        self._library, self._other, self._how, self._tip = library, other, how, tip
        self.joint = Joint()
        self.fetched = 0
        self.inside: dict[str, bytes | None] = {}

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
        self.inside = {path: files.pop(path) for path in _inside_a_file(files)}
        for path in files:
            _check_free(view, path, files[path])
        if rewritten:
            self._keep(view.head)
        if base == view.head and view.adoption() is None and not self.inside:
            modes = {path: new[1] for path, new in joint.files.items() if new is not None}
            return [Commit(f"pull: {self._other.name}", "merge", (), files, existing=self._tip, modes=modes)]
        made = self._merge(joint, files)
        return [self._onto(view, objects, made) if rewritten else made]

    def commits_inside(self, view: View) -> list[Commit]:
        """What comes in the place of a file that has become a folder, once the file is gone."""
        view.read_all(self.inside)
        return [Commit(f"merge: {len(self.inside)} files from {self._other.name}", "merge", (), self.inside)]

    def _merge(self, joint: Joint, files: dict[str, bytes | None]) -> Commit:
        changed = [key for key in (*joint.both, *joint.came) if _is_id(key)]
        count = f"{len(changed)} {'link' if len(changed) == 1 else 'links'}"
        modes = {path: new[1] for path, new in joint.files.items() if new is not None}
        return Commit(
            f"merge: {count} from {self._other.name}", "merge", tuple(changed), files,
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
    ours, theirs = _side(objects, base, head, tip), _side(objects, base, tip, head)
    blobs = _Blobs(objects, [*ours.changes, *theirs.changes])
    if view is not None:
        ours = _with_edits(view, ours, theirs, blobs)
    merge_text = merging.Texts(library.git).merged
    return Joining(ours, theirs, blobs.read, _id_of, merge_text, lambda: _paths(objects, head)).joint()


def _id_of(data: bytes) -> str | None:
    """Also of a document that cannot be read: it is the link's all the same."""
    return frontmatter.id_of(data) or frontmatter.id_shown(frontmatter.head_of(data))


def _side(objects: Objects, base: str, tip: str, other: str) -> Side:
    changes = tuple(
        Moved(_spot(found.path, found.before), _spot(found.path, found.after))
        for found in objects.differences(base, tip)
    )
    stamps: dict[str, tuple[int, str]] = {}
    for made in objects.changes(other, tip) if changes else ():  # oldest first
        stamps.update((change.path, (made.when, made.commit)) for change in made.files)
    return Side(changes, stamps)


def _spot(path: str, found: tuple[str, str] | None) -> Spot | None:
    return None if found is None else Spot(path, *found)


def _with_edits(view: View, ours: Side, theirs: Side, blobs: _Blobs) -> Side:
    """Our side, with edits by hand that came since everything was adopted."""
    paths = {
        spot.path for moved in theirs.changes for spot in (moved.before, moved.after) if spot and is_page(spot.path)
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


def _paths(objects: Objects, head: str) -> list[str]:
    return [found.path for found in objects.files(head)]


def _check_free(view: View, path: str, new: bytes | None) -> None:
    """Raise InTheWay where the disk holds something at this path that no commit has."""
    try:
        now = view.read(path)
    except NotRegular:
        raise InTheWay(path) from None
    if view.differs(path) and not is_page(path) and now != new:
        raise InTheWay(path)


def _inside_a_file(files: Mapping[str, bytes | None]) -> list[str]:
    """New files one of whose folders is a file that goes away: it has to be gone first."""
    gone = {path for path, data in files.items() if data is None}
    return [path for path, data in files.items() if data is not None and gone.intersection(folders_of(path))]


def _is_id(key: str) -> bool:
    return "/" not in key and "." not in key and len(key) == 12
