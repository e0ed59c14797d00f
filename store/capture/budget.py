"""What one capture may still spend: its time, its bytes and the user's patience.

One clock runs over everything a capture does on the network. It stands still only while we wait out of manners.
Nothing may wait longer than `slice()` at a time, so that a user who gives up is obeyed at once.
Connections are pooled and outlive a capture, so sockets do not hold a budget: they ask for the `current()` one,
that of the capture which this thread is doing.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Literal, Self

from store.capture.limits import FetchSettings
from store.errors import TimedOut, TooLarge

Waiting = Literal["connect", "answer", "body"]

SLICE = 0.2  # seconds: how late a user who gave up may be obeyed
FRAMING_ROOM = 1 << 20  # bytes of headers and chunk sizes that one capture may cost beside its body


class Cancelled(Exception):
    """The user gave up waiting. No PagelogError: nobody needs to be told."""


class Budget:
    """The budget of the capture of `url`, and what is being waited for. As a context manager it is the current one.

    `answered` is true once anything arrived of what is waited for, `ended` once the server closed the connection: so a
    body that misses its end can be told from garbage, and garbage from silence.
    """

    def __init__(self, url: str, settings: FetchSettings, cancelled: threading.Event | None = None) -> None:
        self.url = url
        self.waiting_for: Waiting = "connect"
        self.ended = False
        self.answered = False
        self._settings = settings
        self._cancelled = cancelled or threading.Event()
        self._end = time.monotonic() + settings.total_seconds
        self._wire = 0
        self._patience = settings.connect_seconds
        self._quiet_end = self._end

    def __enter__(self) -> Self:
        self._token = _current.set(self)
        return self

    def __exit__(self, *_: object) -> None:
        _current.reset(self._token)

    def wait_for(self, what: Waiting) -> None:
        """From now on this is waited for, with the patience it gets."""
        self.waiting_for = what
        self.ended = self.answered = False
        self._patience = self._settings.connect_seconds if what == "connect" else self._settings.read_seconds
        self._quiet_end = time.monotonic() + self._patience

    def heard(self, size: int) -> None:
        """So many bytes arrived. Raises TooLarge when a capture's worth of them is exceeded, whatever they were."""
        self._quiet_end = time.monotonic() + self._patience
        self._wire += size
        self.answered = self.answered or size > 0
        if self._wire > self._settings.wire_limit + FRAMING_ROOM:
            raise TooLarge(self.url, self._settings.wire_limit, "wire")

    def slice(self) -> float:
        """Seconds to wait now before asking again, more than 0. Raises TimedOut and Cancelled."""
        self.check_cancelled()
        now = time.monotonic()
        if now >= self._end:
            raise TimedOut(self.url, self._settings.total_seconds, self.waiting_for)
        if now >= self._quiet_end:
            raise TimedOut(self.url, self._patience, self.waiting_for)
        return min(self._end - now, self._quiet_end - now, SLICE)

    def check_cancelled(self) -> None:
        """Raises Cancelled when the user gave up."""
        if self._cancelled.is_set():
            raise Cancelled

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The clock stands still inside."""
        begun = time.monotonic()
        try:
            yield
        finally:
            self._end += time.monotonic() - begun

    def rest(self, seconds: float) -> None:
        """Waits out of manners, with the clock stopped. Raises Cancelled."""
        with self.stopped():
            if self._cancelled.wait(max(0.0, seconds)):
                raise Cancelled


_current: ContextVar[Budget] = ContextVar("budget")


def current() -> Budget:
    """The budget of the capture that runs in this thread."""
    return _current.get()
