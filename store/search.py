"""A query in, links out."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from typing import TYPE_CHECKING, Literal

from store import frontmatter
from store.errors import DamagedDocument, NoSuchLink
from store.library import Library
from store.link import Row
from store.text import fold

if TYPE_CHECKING:
    from store.finding.query import Query

Sort = Literal["added", "captured", "title", "host"]
SORTS: tuple[Sort, ...] = ("added", "captured", "title", "host")


def select(library: Library, wanted: Query | None, *, sort: Sort = "added", limit: int | None = None) -> Iterator[Row]:
    """The links that match, newest first or sorted by name; without a query no file is read but the rows' own.

    Trashed links show only where the query asks for them; those that are only queued show as pending.
    """
    queued = library.queued()
    rows = library.dress(library.catalogue.select(sort=sort))
    if queued:
        rows = _merged(queued, rows, sort)
    found = (row for row in rows if row.trashed is None) if wanted is None else _matching(library, wanted, rows)
    yield from itertools.islice(found, limit)


def _matching(library: Library, wanted: Query, rows: Iterator[Row]) -> Iterator[Row]:
    from store.finding import matching, query

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


def _merged(queued: Sequence[Row], rows: Iterator[Row], sort: Sort) -> Iterator[Row]:
    """Sorted rows with the queued ones in their places: before others of the same second, before others pending."""
    waiting = deque(_sorted(queued, sort))
    before = _BEFORE[sort]
    ids = {row.id for row in queued}
    for row in rows:
        while waiting and before(waiting[0], row):
            yield waiting.popleft()
        if row.id not in ids:  # else it was committed while we list
            yield row
    yield from waiting


def _sorted(queued: Sequence[Row], sort: Sort) -> Sequence[Row]:
    newest_first = sorted(queued, key=lambda row: row.added)[::-1]
    if sort == "title":
        return sorted(newest_first, key=_by_title)
    return sorted(newest_first, key=lambda row: row.host) if sort == "host" else newest_first


def _by_title(row: Row) -> tuple[str, str]:
    return fold(row.title), row.title


_BEFORE: dict[Sort, Callable[[Row, Row], bool]] = {
    "added": lambda queued, row: queued.added >= row.added,
    "captured": lambda _, row: row.captured is None,
    "title": lambda queued, row: _by_title(queued) < _by_title(row),
    "host": lambda queued, row: (queued.host, row.added) <= (row.host, queued.added),
}
