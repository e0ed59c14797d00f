"""How a page became what is kept of it: told from the bytes of its last capture, or of a page fetched for this alone.

Nothing is written. The page is read in a child process with the limits of every capture.
"""

from __future__ import annotations

from dataclasses import dataclass
from threading import Event

from store.address import normalise
from store.capture.explain import Explained
from store.capture.fetch import Fetcher, NotModified
from store.capture.many import Settings
from store.capture.worker import Workers
from store.errors import NoSuchLink
from store.library import Library
from store.link import Row
from store.originals import Original
from store.sameness import Region


@dataclass(frozen=True, slots=True)
class Explanation:
    """Of which page; `row`: the link it is of, None: of none; `fetched`: the page is today's, not the captured one.

    `learnt`: what flickers on the page from refresh to refresh, and is left out when captures are compared.
    """

    url: str
    row: Row | None
    fetched: bool
    explained: Explained
    learnt: tuple[Region, ...] = ()


def explain(
    library: Library | None, text: str, settings: Settings, *, fetch: bool = False, cancelled: Event | None = None
) -> Explanation:
    """Explain a link, or any page by its URL; `fetch`: as it is today.

    Raises AddressError, SeveralLinks, NoSuchLink, NoOriginal, FetchError, ConvertError.
    """
    row = _link(library, text)
    if row is not None and library is not None and not fetch:
        original = library.original(row.id)
    else:
        original = _fetched(normalise(text) if row is None else row.url, settings, cancelled)
        fetch = True
    workers = Workers(settings.convert, 1)
    try:
        explained = workers.explain(original.body, original.url, original.type, original.charset)
    finally:
        workers.close()
    learnt = library.state.learnt(row.id).regions if row is not None and library is not None else ()
    return Explanation(original.url, row, fetch, explained, tuple(each for each in learnt if each.is_learnt))


def _link(library: Library | None, text: str) -> Row | None:
    """None where it is no link, and may be the URL of a page that is not kept."""
    try:
        if library is not None:
            return library.find(text)
    except NoSuchLink:
        pass
    if not any(sign in text for sign in ".:"):
        raise NoSuchLink(text)
    return None


def _fetched(url: str, settings: Settings, cancelled: Event | None) -> Original:
    fetcher = Fetcher(settings.fetch)
    try:
        page = fetcher.fetch(url, cancelled=cancelled)
    finally:
        fetcher.close()
    assert not isinstance(page, NotModified)  # no validators were sent
    return Original(page.final_url, page.type, page.charset, page.body)
