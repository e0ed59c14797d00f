"""Somebody who uses the app: presses keys, waits until the screen says something.

    async def story(person):
        await person.press("a")
        await person.types(site.url("/page"))
        await person.press("enter")
        await person.sees("Added: The page")

    use(pagelog, story)

The app runs in this process on the library of a `Pagelog`, without a terminal; everything else is real.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from textual import events
from textual.keys import _character_to_key
from textual.pilot import Pilot

from program import Pagelog
from screens import text_of
from tui.app import PagelogApp
from tui.session import start

PATIENCE = 20.0  # seconds


@dataclass(frozen=True, slots=True)
class Person:
    """One at the keyboard."""

    pilot: Pilot[Any]
    app: PagelogApp

    async def press(self, *keys: str) -> None:
        """Keys by Textual's names."""
        await self.pilot.press(*keys)

    async def types(self, text: str) -> None:
        """A text, letter by letter."""
        await self.pilot.press(*text)

    async def bursts(self, *keys: str) -> None:
        """Keys all at once, as a slow line, a macro or an input method gives them."""
        for key in keys:
            character = key if len(key) == 1 else None
            self.app.post_message(events.Key(_name_of(key), character))
        await self.pilot.pause()

    async def pastes(self, text: str) -> None:
        """A text, all at once, as a terminal gives what is pasted."""
        self.app.post_message(events.Paste(text))
        await self.pilot.pause()

    async def adds(self, *addresses: str) -> None:
        """The dialog, the addresses, Enter."""
        await self.press("a")
        await self.sees("Add links")
        await self.pastes("\n".join(addresses))
        await self.press("enter")

    async def sees(self, *texts: str, patience: float = PATIENCE) -> str:
        """Wait until all of these stand on the screen at once; the screen."""
        return await self._wait(lambda screen: all(text in screen for text in texts), f"sees {texts}", patience)

    async def sees_no(self, text: str, patience: float = PATIENCE) -> str:
        """Wait until this is gone; the screen."""
        return await self._wait(lambda screen: text not in screen, f"sees no {text!r}", patience)

    @property
    def screen(self) -> str:
        """What stands there now."""
        return "\n".join(text_of(self.app))

    async def _wait(self, holds: Callable[[str], bool], what: str, patience: float) -> str:
        end = asyncio.get_running_loop().time() + patience
        while not holds(self.screen):
            if asyncio.get_running_loop().time() > end:
                raise AssertionError(f"waited {patience:g} s until one {what}:\n{self.screen}")
            await self.pilot.pause(0.02)
        return self.screen


def _name_of(key: str) -> str:
    return _character_to_key(key) if len(key) == 1 else key


def use(
    pagelog: Pagelog, story: Callable[[Person], Awaitable[None]], size: tuple[int, int] = (120, 40)
) -> tuple[int, int]:
    """The story, from start to end of the app: what it left queued, and what it gave up."""
    session = start(str(pagelog.library), None)
    with session.open(make=True) as library:
        app = PagelogApp(session, library)

        async def whole() -> None:
            async with app.run_test(size=size) as pilot:
                await story(Person(pilot, app))

        try:
            asyncio.run(whole())
        finally:
            left = app.stop()
    return left
