"""The dialogs of the tag tree: what a tag becomes, and the plan before anything is done."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.widget import Widget
from textual.widgets import Input, Static

from store.text import clip
from tui.completion import Offers
from tui.screens.asking import ConfirmScreen, complete, wrong_tags
from tui.screens.dialog import Dialog, named
from tui.shown import line
from tui.widgets.fields import LineField
from tui.widgets.items import Item, Items

if TYPE_CHECKING:
    from store.retagging import Moved
    from store.tagging import Planned

_LISTED = 12  # lines of a plan that are seen at once
_AROUND = 9  # lines of that dialog beside them
_TAG = 60  # columns of a tag in a title


class TagNameScreen(Dialog[str]):
    """Asks what a tag becomes; `verb` is rename or merge."""

    def __init__(self, verb: str, tag: str, entered: str, offers: Offers, wrong: str = "") -> None:
        super().__init__(wrong)
        self._verb = verb
        self._tag = tag
        self._entered = entered
        self._offers = offers

    def title_text(self) -> str:
        """Which tag it is about."""
        return f"{self._verb.capitalize()} #{clip(line(self._tag), _TAG)}"

    def fields(self) -> Iterator[Widget]:
        """The tag, and what is on offer."""
        yield named("Its new name; tags below it come along" if self._verb == "rename" else "Into which tag")
        yield LineField(self._entered, "other/tag", id="tag")
        yield Static("", id="offers", markup=False, classes="name")

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter look at the plan   tab complete   esc cancel"

    def entered(self) -> str:
        """What the field holds."""
        return self.query_one("#tag", LineField).value.strip()

    def check(self, entered: str) -> str:
        """One tag that can be."""
        return wrong_tags((entered,))

    def action_next_field(self) -> None:
        """There is one field: complete it."""
        complete(self.query_one("#tag", LineField), self._offers)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Offer tags."""
        self.query_one("#offers", Static).update(self._offers.line(event.value))


@dataclass(frozen=True, slots=True)
class Shown:
    """A plan as it stands on the screen: clean lines."""

    title: str
    summary: str
    lines: tuple[str, ...]


class TagPlanScreen(ConfirmScreen):
    """Every tag that changes, with what becomes of it; asks for a yes."""

    DEFAULT_CSS = """
    TagPlanScreen #moved { margin-top: 1; }
    """

    def __init__(self, shown: Shown) -> None:
        super().__init__(shown.summary, shown.title)
        self._lines = shown.lines

    def fields(self) -> Iterator[Widget]:
        """What it comes to, and each tag."""
        yield from super().fields()
        moved = Items([Item(text, text) for text in self._lines], id="moved")
        moved.styles.height = max(1, min(_LISTED, len(self._lines), self.app.size.height - _AROUND))
        yield moved

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter do it, as one commit   esc leave everything as it is"


def shown(title: str, planned: Planned) -> Shown:
    """A plan, clean."""
    plan = planned.plan
    change = "changes" if plan.links == 1 else "change"
    trashed = f" ({planned.trashed:,} of them in the trash)" if planned.trashed else ""
    joined = f" On {_links(plan.joined)} two tags become one." if plan.joined else ""
    return Shown(title, f"{_links(plan.links)} {change}{trashed}.{joined}", tuple(map(_line, plan.moved)))


def _line(moved: Moved) -> str:
    becomes = f"->  #{line(moved.becomes, 100)}" if moved.becomes else "goes"
    return f"#{line(moved.tag, 100)}  {becomes}   {_links(moved.links)}{_meets(moved)}"


def _meets(one: Moved) -> str:
    if not one.there:
        return ""
    return f"; {_links(one.there)} {'has' if one.there == 1 else 'have'} that already"


def _links(count: int) -> str:
    return f"{count:,} {'link' if count == 1 else 'links'}"
