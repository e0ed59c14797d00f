"""A comparison of two documents, as values: Row, Change, Comparison. `store.diff` makes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from store.diff.inline import Op, Part


@dataclass(frozen=True, slots=True)
class Row:
    """One line of either document, or a line of the old one that became a line of the new one.

    `kind`: "=" same, "~" changed, "-" removed, "+" added. `old_no` and `new_no` count lines from 1, None where there is
    no such line. `parts` are (op, text) in order, op "=", "-" or "+"; none is empty, the line end is in them.
    """

    kind: Literal["=", "~", "-", "+"]
    old_no: int | None
    new_no: int | None
    parts: tuple[Part, ...]

    @property
    def old(self) -> str:
        """The line as it was, with its line end; empty when it was not there."""
        return _joined(self.parts, without="+")

    @property
    def new(self) -> str:
        """The line as it is, with its line end; empty when it is not there."""
        return _joined(self.parts, without="-")

    @property
    def blank(self) -> bool:
        """Nothing but white space on either side."""
        return all(text.isspace() for _, text in self.parts)


@dataclass(frozen=True, slots=True)
class Change:
    """One edit, as `diff --json` prints it. Whole lines removed and added side by side are one change."""

    op: Literal["insert", "delete", "replace"]
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """All lines of both documents, in order: the "=" and "-" parts joined are the old one, "=" and "+" the new one."""

    rows: tuple[Row, ...]

    @property
    def added_chars(self) -> int:
        """The `a` of `update: title (+a −r)`: characters (code points) of all "+" parts, line ends included.

        A line that was added counts whole, so `added_chars - removed_chars` is the difference in length.
        """
        return self._chars("+")

    @property
    def removed_chars(self) -> int:
        """The `r`: characters of all "-" parts, counted in the same way."""
        return self._chars("-")

    @property
    def changes(self) -> tuple[Change, ...]:
        """The edits in order. The lengths of their `old` add up to `removed_chars`, of their `new` to `added_chars`."""
        return tuple(_changes(self.rows))

    def _chars(self, counted: Op) -> int:
        return sum(len(text) for row in self.rows for op, text in row.parts if op == counted)


def _changes(rows: Iterable[Row]) -> Iterator[Change]:
    for whole_lines, group in groupby(rows, key=lambda row: row.kind in "-+"):
        if whole_lines:
            yield _change([part for row in group for part in row.parts])
            continue
        for row in group:
            yield from _edits(row.parts)


def _edits(parts: Iterable[Part]) -> Iterator[Change]:
    for same, group in groupby(parts, key=lambda part: part[0] == "="):
        if not same:
            yield _change(list(group))


def _change(parts: list[Part]) -> Change:
    old, new = _joined(parts, without="+"), _joined(parts, without="-")
    if not old:
        return Change("insert", old, new)
    return Change("replace" if new else "delete", old, new)


def _joined(parts: Iterable[Part], without: Op) -> str:
    return "".join(text for op, text in parts if op != without)
