"""The lines over the reader: which link it is, where it comes from, what is known of it."""

from __future__ import annotations

from textual.content import Content

from tui.shown import ShownLink
from tui.widgets.row_list import fits
from tui.widgets.status import Lines


class Heading(Lines):
    """Title, host and dates, tags, cut to a line each; the note, and why it is pending, held or broken, in full.

    Most links take the same three lines, so the text below stays where it is from link to link.
    """

    DEFAULT_CSS = """
    Heading { height: auto; max-height: 8; padding: 0 1; background: $boost; text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__("", id=id, markup=False)
        self._link: ShownLink | None = None
        self._width = 0  # columns drawn in

    def show(self, link: ShownLink | None) -> None:
        """This link; nothing without one."""
        if link != self._link:
            self._link = link
            self.display = link is not None
            self._draw()

    def on_resize(self) -> None:
        """Another width."""
        if self.content_size.width != self._width:
            self._draw()

    def _draw(self) -> None:
        if self._link is None:
            return
        self._width = self.content_size.width
        self.put(_lines(self._link, self._width or _UNKNOWN))


def _lines(link: ShownLink, width: int) -> list[Content]:
    versions = f"{link.versions} {'version' if link.versions == 1 else 'versions'}" if link.versions else ""
    captured = link.captured[:10] or "not captured yet"
    facts = [link.host, captured, versions, "" if link.status == "unread" else link.status]
    tags = " ".join(f"#{tag}" for tag in link.tags)
    lines = [
        Content.styled(fits(link.title, width), "bold"),
        Content.styled(fits("   ".join(fact for fact in facts if fact), width), "$text-muted"),
        Content.styled(fits(tags, width), "$text-accent"),
    ]
    if link.note:
        lines.append(Content.styled(link.note, "italic"))
    if link.reason:
        lines.append(Content.styled(f"{_STATES.get(link.badge, link.state)}: {link.reason}", "$text-warning"))
    return lines


_UNKNOWN = 80  # columns, before the first layout
_STATES = {"pending": "Pending", "held": "Held (H looks at it)", "broken": "The last refresh failed"}
