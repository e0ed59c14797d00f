"""The text of the link in focus, beside the list or instead of it, loaded once the focus rests."""

from __future__ import annotations

from textual import on
from textual.timer import Timer
from textual.widgets import Input

from tui.desk import Trouble
from tui.reading import head, whole
from tui.screens.beside import instead
from tui.screens.choosing import PickScreen
from tui.screens.link_actions import LinkActions
from tui.screens.panes import Panes
from tui.shown import ShownLink
from tui.widgets import reader_messages as said
from tui.widgets.fields import LineField
from tui.widgets.heading import Heading
from tui.widgets.items import Item
from tui.widgets.link_list import LinkList
from tui.widgets.reader import Reader
from tui.widgets.row_list import RowList

_RESTS = 0.06  # seconds


class Preview(LinkActions, Panes):
    """A screen whose reader shows the link that is in focus in its list."""

    _resting: Timer | None = None
    _read: str | None = None  # the link whose text is in the reader
    _body = ""  # that text

    @property
    def reader(self) -> Reader:
        """The reader."""
        return self.query_one("#reader", Reader)

    def facts_changed(self, first: str = "") -> None:
        """What the status line says is other now; `first` is something new."""
        raise NotImplementedError

    def rest(self) -> None:
        """Load the text once the focus rests."""
        if self._resting is not None:
            self._resting.stop()
        self._resting = self.set_timer(_RESTS, self.load_text)

    def load_text(self, *, again: bool = False) -> None:
        """Show the text of the link in focus, unless it is there; `again`: it may have changed."""
        link = self.current
        if link is None:
            self._read = None
            self.query_one("#heading", Heading).show(None)
            self.reader.show(None)
            self.reader.show_notice(["Nothing to read here.", "a adds links   ? shows all keys"])
        elif link.id == self._read and not again:
            self.query_one("#heading", Heading).show(link)
        else:
            instead(self, "read", self._load_link, link, keep=link.id == self._read)

    async def _load_link(self, link: ShownLink, *, keep: bool) -> None:
        reader, desk = self.reader, self.pagelog.desk
        width = reader.columns
        try:
            text = await desk.look(lambda library: head(library, link.id, width))
            self.query_one("#heading", Heading).show(link)  # with the text: the screen is drawn once
            if keep and text is not None and text.body == self._body:
                return
            self._read, self._body = link.id, "" if text is None else text.body
            place = reader.position if keep else None
            reader.show(None if text is None else text.prepared, at=place)
            if text is None:
                reader.show_notice(_why_nothing(link))
            elif text.begun:
                prepared = await desk.look(lambda _: whole(text, width))
                if self._read == link.id:
                    reader.show(prepared, at=reader.position if place is None else place)
        except Trouble as error:
            self._read = None
            self.query_one("#heading", Heading).show(link)
            reader.show(None)
            reader.show_notice([error.sentence])

    @on(RowList.Chosen, "#list")
    def _open(self) -> None:
        if self.current is not None:
            self.go_to("reader")
            self.load_text()
            self.opened()

    @on(LinkList.Preview)
    def _scroll(self, message: LinkList.Preview) -> None:
        self.reader.action_half(message.step)

    @on(said.Neighbour)
    def _neighbour(self, message: said.Neighbour) -> None:
        self.query_one("#list", LinkList).action_move(message.step)
        self.load_text()
        self.opened()

    @on(said.LinkChosen)
    def _follow(self, message: said.LinkChosen) -> None:
        self.browse(message.url)

    @on(said.Nothing)
    def _nothing(self, message: said.Nothing) -> None:
        self.pagelog.say(f"There is no further {message.what}." if message.what != "link" else "There is no link here.")

    @on(said.Contents)
    def _contents(self) -> None:
        headings = self.reader.headings
        if not headings:
            self.pagelog.say("This text has no headings.")
            return
        items = [Item("  " * (level - 1) + text, place) for place, (level, text, _) in enumerate(headings)]
        self.app.push_screen(PickScreen("Contents", items), self._go_to_heading)

    # --- finding in the text ------------------------------------------------------------------------------------------

    @on(said.Find)
    def _ask_for_text(self) -> None:
        self.add_class("-finding")
        self.set_focus(self.query_one("#find"))

    @on(Input.Changed, "#find")
    def _find_typed(self, event: Input.Changed) -> None:
        self.reader.find(event.value)

    def end_finding(self, *, keep: bool = False) -> bool:
        """Leave the field, and without `keep` the hits too; False when there was neither."""
        field = self.query_one("#find", LineField)
        typing = self.focused is field
        if not typing and not field.value:
            return False
        if not keep:
            field.value = ""
            self.reader.find("")
        self.remove_class("-finding")
        if typing:
            self.go_to("reader")
        return typing or not keep

    @on(said.Hits)
    def _hits(self, message: said.Hits) -> None:
        found = (
            f"{message.at}/{message.count:,} hits"
            if message.count
            else "not found"
            if self.query_one("#find", LineField).value
            else ""
        )
        self.facts_changed(found)

    def _go_to_heading(self, place: int | None) -> None:
        if place is not None:
            self.reader.go_to_heading(place)


def _why_nothing(link: ShownLink) -> list[str]:
    if link.badge == "capturing":
        return ["The page is being captured."]
    if link.state == "damaged":
        return ["The file of this link cannot be read.", "e opens it in your editor."]
    return ["There is no text yet.", "r captures the page   o opens it in the browser"]
