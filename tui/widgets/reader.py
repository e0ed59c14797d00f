"""The reader: a text of Markdown with its headings, its links, and what is found in it.

`prepare` makes what it shows, in a thread; the head of a long text first (`head_of`), then the whole with the position
kept. It posts messages and opens nothing. While numbers stand on the links it keeps every key to itself.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.strip import Strip

from tui import keys
from tui.text import hits as finding
from tui.text.hints import Hints
from tui.text.prepared import Prepared, head_of, prepare
from tui.text.runs import spots
from tui.widgets import reader_messages as said
from tui.widgets.page_view import PageView
from tui.widgets.painting import overlaid

__all__ = ["Prepared", "Reader", "head_of", "prepare"]


class HeadingLine(NamedTuple):
    """A heading: its level from 1, its text, the number of its line in the present width."""

    level: int
    text: str
    line: int


class Reader(PageView):
    """A text to read, or a few lines in place of one."""

    BINDINGS: ClassVar[list[BindingType]] = [*keys.bindings("reader")]

    Find = said.Find
    Contents = said.Contents
    Scrolled = said.Scrolled
    LinkChosen = said.LinkChosen
    Neighbour = said.Neighbour
    Hits = said.Hits
    Nothing = said.Nothing

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__(id=id)
        self._sought = ""
        self._sought_from: int | None = None
        self._finds_when_shown = False  # it was sought in no text, or in a head that has it not
        self._hints: Hints | None = None

    def show(self, prepared: Prepared | None, *, at: int | None = None) -> None:
        """Show a text from the place `at` on, else from its beginning; None leaves the notice.

        The head of a text is followed by the whole with `at=reader.position`. What was sought is sought again.
        """
        chosen = self._url(self.painter.chosen)
        hits = self.painter.hits
        hit = hits.place if hits is not None and hits.at and at is not None else None
        self.open(prepared, at or 0)
        if chosen is None or self._url(self.painter.chosen) != chosen:
            self.painter.chosen = None
        self._find_again()
        hits = self.painter.hits
        if hits is not None and self._finds_when_shown:
            self.find(self._sought)
        elif hits is not None and hit is not None:
            hits.to_first_from(hit)
        if self._sought:
            self._tell_hits()

    def moved(self) -> None:
        """The numbers stood on other links."""
        self._end_hints()
        self.post_message(said.Scrolled(self))

    def leave(self) -> bool:
        """End one thing that was begun here: numbers on links, else a find, else the choice of a link. False: none."""
        if self._hints is not None:
            self._end_hints()
        elif self._sought:
            self.find("")
        elif self.painter.chosen is not None:
            self._choose(None)
        else:
            return False
        return True

    # --- headings -----------------------------------------------------------------------------------------------------

    @property
    def headings(self) -> list[HeadingLine]:
        """Those of the text, in order."""
        if self.prepared is None:
            return []
        first_line = self.prepared.page.first_line
        return [HeadingLine(each.level, each.text, first_line(each.block)) for each in self.prepared.text.headings]

    def go_to_heading(self, number: int) -> None:
        """Put one of `headings`, counted from 0, at the top."""
        if self.prepared is not None:
            self.position = self.prepared.text.place_of_block(self.prepared.text.headings[number].block)

    def action_heading(self, by: int) -> None:
        """To the next heading, or the one before."""
        tops = [heading.line for heading in self.headings]
        target = bisect_right(tops, self.top) if by > 0 else bisect_left(tops, self.top) - 1
        if 0 <= target < len(tops):
            self.go_to_heading(target)
        else:
            self.post_message(said.Nothing(self, "heading"))

    def action_contents(self) -> None:
        """The screen shows the headings."""
        self.post_message(said.Contents(self))

    def action_neighbour(self, by: int) -> None:
        """The screen shows another link of the list."""
        self.post_message(said.Neighbour(self, by))

    # --- finding ------------------------------------------------------------------------------------------------------

    @property
    def hits(self) -> int:
        """How many there are."""
        return len(self.painter.hits) if self.painter.hits is not None else 0

    @property
    def hit_at(self) -> int:
        """Which one is the current, counted from 1; 0 is none."""
        return self.painter.hits.at if self.painter.hits is not None else 0

    def action_find(self) -> None:
        """The screen asks what to find; it is sought from here on."""
        self._sought_from = self.position
        self.post_message(said.Find(self))

    def find(self, sought: str, jump: bool = True) -> None:
        """Show where it is found, in any case; `jump` goes to the first hit from where `/` was pressed. "" ends it."""
        self._sought = sought
        self._find_again()
        self._finds_when_shown = bool(sought) and jump and not self.hits
        if not sought:
            self._sought_from = None
        elif jump and self.painter.hits is not None:
            self._sought_from = self.position if self._sought_from is None else self._sought_from
            self.painter.hits.to_first_from(self._sought_from)
            self._reveal_hit()
        self._tell_hits()

    def _find_again(self) -> None:
        text = self.prepared.text if self.prepared is not None and self._sought else None
        self.painter.hits = finding.Hits(text, self._sought) if text is not None else None
        self.redraw()

    def action_hit(self, by: int) -> None:
        """To the next hit, or the one before; from what is in sight, when the current one is not."""
        hits, prepared = self.painter.hits, self.prepared
        if hits is None or prepared is None or not len(hits):
            self.post_message(said.Nothing(self, "hit"))
            return
        if hits.at and self.is_in_sight(hits.place):
            hits.step(by)
        elif by > 0:
            hits.to_first_from(prepared.place_of(self.top))
        else:
            hits.to_last_before(prepared.place_of(self.top))
        self._reveal_hit()
        self._tell_hits()

    def _reveal_hit(self) -> None:
        if self.painter.hits is not None and self.painter.hits.at:
            self.reveal(self.painter.hits.place)
        self.redraw()

    def _tell_hits(self) -> None:
        self.post_message(said.Hits(self, self.hit_at, self.hits))

    # --- links --------------------------------------------------------------------------------------------------------

    def action_link(self, by: int) -> None:
        """Choose the next link, or the one before; from what is in sight, when none in sight is chosen."""
        prepared, chosen = self.prepared, self.painter.chosen
        links = prepared.text.links if prepared is not None else []
        if prepared is None or not links:
            self.post_message(said.Nothing(self, "link"))
            return
        if chosen is not None and self.is_in_sight(links[chosen].start):
            target = chosen + by
        else:
            edge = prepared.place_of(self.top if by > 0 else self.bottom)
            target = bisect_left(links, edge, key=lambda link: link.start) - (by < 0)
        if 0 <= target < len(links):
            self._choose(target)
        else:
            self.post_message(said.Nothing(self, "link"))

    def action_follow(self) -> None:
        """Open the chosen link."""
        self._open_link(self.painter.chosen)

    def _choose(self, link: int | None) -> None:
        self.painter.chosen = link
        if self.prepared is not None and link is not None:
            self.reveal(self.prepared.text.links[link].start)
        self.redraw()

    def _url(self, link: int | None) -> str | None:
        links = self.prepared.text.links if self.prepared is not None else []
        return links[link].url if link is not None and link < len(links) else None

    def _open_link(self, link: int | None) -> None:
        url = self._url(link)
        self.post_message(said.Nothing(self, "link") if url is None else said.LinkChosen(self, url))

    def on_click(self, event: events.Click) -> None:
        """A link that is clicked is opened, unless text was selected over it."""
        link = event.style.meta.get("link")
        if isinstance(link, int) and event.chain == 1 and self.text_selection is None:
            self._open_link(link)

    # --- numbers on the links -----------------------------------------------------------------------------------------

    @property
    def is_hinting(self) -> bool:
        """Whether numbers stand on the links: then the reader keeps every key to itself."""
        return self._hints is not None

    def action_hints(self) -> None:
        """Number the links in sight."""
        found = spots(self.prepared, self.top, self.bottom) if self.prepared is not None else []
        if not found:
            self.post_message(said.Nothing(self, "link"))
            return
        self._hints = Hints(found)
        self.redraw()

    def _end_hints(self) -> None:
        if self._hints is not None:
            self._hints = None
            self.redraw()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:  # noqa: ARG002 - Textual's
        """While links have numbers, every key is about them."""
        return not self.is_hinting

    def on_key(self, event: events.Key) -> None:
        """While numbers stand on the links: digits choose, Enter takes the number as it is, esc ends it."""
        if self._hints is None:
            return
        event.stop()
        event.prevent_default()
        link = self._link_typed(self._hints, event)
        if link is not None:
            self._end_hints()
            self._open_link(link)
        self.redraw()

    def _link_typed(self, hints: Hints, event: events.Key) -> int | None:
        match event.key:
            case "escape":
                self._end_hints()
            case "enter":
                return hints.typed_link()
            case "backspace":
                hints.take_back()
            case _ if event.character is not None and event.character.isdecimal():
                return hints.type(str(int(event.character)))  # full-width digits too
        return None

    def on_blur(self) -> None:
        """Keys go elsewhere: no numbers any more."""
        self._end_hints()

    def on_mouse_down(self) -> None:
        """The mouse chooses by itself."""
        self._end_hints()

    def paint(self, prepared: Prepared, number: int) -> Strip:
        """A line, with its numbers over it."""
        line = super().paint(prepared, number)
        for hint in self._hints.on_line(number) if self._hints is not None else ():
            line = overlaid(line, hint.column, hint.number, self.painter.palette["hint"])
        return line
