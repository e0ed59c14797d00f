"""Somebody who uses the app in a real terminal: knows its panes and dialogs, and looks before the next key.

With $PAGELOG_PICTURES set to a folder the screens of a journey are kept there, as NAME-SIZE.ansi.
"""

from __future__ import annotations

import os
from pathlib import Path

from terminal import Terminal

PICTURES = os.environ.get("PAGELOG_PICTURES")  # read once, before a test is isolated from it
IN_LIST, IN_READER = "q quit", "esc back"  # the footer says which pane is in front
_WIDE = 100  # columns from which the reader stands beside the list


class AppTerminal(Terminal):
    """pagelog's own."""

    def keeps(self, name: str) -> None:
        """A picture, where they are wanted."""
        if PICTURES:
            columns, lines = self.size
            self.picture(Path(PICTURES) / f"{name}-{columns}x{lines}.ansi")

    def reads(self, text: str) -> None:
        """Look at the end of the text of the link in focus: beside the list, or without room in its place."""
        if self.size[0] >= _WIDE:
            self.shows(text)
            return
        self.opens()
        self.keys("G")
        self.shows(text)
        self.back()

    def opens(self) -> None:
        """Go into the reader."""
        self.keys("Enter")
        self.shows(IN_READER)

    def back(self, *until: str) -> None:
        """Go back, and look until the list is in front: a key right after esc would be one with alt."""
        self.keys("Escape")
        self.shows(IN_LIST, *until)

    def adds(self, *addresses: str) -> None:
        """Paste addresses into the dialog, and save."""
        self.keys("a")
        self.shows("Add links")
        self.paste("\n".join(addresses))
        self.shows(addresses[-1])
        self.keys("Enter")

    def leaves(self) -> str:
        """Quit from the list: what stands there then."""
        self.keys("q")
        return self.ends()
