"""Many links changed as one commit: read under the lock in blocks, made anew, those that differ written.

It can be given up until the very moment in which the documents are exchanged; then nothing has happened.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Event
from typing import TYPE_CHECKING

from store import commit, frontmatter
from store.commit import Action, Commit
from store.link import Link
from store.progress import Cancelled, Progress, Report, silent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from store.writing.view import View

_A_BLOCK = 500  # links read at once, and between two looks at `cancelled`
Subject = Callable[[Sequence[Link]], str]


@dataclass(frozen=True, slots=True)
class Change:
    """What an action did: its commits, the links it changed, and the group they share (None for a single one).

    `joined`: the document had changed since the user began to edit it, and the two changes were merged.
    """

    commits: tuple[str, ...]
    ids: tuple[str, ...]
    group: str | None = None
    joined: bool = False


@dataclass(frozen=True, slots=True)
class Pace:
    """What a long change tells, and who may stop it."""

    report: Report = silent
    cancelled: Event | None = None

    def blocks(self, view: View, doing: str, paths: dict[str, str]) -> Iterator[tuple[str, str]]:
        """(id, path) of these, read in bulk, a block at a time.

        Raises Cancelled; `cancelled` is looked at once more when all is written and nothing can be seen yet.
        """
        wanted = list(paths.items())
        for start in range(0, len(wanted), _A_BLOCK):
            self.report(Progress(doing, start, len(wanted)))
            self.go_on()
            block = wanted[start : start + _A_BLOCK]
            view.read_all(path for _, path in block)
            yield from block
        self.report(Progress("writing", len(wanted), len(wanted)))
        view.last_moment = self.go_on

    def go_on(self) -> None:
        """Raises Cancelled when the user has given up."""
        if self.cancelled is not None and self.cancelled.is_set():
            raise Cancelled


@dataclass(slots=True)
class Changing:
    """One change of many links. `read` gives path and link, None where it is to be left alone.

    `changed`: the links as the last plan made them.
    """

    action: Action
    make: Callable[[Link], Link]
    subject: Subject
    read: Callable[[View, str, str], tuple[str, Link] | None]
    pace: Pace = field(default_factory=Pace)
    changed: list[Link] = field(default_factory=list)

    def commits(self, view: View, paths: dict[str, str], group: str | None) -> list[Commit]:
        """The plan: one commit, or none where nothing changes. `paths`: by id. Raises Cancelled, what `read` raises."""
        self.changed.clear()
        files: dict[str, bytes | None] = {}
        for id_, path in self.pace.blocks(view, "changing links", paths):
            found = self.read(view, id_, path)
            new = None if found is None else self.make(found[1])
            if found is not None and new is not None and new != found[1]:
                files[found[0]] = frontmatter.dumps(new)
                self.changed.append(new)
        if not self.changed:
            return []
        ids = tuple(link.id for link in self.changed)
        return [Commit(self.subject(self.changed), self.action, ids, files, group)]


def new_group() -> str:
    """A name for commits that are one action: 16 hex digits."""
    return os.urandom(8).hex()


def titled(verb: str) -> Subject:
    """`edit: The title` of one link, `edit: 12 links` of several."""

    def subject(links: Sequence[Link]) -> str:
        return commit.titled(verb, links[0].title) if len(links) == 1 else f"{verb}: {len(links)} links"

    return subject
