"""What was done, newest first, a line each: date, what, how many links, whether it is taken back."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.shown import ShownAction
from tui.widgets.painting import strip
from tui.widgets.row_list import RowList, fits

_DATE, _YEAR, _LINKS, _TAKEN = 17, 5, 15, 12
_NARROW = 70  # cells: below, what was done needs the room of the year and of the number of links


class ActionList(RowList):
    """Actions; more of them come while the list is looked at."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.actions: list[ShownAction] = []

    def show(self, actions: Sequence[ShownAction]) -> None:
        """These, from the newest on; the focus stays on its action, wherever that stands now."""
        current = self.current
        self.actions = list(actions)
        if current is not None:
            names = [action.name for action in self.actions]
            self.put_at(names.index(current.name) if current.name in names else self.at)
        self.shown_anew()

    def extend(self, actions: Sequence[ShownAction]) -> None:
        """Older ones."""
        self.actions += actions
        self.set_lines(self._width, self.total())
        self.refresh()

    @property
    def current(self) -> ShownAction | None:
        """The one in focus."""
        return self.actions[self.at] if self.actions else None

    def total(self) -> int:
        """How many are known."""
        return len(self.actions)

    def looks(self, place: int) -> object:
        """An action is a value."""
        return self.actions[place]

    def draw(self, place: int, width: int) -> Strip:
        """The line of an action."""
        action = self.actions[place]
        base = self.palette.base
        if place == self.at:
            base = base + self.palette["cursor" if self.has_focus else "resting"]
        cut, links = (_YEAR, 0) if width < _NARROW else (0, _LINKS)
        taken = _TAKEN if action.undone or links else 0
        room = max(0, width - 1 - (_DATE - cut) - links - taken)
        dim = base + self.palette["dim"]
        segments = [
            Segment(" ", base),
            Segment(fits(action.date[cut:], _DATE - cut), dim),
            Segment(fits(action.what, room), self._style(action, base)),
            Segment(fits(_links(action.links), links), dim),
            Segment(fits(" taken back" if action.undone else "", taken), base + self.palette["warn"]),
        ]
        return strip(segments, width, base)

    def _style(self, action: ShownAction, base: Style) -> Style:
        return base if action.undoable and not action.undone else base + self.palette["dim"]


def _links(count: int) -> str:
    return f"  {count:,} {'link' if count == 1 else 'links'}" if count else ""
