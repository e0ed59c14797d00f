"""What is said of a sync: the plan, what was done, and how far the two sides are apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from store.text import clip
from tui.shown import line

if TYPE_CHECKING:
    from store.syncing.instep import Apart
    from store.syncing.sync import Plan, Synced

_SCHEME = re.compile(r"^https?://")  # a pending link's title is its address
_MINUTE, _HOUR, _DAY = 60, 3600, 86400


@dataclass(frozen=True, slots=True)
class Planned:
    """A plan, with the titles of its links by id."""

    plan: Plan
    titles: Mapping[str, str]

    @property
    def idle(self) -> bool:
        """There is nothing to do."""
        return not (self.plan.fetched or self.plan.to_push)

    @property
    def shown_url(self) -> str:
        """The remote, clean."""
        return line(self.plan.url, 200)


def plan_lines(planned: Planned, most: int, columns: int) -> list[str]:
    """The plan, clean, line by line: what it comes to, then at most so many titles of each kind, each on a line."""
    plan = planned.plan
    lines = [summary(plan)]
    comes = [key for key in plan.comes if key not in {*plan.removed}]
    for word, keys in (("Come", comes), ("Gone", plan.removed), ("Go", plan.goes), ("Both", plan.merges)):
        titles = list(_titles(keys, planned.titles, most))
        lines += [clip(f"{word if not at else '':<5} {title}", columns) for at, title in enumerate(titles)]
    if plan.told:
        lines.append(f"Not all can be kept of both sides ({len(plan.told):,}): the later stays, history has the other.")
    return lines


def summary(plan: Plan) -> str:
    """What it comes to."""
    parts = [
        f"{len(keys):,} {words}"
        for keys, words in (
            (plan.comes, "come"),
            (plan.removed, "of them removed there"),
            (plan.goes, "go"),
            (plan.merges, "changed on both sides"),
        )
        if keys
    ]
    commits = [
        f"{_counted(count, 'commit')} {words}"
        for count, words in ((plan.fetched, "to fetch"), (plan.to_push, "to send"))
        if count
    ]
    return f"{', '.join(parts) or 'No link changes'} ({', '.join(commits)})."


def _titles(keys: Sequence[str], titles: Mapping[str, str], most: int) -> Iterator[str]:
    shown = keys if len(keys) <= most else keys[: max(0, most - 1)]
    for key in shown:
        yield _SCHEME.sub("", line(titles.get(key, key), 200))
    if len(keys) > len(shown):
        yield f"and {len(keys) - len(shown):,} more"


def done_sentence(synced: Synced) -> str:
    """What a sync did."""
    parts = [
        f"{_counted(count, noun)} {words}"
        for count, noun, words in (
            (synced.fetched, "commit", "came"),
            (synced.merged, "link", "joined"),
            (synced.pushed, "commit", "went"),
        )
        if count
    ]
    told = " Not all could be kept of both sides: w, then Enter names it." if synced.told else ""
    return f"Synced: {', '.join(parts)}.{told}" if parts else f"In step with {line(synced.url, 80)}: nothing to do."


def apart_words(apart: Apart, now: datetime | None = None) -> str:
    """For the line of facts."""
    if apart.ahead:
        from store.syncing.instep import MOST

        return f"{MOST - 1:,}+ to sync" if apart.ahead >= MOST else f"{apart.ahead:,} to sync"
    return f"synced {_ago(apart.last, now or datetime.now(UTC))}" if apart.last else "not synced yet"


def _ago(when: str, now: datetime) -> str:
    seconds = (now - datetime.fromisoformat(when)).total_seconds()
    if seconds < _MINUTE:
        return "just now"
    if seconds < _HOUR:
        return f"{int(seconds // _MINUTE)} min ago"
    return f"{int(seconds // _HOUR)} h ago" if seconds < _DAY else when[:10]


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun if count == 1 else noun + 's'}"
