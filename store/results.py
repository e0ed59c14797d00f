"""What was asked of a capture, how it ended, and what became of it: the values of the main job (pure)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from store.capture.many import Outcome
from store.errors import PagelogError
from store.link import Link, Queued

Outcome_ = Literal["added", "updated", "unchanged", "held", "pending", "failed"]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for beside the capture itself. `adding`: new links are made; `later`: without a capture.

    `queued`: as the queue says, page by page; `entry` is what it says of one page.
    """

    tags: tuple[str, ...] = ()
    note: str | None = None
    adding: bool = False
    later: bool = False
    queued: bool = False
    force: bool = False
    group: str | None = None
    entry: Queued | None = None

    @property
    def makes_links(self) -> bool:
        """An unknown page becomes a link."""
        return self.adding or self.entry is not None

    def revives(self, link: Link) -> bool:
        """The link comes back from the trash: it was added again, and not before it was thrown away."""
        if link.trashed is None:
            return False
        return self.adding or (self.entry is not None and self.entry.added >= link.trashed)


@dataclass(frozen=True, slots=True)
class Finished:
    """A capture that ended, well or not; `outcome` None: not tried. `id`: the link it was asked for, if known.

    `saved`: it was made from a file, and what is wrong with that says nothing about the page.
    """

    url: str
    id: str | None
    outcome: Outcome | None
    saved: bool = False


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one input, as `add` and `refresh` tell it. `error` says why it is pending, failed or held.

    `edit_kept`: the body was the user's own work and is so still, with what changed on the page put in. `dropped`: the
    page gives what the user refused: when that was, in UTC, empty where it is not known.
    """

    input: str
    id: str | None
    url: str | None
    title: str | None
    path: str | None
    result: Outcome_
    error: PagelogError | None = None
    added_chars: int = 0
    removed_chars: int = 0
    edit_kept: bool = False
    dropped: str | None = None

    def for_input(self, text: str) -> Result:
        """The same, told to whoever typed this."""
        return replace(self, input=text)

    def unchanged(self) -> Result:
        """The same page named once more."""
        return replace(self, result="unchanged", error=None, added_chars=0, removed_chars=0, edit_kept=False)
