"""What a capture writes goes as one: body, facts, and the page's title (pure; RULES 5).

- Changed on one side: as that side has it. A pending link's empty body beats nothing.
- Two captures: the later `captured` is current, ties by the greater `sha256`.
- A body edited by hand is work: it is joined with the other side's by paragraphs and words, on top of whichever capture
  is current. Where the two clash the edited one stays, of two edited ones the later side's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from store.link import Capture, Link

if TYPE_CHECKING:
    from store.textmerge import Merged

FACTS = (
    "captured", "capture", "final_url", "site", "author", "published", "modified", "lang", "description",
    "doc_number", "index_number", "publisher", "issued", "subject",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Capturing:
    """The unit as it is merged: the fields to write, the page's title (None: a pending link has none), clashes."""

    fields: dict[str, object]
    page_title: str | None
    clashing: bool = False


def merge_captured(base: Link, earlier: Link, later: Link, *, ours_wins: bool) -> Capturing:
    """The unit of both; with `ours_wins` the later side's wherever both changed it (undo)."""
    facts = _winner(base, earlier, later, ours_wins=ours_wins)
    body, clashing = _body(base, earlier, later, facts, ours_wins=ours_wins)
    fields = {name: getattr(facts, name) for name in FACTS}
    title = _one_changed(page_title(base), page_title(earlier), page_title(later), page_title(facts))
    other = earlier if facts is later else later
    return Capturing({**fields, "body": body}, title or page_title(other), clashing)


def page_title(link: Link) -> str | None:
    """The page's own title; a pending link, whose title is its URL, knows none."""
    if link.page_title is not None:
        return link.page_title
    return None if link.pending else link.title


def edited_since(base: Link | None, link: Link) -> bool:
    """The body is the user's own work, and was not so in `base`."""
    return link.edited and (base is None or link.body != base.body)


def _winner(base: Link, earlier: Link, later: Link, *, ours_wins: bool) -> Link:
    """The side whose capture is current."""
    if _facts(earlier) == _facts(base) != _facts(later):
        return later
    if _facts(later) == _facts(base) != _facts(earlier):
        return earlier
    if earlier.pending != later.pending:
        return later if earlier.pending else earlier
    if ours_wins:
        return later
    return later if _age(later) >= _age(earlier) else earlier


def _body(base: Link, earlier: Link, later: Link, facts: Link, *, ours_wins: bool) -> tuple[str, bool]:
    if earlier.body in (base.body, later.body):
        return later.body, False
    if later.body == base.body:
        return earlier.body, False
    if earlier.pending or later.pending:
        return (later if earlier.pending else earlier).body, False
    work, later_work = edited_since(base, earlier), edited_since(base, later)
    if not work and not later_work:
        return facts.body, False
    if work != later_work and not base.body and base.captured is None:  # both added the page, and one has worked on it
        return (later if later_work else earlier).body, False
    joined = _joined(base, earlier, later) if later_work or ours_wins else _joined(base, later, earlier)
    return joined.text, bool(joined.clashes)


def _joined(base: Link, first: Link, winner: Link) -> Merged:
    from store.textmerge import merge_text  # what it needs is large, and every write brings this module along

    return merge_text(base.body, first.body, winner.body)


def _one_changed(base: str | None, earlier: str | None, later: str | None, both: str | None) -> str | None:
    if earlier == base:
        return later
    return earlier if later == base else both


def _facts(link: Link) -> tuple[object, ...]:
    return tuple(getattr(link, name) for name in FACTS)


def _age(link: Link) -> tuple[str, str, str, str]:
    """What two captures are ordered by, alike on every machine; the last two only where hands were at work."""
    capture = link.capture or Capture()
    return link.captured or "", capture.sha256 or "", repr(_facts(link)), page_title(link) or ""
