"""Captures many pages at once: fetched in threads, converted in processes, handed out as they are ready.

Nothing runs ahead without end: results wait in a bounded queue. Leaving the `with` ends everything under way.
"""

from __future__ import annotations

import queue
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import islice
from typing import Self, TypeVar

from store.address import host_of
from store.capture.converted import Converted
from store.capture.fetch import Cancelled, Fetcher, FetchSettings, NotModified, Page, Validators
from store.capture.saved import saved_page
from store.capture.worker import ConvertSettings, Workers
from store.errors import BadSavedFile, NeedsBrowser, NoArticle, PagelogError

_WAITING = 100  # finished captures held for the writer
_GLANCE = 0.2  # seconds between looks at whether somebody cancelled
_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class Settings:
    """How to capture: `jobs` pages at once, `processes` of them converting (one per core is enough)."""

    fetch: FetchSettings
    convert: ConvertSettings
    jobs: int = 8
    processes: int = 2


@dataclass(frozen=True, slots=True)
class OldPage:
    """The bytes of an earlier capture, to be converted anew beside the new ones."""

    url: str
    type: str | None
    charset: str | None
    body: bytes


@dataclass(frozen=True, slots=True)
class Order:
    """One page to capture; `key` is what the caller calls it.

    `old_page` is given where an older extractor made the last body; `saved` is a file of the user's browser, which is
    read in place of the web.
    """

    key: str
    url: str
    validators: Validators | None = None
    allow_typed: bool = False
    old_page: OldPage | None = None
    saved: bytes | None = None


@dataclass(frozen=True, slots=True)
class Captured:
    """A page that came whole and its article; `old_page_anew` is the old page's Markdown by today's extractor."""

    page: Page
    converted: Converted
    old_page_anew: str | None = None


Outcome = Captured | NotModified | PagelogError


class Capturing:
    """Fetcher, workers and threads of one job. Use it in `with`."""

    def __init__(self, settings: Settings) -> None:
        self._fetcher = Fetcher(settings.fetch)
        self._decoded_limit = settings.fetch.decoded_limit
        self._workers = Workers(settings.convert, settings.processes)
        self._ahead = 2 * settings.jobs
        self._threads = ThreadPoolExecutor(settings.jobs, thread_name_prefix="capture")
        self._ready: queue.Queue[tuple[Order, Outcome | BaseException]] = queue.Queue(_WAITING)
        self._cancelled = threading.Event()

    def __enter__(self) -> Self:
        self._workers.warm()
        return self

    def __exit__(self, *_: object) -> None:
        self._cancelled.set()
        self._workers.close()
        self._threads.shutdown(wait=True, cancel_futures=True)
        self._fetcher.close()

    def each(self, orders: Iterable[Order]) -> Iterator[tuple[Order, Outcome] | None]:
        """Every order with its outcome, in the order they are ready; None when nothing was ready for a moment.

        Orders are taken as threads come free: what is costly about one may be made late.
        """
        waiting = iter(orders)
        started = sum(self._start(order) for order in islice(waiting, self._ahead))
        while started:
            try:
                order, outcome = self._ready.get(timeout=_GLANCE)
            except queue.Empty:
                yield None
                continue
            if isinstance(outcome, BaseException) and not isinstance(outcome, PagelogError):
                raise outcome
            started += sum(self._start(order) for order in islice(waiting, 1)) - 1
            yield order, outcome

    def _start(self, order: Order) -> int:
        self._threads.submit(self._run, order)
        return 1

    def _run(self, order: Order) -> None:
        outcome: Outcome | BaseException
        try:
            outcome = self._capture(order)
        except PagelogError as error:
            outcome = error
        except Cancelled:
            return
        except BaseException as error:  # noqa: BLE001 - carried to the caller, who raises it
            if self._cancelled.is_set():
                return
            outcome = error
        while not self._cancelled.is_set():
            try:
                self._ready.put((order, outcome), timeout=_GLANCE)
            except queue.Full:
                continue
            return

    def _capture(self, order: Order) -> Outcome:
        answer = self._page(order)
        if isinstance(answer, NotModified):
            return answer
        try:
            converted = self._workers.convert(answer.body, answer.final_url, answer.type, answer.charset)
        except (NoArticle, NeedsBrowser):
            if order.saved is None:
                raise
            raise BadSavedFile(order.url, "no text") from None  # it was saved in a browser already
        return Captured(answer, converted, self._anew(order.old_page))

    def _page(self, order: Order) -> Page | NotModified:
        if order.saved is not None:
            return saved_page(order.saved, order.url, self._decoded_limit)
        return self._fetcher.fetch(
            order.url, validators=order.validators, allow_typed=order.allow_typed, cancelled=self._cancelled
        )

    def _anew(self, old: OldPage | None) -> str | None:
        if old is None:
            return None
        try:
            return self._workers.convert(old.body, old.url, old.type, old.charset).markdown
        except PagelogError:
            return None


def by_turns(items: Iterable[_Item], url_of: Callable[[_Item], str]) -> Iterator[_Item]:
    """One of each host in turn, so that waiting for a host's pause keeps no thread from the others."""
    hosts: dict[str, deque[_Item]] = {}
    for item in items:
        hosts.setdefault(host_of(url_of(item)), deque()).append(item)
    while hosts:
        for host in list(hosts):
            yield hosts[host].popleft()
            if not hosts[host]:
                del hosts[host]
