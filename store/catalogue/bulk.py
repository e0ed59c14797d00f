"""What is read of all links at once, in a few big cells.

A thread that asks SQLite for a hundred thousand rows gives up the interpreter and waits for it a hundred thousand
times; one that asks for a cell does once. `group_concat` takes the rows of a subquery in their order.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, cast

from store.catalogue.schema import ORDER, Sort
from store.database import Cells
from store.finding.narrowing import Rows

_ID_DIGITS = 12
_AT_ONCE = 500  # variables of a statement
_COUNTS = "id IS NOT NULL AND first"
_CELLS = """SELECT group_concat(number, ' '), group_concat(id, ''), CAST(group_concat(words, char(10)) AS BLOB),
    CAST(group_concat(fields, char(10)) AS BLOB), group_concat(char(facts), '') FROM"""
_COLUMNS = "SELECT number, id, words, fields, facts FROM files"


class Ask(Protocol):
    """All rows of a query."""

    def __call__(self, sql: str, *values: str | int) -> list[Cells]:
        """The catalogue's own way to ask."""
        ...


@dataclass(frozen=True, slots=True)
class Searched:
    """Rows for queries, and which these are: rows with the same number are always the same."""

    numbers: array[int]
    rows: Rows


def numbers(ask: Ask, sort: Sort) -> array[int]:
    """The numbers of all links, in order."""
    wanted = f"SELECT number FROM files WHERE {_COUNTS} ORDER BY {ORDER[sort]}"
    return _numbers(ask(f"SELECT group_concat(number, ' ') FROM ({wanted})")[0][0])


def first_ids(ask: Ask, sort: Sort, limit: int) -> list[str]:
    """The ids of the first so many links that are not in the trash, in order; -1: of all."""
    wanted = f"SELECT id FROM files WHERE {_COUNTS} AND trashed IS NULL ORDER BY {ORDER[sort]} LIMIT ?"
    return _ids(ask(f"SELECT group_concat(id, '') FROM ({wanted})", limit)[0][0])


def tags(ask: Ask) -> list[tuple[str, int]]:
    """(packed tags, number of links with just these), of links that have some and are not in the trash."""
    wanted = f"SELECT tags, count(*) AS n FROM files WHERE {_COUNTS} AND trashed IS NULL AND tags <> '' GROUP BY tags"
    packed, counts = ask(f"SELECT group_concat(tags, char(0)), group_concat(n, ' ') FROM ({wanted})")[0]
    return list(zip(str(packed).split("\0"), _numbers(counts), strict=True)) if counts else []


def every_searched(ask: Ask, sort: Sort) -> Searched:
    """All links, in order. Going through the table and sorting is quicker than following an index through it."""
    return _searched(ask(f"{_CELLS} ({_COLUMNS} NOT INDEXED WHERE {_COUNTS} ORDER BY {ORDER[sort]})"))


def searched(ask: Ask, wanted: Sequence[int]) -> Iterator[Searched]:
    """The links with these numbers, as far as there are any, in no order."""
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        yield _searched(ask(f"{_CELLS} ({_COLUMNS} WHERE {_COUNTS} AND number IN ({marks}))", *some))


def _searched(found: list[Cells]) -> Searched:
    cells = list(reversed(found.pop()))  # each is let go of when it is taken apart: they are large
    if cells[0] is None:
        return Searched(array("q"), Rows())
    numbers = _numbers(cells.pop())
    ids, words, fields = _ids(cells.pop()), _lines(cells.pop()), _lines(cells.pop())
    return Searched(numbers, Rows(ids, words, fields, str(cells.pop()).encode("latin-1")))


def _numbers(cell: object) -> array[int]:
    return array("q", map(int, str(cell or "").split()))


def _ids(cell: object) -> list[str]:
    text = str(cell or "")
    return [text[at : at + _ID_DIGITS] for at in range(0, len(text), _ID_DIGITS)]


def _lines(cell: object) -> list[str]:
    return cast("bytes", cell).decode("latin-1").split("\n")
