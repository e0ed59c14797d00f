"""The dialogs of a sync: what would be done, and which remote it is done with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, Literal, cast

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui import keys
from tui.screens.dialog import Dialog, named
from tui.synced import Planned, plan_lines
from tui.tasks import Task
from tui.widgets.fields import LineField
from tui.widgets.status import Lines

if TYPE_CHECKING:
    from tui.app import PagelogApp

Wish = Literal["go", "again", "accept", "remote"]
_AROUND = 13  # lines of the dialog that are no titles
_BESIDE = 6  # columns at the sides of the dialog's text
_WIDEST = 76
_MOST = 8


class SyncScreen(Dialog[Wish]):
    """First how far the fetch is, then the plan, or why there is none."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("sync")]
    DEFAULT_CSS = """
    SyncScreen #said { height: auto; }
    """
    TITLE_TEXT = "Sync"

    def __init__(self, task: Task) -> None:
        super().__init__()
        self._followed = task
        self._wish: Wish | None = None

    def fields(self) -> Iterator[Widget]:
        """What there is to say."""
        yield Lines("", id="said", markup=False)

    def on_mount(self) -> None:
        """Follow the fetch."""
        super().on_mount()
        cast("PagelogApp", self.app).worked.subscribe(self, lambda _: self._show_far())
        self._show_far()

    def _show_far(self) -> None:
        if self._followed.active:
            self._put(None, [f"Looking at both sides: {self._followed.far or 'fetching'} ..."], "esc give up")

    def show_plan(self, planned: Planned) -> None:
        """What would be done."""
        kinds = sum(bool(keys) for keys in (planned.plan.comes, planned.plan.goes, planned.plan.merges))
        most = max(1, min(_MOST, (self.app.size.height - _AROUND) // max(1, kinds)))
        columns = min(self.app.size.width, _WIDEST) - _BESIDE
        lines = [f"With {planned.shown_url}", "", *plan_lines(planned, most, columns)]
        self._put("go", lines, "enter sync   r other remote   esc leave everything as it is")

    def ask_about_rewriting(self, url: str, old: str) -> None:
        """What was in step is not in the remote's history any more."""
        lines = [
            f"The history at {url} was rewritten or set back: {old}, where the two were in step, is in it no more.",
            "",
            "If somebody purged something there, accept it: your own work is put on top of the new history, and what"
            " was purged goes here, too. Your old history stays under refs/pagelog/before/ and is never sent.",
            "If you know nothing of it, leave everything as it is, and ask who did that.",
        ]
        self._put("accept", lines, "enter accept, and look at the plan   r other remote   esc leave all as it is")

    def show_trouble(self, sentence: str, *, again: bool) -> None:
        """Why there is no plan."""
        self._put("again" if again else None, [sentence], "enter try again   r other remote   esc leave")

    def _put(self, wish: Wish | None, lines: list[str], key_line: str) -> None:
        self._wish = wish
        if wish:
            self.say("")  # it was too early before
        for said in self.query("#said").results(Lines):
            said.put([Content(one) for one in lines])
        for below in self.query("#keys").results(Static):
            below.update(Content(key_line))

    def entered(self) -> Wish:
        """What Enter means now."""
        return self._wish or "go"

    def check(self, entered: Wish) -> str:  # noqa: ARG002 - it is what there is
        """There must be a plan first."""
        return "" if self._wish else "There is no plan yet. esc gives up."

    def action_give_up(self) -> None:
        """Leave."""
        self.dismiss(None)

    def action_remote(self) -> None:
        """With another one."""
        if not self._followed.active:
            self.dismiss("remote")


class RemoteScreen(Dialog[str]):
    """Asks for the address of the remote."""

    TITLE_TEXT = "Sync with which repository?"

    def __init__(self, address: str, wrong: str = "") -> None:
        super().__init__(wrong)
        self._address = address

    def fields(self) -> Iterator[Widget]:
        """An address."""
        yield Static(
            "Any git repository will do that is empty, or that another pagelog syncs with: on a git host, on a machine"
            " that ssh reaches, or in a folder (git init --bare makes one).",
            markup=False,
        )
        yield named("Its address; it is kept in .git/config")
        yield LineField(self._address, "git@example.org:me/links.git", id="address")

    def key_line(self) -> str:
        """The keys that matter here."""
        return "enter save, and look at the plan   esc cancel"

    def entered(self) -> str:
        """What the field holds."""
        return self.query_one("#address", LineField).value.strip()

    def check(self, entered: str) -> str:
        """Something."""
        return "" if entered else "Type or paste the address of a repository."
