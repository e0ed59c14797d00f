"""Which blocks of a page its ground truth contains.

Blocks are matched with the truth by runs of words: those of which most runs of four occur in it, and the longest chain
of blocks whose words stand in it in the same order. A short match far from all others is chance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

Words = Sequence[str]

RUN = 4  # words
_MOST_PLACES = 60  # of one word in the truth that are tried
_ENOUGH = 0.6  # of a block's words, in runs that occur in the truth
_TELLING = 6  # words
_UNORDERED = 12  # words of a block that counts although it stands out of order
_FAR = 12  # blocks


def labels(blocks: Sequence[Words], truth: Words) -> list[bool]:
    """For each block whether it is content."""
    covered = _covered(blocks, truth)
    chain = _chain(blocks, truth, covered)
    telling = [at for at in chain if len(blocks[at]) >= _TELLING]
    first, last = (min(telling), max(telling)) if telling else (0, len(blocks))
    found = []
    for at, words in enumerate(blocks):
        if at in chain:
            found.append(len(words) >= RUN or first - _FAR <= at <= last + _FAR)
        else:
            found.append(covered[at] and len(words) >= _UNORDERED)
    return found


def _covered(blocks: Sequence[Words], truth: Words) -> list[bool]:
    """Most of it stands in the truth, in runs that may cross into the block behind."""
    runs = {tuple(truth[at : at + RUN]) for at in range(len(truth) - RUN + 1)}
    stream = [word for words in blocks for word in words]
    hit = bytearray(len(stream))
    for at in range(len(stream) - RUN + 1):
        if tuple(stream[at : at + RUN]) in runs:
            hit[at : at + RUN] = b"\1" * RUN
    found, start = [], 0
    for words in blocks:
        share = sum(hit[start : start + len(words)]) / max(1, len(words))
        found.append(len(words) >= _TELLING and share >= _ENOUGH)
        start += len(words)
    return found


def _chain(blocks: Sequence[Words], truth: Words, covered: Sequence[bool]) -> set[int]:
    """The blocks of the heaviest chain that stands in the truth in order."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, word in enumerate(truth):
        places[word].append(at)
    best = _BestUpTo(len(truth) + 1)
    links: list[tuple[int, int]] = []  # block, link before
    for number, words in enumerate(blocks):
        ends: list[tuple[int, float, int]] = []
        for start, end, weight in _occurrences(words, truth, places, covered[number]):
            before, link = best.up_to(start)
            links.append((number, link))
            ends.append((end, before + weight, len(links) - 1))
        for end, weight, link in ends:
            best.put(end, weight, link)
    chain, link = set(), best.up_to(len(truth))[1]
    while link >= 0:
        chain.add(links[link][0])
        link = links[link][1]
    return chain


def _occurrences(
    words: Words, truth: Words, places: dict[str, list[int]], covered: bool
) -> list[tuple[int, int, float]]:
    """(start, end, weight) of each place where all of it stands; else where its first known run does."""
    if not words:
        return []
    size = len(words)
    whole = [at for at in places.get(words[0], ())[:_MOST_PLACES] if list(truth[at : at + size]) == list(words)]
    if whole:
        return [(at, at + size, size + (0.5 if size >= RUN else 0)) for at in whole]
    for offset in range(size - RUN + 1) if covered else ():
        run = list(words[offset : offset + RUN])
        for at in places.get(run[0], ())[:_MOST_PLACES]:
            if list(truth[at : at + RUN]) == run:
                return [(at, min(len(truth), at + size), size * 0.9)]
    return []


class _BestUpTo:
    """The heaviest of what was put at or before a place (a Fenwick tree of maxima)."""

    def __init__(self, size: int) -> None:
        self._best = [(0.0, -1)] * (size + 1)

    def put(self, at: int, weight: float, link: int) -> None:
        at += 1
        while at < len(self._best):
            self._best[at] = max(self._best[at], (weight, link))
            at += at & -at

    def up_to(self, at: int) -> tuple[float, int]:
        at += 1
        found = (0.0, -1)
        while at > 0:
            found = max(found, self._best[at])
            at -= at & -at
        return found
