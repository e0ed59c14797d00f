"""Manners towards a host: few requests at once, a pause between them, and waiting when it asks for it."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from store.capture.budget import SLICE, Budget


@dataclass(slots=True)
class _Host:
    places: threading.Semaphore
    lock: threading.Lock = field(default_factory=threading.Lock)
    next_time: float = 0.0


class Manners:
    """Shared by all fetches of a job."""

    def __init__(self, per_host: int, delay: float) -> None:
        self._per_host = per_host
        self._delay = delay
        self._lock = threading.Lock()
        self._hosts: dict[str, _Host] = {}

    @contextmanager
    def turn(self, host: str, budget: Budget) -> Iterator[None]:
        """Wait for a place and for the pause; the budget's clock stands still meanwhile. Raises Cancelled."""
        with self._lock:
            known = self._hosts.setdefault(host, _Host(threading.Semaphore(self._per_host)))
        with budget.stopped():
            while not known.places.acquire(timeout=SLICE):
                budget.check_cancelled()
        try:
            with known.lock:
                now = time.monotonic()
                start = max(now, known.next_time)
                known.next_time = start + self._delay
            budget.rest(start - now)
            yield
        finally:
            known.places.release()


def asked_wait(header: str | None, now: datetime | None = None) -> float | None:
    """Seconds that a Retry-After asks for; None when it says nothing sensible (no number, negative, past)."""
    words = (header or "").strip()
    if words.isascii() and words.isdecimal():
        return float(words[:12])
    try:
        moment = parsedate_to_datetime(words)
    except (ValueError, TypeError, IndexError):
        return None
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    seconds = (moment - (now or datetime.now(UTC))).total_seconds()
    return seconds if seconds > 0 else None
