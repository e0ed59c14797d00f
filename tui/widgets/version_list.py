"""The versions of a link, newest first, with what each changed."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual.strip import Strip

from tui.shown import ShownVersion
from tui.widgets.painting import strip
from tui.widgets.row_list import RowList, fits

_NUMBER, _DATE, _SIZES, _SUBJECT = 5, 17, 15, 24


class VersionList(RowList):
    """Versions; those picked are marked."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.versions: list[ShownVersion] = []
        self.picked: list[int] = []

    def show(self, versions: Sequence[ShownVersion]) -> None:
        """These versions."""
        self.versions = list(versions)
        self.picked = []
        self.shown_anew()

    def put(self, place: int, version: ShownVersion) -> None:
        """More is known of one."""
        if place < len(self.versions):
            self.versions[place] = version
            self.refresh_line(place)

    def pick(self) -> None:
        """Pick the version in focus, or unpick it; of three the first goes."""
        if self.at in self.picked:
            self.picked.remove(self.at)
        else:
            self.picked = [*self.picked[-1:], self.at]
        self.redraw()

    def total(self) -> int:
        """How many."""
        return len(self.versions)

    def looks(self, place: int) -> object:
        """A version is a value."""
        return place, self.versions[place], place in self.picked

    def draw(self, place: int, width: int) -> Strip:
        """Number, date, sizes, what was done."""
        version = self.versions[place]
        base = self.palette.base
        if place == self.at:
            base = base + self.palette["cursor" if self.has_focus else "resting"]
        number = "?" if version.number is None else str(version.number)
        held = version.number is None
        segments = [
            Segment("+" if place in self.picked else " ", base + self.palette["mark"]),
            Segment(f"{number:>4} ", base + self.palette["warn" if held else "dim"]),
            Segment(fits(version.date, _DATE), base + self.palette["warn"] if held else base),
        ]
        room = width - 1 - _NUMBER - _DATE
        if room >= _SIZES:
            segments.append(Segment(fits(_sizes(version), _SIZES), base + self.palette["accent"]))
            room -= _SIZES
        what = version.subject if room > _SUBJECT else version.action
        segments.append(Segment(fits(what, max(0, room)), base + self.palette["dim"]))
        return strip(segments, width, base)


def _sizes(version: ShownVersion) -> str:
    if version.added_chars is None:
        return ""
    return f"+{version.added_chars:,} -{version.removed_chars:,}"
