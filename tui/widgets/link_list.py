"""The list of links: draws a Shelf, whose order, focus and marks it moves; rows are fetched as they come into sight."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.binding import BindingType
from textual.strip import Strip

from tui import keys
from tui.rows import Rows
from tui.shelf import Shelf
from tui.shown import MARKS, ShownLink
from tui.widgets.painting import blanks, strip
from tui.widgets.row_list import RowList, fits

_AHEAD = 40  # rows fetched together with one that comes into sight
_FRONT = 4  # cells before the title: mark, state, star or unread, blank
_DATE, _HOST, _TAGS, _REASON = 11, 20, 24, 24
_SEEK = 5000  # rows looked through for the next unread one at once
_BADGE_STYLES = {"damaged": "error", "broken": "error", "held": "warn", "pending": "dim", "changed": "accent"}


class LinkList(RowList):
    """Links, one a line: mark, state, title, host, tags, date, as far as there is room."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("list")]

    class Marked(RowList._Told):
        """Other links are marked."""

    class Filter(RowList._Told):
        """The user wants to filter."""

    class Sort(RowList._Told):
        """The user wants another order."""

    class Preview(RowList._Told):
        """The user scrolls the text beside the list."""

        def __init__(self, sender: RowList, step: int) -> None:
            super().__init__(sender)
            self.step = step

    def __init__(self, rows: Rows, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self.shelf = Shelf()
        self.rows = rows
        self.terms: Sequence[str] = ()
        self.dates = "added"
        self.is_whole = False  # all links of the view stand in it: else nothing may be marked
        self._range_from: str | None = None

    # --- what stands in it --------------------------------------------------------------------------------------------

    def show(self, ids: Sequence[str], terms: Sequence[str] = ()) -> None:
        """Another view: these links; `terms` are marked where they stand."""
        self.terms = terms
        self.shelf.show(ids)
        self._range_from = None
        self.shown_anew()

    def refresh_ids(self, ids: Sequence[str]) -> None:
        """The same view after a change: what matches no more stays, dimmed."""
        self.shelf.refresh(ids)
        self.shown_anew()

    def put_first(self, ids: Sequence[str]) -> None:
        """New links, above all others and in focus at once."""
        known = set(ids)
        self.shelf.show([*ids, *(id_ for id_ in self.shelf.ids if id_ not in known)])
        self.shelf.first()
        self.shown_anew(keep_scroll=False)

    def go_to_first(self, ids: Collection[str]) -> bool:
        """The first of these in focus; False when none of them is shown."""
        first = next((id_ for id_ in self.shelf.ids if id_ in ids), None) if ids else None
        if first is None:
            return False
        self.shelf.go_to(first)
        self.shown_anew()
        return True

    def drop(self, ids: Iterable[str]) -> None:
        """These are in the library no more."""
        self.shelf.remove(ids)
        self.shown_anew()

    @property
    def current(self) -> ShownLink | None:
        """The link in focus."""
        id_ = self.shelf.current
        return None if id_ is None else self.rows.get(id_)

    def total(self) -> int:
        """How many links there are."""
        return len(self.shelf)

    @property
    def at(self) -> int:
        """The place of the link in focus."""
        return self.shelf.focus

    def put_at(self, place: int) -> None:
        """The focus is here."""
        self.shelf.focus = 0
        self.shelf.move(place)

    # --- drawing ------------------------------------------------------------------------------------------------------

    def looks(self, place: int) -> object:
        """A line depends on its link, and whether it is marked or dimmed."""
        id_ = self.shelf.ids[place]
        return id_, id_ in self.shelf.marks, id_ in self.shelf.dimmed

    def draw(self, place: int, width: int) -> Strip:
        """The line of a link."""
        id_ = self.shelf.ids[place]
        link = self.rows.get(id_, self.shelf.ids[place : place + _AHEAD])
        base = self._base(place)
        if link is None:
            return strip([Segment("    (removed)", base + self.palette["faint"])], width, base)
        faint = id_ in self.shelf.dimmed or link.trashed
        return strip([*self._front(id_, link, base), *self._columns(link, base, width, faint=faint)], width, base)

    def _base(self, place: int) -> Style:
        if place != self.at:
            return self.palette.base
        return self.palette.base + self.palette["cursor" if self.has_focus else "resting"]

    def _front(self, id_: str, link: ShownLink, base: Style) -> list[Segment]:
        marked = id_ in self.shelf.marks
        badge = base + self.palette[_BADGE_STYLES.get(link.badge, "accent")] if link.badge else base
        star = "*" if link.starred else "o" if link.status == "unread" else " "
        return [
            Segment("+" if marked else " ", base + self.palette["mark"] if marked else base),
            Segment(MARKS[link.badge], badge),
            Segment(star, base + self.palette["mark" if link.starred else "dim"]),
            Segment(" ", base),
        ]

    def _columns(self, link: ShownLink, base: Style, width: int, *, faint: bool) -> list[Segment]:
        dim = base + self.palette["faint" if faint else "dim"]
        title = dim if faint else base + self.palette["strong"] if link.status == "unread" else base
        date = _DATE if width >= 34 and not link.brief else 0
        room = width - _FRONT - date
        beside: list[Segment] = []
        if link.brief:
            reason = min(_REASON, width // 2)
            beside = [Segment(fits(" " + link.brief, reason), base + self.palette["warn"])]
            room -= reason
        elif width >= 76:
            beside = self._lit(fits(" " + link.host, _HOST), dim)
            room -= _HOST
            if width >= 100:
                tags = base if faint else base + self.palette["accent"]
                beside += self._lit(fits(" " + _hashed(link.tags), _TAGS), tags)
                room -= _TAGS
        when = (link.captured or link.added) if self.dates == "captured" else link.added
        return [
            *self._lit(fits(link.title, room), title),
            *beside,
            *([blanks(1, base), Segment(fits(when[:10], date - 1), dim)] if date else []),
        ]

    def _lit(self, text: str, style: Style) -> list[Segment]:
        """The text with the words of the filter marked."""
        if not self.terms:
            return [Segment(text, style)]
        pattern = re.compile("|".join(map(re.escape, self.terms)), re.IGNORECASE)
        found, end, hit = [], 0, style + self.palette["hit"]
        for match in pattern.finditer(text):
            found += [Segment(text[end : match.start()], style), Segment(match[0], hit)]
            end = match.end()
        return [part for part in (*found, Segment(text[end:], style)) if part.text]

    # --- keys ---------------------------------------------------------------------------------------------------------

    def action_mark(self) -> None:
        """Mark or unmark, and go down."""
        before = self.at
        self.shelf.toggle()
        if not self.show_focus():
            self._refresh_rows(before, self.at)
        self._told_of_marks()
        self.post_message(self.Moved(self))

    def action_range(self) -> None:
        """Begin a range, or end it."""
        if self._range_from is None:
            self._range_from = self.shelf.current
        else:
            if self._range_from in self.shelf.ids:
                self.shelf.mark_range(self.shelf.ids.index(self._range_from))
            self._range_from = None
            self.redraw()
        self._told_of_marks()

    @property
    def in_range(self) -> bool:
        """A range was begun and not ended."""
        return self._range_from is not None

    def action_mark_all(self) -> None:
        """Everything shown, or nothing of it."""
        self.shelf.mark_all()
        self._remarked()

    def action_invert(self) -> None:
        """What is not marked."""
        self.shelf.invert()
        self._remarked()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While the links of a view are still being found, those of the last one cannot be marked."""
        return self.is_whole or action not in ("mark", "range", "mark_all", "invert")

    def unmark_these(self, ids: Iterable[str]) -> None:
        """These have been acted upon; others that were marked meanwhile stay."""
        for id_ in ids:
            self.shelf.marks.pop(id_, None)
        self._remarked()

    def unmark(self) -> bool:
        """Forget marks and a begun range; False when there were none."""
        if not self.shelf.marks and self._range_from is None:
            return False
        self.shelf.unmark()
        self._range_from = None
        self._remarked()
        return True

    def action_unread(self, step: int) -> None:
        """To the next unread link."""
        at = self.at + step
        ids = self.shelf.ids
        for place in range(at, len(ids) if step > 0 else -1, step)[:_SEEK]:
            link = self.rows.get(ids[place], ids[place : place + _AHEAD])
            if link is not None and link.status == "unread":
                self.go(place)
                return

    def action_read(self) -> None:
        """Open it in the reader."""
        if self.shelf.current is not None:
            self.post_message(self.Chosen(self))

    def action_filter(self) -> None:
        """Ask for a filter."""
        self.post_message(self.Filter(self))

    def action_sort(self) -> None:
        """Ask for another order."""
        self.post_message(self.Sort(self))

    def action_preview(self, step: int) -> None:
        """Scroll the text beside the list."""
        self.post_message(self.Preview(self, step))

    def _remarked(self) -> None:
        self.redraw()
        self._told_of_marks()

    def _told_of_marks(self) -> None:
        self.post_message(self.Marked(self))


def _hashed(tags: Sequence[str]) -> str:
    return " ".join(f"#{tag}" for tag in tags)
