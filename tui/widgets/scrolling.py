"""What scrolls over more lines than are seen, without a new layout of the screen when only their number is another."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class Scrolling(ScrollView):
    """A view whose lines are drawn one by one."""

    def set_lines(self, width: int, lines: int) -> None:
        """So wide and so many are the lines from now on; who calls this scrolls to where it has to be then.

        Textual lays out all of the screen for that (15 to 40 ms); it has to only when the scrollbar comes or goes.
        """
        size = Size(width, lines)
        if size == self.virtual_size:
            return
        always = self.styles.overflow_y == "scroll"
        if not self.container_size or (lines > self.container_size.height or always) != self.show_vertical_scrollbar:
            self.virtual_size = size
            return
        self.set_reactive(Widget.virtual_size, size)
        if self.show_vertical_scrollbar:
            self.vertical_scrollbar.window_virtual_size = lines
        self.refresh()
