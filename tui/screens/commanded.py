"""What works on every screen: help, palette, undo, sync, jobs, leaving. Any action can be started by its name."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, cast

from tui.screens.choosing import PickScreen, commands, key_help
from tui.screens.taking_back import TakingBack

if TYPE_CHECKING:
    from textual.dom import DOMNode

    from tui.app import PagelogApp
    from tui.keys import Key, Place


class Commanded(TakingBack):
    """A screen with the keys of these places."""

    PLACES_HERE: ClassVar[tuple[Place, ...]] = ()

    def home_of(self, place: Place) -> DOMNode | None:
        """Where the actions of a place are carried out; None where that is not here."""
        raise NotImplementedError

    def come_to(self, place: Place) -> None:
        """An action of this place was chosen by its name: it must be one of those that work now."""

    @property
    def place(self) -> Place | None:
        """The one among the places here that has the keys now."""
        return None

    def action_help(self) -> None:
        """Every key, those of this place first; choosing one does what it does."""
        places = sorted(self.PLACES_HERE, key=lambda place: place != self.place)
        self.app.push_screen(PickScreen("Keys", key_help(*places, "dialog", "sync", "jobs")), self._start)

    def action_palette(self) -> None:
        """Every action."""
        self.app.push_screen(PickScreen("Commands", commands(*self.PLACES_HERE)), self._start)

    async def _start(self, key: Key | None) -> None:
        home = None if key is None else self.home_of(key.place)
        if key is not None and home is not None:
            self.come_to(key.place)
            await self.app.run_action(key.action, default_namespace=home)

    def action_sync(self) -> None:
        """Sync: first the plan."""
        from tui.screens.syncing import Syncing

        Syncing(self).begin()

    def action_activity(self) -> None:
        """Everything that was done."""
        from tui.screens.activity import ActivityScreen

        self.app.push_screen(ActivityScreen())

    def action_jobs(self) -> None:
        """What is being done in the background."""
        from tui.screens.jobs import JobsScreen

        self.app.push_screen(JobsScreen())

    def action_quit(self) -> None:
        """Out, from wherever."""
        self.app.exit()

    def action_suspend(self) -> None:
        """Back to the shell for a while."""
        self.app.action_suspend_process()

    def action_copy_or_hint(self) -> None:
        """What is selected with the mouse."""
        selected = self.get_selected_text()
        if selected:
            self.app.copy_to_clipboard(selected)
            cast("PagelogApp", self.app).say("Copied.")
        else:
            cast("PagelogApp", self.app).say("q goes back and quits; ctrl+q quits at once. y copies the address.")
