"""What is kept, as values: Link, Capture, Version, Row, Queued."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from typing import Literal

Status = Literal["unread", "read", "archived"]
State = Literal["ok", "pending", "broken", "held", "damaged"]
STATUSES: tuple[Status, ...] = ("unread", "read", "archived")
EXTRACTOR = "pagelog 3"  # raised whenever the same bytes would give another Markdown body


@dataclass(frozen=True, slots=True)
class Capture:
    """How the body came to be: the `capture` map of the front matter.

    `sha256` is over the bytes of the Markdown body as captured; None means: treated as edited by hand.
    `others` are keys we do not know, as (key, YAML scalar text) pairs.
    """

    status: int | None = None
    type: str | None = None
    charset: str | None = None
    extractor: str | None = None
    sha256: str | None = None
    others: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Unknown:
    """Front-matter lines of a key we do not know, verbatim, and the known key they follow ("" = none)."""

    key: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Link:
    """One document of the library, front matter and body, as FORMAT.md has it. Times are `2026-11-22T10:00:00Z`."""

    id: str
    url: str
    title: str
    added: str
    tags: tuple[str, ...] = ()
    captured: str | None = None
    page_title: str | None = None
    final_url: str | None = None
    site: str | None = None
    author: str | None = None
    published: str | None = None
    modified: str | None = None
    lang: str | None = None
    description: str | None = None
    doc_number: str | None = None
    index_number: str | None = None
    publisher: str | None = None
    issued: str | None = None
    subject: str | None = None
    status: Status = "unread"
    starred: bool = False
    trashed: str | None = None
    note: str | None = None
    capture: Capture | None = None
    body: str = ""
    unknown: tuple[Unknown, ...] = ()

    @property
    def pending(self) -> bool:
        """In the library, never captured yet."""
        return self.captured is None and not self.body

    @property
    def edited(self) -> bool:
        """The body is the user's own work (RULES 2): its hash is not the captured one."""
        if not self.body:
            return False
        return self.capture is None or self.capture.sha256 != body_sha256(self.body)

    def with_(self, **changes: object) -> Link:
        """A copy with these fields changed."""
        return replace(self, **changes)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Row:
    """A link as a list shows it: from the catalogue and the untracked state, no file read.

    `path` is empty while the link is only queued: it has no file, no blob and no versions yet.
    `host` is the URL's host without `www.`; `damaged` is the reason the file cannot be read.
    `blob` is the git blob of the file in HEAD, `stat` the file's size and time (ns) when it was last known to hold it;
    `changed`: a refresh changed the body and nobody opened it since.
    """

    id: str
    path: str
    url: str
    host: str
    title: str
    tags: tuple[str, ...]
    status: Status
    starred: bool
    added: str
    captured: str | None
    trashed: str | None
    note: str | None
    versions: int
    blob: str
    pending: bool
    broken: bool = False
    held: bool = False
    changed: bool = False
    damaged: str | None = None
    stat: tuple[int, int] | None = None

    @property
    def queued(self) -> bool:
        """Not in the library yet: its capture has not settled."""
        return not self.path

    @property
    def state(self) -> State:
        """The first true of damaged, pending, held, broken, ok (RULES 3)."""
        if self.damaged is not None:
            return "damaged"
        if self.pending:
            return "pending"
        if self.held:
            return "held"
        return "broken" if self.broken else "ok"


@dataclass(frozen=True, slots=True)
class Queued:
    """An addition whose capture has not settled yet. `number` orders the queue; 0: not on it yet.

    `url` is normalised, `typed` what the user gave. `id` is the id that the link will have, or has.
    """

    number: int
    url: str
    id: str
    typed: str
    tags: tuple[str, ...]
    note: str | None
    added: str


@dataclass(frozen=True, slots=True)
class Version:
    """One committed state of a link. `number` counts from 1, the oldest; `when` is the committer's time in UTC."""

    number: int
    commit: str
    blob: str
    path: str
    when: str
    action: str
    subject: str


def body_sha256(body: str) -> str:
    """The hash the front matter keeps: over exactly the UTF-8 bytes of the body."""
    return sha256(body.encode()).hexdigest()


def timestamp(moment: datetime) -> str:
    """A moment as files and JSON carry it: UTC, whole seconds, `Z`."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
