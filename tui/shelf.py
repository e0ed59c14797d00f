"""The list as a plain model: which links stand in it and in which order, where the focus is, what is marked.

It knows ids only; a widget fetches the rows it draws. Nothing here takes longer for a hundred thousand links than a
copy of the list of their ids.

Rules: the focus stays on its link wherever that goes, and on its place when the link goes. Marks survive every filter
and go after an action. What an action takes is the marks, or without any the link in focus. A link that stops matching
stays, dimmed, until the list is asked for anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Taken:
    """What an action is about to take: ids in the order of the list, and how many of them are not shown now."""

    ids: tuple[str, ...]
    hidden: int = 0


class Shelf:
    """A list of links with a focus and marks."""

    def __init__(self, ids: Sequence[str] = ()) -> None:
        self.ids: Sequence[str] = ids
        self.focus = 0
        self.marks: dict[str, None] = {}  # in the order in which they were set
        self.dimmed: set[str] = set()

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def current(self) -> str | None:
        """The link in focus."""
        return self.ids[self.focus] if self.ids else None

    # --- what stands in it --------------------------------------------------------------------------------------------

    def show(self, ids: Sequence[str]) -> None:
        """Another order, filter or view: these links, nothing dimmed."""
        self.dimmed.clear()
        self._replace(ids)

    def refresh(self, ids: Sequence[str]) -> None:
        """The same view after a change: new links come, those that match no more stay dimmed where they stood."""
        wanted = set(ids)
        gone = [(at, id_) for at, id_ in enumerate(self.ids) if id_ not in wanted]
        self.dimmed = {id_ for _, id_ in gone}
        merged = list(ids)
        for at, id_ in gone:
            merged.insert(min(at, len(merged)), id_)
        self._replace(merged)

    def remove(self, ids: Iterable[str]) -> None:
        """These links are in the library no more: nothing keeps them, no mark either."""
        gone = set(ids)
        for id_ in gone:
            self.marks.pop(id_, None)
        self.dimmed -= gone
        self._replace([id_ for id_ in self.ids if id_ not in gone])

    def _replace(self, ids: Sequence[str]) -> None:
        current, place = self.current, self.focus
        self.ids = ids
        if current is not None and (place >= len(ids) or ids[place] != current):
            try:
                place = ids.index(current)
            except ValueError:
                pass
        self.focus = place
        self._clamp()

    # --- moving -------------------------------------------------------------------------------------------------------

    def move(self, by: int) -> None:
        """So many links down, or up."""
        self.focus += by
        self._clamp()

    def first(self) -> None:
        """To the top."""
        self.focus = 0

    def last(self) -> None:
        """To the end."""
        self.focus = len(self.ids)
        self._clamp()

    def go_to(self, id_: str) -> bool:
        """Onto this link; False when it is not shown."""
        try:
            self.focus = self.ids.index(id_)
        except ValueError:
            return False
        return True

    def seek(self, step: int, wanted: Callable[[str], bool]) -> bool:
        """To the next link (step 1) or the one before (-1) that is wanted; False, and no move, when there is none."""
        at = self.focus + step
        while 0 <= at < len(self.ids):
            if wanted(self.ids[at]):
                self.focus = at
                return True
            at += step
        return False

    def _clamp(self) -> None:
        self.focus = max(0, min(self.focus, len(self.ids) - 1))

    # --- marks --------------------------------------------------------------------------------------------------------

    def toggle(self) -> None:
        """Mark the link in focus, or unmark it, and go down."""
        current = self.current
        if current is None:
            return
        if current in self.marks:
            del self.marks[current]
        else:
            self.marks[current] = None
        self.move(1)

    def mark_range(self, start: int) -> None:
        """Mark everything from a place to the focus."""
        low, high = sorted((start, self.focus))
        self.marks.update(dict.fromkeys(self.ids[low : high + 1]))

    def mark_all(self) -> None:
        """Mark everything shown; when all of it is marked, unmark it."""
        shown = dict.fromkeys(self.ids)
        if shown and shown.keys() <= self.marks.keys():
            self.marks = {id_: None for id_ in self.marks if id_ not in shown}
        else:
            self.marks.update(shown)

    def invert(self) -> None:
        """Of what is shown, mark just what is not."""
        for id_ in self.ids:
            if id_ in self.marks:
                del self.marks[id_]
            else:
                self.marks[id_] = None

    def unmark(self) -> None:
        """Forget all marks."""
        self.marks.clear()

    def taken(self) -> Taken:
        """What an action takes: the marks, else the link in focus."""
        if not self.marks:
            return Taken(() if self.current is None else (self.current,))
        shown = [id_ for id_ in self.ids if id_ in self.marks]
        seen = set(shown)
        hidden = [id_ for id_ in self.marks if id_ not in seen]
        return Taken((*shown, *hidden), len(hidden))
