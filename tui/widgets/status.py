"""The two lines at the bottom: where we are and what has just happened, and the keys that work here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.timer import Timer
from textual.widgets import Static

from tui.keys import Key, shown

_SHOWN_FOR = 6.0  # seconds at least; longer sentences stay longer
_READING = 0.06  # seconds a character
_UNKNOWN = 80  # columns, before the first layout
_GAP = 2  # cells between two keys


class StatusLine(Static):
    """Facts, joined; a message takes their place for a while."""

    DEFAULT_CSS = """
    StatusLine { height: 1; padding: 0 1; background: $panel; text-wrap: nowrap; text-overflow: ellipsis; }
    StatusLine.-message { height: auto; max-height: 3; text-wrap: wrap; text-style: bold; }
    StatusLine.-trouble { color: $text-error; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__("", id=id, markup=False)
        self._facts = self._drawn = ""
        self._until: Timer | None = None

    def show(self, facts: Iterable[str]) -> None:
        """These facts, clean; empty ones are left out."""
        self._facts = " | ".join(fact for fact in facts if fact)
        if self._until is None:
            self._draw(self._facts)

    def say(self, message: str, *, trouble: bool = False) -> None:
        """A clean sentence, until it can have been read or the next key that moves something."""
        if self._until is not None:
            self._until.stop()
        self.set_class(True, "-message")
        self.set_class(trouble, "-trouble")
        self._draw(message)
        self._until = self.set_timer(_SHOWN_FOR + _READING * len(message), self.fade)

    def fade(self) -> None:
        """The facts come back."""
        if self._until is not None:
            self._until.stop()
            self._until = None
            self.set_class(False, "-message")
            self.set_class(False, "-trouble")
            self._draw(self._facts)

    def _draw(self, text: str) -> None:
        if text != self._drawn:
            self._drawn = text
            self.update(Content(text), layout=self.has_class("-message"))


class Words(Static):
    """A few words in a place of fixed size; drawn only when they are others."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__("", id=id, markup=False)
        self._drawn = ""

    def show(self, words: str) -> None:
        """These, clean."""
        if words != self._drawn:
            self._drawn = words
            self.update(Content(words), layout=False)


class Lines(Static):
    """Some lines; the screen is laid out anew only when there are more or fewer of them."""

    _height = 0

    def put(self, lines: Sequence[Content]) -> None:
        """These, clean."""
        text = Content("\n").join(lines)
        height = text.get_height(self.styles.get_rules(), self.content_size.width or _UNKNOWN)
        self.update(text, layout=height != self._height)
        self._height = height


class KeyLine(Static):
    """The keys of a place, as many as there is room for."""

    DEFAULT_CSS = """
    KeyLine { height: 1; padding: 0 1; background: $surface; color: $text-muted; text-wrap: nowrap; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__("", id=id, markup=False)
        self._keys: tuple[Key, ...] = ()

    def show(self, keys: Iterable[Key]) -> None:
        """These keys."""
        self._keys = tuple(keys)
        self._lay_out()

    def on_resize(self) -> None:
        """More or fewer fit."""
        self._lay_out()

    def _lay_out(self) -> None:
        """What works everywhere is always there; of the others the first ones, as many as there is room for."""
        width = self.content_size.width or self.app.size.width  # the latter before the first layout
        room = width - sum(_room_of(key) for key in self._keys if key.lasting)
        parts: list[Content] = []
        for key in self._keys:
            if not key.lasting:
                room -= _room_of(key)
                if room < -_GAP:
                    continue
            parts += [Content.styled(shown(key.keys[0]), "bold"), Content(f" {key.word}" + " " * _GAP)]
        self.update(Content("").join(parts), layout=False)


def _room_of(key: Key) -> int:
    return cell_len(shown(key.keys[0])) + 1 + cell_len(key.word) + _GAP
