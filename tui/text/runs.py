"""What stands on one line of a prepared text, in runs: the text itself by place, and what frames it. No screen here.

Painting, clicking, hints and copying all read these runs, so they cannot disagree about what stands where. Frames are
plain ASCII: lines drawn with box characters are two cells wide in some Chinese terminals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tui.text.blocks import Block
from tui.text.linebreak import columns
from tui.text.prepared import Piece, Prepared
from tui.text.typeset import Line

MARGIN = 1  # cells before the text
_DEEPEST = 4  # levels of heading that look different


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a line. `name` is that of its style, "" the plain one; a run of text says where in which piece."""

    text: str
    name: str = ""
    piece: Piece | None = None
    start: int = 0

    @property
    def end(self) -> int:
        """The offset in the piece behind it."""
        return self.start + len(self.text)


_MARGIN_RUN = Run(" " * MARGIN)
_BORDER = Run("|", "rule")


def runs_of(prepared: Prepared, number: int) -> list[Run]:
    """The runs of a line, without blanks at its end; none for an empty line."""
    at, line = prepared.page.line(number)
    if line.kind == "gap":
        return []
    return [_MARGIN_RUN, *(run for run in _inside(prepared, at, line) if run.text)]


def _inside(prepared: Prepared, at: int, line: Line) -> Iterator[Run]:
    match line.kind:
        case "rule":
            yield Run("-" * prepared.page.room, "rule")
        case "top" | "middle" | "bottom":
            yield Run("+" + "+".join("-" * (width + 2) for width in line.widths) + "+", "rule")
        case "row":
            yield from _row(prepared, at, line)
        case "label":
            yield from _label(prepared, at, line)
        case "field":
            yield from _field(prepared, at, line)
        case "code":
            yield from _code(prepared, at, line)
        case _:
            yield Run(line.prefix, "marker")
            yield _stretch(prepared, at, line, _name(prepared.document.blocks[at]))


def _name(block: Block) -> str:
    if block.kind == "heading":
        return f"h{min(block.level, _DEEPEST)}"
    return "quote" if block.kind == "quote" else ""


def _code(prepared: Prepared, at: int, line: Line) -> Iterator[Run]:
    """Code on a ground as wide as the text column, with a blank at its left."""
    found = _stretch(prepared, at, line, "block")
    yield Run(line.prefix, "marker")
    yield Run(" ", "block")
    yield found
    yield Run(" " * (prepared.page.room - columns(line.prefix) - 1 - columns(found.text)), "block")


def _row(prepared: Prepared, at: int, line: Line) -> Iterator[Run]:
    name = "head" if line.row == 0 else ""
    for column, part in enumerate(line.parts):
        yield _BORDER
        yield Run(" " * (part.left + 1))
        piece = prepared.text.piece(at, line.row, column)
        if piece is not None:
            yield Run(piece.text[part.start : part.end], name, piece, part.start)
        yield Run(" " * (part.right + 1))
    yield _BORDER


def _field(prepared: Prepared, at: int, line: Line) -> Iterator[Run]:
    label = prepared.text.piece(at, 0, line.column)
    if line.first and label is not None:
        yield Run(label.text.replace("\n", " "), "head", label)
        yield Run(": ", "head")
    else:
        yield Run("  ")
    yield _stretch(prepared, at, line, "head" if line.row == 0 else "")


def _label(prepared: Prepared, at: int, line: Line) -> Iterator[Run]:
    head = prepared.text.piece(at, 0, line.column)
    if head is not None:
        yield Run(head.text[line.start : line.end], "head", head, line.start)
        yield Run(":" if line.end == len(head.text) else "", "head")


def _stretch(prepared: Prepared, at: int, line: Line, name: str) -> Run:
    piece = prepared.text.piece(at, line.row, line.column)
    return Run("") if piece is None else Run(piece.text[line.start : line.end], name, piece, line.start)


def text_of(runs: list[Run]) -> str:
    """The line as it is painted."""
    return "".join(run.text for run in runs)


def spots(prepared: Prepared, first: int, last: int) -> list[tuple[int, int, int]]:
    """(link, line, column) of each link on the lines from `first` to before `last`, where it is first seen."""
    found: dict[int, tuple[int, int]] = {}
    for number in range(first, min(last, len(prepared.page))):
        used = 0
        for run in runs_of(prepared, number):
            if run.piece is not None:
                start = run.piece.place + run.start
                for link in prepared.text.links_between(start, start + len(run.text)):
                    inside = max(0, prepared.text.links[link].start - start)
                    found.setdefault(link, (number, used + columns(run.text[:inside])))
            used += columns(run.text)
    return [(link, number, column) for link, (number, column) in sorted(found.items(), key=lambda each: each[1])]


def copied(prepared: Prepared, start: tuple[int, int], end: tuple[int, int] | None) -> str:
    """The text from the (line, character) `start` to before `end`, or to the end of all.

    Lines of one paragraph come as they were written, without our line breaks; tables and the rest as they are seen.
    """
    last = len(prepared.page) - 1 if end is None else min(end[0], len(prepared.page) - 1)
    found: list[str] = []
    before: tuple[int, Line] | None = None
    for number in range(start[0], last + 1):
        at, line = prepared.page.line(number)
        flows = before is not None and before[0] == at and line.kind == before[1].kind and line.kind in ("text", "code")
        if before is not None:
            text = prepared.document.blocks[at].text
            found.append(text[before[1].end : line.start] if flows else "\n")
        left = start[1] if number == start[0] else 0
        right = end[1] if end is not None and number == end[0] else None
        found.append(_copied_line(runs_of(prepared, number), line, left, right, flows))
        before = at, line
    return "".join(found)


def _copied_line(runs: list[Run], line: Line, left: int, right: int | None, flows: bool) -> str:
    kept, used = "", 0
    for number, run in enumerate(runs):
        cut = run.text[max(0, left - used) : None if right is None else max(0, right - used)]
        used += len(run.text)
        if number == 0 or (line.kind in ("text", "code") and run.piece is None and (flows or run.name != "marker")):
            continue  # the margin, the ground of code, the indent of a line that goes on
        kept += cut
    return kept if line.kind == "code" else kept.rstrip()
