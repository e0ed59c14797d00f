"""The captures of the app: jobs that run in threads, tell what became of each page, and can be cancelled.

A job is plain state that the event loop may read at any time; only its own thread writes it. Additions stand in the
durable queue before they come here, so a job that ends early, or a program that is killed, loses none of them.
"""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from tui.surprise import trouble

if TYPE_CHECKING:
    from store.capture.many import Settings
    from store.library import Library
    from store.results import Result

Kind = Literal["add", "refresh"]
State = Literal["waiting", "running", "done", "cancelled", "failed"]
_AT_ONCE = 3  # jobs; the others wait
_FAILED = ("failed", "pending")


@dataclass(slots=True, eq=False)
class Job:
    """Pages being captured. `wanted` are the ids, `urls` the same links' addresses in the queue (an addition)."""

    number: int
    kind: Kind
    wanted: tuple[str, ...]
    urls: tuple[str, ...] = ()
    state: State = "waiting"
    results: list[Result] = field(default_factory=list)
    trouble: str = ""
    began: float = field(default_factory=time.monotonic)
    cancelled: threading.Event = field(default_factory=threading.Event)

    @property
    def total(self) -> int:
        """Pages."""
        return len(self.wanted)

    @property
    def done(self) -> int:
        """Pages whose result is known."""
        return min(len(self.results), self.total)

    @property
    def active(self) -> bool:
        """It has not ended."""
        return self.state in ("waiting", "running")

    @property
    def left(self) -> tuple[str, ...]:
        """The ids whose capture has not settled."""
        settled = {result.id for result in self.results}
        return tuple(id_ for id_ in self.wanted if id_ not in settled)

    @property
    def failed(self) -> tuple[str, ...]:
        """The ids that could not be captured."""
        return tuple(result.id for result in self.results if result.id and result.result in _FAILED)


class Captures:
    """All jobs of this run of the app. `told` is called from their threads; close it."""

    def __init__(
        self, open_library: Callable[[], Library], settings: Callable[[], Settings], told: Callable[[Job], None]
    ) -> None:
        self.jobs: list[Job] = []
        self._open = open_library
        self._settings = settings
        self._told = told
        self._numbers = itertools.count(1)
        self._threads = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="job")

    @property
    def active(self) -> list[Job]:
        """The jobs that have not ended."""
        return [job for job in self.jobs if job.active]

    def under_way(self) -> frozenset[str]:
        """The ids of links whose capture has not settled."""
        return frozenset(id_ for job in self.active for id_ in job.left)

    def add(self, ids: Sequence[str], urls: Sequence[str]) -> Job:
        """Capture what stands in the queue."""
        return self._start(Job(next(self._numbers), "add", tuple(ids), tuple(urls)))

    def refresh(self, ids: Sequence[str]) -> Job:
        """Capture links again."""
        return self._start(Job(next(self._numbers), "refresh", tuple(ids)))

    def cancel(self, job: Job) -> None:
        """End it; what is done stays."""
        job.cancelled.set()
        if job.state == "waiting":
            job.state = "cancelled"
            self._told(job)

    def close(self) -> tuple[int, int]:
        """End all: how many additions stay in the queue, and how many refreshes are given up."""
        active = self.active
        for job in active:
            job.cancelled.set()
        self._threads.shutdown(wait=True, cancel_futures=True)
        return (
            sum(len(job.left) for job in active if job.kind == "add"),
            sum(len(job.left) for job in active if job.kind == "refresh"),
        )

    def _start(self, job: Job) -> Job:
        self.jobs.append(job)
        self._threads.submit(self._run, job)
        return job

    def _run(self, job: Job) -> None:
        if job.cancelled.is_set():
            return
        job.state = "running"
        self._told(job)
        ended: State = "failed"
        try:
            with self._open() as library:
                for result in self._results(library, job):
                    job.results.append(result)
                    self._told(job)
            ended = "cancelled" if job.cancelled.is_set() and job.left else "done"
        except Exception as error:  # noqa: BLE001 - the door of a thread: told like every other failure
            job.trouble = trouble(error)
        finally:
            job.state = ended
            self._told(job)

    def _results(self, library: Library, job: Job) -> Iterator[Result]:
        from store import save

        settings = self._settings()
        if job.kind == "refresh":
            return save.refresh(library, job.wanted, settings, cancelled=job.cancelled)
        return save.capture_queued(library, job.urls, settings, cancelled=job.cancelled)
