"""Long changes of the app, beside the captures: what each is doing, what became of it, and giving it up.

A task is plain state that the event loop may read at any time; only the thread that carries it out reports into it.
Changes of the library wait for one another at the desk. What talks to a remote has a thread of its own: it may take
minutes, and writes no longer than others do.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from threading import Event
from typing import Literal, TypeVar

from store.changing import Pace
from store.library import Library
from store.progress import Cancelled, Progress
from tui.desk import Desk, Trouble

_T = TypeVar("_T")
State = Literal["running", "done", "cancelled", "failed"]
Work = Callable[[Library, Pace], _T]
_GATHER = 0.12  # seconds between two reports that are drawn
_SHORT = 1.0  # seconds: what took no longer is not listed once it is done


class GivenUp(Exception):
    """The user gave the task up, and nothing of it has happened."""


@dataclass(slots=True, eq=False)
class Task:
    """Something that may take long. `what`, `said` (what became of it) and `told` (line by line) are clean."""

    what: str
    talks: bool = False  # to a remote
    stays: bool = False  # in the list of jobs once it is done, however short it was
    state: State = "running"
    progress: Progress | None = None
    said: str = ""
    told: tuple[str, ...] = ()
    began: float = field(default_factory=time.monotonic)
    cancelled: Event = field(default_factory=Event)

    @property
    def active(self) -> bool:
        """It has not ended."""
        return self.state == "running"

    @property
    def far(self) -> str:
        """How far it is, in a few words; empty where that is not known."""
        if self.progress is None or not self.active:
            return ""
        total = self.progress.total
        return f"{self.progress.doing} {self.progress.done:,}/{total:,}" if total else self.progress.doing


class Tasks:
    """The tasks of this run of the app. `moved` is called from any thread when one of them has moved on."""

    def __init__(self, desk: Desk, moved: Callable[[], None]) -> None:
        self.all: list[Task] = []
        self._desk = desk
        self._moved = moved
        self._closing = False

    @property
    def active(self) -> list[Task]:
        """Those that have not ended."""
        return [task for task in self.all if task.active]

    @property
    def talking(self) -> bool:
        """Somebody talks to the remote just now."""
        return any(task.talks for task in self.active)

    async def run(self, task: Task, work: Work[_T]) -> _T:
        """What `work` gives. Raises Trouble, and GivenUp when the user cancelled it in time."""
        self.all.append(task)
        self._moved()

        def worked(library: Library) -> tuple[_T] | None:
            return self._worked(task, library, work)

        try:
            done = await (self._desk.talk(worked) if task.talks else self._desk.change(worked, task.what))
        except Trouble as error:
            self._end(task, "failed", error.sentence)
            raise
        if done is None:
            self._end(task, "cancelled", "Given up: nothing was changed.")
            raise GivenUp
        self._end(task, "done")
        return done[0]

    def cancel(self, task: Task) -> None:
        """Give it up, unless it is too far."""
        task.cancelled.set()

    def close(self) -> None:
        """The app ends: who talks to a remote stops; changes of the library that were asked for are still done."""
        self._closing = True
        for task in self.active:
            if task.talks:
                task.cancelled.set()

    def _worked(self, task: Task, library: Library, work: Work[_T]) -> tuple[_T] | None:
        """None: given up."""
        try:
            return (work(library, Pace(self._reporting(task), task.cancelled)),)
        except Cancelled:
            if self._closing:
                self._desk.untold.append(f"{task.what} was given up.")
            return None

    def _reporting(self, task: Task) -> Callable[[Progress], None]:
        drawn = 0.0

        def report(progress: Progress) -> None:
            nonlocal drawn
            task.progress = progress
            now = time.monotonic()
            if now - drawn > _GATHER:
                drawn = now
                self._moved()

        return report

    def _end(self, task: Task, state: State, said: str = "") -> None:
        task.state, task.said = state, said
        if state == "done" and not task.stays and time.monotonic() - task.began < _SHORT:
            self.all.remove(task)
        self._moved()
