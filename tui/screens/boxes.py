"""A box with a list of lines over the screen, and its keys below."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, TypeVar

from textual import on
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from tui.widgets.items import Item, Items
from tui.widgets.row_list import RowList
from tui.widgets.status import KeyLine

if TYPE_CHECKING:
    from textual.app import ComposeResult

_T = TypeVar("_T")


class Box(ModalScreen[_T | None], Generic[_T]):
    """A box with a list over the screen."""

    DEFAULT_CSS = """
    Box { align: center middle; }
    Box > #box {
        width: 100; max-width: 100%; height: 80%; padding: 0 1;
        border: round $primary; background: $surface; border-title-color: $foreground;
    }
    Box #whole { height: auto; max-height: 5; display: none; padding: 0 1; background: $boost; }
    """

    def compose(self) -> ComposeResult:
        """A list over its keys."""
        with Vertical(id="box"):
            yield Items[object](id="items")
            yield Static("", id="nothing", markup=False)
            yield Static("", id="whole", markup=False)
            yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Show what there is, and follow what it depends on."""
        self.show()
        self.query_one("#items").focus()

    def show(self) -> None:
        """What is to be seen now."""
        raise NotImplementedError

    def put(self, title: str, items: list[Item[object]], nothing: str) -> None:
        """A title, the lines, and what to say when there are none."""
        self.query_one("#box").border_title = Content(title)
        self.query_one("#items", Items).show(items)
        said = self.query_one("#nothing", Static)
        said.update(Content("" if items else nothing))
        said.display = not items

    @on(RowList.Moved, "#items")
    def show_whole(self) -> None:
        """The line in focus in full."""
        items = self.query_one("#items", Items)
        whole = self.query_one("#whole", Static)
        whole.display = items.current is not None
        whole.update(Content(items.items[items.at].text if items.items else ""))

    def action_move(self, by: int) -> None:
        """One down."""
        self.query_one("#items", Items).action_move(by)

    def action_leave(self) -> None:
        """Back."""
        self.dismiss(None)
