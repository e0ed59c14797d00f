"""The main screen: views and tags, the list, the reader.

    key -> another View (a frozen value) -> its links, found in a thread -> dropped if the view has moved on -> the list

Which pane is in front follows the focus; how many are seen beside it follows the width (app.tcss).
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Input, Static

from store.catalogue import Sort
from store.errors import BadQuery
from tui import keys
from tui.completion import Offers
from tui.desk import Trouble
from tui.filtering import View, terms_of
from tui.lookup import Lookup, Totals, why_empty
from tui.navigation import VIEWS, name_of
from tui.screens.beside import instead
from tui.screens.choosing import MenuScreen
from tui.screens.commanded import Commanded
from tui.screens.panes import WIDTHS, Pane
from tui.screens.preview import Preview
from tui.shelf import Taken
from tui.shown import ShownLink
from tui.surprise import trouble
from tui.widgets.fields import LineField
from tui.widgets.heading import Heading
from tui.widgets.link_list import LinkList
from tui.widgets.reader import Reader
from tui.widgets.row_list import RowList
from tui.widgets.sidebar import Sidebar
from tui.widgets.status import KeyLine, StatusLine, Words

if TYPE_CHECKING:
    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from tui.keys import Place

_SETTLES = 0.2  # seconds in which changes of the library are gathered
_SELDOM = 3  # times as long as looking at the library takes, at least, until it is done again
_LONGEST_PAUSE = 1.5  # seconds: what others do is shown within two
_FIRST = 200  # links read before all others
_SORTS: dict[str, tuple[str, Sort | None]] = {
    "d": ("date added", "added"),
    "t": ("title", "title"),
    "h": ("host", "host"),
    "u": ("updated", "captured"),
    "r": ("reverse", None),
}


class LibraryScreen(Preview, Commanded):
    """Views, list and reader over one library."""

    AUTO_FOCUS = "#list"
    PLACES_HERE: ClassVar[tuple[Place, ...]] = ("list", "links", "reader", "sidebar", "everywhere")
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings("everywhere", "links"),
        Binding("enter,down", "end_typing", show=False, priority=True),
        Binding("escape", "stop_typing", show=False, priority=True),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.view = View()
        self._shown = View()  # the view whose links stand in the list
        self._lookup = Lookup(self.pagelog.desk)
        self._totals = Totals()
        self._settling: Timer | None = None
        self._pause = _SETTLES
        self._loading = "reading the library"

    def compose(self) -> ComposeResult:
        """Three panes over two lines."""
        with Horizontal(id="panes"):
            yield Sidebar(id="sidebar")
            with Vertical(id="middle"):
                with Horizontal(id="top"):
                    yield Words(id="shown")
                    yield LineField("", "filter: words, tag:, is:, site:, added:", id="filter")
                    yield Words(id="count")
                yield LinkList(self.pagelog.rows, id="list")
                yield Static("", id="empty", markup=False)
            with Vertical(id="right"):
                yield Heading(id="heading")
                yield Reader(id="reader")
                yield LineField("", "find in the text", id="find")
        yield StatusLine(id="status")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """The first links at once; all others after the first picture."""
        self.pagelog.captured.subscribe(self, self._captured)
        self.pagelog.moved.subscribe(self, lambda _: self._look_again())
        self.links.show(self.pagelog.library.catalogue.first_ids(_FIRST))
        self.show_front()
        self.front_changed()
        self.facts_changed()
        self.rest()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.pagelog.begin()
        instead(self, "load", self._load)

    # --- the panes ----------------------------------------------------------------------------------------------------

    @property
    def links(self) -> LinkList:
        """The list."""
        return self.query_one("#list", LinkList)

    @property
    def sidebar(self) -> Sidebar:
        """The views and tags."""
        return self.query_one("#sidebar", Sidebar)

    def front_changed(self) -> None:
        """Other keys work."""
        places: dict[Pane, tuple[Place, ...]] = {
            "sidebar": ("sidebar", "everywhere"),
            "list": ("list", "links", "everywhere"),
            "reader": ("reader", "links", "everywhere"),
        }
        self.query_one("#keys", KeyLine).show(keys.footer(*places[self.front], home=self.front == "list"))

    def action_back(self) -> None:
        """Leave exactly one thing, what was opened last."""
        if self.front == "reader" and (self.end_finding() or self.reader.leave()):
            return
        if self.leave_pane():
            return
        if self.view.typed:
            self._filter("")
        elif not self.links.unmark() and self.view.query:
            self._look_at("")

    def action_leave(self) -> None:
        """Back to the list, and from there out."""
        if not self.leave_pane():
            self.app.exit()

    # --- what is shown ------------------------------------------------------------------------------------------------

    async def _load(self, *, anew: bool = False) -> None:
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
        self.sidebar.navigation.show(self._totals.views, self._totals.tags)
        self.sidebar.shown_anew()
        self.facts_changed()
        self.load_text(again=True)
        self._pause = max(_SETTLES, min(_SELDOM * (time.monotonic() - begun), _LONGEST_PAUSE))

    def _look_at(self, query: str) -> None:
        """Another view, with no filter and no marks."""
        self.links.unmark()
        self.sidebar.show(query)
        self.remove_class("-filtering")
        self.query_one("#filter", LineField).value = ""
        self._show(replace(self.view, query=query, typed=""))

    def _filter(self, typed: str) -> None:
        self.query_one("#filter", LineField).value = typed
        self.set_class(bool(typed), "-filtering")
        self._show(replace(self.view, typed=typed))

    def _show(self, view: View) -> None:
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
        self.facts_changed()
        self.rest()

    def _look_again(self) -> None:
        """Something changed: look again, once it has settled."""
        self.links.redraw()
        if self._settling is None:
            self._settling = self.set_timer(self._pause, self._settled)

    def _settled(self) -> None:
        self._settling = None
        instead(self, "load", self._load)

    # --- the lines around the list ------------------------------------------------------------------------------------

    def facts_changed(self, first: str = "") -> None:
        """Draw the lines around the list."""
        links, total = self.links, self._totals.all
        self.query_one("#shown", Words).show(name_of(self.view.query))
        among = f"{links.total():,}" if self._lookup.ready else "..."
        place = f"{links.at + 1:,}/{among}" if links.total() else ""
        self.query_one("#count", Words).show(place)
        marks = len(links.shelf.marks)
        jobs = [f"capturing {job.done:,}/{job.total:,} (w)" for job in self.pagelog.captures.active]
        self.query_one("#status", StatusLine).show(
            (
                first,
                place or "no links",
                f"of {total:,}" if total and total != links.total() else "",
                f"filter: {self.view.typed}" if self.view.typed else "",
                f"{marks:,} marked" if marks else "",
                "range: v ends it" if links.in_range else "",
                *(f"working: {what}" for what in self.pagelog.desk.under_way[:1] if what),
                *jobs[:2],
                self._loading,
            )
        )
        self._draw_empty()

    def _draw_empty(self) -> None:
        empty = not self.links.total() and self._lookup.ready
        self.set_class(empty, "-empty")
        if empty:
            self.query_one("#empty", Static).update(Content(why_empty(self.view, self._totals)))

    @on(LinkList.Marked)
    def _marked(self) -> None:
        self.facts_changed()

    @on(RowList.Moved, "#list")
    def _moved(self) -> None:
        self.query_one("#status", StatusLine).fade()
        self.facts_changed()
        self.rest()

    # --- typing: filter and find --------------------------------------------------------------------------------------

    @property
    def _typing(self) -> LineField | None:
        focused: Widget | None = self.focused
        return focused if isinstance(focused, LineField) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While something is typed, letters are letters; while links have numbers, all keys are the reader's."""
        if action in ("end_typing", "stop_typing"):
            return self._typing is not None
        if self._typing is not None and action != "quit":
            return False
        return action == "quit" or not (self.front == "reader" and self.reader.is_hinting)

    @on(LinkList.Filter)
    def _ask_for_filter(self) -> None:
        self.add_class("-filtering")
        self.set_focus(self.query_one("#filter"))

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.view.typed:
            self._show(replace(self.view, typed=event.value))

    def action_end_typing(self) -> None:
        """Keep the filter, or the hits."""
        if self.end_finding(keep=True):
            return
        self.set_class(bool(self.view.typed), "-filtering")
        self.go_to("list")

    def action_stop_typing(self) -> None:
        """No filter; no hits."""
        if not self.end_finding():
            self._filter("")
            self.go_to("list")

    # --- views, order, help -------------------------------------------------------------------------------------------

    @on(RowList.Chosen, "#sidebar")
    def _choose_view(self) -> None:
        self._look_at(self.sidebar.current.query)
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
        instead(self, "load", self._load, anew=True)
        self.pagelog.say(f"Sorted by {self.view.sort}{', reversed' if self.view.reverse else ''}.")

    def action_redraw(self) -> None:
        """Look at the library and the screen anew; dimmed links go."""
        instead(self, "load", self._load, anew=True)
        self.refresh(layout=True)

    def home_of(self, place: Place) -> DOMNode | None:
        """Where the actions of a place are carried out."""
        if place in ("list", "sidebar", "reader"):
            return self.query_one(f"#{place}")
        return self if place in ("links", "everywhere") else None

    # --- what actions ask and tell ------------------------------------------------------------------------------------

    @property
    def current(self) -> ShownLink | None:
        """The link in focus."""
        return self.links.current

    @property
    def settled(self) -> bool:
        """What stands in the list are the links of the view."""
        return self._shown == self.view

    def taken(self) -> Taken:
        """The marks, with a range that was begun, or the link in focus; in the reader the link that is read."""
        if self.front == "reader":
            return Taken(() if self.links.shelf.current is None else (self.links.shelf.current,))
        if self.links.in_range:
            self.links.action_range()
        return self.links.shelf.taken()

    @property
    def in_trash(self) -> bool:
        """The trash is shown."""
        return self.view.query == VIEWS["Trash"]

    def offers(self, present: Sequence[tuple[str, int]] = ()) -> Offers:
        """All tags of the library."""
        return Offers(self._totals.tags, present)

    def changed(self, ids: Sequence[str], *, done: bool = True) -> None:
        """Draw what changed; find out in the background what it means for the view."""
        if done:
            self.links.unmark_these(ids)
        self.pagelog.rows.forget(ids)
        self._look_again()
        if self.links.current is not None and self.links.current.id in ids:
            self.load_text(again=True)

    def added(self, ids: Sequence[str]) -> None:
        """New links stand in the list at once."""
        self.pagelog.rows.forget(ids)
        self.links.put_first(ids)
        self._look_again()
        self.pagelog.say(f"Capturing {len(ids):,} {'link' if len(ids) == 1 else 'links'}.")
        self.rest()

    def _captured(self, ids: frozenset[str]) -> None:
        self.links.redraw()
        if self.links.shelf.current in ids:
            self.load_text(again=True)
        self.facts_changed()
        self._look_again()
