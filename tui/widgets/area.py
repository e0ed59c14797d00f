"""Where people type several lines. A module of its own: what it is made of takes long to import, and is needed late."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from store.text import visible


class AreaField(TextArea):
    """Several lines. Enter is the dialog's; `newline` puts in a line end."""

    DEFAULT_CSS = """
    AreaField { height: 5; border: none; padding: 0 1; background: $boost; scrollbar-size-vertical: 1; }
    AreaField:focus { border: none; background-tint: $foreground 8%; }
    """

    def __init__(self, text: str = "", *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(visible(text), id=id, tab_behavior="focus", soft_wrap=True, compact=True)
        self.move_cursor(self.document.end)

    def newline(self) -> None:
        """A line end at the cursor."""
        self.insert("\n")

    async def _on_paste(self, event: events.Paste) -> None:
        event.text = visible(event.text)  # the field's own handler comes next, with this text
