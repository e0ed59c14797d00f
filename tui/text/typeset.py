"""Blocks -> lines of a given width, by offsets into the blocks' texts. No screen here: a reader only paints them.

Tables are laid out in a grid whose cells wrap; where a grid has no room for its columns, each row becomes a list of
fields. Nothing is cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import attrgetter
from typing import Literal

from tui.text.blocks import Align, Block, Cell
from tui.text.linebreak import columns, lines

LineKind = Literal["text", "code", "rule", "row", "label", "field", "top", "middle", "bottom", "gap"]
_LEAST_CELL = 8  # columns: what is set in less is no longer read
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
    `row`, `field` a stretch of cell `column` in row `row`, labelled with the head of its column where `first`; `label`
    is a stretch of a head that is wider than the page. `top`, `middle`, `bottom` are borders of a grid with columns of
    `widths`; `gap` is empty.
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
            first, rest = _short(block.first, room), _short(block.rest, room)
            broken = lines(block.text, room - columns(rest), room - columns(first))
            return tuple(
                Line("text", start, end, rest if number else first) for number, (start, end) in enumerate(broken)
            )


def _short(prefix: str, room: int) -> str:
    """A prefix that leaves half of the room to the text: of deep nesting only the innermost levels are seen."""
    return prefix if len(prefix) * 2 <= room else prefix[len(prefix) - room // 2 :]


def _code(block: Block, room: int) -> tuple[Line, ...]:
    first, rest = _short(block.first, room), _short(block.rest, room)
    found: list[Line] = []
    offset, inside = 0, max(2, room - columns(first) - 2)
    for source in block.text.split("\n"):
        for start, end in _folded(source, inside):
            found.append(Line("code", offset + start, offset + end, rest if found else first))
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
    natural = _natural(block.rows, count)
    inside = room - count * _CELL_FRAME - 1
    if sum(min(width, _LEAST_CELL) for width in natural) > inside:
        return _fields(block, room)
    widths = _shrunk(natural, inside)
    found = [Line("top", widths=widths)]
    for number, row in enumerate(block.rows):
        found += _row(number, row, widths, block.aligns)
        if number == 0:
            found.append(Line("middle", widths=widths))
    return (*found, Line("bottom", widths=widths))


def _natural(rows: Sequence[Sequence[Cell]], count: int) -> list[int]:
    """As wide as the text of each column."""
    return [max(1, *(_longest(row[column].text) for row in rows if column < len(row))) for column in range(count)]


def _shrunk(widths: list[int], room: int) -> tuple[int, ...]:
    """Where the text is too wide, the widest columns give way first."""
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
    for number, row in enumerate(rows, 1) if rows else [(0, head)]:  # a head alone is a row without labels
        for column, cell in enumerate(row):
            label = head[column].text if number and column < len(head) else ""
            found += _field(cell.text, label, room, number, column)
        found.append(Line("gap"))
    return tuple(found[:-1])


def _field(text: str, label: str, room: int, row: int, column: int) -> list[Line]:
    """A labelled text: beside its label, or below one that takes more than half of the room."""
    width = columns(label) + 2
    beside = width <= room // 2
    found: list[Line] = []
    broken = lines(text, room - 2, room - width if beside else None)
    if width > room:
        found = [Line("label", start, end, row=row, column=column) for start, end in lines(label, room - 1)]
    elif text and not beside:
        broken.insert(0, (0, 0))
    is_labelled = bool(label) and not found
    return found + [
        Line("field", start, end, row=row, column=column, first=at == 0 and is_labelled)
        for at, (start, end) in enumerate(broken)
    ]


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
        """The number of the line on which this offset of a block's text stands: not for tables."""
        inside = bisect_right(self._lines[block], offset, key=attrgetter("start")) - 1
        return self._starts[block] + max(0, inside)
