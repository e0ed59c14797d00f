"""The history of a link: its versions, what each changed, older texts, bringing one back; a held capture's fate."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.timer import Timer

from store.text import clip
from tui import keys
from tui.desk import Trouble
from tui.reading import Opened, Story, bodies_at, comparison, opened, story
from tui.screens.beside import beside, instead
from tui.screens.commanded import Commanded
from tui.screens.panes import WIDTHS, width_class
from tui.shown import ShownLink, ShownVersion, entry, reason_of
from tui.widgets.diff_view import DiffView
from tui.widgets.reader import Reader
from tui.widgets.row_list import RowList
from tui.widgets.status import KeyLine, Lines, StatusLine
from tui.widgets.version_list import VersionList

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from textual.app import ComposeResult
    from textual.dom import DOMNode

    from store.library import Library
    from tui.app import PagelogApp
    from tui.keys import Key, Place

_RESTS = 0.06
_MEASURED_AFTER = 0.4  # seconds
_SAME = "The text is the same in both."
_EVERYWHERE = (
    "help", "palette", "undo", "redo", "activity", "sync", "jobs", "back", "leave", "quit", "suspend", "copy_or_hint",
    "next_pane", "previous_pane",
)  # fmt: skip


class HistoryScreen(Commanded):
    """Versions beside what changed."""

    AUTO_FOCUS = "#versions"
    PLACES_HERE: ClassVar[tuple[Place, ...]] = ("history", "everywhere")
    HORIZONTAL_BREAKPOINTS = WIDTHS
    BINDINGS: ClassVar[list[BindingType]] = [
        *keys.bindings("history"),
        *(binding for binding in keys.bindings("everywhere") if binding.action in _EVERYWHERE),
    ]

    def __init__(self, link: ShownLink) -> None:
        super().__init__(classes=width_class(self.app.size.width))
        self._link = link
        self._story = Story((), None)
        self._resting: Timer | None = None
        self._change = ""
        self.touched = False  # something was changed here

    def compose(self) -> ComposeResult:
        """Versions left, what changed right."""
        with Horizontal(id="body"):
            yield VersionList(id="versions")
            with Vertical(id="compared"):
                yield Lines("", id="what", markup=False)
                yield DiffView(id="diff")
        yield StatusLine(id="status")
        yield KeyLine(id="keys")

    def on_mount(self) -> None:
        """Read the versions."""
        self.query_one("#keys", KeyLine).show(self._keys())
        beside(self, "load", self._load)

    def _keys(self) -> Iterator[Key]:
        held = self._story.held is not None
        for key in keys.footer("history", "everywhere", home=False):
            if key.action in ("accept", "drop") and not held:
                continue
            if key.place == "history" or key.action in _EVERYWHERE:
                yield key

    @property
    def _pagelog(self) -> PagelogApp:
        return cast("PagelogApp", self.app)

    @property
    def _list(self) -> VersionList:
        return self.query_one("#versions", VersionList)

    @property
    def _diff(self) -> DiffView:
        return self.query_one("#diff", DiffView)

    # --- versions -----------------------------------------------------------------------------------------------------

    async def _load(self) -> None:
        try:
            self._story = await self._pagelog.desk.look(lambda library: story(library, self._link.id))
        except Trouble as error:
            self._diff.say(error.sentence)
            return
        self.query_one("#keys", KeyLine).show(self._keys())
        self._list.show(self._story.shown)
        self._draw_facts()
        if not self._story.versions:
            self._diff.say("Nothing is committed of this link yet.")
            return
        self._show()
        instead(self, "measure", self._measure)

    async def _measure(self) -> None:
        """The sizes of all changes, as they are known; what is looked at first comes first."""
        await asyncio.sleep(_MEASURED_AFTER)
        offset = 0 if self._story.held is None else 1
        loop_call = self.app.call_from_thread

        def put(place: int, known: ShownVersion) -> None:
            if self.is_attached:
                self._list.put(place, known)

        def measure(library: Library) -> None:
            from store import history

            for place, known in enumerate(history.log(library, self._link.id), offset):
                loop_call(put, place, entry(known))

        try:
            await self._pagelog.desk.look(measure)
        except Trouble as error:
            self._pagelog.say(error.sentence, trouble=True)

    @on(RowList.Moved, "#versions")
    def _moved(self) -> None:
        self.remove_class("-reading")
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_RESTS, self._show)
        self._draw_facts()

    @on(RowList.Chosen, "#versions")
    def _chosen(self) -> None:
        self.action_show()

    def _show(self) -> None:
        instead(self, "show", self._compare)

    async def _compare(self) -> None:
        """What the version in focus changed, or what lies between two that are picked."""
        pair = self._pair()
        if pair is None:
            await self._read()
            return
        old, new = pair
        told = self._story
        try:
            found = await self._pagelog.desk.look(lambda library: comparison(library, told, old, new))
        except Trouble as error:
            self._diff.say(error.sentence)
            return
        self.remove_class("-reading")
        changes = found.changes
        self._diff.show(changes, _SAME)
        sizes = f"   +{changes.added_chars:,} -{changes.removed_chars:,}" if changes.changes else ""
        sizes = sizes if found.is_of_text or not sizes else "   the text is the same"
        self._say_what(f"{self._called(old)} -> {self._called(new)}{sizes}")

    async def _read(self) -> None:
        """The text of the version in focus."""
        at, told, width = self._list.at, self._story, self._diff.scrollable_content_region.width
        reader = await self._reader()
        self.add_class("-reading")
        try:
            text: Opened = await self._pagelog.desk.look(
                lambda library: opened(bodies_at(library, told, at)[0], width or reader.columns)
            )
        except Trouble as error:
            reader.show_notice([error.sentence])
            return
        reader.show(text.prepared)
        self._say_what(f"The text of {self._called(at)}")

    async def _reader(self) -> Reader:
        """Made when it is needed: its many styles would cost every look at a history 20 ms."""
        if not self.query("#reader"):
            await self.query_one("#compared").mount(Reader(id="reader"))
        return self.query_one("#reader", Reader)

    def _pair(self) -> tuple[int, int] | None:
        """The places to compare, older first; None for the oldest version, which changed nothing."""
        if len(self._list.picked) == 2:
            new, old = sorted(self._list.picked)
            return old, new
        at = self._list.at
        return (at + 1, at) if at + 1 < self._list.total() else None

    def _called(self, place: int) -> str:
        version = self._list.versions[place]
        return "the held capture" if version.number is None else f"version {version.number}"

    def _say_what(self, what: str) -> None:
        told = self.query_one("#what", Lines)
        title = clip(self._link.title, told.content_size.width or self.app.size.width)
        lines = [Content.styled(title, "bold"), Content(what)]
        if self._story.held is not None and 0 in (self._list.at, *self._list.picked):
            lines.append(
                Content.styled(f"Held: {reason_of(self._story.held.reason)} A accepts, X drops.", "$text-warning")
            )
        told.put(lines)

    def _draw_facts(self) -> None:
        place = f"{self._list.at + 1}/{self._list.total()} versions" if self._list.total() else ""
        picked = f"{len(self._list.picked)} picked" if self._list.picked else ""
        self.query_one("#status", StatusLine).show((place, picked, self._change))

    @on(DiffView.At)
    def _at_change(self, message: DiffView.At) -> None:
        self._change = f"change {message.change}/{message.count}" if message.count else ""
        self._draw_facts()

    # --- keys ---------------------------------------------------------------------------------------------------------

    def action_version(self, step: int) -> None:
        """To the version before."""
        self._list.action_move(step)

    def action_first(self) -> None:
        """To the newest version."""
        self._list.action_first()

    def action_last(self) -> None:
        """To the oldest version."""
        self._list.action_last()

    def action_show(self) -> None:
        """The text, or what changed."""
        if self.has_class("-reading"):
            self._show()
        else:
            instead(self, "show", self._read)

    def action_pick(self) -> None:
        """Pick a version; two are compared."""
        self._list.pick()
        self._draw_facts()
        if len(self._list.picked) == 2:
            self._show()

    def action_change(self, step: int) -> None:
        """To the next change."""
        self._diff.action_change(step)

    def action_sides(self) -> None:
        """Side by side, or not; where there is little room the versions give way."""
        self.toggle_class("-sides")
        self._diff.action_sides()

    def action_unfold(self) -> None:
        """What is the same: folded, or shown."""
        self._diff.action_unfold()

    def action_scroll(self, step: int) -> None:
        """Scroll what is at the right."""
        if self.has_class("-reading"):
            self.query_one("#reader", Reader).action_page(step)
        else:
            self._diff.action_scroll(step)

    def action_restore(self) -> None:
        """Bring the version in focus back."""
        from store import history

        at = self._list.at - (self._story.held is not None)
        if not 0 <= at < len(self._story.versions):
            self._pagelog.say("A held capture is accepted with A.")
            return
        version = self._story.versions[at]

        def said(change: object) -> str:
            done = bool(getattr(change, "commits", ()))
            return f"Version {version.number} is back, as a new version." if done else "It is as that version already."

        self._carry_out(lambda library: history.restore(library, self._link.id, version), said)

    def action_accept(self) -> None:
        """Accept what is held."""
        from store.keeping import holding

        if self._story.held is None:
            self._pagelog.say("Nothing is held here.")
            return
        self._carry_out(lambda library: holding.accept(library, self._link.id), lambda _: "Accepted: a new version.")

    def action_drop(self) -> None:
        """Drop what is held."""
        from store.keeping import holding

        if self._story.held is None:
            self._pagelog.say("Nothing is held here.")
            return
        self._carry_out(lambda library: holding.drop(library, self._link.id), lambda _: "Dropped; the text stays.")

    def _carry_out(self, call: Callable[[Library], object], said: Callable[[object], str]) -> None:
        beside(self, "actions", self._carried_out, call, said)

    async def _carried_out(self, call: Callable[[Library], object], said: Callable[[object], str]) -> None:
        try:
            done = await self._pagelog.desk.change(call)
        except Trouble as error:
            self._pagelog.say(error.sentence, trouble=True)
            return
        self.touched = True
        self._pagelog.rows.forget([self._link.id])
        self._pagelog.moved.publish(None)
        self._list.put_at(0)
        await self._load()
        self._pagelog.say(said(done))

    def renew(self, ids: Sequence[str], gone: Sequence[str]) -> None:  # noqa: ARG002 - what is gone has a history, too
        """What was done to this link may be taken back."""
        if self._link.id in ids:
            self.touched = True
            self._link = self._pagelog.rows.get(self._link.id) or self._link
            self._list.put_at(0)
            beside(self, "load", self._load)

    def home_of(self, place: Place) -> DOMNode | None:
        """All is done here."""
        return self if place in ("history", "everywhere") else None

    def action_next_pane(self) -> None:
        """Versions, or what changed."""
        self.focus_next()

    def action_previous_pane(self) -> None:
        """The other way round."""
        self.focus_previous()

    def action_back(self) -> None:
        """Unpick, then leave."""
        if self._list.picked:
            self._list.picked.clear()
            self._list.redraw()
            self._show()
        else:
            self.dismiss(None)

    def action_leave(self) -> None:
        """Back to the list."""
        self.dismiss(None)
