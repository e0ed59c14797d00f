"""What the sidebar lists, as a plain model: the views, and the tags as a tree that can be folded. No screen here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from store.text import one_line

Kind = Literal["heading", "view", "tag"]
ALL = ""

# name -> query, in the order of the sidebar; those in _RARE are listed only while there is something in them
VIEWS: dict[str, str] = {
    "All links": ALL,
    "Unread": "is:unread",
    "Starred": "is:starred",
    "Changed": "is:changed",
    "Untagged": "is:untagged",
    "Broken": "is:broken",
    "Pending": "is:pending",
    "Held": "is:held",
    "Archived": "is:archived",
    "Damaged": "is:damaged",
    "Trash": "is:trashed",
}
_RARE = ("Archived", "Damaged")


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of the sidebar. `query` finds its links; `depth` is that of a tag in its tree; `folds`: tags lie below.

    `name` is clean, `tag` as it stands in the files.
    """

    kind: Kind
    name: str
    query: str = ALL
    count: int = 0
    depth: int = 0
    folds: bool = False
    folded: bool = False
    tag: str = ""


class Navigation:
    """The entries, and which tags are folded."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self._counts: Mapping[str, int] = {}
        self._tags: Sequence[tuple[str, int]] = ()
        self._folded: set[str] = set()
        self._arrange()

    def show(self, counts: Mapping[str, int], tags: Sequence[tuple[str, int]]) -> None:
        """Counts by query, and (tag, count) with every tag behind the one it is nested in."""
        self._counts, self._tags = counts, tags
        self._arrange()

    def fold(self, entry: Entry, *, folded: bool | None = None) -> bool:
        """Fold what is below a tag, or show it (None: the other of the two); False where nothing is below."""
        if not entry.folds:
            return False
        key = entry.query.casefold()
        if folded is None:
            folded = key not in self._folded
        (self._folded.add if folded else self._folded.discard)(key)
        self._arrange()
        return True

    def place_of(self, query: str) -> int:
        """Where the entry with this query stands; the first view where there is none."""
        for place, entry in enumerate(self.entries):
            if entry.kind != "heading" and entry.query == query:
                return place
        return 1

    def holds(self, query: str) -> bool:
        """There is an entry with this query, and it is not folded away."""
        return any(entry.kind != "heading" and entry.query == query for entry in self.entries)

    def _arrange(self) -> None:
        self.entries = [Entry("heading", "Views"), *self._views()]
        if self._tags:
            self.entries += [Entry("heading", "Tags"), *self._tag_entries()]

    def _views(self) -> Iterator[Entry]:
        for name, query in VIEWS.items():
            count = self._counts.get(query, 0)
            if count or name not in _RARE:
                yield Entry("view", name, query, count)

    def _tag_entries(self) -> Iterator[Entry]:
        hidden = None  # the folded tag whose descendants are passed over
        for place, (tag, count) in enumerate(self._tags):
            key = tag.casefold()
            if hidden is not None and key.startswith(hidden):
                continue
            hidden = None
            following = self._tags[place + 1][0].casefold() if place + 1 < len(self._tags) else ""
            query = tag_query(tag)
            folds, folded = following.startswith(key + "/"), query.casefold() in self._folded
            if folds and folded:
                hidden = key + "/"
            yield Entry("tag", one_line(tag, 100), query, count, tag.count("/"), folds, folded, tag)


def tag_query(tag: str) -> str:
    """The query that finds a tag and what is below it; quoted where the tag holds what a query would read."""
    return f'tag:"{tag}"' if any(character in tag for character in "()") else f"tag:{tag}"


def name_of(query: str) -> str:
    """What the entry with this query is called."""
    known = {found: name for name, found in VIEWS.items()}
    return known.get(query) or "#" + one_line(query.removeprefix("tag:").strip('"'), 100)
