"""The queue as the full-screen app uses it: additions are durable at once, and captured when there is time.

- What is on the queue survives a kill and a power cut; it leaves the queue when its capture has settled.
- An address is on it once: added again, it takes the further tags and the note.
- An address that is a link already waits for a refresh and makes no second link.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from store import editing, tags
from store.address import normalise
from store.errors import AddressError
from store.library import Change, Library
from store.link import Queued


def enqueue(
    library: Library, addresses: Iterable[str], given_tags: Sequence[str] = (), note: str | None = None
) -> list[Queued | AddressError]:
    """Put addresses on the queue, as one step: for each input what stands there now, or why it is no web address.

    Raises BadTag, BadField (the note is too long), DiskFull, NotWritable, Locked; then nothing was put there.
    """
    cleaned = tags.add((), map(tags.clean_tag, given_tags))
    words = editing.further(None, note or "")
    inputs = [(typed, _normalised(typed)) for typed in addresses]
    library.catch_up()
    added = library.now()
    new: dict[str, Queued] = {}
    ids: set[str] = set()
    for typed, url in inputs:
        if isinstance(url, AddressError) or url in new:
            continue
        id_ = _id_for(library, url, ids)
        ids.add(id_)
        new[url] = Queued(0, url, id_, typed, cleaned, words, added)
    there = {entry.url: _with_id(library, entry) for entry in library.state.enqueue(new.values())} if new else {}
    return [url if isinstance(url, AddressError) else there[url] for _, url in inputs]


def queued(library: Library) -> list[Queued]:
    """Everything on the queue, in order: new links, and refreshes of known ones, with the id that the link has."""
    entries = library.state.queued()
    library.catch_up()
    return [_with_id(library, entry) for entry in entries]


def commit_queued(library: Library, ids: Collection[str] | None = None) -> Change:
    """Make pending links of what is queued, these or all, as one action, and take them off the queue.

    The refresh of a known link goes on waiting. Raises LibraryError.
    """
    return library.commit_queued(ids)


def forget(library: Library, urls: Sequence[str]) -> None:
    """Take additions off the queue that the user gave up (normalised URLs): no link is made, also of one under way.

    Raises DiskFull, NotWritable, Locked.
    """
    library.state.give_up(urls)


def _normalised(typed: str) -> str | AddressError:
    try:
        return normalise(typed)
    except AddressError as error:
        return error


def _id_for(library: Library, url: str, ids: Collection[str]) -> str:
    """The link's, else one that no link, no other entry and none of `ids` has."""
    row = library.catalogue.find_url(url)
    if row is not None:
        return row.id
    return library.backlog.id_for(url, None, lambda id_: id_ in ids or library.backlog.is_link(id_))


def _with_id(library: Library, entry: Queued) -> Queued:
    row = library.catalogue.find_url(entry.url)
    id_ = row.id if row is not None else library.backlog.id_for(entry.url, entry, library.backlog.is_link)
    return replace(entry, id=id_)
