"""What each edit makes of a link (pure): the old link in, the new one out, the same when nothing is to be done."""

from __future__ import annotations

from store import tags
from store.errors import BadField
from store.link import STATUSES, Link
from store.text import one_line

MOST_TITLE, MOST_NOTE = 500, 20_000


def amend(
    link: Link, *, title: str | None, url: str | None, note: str | None, status: str | None, starred: bool | None
) -> Link:
    """Everything that is given; `url` is normalised, an empty note removes it. BadField."""
    if title is not None:
        link = retitle(link, title)
    if url is not None:
        link = readdress(link, url)
    if note is not None:
        link = annotate(link, note)
    if status is not None:
        link = set_status(link, status)
    return link if starred is None else link.with_(starred=starred)


def retag(link: Link, add: tuple[str, ...], remove: tuple[str, ...]) -> Link:
    """Tags put on and taken off; compared without case, so none is there twice."""
    return link.with_(tags=tags.add(tags.remove(link.tags, remove), add))


def retitle(link: Link, title: str) -> Link:
    """The user's own title; the page's is kept beside it while they differ."""
    wanted = one_line(title, MOST_TITLE)
    if not wanted:
        raise BadField("title", title)
    own = link.page_title or (None if link.pending else link.title)
    return link.with_(title=wanted, page_title=own if own != wanted else None)


def annotate(link: Link, note: str) -> Link:
    """The user's own words; an empty note is none."""
    if len(note) > MOST_NOTE:
        raise BadField("note", note[:40])
    return link.with_(note=note.strip() or None)


def join_note(link: Link, note: str) -> Link:
    """A further note, after the one that is there."""
    return link.with_(note=further(link.note, note))


def further(note: str | None, more: str) -> str | None:
    """A note with more after it; what it says already is not said twice. BadField."""
    words = more.strip()
    if not words or (note and words in note):
        return note
    joined = f"{note}\n{words}" if note else words
    if len(joined) > MOST_NOTE:
        raise BadField("note", words[:40])
    return joined


def set_status(link: Link, status: str) -> Link:
    """unread, read or archived."""
    if status not in STATUSES:
        raise BadField("status", status)
    return link.with_(status=status)


def readdress(link: Link, url: str) -> Link:
    """Another normalised URL; a pending link's title, its old URL, goes along."""
    title = url if link.title == link.url else link.title
    return link.with_(url=url, title=title, final_url=None if link.final_url == url else link.final_url)


def throw_away(link: Link, when: str) -> Link:
    """Into the trash; one that is there already keeps its time."""
    return link if link.trashed else link.with_(trashed=when)


def put_back(link: Link) -> Link:
    """Out of the trash."""
    return link.with_(trashed=None)


def take_body(link: Link, source: Link) -> Link:
    """Another version's body, with when and how it was captured: so a restored body is not an edited one."""
    return link.with_(body=source.body, captured=source.captured, capture=source.capture)


def take_metadata(link: Link, source: Link) -> Link:
    """Another version's front matter, with the present body and what says how it came."""
    return source.with_(id=link.id, body=link.body, captured=link.captured, capture=link.capture, trashed=link.trashed)
