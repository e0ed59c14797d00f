"""The diff view: what changed between two texts, in one column or side by side, with what is the same folded away.

It draws a Sheet, line by line as they come into sight. Very long comparisons are laid out in a thread. What was
removed is struck and what was added is bold (underlined where there are no colours); every line of a changed paragraph
carries a mark: `~` edited, `-` removed, `+` added, reversed in the paragraph of the current change.
"""

from __future__ import annotations

from bisect import bisect_left
from typing import ClassVar

from textual import on, work
from textual.binding import BindingType
from textual.cache import LRUCache
from textual.geometry import Offset
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip
from textual.worker import get_current_worker

from store.text import one_line
from tui import keys
from tui.text.compared import Compared
from tui.text.difflayout import Shape, Sheet, takes_long
from tui.widgets.diff_painter import FILLED, OTHER_SIDE, STYLES, Chosen, DiffPainter
from tui.widgets.painting import Palette
from tui.widgets.scrolling import Scrolling

SIDE_BY_SIDE = 76  # columns that it takes
_DRAWN = 512  # lines kept
_ACTIONS = ("move", "page", "half", "first", "last", "change", "sides", "unfold")


class DiffView(Scrolling, can_focus=True, inherit_bindings=False):
    """A comparison, or a sentence in place of one."""

    DEFAULT_CSS = """
    DiffView { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    DiffView > .diff--added { background: $success 14%; }
    DiffView > .diff--removed { background: $error 14%; }
    DiffView > .diff--edited { background: $foreground 5%; }
    DiffView > .diff--added-words { background: $success 40%; color: $text; text-style: bold; }
    DiffView > .diff--removed-words { background: $error 45%; color: $text; text-style: strike; }
    DiffView > .diff--mark { color: $text-muted; text-style: bold; }
    DiffView > .diff--here { color: $text-accent; text-style: bold reverse; }
    DiffView > .diff--fold { color: $text-muted; background: $foreground 8%; }
    DiffView > .diff--divider { color: $text-disabled; }
    DiffView > .diff--notice { color: $text-muted; }
    DiffView:nocolor > .diff--added-words { text-style: bold underline; }
    DiffView:nocolor > .diff--removed-words { text-style: strike reverse; }
    DiffView:ansi > .diff--added { background: ansi_default; color: ansi_green; }
    DiffView:ansi > .diff--removed { background: ansi_default; color: ansi_red; }
    DiffView:ansi > .diff--edited { background: ansi_default; }
    DiffView:ansi > .diff--added-words { background: ansi_default; color: ansi_green; text-style: bold underline; }
    DiffView:ansi > .diff--removed-words { background: ansi_default; color: ansi_red; text-style: strike reverse; }
    DiffView:ansi > .diff--fold { background: ansi_default; text-style: reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"diff--{name}" for name in STYLES}
    BINDINGS: ClassVar[list[BindingType]] = [
        binding for binding in keys.bindings("reader", "history") if binding.action.partition("(")[0] in _ACTIONS
    ]

    class At(Message):
        """Which change is the current one: 1 is the first of `count`, 0 when there are none."""

        def __init__(self, view: DiffView, change: int, count: int) -> None:
            super().__init__()
            self.view = view
            self.change = change
            self.count = count

        @property
        def control(self) -> DiffView:
            """The view it is about."""
            return self.view

    class _LaidOut(Message):
        """A thread has made a sheet."""

        def __init__(self, compared: Compared, sheet: Sheet) -> None:
            super().__init__()
            self.compared = compared
            self.sheet = sheet

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self._palette = Palette(self, "diff", FILLED)
        self._painter = DiffPainter(self._palette)
        self._drawn: LRUCache[tuple[int, bool], Strip] = LRUCache(_DRAWN)
        self._compared: Compared | None = None
        self._notice = ""
        self._sheet: Sheet | None = None
        self._side_by_side = False
        self._is_folded = True
        self._at = 0  # the current change
        self._height_before = 0  # as it was before a resize

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show(self, compared: Compared, same: str) -> None:
        """Open a comparison at its first change, folded; `same` is said instead when nothing in it has changed."""
        if not compared.changes:
            self.say(same)
            return
        self._open(compared, "")

    def say(self, sentence: str) -> None:
        """Show one line in place of a comparison."""
        self._open(None, one_line(sentence))

    def _open(self, compared: Compared | None, notice: str) -> None:
        self._compared, self._notice = compared, notice
        self._sheet, self._is_folded, self._at = None, True, 0
        self._forget_drawn()
        self.set_lines(self._width, 1)
        self.scroll_to(y=0, animate=False)
        self._lay_out()
        self._tell()

    def _lay_out(self) -> None:
        """Make the sheet that the width and the user's wishes ask for, unless it is there."""
        if self._compared is None or not self._width:
            return
        shape = self._shape
        if self._sheet is not None and self._sheet.shape == shape:
            return
        if takes_long(self._compared, shape):
            self._lay_out_aside(self._compared, shape)
        else:
            self._take(Sheet(self._compared, shape))

    @work(thread=True, exclusive=True, group="layout", exit_on_error=False)
    def _lay_out_aside(self, compared: Compared, shape: Shape) -> None:
        worker = get_current_worker()
        sheet = Sheet(compared, shape)
        if not worker.is_cancelled:
            self.post_message(self._LaidOut(compared, sheet))

    @on(_LaidOut)
    def _take_when_still_wanted(self, event: _LaidOut) -> None:
        if event.compared is self._compared and event.sheet.shape == self._shape:
            self._take(event.sheet)

    def _take(self, sheet: Sheet) -> None:
        before, top = self._sheet, self.scroll_offset.y
        if self.text_selection is not None:
            self.screen.clear_selection()  # it stands elsewhere now
        self._sheet = sheet
        self._forget_drawn()
        self.set_lines(self._width, len(sheet))
        if before is None:
            self._reveal()
        elif self._is_in_sight(before.changes[self._at], top):
            self._go(sheet.changes[self._at] - (before.changes[self._at] - top))
        else:
            self._go(sheet.line_at(before.place(top)))

    @property
    def _shape(self) -> Shape:
        sides = self._side_by_side and self.size.width >= SIDE_BY_SIDE
        return Shape(self._width, sides=sides, folded=self._is_folded)

    @property
    def _width(self) -> int:
        return self.scrollable_content_region.width

    @property
    def _height(self) -> int:
        return max(1, self.scrollable_content_region.height)

    def on_resize(self) -> None:
        """Other lines, with the change still in sight."""
        current, top = self._at, self.scroll_offset.y
        was_seen = self._sheet is not None and top <= self._sheet.changes[current] < top + self._height_before
        self._height_before = self._height
        self._lay_out()
        if was_seen and self._sheet and not self._is_in_sight(self._sheet.changes[current], self.scroll_offset.y):
            self._make_current(current)
            self._reveal()

    # --- changes ------------------------------------------------------------------------------------------------------

    def action_change(self, step: int) -> None:
        """So many changes on, from the current one or, when that is out of sight, from what is in sight."""
        if self._sheet is None:
            return
        lines = self._sheet.changes
        target = self._at + step
        if not self._is_in_sight(lines[self._at], self.scroll_offset.y):
            target = bisect_left(lines, self.scroll_offset.y) + step - (step > 0)
        self._make_current(max(0, min(target, len(lines) - 1)))
        self._reveal()

    def _reveal(self) -> None:
        """Scroll so that the current change stands in the upper third, below what is shown around it."""
        if self._sheet is not None:
            line = self._sheet.changes[self._at]
            self._go(max(self._sheet.context(line), line - self._height // 3))

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whichever way it was scrolled: the current change is one in sight, or the last one passed."""
        super().watch_scroll_y(old_value, new_value)
        if self._sheet is None or self._is_in_sight(self._sheet.changes[self._at], self.scroll_offset.y):
            return
        following = bisect_left(self._sheet.changes, self.scroll_offset.y)
        is_seen = following < len(self._sheet.changes) and self._is_in_sight(
            self._sheet.changes[following], self.scroll_offset.y
        )
        self._make_current(following if is_seen else max(0, following - 1))

    def _is_in_sight(self, line: int, top: int) -> bool:
        return top <= line < top + self._height

    def _make_current(self, change: int) -> None:
        if change != self._at:
            self._at = change
            self.refresh()
            self._tell()

    def _tell(self) -> None:
        count = len(self._compared.changes) if self._compared is not None else 0
        self.post_message(self.At(self, self._at + 1 if count else 0, count))

    # --- moving -------------------------------------------------------------------------------------------------------

    def action_move(self, step: int) -> None:
        """So many lines down."""
        self._go(self.scroll_offset.y + step)

    def action_half(self, step: int) -> None:
        """Half a page down."""
        self._go(self.scroll_offset.y + step * max(1, self._height // 2))

    def action_page(self, step: int) -> None:
        """A page down, but for two lines."""
        self._go(self.scroll_offset.y + step * max(1, self._height - 2))

    def action_scroll(self, step: int) -> None:
        """The same, as the history calls it."""
        self.action_page(step)

    def action_first(self) -> None:
        """To the top."""
        self._go(0)

    def action_last(self) -> None:
        """To the end."""
        self._go(self.virtual_size.height)

    def action_sides(self) -> None:
        """Side by side where there is room, or in one column."""
        self._side_by_side = not self._side_by_side
        self._lay_out()

    def action_unfold(self) -> None:
        """Show what is the same, or fold it."""
        self._is_folded = not self._is_folded
        self._lay_out()

    def _go(self, line: int) -> None:
        self.scroll_to(y=max(0, min(line, self.virtual_size.height - self._height)), animate=False)

    # --- drawing ------------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number, width = y + self.scroll_offset.y, self._width
        if self._compared is None:
            return self._painter.notice(self._notice if number == 0 else "", width)
        if self._sheet is None or number >= len(self._sheet):
            return self._painter.notice("", width)
        here = self._compared.changes[self._at].row == self._sheet.row(number)
        chosen = self._chosen(number)
        strip = self._drawn.get((number, here)) if chosen is None else None
        if strip is None:
            strip = self._painter.line(self._sheet, number, width, here=here, chosen=chosen)
            if chosen is None:
                self._drawn[number, here] = strip
        return strip

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self._palette.clear()
        self._forget_drawn()

    def _forget_drawn(self) -> None:
        self._drawn.clear()
        self.refresh()

    # --- what is selected with the mouse ------------------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """The selected text: of one column, its paragraphs not broken in lines."""
        if self._sheet is None:
            return None
        last = len(self._sheet) - 1
        start, end = selection.start or Offset(0, 0), selection.end or Offset(2 * OTHER_SIDE, last)
        column = self._selected_column(selection)
        begin, stop = ((min(point.y, last), max(0, point.x - column * OTHER_SIDE)) for point in (start, end))
        return self._sheet.between(begin, stop, column), "\n"

    def _chosen(self, number: int) -> Chosen | None:
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if selection is None or span is None:
            return None
        column = self._selected_column(selection)
        start, end = (place - column * OTHER_SIDE for place in span)
        style = self.screen.get_component_rich_style("screen--selection")
        return Chosen(column, max(0, start), OTHER_SIDE if span[1] < 0 else max(0, end), style)

    def _selected_column(self, selection: Selection) -> int:
        """The side where the selection begins; the new text when everything is selected."""
        if self._sheet is None or not self._sheet.shape.sides:
            return 0
        begin = selection.start or selection.end
        return 1 if begin is None or begin.x >= OTHER_SIDE else 0
