"""What flickers on one page from refresh to refresh, learnt (pure).

A region is a short block of figures or a list of links beside the text (`blocks.Kind`), known by its frame and by the
prose before and after it. Prose is never one. The rules:

- It is *noted* when it differs from the last capture while all else is the same; that refresh makes a version.
- It is *learnt* when it differs so at the very next refresh too: two in a row. A figure that changed once, and stood
  still at one refresh after, is forgotten: it is news, not flicker.
- A learnt region that stands still for five refreshes in a row is forgotten: if it came to rest at another value than
  the last captured one, that makes a version. So a price that moved and settled is told late, but told.
- At most twenty regions a link; a page with more than that is not to be silenced.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from hashlib import sha256

from store.learnt import MOST, REST, Learnt, Region
from store.sameness.blocks import Block, Kind, blocks, told

_SAMPLE = 80
_FLICKERING = (Kind.FIGURES, Kind.LINKS)


@dataclass(frozen=True, slots=True)
class Place:
    """A region as a body has it: its key, its text, and the line it begins at."""

    key: str
    text: str
    start: int


def places(found: Sequence[Block]) -> list[Place]:
    """Every block among these that could flicker."""
    speaking = told(found)
    after = _next_prose(speaking)
    before = ""
    listed: list[Place] = []
    twins: Counter[tuple[str, ...]] = Counter()  # of one frame between the same two texts
    for at, block in enumerate(speaking):
        if block.kind not in _FLICKERING:
            before = block.text
            continue
        name = block.kind.value, block.frame, before, after[at]
        listed.append(Place(_hash(*name, str(twins[name])), block.text, block.start))
        twins[name] += 1
    return listed


def differing(old: Sequence[Block], new: Sequence[Block]) -> list[Place] | None:
    """The regions in which two bodies differ; None when anything else does, prose for one. Places are the new ones."""
    if [block.frame for block in old] != [block.frame for block in new]:
        return None
    before = {place.key: place.text for place in places(old)}
    return [place for place in places(new) if before[place.key] != place.text]


def masked(found: Sequence[Block], learnt: Learnt) -> set[int]:
    """The lines at which learnt regions begin among these blocks."""
    return {place.start for place in places(found) if learnt.holds(place.key)} if learnt.regions else set()


def learn(old: str, new: str, learnt: Learnt) -> Learnt | None:
    """What is known of a page after a refresh: `old` is its last captured body, `new` what it gave now.

    None when that is what was known before.
    """
    before, after = blocks(old), blocks(new)
    now = {place.key: place for place in places(after)}
    changed = differing(told(before), told(after))
    if changed is None:  # something else changed too: nothing to be learnt from
        after_all = Learnt(tuple(region for region in learnt.regions if region.key in now))
    else:
        known = [_again(region, now[region.key], changed) for region in learnt.regions if region.key in now]
        kept = [region for region in known if region is not None]
        keys = {region.key for region in learnt.regions}
        fresh = [
            Region(place.key, _sample(place.text), _hash(place.text)) for place in changed if place.key not in keys
        ]
        after_all = Learnt(tuple((kept + fresh)[:MOST]))
    return None if after_all == learnt else after_all


def _again(region: Region, place: Place, changed: Sequence[Place]) -> Region | None:
    """A known region after one more refresh, None when it is forgotten."""
    seen = _hash(place.text)
    if not region.is_learnt:  # a version was made of it, so it is compared with what was seen
        differs = any(each.key == region.key for each in changed)
        return replace(region, seen=seen, times=region.times + 1) if differs else None
    if seen != region.seen:
        return replace(region, seen=seen, still=0)
    return replace(region, still=region.still + 1) if region.still + 1 < REST else None


def _next_prose(speaking: Sequence[Block]) -> list[str]:
    """For each block the text of the first one after it that cannot flicker."""
    following: list[str] = []
    text = ""
    for block in reversed(speaking):
        following.append(text)
        if block.kind not in _FLICKERING:
            text = block.text
    return following[::-1]


def _sample(text: str) -> str:
    return text.replace("\n", " ")[:_SAMPLE]


def _hash(*parts: str) -> str:
    return sha256("\0".join(parts).encode()).hexdigest()[:16]
