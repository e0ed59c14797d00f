"""Panes of which one is in front: it follows the focus, and when there is little room it is the only one seen.

How many are seen beside it is said in app.tcss, by the classes that are set here.
"""

from __future__ import annotations

from typing import Literal

from textual import events
from textual.screen import Screen

Pane = Literal["sidebar", "list", "reader"]
WIDTHS = [(0, "-narrow"), (100, "-medium"), (120, "-wide")]  # columns from which a screen has a class
_PANES: tuple[Pane, ...] = ("sidebar", "list", "reader")


class Panes(Screen[None]):
    """A screen with a sidebar, a list and a reader, by these ids."""

    front: Pane = "list"

    def __init__(self) -> None:
        super().__init__(classes=f"-in-list {width_class(self.app.size.width)}")  # now: each class costs a styling

    def front_changed(self) -> None:
        """Another pane is in front."""

    def go_to(self, pane: Pane) -> None:
        """This pane to the front."""
        self.front = pane
        self.show_front()
        self.set_focus(self.query_one(f"#{pane}"))  # at once: the next key is for it

    def on_descendant_focus(self, event: events.DescendantFocus) -> None:
        """The pane that was clicked comes to the front."""
        for pane in _PANES:
            if event.widget.id == pane and pane != self.front:
                self.front = pane
                self.show_front()
        self.front_changed()

    def show_front(self) -> None:
        """Tell the style sheet which it is."""
        for pane in _PANES:
            self.set_class(self.front == pane, f"-in-{pane}")

    def action_pane(self, pane: Pane) -> None:
        """To this pane."""
        self.go_to(pane)

    def action_next_pane(self) -> None:
        """To the next of those that are seen, or could be."""
        self._step_pane(1)

    def action_previous_pane(self) -> None:
        """The other way round."""
        self._step_pane(-1)

    def action_left(self) -> None:
        """From the reader to the list, from the list to the views."""
        self.go_to("list" if self.front == "reader" else "sidebar")

    def _step_pane(self, step: int) -> None:
        panes: list[Pane] = ["sidebar", "list", "reader"] if self.has_class("-wide") else ["list", "reader"]
        at = panes.index(self.front) if self.front in panes else 0
        self.go_to(panes[(at + step) % len(panes)])

    def action_navigation(self) -> None:
        """The views and tags, or back from them."""
        self.go_to("list" if self.front == "sidebar" else "sidebar")

    def action_zoom(self) -> None:
        """This pane alone, or all again."""
        self.toggle_class("-zoom")

    def leave_pane(self) -> bool:
        """Take back the zoom, else go back to the list; False when there is nothing to leave."""
        if self.has_class("-zoom"):
            self.remove_class("-zoom")
        elif self.front != "list":
            self.go_to("list")
        else:
            return False
        return True


def width_class(columns: int) -> str:
    """The class that a screen so wide has."""
    return next(name for least, name in reversed(WIDTHS) if columns >= least)
