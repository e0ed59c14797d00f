"""Undo and redo, wherever one is: one call in the desk's thread, then every screen shows what became of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.screen import Screen

from store.errors import NothingToRedo, NothingToUndo
from tui.desk import Trouble
from tui.screens.beside import beside
from tui.shown import line
from tui.tasks import GivenUp, Task

if TYPE_CHECKING:
    from store.changing import Pace
    from store.library import Library
    from tui.app import PagelogApp
    from tui.taken import Outcome, Way

Nothing = NothingToUndo | NothingToRedo
Take = Callable[["Library", "Pace"], "Outcome | Nothing"]


class TakingBack(Screen[None]):
    """A screen on which what was done can be taken back."""

    def renew(self, ids: Sequence[str], gone: Sequence[str]) -> None:
        """These links have become others, from somewhere; `gone`: those that are in the library no more."""

    def action_undo(self) -> None:
        """Take back what was done last."""
        self._take("Undo", "back", _undo)

    def action_redo(self) -> None:
        """Put back what the last undo took back."""
        self._take("Redo", "again", _redo)

    def take_back(self, name: str) -> None:
        """Take back just the action of this name: a commit, or a group of them."""
        self._take("Undo", "back", partial(_take_back, name))

    def tell_all(self, ids: Sequence[str], gone: Sequence[str]) -> None:
        """Every screen that is open shows these links anew."""
        app = cast("PagelogApp", self.app)
        app.rows.forget(ids)
        for screen in app.screen_stack:
            if isinstance(screen, TakingBack):
                screen.renew(ids, gone)
        app.moved.publish(None)

    def _take(self, what: str, way: Way, take: Take) -> None:
        beside(self.app, "taking", self._taken, what, way, take)  # the app's: it outlives the screen

    async def _taken(self, what: str, way: Way, take: Take) -> None:
        app = cast("PagelogApp", self.app)
        try:
            found = await app.tasks.run(Task(what), take)
        except Trouble as error:
            app.say(error.sentence, trouble=True)
            return
        except GivenUp:
            app.say(f"{what}: given up, nothing was changed.")
            return
        if isinstance(found, (NothingToUndo, NothingToRedo)):
            self._nothing_left(found)
            return
        from tui.taken import sentence

        self.tell_all(found.taken.ids, found.gone)
        app.say(sentence(found, way))

    def _nothing_left(self, why: Nothing) -> None:
        """Of what was done here nothing is left; what somebody else did last may be meant."""
        app = cast("PagelogApp", self.app)
        asked = _ASKED.get(str(why.reason), "")
        if not isinstance(why, NothingToUndo) or not asked:
            app.say(_WHY[why.name, str(why.reason)])
            return
        from tui.screens.asking import ConfirmScreen

        name = str(why.commit)
        newest = f"{name}   {line(str(why.summary), 80)}"
        question = ConfirmScreen(f"{asked}\n\n{newest}", "Undo")
        app.push_screen(question, lambda yes: self.take_back(name) if yes else None)


_ASKED = {
    "others": "Nothing that was done here is left to take back. Take back what somebody did last?",
    "rewritten": "What was done here last is in the history no more: git has changed that. Take back this one?",
}
_WHY = {
    ("NothingToUndo", "nothing"): "There is nothing to take back. L lists what was done.",
    ("NothingToRedo", "nothing"): "There is nothing to put back: nothing is taken back. L lists what was done.",
    ("NothingToRedo", "since"): "There is nothing to put back: something else was done here since. L lists it.",
}


def _undo(library: Library, pace: Pace) -> Outcome | Nothing:
    from store import undoing
    from tui.taken import Outcome

    try:
        return Outcome.of(library, undoing.undo(library, 1, pace)[0])
    except NothingToUndo as nothing:
        return nothing


def _redo(library: Library, pace: Pace) -> Outcome | Nothing:
    from store import undoing
    from tui.taken import Outcome

    try:
        return Outcome.of(library, undoing.redo(library, 1, pace)[0])
    except NothingToRedo as nothing:
        return nothing


def _take_back(name: str, library: Library, pace: Pace) -> Outcome:
    from store import actions, undoing
    from tui.taken import Outcome

    return Outcome.of(library, undoing.take_back(library, actions.find(library, name), pace))
