"""The main screen: views and tags, the list, the reader.

Which pane is in front follows the focus; how many are seen beside it follows the width (app.tcss).
"""

from __future__ import annotations

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

from tui import keys
from tui.completion import Offers
from tui.lookup import why_empty
from tui.navigation import VIEWS, name_of, tag_query
from tui.screens.beside import instead
from tui.screens.commanded import Commanded
from tui.screens.panes import WIDTHS, Pane
from tui.screens.viewing import Viewing
from tui.shelf import Taken
from tui.shown import ShownLink
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

_FIRST = 200  # links read before all others
_COVERED = keys.covered("sidebar")
_A_MINUTE = 60  # seconds


class LibraryScreen(Viewing, Commanded):
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
        self._minutes: Timer | None = None

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
        self.pagelog.moved.subscribe(self, lambda _: self.look_again())
        self.pagelog.worked.subscribe(self, lambda _: self.facts_changed())
        self.links.show(self.pagelog.library.catalogue.first_ids(_FIRST))
        self.show_front()
        self.front_changed()
        self.facts_changed()
        self.rest()
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.pagelog.begin()
        instead(self, "load", self.load)

    # --- the panes ----------------------------------------------------------------------------------------------------

    @property
    def place(self) -> Place:
        """The pane in front."""
        return self.front

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
            self.filter("")
        elif not self.links.unmark() and self.view.query:
            self.look_at("")

    def action_leave(self) -> None:
        """Back to the list, and from there out."""
        if not self.leave_pane():
            self.app.exit()

    # --- the lines around the list ------------------------------------------------------------------------------------

    def facts_changed(self, first: str = "") -> None:
        """Draw the lines around the list."""
        links, total = self.links, self._totals.all
        self.query_one("#shown", Words).show(name_of(self.view.query))
        among = f"{links.total():,}" if self._lookup.ready else "..."
        place = f"{links.at + 1:,}/{among}" if links.total() else ""
        self.query_one("#count", Words).show(place)
        marks = len(links.shelf.marks)
        self.query_one("#status", StatusLine).show(
            (
                first,
                place or "no links",
                f"of {total:,}" if total and total != links.total() else "",
                f"filter: {self.view.typed}" if self.view.typed else "",
                f"{marks:,} marked" if marks else "",
                "range: v ends it" if links.in_range else "",
                *self._under_way(),
                self._loading,
                self._apart(),
            )
        )
        self._draw_empty()

    def _under_way(self) -> list[str]:
        """What is being done: changes, tasks that may take long, captures."""
        tasks = self.pagelog.tasks.active
        others = {task.what for task in tasks}
        return [
            *[f"working: {what}" for what in self.pagelog.desk.under_way if what and what not in others][:1],
            *[f"{task.what}: {task.far or 'working'} (w)" for task in tasks[:2]],
            *[f"capturing {job.done:,}/{job.total:,} (w)" for job in self.pagelog.captures.active[:2]],
        ]

    def _apart(self) -> str:
        """How far the library and its remote are apart; minutes pass only where there is one."""
        apart = self._totals.apart
        if apart is None:
            return ""
        if self._minutes is None:
            self._minutes = self.set_interval(_A_MINUTE, self.facts_changed)
        from tui.synced import apart_words

        return apart_words(apart)

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
        self._back = frozenset()  # the user is somewhere else by now
        self.query_one("#status", StatusLine).fade()
        self.facts_changed()
        self.rest()

    # --- typing: filter and find --------------------------------------------------------------------------------------

    @property
    def _typing(self) -> LineField | None:
        focused: Widget | None = self.focused
        return focused if isinstance(focused, LineField) else None

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While something is typed, letters are letters; while links have numbers, all keys are the reader's;
        in the sidebar a key that means something there means nothing else."""
        if action in ("end_typing", "stop_typing"):
            return self._typing is not None
        if self._typing is not None and action != "quit":
            return False
        if self.front == "sidebar" and action in _COVERED:
            return False
        return action == "quit" or not (self.front == "reader" and self.reader.is_hinting)

    @on(LinkList.Filter)
    def _ask_for_filter(self) -> None:
        self.add_class("-filtering")
        self.set_focus(self.query_one("#filter"))

    @on(Input.Changed, "#filter")
    def _filter_typed(self, event: Input.Changed) -> None:
        if event.value != self.view.typed:
            self.show(replace(self.view, typed=event.value))

    def action_end_typing(self) -> None:
        """Keep the filter, or the hits."""
        if self.end_finding(keep=True):
            return
        self.set_class(bool(self.view.typed), "-filtering")
        self.go_to("list")

    def action_stop_typing(self) -> None:
        """No filter; no hits."""
        if not self.end_finding():
            self.filter("")
            self.go_to("list")

    # --- views, order, help -------------------------------------------------------------------------------------------

    def come_to(self, place: Place) -> None:
        """The actions of links are those of the list."""
        if place == "links" and self.front == "sidebar":
            self.go_to("list")

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
        self.look_again()
        if self.links.current is not None and self.links.current.id in ids:
            self.load_text(again=True)

    def gone(self, ids: Sequence[str]) -> None:
        """These rows go; the focus stays on its link, or on its place."""
        self.pagelog.rows.forget(ids)
        self.links.drop(ids)

    def renew(self, ids: Sequence[str], gone: Sequence[str]) -> None:
        """What was taken back, or came with a sync, is drawn; a link that comes back is in focus."""
        self.gone(gone)
        self._back = frozenset(ids).difference(gone, self.links.shelf.ids)
        self.changed(ids, done=False)

    @on(Sidebar.Retag)
    def _retag(self, message: Sidebar.Retag) -> None:
        from tui.screens.tag_tree import TagTree

        TagTree(self, self._follow_tag).begin(message.entry, message.verb)

    def _follow_tag(self, old: str, new: str | None) -> None:
        """The view of a tag follows it, and the focus of the sidebar does."""
        from tui.screens.tag_tree import query_after

        if new is not None:
            self.sidebar.expect(tag_query(new))
        query = query_after(self.view.query, old, new)
        if query != self.view.query:
            self.view = replace(self.view, query=query)
            instead(self, "load", self.load, anew=True)

    def added(self, ids: Sequence[str]) -> None:
        """New links stand in the list at once."""
        self.pagelog.rows.forget(ids)
        self.links.put_first(ids)
        self.look_again()
        self.pagelog.say(f"Capturing {len(ids):,} {'link' if len(ids) == 1 else 'links'}.")
        self.rest()

    def _captured(self, ids: frozenset[str]) -> None:
        self.links.redraw()
        if self.links.shelf.current in ids:
            self.load_text(again=True)
        self.facts_changed()
        self.look_again()
