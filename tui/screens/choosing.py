"""The screens on which one of several things is chosen: a command, a heading, a key to look up, an order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from store.text import fold
from tui import keys
from tui.keys import Key, Place
from tui.widgets.fields import LineField
from tui.widgets.items import Item, Items

if TYPE_CHECKING:
    from textual import events
    from textual.app import ComposeResult

_T = TypeVar("_T")


class PickScreen(ModalScreen[_T | None], Generic[_T]):
    """A list that what is typed makes shorter. Dismissed with what was chosen, or None."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", show=False, priority=True),
        Binding("escape", "cancel", show=False, priority=True),
        Binding("down,ctrl+n", "move(1)", show=False, priority=True),
        Binding("up,ctrl+p", "move(-1)", show=False, priority=True),
        Binding("pagedown", "page(1)", show=False, priority=True),
        Binding("pageup", "page(-1)", show=False, priority=True),
    ]
    DEFAULT_CSS = """
    PickScreen { align: center middle; }
    PickScreen > #box {
        width: 84; max-width: 100%; height: 80%; padding: 0 1;
        border: round $primary; background: $surface; border-title-color: $foreground;
    }
    PickScreen #none { display: none; color: $text-muted; }
    PickScreen .-none #none { display: block; }
    """

    def __init__(self, title: str, items: Sequence[Item[_T]], at: int = 0) -> None:
        super().__init__()
        self._title = title
        self._items = items
        self._first = at

    def compose(self) -> ComposeResult:
        """What is typed, over what is left."""
        with Vertical(id="box"):
            yield LineField("", "type to find", id="typed")
            yield Items(self._items, id="items")
            yield Static("Nothing like that. esc leaves.", id="none", markup=False)

    def on_mount(self) -> None:
        """All of it, at first."""
        self.query_one("#box").border_title = Content(self._title)
        self._list.show(self._items, self._first)

    @property
    def _list(self) -> Items[_T]:
        return self.query_one("#items", Items)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Every word typed must stand in the line."""
        words = fold(event.value).split()
        found = [item for item in self._items if not words or (not item.heading and _says(item, words))]
        self.query_one("#box").set_class(not found, "-none")
        self._list.show(found, 0 if words else self._first)

    def on_row_list_chosen(self) -> None:
        """Clicked twice."""
        self.action_choose()

    def action_choose(self) -> None:
        """Take the line in focus."""
        chosen = self._list.current
        if chosen is not None:
            self.dismiss(chosen)

    def action_cancel(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_move(self, by: int) -> None:
        """One down."""
        self._list.action_move(by)

    def action_page(self, by: int) -> None:
        """A page down."""
        self._list.action_page(by)


def _says(item: Item[_T], words: Sequence[str]) -> bool:
    said = fold(f"{item.text} {item.aside} {item.also}")
    return all(word in said for word in words)


def commands(*places: Place) -> list[Item[Key]]:
    """Every action that can be started from these places, with its keys."""
    return [Item(key.says, key, key.shown, also=key.word) for key in keys.of(*places) if key.palette]


def key_help(*places: Place) -> list[Item[Key]]:
    """Every key of these places, by place."""
    found: list[Item[Key]] = []
    for place in places:
        if found:
            found.append(Item(""))
        found.append(Item(keys.PLACES[place], style="strong"))
        found += [Item(f"{key.shown:<14} {key.says}", key, also=key.word) for key in keys.of(place)]
    return found


class MenuScreen(ModalScreen[str | None]):
    """A line at the bottom: the next key chooses. Dismissed with the key, or None for any other."""

    DEFAULT_CSS = """
    MenuScreen { align: left bottom; background: transparent; }
    MenuScreen > Static { width: 100%; height: auto; padding: 0 1; background: $panel; text-style: bold; }
    """

    def __init__(self, title: str, choices: Mapping[str, str]) -> None:
        super().__init__()
        self._title = title
        self._choices = choices

    def compose(self) -> ComposeResult:
        """Title and choices."""
        said = "   ".join(f"{key} {word}" for key, word in self._choices.items())
        yield Static(f"{self._title}   {said}   esc leave", markup=False)

    def on_key(self, event: events.Key) -> None:
        """The choice."""
        event.stop()
        self.dismiss(event.key if event.key in self._choices else None)
