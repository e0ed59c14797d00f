"""The full-screen app in a test: run it without a terminal, press keys, read what stands on the screen.

    def test_j_goes_down():
        async def steps(pilot):
            await pilot.press("j")
            return text_of(pilot.app)

        assert run(MyApp(), (80, 24), steps)[0] == "second line"

What is read is what a terminal would get, behind every filter. A wide character is one of the text, and two cells.
"""

from __future__ import annotations

import asyncio
import unicodedata
from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

from rich.cells import cell_len
from rich.style import Style
from textual.app import App
from textual.pilot import Pilot
from textual.strip import Strip
from textual.widget import Widget
from textual.worker import WorkerState

T = TypeVar("T")
Steps = Callable[[Pilot[Any]], Awaitable[T]]

_UNDER_WAY = (WorkerState.PENDING, WorkerState.RUNNING)
_PATIENCE = 10  # seconds


def run(app: App[Any], size: tuple[int, int], steps: Steps[T]) -> T:
    """What `steps` gives, carried out on the app in a terminal of `size` (columns, lines)."""

    async def whole() -> T:
        app.animation_level = "none"
        async with app.run_test(size=size) as pilot:
            await settle(pilot)
            return await steps(pilot)

    return asyncio.run(whole())


async def settle(pilot: Pilot[Any]) -> None:
    """Wait until no worker is under way, every message has arrived and the screen is painted."""
    async with asyncio.timeout(_PATIENCE):
        await pilot.pause()
        while any(worker.state in _UNDER_WAY for worker in pilot.app.workers):
            await asyncio.sleep(0.005)
            await pilot.pause()


async def until(pilot: Pilot[Any], holds: Callable[[], bool]) -> None:
    """Wait until it holds; fails after ten seconds."""
    async with asyncio.timeout(_PATIENCE):
        while not holds():
            await pilot.pause(0.01)


def text_of(app: App[Any], widget: Widget | str | None = None) -> list[str]:
    """The lines on the screen, or in a widget but for its scroll bars, without the blanks at their ends."""
    return [strip.text.rstrip() for strip in strips_of(app, widget)]


def strips_of(app: App[Any], widget: Widget | str | None = None) -> list[Strip]:
    """The lines on the screen, or in a widget but for its scroll bars, with their styles."""
    strips = app.screen._compositor.render_strips()
    if widget is None:
        return strips
    region = (app.screen.query_one(widget) if isinstance(widget, str) else widget).scrollable_content_region
    return [strip.crop(region.x, region.right) for strip in strips[region.y : region.bottom]]


def cell_of(app: App[Any], text: str) -> tuple[int, int]:
    """Column and line of the cell where `text` begins, from the top: where to click."""
    for y, strip in enumerate(strips_of(app)):
        before, found, _ = strip.text.partition(text)
        if found:
            return cell_len(before), y
    raise AssertionError(f"{text!r} is not on the screen:\n" + "\n".join(text_of(app)))


def style_of(app: App[Any], text: str) -> Style:
    """The style of the first character of `text`, where it stands first on the screen."""
    x, y = cell_of(app, text)
    return next(style for column, _, style in cells(strips_of(app)[y]) if column == x)


def cells(strip: Strip) -> Iterator[tuple[int, str, Style]]:
    """(column, character, style) of each character of a line."""
    column = 0
    for segment in strip:
        for character in segment.text:
            yield column, character, segment.style or Style.null()
            column += cell_len(character)


def odd_characters(app: App[Any]) -> set[str]:
    """Characters on the screen that no text may bring there: controls, marks of direction, private use."""
    shown = set("".join(strip.text for strip in strips_of(app))) - {"\u200c", "\u200d"}  # joiners of emoji
    return {character for character in shown if unicodedata.category(character) in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp")}
