"""Rows as they are to be shown: the catalogue's, with what a file edited by hand says instead (pure)."""

from __future__ import annotations

from dataclasses import replace

from store import frontmatter
from store.address import host_of
from store.errors import DamagedDocument
from store.link import Row


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
