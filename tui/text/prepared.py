"""A Markdown text made ready to be read: its blocks, its lines in one width, and every place in it by one number.

A place counts the characters of the text as it is read, block after block, cell after cell, one more between them. It
means the same in every width. No screen here: a thread may make all of it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate

from store.text import fold
from tui.text.blocks import Block, Document, Span, parse
from tui.text.typeset import Line, Page

WIDEST = 88  # columns of text: longer lines are hard to read
_MARGINS = 2  # a blank on both sides
_NARROWEST = 4
_HEAD = 8_000  # characters
_LONGEST_HEAD = 4 * _HEAD
_FEW = 20  # spans
_APART = "\x1f"  # between pieces: no clean text has it

_FENCE = re.compile(r"[ \t>*+-]*(`{3,}|~{3,})")
_EMOJI_SHAPE = "\ufe0f"  # makes some characters wide in one terminal and not in the next
_GOES_ON = (" ", "\t", "\n", "-", "*", "+", "|", ">")  # what a line that begins no block of its own begins with


@dataclass(frozen=True, slots=True)
class Piece:
    """The text of a block or, in a table, of one cell. `place` is that of its first character."""

    number: int
    place: int
    block: int
    text: str
    spans: tuple[Span, ...]
    row: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """A link or a picture that can be followed, between two places."""

    start: int
    end: int
    url: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading: `level` counts from 1, `block` is its number."""

    level: int
    text: str
    block: int


class Text:
    """A document, its pieces in reading order, and what can be looked up in them. It never changes."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.pieces: list[Piece] = []
        self._cells: dict[tuple[int, int, int], int] = {}
        self._first_pieces: list[int] = []
        self._reached: dict[int, list[int]] = {}  # of a piece with many spans: how far the first ones reach
        self.length = 0
        for number, block in enumerate(document.blocks):
            self._first_pieces.append(len(self.pieces))
            self._add(number, block)
        self._starts = [piece.place for piece in self.pieces]
        self.links = [link for piece in self.pieces if piece.spans for link in _links(piece, document.targets)]
        self._link_starts = [link.start for link in self.links]
        self.headings = [
            Heading(block.level, block.text, number)
            for number, block in enumerate(document.blocks)
            if block.kind == "heading"
        ]

    def _add(self, number: int, block: Block) -> None:
        if block.kind != "table":
            self._add_piece(number, block.text, block.spans)
            return
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                self._cells[number, row, column] = len(self.pieces)
                self._add_piece(number, cell.text, cell.spans, row, column)

    def _add_piece(self, block: int, text: str, spans: tuple[Span, ...], row: int = 0, column: int = 0) -> None:
        if len(spans) > 1:
            spans = tuple(sorted(spans, key=lambda span: (span.start, -span.end, span.mark == "picture")))
        self.pieces.append(Piece(len(self.pieces), self.length, block, text, spans, row, column))
        self.length += len(text) + 1

    def piece(self, block: int, row: int = 0, column: int = 0) -> Piece | None:
        """The piece of a block, or of this cell of a table; None where a row has no such cell."""
        if self.document.blocks[block].kind != "table":
            return self.pieces[self._first_pieces[block]]
        number = self._cells.get((block, row, column))
        return None if number is None else self.pieces[number]

    def piece_at(self, place: int) -> Piece:
        """The piece in which a place lies; there must be one."""
        return self.pieces[max(0, bisect_right(self._starts, place) - 1)]

    def place_of_block(self, block: int) -> int:
        """Where a block begins; past the last one, the end."""
        if block >= len(self._first_pieces) or self._first_pieces[block] >= len(self.pieces):
            return self.length
        return self.pieces[self._first_pieces[block]].place

    def links_between(self, start: int, end: int) -> range:
        """The numbers of the links of which something lies between two places. Links do not overlap."""
        first = max(0, bisect_right(self._link_starts, start) - 1)
        if first < len(self.links) and self.links[first].end <= start:
            first += 1
        return range(first, bisect_left(self._link_starts, end))

    def spans_between(self, piece: Piece, start: int, end: int) -> tuple[Span, ...]:
        """Those of a piece that begin before `end`, without the first ones that all end before `start`."""
        if len(piece.spans) <= _FEW:
            return piece.spans
        reached = self._reached.get(piece.number)
        if reached is None:
            reached = self._reached[piece.number] = list(accumulate((span.end for span in piece.spans), max))
        first, last = bisect_right(reached, start), bisect_left(piece.spans, end, key=lambda span: span.start)
        return piece.spans[first:last]

    @cached_property
    def folded(self) -> tuple[str, list[int]]:
        """All pieces as they are searched, in one text, and where each begins in it (one more: past the end)."""
        whole = fold(_APART.join(piece.text for piece in self.pieces))
        ends = [found.start() for found in re.finditer(_APART, whole)]
        return whole, [0, *(end + 1 for end in ends), len(whole) + 1]


def _links(piece: Piece, targets: tuple[str, ...]) -> list[Link]:
    """Those that lead somewhere; a picture inside a link is part of it."""
    found: list[Link] = []
    end = 0
    for span in piece.spans:
        if span.target is None or not targets[span.target] or span.start < end or span.start == span.end:
            continue
        end = span.end
        found.append(Link(piece.place + span.start, piece.place + end, targets[span.target]))
    return found


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text with its lines for a reader of `width` columns."""

    text: Text
    width: int
    page: Page

    @property
    def document(self) -> Document:
        """The blocks and addresses."""
        return self.text.document

    def again(self, width: int) -> Prepared:
        """The same text for another width."""
        return Prepared(self.text, width, Page(self.text.document.blocks, room_in(width)))

    def place_of(self, number: int) -> int:
        """The place at which a line begins; what has none (borders, empty lines) takes that of the next line."""
        while number < len(self.page):
            block, line = self.page.line(number)
            place = self._start(block, line)
            if place is not None:
                return place
            number += 1
        return self.text.length

    def _start(self, block: int, line: Line) -> int | None:
        match line.kind:
            case "text" | "code" | "rule":
                return self.text.place_of_block(block) + line.start
            case "field":
                piece = self.text.piece(block, line.row, line.column)
                return None if piece is None else piece.place + line.start
            case "row":
                column = next((at for at, part in enumerate(line.parts) if part.end > part.start), None)
                piece = None if column is None else self.text.piece(block, line.row, column)
                return None if piece is None or column is None else piece.place + line.parts[column].start
        return None

    def line_of(self, place: int) -> int:
        """The number of the line on which a place stands: the last one for what lies behind the end."""
        if place >= self.text.length:
            return max(0, len(self.page) - 1)
        piece = self.text.piece_at(place)
        offset = place - piece.place
        if self.document.blocks[piece.block].kind != "table":
            return self.page.line_of(piece.block, offset)
        return self._line_in_table(piece, offset)

    def _line_in_table(self, piece: Piece, offset: int) -> int:
        """The last line that goes on with a cell at or before an offset; of equal ones the first."""
        found, reached = self.page.first_line(piece.block), -1
        for number in range(found, self.page.first_line(piece.block + 1)):
            start = _start_in(self.page.line(number)[1], piece)
            if start is not None and reached < start <= offset:
                found, reached = number, start
        return found

    def top_of(self, place: int) -> int:
        """The line to scroll to for reading on at a place: a table at its beginning is seen with its border."""
        if place < self.text.length:
            piece = self.text.piece_at(place)
            if place == self.text.place_of_block(piece.block):
                return self.page.first_line(piece.block)
        return self.line_of(place)


def _start_in(line: Line, piece: Piece) -> int | None:
    """The offset at which a line of a table goes on with a cell; None where it has nothing of it."""
    match line.kind:
        case "row" if line.row == piece.row:
            part = line.parts[piece.column]
            start, end = part.start, part.end
        case "field" if line.column == piece.column and line.row == piece.row:
            start, end = line.start, line.end
        case "field" if line.column == piece.column and line.first and piece.row == 0:
            return 0  # a head is the label of its fields
        case "label" if line.column == piece.column and piece.row == 0:
            start, end = line.start, line.end
        case _:
            return None
    return start if end > start or not piece.text else None


def prepare(markdown: str, width: int) -> Prepared:
    """A text made ready for a reader of `width` columns (`Reader.columns`). Pure, and safe in a thread."""
    document = parse(markdown.replace(_EMOJI_SHAPE, ""))
    return Prepared(Text(document), width, Page(document.blocks, room_in(width)))


def room_in(width: int) -> int:
    """Columns of text in a reader of `width` columns."""
    return max(_NARROWEST, min(WIDEST, width - _MARGINS))


def head_of(markdown: str) -> str:
    """The beginning of a long text, whole blocks of about 8,000 characters; a short text as it is."""
    if len(markdown) <= _HEAD:
        return markdown
    window = markdown[:_LONGEST_HEAD]
    fence, at, cut = "", 0, 0
    for line in window.splitlines(keepends=True):
        if at > _HEAD and not fence and window[at - 2 : at] == "\n\n" and not line.startswith(_GOES_ON):
            return window[:at]
        fence = _fence_after(line, fence)
        at += len(line)
        cut = at if line.endswith("\n") and at < len(window) else cut
    return window[: cut or len(window)]


def _fence_after(line: str, fence: str) -> str:
    """The fence that is open behind a line: "" for none."""
    found = _FENCE.match(line)
    if found is None:
        return fence
    if not fence:
        return found[1]
    return "" if found[1].startswith(fence) else fence
