"""The frame of every dialog: fields over a line that says what is wrong, Enter saves, esc leaves all as it was.

Its keys come before those of the field, so that what is typed right after Enter goes to the screen below.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Generic, TypeVar

from textual import on
from textual.binding import BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input, Label, Static, TextArea

from tui import keys
from tui.widgets.area import AreaField
from tui.widgets.fields import LineField

if TYPE_CHECKING:
    from textual.app import ComposeResult

_T = TypeVar("_T")
HEIGHTS = [(0, "-low"), (18, "-high")]  # lines of the terminal


class Dialog(ModalScreen[_T | None], Generic[_T]):
    """A box over the screen. Dismissed at once with what was entered, or None.

    What turns out to be `wrong` later is told in a new one with the same fields, so nothing typed is lost.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("dialog")]
    DEFAULT_CSS = """
    Dialog { align: center middle; }
    Dialog > #box {
        width: 76; max-width: 100%; height: auto; max-height: 100%; padding: 0 1;
        border: round $primary; background: $surface; border-title-color: $foreground;
    }
    Dialog .name { color: $text-muted; margin-top: 1; }
    Dialog #wrong { color: $text-error; height: auto; margin-top: 1; display: none; }
    Dialog #wrong.-on { display: block; }
    Dialog #keys { color: $text-muted; height: auto; margin-top: 1; }
    Dialog.-low .name, Dialog.-low #wrong, Dialog.-low #keys { margin-top: 0; }
    Dialog.-low AreaField { height: 2; }
    """
    VERTICAL_BREAKPOINTS = HEIGHTS
    TITLE_TEXT = ""

    def __init__(self, wrong: str = "") -> None:
        super().__init__()
        self._wrong = wrong
        self._wrong_of: tuple[str, ...] = ()

    def compose(self) -> ComposeResult:
        """Fields, what is wrong, keys."""
        with Vertical(id="box"):
            yield from self.fields()
            yield Static("", id="wrong", markup=False)
            yield Static(self.key_line(), id="keys", markup=False)

    def on_mount(self) -> None:
        """The title is plain text, whatever stands in it."""
        for box in self.query("#box"):  # none where the app is ending
            box.border_title = Content(self.title_text())
        self.say(self._wrong)

    def fields(self) -> Iterator[Widget]:
        """What is asked for."""
        raise NotImplementedError

    def entered(self) -> _T:
        """What the fields hold."""
        raise NotImplementedError

    def check(self, entered: _T) -> str:  # noqa: ARG002 - a subclass looks at it
        """What is wrong with it, in a clean sentence; empty when nothing is."""
        return ""

    def title_text(self) -> str:
        """What the dialog is about, clean."""
        return self.TITLE_TEXT

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter save   esc cancel   tab next"

    def say(self, wrong: str) -> None:
        """What is wrong, clean; nothing when it is empty. It stands until something else is entered."""
        self._wrong_of = self._texts()
        for line in self.query("#wrong").results(Static):
            line.update(Content(wrong))
            line.set_class(bool(wrong), "-on")

    @on(Input.Changed)
    @on(TextArea.Changed)
    def _look_again(self) -> None:
        """What was wrong may be right now."""
        if self._texts() != self._wrong_of:
            self.say("")

    def _texts(self) -> tuple[str, ...]:
        fields = self.query("LineField, AreaField").results()
        return tuple(field.value if isinstance(field, LineField) else getattr(field, "text", "") for field in fields)

    def action_save(self) -> None:
        """Take what was entered, if it is right."""
        entered = self.entered()
        wrong = self.check(entered)
        if wrong:
            self.say(wrong)
        else:
            self.dismiss(entered)

    def action_cancel(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_next_field(self) -> None:
        """To the next field."""
        self.focus_next()

    def action_previous_field(self) -> None:
        """To the field before."""
        self.focus_previous()

    def action_newline(self) -> None:
        """A new line where there is room for several."""
        if isinstance(self.focused, AreaField):
            self.focused.newline()

    def action_editor(self) -> None:
        """The field in $EDITOR."""
        field = self.focused
        if isinstance(field, LineField):
            from store.text import one_line

            field.value = one_line(self._edited(field.value), 8192)
        elif isinstance(field, AreaField):
            field.text = self._edited(field.text)

    def _edited(self, text: str) -> str:
        from store.text import visible
        from tui.screens.editing import in_editor

        edited = in_editor(self.app, text.encode(), "field.md")
        edited.forget()
        self.say(edited.wrong)
        return visible(edited.text.decode("utf-8", "replace")).removesuffix("\n")


def named(name: str) -> Label:
    """What a field is for."""
    return Label(name, classes="name", markup=False)
