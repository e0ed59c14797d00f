"""The lines over the reader: which link it is, where it comes from, what is known of it."""

from __future__ import annotations

from textual.content import Content
from textual.widgets import Static

from tui.shown import ShownLink


class Heading(Static):
    """Title, host and dates, tags; the note, and why it is pending, held or broken, where there is such."""

    DEFAULT_CSS = """
    Heading { height: auto; max-height: 8; padding: 0 1; background: $boost; text-overflow: ellipsis; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - the name is Textual's
        super().__init__("", id=id, markup=False)
        self._link: ShownLink | None = None
        self._height = 0  # lines, none of them wrapped

    def show(self, link: ShownLink | None) -> None:
        """This link; nothing without one."""
        if link == self._link:
            return
        self._link = link
        self.display = link is not None
        if link is not None:
            lines = _lines(link)
            same = len(lines) == self._height and all(line.cell_length <= self.content_size.width for line in lines)
            self._height = len(lines)
            self.update(Content("\n").join(lines), layout=not same)


def _lines(link: ShownLink) -> list[Content]:
    versions = f"{link.versions} {'version' if link.versions == 1 else 'versions'}" if link.versions else ""
    captured = link.captured[:10] or "not captured yet"
    facts = [link.host, captured, versions, "" if link.status == "unread" else link.status]
    lines = [
        Content.styled(link.title, "bold"),
        Content.styled("   ".join(fact for fact in facts if fact), "$text-muted"),
    ]
    if link.tags:
        lines.append(Content.styled(" ".join(f"#{tag}" for tag in link.tags), "$text-accent"))
    if link.note:
        lines.append(Content.styled(link.note, "italic"))
    if link.reason:
        lines.append(Content.styled(f"{_STATES.get(link.badge, link.state)}: {link.reason}", "$text-warning"))
    return lines


_STATES = {"pending": "Pending", "held": "Held (H looks at it)", "broken": "The last refresh failed"}
