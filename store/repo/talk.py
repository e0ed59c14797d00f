"""A git that talks to another machine, followed as it goes: its progress, our own timer, and the user who gives up.

git waits for ever on a connection that is dead. So whoever says nothing for too long is ended, with everything it
started (ssh, a helper for passwords).
"""

from __future__ import annotations

import os
import re
import selectors
import signal
import time
from threading import Event

from store.progress import Cancelled, Progress, Report
from store.repo.run import Running

_STEP = 0.1  # seconds
_PROGRESS = re.compile(rb"([A-Z][\w ]+): +\d+% \((\d+)/(\d+)\)")
_MOST = 1 << 20  # bytes that are kept of what it says


class Silent(Exception):
    """Nothing was heard for too long."""


def follow(running: Running, report: Report, patience: float, cancelled: Event | None) -> tuple[int, bytes, bytes]:
    """Until it ends: status, output, errors. `patience` in seconds without a word. Raises Silent, Cancelled."""
    said = {running.stdout: bytearray(), running.stderr: bytearray()}
    heard = time.monotonic()
    running.stdin.close()
    try:
        with selectors.DefaultSelector() as waiting:
            for pipe in said:
                waiting.register(pipe, selectors.EVENT_READ)
            while waiting.get_map():
                for key, _ in waiting.select(_STEP):
                    heard = time.monotonic()
                    data = os.read(key.fd, 1 << 16)
                    if not data:
                        waiting.unregister(key.fileobj)
                    _keep(said[key.fileobj], data)  # type: ignore[index]
                    _tell(data, report)
                if cancelled is not None and cancelled.is_set():
                    raise Cancelled
                if time.monotonic() - heard > patience:
                    raise Silent
        status = running.wait(patience)
    except BaseException:
        _end(running)
        raise
    return status, bytes(said[running.stdout]), bytes(said[running.stderr])


def _keep(said: bytearray, data: bytes) -> None:
    said += data
    del said[:-_MOST]


def _tell(data: bytes, report: Report) -> None:
    found = _PROGRESS.findall(data)
    if found:
        doing, done, total = found[-1]
        report(Progress(doing.decode().lower(), int(done), int(total)))


def _end(running: Running) -> None:
    """With all it started: it leads a group of its own."""
    try:
        os.killpg(running.pid, signal.SIGKILL)
    except (ProcessLookupError, PermissionError):
        pass
    running.close()
