"""What a long job reports, as values."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` (None: not known); `doing` is a verb (capturing, reading), `what` the thing at hand."""

    doing: str
    done: int
    total: int | None = None
    what: str = ""


class Cancelled(Exception):
    """The user gave a long job up, and nothing of it has happened."""


Report = Callable[[Progress], None]


def silent(_: Progress) -> None:
    """Reports to nobody."""
