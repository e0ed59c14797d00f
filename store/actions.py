"""What was done to the library, as values: listed, found, and which of it `undo` and `redo` mean next (RULES 4).

An action is a commit, or all commits of one group. It is taken back exactly when the newest undo or redo that names it
is an undo. What was done *here* is remembered in the untracked state; a library from elsewhere has none of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.commit import titled
from store.errors import AlreadyUndone, NoSuchAction, NothingToRedo, NothingToUndo, NotUndoable, SeveralActions
from store.state import SettledHold

if TYPE_CHECKING:
    from store.catalogue.activity import Done
    from store.library import Library
    from store.repo.objects import Objects

DROPPED = "drop"
"""The action of a held capture that was dropped: no commit tells of it, only the state."""

ACCEPTED = "accept"
"""The action of a held capture that was accepted; its commit is an `update`."""

_BY_NAME = frozenset(("", "adopt", "repair"))  # of a person's own hand, or of the program's: never meant by "the last"
_NEVER = frozenset(("init", "merge", "undo", "redo", "purge"))
_TAKINGS = ("undo", "redo")
_TELLING = ("merge", *_TAKINGS)
_MERGED = re.compile(r"merge: (\d+) links? from ")


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that was done. `name`: as an undo names it, the group or the commit.

    `commits`: newest first; empty for a dropped capture. `when`: of the newest, UTC. `links`: how many it was about.
    `hold`: the held capture that was accepted or dropped by it, where that is known here. `begins`: the history here
    begins with it. `joins`: it has several parents.
    """

    name: str
    commits: tuple[str, ...]
    when: str
    action: str
    summary: str
    links: int
    undone: bool
    hold: SettledHold | None = None
    begins: bool = False
    joins: bool = False

    @property
    def undoable(self) -> bool:
        """`undo` may be told to take it back. Where a history begins, here or by its depth, nothing stood before."""
        by_hand = self.action != "" or (self.links > 0 and not self.joins)  # a commit of other files is git's affair
        return self.action not in _NEVER and not self.begins and by_hand

    @property
    def meant(self) -> bool:
        """It may be what somebody means who says "the last"."""
        return self.undoable and self.action not in _BY_NAME


def activity(library: Library) -> Iterator[Action]:
    """Everything that was done, newest first. A capture that was dropped has no commit, and is not here."""
    library.catch_up()
    book = _Book(library)
    seen: set[str] = set()
    for commits in library.catalogue.activity():
        name = commits[0].name
        if name not in seen:
            seen.add(name)
            yield book.action(name, commits)


def told(objects: Objects, action: Action) -> tuple[str, ...]:
    """What the action could not keep of two sides, as its commit tells it: a line for each."""
    return told_by(objects, action.commits[0]) if action.action in _TELLING else ()


def told_by(objects: Objects, commit: str) -> tuple[str, ...]:
    """The same of a commit."""
    _, _, body = objects.message(commit).partition("\n")
    return tuple(line for line in body.splitlines() if line and not line.startswith("Pagelog-"))


def find(library: Library, text: str) -> Action:
    """The action that somebody names: a commit, at least 7 digits of one, or a group. NoSuchAction, SeveralActions."""
    library.catch_up()
    words = text.strip().lower()
    found = library.catalogue.done_as(words) if re.fullmatch(r"[0-9a-f]+", words) else []
    if len(found) > 1:
        raise SeveralActions(text, " ".join(commits[0].commit[:12] for commits in found))
    book = _Book(library)
    if found:
        commits = found[0]
        return book.action(words if commits[0].group == words else commits[0].commit, commits)
    dropped = book.dropped(words)
    if dropped is None:
        raise NoSuchAction(text)
    return dropped


def to_undo(library: Library, count: int = 1) -> list[Action]:
    """The last `count` actions made here that stand, newest first. NothingToUndo, which names what others did last."""
    library.catch_up()
    book = _Book(library)
    found: list[Action] = []
    rewritten = False
    for name, what, _ in library.state.actions():
        action = None if what in _TAKINGS else book.known(name)
        if action is not None and action.meant and not action.undone:
            found.append(action)
        rewritten = action is None and what not in _TAKINGS  # by the user's own git: nobody knows what it has become
        if rewritten or len(found) == count:
            break
    if not found:
        newest = _newest_meant(library, book)
        if newest is None:
            raise NothingToUndo("nothing", None, None)
        raise NothingToUndo("rewritten" if rewritten else "others", newest.commits[0][:12], newest.summary)
    return found


def to_redo(library: Library, count: int = 1) -> list[tuple[Done, Action]]:
    """The undo commits made here that stand, with what each took back, newest first. NothingToRedo.

    They end at the last other action that was made here.
    """
    library.catch_up()
    book = _Book(library)
    found: list[tuple[Done, Action]] = []
    since = False
    for name, what, _ in library.state.actions():
        since = what not in _TAKINGS
        if since:
            break
        taking = book.standing_undo(name)
        action = None if taking is None else book.known(taking.undoes)
        if taking is not None and action is not None:
            found.append((taking, action))
        if len(found) == count:
            break
    if not found:
        raise NothingToRedo("since" if since and book.undone_here() else "nothing")
    return found


def check_undoable(action: Action) -> None:
    """Raises NotUndoable, AlreadyUndone."""
    if not action.undoable:
        raise NotUndoable(action.name[:12], action.action or "by hand")
    if action.undone:
        raise AlreadyUndone(action.name[:12], action.summary)


def _newest_meant(library: Library, book: _Book) -> Action | None:
    """The newest commit on main's own line that can be taken back, whoever made it."""
    for done in library.catalogue.first_parents(library.catalogue.head or ""):
        action = book.action(done.commit, [done])
        if action.meant and not action.undone:
            return action
    return None


class _Book:
    """Which actions are taken back, as the history says at this moment."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._takings = library.catalogue.takings()

    def action(self, name: str, commits: Sequence[Done]) -> Action:
        newest, oldest = commits[0], commits[-1]
        hold = self._library.state.settled_hold(name)
        return Action(
            name, tuple(done.commit for done in commits), newest.when, oldest.action, _summary(commits),
            sum(map(_links, commits)), self._undone(name, newest.group), hold,
            any(not done.parents for done in commits), any(len(done.parents) > 1 for done in commits),
        )  # fmt: skip

    def known(self, name: str) -> Action | None:
        """An action by the name that an undo gives it; None when the history has it no more."""
        commits = self._library.catalogue.done(name)
        return self.action(name, commits) if commits else self.dropped(name)

    def dropped(self, name: str) -> Action | None:
        """A held capture that was dropped here, by its commit."""
        hold = self._library.state.settled_hold(name)
        if hold is None or hold.accepted:
            return None
        row = self._library.catalogue.row(hold.id)
        summary = titled(DROPPED, row.title if row else hold.id)
        return Action(name, (), hold.when, DROPPED, summary, 1, self._undone(name, ""), hold)

    def standing_undo(self, commit: str) -> Done | None:
        """The undo that this commit is, if no redo came after it; another machine's undo of the same may have."""
        found = next(iter(self._library.catalogue.done(commit)), None)
        newest = None if found is None else self._takings.get(found.undoes)
        if found is None or newest is None or found.action != "undo" or newest.action == "redo":
            return None
        if newest == found:
            return found
        takings = self._library.catalogue.takings_of(found.undoes)
        since = takings[takings.index(found) :]
        return None if any(done.action == "redo" for done in since) else found

    def undone_here(self) -> bool:
        """Something that was taken back here is so still."""
        names = {name for name, what, _ in self._library.state.actions() if what == "undo"}
        return any(self.standing_undo(name) is not None for name in names)

    def _undone(self, *names: str) -> bool:
        takings = (self._takings.get(name) for name in names if name)
        return any(taking is not None and taking.action == "undo" for taking in takings)


def _links(done: Done) -> int:
    """How many it was about: a merge says so itself, for git counts only the files that are as on neither side."""
    said = _MERGED.match(done.subject)
    return int(said[1]) if said else done.pages


def _summary(commits: Sequence[Done]) -> str:
    oldest = commits[-1]
    if len(commits) > 1 and {done.action for done in commits} == {oldest.action}:
        return f"{oldest.action}: {len(commits)} links"
    return oldest.subject
