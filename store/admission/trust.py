"""Whether a library may be used, since git obeys much of what can stand in its git folder.

- made here, or trusted by the user's word: used as it is.
- any other: refused while its git folder holds an order (`orders`); looked through anew at every opening.
- never seen before: besides, its `.git/pagelog` (queue, own actions, catalogue, a journal to recover from) is set
  aside, unread; what we find there later is our own. `give` brings it back.

A library whose `.git/pagelog` was deleted is looked through as any other, since its mark is gone.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store import files
from store.admission.acquaintance import MARK, Acquaintances, Known, look
from store.errors import NotWritable, Untrusted
from store.repo.places import Places, ref

if TYPE_CHECKING:
    from store.admission.orders import Order

_OWNER = "owner"  # of a holder of the library's lock, see `store.lock`
_PATIENCE = 20.0


class Trust:
    """What the user knows of libraries; `folder` is the user's data folder.

    `set_aside`: where the records of the library that was taken in last went, or "".
    """

    def __init__(self, folder: Path) -> None:
        self._known = Acquaintances(folder)
        self.set_aside = ""

    def check(self, places: Places) -> Known | None:
        """What is known of a library; before this, no git may run in it. Raises Untrusted."""
        known = self._known.find(look(places))
        if known is None or known.standing == "seen" or not _is_own(places, known):
            refuse_orders(places, known)
        return known

    def take_in(self, places: Places, known: Known | None) -> None:
        """Remember a library that `check` let pass. Raises Untrusted, NotWritable."""
        if known is None:
            self._begin_with("seen", places)
            return
        here = look(places)
        if known.path != here.path or known.device != here.device:
            self._moved(replace(known, path=here.path, device=here.device, top=here.top))

    def made(self, places: Places) -> None:
        """This library is being made here; told before it has a commit, so that nobody takes it for a strange one.

        Raises NotWritable, and Untrusted where something stood there already.
        """
        self.check(places)
        self._begin_with("made", places)

    def give(self, places: Places) -> str:
        """The user trusts this library: where its own records came back from, or "". Raises LibraryError."""
        with self._known.changing():
            here = look(places)
            known = self._known.find(here) or self._known.at_place(here)
            aside = known.aside if known is not None else ""
            mark = here.mark or (_new_mark() if _can_write(places) else "")
            trusted = replace(here, standing="trusted", mark=mark, aside=aside)
            self._known.remember(trusted)
            if mark != here.mark:
                _put_mark(places, mark)
            if not aside or not _bring_back(places, aside, mark):
                return ""
            self._known.remember(replace(trusted, mark=look(places).mark, aside=""))
        return os.path.join(places.commondir, aside)

    def _begin_with(self, standing: str, places: Places) -> None:
        with self._known.changing():
            here = look(places)
            if self._known.find(here) is not None:
                return  # another process was faster
            before = self._known.at_place(here)
            if standing == "made":
                here = replace(here, standing="made")
            elif before is not None and not os.path.lexists(places.own):  # only `.git/pagelog` was deleted
                here = replace(here, standing=before.standing)
            self._begin(places, replace(here, aside=before.aside if before is not None else ""))

    def _begin(self, places: Places, here: Known) -> None:
        """Remember a library with a new mark, then give it the mark: a crash in between leaves it unknown."""
        strange = _holds_records(places)
        if not _can_write(places):
            if strange:
                raise Untrusted(places.top, "file .git/pagelog, on a disk that cannot be written")
            self._known.remember(replace(here, mark=""))
            return
        aside = _free_name(places, "untrusted") if strange else here.aside
        known = replace(here, mark=_new_mark(), aside=aside)
        self._known.remember(known)
        if strange:
            self.set_aside = os.path.join(places.commondir, known.aside)
            os.rename(places.own, self.set_aside)
        _put_mark(places, known.mark)
        if strange:
            _clear_locks(places, self.set_aside)

    def _moved(self, known: Known) -> None:
        try:
            with self._known.changing():
                self._known.remember(known)
        except NotWritable:
            pass  # its inode and its mark tell it the next time, too


def orders_of(places: Places) -> Sequence[Order]:
    """What stands in the git folder that git would obey."""
    from store.admission import orders  # here: a library made on this machine needs none of it

    return [*orders.elsewhere(places), *orders.orders(places)]


def refuse_orders(places: Places, known: Known | None = None) -> None:
    """Raise Untrusted where there is such a thing; a git folder elsewhere is none in the library that is known so."""
    found = orders_of(places)
    if known is not None and known.top == places.top:
        found = [order for order in found if order.kind != "place"]
    if found:
        raise Untrusted(places.top, _named(found))


def _named(found: Sequence[Order]) -> str:
    """All of them by name, for one sentence: the values of settings may be as long as they like."""
    by_kind: dict[str, list[str]] = {}
    for order in found:
        by_kind.setdefault(order.kind, []).append(order.brief)
    return "; ".join(f"{kind} {', '.join(dict.fromkeys(names))}" for kind, names in by_kind.items())


def _is_own(places: Places, known: Known) -> bool:
    """The work tree is the one that was made or trusted, and no other folder that only points at its git folder."""
    if known.top == places.top:
        return True
    from store.admission import orders

    return not orders.elsewhere(places)


def _can_write(places: Places) -> bool:
    return os.access(places.commondir, os.W_OK)


def _new_mark() -> str:
    return os.urandom(16).hex()


def _holds_records(places: Places) -> bool:
    """There is a `.git/pagelog` that holds more than a mark, or is no folder."""
    if os.path.islink(places.own) or not os.path.isdir(places.own):
        return os.path.lexists(places.own)
    return any(entry.name != MARK for entry in files.entries(places.own))


def _put_mark(places: Places, mark: str) -> None:
    os.makedirs(places.own, exist_ok=True)
    path = os.path.join(places.own, MARK)
    files.drop(path)
    files.create(path, mark.encode())
    files.sync(places.own)


def _free_name(places: Places, why: str) -> str:
    number = 1
    while os.path.lexists(f"{places.own}.{why}-{number}"):
        number += 1
    return os.path.basename(f"{places.own}.{why}-{number}")


def _clear_locks(places: Places, aside: str) -> None:
    """What a writer left that died in this library before it came here, so that it blocks nobody.

    By `owner` alone the next writer can tell that the `index.lock` is no git's; what main was about to become is the
    commit of `refs/pagelog/next`. Its journal is not read: files that it exchanged already are taken for edits.
    """
    try:
        words = files.read(os.path.join(aside, _OWNER), 64)
    except OSError:
        return
    from store.repo import refs

    refs.drop_dead_locks(places, ref(places, "refs/pagelog/next") or "", since=0)
    files.create(os.path.join(places.own, _OWNER), words)


def _bring_back(places: Places, aside: str, mark: str) -> bool:
    """Put the records that a library came with in the place of ours; what waits in our queue is put on theirs."""
    from store.lock import library_lock
    from store.repo.run import Git

    theirs = os.path.join(places.commondir, aside)
    if not os.path.isdir(theirs) or os.path.islink(theirs):
        return False
    with library_lock(places, Git(places), _PATIENCE):
        _join(places.own, theirs)
        if not os.path.lexists(os.path.join(theirs, MARK)):  # by its own, another machine or user knows it still
            files.create(os.path.join(theirs, MARK), mark.encode())
        os.rename(places.own, os.path.join(places.commondir, _free_name(places, "replaced")))
        os.rename(theirs, places.own)
        files.sync(places.commondir)
    return True


def _join(ours: str, theirs: str) -> None:
    """What must not be lost of the records in one folder, added to those in the other: the queue and own actions."""
    from store.state import State

    new, old = State.open(os.path.join(ours, "state.sqlite3")), State.open(os.path.join(theirs, "state.sqlite3"))
    try:
        old.enqueue(new.queued())
        for name, action, when in reversed(new.actions()):
            old.remember_action(name, action, when)
    finally:
        new.close()
        old.close()
