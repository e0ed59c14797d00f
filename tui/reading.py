"""Texts of links as the reader and the diff view take them: read, cleaned, laid out. For the desk's threads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store import frontmatter, history
from store.errors import DamagedDocument, NoSuchLink
from store.library import Library
from store.link import Version
from tui.shown import ShownVersion, version
from tui.text.prepared import Prepared, head_of, prepare

if TYPE_CHECKING:
    from store.keeping.holding import Held
    from tui.text.compared import Compared


@dataclass(frozen=True, slots=True)
class Opened:
    """A text ready to be read: `body` as it is kept, and of a long one only the beginning in `prepared`."""

    body: str
    prepared: Prepared
    begun: bool = False


def head(library: Library, id_: str, width: int) -> Opened | None:
    """The text of a link as its file stands, or the beginning of a long one; None where there is none."""
    try:
        body = frontmatter.body_of(library.raw(id_))
    except (NoSuchLink, DamagedDocument):
        return None
    return opened(body, width) if body else None


def opened(body: str, width: int) -> Opened:
    """A body, or the beginning of a long one."""
    first = head_of(body) if len(body) > _LONG else body
    return Opened(body, prepare(first, width), first != body)


def whole(text: Opened, width: int) -> Prepared:
    """All of a text of which only the beginning is prepared."""
    return prepare(text.body, width)


_LONG = 120_000  # characters: what takes longer to lay out than a person notices


@dataclass(frozen=True, slots=True)
class Story:
    """The versions of a link, newest first; `held` is a capture that waits, its reason in words."""

    versions: tuple[Version, ...]
    held: Held | None

    @property
    def shown(self) -> list[ShownVersion]:
        """What the list of versions shows; a held capture is the first."""
        waiting = [ShownVersion(None, "held", "update", "waits for your word")] if self.held else []
        return [*waiting, *map(version, self.versions)]


def story(library: Library, id_: str) -> Story:
    """The versions of a link."""
    from store.keeping import holding  # late: it knows all of capturing

    found = history.versions(library, id_)
    waiting = holding.held(library, id_) if library.held_commit(id_) is not None else None
    return Story(found[::-1], waiting)


def bodies_at(library: Library, told: Story, *places: int) -> list[str]:
    """The bodies at some places of the list."""
    return [frontmatter.body_of(data) for data in _documents(library, told, *places)]


def _documents(library: Library, told: Story, *places: int) -> list[bytes]:
    held, first = told.held, 0 if told.held is None else 1
    found = iter(history.raws_at(library, [told.versions[place - first] for place in places if place >= first]))
    return [frontmatter.dumps(held.link) if held is not None and place < first else next(found) for place in places]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed between two versions: in the text, or, where that is the same, in what is said of the page."""

    changes: Compared
    is_of_text: bool


def comparison(library: Library, told: Story, old: int, new: int) -> Comparison:
    """What changed between two places of the list."""
    from tui.text import compared  # late: it knows all of comparing

    before, after = _documents(library, told, old, new)
    texts = frontmatter.body_of(before), frontmatter.body_of(after)
    if texts[0] != texts[1]:
        return Comparison(compared.prepare(*texts), True)
    return Comparison(compared.prepare(_said_of(before), _said_of(after)), False)


def _said_of(data: bytes) -> str:
    """The front matter a line a paragraph, without what every capture writes."""
    head = data.decode("utf-8", "replace").removesuffix(frontmatter.body_of(data))
    lines = (line for line in head.splitlines() if not line.startswith(_EACH_CAPTURES))
    return "\n\n".join(line for line in lines if line.strip() != "---")


_EACH_CAPTURES = ("captured:", "capture:", " ")
