"""What a commit says: subject and trailers, as FORMAT.md has them (pure)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from store.text import clip, one_line

Action = Literal[
    "init", "add", "update", "tag", "edit", "adopt", "trash", "remove", "restore", "import",
    "merge", "undo", "redo", "repair", "purge", "reextract", "settings",
]  # fmt: skip
TITLE_COLUMNS = 60
MOST_LINKS = 100
BY_HAND = "edit: by hand"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit to be made. `files`: path -> its new bytes (None: removed); `links`: the ids it is about."""

    subject: str
    action: Action
    links: tuple[str, ...]
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    group: str | None = None

    @property
    def message(self) -> str:
        """Subject and trailers, ending in a newline."""
        trailers = [f"Pagelog-Action: {self.action}"]
        trailers += [f"Pagelog-Link: {link}" for link in self.links[:MOST_LINKS]]
        if self.group:
            trailers.append(f"Pagelog-Group: {self.group}")
        return f"{self.subject}\n\n" + "".join(f"{trailer}\n" for trailer in trailers)


def titled(verb: str, title: str) -> str:
    """`add: The title`, the title cleaned and cut at 60 columns."""
    return f"{verb}: {clip(one_line(title), TITLE_COLUMNS)}"


def updated(title: str, added: int, removed: int) -> str:
    """`update: The title (+12 −3)`, in characters."""
    return f"{titled('update', title)} (+{added} −{removed})"


def counted(text: str, links: int) -> str:
    """`tag: +policy (3 links)`; one link is not counted."""
    return clip(one_line(text), TITLE_COLUMNS) + (f" ({links} links)" if links > 1 else "")
