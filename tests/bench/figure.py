"""A line of the bench's table."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in `unit`, and the most it should be; without a goal it is only told."""

    name: str
    value: float
    unit: str
    goal: float | None
    detail: str

    def __str__(self) -> str:
        judged = f"{'':<17}" if self.goal is None else f"goal {self.goal:<4g} {self._verdict:<7}"
        return f"{self.name:<38} {self.value:8.2f} {self.unit:<3} {judged} {self.detail}"

    @property
    def _verdict(self) -> str:
        return "MISSED" if self.goal is not None and self.value > self.goal else "ok"


def median(values: Iterable[float]) -> float:
    """The one in the middle."""
    return statistics.median(values)


def spread(values: Iterable[float]) -> str:
    """The least and the most, and of how many."""
    ordered = sorted(values)
    return f"least {ordered[0]:.0f}, most {ordered[-1]:.0f} of {len(ordered)}"
