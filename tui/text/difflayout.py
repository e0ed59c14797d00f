"""A comparison set in lines of a given width: in one column, or the old text beside the new one. No screen here.

Paragraphs are broken by offsets, and a line is cut into pieces when it is asked for: what nobody looks at costs
nothing but its place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import Literal

from store.diff import Row
from tui.text.compared import Change, Compared, Fold
from tui.text.linebreak import lines

Op = Literal["=", "-", "+"]
Kind = Literal["=", "~", "-", "+"]

GUTTER = 2  # columns: the mark of a paragraph and a blank
DIVIDER = 3  # columns between the two sides
MEASURE = 88  # columns of text, at most: longer lines are hard to read
_MARGIN = 1  # columns at the right, free
_NARROWEST = 2  # columns of text
_AT_ONCE = 100_000  # characters that are laid out in some 30 ms
_ROW_EFFORT = 50  # characters: what a row costs beside its text


# --- one paragraph --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Flow:
    """Parts of a paragraph as one text without its line end. `starts[n]` is where part `n` begins in it.

    A part that belongs to the other side only has no length.
    """

    text: str
    ops: tuple[Op, ...]
    starts: tuple[int, ...]

    def pieces(self, start: int, end: int) -> Iterator[tuple[Op, str]]:
        """What stands from `start` to `end`, as (op, text); none is empty."""
        part = max(0, bisect_right(self.starts, start) - 1)
        while start < end:
            stop = min(end, self.starts[part + 1]) if part + 1 < len(self.starts) else end
            if start < stop:
                yield self.ops[part], self.text[start:stop]
                start = stop
            part += 1


def _flow(row: Row, without: Op | None = None) -> Flow:
    texts = ["" if op == without else text.removesuffix("\n") for op, text in row.parts]
    starts = tuple(accumulate(map(len, texts), initial=0))
    return Flow("".join(texts), tuple(op for op, _ in row.parts), starts[:-1])


@dataclass(frozen=True, slots=True)
class Column:
    """What stands in one column of a line, of a paragraph of this kind: (op, text) in order."""

    kind: Kind
    pieces: tuple[tuple[Op, str], ...]

    @property
    def text(self) -> str:
        """All of it, without marks."""
        return "".join(text for _, text in self.pieces)


@dataclass(frozen=True, slots=True)
class Line:
    """One line on the screen, of this row or, where `fold` is not 0, in place of so many paragraphs.

    One column, or the old text and the new one; None where a side has nothing. No columns: an empty line.
    """

    row: int
    columns: tuple[Column | None, ...] = ()
    fold: int = 0


@dataclass(frozen=True, slots=True)
class _Block:
    """A row set in lines, or a fold: one text and its lines per column."""

    row: int
    kind: Kind = "="
    flows: tuple[Flow | None, ...] = ()
    cuts: tuple[list[tuple[int, int]], ...] = ()
    fold: int = 0

    @property
    def height(self) -> int:
        return max(1, *map(len, self.cuts)) if self.cuts else 1

    def line(self, inside: int) -> Line:
        columns = (
            Column(self.kind, tuple(flow.pieces(*cuts[inside]))) if flow and inside < len(cuts) else None
            for flow, cuts in zip(self.flows, self.cuts, strict=True)
        )
        return Line(self.row, tuple(columns), self.fold)

    def line_of(self, part: int) -> int:
        """The first of its lines with this part, on either side."""
        found = [
            bisect_right(cuts, (flow.starts[part], len(flow.text))) - 1
            for flow, cuts in zip(self.flows, self.cuts, strict=True)
            if flow
        ]
        return max(0, min(found, default=0))


# --- the whole sheet ------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Shape:
    """How a comparison is laid out: in how many columns of the screen, side by side or in one, folded or whole."""

    room: int
    sides: bool = False
    folded: bool = True

    @property
    def widths(self) -> tuple[int, ...]:
        """Columns of the screen for one text, or for each of two, gutter and margin included."""
        most = GUTTER + MEASURE + _MARGIN
        return (min(most, (self.room - DIVIDER) // 2),) * 2 if self.sides else (min(most, self.room),)

    @property
    def width(self) -> int:
        """Columns of the screen for all of it."""
        return sum(self.widths) + DIVIDER * (len(self.widths) - 1)


@dataclass(frozen=True, slots=True)
class Place:
    """A place that outlives another shape: how far down (0 to 1) in which row."""

    row: int
    share: float


class Sheet:
    """All lines of a comparison in one shape, found by number."""

    def __init__(self, compared: Compared, shape: Shape) -> None:
        self.shape = shape
        self._blocks, self._gaps = _blocks(compared, shape)
        self._rows = [block.row for block in self._blocks]
        heights = [block.height + gap for block, gap in zip(self._blocks, self._gaps, strict=True)]
        self._starts = [0, *accumulate(heights)]
        self._folds = [start for start, block in zip(self._starts, self._blocks, strict=False) if block.fold]
        self.changes = tuple(map(self._line_of_change, compared.changes))  # the number of each change's first line

    def __len__(self) -> int:
        return self._starts[-1]

    def line(self, number: int) -> Line:
        """The line with this number."""
        at, inside = self._at(number)
        block = self._blocks[at]
        return block.line(inside) if inside < block.height else Line(block.row)

    def row(self, number: int) -> int:
        """The row that this line belongs to."""
        return self._blocks[self._at(number)[0]].row

    def place(self, number: int) -> Place:
        """Where this line stands, for another sheet of the same comparison."""
        at, inside = self._at(number)
        return Place(self._rows[at], inside / (self._starts[at + 1] - self._starts[at]))

    def line_at(self, place: Place) -> int:
        """The number of the line at a place; what is folded away stands at its fold."""
        at = max(0, bisect_right(self._rows, place.row) - 1)
        start, end = self._starts[at : at + 2]
        if self._rows[at] != place.row:
            return start
        return min(start + round(place.share * (end - start)), end - 1)

    def context(self, number: int) -> int:
        """The first line that belongs to what is shown around this one: the fold before it, or the first of all."""
        found = bisect_right(self._folds, number)
        return self._folds[found - 1] if found else 0

    def between(self, start: tuple[int, int], end: tuple[int, int], column: int = 0) -> str:
        """The text of a column from one (line, character of it) to another, its paragraphs not broken in lines.

        A fold is in it as it is seen: what it hides is not.
        """
        first, last = self._at(start[0])[0], self._at(end[0])[0]
        found = []
        for at in range(first, last + 1):
            block = self._blocks[at]
            if block.fold:
                found.append(folded_label(block.fold) + "\n")
            flow = block.flows[column] if block.flows else None
            if flow is None:
                continue
            begin = self._offset(start, column) if at == first else 0
            stop = self._offset(end, column) if at == last else len(flow.text)
            found.append(flow.text[begin:stop] + "\n" * (1 + self._gaps[at]))
        return "".join(found).rstrip("\n")

    def _at(self, number: int) -> tuple[int, int]:
        at = bisect_right(self._starts, number, hi=len(self._blocks)) - 1
        return at, number - self._starts[at]

    def _offset(self, point: tuple[int, int], column: int) -> int:
        at, inside = self._at(point[0])
        cuts = self._blocks[at].cuts[column]
        if inside >= len(cuts):
            return cuts[-1][1] if cuts else 0
        start, end = cuts[inside]
        return min(end, start + point[1])

    def _line_of_change(self, change: Change) -> int:
        at = bisect_right(self._rows, change.row) - 1
        return self._starts[at] + self._blocks[at].line_of(change.part)


def takes_long(compared: Compared, shape: Shape) -> bool:
    """Whether making this sheet takes so long, more than some 30 ms, that it belongs into a thread."""
    effort = 0
    for item in compared.shown(folded=shape.folded):
        effort += _ROW_EFFORT
        if isinstance(item, int):
            effort += len(shape.widths) * sum(len(text) for _, text in compared.rows[item].parts)
        if effort > _AT_ONCE:
            return True
    return False


def folded_label(count: int) -> str:
    """What a fold says."""
    return f"... {count:,} {'paragraph' if count == 1 else 'paragraphs'} unchanged ..."


def _blocks(compared: Compared, shape: Shape) -> tuple[list[_Block], list[int]]:
    """The rows to be shown, set in lines, and how many empty lines stand after each.

    Blank lines become one gap, none after a fold; a blank line that is itself a change stays a line.
    """
    changed = {change.row for change in compared.changes}
    blocks: list[_Block] = []
    gaps: list[int] = []
    for item in compared.shown(folded=shape.folded):
        is_gap = not isinstance(item, Fold) and compared.rows[item].blank and item not in changed
        if blocks and not blocks[-1].fold and (is_gap or isinstance(item, Fold)):
            gaps[-1] = 1
        if is_gap:
            continue
        gaps.append(0)
        if isinstance(item, Fold):
            blocks.append(_Block(item.row, fold=item.count))
        else:
            blocks.append(_set(item, compared.rows[item], shape))
    return blocks, gaps


def _set(number: int, row: Row, shape: Shape) -> _Block:
    room = max(_NARROWEST, shape.widths[0] - GUTTER - _MARGIN)
    flows = tuple(_sides(row)) if shape.sides else (_flow(row),)
    return _Block(number, row.kind, flows, tuple(lines(flow.text, room) if flow else [] for flow in flows))


def _sides(row: Row) -> Iterator[Flow | None]:
    yield None if row.kind == "+" else _flow(row, without="+")
    yield None if row.kind == "-" else _flow(row, without="-")
