"""A query in, links out."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Literal

from store import frontmatter, matching, query
from store.errors import NoSuchLink
from store.library import Library
from store.link import Row

Sort = Literal["added", "captured", "title", "host"]
SORTS: tuple[Sort, ...] = ("added", "captured", "title", "host")


def select(
    library: Library, wanted: query.Query | None, *, sort: Sort = "added", limit: int | None = None
) -> Iterator[Row]:
    """The links that match, newest first or sorted by name; without a query no file is read but the rows' own.

    Trashed links show only where the query asks for them.
    """
    library.catch_up()
    rows = library.dress(library.catalogue.select(sort=sort))
    today = library.clock().date()

    def matches(row: Row) -> bool:
        if wanted is None:
            return row.trashed is None
        if row.trashed is not None and not query.shows_trash(wanted):
            return False
        return matching.matches(wanted, row, lambda: _body(library, row), today)

    yield from itertools.islice(filter(matches, rows), limit)


def _body(library: Library, row: Row) -> str:
    try:
        return frontmatter.body_of(library.raw(row.id))
    except NoSuchLink:
        return ""
