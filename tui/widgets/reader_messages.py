"""What a reader says to its screen. Handlers are named after the reader: `on_reader_link_chosen`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from textual.message import Message

if TYPE_CHECKING:
    from tui.widgets.reader import Reader

Missing = Literal["link", "heading", "hit"]


class Said(Message):
    """A message of a reader."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    @property
    def control(self) -> Reader:
        """The reader it is from."""
        return self.reader


class Find(Said, namespace="reader"):
    """The user wants to find something in the text."""


class Contents(Said, namespace="reader"):
    """The user wants to see the headings."""


class Scrolled(Said, namespace="reader"):
    """Other lines are in sight: the reader's `position` and `percent` say which."""


class LinkChosen(Said, namespace="reader"):
    """A link of the text is to be opened; `url` is as the text has it, also where it leads nowhere on the web."""

    def __init__(self, reader: Reader, url: str) -> None:
        super().__init__(reader)
        self.url = url


class Neighbour(Said, namespace="reader"):
    """The user wants to read another link of the list: the next one (1) or the one before (-1)."""

    def __init__(self, reader: Reader, step: int) -> None:
        super().__init__(reader)
        self.step = step


class Hits(Said, namespace="reader"):
    """What was found: `at` is the current hit, counted from 1, 0 for none."""

    def __init__(self, reader: Reader, at: int, count: int) -> None:
        super().__init__(reader)
        self.at = at
        self.count = count


class Nothing(Said, namespace="reader"):
    """A key did nothing, because there is no such thing in that direction, or none in sight."""

    def __init__(self, reader: Reader, what: Missing) -> None:
        super().__init__(reader)
        self.what: Missing = what
