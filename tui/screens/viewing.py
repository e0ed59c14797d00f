"""Which links stand in the list, and in which order.

key -> another View (a frozen value) -> its links, found in a thread -> dropped if the view has moved on -> the list
"""

from __future__ import annotations

import time
from dataclasses import replace

from textual import on
from textual.timer import Timer

from store.catalogue import Sort
from store.errors import BadQuery
from tui.desk import Trouble
from tui.filtering import View, terms_of
from tui.lookup import Lookup, Totals
from tui.screens.beside import instead
from tui.screens.choosing import MenuScreen
from tui.screens.preview import Preview
from tui.surprise import trouble
from tui.widgets.fields import LineField
from tui.widgets.link_list import LinkList
from tui.widgets.row_list import RowList
from tui.widgets.sidebar import Sidebar

_SETTLES = 0.2  # seconds in which changes of the library are gathered
_SELDOM = 3  # times as long as looking at the library takes, at least, until it is done again
_LONGEST_PAUSE = 1.5  # seconds: what others do is shown within two
_SORTS: dict[str, tuple[str, Sort | None]] = {
    "d": ("date added", "added"),
    "t": ("title", "title"),
    "h": ("host", "host"),
    "u": ("updated", "captured"),
    "r": ("reverse", None),
}


class Viewing(Preview):
    """A screen whose list shows a view of the library."""

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self._shown = View()  # the view whose links stand in the list
        self._lookup = Lookup(self.pagelog.desk)
        self._totals = Totals()
        self._settling: Timer | None = None
        self._pause = _SETTLES
        self._loading = "reading the library"
        self._back: frozenset[str] = frozenset()  # links that come back: the first of them is put in focus

    @property
    def links(self) -> LinkList:
        """The list."""
        return self.query_one("#list", LinkList)

    @property
    def sidebar(self) -> Sidebar:
        """The views and tags."""
        return self.query_one("#sidebar", Sidebar)

    @property
    def settled(self) -> bool:
        """What stands in the list are the links of the view."""
        return self._shown == self.view

    # --- a view -------------------------------------------------------------------------------------------------------

    async def load(self, *, anew: bool = False) -> None:
        """Look at the library, and show the view as it is now; `anew`: without what matches no more."""
        begun = time.monotonic()
        try:
            await self._lookup.load(self.view)
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
            return
        finally:
            self._loading = ""
        self.pagelog.rows.forget()
        await self._find(self.view, anew=anew)
        try:
            self._totals = await self._lookup.count()
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
        self.sidebar.count(self._totals.views, self._totals.tags)
        self.facts_changed()
        self.load_text(again=True)
        self._pause = max(_SETTLES, min(_SELDOM * (time.monotonic() - begun), _LONGEST_PAUSE))

    def look_at(self, query: str) -> None:
        """Another view, with no filter and no marks."""
        self.links.unmark()
        self.sidebar.show(query)
        self.remove_class("-filtering")
        self.query_one("#filter", LineField).value = ""
        self.show(replace(self.view, query=query, typed=""))

    def filter(self, typed: str) -> None:
        """The same view, less of it."""
        self.query_one("#filter", LineField).value = typed
        self.set_class(bool(typed), "-filtering")
        self.show(replace(self.view, typed=typed))

    def show(self, view: View) -> None:
        """Find the links of a view; what is found for an older one is dropped."""
        self.view = view
        self.links.is_whole = False
        instead(self, "find", self._find, view, anew=True)

    async def _find(self, view: View, *, anew: bool) -> None:
        try:
            ids = await self._lookup.find(view)
        except BadQuery as error:  # it is being typed
            self.facts_changed(trouble(error))
            return
        except Trouble as error:
            self.pagelog.say(error.sentence, trouble=True)
            return
        if ids is None or view != self.view:
            return
        self._shown = view
        self.links.is_whole = True
        if anew:
            self.links.show(ids, terms_of(view.typed))
        else:
            self.links.refresh_ids(ids)
        if anew or self.links.go_to_first(self._back):
            self._back = frozenset()
        self.facts_changed()
        self.rest()

    def look_again(self) -> None:
        """Something changed: look again, once it has settled."""
        self.links.redraw()
        if self._settling is None:
            self._settling = self.set_timer(self._pause, self._settled)

    def _settled(self) -> None:
        self._settling = None
        instead(self, "load", self.load)

    # --- another one --------------------------------------------------------------------------------------------------

    @on(RowList.Chosen, "#sidebar")
    def _choose_view(self) -> None:
        self.look_at(self.sidebar.current.query)
        self.go_to("list")

    @on(LinkList.Sort)
    def _ask_for_order(self) -> None:
        choices = {key: word for key, (word, _) in _SORTS.items()}
        self.app.push_screen(MenuScreen("Sort by", choices), self._sort)

    def _sort(self, key: str | None) -> None:
        if key is None:
            return
        sort = _SORTS[key][1]
        self.view = replace(self.view, reverse=not self.view.reverse) if sort is None else replace(
            self.view, sort=sort, reverse=False
        )  # fmt: skip
        self.links.dates = "captured" if self.view.sort == "captured" else "added"
        instead(self, "load", self.load, anew=True)
        self.pagelog.say(f"Sorted by {self.view.sort}{', reversed' if self.view.reverse else ''}.")

    def action_redraw(self) -> None:
        """Look at the library and the screen anew; dimmed links go."""
        instead(self, "load", self.load, anew=True)
        self.refresh(layout=True)
