"""Sync with a remote: fetch, look through what came, join link by link, push. A plan first, then run (RULES 6).

Nothing is forced, nothing is rewritten, and what is fetched touches no file before it was looked through. `git merge`
is never used: it took one link's paragraph for another's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from store import actions
from store.errors import (
    NoRemote,
    NotForOthers,
    PushUnknown,
    RemoteCheckedOut,
    RemoteError,
    RemoteFailed,
    RemoteHeld,
    RemoteMoving,
    UnsafeTree,
)
from store.library import Library
from store.lock import talking
from store.merge import told_lines
from store.progress import Progress
from store.repo import addresses
from store.repo import places as places_of
from store.repo.objects import Objects
from store.repo.remote import Refused, Remote
from store.syncing import pulled
from store.syncing.pulling import AS_USUAL, Pulling, base_of, joint_of
from store.syncing.pulling import How as How
from store.text import one_line
from store.writing import adoption

TRIES = 3
_OF_A_LINK = re.compile(r"[0-9a-f]{12}: \S")
_MOST_MERGES = 20  # of those that come, the newest, are asked what they could not keep
_PROBE = "not kept"  # the name of a remote that is none yet; git lets nobody call one so


@dataclass(frozen=True, slots=True)
class Plan:
    """What a sync would do now. `goes`, `comes`, `merges`: ids of links, else paths.

    `fetched`, `to_push`: commits. `told`: what could not be kept of both sides, by id or path. `tip`: what it has. Of
    those that come `removed` were removed there. `edited`: files edited by hand, which a sync commits first; no part of
    the plan.
    """

    url: str
    tip: str | None = None
    comes: tuple[str, ...] = ()
    goes: tuple[str, ...] = ()
    merges: tuple[str, ...] = ()
    fetched: int = 0
    to_push: int = 0
    told: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    edited: int = 0


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did: commits that came, links that were joined, commits that went; what to tell of the joining."""

    url: str
    fetched: int
    merged: int
    pushed: int
    links: tuple[str, ...] = ()
    told: tuple[str, ...] = ()


def remember(library: Library, url: str, how: How = AS_USUAL) -> str:
    """Make this the library's remote, once it has answered and could be one: the address as it is kept.

    What cannot be one takes no good remote's place. Raises RemoteError, UnsafeTree, Cancelled.
    """
    with talking(library.places, how.waiting):
        asked = _asked(library, url, how)
        if asked.name != _PROBE:
            asked.fetch()
        else:
            with _probing(library, asked):
                _take_for_new(library, asked, _base_with(library, asked))
        addresses.remember(library.git, asked.url, anew=asked.name == _PROBE)
    return asked.url


def _asked(library: Library, url: str, how: How) -> Remote:
    """The remote at this address: the library's own, or one that is none yet. BadRemote, RemoteCheckedOut."""
    checked = addresses.address(url)
    name = addresses.configured(library.git)
    if name is not None and addresses.urls_of(library.git, name)[0] == checked:
        return remote_of(library, how)
    if addresses.is_checked_out(checked):
        raise RemoteCheckedOut(addresses.without_password(checked))
    return _remote(library, _PROBE, (checked, ()), how)


def _base_with(library: Library, other: Remote) -> tuple[str, str | None]:
    """Where the two histories part, and its main; an empty one has our first commit. Raises what it cannot be for."""
    head = places_of.ref(library.places, places_of.MAIN) or ""
    tip = other.fetch()
    with Objects(library.git) as objects:
        if tip is None:
            return objects.root(head), None
        pulled.check_library(library.git, tip, other.shown)
        return base_of(library, objects, other, head, tip, AS_USUAL), tip


def _take_for_new(library: Library, probe: Remote, found: tuple[str, str | None]) -> None:
    """What the one before had says nothing of this one: of it no more was seen than where the histories part."""
    base, tip = found
    name = addresses.configured(library.git) or addresses.NAME
    new = _remote(library, name, (probe.url, ()), AS_USUAL)
    library.git.run("update-ref", new.tracking, base)
    if tip is None:
        library.git.run("update-ref", "-d", new.incoming)
    else:
        library.git.run("update-ref", new.incoming, tip)


@contextmanager
def _probing(library: Library, other: Remote) -> Iterator[None]:
    """Of a remote that is none nothing is kept: its ref would hold whatever was fetched from it, for ever."""
    try:
        yield
    finally:
        if other.name == _PROBE:
            library.git.start("update-ref", "-d", other.incoming).finish()


def remote_of(library: Library, how: How = AS_USUAL) -> Remote:
    """The remote that the library syncs with. NoRemote."""
    name = addresses.configured(library.git)
    urls = addresses.urls_of(library.git, name) if name else ("", ())
    if not name or not urls[0]:
        library.git.run("rev-parse", "--git-dir")  # of another user's library git reads no settings, and says so here
        raise NoRemote
    return _remote(library, name, urls, how)


def _remote(library: Library, name: str, urls: tuple[str, tuple[str, ...]], how: How) -> Remote:
    return Remote(library.git, name, *urls, how.patience, how.report, how.cancelled)


def plan(library: Library, how: How = AS_USUAL, url: str | None = None) -> Plan:
    """What a sync would do; fetches, and changes nothing that can be seen. Raises RemoteError, LibraryError.

    `url`: of another remote than the library's own, which stays what it is.
    """
    other = remote_of(library, how) if url is None else _asked(library, url, how)
    with talking(library.places, how.waiting), _probing(library, other):
        tip = _fetched(library, other, how)
    library.catch_up()
    head = library.catalogue.head or ""
    edited = len(adoption.edited_paths(library.places, library.catalogue, library.keeper))
    with Objects(library.git, folder="") as objects:
        if head != tip:
            _check_ours(library, objects, other, tip, head)
        if tip is None:
            return Plan(other.shown, to_push=objects.count(None, head), edited=edited)
        counts = {"fetched": objects.count(head, tip), "to_push": objects.count(tip, head)}
        joint = joint_of(library, objects, head, tip, base_of(library, objects, other, head, tip, how))
    told = told_lines(joint.told)
    came, went, both = (tuple(keys) for keys in (joint.came, joint.went, joint.both))
    return Plan(other.shown, tip, came, went, both, told=told, removed=tuple(joint.gone), edited=edited, **counts)


def sync(library: Library, how: How = AS_USUAL) -> Synced:
    """Everything, in order. Raises RemoteError, RequestError (InTheWay), LibraryError, Cancelled."""
    other = remote_of(library, how)
    library.adopt_edits()
    library.commit_queued()
    with talking(library.places, how.waiting):
        return _synced(library, other, how)


def _synced(library: Library, other: Remote, how: How) -> Synced:
    done = Synced(other.shown, 0, 0, 0)
    tips, why = set(), ""
    for _ in range(TRIES):
        done, tip = _pull(library, other, how, done)
        tips.add(tip)
        try:
            pushed = _push(library, other, tip)
        except Refused as refused:
            why = str(refused)
            continue
        library.state.remember_sync(other.name, library.now())
        other.push_copies(places_of.ref(library.places, other.tracking) or "")
        return replace(done, pushed=pushed)
    if len(tips) == 1:
        raise RemoteHeld(other.shown, why)
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


# --- join ------------------------------------------------------------------------------------------------------------


def _pull(library: Library, other: Remote, how: How, done: Synced) -> tuple[Synced, str | None]:
    """With the remote's main, whose history is in ours now."""
    tip = _fetched(library, other, how)
    if tip is None:
        return done, None
    found, held = Pulling(library, other, how, tip), _captures(library, library.held_ids())
    elsewhere = _told_elsewhere(library, tip, places_of.ref(library.places, other.tracking))
    library.write(found.commits, None)
    if found.in_the_way:
        found.end_folders()
        library.write(found.commits, None)
    library.catch_up()
    _end_holds(library, held)
    library.git.run("update-ref", other.tracking, tip)
    done = replace(
        done,
        fetched=done.fetched + found.fetched,
        merged=done.merged + len(found.joint.both),
        links=(*done.links, *found.joint.came, *found.joint.both),
        told=(*done.told, *elsewhere, *told_lines(found.joint.told)),
    )
    return done, tip


def _told_elsewhere(library: Library, tip: str, seen: str | None) -> tuple[str, ...]:
    """What other machines could not keep when they joined our work with theirs, as the merges that come tell it.

    `seen`: what the remote was known to have; who has given it nothing yet has no part in that.
    """
    head = places_of.ref(library.places, places_of.MAIN) or ""
    with Objects(library.git, folder="") as objects:
        merges = objects.merges(head, tip, _MOST_MERGES)
        if not merges or seen is None or seen == objects.root(head):
            return ()
        told = [line for commit in merges for line in actions.told_by(objects, commit)]
    return tuple(one_line(line) for line in told if _OF_A_LINK.match(line))


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
        _check_ours(library, objects, other, tip, head)
    try:
        other.push(head)
        _check_arrived(library, other, head)
    except PushUnknown:
        if _tip_now(other) != head:
            raise
    library.git.run("update-ref", other.tracking, head)
    return count


def _check_ours(library: Library, objects: Objects, other: Remote, tip: str | None, head: str) -> None:
    """What the user keeps in the library by hand is looked through as what is pulled would be. NotForOthers."""
    if tip is not None and all(map(pulled.is_plain_page, objects.differences(tip, head))):
        return
    try:
        pulled.check_tree(library.git, head)
    except UnsafeTree as error:
        raise NotForOthers(other.shown, error.path, error.reason) from None


def _check_arrived(library: Library, other: Remote, head: str) -> None:
    """What was pushed is there; git may have been told to push elsewhere. RemoteFailed."""
    now = _tip_now(other)
    if now is None:
        raise PushUnknown(other.shown)
    with Objects(library.git) as objects:
        if not objects.is_ancestor(head, now):
            raise RemoteFailed(other.shown, "what was pushed is not there; is there a pushInsteadOf or pushurl?")


def _tip_now(other: Remote) -> str | None:
    """What the remote has, after an answer was lost."""
    try:
        return other.fetch()
    except RemoteError:
        return None
