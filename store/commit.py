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
KEPT = f"{BY_HAND}, kept"


@dataclass(frozen=True, slots=True)
class Commit:
    """One commit to be made. `files`: path -> its new bytes (None: removed); `links`: the ids it is about.

    `undoes`: the commit or group that it takes back, or puts back. `told`: lines below the subject, for people.
    `other`: a second parent; `files` are against the first. `modes`: of files that are programs.
    `existing`: the commit is there already, and only main moves to it. `onto`: another parent than HEAD, with what the
    commit changes against that; `files` say what it changes against HEAD all the same.
    """

    subject: str
    action: Action
    links: tuple[str, ...]
    files: Mapping[str, bytes | None] = field(default_factory=dict)
    group: str | None = None
    undoes: str | None = None
    told: tuple[str, ...] = ()
    other: str | None = None
    modes: Mapping[str, str] = field(default_factory=dict)
    existing: str | None = None
    onto: tuple[str, Mapping[str, bytes | None]] | None = None

    @property
    def message(self) -> str:
        """Subject and trailers, ending in a newline."""
        trailers = [f"Pagelog-Action: {self.action}"]
        trailers += [f"Pagelog-Link: {link}" for link in self.links[:MOST_LINKS]]
        if self.undoes:
            trailers.append(f"Pagelog-Undoes: {self.undoes}")
        if self.group:
            trailers.append(f"Pagelog-Group: {self.group}")
        told = "".join(f"{one_line(line)}\n" for line in self.told)
        return f"{self.subject}\n\n" + (f"{told}\n" if told else "") + "".join(f"{line}\n" for line in trailers)


def titled(verb: str, title: str) -> str:
    """`add: The title`, the title cleaned and cut at 60 columns."""
    return f"{verb}: {clip(one_line(title), TITLE_COLUMNS)}"


def updated(title: str, added: int, removed: int) -> str:
    """`update: The title (+12 −3)`, in characters."""
    return f"{titled('update', title)} (+{added} −{removed})"


def counted(text: str, links: int) -> str:
    """`tag: +policy (3 links)`; one link is not counted."""
    return clip(one_line(text), TITLE_COLUMNS) + (f" ({links} links)" if links > 1 else "")
