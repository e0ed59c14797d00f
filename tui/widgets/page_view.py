"""A prepared text on the screen, drawn line by line as the lines come into sight: the ground the reader stands on.

Here stand the lines for the present width, painting, the colours of code, scrolling, selecting with the mouse. A text
is set for another width at once when it is short, else in a thread while the old lines stay; threads only post
messages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import on, work
from textual.cache import LRUCache
from textual.message import Message
from textual.selection import Selection
from textual.strip import Strip

from store.text import one_line
from tui.text.blocks import Block
from tui.text.colouring import COLOURS, Stretch, coloured, may_be_coloured
from tui.text.linebreak import lines
from tui.text.prepared import Prepared, Text, room_in
from tui.text.runs import MARGIN, copied
from tui.widgets.page_painter import PagePainter
from tui.widgets.painting import Palette, selected, strip
from tui.widgets.scrolling import Scrolling

AT_ONCE = 20_000  # characters that are set anew before the next key is read: some 20 ms
_RESTS = 0.1  # seconds: whoever drags the edge of a window sets a long text once
_DRAWN = 512  # lines kept
_COLOURED = 256  # blocks of code whose colours are kept: more than a screen has lines
_FILLED = frozenset(("code", "block", "hit", "hit-now", "chosen", "hint"))
_STYLES = "h1 h2 h3 h4 em strong strike code link picture quote marker block rule head hit hit-now chosen hint notice"


class PageView(Scrolling, can_focus=True, inherit_bindings=False):
    """A text, or a few lines in place of one."""

    DEFAULT_CSS = """
    PageView { height: 1fr; width: 1fr; overflow-x: hidden; overflow-y: scroll; scrollbar-size-vertical: 1; }
    PageView > .page--h1 { color: $markdown-h1-color; text-style: bold underline; }
    PageView > .page--h2 { color: $markdown-h2-color; text-style: bold; }
    PageView > .page--h3 { color: $markdown-h3-color; text-style: bold italic; }
    PageView > .page--h4 { text-style: bold italic; }
    PageView > .page--em { text-style: italic; }
    PageView > .page--strong { text-style: bold; }
    PageView > .page--strike { text-style: strike; }
    PageView > .page--code { color: $text-warning; background: $warning 12%; }
    PageView > .page--link { color: $text-primary; text-style: underline; }
    PageView > .page--picture { color: $text-secondary; text-style: underline; }
    PageView > .page--quote { color: $text-muted; }
    PageView > .page--marker { color: $text-muted; }
    PageView > .page--block { background: $foreground 6%; }
    PageView > .page--rule { color: $text-disabled; }
    PageView > .page--head { text-style: bold; }
    PageView > .page--hit { color: $text; background: $warning 40%; text-style: underline; }
    PageView > .page--hit-now { color: $text; background: $warning; text-style: bold; }
    PageView > .page--chosen { color: $text; background: $primary; text-style: bold underline; }
    PageView > .page--hint { color: $text; background: $success; text-style: bold; }
    PageView > .page--notice { color: $text-muted; }
    PageView > .page--comment { color: $text-muted; text-style: italic; }
    PageView > .page--keyword { color: $text-accent; }
    PageView > .page--string { color: $text-success; }
    PageView > .page--number { color: $text-secondary; }
    PageView > .page--name { color: $text-primary; text-style: bold; }
    PageView:nocolor > .page--hit-now { color: $foreground; background: $background; text-style: bold reverse; }
    PageView:nocolor > .page--chosen { color: $foreground; background: $background; text-style: reverse underline; }
    PageView:nocolor > .page--hint { color: $foreground; background: $background; text-style: bold reverse; }
    PageView:ansi > .page--code { color: ansi_yellow; background: ansi_default; }
    PageView:ansi > .page--block { background: ansi_default; }
    PageView:ansi > .page--hit { color: ansi_yellow; background: ansi_default; text-style: bold underline; }
    PageView:ansi > .page--hit-now { color: ansi_yellow; background: ansi_default; text-style: bold reverse; }
    PageView:ansi > .page--chosen { color: ansi_blue; background: ansi_default; text-style: reverse underline; }
    PageView:ansi > .page--hint { color: ansi_green; background: ansi_default; text-style: bold reverse; }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {f"page--{name}" for name in (*_STYLES.split(), *COLOURS)}

    class _SetAnew(Message):
        """A thread has set a text for another width."""

        def __init__(self, prepared: Prepared) -> None:
            super().__init__()
            self.prepared = prepared

    class _Coloured(Message):
        """A thread has coloured a block of code."""

        def __init__(self, text: Text, block: int, stretches: tuple[Stretch, ...]) -> None:
            super().__init__()
            self.text = text
            self.block = block
            self.stretches = stretches

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.painter = PagePainter(Palette(self, "page", _FILLED))
        self.prepared: Prepared | None = None
        self._drawn: LRUCache[int, Strip] = LRUCache(_DRAWN)
        self._notice: tuple[str, ...] = ()
        self._place = 0  # where it was last put to
        self._was_laid_out = False
        self._is_setting = False  # a thread is at it

    # --- what is shown ------------------------------------------------------------------------------------------------

    def show_notice(self, notice: Sequence[str]) -> None:
        """The lines that stand there while no text is shown."""
        self._notice = tuple(map(one_line, notice))
        self.refresh()

    def open(self, prepared: Prepared | None, place: int) -> None:
        """Show a text from a place on, or none."""
        self.painter.colours.clear()
        self._take(prepared, place)
        self._fit()

    def moved(self) -> None:
        """Other lines are in sight: called after the fact."""

    @property
    def columns(self) -> int:
        """The width to `prepare` a text for; 0 before the first layout."""
        return self.scrollable_content_region.width

    @property
    def position(self) -> int:
        """The place at the top, as a number that means the same in every width. Set it to scroll there."""
        if self.prepared is None or not self._was_laid_out or self.prepared.top_of(self._place) == self.top:
            return self._place
        return self.prepared.place_of(self.top)

    @position.setter
    def position(self, place: int) -> None:
        self._place = place
        if self.prepared is not None:
            self.go(self.prepared.top_of(place))

    @property
    def percent(self) -> int:
        """How much of the text is above the lower edge."""
        length = len(self.prepared.page) if self.prepared is not None else 0
        return 100 if self.bottom >= length else 100 * self.bottom // length

    # --- lines for the present width ----------------------------------------------------------------------------------

    def _take(self, prepared: Prepared | None, place: int) -> None:
        """These lines from now on, with a place at the top."""
        self.prepared = prepared
        self.set_lines(self.columns, len(prepared.page) if prepared is not None else 0)
        self.position = place
        self.moved()
        self.redraw()

    def _fit(self) -> None:
        """Set the text for the present width, unless it is."""
        prepared = self.prepared
        if prepared is None or not self.columns or room_in(self.columns) == prepared.page.room:
            return
        if prepared.text.length <= AT_ONCE:
            self._take(prepared.again(self.columns), self.position)
        elif not self._is_setting:
            self._is_setting = True
            self.set_timer(_RESTS, self._begin_setting)

    def _begin_setting(self) -> None:
        if self.prepared is not None:
            self._set_aside(self.prepared, self.columns)
        self._is_setting = self.prepared is not None

    @work(thread=True, group="setting", exit_on_error=False)
    def _set_aside(self, prepared: Prepared, width: int) -> None:
        self.post_message(self._SetAnew(prepared.again(width)))

    @on(_SetAnew)
    def _take_anew(self, event: _SetAnew) -> None:
        self._is_setting = False
        if self.prepared is not None and event.prepared.text is self.prepared.text:
            self._take(event.prepared, self.position)
        self._fit()  # the width or the text may have changed meanwhile

    def on_resize(self) -> None:
        """Another width: other lines, the same place at the top."""
        place, self._was_laid_out = self.position, True
        self._take(self.prepared, place)
        self._fit()

    # --- painting -----------------------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        """One line of the screen."""
        number = self.top + y
        if self.prepared is None:
            return self._notice_line(y)
        if number >= len(self.prepared.page):
            return Strip.blank(self.columns, self.painter.palette.base)
        line = self._drawn.get(number)
        if line is None:
            self._colour_block_of(self.prepared, number)
            line = self._drawn[number] = self.paint(self.prepared, number)
        selection = self.text_selection
        span = selection.get_span(number) if selection is not None else None
        if span is None:
            return line
        ground = self.screen.get_component_rich_style("screen--selection")
        line = selected(line, *span, Style(reverse=True) if self.app.no_color else ground)
        return line.apply_offsets(0, number)  # segments were parted

    def paint(self, prepared: Prepared, number: int) -> Strip:
        """A line of the text."""
        return self.painter.strip(prepared, number, self.columns)

    def _notice_line(self, y: int) -> Strip:
        base = self.painter.palette.base
        room = room_in(self.columns)
        wrapped = [line[start:end] for line in self._notice for start, end in lines(line, room)]
        text = wrapped[y] if y < len(wrapped) else ""
        return strip([Segment(" " * MARGIN + text, base + self.painter.palette["notice"])], self.columns, base)

    def redraw(self) -> None:
        """The lines look different."""
        self._drawn.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        """The theme has changed."""
        super().notify_style_update()
        self.painter.palette.clear()
        self._drawn.clear()

    def _colour_block_of(self, prepared: Prepared, number: int) -> None:
        """Have its code coloured, if it is code and was not asked for yet; until then it is plain."""
        at, line = prepared.page.line(number)
        if line.kind != "code" or at in self.painter.colours:
            return
        if len(self.painter.colours) >= _COLOURED:
            self.painter.colours.clear()
        self.painter.colours[at] = ()
        block = prepared.document.blocks[at]
        if may_be_coloured(block):
            self._colour_aside(prepared.text, at, block)

    @work(thread=True, group="colouring", exit_on_error=False)
    def _colour_aside(self, text: Text, at: int, block: Block) -> None:
        self.post_message(self._Coloured(text, at, coloured(block.text, block.language)))

    @on(_Coloured)
    def _take_colours(self, event: _Coloured) -> None:
        if self.prepared is None or event.text is not self.prepared.text or not event.stretches:
            return
        self.painter.colours[event.block] = event.stretches
        first_line = self.prepared.page.first_line
        first, behind = max(first_line(event.block), self.top), min(first_line(event.block + 1), self.bottom)
        for number in range(first_line(event.block), first_line(event.block + 1)):
            self._drawn.discard(number)
        self.refresh_lines(first, max(0, behind - first))

    # --- moving -------------------------------------------------------------------------------------------------------

    @property
    def top(self) -> int:
        """The number of the first line in sight."""
        return self.scroll_offset.y

    @property
    def bottom(self) -> int:
        """The number of the line below the last one in sight."""
        return self.top + max(1, self.scrollable_content_region.height)

    def go(self, line: int) -> None:
        """Put a line at the top, as far as there is text below it."""
        highest = self.virtual_size.height - (self.bottom - self.top)
        self.scroll_to(y=max(0, min(line, highest)), animate=False, force=True)

    def reveal(self, place: int) -> None:
        """Scroll only if a place is not in sight; then it stands in the upper third."""
        if self.prepared is not None and not self.is_in_sight(place):
            self.go(self.prepared.line_of(place) - (self.bottom - self.top) // 3)

    def is_in_sight(self, place: int) -> bool:
        """Whether its line is on the screen."""
        return self.prepared is not None and self.top <= self.prepared.line_of(place) < self.bottom

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        """Whichever way it was scrolled."""
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.moved()

    def action_move(self, by: int) -> None:
        """So many lines down."""
        self.go(self.top + by)

    def action_half(self, by: int) -> None:
        """Half a page down."""
        self.go(self.top + by * max(1, (self.bottom - self.top) // 2))

    def action_page(self, by: int) -> None:
        """A page down, but for two lines."""
        self.go(self.top + by * max(1, self.bottom - self.top - 2))

    def action_first(self) -> None:
        """To the top."""
        self.go(0)

    def action_last(self) -> None:
        """To the end."""
        self.go(self.virtual_size.height)

    # --- selecting ----------------------------------------------------------------------------------------------------

    def get_selection(self, selection: Selection) -> tuple[str, str] | None:
        """What is selected, as it was written, and what stands behind it."""
        if self.prepared is None:
            return None
        start = selection.start.transpose if selection.start is not None else (0, 0)
        end = selection.end.transpose if selection.end is not None else None
        return copied(self.prepared, start, end), "\n"
