"""A list of short lines: for help, commands, headings of a text, jobs and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from rich.cells import cell_len
from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.strip import Strip

from tui.widgets.painting import strip
from tui.widgets.row_list import RowList, fits

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Item(Generic[_T]):
    """A line: `aside` stands at its right end; `style` is a name of RowList; a heading is never in focus.

    `also` is not shown; what is typed to find the line may stand there too.
    """

    text: str
    value: _T | None = None
    aside: str = ""
    style: str = ""
    also: str = ""

    @property
    def heading(self) -> bool:
        """It stands for nothing."""
        return self.value is None


class Items(RowList, Generic[_T]):
    """Lines of which one is in focus. The texts are clean."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("down,j", "move(1)", show=False),
        Binding("up,k", "move(-1)", show=False),
        Binding("pagedown,ctrl+d", "page(1)", show=False),
        Binding("pageup,ctrl+u", "page(-1)", show=False),
        Binding("home,g", "first", show=False),
        Binding("end,G", "last", show=False),
    ]

    def __init__(self, items: Sequence[Item[_T]] = (), *, id: str | None = None) -> None:  # noqa: A002 - Textual's name
        super().__init__(id=id)
        self.items: Sequence[Item[_T]] = items
        self.put_at(0)

    def show(self, items: Sequence[Item[_T]], at: int | None = None) -> None:
        """Other lines."""
        self.items = items
        self.put_at(self.at if at is None else at)
        self.shown_anew(keep_scroll=at is None)

    @property
    def current(self) -> _T | None:
        """What the line in focus stands for."""
        return self.items[self.at].value if self.items else None

    def total(self) -> int:
        """Headings count."""
        return len(self.items)

    def put_at(self, place: int) -> None:
        """On the nearest line that stands for something, in the direction of the move."""
        step = 1 if place >= self._at else -1
        place = max(0, min(place, len(self.items) - 1))
        for way in (step, -step):
            at = place
            while 0 <= at < len(self.items):
                if not self.items[at].heading:
                    self._at = at
                    return
                at += way
        self._at = place

    def looks(self, place: int) -> object:
        """A line is what it says."""
        item = self.items[place]
        return item.text, item.aside, item.style, item.heading

    def draw(self, place: int, width: int) -> Strip:
        """Text left, what stands aside right."""
        item = self.items[place]
        base = self.palette.base
        if place == self.at and not item.heading:
            base = base + self.palette["cursor" if self.has_focus else "resting"]
        style = base + self.palette[item.style] if item.style else base
        aside = f" {item.aside} " if item.aside else ""
        room = max(0, width - cell_len(aside))
        return strip(
            [Segment(fits(" " + item.text, room), style), Segment(aside, base + self.palette["dim"])], width, base
        )
