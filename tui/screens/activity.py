"""Everything that was done to the library, newest first: what each was about, and taking any of it back.

The list is read as far as it is looked at, so that a hundred thousand actions open like ten.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType

from tui import keys
from tui.desk import Trouble
from tui.screens.beside import beside, instead
from tui.screens.boxes import Box
from tui.screens.commanded import Commanded
from tui.shown import ShownAction, action, line
from tui.taken import field_of
from tui.widgets.action_list import ActionList
from tui.widgets.items import Item, Items
from tui.widgets.row_list import RowList
from tui.widgets.status import KeyLine, StatusLine, Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from store.library import Library
    from store.undoing import Foreseen
    from tui.app import PagelogApp
    from tui.keys import Key, Place

_AT_ONCE = 200  # actions read together
_AHEAD = 80  # actions known beyond the focus
_NAME = 16  # digits: a whole group, enough of a commit
_QUOTES = str.maketrans("“”", '""')
_EVERYWHERE = (
    "help", "palette", "redo", "sync", "jobs", "back", "leave", "quit", "suspend", "copy_or_hint", "redraw",
)  # fmt: skip


class ActivityScreen(Commanded):
    """What was done."""

    AUTO_FOCUS = "#actions"
    PLACES_HERE: ClassVar[tuple[Place, ...]] = ("activity", "everywhere")
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings("activity"),
        *(binding for binding in keys.bindings("everywhere") if binding.action in _EVERYWHERE),
    ]

    def __init__(self) -> None:
        super().__init__()
        self._feed: Iterator[ShownAction] = iter(())
        self._reading = False
        self._ended = False
        self._to_the_end = False

    def compose(self) -> ComposeResult:
        """A list between two lines."""
        yield Words(id="activity")
        yield ActionList(id="actions")
        yield StatusLine(id="status")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Read the newest actions."""
        self.query_one("#keys", KeyLine).show(self._keys())
        self.query_one("#activity", Words).show("Everything that was done, newest first (UTC)")
        cast("PagelogApp", self.app).moved.subscribe(self, lambda _: self._begin())
        self._begin()

    def _keys(self) -> Iterator[Key]:
        for key in keys.footer("activity", "everywhere", home=False):
            if key.place == "activity" or key.action in _EVERYWHERE:
                yield key

    @property
    def _list(self) -> ActionList:
        return self.query_one("#actions", ActionList)

    # --- reading ------------------------------------------------------------------------------------------------------

    def renew(self, ids: Sequence[str], gone: Sequence[str]) -> None:  # noqa: ARG002 - it is about actions here
        """Something was done."""
        self._begin()

    def _begin(self) -> None:
        instead(self, "read", self._read_anew)

    async def _read_anew(self) -> None:
        """From the newest on, as far as the focus is, and somewhat further."""
        wanted = max(_AT_ONCE, self._list.at + _AHEAD)
        self._reading = True
        try:
            self._feed, found = await cast("PagelogApp", self.app).desk.look(lambda library: _begun(library, wanted))
        except Trouble as error:
            cast("PagelogApp", self.app).say(error.sentence, trouble=True)
            return
        finally:
            self._reading = False
        self._ended = len(found) < wanted
        self._list.show(found)
        self._draw_facts()

    def _read_on(self) -> None:
        if not self._reading and not self._ended:
            self._reading = True
            beside(self, "read", self._read_more)

    async def _read_more(self) -> None:
        try:
            while not self._ended:
                feed = self._feed
                found = await cast("PagelogApp", self.app).desk.look(lambda _: list(islice(feed, _AT_ONCE)))  # noqa: B023
                if feed is not self._feed:  # something was done meanwhile, and is being read
                    return
                self._ended = len(found) < _AT_ONCE
                self._list.extend(found)
                self._draw_facts()
                if not self._to_the_end:
                    return
        finally:
            self._reading = False
        self._list.action_last()

    @on(RowList.Moved, "#actions")
    def _moved(self) -> None:
        self._to_the_end = False
        self.query_one("#status", StatusLine).fade()
        self._draw_facts()
        if self._list.at + _AHEAD > self._list.total():
            self._read_on()

    def _draw_facts(self) -> None:
        total = f"{self._list.total():,}{'' if self._ended else '+'}"
        place = f"{self._list.at + 1:,}/{total}" if self._list.total() else "nothing"
        self.query_one("#status", StatusLine).show((place, "reading on ..." if self._to_the_end else ""))

    # --- keys ---------------------------------------------------------------------------------------------------------

    def action_move(self, by: int) -> None:
        """One down."""
        self._list.action_move(by)

    def action_page(self, by: int) -> None:
        """A page down."""
        self._list.action_page(by)

    def action_first(self) -> None:
        """To the newest."""
        self._list.action_first()

    def action_last(self) -> None:
        """To the oldest, which may have to be read first."""
        if self._ended:
            self._list.action_last()
        else:
            self._to_the_end = True
            self._read_on()
            self._draw_facts()

    @on(RowList.Chosen, "#actions")
    def action_details(self) -> None:
        """Which links it was about."""
        chosen = self._list.current
        if chosen is not None:
            self.app.push_screen(ActionScreen(chosen), lambda back: self._take_back(chosen) if back else None)

    def action_take_back(self) -> None:
        """Take back the one in focus."""
        chosen = self._list.current
        if chosen is not None:
            self._take_back(chosen)

    def _take_back(self, chosen: ShownAction) -> None:
        if chosen.undone:
            cast("PagelogApp", self.app).say("That is taken back already. ctrl+r puts back what was taken back last.")
        elif not chosen.undoable:
            cast("PagelogApp", self.app).say(
                "That is nothing to take back; H and R bring back older versions of a link."
            )
        else:
            self.take_back(chosen.name)

    def action_redraw(self) -> None:
        """Read it anew."""
        self._begin()

    def home_of(self, place: Place) -> DOMNode | None:
        """All is done here."""
        return self if place in ("activity", "everywhere") else None

    def action_back(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_leave(self) -> None:
        """Leave."""
        self.dismiss(None)


class ActionScreen(Box[bool]):
    """One action: its links, and what would stay if it were taken back. Dismissed with True to take it back."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("action")]

    def __init__(self, chosen: ShownAction) -> None:
        super().__init__()
        self._action = chosen

    def on_mount(self) -> None:
        """Look into it beside the screen."""
        super().on_mount()
        beside(self, "look", self._look)

    def show(self) -> None:
        """What is known at once."""
        self.put(self._action.what, [], f"{self._action.date}   looking into it ...")
        can_be_taken_back = self._action.undoable and not self._action.undone
        footer = [key for key in keys.footer("action") if can_be_taken_back or key.action != "take_back"]
        self.query_one("#keys", KeyLine).show(footer)

    async def _look(self) -> None:
        name = self._action.name
        try:
            foreseen = await cast("PagelogApp", self.app).desk.look(lambda library: _foreseen(library, name))
        except Trouble as error:
            self.put(self._action.what, [], error.sentence)
            return
        self.put(self._action.what, [*_lines(self._action, foreseen)], "")
        self.show_whole()

    def action_take_back(self) -> None:
        """Take it back."""
        self.dismiss(True)

    def action_move(self, by: int) -> None:
        """One down."""
        self.query_one("#items", Items).action_move(by)


def _begun(library: Library, wanted: int) -> tuple[Iterator[ShownAction], list[ShownAction]]:
    from store.actions import activity

    feed = map(action, activity(library))
    return feed, list(islice(feed, wanted))


def _foreseen(library: Library, name: str) -> Foreseen:
    from store import actions, undoing

    return undoing.foresee(library, actions.find(library, name))


def _lines(of: ShownAction, foreseen: Foreseen) -> Iterator[Item[object]]:
    """Clean lines: the links, then what stays."""
    titles = dict(foreseen.links)
    yield Item(f"{of.date}   {of.name[:_NAME]}{'   taken back' if of.undone else ''}", style="dim")
    for title in titles.values():
        yield Item(line(title), title)
    if foreseen.total > len(titles):
        yield Item(f"and {foreseen.total - len(titles):,} more", style="dim")
    yield Item("")
    yield Item(_about_staying(of, foreseen), style="strong")
    for whose, what in foreseen.stays or ():
        yield Item(f"{line(titles.get(whose, whose), 60)}: {_staying(what)}", what, style="warn")


def _staying(what: str) -> str:
    """What the commit tells of a field, with quotation marks that are of one width everywhere."""
    field, _, values = what.partition(": ")
    return f"{field_of(field)}, {line(values)}".removesuffix(", not “”").translate(_QUOTES)


def _about_staying(of: ShownAction, foreseen: Foreseen) -> str:
    if of.undone:
        return "What stayed, since it had been changed:" if foreseen.stays else "All of it is taken back."
    if not of.undoable:
        return "Of both sides, this could not be kept:" if foreseen.stays else "This is nothing to take back."
    if foreseen.stays is None:
        return "These are too many to be looked through now; u tells what stays."
    return "Was changed since, and would stay:" if foreseen.stays else "u takes back all of it."
