"""How long an event loop was held up, and what by: a task on it that wants to be woken every 5 ms.

    async with Heartbeat() as heart:
        ...
    print(heart.longest)

A block is the time by which it was woken too late. The kernel tells how much of it the thread worked, and how much it
stood in the queue for a core, which is nobody's fault here. The rest is waiting: for the interpreter's lock, which
another thread holds, or for a disk. A thread that holds the lock may itself stand in that queue; so what all threads
together stood there is taken off before the loop is blamed. Needs Linux.
"""

from __future__ import annotations

import asyncio
import os
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from types import TracebackType
from typing import Self

BEAT = 0.005  # seconds


@dataclass(frozen=True, slots=True)
class Block:
    """All in ms: how late the beat was; how much of that the loop's thread worked, and was queued for a core.

    `all_queued` is what all threads of the process together were queued, this one too.
    """

    late: float
    worked: float
    queued: float
    all_queued: float

    @property
    def own(self) -> float:
        """What the loop cannot blame on the machine: its work, and what it waited while nobody was queued."""
        return max(self.worked, self.late - self.all_queued)

    def __str__(self) -> str:
        waited = max(0.0, self.late - self.worked - self.queued)
        return (
            f"{self.late:.1f} ms late: worked {self.worked:.1f}, queued for a core {self.queued:.1f},"
            f" waited for others {waited:.1f}; its own {self.own:.1f}"
        )


@dataclass(frozen=True, slots=True)
class _Sample:
    wall: float
    worked: float
    queued: dict[str, float]


class Heartbeat:
    """Beats on the running loop while it is in `with`."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self._task: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        self._task = asyncio.create_task(self._beat())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self._task is not None:
            self._task.cancel()
            with suppress(asyncio.CancelledError):
                await self._task

    @property
    def longest(self) -> Block:
        """The block during which the loop was held up longest."""
        return max(self.blocks, key=lambda block: block.late)

    @property
    def longest_own(self) -> Block:
        """The one with most that the loop cannot blame on the machine."""
        return max(self.blocks, key=lambda block: block.own)

    async def _beat(self) -> None:
        thread, before = str(threading.get_native_id()), _sample()
        while True:
            await asyncio.sleep(BEAT)
            now = _sample()
            queued = {task: since - before.queued.get(task, 0.0) for task, since in now.queued.items()}
            late = (now.wall - before.wall) - BEAT * 1000
            self.blocks.append(Block(late, now.worked - before.worked, queued[thread], sum(queued.values())))
            before = _sample()


def _sample() -> _Sample:
    return _Sample(time.perf_counter() * 1000, time.thread_time() * 1000, _queued())


def _queued() -> dict[str, float]:
    """ms that each thread of this process has stood in the queue for a core, by its number."""
    found = {}
    for task in os.listdir("/proc/self/task"):
        with suppress(OSError), open(f"/proc/self/task/{task}/schedstat", "rb", buffering=0) as told:
            found[task] = int(told.read().split()[1]) / 1e6
    return found
