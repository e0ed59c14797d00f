"""Is this capture good enough to replace the last one (pure)? The table of RULES 3, row by row.

A good copy is never lost to a wall, however often the wall is seen: only a doubt of shape alone ends by time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from store import sameness
from store.capture.converted import Converted
from store.capture.suspicion import doubt_of_first, doubt_of_next
from store.errors import BothChanged, Doubt, OtherShape
from store.link import Link, body_sha256

BELIEVED_AFTER = timedelta(days=1)


class Verdict(Enum):
    """What a capture does to its link."""

    FIRST = auto()  # the link had no body
    NO_PAGE = auto()  # it had none, and this is plainly not one
    NEW_BODY = auto()
    NEW_TITLE = auto()  # same body: a version, never *changed*
    SAME = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and the doubt: when held, when no page, and as a warning beside a first capture.

    `waits`: the same body waits for the user's word already.
    """

    verdict: Verdict
    doubt: Doubt | None = None
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a link at a capture.

    `last` is the link at its last captured body; `old_page_anew` the Markdown that today's extractor makes of the
    last captured page, where that was extracted by an older one; `dropped` the sha256s the user refused; `held` the
    link as the capture would make it that waits for the user's word.
    `title_edited`: the title is the user's own, so a new one of the page is no news.
    `vouched`: the user says that what comes now is the page.
    """

    link: Link
    last: Link | None = None
    title_edited: bool = False
    old_page_anew: str | None = None
    dropped: frozenset[str] = frozenset()
    held: Link | None = None
    vouched: bool = False

    @property
    def last_sha256(self) -> str | None:
        """The hash of the last captured body."""
        return self.last.capture.sha256 if self.last is not None and self.last.capture is not None else None


def judge(known: Known, page: Converted, final_url: str, now: datetime) -> Judgement:
    """Judge a capture that came whole and has text. `final_url` is where it was found, `now` an aware moment."""
    if not known.link.body:
        return _first(known, page, final_url)
    link, body = known.link, page.markdown
    sha256 = body_sha256(body)
    if sha256 == known.last_sha256 or body == known.old_page_anew:
        own_title_stands = known.title_edited or page.title is None or page.title == link.title
        return Judgement(Verdict.SAME if own_title_stands else Verdict.NEW_TITLE)
    if sha256 in known.dropped and not known.vouched:  # refused once: never accepted by time
        return Judgement(Verdict.SAME)
    doubt = None if known.vouched else doubt_of_next(link, known.last or link, page, final_url)
    if doubt is not None and not _believed_by_now(known, doubt, body, now):
        return _held(known, doubt, body)
    if link.edited and body != link.body:  # edited here, changed there
        return _held(known, BothChanged(link.url), body)
    return Judgement(Verdict.NEW_BODY)


def _first(known: Known, page: Converted, final_url: str) -> Judgement:
    if known.vouched:
        return Judgement(Verdict.FIRST)
    doubt, is_plain = doubt_of_first(known.link.url, page, final_url)
    return Judgement(Verdict.NO_PAGE if is_plain else Verdict.FIRST, doubt)


def _held(known: Known, doubt: Doubt, body: str) -> Judgement:
    return Judgement(Verdict.HELD, doubt, waits=_waits(known, body))


def _waits(known: Known, body: str) -> bool:
    return known.held is not None and sameness.same(known.held.body, body, sameness.NOTHING)


def _believed_by_now(known: Known, doubt: Doubt, body: str, now: datetime) -> bool:
    """A page that really was shortened is not held for ever; walls are what repeats exactly, and they are."""
    if not isinstance(doubt, OtherShape) or known.held is None or not _waits(known, body):
        return False
    try:
        since = datetime.fromisoformat(known.held.captured or "")
        return now - since >= BELIEVED_AFTER
    except (TypeError, ValueError):  # no time, or one without its zone
        return False
