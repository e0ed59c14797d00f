"""While pages are captured beside it, the app stays awake: its event loop is never held up for long."""

from __future__ import annotations

import asyncio
import gc
import sys
import time
from collections.abc import Iterator

import pytest

from heartbeat import Heartbeat
from pages import article
from person import Person, use

pytestmark = [
    pytest.mark.slow,
    pytest.mark.usefixtures("site_allowed"),
    pytest.mark.skipif(sys.platform != "linux", reason="what the kernel tells of threads"),
]

PAGES = 200
LONGEST = 50  # ms
PATIENCE = 180  # seconds


@pytest.fixture
def nothing_old_is_collected() -> Iterator[None]:
    """What the test's own tools hold in memory is not looked through for garbage: no app has that."""
    gc.collect()
    gc.freeze()
    yield
    gc.unfreeze()


async def all_captured(person: Person) -> None:
    """Wait without looking at the screen: that would be work on the loop that is measured."""
    end = time.monotonic() + PATIENCE
    while sum(job.done for job in person.app.captures.jobs) < PAGES or person.app.captures.active:
        assert time.monotonic() < end
        await asyncio.sleep(0.05)


def test_the_loop_is_never_held_up_while_two_hundred_links_are_captured(pagelog, site, nothing_old_is_collected):
    addresses = [site.put(f"/{number}", article(f"Page {number}", "<p>A tide table.</p>" * 40)) for number in range(PAGES)]
    heart = Heartbeat()

    async def story(person: Person) -> None:
        await person.pastes("\n".join(addresses))
        await person.sees("Add links")
        async with heart:
            await person.press("enter")
            await all_captured(person)
            await asyncio.sleep(0.5)  # what it draws at the end belongs to it
        await person.sees(f"{PAGES} added")

    use(pagelog, story)

    print(f"\nlongest block of {len(heart.blocks)} beats: {heart.longest}\nlongest of its own: {heart.longest_own}")
    assert len(pagelog.commits()) == PAGES + 1
    assert heart.longest_own.own <= LONGEST
