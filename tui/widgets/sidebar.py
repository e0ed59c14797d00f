"""The views and the tags, each with its count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import ClassVar, Literal

from rich.segment import Segment
from textual.binding import BindingType
from textual.strip import Strip

from tui import keys
from tui.navigation import Entry, Navigation
from tui.widgets.painting import strip
from tui.widgets.row_list import RowList, fits


class Sidebar(RowList):
    """Draws a Navigation; its entries are chosen to be shown in the list."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("sidebar")]

    class Retag(RowList._Told):
        """The user wants another name for the tag in focus, to merge it, or to be rid of it."""

        def __init__(self, sender: Sidebar, verb: Literal["rename", "merge", "delete"]) -> None:
            super().__init__(sender)
            self.entry = sender.current
            self.verb = verb

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.navigation = Navigation()
        self._expected = ""
        self._at = 1

    def total(self) -> int:
        """Headings count."""
        return len(self.navigation.entries)

    @property
    def current(self) -> Entry:
        """The entry in focus."""
        return self.navigation.entries[self.at]

    def show(self, query: str) -> None:
        """The entry with this query is the one shown."""
        self.put_at(self.navigation.place_of(query))
        self.shown_anew()

    def expect(self, query: str) -> None:
        """The entry in focus will have this query, once the tags are counted again."""
        self._expected = query

    def count(self, views: Mapping[str, int], tags: Sequence[tuple[str, int]]) -> None:
        """Counts by query, and the tags with theirs: the focus stays on its entry, or on its place when that goes."""
        query, self._expected = self._expected or self.current.query, ""
        self.navigation.show(views, tags)
        if self.navigation.holds(query):
            self.put_at(self.navigation.place_of(query))
        self.shown_anew()

    def put_at(self, place: int) -> None:
        """Never on a heading."""
        entries = self.navigation.entries
        place = max(1, min(place, len(entries) - 1))
        if entries[place].kind == "heading":
            place += 1 if place > self._at else -1
        self._at = place

    def looks(self, place: int) -> object:
        """An entry is a value."""
        return self.navigation.entries[place]

    def draw(self, place: int, width: int) -> Strip:
        """The line of an entry."""
        entry = self.navigation.entries[place]
        base = self.palette.base
        if entry.kind == "heading":
            return strip([Segment(fits(" " + entry.name, width), base + self.palette["dim"])], width, base)
        if place == self.at:
            base = base + self.palette["cursor" if self.has_focus else "resting"]
        count = f" {entry.count:,} " if entry.count or entry.query == "" else " "
        name = f"  {entry.name}" if entry.kind == "view" else self._tag_name(entry)
        return strip(
            [Segment(fits(name, width - len(count)), base), Segment(count, base + self.palette["dim"])], width, base
        )

    def _tag_name(self, entry: Entry) -> str:
        sign = (">" if entry.folded else "v") if entry.folds else " "
        name = entry.name if not entry.depth else entry.name.rpartition("/")[2]
        return f"{sign} {'  ' * entry.depth}#{name}"

    def action_choose(self) -> None:
        """Show the links of this entry."""
        self.post_message(self.Chosen(self))

    def action_rename(self) -> None:
        """Another name for this tag."""
        self.post_message(self.Retag(self, "rename"))

    def action_merge(self) -> None:
        """This tag into another."""
        self.post_message(self.Retag(self, "merge"))

    def action_delete(self) -> None:
        """No such tag any more."""
        self.post_message(self.Retag(self, "delete"))

    def action_fold(self) -> None:
        """Fold, or unfold."""
        self._fold(None)

    def action_open_fold(self) -> None:
        """Unfold."""
        self._fold(folded=False)

    def action_close_fold(self) -> None:
        """Fold."""
        self._fold(folded=True)

    def _fold(self, folded: bool | None) -> None:
        if self.navigation.fold(self.current, folded=folded):
            self.shown_anew()
