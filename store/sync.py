"""Sync with a remote: fetch, look through what came, join link by link, push. A plan first, then run (RULES 6).

Nothing is forced, nothing is rewritten, and what is fetched touches no file before it was looked through. `git merge`
is never used: it took one link's paragraph for another's.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from threading import Event

from store import frontmatter, pulled
from store.commit import Commit
from store.errors import (
    InTheWay,
    NoRemote,
    PushUnknown,
    RemoteError,
    RemoteMoving,
    RewrittenRemote,
    UnrelatedRemote,
)
from store.files import blob_name
from store.joining import Joining, Joint, Moved, Side, Spot
from store.layout import is_page
from store.library import Library
from store.lock import talking
from store.merge import told_lines
from store.progress import Cancelled, Progress, Report, silent
from store.repo import merging, remote
from store.repo import places as places_of
from store.repo.objects import Difference, Objects
from store.repo.remote import Refused, Remote
from store.view import View

TRIES = 3
_PROBE = "new"  # the name of a remote that is none yet
_BEFORE = "refs/pagelog/before/"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync would do now. `goes`, `comes`, `merges`: ids of links, else paths.

    `fetched`, `to_push`: commits. `told`: what could not be kept of both sides, by id or path.
    """

    url: str
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    fetched: int = 0
    to_push: int = 0
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: commits that came, links that were joined, commits that went; what to tell of the joining."""

    url: str
    fetched: int
    merged: int
    pushed: int
    links: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class How:
    """What a sync may do, tell and be told. `patience`: seconds without a word from the remote."""

    accept_rewrite: bool = False
    report: Report = silent
    cancelled: Event | None = None
    patience: float = remote.PATIENCE

    def go_on(self) -> None:
        """Raises Cancelled when the user has given up."""
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled

    def waiting(self) -> None:
        """Somebody else talks to the remote just now. Raises Cancelled."""
        self.report(Progress("waiting for another sync", 0))
        self.go_on()


def remember(library: Library, url: str, how: How = How()) -> str:
    """Make this the library's remote, once it has answered: the address as it is kept. RemoteError, Cancelled."""
    checked = remote.address(url)
    with talking(library.places, how.waiting):
        Remote(library.git, _PROBE, checked, how.patience, how.report, how.cancelled).fetch()
        before = remote.configured(library.git)
        if before is not None and remote.url_of(library.git, before) != checked:
            for kind in ("remote", "incoming"):  # what another one had says nothing of this one
                library.git.run("update-ref", "-d", f"refs/pagelog/{kind}/{before}")
        remote.remember(library.git, checked)
    return checked


def remote_of(library: Library, how: How = How()) -> Remote:
    """The remote that the library syncs with. NoRemote."""
    name = remote.configured(library.git)
    url = remote.url_of(library.git, name) if name else ""
    if not name or not url:
        library.git.run("rev-parse", "--git-dir")  # of another user's library git reads no settings, and says so here
        raise NoRemote
    return Remote(library.git, name, url, how.patience, how.report, how.cancelled)


def plan(library: Library, how: How = How()) -> Plan:
    """What a sync would do; fetches, and changes nothing that can be seen. Raises RemoteError, LibraryError."""
    other = remote_of(library, how)
    with talking(library.places, how.waiting):
        tip = _fetched(library, other, how)
    library.catch_up()
    head = library.catalogue.head or ""
    with Objects(library.git, folder="") as objects:
        if tip is None:
            return Plan(other.shown, to_push=objects.count(None, head))
        counts = {"fetched": objects.count(head, tip), "to_push": objects.count(tip, head)}
        joint = _joint(library, objects, head, tip, _base(library, objects, other, head, tip, how))
    told = told_lines(joint.told)
    return Plan(other.shown, tuple(joint.came), tuple(joint.went), tuple(joint.both), told=told, **counts)


def sync(library: Library, how: How = How()) -> Synced:
    """Everything, in order. Raises RemoteError, RequestError (InTheWay), LibraryError, Cancelled."""
    other = remote_of(library, how)
    library.adopt_edits()
    library.commit_queued()
    with talking(library.places, how.waiting):
        return _synced(library, other, how)


def _synced(library: Library, other: Remote, how: How) -> Synced:
    done = Synced(other.shown, 0, 0, 0)
    for _ in range(TRIES):
        done, tip = _pull(library, other, how, done)
        try:
            pushed = _push(library, other, tip)
        except Refused:
            continue
        library.state.remember_sync(other.name, library.now())
        return replace(done, pushed=pushed)
    raise RemoteMoving(other.shown, TRIES)


# --- fetch -----------------------------------------------------------------------------------------------------------


def _fetched(library: Library, other: Remote, how: How) -> str | None:
    """The remote's main, looked through; None: it has none yet."""
    how.report(Progress("fetching", 0))
    tip = other.fetch()
    if tip is not None and tip != places_of.ref(library.places, other.tracking):
        how.report(Progress("looking through what came", 0))
        pulled.check_library(library.git, tip, other.shown)
    return tip


def _base(library: Library, objects: Objects, other: Remote, head: str, tip: str, how: How) -> str:
    """The commit to join from. UnrelatedRemote, RewrittenRemote."""
    seen = places_of.ref(library.places, other.tracking)
    if seen is not None and objects.known(seen) and not objects.is_ancestor(seen, tip):
        if not how.accept_rewrite:
            raise RewrittenRemote(other.shown, seen[:12], tip[:12])
        return seen
    bases = objects.bases(head, tip)
    if not bases:
        raise UnrelatedRemote(other.shown)
    return bases[0]


# --- join ------------------------------------------------------------------------------------------------------------


def _pull(library: Library, other: Remote, how: How, done: Synced) -> tuple[Synced, str | None]:
    """With the remote's main, whose history is in ours now."""
    tip = _fetched(library, other, how)
    if tip is None:
        return done, None
    found, held = _Pulling(library, other, how, tip), _captures(library, library.held_ids())
    library.write(found.commits, None)
    library.catch_up()
    _end_holds(library, held)
    library.git.run("update-ref", other.tracking, tip)
    done = replace(
        done,
        fetched=done.fetched + found.fetched,
        merged=done.merged + len(found.joint.both),
        links=(*done.links, *found.joint.came, *found.joint.both),
        told=(*done.told, *told_lines(found.joint.told)),
    )
    return done, tip


class _Pulling:
    """One join of what was fetched, as a plan of the transaction."""

    def __init__(self, library: Library, other: Remote, how: How, tip: str) -> None:
        self._library, self._other, self._how, self._tip = library, other, how, tip
        self.joint = Joint()
        self.fetched = 0

    def commits(self, view: View) -> list[Commit]:
        """The one that moves main: none, the remote's own, or a merge."""
        with Objects(self._library.git, folder="") as objects:
            return self._commits(view, objects)

    def _commits(self, view: View, objects: Objects) -> list[Commit]:
        self.joint, self.fetched = Joint(), objects.count(view.head, self._tip)
        base = _base(self._library, objects, self._other, view.head, self._tip, self._how)
        rewritten = not objects.is_ancestor(base, self._tip)
        if base == self._tip:
            return []
        self._how.report(Progress("joining", 0))
        view.last_moment = self._how.go_on
        joint = self.joint = _joint(self._library, objects, view.head, self._tip, base, view)
        files = {path: None if new is None else new[0] for path, new in joint.files.items()}
        for path in files:
            _check_free(view, path, files[path])
        if rewritten:
            self._keep(view.head)
        if base == view.head and view.adoption() is None:
            modes = {path: new[1] for path, new in joint.files.items() if new is not None}
            return [Commit(f"pull: {self._other.name}", "merge", (), files, existing=self._tip, modes=modes)]
        made = self._merge(joint, files)
        return [self._onto(view, objects, made) if rewritten else made]

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


def _joint(library: Library, objects: Objects, head: str, tip: str, base: str, view: View | None = None) -> Joint:
    """The two sides joined. In a transaction ours is what the user's files say."""
    ours, theirs = _side(objects, base, head, tip), _side(objects, base, tip, head)
    blobs = _Blobs(objects, [*ours.changes, *theirs.changes])
    if view is not None:
        ours = _with_edits(view, ours, theirs, blobs)
    merge_text = merging.Texts(library.git).merged
    return Joining(ours, theirs, blobs.read, frontmatter.id_of, merge_text, lambda: _paths(objects, head)).joint()


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
    view.read_all(sorted(paths))
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
    now = view.read(path)
    if view.differs(path) and not is_page(path) and now != new:
        raise InTheWay(path)


def _is_id(key: str) -> bool:
    return "/" not in key and "." not in key and len(key) == 12


def _captures(library: Library, ids: Iterable[str]) -> dict[str, str | None]:
    """When these were captured; of one that is in the trash, or gone, it says nothing."""
    rows = library.catalogue.rows(list(ids)).values()
    return {row.id: row.captured for row in rows if row.trashed is None}


def _end_holds(library: Library, before: dict[str, str | None]) -> None:
    """A newer capture came, or the link went: what was held of it waits no more."""
    now = _captures(library, before)
    for id_, captured in before.items():
        if id_ not in now or now[id_] != captured:
            library.end_hold(id_, dropped=False)


# --- push ------------------------------------------------------------------------------------------------------------


def _push(library: Library, other: Remote, tip: str | None) -> int:
    """How many commits went. `tip`: what it has; None: nothing, though it may have had it. Refused, RemoteError."""
    head = places_of.ref(library.places, places_of.MAIN) or ""
    if head == tip:
        return 0
    with Objects(library.git) as objects:
        count = objects.count(tip, head)
    try:
        other.push(head)
    except PushUnknown:
        if _tip_now(other) != head:
            raise
    library.git.run("update-ref", other.tracking, head)
    return count


def _tip_now(other: Remote) -> str | None:
    """What the remote has, after an answer was lost."""
    try:
        return other.fetch()
    except RemoteError:
        return None
