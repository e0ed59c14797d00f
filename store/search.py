"""A query in, links out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from store import frontmatter
from store.errors import DamagedDocument, NoSuchLink
from store.library import Library
from store.link import Row

if TYPE_CHECKING:
    from store.query import Query

Sort = Literal["added", "captured", "title", "host"]
SORTS: tuple[Sort, ...] = ("added", "captured", "title", "host")


def select(library: Library, wanted: Query | None, *, sort: Sort = "added", limit: int | None = None) -> Iterator[Row]:
    """The links that match, newest first or sorted by name; without a query no file is read but the rows' own.

    Trashed links show only where the query asks for them.
    """
    library.catch_up()
    rows = library.dress(library.catalogue.select(sort=sort))
    found = (row for row in rows if row.trashed is None) if wanted is None else _matching(library, wanted, rows)
    yield from itertools.islice(found, limit)


def _matching(library: Library, wanted: Query, rows: Iterator[Row]) -> Iterator[Row]:
    from store import matching, query

    today = library.clock().date()
    trash_too = query.shows_trash(wanted)
    for row in rows:
        if row.trashed is not None and not trash_too:
            continue
        if matching.matches(wanted, row, lambda row=row: _body(library, row), today):  # type: ignore[misc]
            yield row


def _body(library: Library, row: Row) -> str:
    try:
        return frontmatter.body_of(library.bytes_of(row))
    except (NoSuchLink, DamagedDocument):
        return ""
