"""The main job on one screen: addresses -> fetch -> convert -> judge -> commit.

A refresh is the same for known links.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from store import settling
from store.address import normalise
from store.capture.many import Capturing, Order, Outcome, Settings
from store.errors import AddressError
from store.library import Library, new_group
from store.progress import Progress, Report, silent
from store.settling import Finished, Result, Wish

MOST_AT_ONCE = 100  # links in one transaction
_PATIENCE = 0.2  # seconds after the first that is ready


@dataclass(slots=True)
class _Job:
    """Who asked for which page: several inputs may name one link."""

    wish: Wish
    inputs: dict[str, list[str]] = field(default_factory=dict)  # normalised URL -> inputs as typed
    ids: dict[str, str] = field(default_factory=dict)  # normalised URL -> the id of a link that is known


def save_many(
    library: Library,
    addresses: Iterable[str],
    settings: Settings,
    *,
    tags: Sequence[str] = (),
    note: str | None = None,
    allow_private: bool = False,
    report: Report = silent,
) -> Iterator[Result]:
    """Capture addresses into the library: a result for each input, in the order they became durable."""
    typed = list(addresses)
    job = _Job(Wish(tuple(tags), note, adding=True, group=new_group() if len(typed) > 1 else None))
    yield from _sort_in(library, job, typed)
    yield from _capture(library, job, settings, allow_private, force=False, report=report)


def refresh(
    library: Library,
    ids: Sequence[str],
    settings: Settings,
    *,
    force: bool = False,
    allow_private: bool = False,
    report: Report = silent,
) -> Iterator[Result]:
    """Capture known links again."""
    wanted = tuple(dict.fromkeys(ids))
    job = _Job(Wish(adding=False, force=force, group=new_group() if len(wanted) > 1 else None))
    for id_ in wanted:
        url = library.row(id_).url
        job.inputs.setdefault(url, []).append(url)
        job.ids[url] = id_
    yield from _capture(library, job, settings, allow_private, force=force, report=report)


def add_later(
    library: Library, addresses: Iterable[str], *, tags: Sequence[str] = (), note: str | None = None
) -> Iterator[Result]:
    """Put addresses into the library without fetching: pending links; a known link is left alone."""
    typed = list(addresses)
    job = _Job(Wish(tuple(tags), note, adding=True, later=True, group=new_group() if len(typed) > 1 else None))
    yield from _sort_in(library, job, typed)
    urls = list(job.inputs)
    for start in range(0, len(urls), MOST_AT_ONCE):
        batch = [Finished(url, job.ids.get(url), None) for url in urls[start : start + MOST_AT_ONCE]]
        yield from _settle(library, job, batch)


def _sort_in(library: Library, job: _Job, typed: Sequence[str]) -> Iterator[Result]:
    """Normalise, and find what is known; what is no web address fails at once."""
    for text in typed:
        try:
            url = normalise(text)
        except AddressError as error:
            yield Result(text, None, None, None, None, "failed", error)
            continue
        job.inputs.setdefault(url, []).append(text)
    library.catch_up()
    for url in job.inputs:
        row = library.catalogue.find_url(url)
        if row is not None:
            job.ids[url] = row.id


def _capture(
    library: Library, job: _Job, settings: Settings, allow_private: bool, *, force: bool, report: Report
) -> Iterator[Result]:
    orders = settling.orders(library, {url: job.ids.get(url) for url in job.inputs}, allow_private, force=force)
    if not orders:
        return
    done = 0
    report(Progress("capturing", 0, len(orders)))
    with Capturing(settings) as capturing:
        for batch in _batches(capturing.each(orders)):
            finished = [Finished(order.url, job.ids.get(order.url), outcome) for order, outcome in batch]
            yield from _settle(library, job, finished)
            done += len(batch)
            report(Progress("capturing", done, len(orders), batch[-1][0].url))


def _settle(library: Library, job: _Job, batch: Sequence[Finished]) -> Iterator[Result]:
    """Write what is finished, and answer every input; the later ones of one page are unchanged."""
    for result in settling.settle(library, batch, job.wish):
        first, *others = job.inputs[result.url or ""]
        yield result.for_input(first)
        for other in others:
            yield result.for_input(other).unchanged()


def _batches(ready: Iterator[tuple[Order, Outcome] | None]) -> Iterator[list[tuple[Order, Outcome]]]:
    """Whatever is ready: at most 100, or 200 ms after the first."""
    batch: list[tuple[Order, Outcome]] = []
    end = 0.0
    for item in ready:
        if item is not None:
            if not batch:
                end = time.monotonic() + _PATIENCE
            batch.append(item)
        if batch and (len(batch) >= MOST_AT_ONCE or time.monotonic() > end):
            yield batch
            batch = []
    if batch:
        yield batch
