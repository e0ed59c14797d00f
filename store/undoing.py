"""Takes actions back, and puts them back: the merge of one link with what stood before, where what came since wins.

An undo is one commit, empty where nothing is left to take back. A group is taken back commit by commit, newest first,
in memory, link by link: what others did in between stays. A held capture that was accepted or dropped is held again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from store import actions, commit, frontmatter
from store.actions import Action, check_undoable, to_redo, to_undo
from store.admission.opening import check_settings
from store.changing import Pace
from store.commit import Commit
from store.errors import (
    AlreadyUndone,
    DamagedDocument,
    FewerActions,
    LibraryError,
    NoSuchLink,
    NothingToRedo,
    NothingToUndo,
)
from store.layout import is_page
from store.library import Library
from store.merge import TAKING_BACK, Told, merge_documents, told_lines
from store.plainness import wrong_anywhere, wrong_in_pages
from store.repo.objects import Objects, Step
from store.repo.places import SETTINGS, check_ready
from store.writing.view import View

_OURS = ("pages", "views")
_HELD = "refs/pagelog/held/"


@dataclass(frozen=True, slots=True)
class Kept:
    """Something that was changed since the action, and stays as it is."""

    id: str
    told: Told


@dataclass(frozen=True, slots=True)
class Taken:
    """An action that was taken back or put back: its commit, the links it changed, what stays for it changed since."""

    action: Action
    commit: str
    ids: tuple[str, ...]
    kept: tuple[Kept, ...]


def undo(library: Library, count: int = 1, pace: Pace | None = None) -> list[Taken]:
    """Take back the last actions made here, newest first. NothingToUndo, FewerActions, LibraryError, Cancelled."""
    check_ready(library.places)  # in a rebase HEAD is elsewhere, and nothing would seem to have been done
    there = len(to_undo(library, count))
    if there < count:  # nobody means all of it by a number that is too large: a commit may begin like it
        raise FewerActions(count, there)
    done: list[Taken] = []
    while len(done) < count:
        try:
            action = to_undo(library)[0]
        except NothingToUndo:
            if done:
                break
            raise
        try:
            done.append(take_back(library, action, pace))
        except AlreadyUndone:
            continue  # by another process, in this moment
    return done


def take_back(library: Library, action: Action, pace: Pace | None = None) -> Taken:
    """Take back this one. NotUndoable, AlreadyUndone, LibraryError, Cancelled."""
    check_undoable(action)
    taken = _Taking(library, "undo", action, action.commits, pace or Pace()).carry_out()
    for id_ in taken.ids if action.action == "update" else ():
        library.state.set_changed(id_, False)
    if action.hold is not None:
        _hold_again(library, action)
    return taken


def put_back(library: Library, taking: Action, pace: Pace | None = None) -> Taken:
    """Put back what this undo took back. AlreadyUndone where that was done since; LibraryError, Cancelled."""
    commit_ = taking.commits[0]
    named = next(done.undoes for done in library.catalogue.done(commit_) if done.commit == commit_)
    standing = library.catalogue.takings().get(named)
    if standing is None or standing.commit != commit_:
        raise AlreadyUndone(commit_[:12], taking.summary)
    return _put_back(library, commit_, actions.find(library, named), pace)


def _put_back(library: Library, taking: str, action: Action, pace: Pace | None) -> Taken:
    taken = _Taking(library, "redo", action, (taking,), pace or Pace()).carry_out()
    if action.hold is not None:
        library.end_hold(action.hold.id, dropped=not action.hold.accepted)
    return taken


def redo(library: Library, count: int = 1, pace: Pace | None = None) -> list[Taken]:
    """Put back what the last undo took back, or at most so many. NothingToRedo, LibraryError, Cancelled."""
    check_ready(library.places)
    return [_put_back(library, taking.commit, action, pace) for taking, action in to_redo(library, count)]


@dataclass(frozen=True, slots=True)
class Foreseen:
    """What an action was about: (id, title) of its first links, and how many files in all.

    `stays`: (id or path, what) for all that was changed since; None: they are too many to be looked at.
    """

    links: tuple[tuple[str, str], ...]
    total: int
    stays: tuple[tuple[str, str], ...] | None


def foresee(library: Library, action: Action, most: int = 200) -> Foreseen:
    """What would stay if the action were taken back now; of one that is taken back, what did. Changes nothing."""
    library.catch_up()
    with Objects(library.git, folder="") as objects:
        if action.action == "merge":
            return _of_merge(library, objects, action)
        steps = list(objects.steps(action.commits)) if action.commits else []
        links = _concerned(objects, steps[:most])
        if len(steps) > most and not action.undone:
            return Foreseen(links, len(steps), None)
        told = _as_told(library, action) if action.undone else _foretold(library, objects, action)
    return Foreseen(links, len(steps), _by_whose(told))


def _of_merge(library: Library, objects: Objects, action: Action) -> Foreseen:
    """What it joined or brought, as its message names it, and what could not be kept of both sides."""
    ids = re.findall(r"^Pagelog-Link: ([0-9a-f]{12})$", objects.message(action.commits[0]), re.M)
    titles = {row.id: row.title for row in library.rows(ids)}
    links = tuple((id_, titles.get(id_, id_)) for id_ in ids)
    return Foreseen(links, max(len(links), action.links), _by_whose(actions.told_by(objects, action.commits[0])))


def _by_whose(told: Iterable[str]) -> tuple[tuple[str, str], ...]:
    return tuple((whose, what) for whose, _, what in (line.partition(": ") for line in told))


def _foretold(library: Library, objects: Objects, action: Action) -> tuple[str, ...]:
    view = View(library.places, objects, library.keeper, library.catalogue.head or "")
    return _Taking(library, "undo", action, action.commits, Pace()).told(view)


def _as_told(library: Library, action: Action) -> tuple[str, ...]:
    """What the undo wrote into its message."""
    taking = library.catalogue.takings().get(action.name)
    if taking is None:
        return ()
    with Objects(library.git, folder="") as objects:
        return actions.told_by(objects, taking.commit)


def _concerned(objects: Objects, steps: Sequence[Step]) -> tuple[tuple[str, str], ...]:
    """Id and title of each page, as the action left it, or as it found what it removed."""
    pages = {blob: step.path for step in steps if is_page(step.path) and (blob := step.after or step.before)}
    found: dict[str, str] = {}
    for blob, data in objects.blobs(pages):
        try:
            link = frontmatter.loads(data, pages[blob])
        except DamagedDocument:
            found.setdefault(pages[blob], pages[blob])
        else:
            found.setdefault(link.id, link.title)
    return tuple(found.items())


class _Taking:
    """One undo or redo: `commits`, newest first, taken back as one commit."""

    def __init__(self, library: Library, verb: commit.Action, action: Action, commits: Sequence[str], pace: Pace):
        self._library, self._verb, self._action, self._commits, self._pace = library, verb, action, commits, pace
        self._kept: list[Kept] = []
        self._ids: dict[str, None] = {}

    def carry_out(self) -> Taken:
        written = self._library.write(self._plan, self._verb)
        return Taken(self._action, written.commits[0], tuple(self._ids), tuple(self._kept))

    def told(self, view: View) -> tuple[str, ...]:
        """What would stay, as the commit would tell it; nothing is written."""
        return self._plan(view)[0].told

    def _plan(self, view: View) -> list[Commit]:
        self._kept.clear()
        self._ids.clear()
        self._check_standing()
        steps = [step for step in view.objects.steps(self._commits) if self._may_touch(view, step)]
        files = self._files(view, steps)
        told = told_lines((kept.id, kept.told) for kept in self._kept)
        subject = commit.titled(self._verb, self._action.summary)
        return [Commit(subject, self._verb, tuple(self._ids), files, undoes=self._action.name, told=told)]

    def _check_standing(self) -> None:
        """Somebody may have been faster, for it was chosen before the lock was ours."""
        taking = self._library.catalogue.takings().get(self._action.name)
        if self._verb == "undo" and taking is not None and taking.action == "undo":
            raise AlreadyUndone(self._action.name[:12], self._action.summary)
        if self._verb == "redo" and (taking is None or (taking.commit,) != tuple(self._commits)):
            raise NothingToRedo("since")

    def _may_touch(self, view: View, step: Step) -> bool:
        """Pages and views, and settings that can be read: whatever else a commit of anybody changed is left alone."""
        names = step.path.split("/")
        if step.path == SETTINGS:
            text = view.objects.blob(step.before).decode("utf-8", "replace") if step.before else ""
            try:
                check_settings(text, step.path, str(self._library.path))
            except LibraryError:
                return False
            return True
        return names[0] in _OURS and not any(wrong_anywhere(name) or wrong_in_pages(name) for name in names)

    def _files(self, view: View, steps: Sequence[Step]) -> dict[str, bytes | None]:
        blobs = {blob for step in steps for blob in (step.before, step.after) if blob}
        data = dict(view.objects.blobs(blobs))
        ids = {step: self._id_of(step, data) for step in steps}
        rows = self._library.catalogue.rows([id_ for id_ in dict.fromkeys(ids.values()) if id_])
        paths = {id_: row.path for id_, row in rows.items()}
        now: dict[str, bytes | None] = {}
        places = {str(number): paths.get(ids[step], step.path) for number, step in enumerate(steps)}
        for step, (_, path) in zip(steps, self._pace.blocks(view, "taking back", places), strict=True):
            self._step(view, step, ids[step], path, now, data)
        return {path: new for path, new in now.items() if new != view.read(path)}

    def _step(
        self, view: View, step: Step, id_: str, path: str, now: dict[str, bytes | None], data: dict[str, bytes]
    ) -> None:
        """Take back what one commit made of one file, on top of what has been taken back so far."""
        if id_ and path not in now:
            path = self._where(view, id_, path)
        current = now[path] if path in now else view.read(path)
        after, before = (data.get(blob) if blob else None for blob in (step.after, step.before))
        stranger = current is not None and current != after and frontmatter.id_of(current) not in (None, id_)
        if id_ and stranger:
            self._kept.append(Kept(id_, Told("path", path)))  # another link lives there now
            return
        merged = merge_documents(after, before, current, TAKING_BACK)
        now[path] = merged.data
        if merged.data != current:
            self._ids[id_ or step.path] = None
        self._kept += [Kept(id_, told) for told in merged.told]

    def _where(self, view: View, id_: str, path: str) -> str:
        """Where the link's file stands, moved by hand or not; its old place when it is gone."""
        if view.read(path) is not None:
            return path
        try:
            return self._library.locate(view, id_, path)[0]
        except NoSuchLink:
            return path

    @staticmethod
    def _id_of(step: Step, data: dict[str, bytes]) -> str:
        """Empty: no page."""
        if not is_page(step.path):
            return ""
        versions = (data.get(blob, b"") for blob in (step.after, step.before) if blob)
        return next((id_ for version in versions if (id_ := frontmatter.id_of(version))), "")


def _hold_again(library: Library, action: Action) -> None:
    """The capture that was accepted or dropped waits for the user's word once more."""
    hold = action.hold
    assert hold is not None
    with Objects(library.git) as objects:
        if objects.commit(hold.held) is None:
            return  # the user's gc took it
    library.git.run("update-ref", f"{_HELD}{hold.id}", hold.held)
    if hold.sha256 is not None:
        library.state.undrop(hold.id, hold.sha256)
        library.state.hold(hold.id, hold.sha256, hold.reason or {})
