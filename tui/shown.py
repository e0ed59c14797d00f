"""What widgets are given: the one gate through which text from pages, files and repositories reaches the screen.

Everything here is clean (store.text): no control characters, no terminal sequences, no marks of direction. Widgets take
these values and never a raw Row, Link or Version; markup is never read out of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from store.errors import PagelogError
from store.history import Entry
from store.link import Row, State, Status, Version
from store.text import one_line
from tui.wording import brief, words

if TYPE_CHECKING:
    from store.actions import Action

Badge = Literal["trashed", "damaged", "capturing", "pending", "held", "broken", "changed", ""]
MARKS: dict[Badge, str] = {
    "trashed": "-", "damaged": "x", "capturing": ">", "pending": ".", "held": "?", "broken": "!", "changed": "~",
    "": " ",
}  # fmt: skip
_LONGEST = 500


@dataclass(frozen=True, slots=True)
class ShownLink:
    """A link as list and reader show it. `reason` says why it is pending, held or broken, `brief` in two words."""

    id: str
    title: str
    url: str
    host: str
    tags: tuple[str, ...]
    added: str
    captured: str
    status: Status
    state: State
    badge: Badge
    starred: bool
    trashed: bool
    note: str
    versions: int
    reason: str = ""
    brief: str = ""


def link(row: Row, reason: PagelogError | None = None, *, capturing: bool = False) -> ShownLink:
    """A row, clean."""
    return ShownLink(
        id=row.id,
        title=_title(row),
        url=line(row.url, 8192),
        host=line(row.host, 100),
        tags=tuple(line(tag, 100) for tag in row.tags),
        added=line(row.added, 30),
        captured=line(row.captured or "", 30),
        status=row.status,
        state=row.state,
        badge=_badge(row, capturing=capturing),
        starred=row.starred,
        trashed=row.trashed is not None,
        note=line(row.note or "", 2000),
        versions=row.versions,
        reason=reason_of(reason),
        brief=line(brief(reason), 60) if reason is not None else "",
    )


def _title(row: Row) -> str:
    """Without a title of its own a link is its address; what all addresses begin with says nothing."""
    title = line(row.title) or line(row.url) or line(row.path)
    return title if row.title != row.url else title.partition("://")[2] or title


def line(text: str, limit: int = _LONGEST) -> str:
    """Any text as one clean line."""
    return one_line(text, limit)


def reason_of(error: PagelogError | None) -> str:
    """Why something is as it is, in one sentence."""
    return words(error).sentence if error is not None else ""


@dataclass(frozen=True, slots=True)
class ShownVersion:
    """A version as history lists it. `number` None: a capture that is held, or an edit that is not committed.

    The sizes of change are None until they are known.
    """

    number: int | None
    date: str
    action: str
    subject: str
    added_chars: int | None = None
    removed_chars: int | None = None


def version(of: Version) -> ShownVersion:
    """A version whose sizes are not known yet."""
    return ShownVersion(of.number, of.when[:16].replace("T", " "), line(of.action, 20), line(of.subject))


def entry(of: Entry) -> ShownVersion:
    """A version with its sizes."""
    known = version(of.version)
    return ShownVersion(known.number, known.date, known.action, known.subject, of.added_chars, of.removed_chars)


def _badge(row: Row, *, capturing: bool) -> Badge:
    if row.damaged is not None:
        return "damaged"
    if row.trashed is not None:
        return "trashed"
    if capturing:
        return "capturing"
    for badge in ("pending", "held", "broken", "changed"):
        if getattr(row, badge):
            return badge
    return ""


@dataclass(frozen=True, slots=True)
class ShownAction:
    """One thing that was done, as the activity lists it. `name` is that of the action, for whoever takes it back."""

    name: str
    date: str
    what: str
    links: int
    undone: bool
    undoable: bool


def action(of: Action) -> ShownAction:
    """An action, clean."""
    when = of.when[:16].replace("T", " ")
    return ShownAction(of.name, when, line(of.summary or of.action), of.links, of.undone, of.undoable)
