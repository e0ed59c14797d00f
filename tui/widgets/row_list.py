"""A list of which only the lines in sight are ever made: the base of every list of the app.

A subclass says how many rows there are, which is in focus, and draws one; here stand moving, scrolling, the mouse, and
a cache of drawn lines. A hundred thousand rows cost what forty do.
"""

from __future__ import annotations

from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.cache import LRUCache
from textual.message import Message
from textual.strip import Strip

from tui.widgets.painting import Palette
from tui.widgets.scrolling import Scrolling

_DRAWN = 1024  # lines kept
_MARGIN = 2  # rows seen beyond the focus, where there are any


class RowList(Scrolling, can_focus=True):
    """Rows with one in focus."""

    DEFAULT_CSS = """
    RowList { height: 1fr; width: 1fr; overflow-x: hidden; scrollbar-size-vertical: 1; }
    RowList > .row--cursor { background: $primary 45%; text-style: bold; }
    RowList > .row--resting { background: $foreground 12%; }
    RowList > .row--dim { color: $text-muted; }
    RowList > .row--faint { color: $text-disabled; }
    RowList > .row--strong { text-style: bold; }
    RowList > .row--mark { color: $warning; text-style: bold; }
    RowList > .row--warn { color: $text-warning; }
    RowList > .row--error { color: $text-error; }
    RowList > .row--good { color: $text-success; }
    RowList > .row--accent { color: $text-accent; }
    RowList > .row--hit { background: $warning 40%; text-style: underline; }
    RowList:nocolor > .row--cursor { text-style: reverse; }
    RowList:nocolor > .row--resting { text-style: underline; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"row--{name}"
        for name in ("cursor", "resting", "dim", "faint", "strong", "mark", "warn", "error", "good", "accent", "hit")
    }
    ALLOW_SELECT = False

    class _Told(Message):
        def __init__(self, sender: RowList) -> None:
            super().__init__()
            self.list = sender

        @property
        def control(self) -> RowList:
            """The list it is about."""
            return self.list

    class Moved(_Told):
        """Another row is in focus."""

    class Chosen(_Told):
        """The row in focus was chosen."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.palette = Palette(self, "row", frozenset(("cursor", "resting", "hit")))
        self._drawn: LRUCache[object, Strip] = LRUCache(_DRAWN)
        self._at = 0

    # --- what a subclass says -----------------------------------------------------------------------------------------

    def total(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    @property
    def at(self) -> int:
        """The place of the row in focus."""
        return self._at

    def put_at(self, place: int) -> None:
        """The focus is here."""
        self._at = max(0, min(place, self.total() - 1))

    def draw(self, place: int, width: int) -> Strip:
        """The line of a row."""
        raise NotImplementedError

    def looks(self, place: int) -> object:
        """What a drawn line depends on, beside the width and the focus."""
        return place

    # --- drawing ------------------------------------------------------------------------------------------------------

    def shown_anew(self, *, keep_scroll: bool = True) -> None:
        """The rows are others: forget what was drawn."""
        self._drawn.clear()
        self.put_at(self.at)
        self.set_lines(self._width, self.total())
        self.scroll_y = self.validate_scroll_y(self.scroll_y) if keep_scroll else 0
        self.call_after_refresh(self.show_focus)
        self.refresh()

    def redraw(self) -> None:
        """The rows look different."""
        self._drawn.clear()
        self.refresh()

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        place, width = y + self.scroll_offset.y, self._width
        if place >= self.total():
            return Strip.blank(width, self.palette.base)
        looks = (self.looks(place), width, place == self.at, self.has_focus)
        strip = self._drawn.get(looks)
        if strip is None:
            strip = self._drawn[looks] = self.draw(place, width)
        return strip

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._drawn.clear()
        self.palette.clear()

    def on_resize(self) -> None:
        """Another width."""
        self._drawn.clear()
        self.set_lines(self._width, self.total())
        self.call_after_refresh(self.show_focus)

    def on_focus(self) -> None:
        """The cursor shows more strongly."""
        self._refresh_rows(self.at)

    def on_blur(self) -> None:
        """The cursor shows more weakly."""
        self._refresh_rows(self.at)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    def _refresh_rows(self, *places: int) -> None:
        for place in places:
            self.refresh_line(place)

    # --- moving -------------------------------------------------------------------------------------------------------

    def go(self, place: int) -> None:
        """Put the focus there, and show it."""
        before = self.at
        self.put_at(place)
        if self.at == before:
            return
        if not self.show_focus():
            self._refresh_rows(before, self.at)
        self.post_message(self.Moved(self))

    def show_focus(self) -> bool:
        """Scroll so that the focus is seen, with two rows beyond it; True when that moved anything."""
        top, height = self.scroll_offset.y, max(1, self.scrollable_content_region.height)
        margin = min(_MARGIN, (height - 1) // 2)
        lowest = max(0, self.total() - height)
        target = min(max(top, self.at - height + 1 + margin), self.at - margin)
        target = max(0, min(target, lowest))
        if target == top:
            return False
        self.scroll_to(y=target, animate=False)
        return True

    def action_move(self, by: int) -> None:
        """So many rows down."""
        self.go(self.at + by)

    def action_half(self, by: int) -> None:
        """Half a page down."""
        self.go(self.at + by * max(1, self.size.height // 2))

    def action_page(self, by: int) -> None:
        """A page down."""
        self.go(self.at + by * max(1, self.size.height - 1))

    def action_first(self) -> None:
        """To the top."""
        self.go(0)

    def action_last(self) -> None:
        """To the end."""
        self.go(self.total() - 1)

    # --- mouse --------------------------------------------------------------------------------------------------------

    def on_click(self, event: events.Click) -> None:
        """One click puts the focus there, two choose."""
        place = event.y + self.scroll_offset.y
        if place >= self.total():
            return
        self.go(place)
        if event.chain == 2:
            self.post_message(self.Chosen(self))


def fits(text: str, width: int) -> str:
    """Exactly `width` cells: blanks behind a clean line that is shorter, `…` behind the beginning of a longer one."""
    from store.text import clip

    clipped = clip(text, width)
    return clipped + " " * (width - cell_len(clipped))
