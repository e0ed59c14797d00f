"""The main job on one screen: addresses -> fetch -> convert -> judge -> commit.

A refresh is the same for known links.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from threading import Event

from store.address import normalise
from store.capture.many import Capturing, Order, Outcome, Settings, by_turns
from store.errors import AddressError, DamagedDocument, NoSuchLink
from store.keeping import settling
from store.library import Library, new_group
from store.progress import Progress, Report, silent
from store.repo.objects import Objects
from store.results import Finished, Result, Wish

MOST_AT_ONCE = 100  # links in one transaction
_PATIENCE = 0.2  # seconds after the first that is ready


@dataclass(slots=True)
class _Page:
    """A page that was asked for: several inputs may mean it. `id`: of the link, where it is known.

    `saved`: the file that the user's browser made of it.
    """

    url: str
    id: str | None
    inputs: list[str]
    saved: bytes | None = None


def save_many(
    library: Library,
    addresses: Iterable[str],
    settings: Settings,
    *,
    tags: Sequence[str] = (),
    note: str | None = None,
    allow_private: bool = False,
    report: Report = silent,
    cancelled: Event | None = None,
) -> Iterator[Result]:
    """Capture addresses into the library: a result for each input, in the order they became durable.

    Once `cancelled` is set, what is ready is still stored, and the rest is left.
    """
    typed = list(addresses)
    wish = Wish(tuple(tags), note, adding=True, group=new_group() if len(typed) > 1 else None)
    pages = yield from _sorted_in(library, typed)
    yield from _capture(library, pages, wish, settings, allow_private, report, cancelled)


def add_saved(
    library: Library,
    address: str,
    file: bytes,
    settings: Settings,
    *,
    tags: Sequence[str] = (),
    note: str | None = None,
    report: Report = silent,
    cancelled: Event | None = None,
) -> Iterator[Result]:
    """Capture one page from what the user's browser saved of it, as if it had been fetched: nothing is."""
    wish = Wish(tuple(tags), note, adding=True)
    pages = yield from _sorted_in(library, [address])
    for page in pages.values():
        page.saved = file
    yield from _capture(library, pages, wish, settings, False, report, cancelled)


def refresh(
    library: Library,
    ids: Sequence[str],
    settings: Settings,
    *,
    force: bool = False,
    allow_private: bool = False,
    report: Report = silent,
    cancelled: Event | None = None,
) -> Iterator[Result]:
    """Capture known links again, queued ones once they are committed; a damaged one fails, it is never written."""
    wanted = tuple(dict.fromkeys(ids))
    library.commit_queued(wanted)
    wish = Wish(adding=False, force=force, group=new_group() if len(wanted) > 1 else None)
    pages: dict[str, _Page] = {}
    for id_ in wanted:
        row = library.row(id_)
        try:
            if row.damaged is not None:
                raise DamagedDocument(row.path, row.damaged)
            url = normalise(row.url)  # the file may say anything
        except (AddressError, DamagedDocument) as error:
            yield Result(row.url or row.path, id_, row.url or None, row.title or None, row.path, "failed", error)
        else:
            pages[id_] = _Page(url, id_, [row.url])
    yield from _capture(library, pages, wish, settings, allow_private, report, cancelled)


def capture_queued(
    library: Library,
    urls: Sequence[str],
    settings: Settings,
    *,
    report: Report = silent,
    cancelled: Event | None = None,
) -> Iterator[Result]:
    """Capture what is queued under these normalised URLs, each with its own tags and note.

    One that is a link by now is captured as well; one that was given up makes none and fails with NoSuchLink. What
    `cancelled` leaves, or a kill, stays queued.
    """
    wish = Wish(queued=True, group=new_group() if len(urls) > 1 else None)
    entries = {entry.url: entry for entry in library.state.queued()}
    library.catch_up()
    pages: dict[str, _Page] = {}
    for url in dict.fromkeys(urls):
        entry, row = entries.get(url), library.catalogue.find_url(url)
        if entry is None and row is None:
            yield Result(url, None, url, None, None, "failed", NoSuchLink(url))
        else:
            pages[url] = _Page(url, row.id if row else None, [entry.typed if entry else url])
    yield from _capture(library, pages, wish, settings, False, report, cancelled)


def add_later(
    library: Library, addresses: Iterable[str], *, tags: Sequence[str] = (), note: str | None = None
) -> Iterator[Result]:
    """Put addresses into the library without fetching: pending links; a known link is left alone."""
    typed = list(addresses)
    wish = Wish(tuple(tags), note, adding=True, later=True, group=new_group() if len(typed) > 1 else None)
    pages = list((yield from _sorted_in(library, typed)).values())
    for start in range(0, len(pages), MOST_AT_ONCE):
        batch = [(page, None) for page in pages[start : start + MOST_AT_ONCE]]
        yield from _settle(library, wish, batch)


def _sorted_in(library: Library, typed: Sequence[str]) -> Generator[Result, None, dict[str, _Page]]:
    """The pages by normalised URL, with the links that are known; what is no web address fails at once."""
    pages: dict[str, _Page] = {}
    for text in typed:
        try:
            url = normalise(text)
        except AddressError as error:
            yield Result(text, None, None, None, None, "failed", error)
            continue
        pages.setdefault(url, _Page(url, None, [])).inputs.append(text)
    library.catch_up()
    for url, page in pages.items():
        row = library.catalogue.find_url(url)
        page.id = None if row is None else row.id
    return pages


def _capture(
    library: Library,
    pages: Mapping[str, _Page],
    wish: Wish,
    settings: Settings,
    allow_private: bool,
    report: Report,
    cancelled: Event | None,
) -> Iterator[Result]:
    if not pages:
        return
    done = 0
    settings = replace(settings, processes=min(settings.processes, len(pages)))  # one page keeps one process busy
    report(Progress("capturing", 0, len(pages)))
    with Objects(library.git) as objects, Capturing(settings) as capturing:
        orders = (
            replace(
                settling.order(library, objects, key, page.url, page.id, allow_private, force=wish.force),
                saved=page.saved,
            )
            for key, page in by_turns(pages.items(), lambda item: item[1].url)
        )
        for batch in _batches(capturing.each(orders), cancelled or Event()):
            yield from _settle(library, wish, [(pages[order.key], outcome) for order, outcome in batch])
            done += len(batch)
            report(Progress("capturing", done, len(pages), batch[-1][0].url))


def _settle(library: Library, wish: Wish, batch: Sequence[tuple[_Page, Outcome | None]]) -> Iterator[Result]:
    """Write what is finished, and answer every input; the later ones of one page are unchanged."""
    finished = [Finished(page.url, page.id, outcome, page.saved is not None) for page, outcome in batch]
    for (page, _), result in zip(batch, settling.settle(library, finished, wish), strict=True):
        first, *others = page.inputs
        yield result.for_input(first)
        for other in others:
            yield result.for_input(other).unchanged()


def _batches(ready: Iterator[tuple[Order, Outcome] | None], cancelled: Event) -> Iterator[list[tuple[Order, Outcome]]]:
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
        if cancelled.is_set():
            break
    if batch:
        yield batch
