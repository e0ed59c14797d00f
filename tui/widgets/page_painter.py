"""Paints the lines of a prepared text: what each stretch is, the colours of code, hits, the chosen link.

It knows no widget, only a palette. The styles of the names are the reader's.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui.text.colouring import Stretch, between
from tui.text.hits import Hits
from tui.text.prepared import Prepared
from tui.text.runs import Run, runs_of
from tui.widgets.painting import Palette, blanks

_Painted = tuple[int, int, Style]  # from an offset to before another


class PagePainter:
    """What is to be painted, and how: its attributes are set by the reader."""

    def __init__(self, palette: Palette) -> None:
        self.palette = palette
        self.hits: Hits | None = None
        self.chosen: int | None = None  # the number of a link
        self.colours: dict[int, tuple[Stretch, ...]] = {}  # of code, by block

    def strip(self, prepared: Prepared, number: int, width: int) -> Strip:
        """A line, `width` cells wide; each character knows its offset in it, each link its number."""
        found: list[Segment] = []
        at = used = 0
        for run in runs_of(prepared, number):
            for text, style, _ in self._segments(prepared, run):
                found.append(Segment(text, (style or Style()) + Style.from_meta({"offset": (at, number)})))
                at += len(text)
                used += cell_len(text)
        if used < width:
            ground = self.palette.base + Style.from_meta({"offset": (at, number)})
            found.append(blanks(width - used, ground))
        return Strip(found, max(used, width)).adjust_cell_length(width)

    def _segments(self, prepared: Prepared, run: Run) -> Iterator[Segment]:
        ground = self.palette.base + self.palette[run.name] if run.name else self.palette.base
        layers = list(self._painted(prepared, run))
        if not layers:
            yield Segment(run.text, ground)
            return
        edges = sorted({run.start, run.end, *(edge for layer in layers for edge in layer[:2])})
        for start, end in pairwise(edges):
            style = ground
            for first, last, layer in layers:
                if first <= start and end <= last:
                    style += layer
            yield Segment(run.text[start - run.start : end - run.start], style)

    def _painted(self, prepared: Prepared, run: Run) -> Iterator[_Painted]:
        """What lies on a stretch of text, from the ground up, cut to it."""
        for start, end, style in self._layers(prepared, run):
            if start < run.end and end > run.start:
                yield max(start, run.start), min(end, run.end), style

    def _layers(self, prepared: Prepared, run: Run) -> Iterator[_Painted]:
        piece = run.piece
        if piece is None:
            return
        for stretch in between(self.colours.get(piece.block, ()), run.start, run.end):
            yield stretch.start, stretch.end, self.palette[stretch.name]
        for span in prepared.text.spans_between(piece, run.start, run.end):
            yield span.start, span.end, self.palette[span.mark]
        for number in prepared.text.links_between(piece.place + run.start, piece.place + run.end):
            link = prepared.text.links[number]
            style = Style(meta={"link": number})
            if number == self.chosen:
                style += self.palette["chosen"]
            yield link.start - piece.place, link.end - piece.place, style
        if self.hits is not None:
            current = self.hits.current_in(piece)
            for hit in self.hits.between(piece, run.start, run.end):
                yield *hit, self.palette["hit-now" if hit == current else "hit"]
