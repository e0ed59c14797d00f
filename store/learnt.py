"""What was learnt of one page: the places on it that change by themselves from refresh to refresh.

How they are found and forgotten is told by `sameness/learning.py`; this is what the state keeps, cheap to import.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace

TIMES = 2
"""Refreshes in a row in which a region differs until it is learnt."""
REST = 5
"""Refreshes in a row in which a learnt region stands still until it is forgotten."""
MOST = 20
"""Regions that are kept of one link."""


@dataclass(frozen=True, slots=True)
class Region:
    """A place on a page that changes by itself. `key` names it, `sample` is what stood there once, for people.

    `times`: refreshes in a row in which it differed; `still`: in which it did not, since it is learnt; `seen`: a hash
    of what stood there last.
    """

    key: str
    sample: str
    seen: str
    times: int = 1
    still: int = 0

    @property
    def is_learnt(self) -> bool:
        """It is left out of comparisons."""
        return self.times >= TIMES


@dataclass(frozen=True, slots=True)
class Learnt:
    """What is noted and learnt of one page."""

    regions: tuple[Region, ...] = ()

    def holds(self, key: str) -> bool:
        """This region is left out of comparisons."""
        return any(region.key == key and region.is_learnt for region in self.regions)

    def at_rest(self) -> Learnt:
        """After a refresh that found the page as it was, by the server's own word."""
        rested = (replace(region, still=region.still + 1) for region in self.regions if region.is_learnt)
        return Learnt(tuple(region for region in rested if region.still < REST))


NOTHING = Learnt()


def packed(learnt: Learnt) -> str:
    """As the state keeps it."""
    return json.dumps([[each.key, each.sample, each.seen, each.times, each.still] for each in learnt.regions])


def unpacked(text: str) -> Learnt:
    """What `packed` gave; nothing where that cannot be read."""
    try:
        return Learnt(tuple(Region(str(k), str(s), str(h), int(t), int(r)) for k, s, h, t, r in json.loads(text)))
    except (ValueError, TypeError):
        return NOTHING
