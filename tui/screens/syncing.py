"""Sync, wherever one is: a remote is asked for where there is none, then comes the plan, then the work.

S -> the plan, fetched in the thread that talks -> a dialog says what would be done -> Enter: a task, told at its end
"""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from store.errors import NoRemote, PagelogError, RewrittenRemote
from tui.desk import Trouble
from tui.screens.beside import beside
from tui.shown import line
from tui.synced import Planned, done_sentence, summary
from tui.tasks import GivenUp, Task

if TYPE_CHECKING:
    from store.changing import Pace
    from store.library import Library
    from store.syncing.sync import How, Synced
    from tui.app import PagelogApp
    from tui.screens.sync_dialogs import SyncScreen, Wish
    from tui.screens.taking_back import TakingBack

_NAMED = 12  # titles of each kind that are looked up


class Syncing:
    """One sync, begun from a screen; what it does goes on when that is left."""

    def __init__(self, screen: TakingBack) -> None:
        self._screen = screen
        self._app = cast("PagelogApp", screen.app)

    def begin(self) -> None:
        """The plan first."""
        if self._app.tasks.talking:
            self._app.say("A sync is under way: w shows it, x there gives it up.")
        else:
            self._look_for_plan(rewritten=False)

    def _look_for_plan(self, *, rewritten: bool) -> None:
        from tui.screens.sync_dialogs import SyncScreen

        task = Task("Look for what to sync", talks=True)
        dialog = SyncScreen(task)
        self._app.push_screen(dialog, lambda wish: self._answered(wish, task, rewritten=rewritten))
        beside(self._app, "sync", self._planned, dialog, task, rewritten)

    async def _planned(self, dialog: SyncScreen, task: Task, rewritten: bool) -> None:
        try:
            planned = await self._app.tasks.run(task, lambda library, pace: _plan(library, self._how(pace, rewritten)))
        except GivenUp:
            return
        except Trouble as trouble:
            self._not_planned(dialog, trouble)
            return
        task.said = summary(planned.plan)
        if not dialog.is_current:  # it was left just now
            return
        if planned.idle:  # nothing to decide; edits by hand that are not committed yet go along
            dialog.dismiss("go")
        else:
            dialog.show_plan(planned)

    def _not_planned(self, dialog: SyncScreen, trouble: Trouble) -> None:
        cause = trouble.__cause__
        if not dialog.is_current:
            return
        if isinstance(cause, NoRemote):
            dialog.dismiss("remote")
        elif isinstance(cause, RewrittenRemote):
            dialog.ask_about_rewriting(line(cause.url, 200), str(cause.old))
        else:
            dialog.show_trouble(trouble.sentence, again=isinstance(cause, PagelogError))

    def _answered(self, wish: Wish | None, task: Task, *, rewritten: bool) -> None:
        if wish == "go":
            beside(self._app, "sync", self._sync, rewritten)
        elif wish == "again":
            self._look_for_plan(rewritten=rewritten)
        elif wish == "accept":
            self._look_for_plan(rewritten=True)
        elif wish == "remote":
            beside(self._app, "sync", self._ask_for_remote)
        else:
            self._app.tasks.cancel(task)

    # --- the remote ---------------------------------------------------------------------------------------------------

    async def _ask_for_remote(self, entered: str | None = None, wrong: str = "") -> None:
        from tui.screens.sync_dialogs import RemoteScreen

        if entered is None:
            try:
                entered = await self._app.desk.look(_address)
            except Trouble as error:
                self._app.say(error.sentence, trouble=True)
                return
        self._app.push_screen(RemoteScreen(entered, wrong), self._remember)

    def _remember(self, address: str | None) -> None:
        if address is not None:
            beside(self._app, "sync", self._remembered, address)

    async def _remembered(self, address: str) -> None:
        from store.changing import Pace
        from store.syncing import sync

        try:
            how = self._how(Pace(), rewritten=False)
            await self._app.desk.change(lambda library: sync.remember(library, address, how), "remote")
        except Trouble as error:  # what was typed is not lost
            await self._ask_for_remote(address, error.sentence)
            return
        self._look_for_plan(rewritten=False)

    # --- the work -----------------------------------------------------------------------------------------------------

    async def _sync(self, rewritten: bool) -> None:
        app, task = self._app, Task("Sync", talks=True, stays=True)
        try:
            synced, gone = await app.tasks.run(task, lambda library, pace: _sync(library, self._how(pace, rewritten)))
        except Trouble as error:
            app.say(error.sentence, trouble=True)
            return
        except GivenUp:
            app.say("The sync was given up. What had come by then stays; S goes on.")
            return
        task.said, task.told = done_sentence(synced), tuple(line(told, 300) for told in synced.told)
        self._screen.tell_all(synced.links, gone)
        app.say(task.said)

    def _how(self, pace: Pace, rewritten: bool) -> How:
        """As the config file says, for a task."""
        from store.repo.remote import PATIENCE
        from store.syncing.sync import How

        patience = self._app.session.config.sync_patience or PATIENCE
        return How(rewritten, pace.report, pace.cancelled, patience)


def _plan(library: Library, how: How) -> Planned:
    from store.syncing import arrivals, sync

    plan = sync.plan(library, how)
    keys = [key for some in (plan.comes, plan.goes, plan.merges) for key in some[:_NAMED]]
    return Planned(plan, arrivals.titles(library, keys, plan.tip))


def _sync(library: Library, how: How) -> tuple[Synced, tuple[str, ...]]:
    """What was done, and which links are gone by it."""
    from store.syncing import sync

    synced = sync.sync(library, how)
    library.catch_up()
    there = {row.id for row in library.rows(synced.links)}
    return synced, tuple(id_ for id_ in synced.links if id_ not in there)


def _address(library: Library) -> str:
    """The present remote's, clean; empty without one."""
    from store.syncing import sync

    try:
        return line(sync.remote_of(library).shown, 8192)
    except NoRemote:
        return ""
