"""Is this capture good enough to replace the last one (pure)? The table of RULES 3, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from store.errors import BothChanged, Doubt
from store.link import Link


class Verdict(Enum):
    """What a capture does to its link."""

    FIRST = auto()  # the link had no body
    NEW_BODY = auto()
    NEW_TITLE = auto()  # same body: a version, never *changed*
    SAME = auto()
    HELD = auto()


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict and, when held, the doubt."""

    verdict: Verdict
    doubt: Doubt | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a link at a capture.

    `last_sha256` is that of the last captured body; `old_page_anew` the Markdown that today's extractor makes of the
    last captured page, where that was extracted by an older one; `dropped` the sha256s the user refused.
    `title_edited`: the title is the user's own, so a new one of the page is no news.
    """

    link: Link
    last_sha256: str | None = None
    title_edited: bool = False
    old_page_anew: str | None = None
    dropped: frozenset[str] = frozenset()


def judge(known: Known | None, body: str, sha256: str, title: str | None) -> Judgement:
    """Judge a capture that came whole and is a page."""
    if known is None or not known.link.body:
        return Judgement(Verdict.FIRST)
    link = known.link
    if sha256 == known.last_sha256 or body == known.old_page_anew:
        own_title_stands = known.title_edited or title is None or title == link.title
        return Judgement(Verdict.SAME if own_title_stands else Verdict.NEW_TITLE)
    if sha256 in known.dropped:  # refused once: never accepted by time
        return Judgement(Verdict.SAME)
    if link.edited and body != link.body:  # edited here, changed there
        return Judgement(Verdict.HELD, BothChanged(link.url))
    return Judgement(Verdict.NEW_BODY)
