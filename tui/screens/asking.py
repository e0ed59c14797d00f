"""The dialogs that ask for something about links: addresses to add, fields to edit, tags, a yes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static

from store.errors import AddressError, BadTag
from store.tags import clean_tag
from store.text import one_line
from tui.completion import Offers
from tui.screens.dialog import Dialog, named
from tui.surprise import trouble
from tui.widgets.area import AreaField
from tui.widgets.fields import LineField

_WHOLE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://[^\s<>\"'`，。；、）》」』】]+")
_BRACKETS = {")": "(", "]": "[", "}": "{"}
_PRESENT = 40  # tags listed


@dataclass(frozen=True, slots=True)
class Addition:
    """Addresses as typed, one by one, and the tags for all of them."""

    addresses: tuple[str, ...]
    tags: tuple[str, ...] = ()


class AddScreen(Dialog[Addition]):
    """Asks for addresses."""

    TITLE_TEXT = "Add links"

    def __init__(self, offers: Offers, text: str = "", tags: str = "", wrong: str = "") -> None:
        super().__init__(wrong)
        self._text = text
        self._tags = tags
        self._offers = offers

    def fields(self) -> Iterator[Widget]:
        """Addresses and tags."""
        yield named("Addresses, one a line")
        yield AreaField(self._text, id="addresses")
        yield named("Tags")
        yield LineField(self._tags, id="tags")
        yield Static("", id="offers", markup=False, classes="name")

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter add   ctrl+j new line   tab next   esc cancel"

    def entered(self) -> Addition:
        """What the fields hold."""
        return Addition(
            tuple(addresses_in(self.query_one("#addresses", AreaField).text)),
            tuple(self.query_one("#tags", LineField).value.replace(",", " ").split()),
        )

    def check(self, entered: Addition) -> str:
        """Something to add, and tags that can be."""
        if not entered.addresses:
            return "Type or paste an address, such as https://example.org/page."
        return wrong_addresses(entered.addresses) or wrong_tags(entered.tags)

    def action_next_field(self) -> None:
        """A completion first."""
        field = self.focused
        if isinstance(field, LineField) and complete(field, self._offers):
            return
        super().action_next_field()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer tags."""
        self.query_one("#offers", Static).update(self._offers.line(event.value))


@dataclass(frozen=True, slots=True)
class Fields:
    """What can be edited of a link in a dialog."""

    title: str
    url: str
    note: str


class EditScreen(Dialog[Fields]):
    """Asks for title, address and note."""

    TITLE_TEXT = "Edit link"

    def __init__(self, fields: Fields, wrong: str = "") -> None:
        super().__init__(wrong)
        self._fields = fields

    def fields(self) -> Iterator[Widget]:
        """Title, address, note."""
        yield named("Title")
        yield LineField(self._fields.title, id="title")
        yield named("Address")
        yield LineField(self._fields.url, id="url")
        yield named("Note")
        yield AreaField(self._fields.note, id="note")

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter save   ctrl+j new line   tab next   F4 editor   esc cancel"

    def entered(self) -> Fields:
        """What the fields hold."""
        return Fields(
            self.query_one("#title", LineField).value.strip(),
            self.query_one("#url", LineField).value.strip(),
            self.query_one("#note", AreaField).text.strip(),
        )

    def check(self, entered: Fields) -> str:
        """A title and an address."""
        if not entered.title:
            return "A link needs a title."
        return wrong_addresses((entered.url,))


@dataclass(frozen=True, slots=True)
class TagChange:
    """Tags to put on and to take off."""

    add: tuple[str, ...]
    remove: tuple[str, ...]


class TagScreen(Dialog[TagChange]):
    """Asks which tags go on and off; what is there already stands above, and is never replaced."""

    def __init__(self, total: int, offers: Offers) -> None:
        super().__init__()
        self._total = total
        self._offers = offers

    def tell_present(self, present: Sequence[tuple[str, int]], offers: Offers) -> None:
        """The tags that are there, clean, each with its count."""
        self._offers = offers
        for present_line in self.query("#present").results(Static):
            present_line.update(Content(self._present_line(present)))

    def title_text(self) -> str:
        """How many links it is about."""
        return "Tags" if self._total == 1 else f"Tags of {self._total:,} links"

    def fields(self) -> Iterator[Widget]:
        """What is there, what is wanted, what is on offer."""
        yield Static("", id="present", markup=False, classes="name")
        yield LineField("", "tag  other/tag  -not-this", id="tags")
        yield Static("", id="offers", markup=False, classes="name")

    def key_line(self) -> str:
        """The keys that matter here."""
        return "tag or +tag adds   -tag removes   tab complete   enter save   esc cancel"

    def _present_line(self, present: Sequence[tuple[str, int]]) -> str:
        if not present:
            return "No tags yet."
        one = self._total == 1
        return "   ".join(f"#{tag}" if one else f"#{tag} {count:,}" for tag, count in present[:_PRESENT])

    def entered(self) -> TagChange:
        """What the field holds."""
        words = self.query_one("#tags", LineField).value.replace(",", " ").split()
        add = tuple(word.removeprefix("+") for word in words if not word.startswith("-"))
        return TagChange(add, tuple(word.removeprefix("-") for word in words if word.startswith("-")))

    def check(self, entered: TagChange) -> str:
        """Tags that can be."""
        return wrong_tags((*entered.add, *entered.remove))

    def action_next_field(self) -> None:
        """There is one field: complete it."""
        complete(self.query_one("#tags", LineField), self._offers)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer tags; those to be taken off are those that are there."""
        self.query_one("#offers", Static).update(self._offers.line(event.value))


class ConfirmScreen(Dialog[bool]):
    """Asks for a yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "save", show=False, priority=True),
        Binding("n,q", "cancel", show=False, priority=True),
    ]

    def __init__(self, question: str, title: str = "Are you sure?") -> None:
        super().__init__()
        self._question = question
        self._title = title

    def title_text(self) -> str:
        """What it is about."""
        return self._title

    def fields(self) -> Iterator[Widget]:
        """The question."""
        yield Static(self._question, markup=False)

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter yes   esc no"

    def entered(self) -> bool:
        """Yes."""
        return True


def addresses_in(text: str) -> Iterator[str]:
    """Every address of a text: of a line with whole addresses only these, else each word; # lines are skipped."""
    for line in text.splitlines():
        words = line.split()
        if not words or words[0].startswith("#"):
            continue
        whole = [_bare(found) for found in _WHOLE.findall(line)]
        yield from whole or words


def _bare(address: str) -> str:
    """Without the punctuation that a text puts behind an address, and a bracket that was opened before it."""
    while address and (address[-1] in ".,;!?" or _is_unopened(address)):
        address = address[:-1]
    return address


def _is_unopened(address: str) -> bool:
    opening = _BRACKETS.get(address[-1])
    return opening is not None and address.count(address[-1]) > address.count(opening)


def wrong_addresses(addresses: Sequence[str]) -> str:
    """What is no web address among them, as a sentence."""
    from store.address import normalise

    for text in addresses:
        if len(addresses) > 1 and not any(sign in text for sign in (".", ":")):
            return f"`{one_line(text, 60)}` is no web address. Put each address on a line of its own."
        try:
            normalise(text)
        except AddressError as error:
            return trouble(error)
    return ""


def wrong_tags(words: Sequence[str]) -> str:
    """What cannot be a tag among them, as a sentence."""
    try:
        for word in words:
            clean_tag(word)
    except BadTag as error:
        return trouble(error)
    return ""


def complete(field: LineField, offers: Offers) -> bool:
    """Take the first tag on offer into the field; False when there is none."""
    completed = offers.completed(field.value)
    if completed is None:
        return False
    field.value = completed
    field.cursor_position = len(completed)
    return True
