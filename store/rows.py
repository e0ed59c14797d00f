"""Rows as they are to be shown: the catalogue's, with what a file edited by hand says; queued ones (pure)."""

from __future__ import annotations

from dataclasses import replace

from store import frontmatter
from store.address import host_of
from store.errors import DamagedDocument
from store.link import Link, Queued, Row


def as_edited(row: Row, data: bytes) -> Row:
    """The row with what the file's bytes say; an unreadable file makes it damaged."""
    try:
        link = frontmatter.loads(data, row.path)
    except DamagedDocument as error:
        return replace(row, damaged=error.reason)
    return replace(
        row,
        url=link.url,
        host=host_of(link.url),
        title=link.title,
        tags=link.tags,
        status=link.status,
        starred=link.starred,
        added=link.added,
        captured=link.captured,
        trashed=link.trashed,
        note=link.note,
        pending=link.pending,
        damaged=None,
    )


def as_queued(entry: Queued, id_: str) -> Row:
    """A link that is queued only: pending, without a file."""
    return Row(
        id=id_,
        path="",
        url=entry.url,
        host=host_of(entry.url),
        title=entry.url,
        tags=entry.tags,
        status="unread",
        starred=False,
        added=entry.added,
        captured=None,
        trashed=None,
        note=entry.note,
        versions=0,
        blob="",
        pending=True,
    )


def as_pending(queued: Row) -> Link:
    """What a queued row is committed as when its capture is not waited for."""
    return Link(queued.id, queued.url, queued.title, queued.added, queued.tags, note=queued.note)
