"""The way of every action on links: which ones it takes, one call on the library beside the screen, what is told.

An action takes the marked links, or without marks the one in focus. Where some of them are not in sight it asks first.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from functools import partial
from typing import TYPE_CHECKING, TypeVar, cast

from textual.screen import Screen

from tui.completion import Offers
from tui.desk import Trouble
from tui.screens.beside import beside
from tui.shelf import Taken
from tui.shown import ShownLink
from tui.tasks import GivenUp, Task, Work

if TYPE_CHECKING:
    from store.changing import Pace
    from store.library import Change, Library
    from tui.app import PagelogApp

_T = TypeVar("_T")
Call = Callable[["Library", Sequence[str], "Pace"], "Change"]


class Acting(Screen[None]):
    """A screen with links. What it must say: `taken`, `current`; what it is told: `changed`, `added`."""

    @property
    def pagelog(self) -> PagelogApp:
        """The app, by its own type."""
        return cast("PagelogApp", self.app)

    # --- what a screen says and is told -------------------------------------------------------------------------------

    def taken(self) -> Taken:
        """What an action takes."""
        raise NotImplementedError

    @property
    def current(self) -> ShownLink | None:
        """The link in focus."""
        raise NotImplementedError

    @property
    def settled(self) -> bool:
        """What is seen is what was asked for."""
        return True

    def changed(self, ids: Sequence[str], *, done: bool = True) -> None:
        """These links are others now; `done`: by an action that took the marks, which go."""
        raise NotImplementedError

    def gone(self, ids: Sequence[str]) -> None:
        """These links are in the library no more."""
        raise NotImplementedError

    def added(self, ids: Sequence[str]) -> None:
        """These links are about to be captured."""
        raise NotImplementedError

    def offers(self, present: Sequence[tuple[str, int]] = ()) -> Offers:
        """Tags to complete with."""
        raise NotImplementedError

    @property
    def in_trash(self) -> bool:
        """What is shown is the trash."""
        return False

    # --- the way of every action --------------------------------------------------------------------------------------

    def begin(self, steps: Callable[[], Coroutine[None, None, None]]) -> None:
        """Run the steps of an action beside everything else."""
        beside(self, "actions", steps)

    async def carry_out(self, call: Callable[[Library], _T], what: str = "") -> _T | None:
        """One call on the library, after those before it; None when it went wrong, which is told."""
        try:
            return await self.pagelog.desk.change(call, what)
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
            return None

    async def take_time(self, task: Task, work: Work[_T]) -> _T | None:
        """The same for what may take long, can be given up, and tells how far it is."""
        try:
            return await self.pagelog.tasks.run(task, work)
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
        except GivenUp:
            self.pagelog.say(f"{task.what}: given up, nothing was changed.")
        return None

    def taken_links(self) -> Taken | None:
        """What an action takes now; None, and it is said, where that is nothing."""
        if not self.settled:
            self.pagelog.say("The links of this view are still being found; nothing was done.")
            return None
        taken = self.taken()
        if not taken.ids:
            self.pagelog.say("There is no link here. a adds one.")
            return None
        return taken

    def with_links(self, verb: str, do: Callable[[tuple[str, ...]], None], *, ask_above: int | None = None) -> None:
        """Do something with the links an action takes now; ask first when some are out of sight, or it is much."""
        taken = self.taken_links()
        if taken is None:
            return
        if not taken.hidden and (ask_above is None or len(taken.ids) <= ask_above):
            do(taken.ids)
            return
        from tui.screens.asking import ConfirmScreen

        question = ConfirmScreen(f"{verb} {counted_with_hidden(taken)}?")
        self.app.push_screen(question, lambda yes: do(taken.ids) if yes else None)

    def change(self, verb: str, said: str, call: Call) -> None:
        """One call on the library for the links an action takes; `said` is told of their number."""
        self.with_links(verb, lambda ids: self.begin(partial(self.changed_by, verb, said, call, ids)))

    async def changed_by(self, verb: str, said: str, call: Call, ids: tuple[str, ...]) -> None:
        """The same, for these links."""
        what = f"{verb} {counted(len(ids))}"
        change = await self.take_time(Task(what), lambda library, pace: call(library, ids, pace))
        if change is not None:
            self.changed(ids)
            self.pagelog.say(f"{counted(len(change.ids))} {said}" if change.ids else "Nothing to change.")


def counted(count: int) -> str:
    """`1 link`, `1,200 links`."""
    return f"{count:,} {'link' if count == 1 else 'links'}"


def counted_with_hidden(taken: Taken) -> str:
    """`3 links (2 of them not shown)`."""
    return counted(len(taken.ids)) + (f" ({taken.hidden:,} of them not shown)" if taken.hidden else "")
