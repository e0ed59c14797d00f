"""Where people type a line. What is typed or pasted is clean before it is shown.

`ctrl+w` takes one Han character, not the whole run of Chinese: there are no blanks between its words.
"""

from __future__ import annotations

import re

from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widgets import Input

from store.text import one_line

_HAN = "\u2e80-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
_LONGEST = 8192


class LineField(Input):
    """One line."""

    DEFAULT_CSS = """
    LineField { height: 1; border: none; padding: 0 1; background: $boost; }
    LineField:focus { border: none; background-tint: $foreground 8%; }
    """
    virtual_size = Reactive(Size(0, 0), layout=False)  # Textual lays out the whole screen at every letter
    _WORD_START = re.compile(rf"(?<=\W)\w|[{_HAN}]|(?<=[{_HAN}])\w")

    def __init__(self, value: str = "", placeholder: str = "", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(value, placeholder, id=id, compact=True, select_on_focus=False)
        self.cursor_position = len(value)  # now: who types ahead may be faster than the mounting

    def _on_paste(self, event: events.Paste) -> None:
        event.text = one_line(event.text, _LONGEST)  # the field's own handler comes next, with this text
