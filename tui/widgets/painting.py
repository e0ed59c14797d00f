"""How our line widgets paint: styles by name from the style sheet, and strips cut from segments.

A widget with the component classes `<prefix>--<name>` asks for `name`; colours with an alpha are blended over its own
background. Styles are kept until the style sheet or the theme changes.
"""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

_BLANK = " " * 512


class Palette:
    """The styles of one widget, by name; `filled` names keep their background, the others take that below them."""

    def __init__(self, widget: ScrollView, prefix: str, filled: frozenset[str]) -> None:
        self._widget = widget
        self._prefix = prefix
        self._filled = filled
        self._styles: dict[str, Style] = {}

    def clear(self) -> None:
        """The style sheet has changed."""
        self._styles.clear()

    @property
    def base(self) -> Style:
        """The widget's own colours."""
        found = self._styles.get("")
        if found is None:
            found = self._styles[""] = self._widget.rich_style
        return found

    def __getitem__(self, name: str) -> Style:
        found = self._styles.get(name)
        if found is None:
            found = self._styles[name] = self._made(f"{self._prefix}--{name}", name in self._filled)
        return found

    def _made(self, component: str, filled: bool) -> Style:
        blended = self._widget.get_component_rich_style(component)
        own = self._widget.get_component_rich_style(component, partial=True)  # alone it would lose its alpha
        return Style(
            color=blended.color if own.color is not None else None,
            bgcolor=blended.bgcolor if filled else None,
            bold=own.bold,
            italic=own.italic,
            underline=own.underline,
            strike=own.strike,
            reverse=own.reverse,
        )


def blanks(count: int, style: Style) -> Segment:
    """So many empty cells."""
    return Segment(_BLANK[:count] if count <= len(_BLANK) else " " * count, style)


def strip(segments: list[Segment], width: int, style: Style) -> Strip:
    """A line of exactly `width` cells."""
    return Strip(segments).adjust_cell_length(width, style)


def selected(line: Strip, start: int, end: int, style: Style) -> Strip:
    """The characters from `start` to before `end` in another style; an `end` of -1 is that of the text."""
    end = len(line.text.rstrip()) if end == -1 else end
    found: list[Segment] = []
    before = 0
    for text, own, control in line:
        first, last = max(0, start - before), max(0, end - before)
        for part, chosen in ((text[:first], False), (text[first:last], True), (text[max(first, last) :], False)):
            if part:
                found.append(Segment(part, (own or Style()) + style if chosen else own, control))
        before += len(text)
    return Strip(found, line.cell_length)


def overlaid(line: Strip, column: int, text: str, style: Style) -> Strip:
    """A line with other text painted over the cells from `column` on; it stays as long as it was."""
    length = line.cell_length
    column = max(0, min(column, length - cell_len(text)))
    painted = Strip([Segment(text, style)])
    return Strip.join([line.crop(0, column), painted, line.crop(column + painted.cell_length, length)])
