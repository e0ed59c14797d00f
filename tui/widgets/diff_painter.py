"""One line of a diff painted: the mark, the tint of its paragraph, its words, and what of it is selected.

Each segment carries where its first character stands in the line, as Textual's selection wants it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text.difflayout import DIVIDER, GUTTER, Column, Sheet, folded_label
from tui.widgets.painting import Palette, strip

STYLES = "added removed edited added-words removed-words mark here fold divider notice".split()
FILLED = frozenset(("added", "removed", "edited", "added-words", "removed-words", "fold"))
OTHER_SIDE = 1 << 24  # added to where a character stands in the right column, to tell it from one in the left
_BEYOND = 1 << 20  # where nothing stands: behind every line

_TINTS = {"+": "added", "-": "removed", "~": "edited"}
_WORDS = {"+": "added-words", "-": "removed-words"}


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of a line is selected: the characters from `start` to `end` of this column."""

    column: int
    start: int
    end: int
    style: Style


class DiffPainter:
    """Paints with the styles of one widget."""

    def __init__(self, palette: Palette) -> None:
        self._palette = palette

    def notice(self, sentence: str, width: int) -> Strip:
        """A sentence, or an empty line."""
        base = self._palette.base
        if not sentence:
            return Strip.blank(width, base)
        return strip([Segment(" " * GUTTER + sentence, base + self._palette["notice"])], width, base)

    def line(self, sheet: Sheet, number: int, width: int, *, here: bool, chosen: Chosen | None) -> Strip:
        """A line of the sheet; `here`: it is of the paragraph with the current change."""
        line, base = sheet.line(number), self._palette.base
        if line.fold:
            style = _at(base + self._palette["fold"], 0, number)
            bar = strip([Segment(" " * GUTTER + folded_label(line.fold), style)], sheet.shape.width, style)
            return strip(list(bar), width, base)
        segments: list[Segment] = []
        for place, cells in enumerate(sheet.shape.widths):
            if place:
                style = base + self._palette["divider"]
                segments.append(Segment("|".center(DIVIDER), _at(style, _BEYOND, number)))
            column = line.columns[place] if line.columns else None
            tint = self._tint(column, place if sheet.shape.sides else None)
            picked = chosen if chosen is not None and chosen.column == place else None
            shift = place * OTHER_SIDE
            drawn = _placed(self._column(column, tint, picked, here=here), shift, number)
            segments += strip(list(drawn), cells, _at(tint, shift + _BEYOND, number))
        return strip(segments, width, base)

    def _tint(self, column: Column | None, side: int | None) -> Style:
        """The ground of a paragraph; of an edited one, the old text looks removed and the new one added."""
        base = self._palette.base
        if column is None or column.kind == "=":
            return base
        if side is None:
            return base + self._palette[_TINTS[column.kind]]
        return base + self._palette["added" if side else "removed"]

    def _column(self, column: Column | None, tint: Style, picked: Chosen | None, *, here: bool) -> Iterator[Segment]:
        if column is None:
            return
        marked = column.kind != "="
        yield Segment(column.kind if marked else " ", tint + self._palette["here" if here and marked else "mark"])
        yield Segment(" ", tint)
        at = 0
        for op, text in column.pieces:
            style = tint + self._palette[_WORDS[op]] if column.kind == "~" and op != "=" else tint
            yield from _with_selection(Segment(text, style), at, picked)
            at += len(text)


def _with_selection(segment: Segment, at: int, picked: Chosen | None) -> Iterator[Segment]:
    """A segment that begins at this character of its line, parted where the selection begins and ends."""
    text, style = segment.text, segment.style
    start, end = (max(0, picked.start - at), max(0, picked.end - at)) if picked is not None else (0, 0)
    if picked is None or style is None or not text[start:end]:
        yield segment
        return
    for part, look in ((text[:start], style), (text[start:end], style + picked.style), (text[end:], style)):
        if part:
            yield Segment(part, look)


def _placed(segments: Iterable[Segment], shift: int, number: int) -> Iterator[Segment]:
    at = -GUTTER
    for text, style, _ in segments:
        yield Segment(text, _at(style or Style.null(), shift + max(0, at), number))
        at += len(text)


def _at(style: Style, character: int, number: int) -> Style:
    """The style of a segment that begins at this character of this line."""
    return style + Style.from_meta({"offset": (character, number)})
