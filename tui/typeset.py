"""Blocks -> lines of a given width, by offsets into the blocks' texts. No screen here: a reader only paints them.

Tables are laid out in a grid whose cells wrap; where a grid has no room for its columns, each row becomes a list of
fields. Nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from tui.blocks import Align, Block, Cell
from tui.linebreak import columns, lines

LineKind = Literal["text", "code", "rule", "row", "field", "top", "middle", "bottom", "gap"]
_LEAST_CELL = 4  # columns: two wide characters
_CELL_FRAME = 3  # a border and a blank on both sides


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of one cell on one line, with the blanks around it that align it."""

    start: int
    end: int
    left: int
    right: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen.

    `text` and `code` are a stretch of the block's text behind `prefix`. `row` has a part for each cell of table row
    `row`, `field` a stretch of cell `column` in row `row`, labelled with the head of its column where `first`. `top`,
    `middle`, `bottom` are borders of a grid with columns of `widths`; `gap` is empty.
    """

    kind: LineKind
    start: int = 0
    end: int = 0
    prefix: str = ""
    row: int = 0
    column: int = 0
    first: bool = False
    parts: tuple[Part, ...] = ()
    widths: tuple[int, ...] = ()


def typeset(block: Block, room: int) -> tuple[Line, ...]:
    """The lines of a block in `room` columns, without the empty ones after it."""
    match block.kind:
        case "rule":
            return (Line("rule"),)
        case "table":
            return _table(block, room)
        case "code":
            return _code(block, room)
        case _:
            broken = lines(block.text, room - columns(block.rest), room - columns(block.first))
            return tuple(
                Line("text", start, end, block.rest if number else block.first)
                for number, (start, end) in enumerate(broken)
            )


def _code(block: Block, room: int) -> tuple[Line, ...]:
    found: list[Line] = []
    offset, inside = 0, max(2, room - columns(block.first) - 2)
    for source in block.text.split("\n"):
        found += [Line("code", offset + a, offset + b, block.first) for a, b in _folded(source, inside)]
        offset += len(source) + 1
    return tuple(found)


def _folded(source: str, room: int) -> list[tuple[int, int]]:
    """A line of code, parted at the edge wherever that is: its blanks mean something."""
    found, start, used = [], 0, 0
    for at, character in enumerate(source):
        size = columns(character)
        if used + size > room:
            found.append((start, at))
            start, used = at, 0
        used += size
    return [*found, (start, len(source))]


# --- tables ---------------------------------------------------------------------------------------------------------


def _table(block: Block, room: int) -> tuple[Line, ...]:
    count = max(map(len, block.rows), default=0)
    if not count:
        return ()
    if count * (_LEAST_CELL + _CELL_FRAME) + 1 > room:
        return _fields(block, room)
    widths = _widths(block.rows, count, room - count * _CELL_FRAME - 1)
    found = [Line("top", widths=widths)]
    for number, row in enumerate(block.rows):
        found += _row(number, row, widths, block.aligns)
        if number == 0:
            found.append(Line("middle", widths=widths))
    return (*found, Line("bottom", widths=widths))


def _widths(rows: Sequence[Sequence[Cell]], count: int, room: int) -> tuple[int, ...]:
    """As wide as the text, and where that is too much the widest columns give way first."""
    natural = [
        max((_longest(row[column].text) for row in rows if column < len(row)), default=1) for column in range(count)
    ]
    widths = [max(1, width) for width in natural]
    while sum(widths) > room:
        widest = max(widths)
        after = max([width for width in widths if width < widest], default=_LEAST_CELL)
        number = widths.count(widest)
        step = max(1, min(widest - max(after, _LEAST_CELL), -(-(sum(widths) - room) // number)))
        widths = [width - step if width == widest else width for width in widths]
    return tuple(widths)


def _longest(text: str) -> int:
    return max(map(columns, text.split("\n")))


def _row(number: int, row: Sequence[Cell], widths: Sequence[int], aligns: Sequence[Align]) -> list[Line]:
    cells = [lines(cell.text, width) for cell, width in zip(row, widths, strict=False)]
    cells += [[(0, 0)]] * (len(widths) - len(cells))
    found = []
    for line in range(max(map(len, cells))):
        parts = []
        for column, (broken, width) in enumerate(zip(cells, widths, strict=True)):
            start, end = broken[line] if line < len(broken) else (0, 0)
            used = columns(row[column].text[start:end]) if column < len(row) else 0
            parts.append(_aligned(start, end, width - used, aligns[column] if column < len(aligns) else "left"))
        found.append(Line("row", row=number, parts=tuple(parts)))
    return found


def _aligned(start: int, end: int, blanks: int, align: Align) -> Part:
    blanks = max(0, blanks)
    left = {"left": 0, "center": blanks // 2, "right": blanks}[align]
    return Part(start, end, left, blanks - left)


def _fields(block: Block, room: int) -> tuple[Line, ...]:
    head, *rows = block.rows
    found: list[Line] = []
    for number, row in enumerate(rows, 1):
        for column, cell in enumerate(row):
            label = columns(head[column].text) + 2 if column < len(head) else 0
            beside = label <= room // 2  # else the text begins below its label
            broken = lines(cell.text, room - 2, room - label if beside else None)
            if not beside:
                broken.insert(0, (0, 0))
            found += [
                Line("field", start, end, row=number, column=column, first=at == 0)
                for at, (start, end) in enumerate(broken)
            ]
        found.append(Line("gap"))
    return tuple(found[:-1])


# --- the whole page -------------------------------------------------------------------------------------------------


class Page:
    """All lines of a document in one width, found by number."""

    def __init__(self, blocks: Sequence[Block], room: int) -> None:
        self.room = room
        self._lines = [typeset(block, room) for block in blocks]
        heights = [len(found) + block.gap for found, block in zip(self._lines, blocks, strict=True)]
        self._starts = [0, *accumulate(heights)]

    def __len__(self) -> int:
        return self._starts[-1]

    def line(self, number: int) -> tuple[int, Line]:
        """The block a line belongs to, and the line."""
        block = bisect_right(self._starts, number, hi=len(self._lines)) - 1
        inside = number - self._starts[block]
        found = self._lines[block]
        return block, found[inside] if inside < len(found) else Line("gap")

    def first_line(self, block: int) -> int:
        """The number of a block's first line."""
        return self._starts[block]

    def line_of(self, block: int, offset: int) -> int:
        """The number of the line on which this offset of a block's text stands."""
        for inside, line in enumerate(self._lines[block]):
            if line.start <= offset < max(line.end, line.start + 1):
                return self._starts[block] + inside
        return self._starts[block]
