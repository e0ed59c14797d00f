"""Which paragraphs of one document became which of another, in order and in bounded time.

Equal ones are paired first. Between those, removed paragraphs are paired with the added ones they resemble, so that
the most text is kept and no two pairs cross. Resemblance is Dice's: the share of neighbouring units that both have.
A paragraph is held only against the few that share something rare with it, and those at its own place: two
documents with nothing in common cost little more than reading them. Of a very long paragraph a sample stands for all.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from store.diff.subsequence import Pairs, anchored, filled
from store.diff.tokens import tokens

ALIKE = 0.3  # two paragraphs that share less than this are not one that was changed
RARE = 12  # a shingle in more paragraphs than this does not tell them apart
TRIES = 3  # how many of those that share something rare are looked at
LONG, SAMPLED = 20_000, 16  # from so many units on, about every so manieth shingle is taken, by what it is

Shingles = frozenset[tuple[str, str]]  # each two units of a paragraph that stand side by side


def paired(old: list[str], new: list[str]) -> Pairs:
    """Equal and similar paragraphs, as ascending pairs of indices. Exchanging the sides exchanges the pairs."""
    if new < old:
        return [(i, j) for j, i in paired(new, old)]
    return filled(anchored(old, new), old, new, _similar)


def _similar(old: list[str], new: list[str]) -> Pairs:
    """The pairs of similar paragraphs that together keep the most text without crossing."""
    old_shingles = [_shingles(paragraph) for paragraph in old]
    new_shingles = [_shingles(paragraph) for paragraph in new]
    weighed = []
    for i, j in _candidates(old_shingles, new_shingles):
        common = len(old_shingles[i] & new_shingles[j])
        if 2 * common >= ALIKE * (len(old_shingles[i]) + len(new_shingles[j])):
            weighed.append((i, j, common))
    return _heaviest_chain(weighed, len(new))


def _shingles(paragraph: str) -> Shingles:
    """The edges of the paragraph count as units, so that a short one has shingles too; blanks do not count."""
    units = [unit for unit in tokens(paragraph) if not unit.isspace()]
    found = pairwise(["", *units, ""])
    if len(units) < LONG:
        return frozenset(found)
    return frozenset(two for two in found if sum(map(ord, two[0] + two[1])) % SAMPLED == 0)


def _candidates(old: list[Shingles], new: list[Shingles]) -> set[tuple[int, int]]:
    """What is worth a look for each old paragraph: a few that share something rare, and those at the same place."""
    shared = frozenset().union(*old) & frozenset().union(*new)
    holders: dict[tuple[str, str], list[int]] = defaultdict(list)
    for j, shingles in enumerate(new):
        for shingle in shingles & shared:
            holders[shingle].append(j)
    shift = len(new) - len(old)
    found: set[tuple[int, int]] = set()
    for i, shingles in enumerate(old):
        votes = Counter(_rare_holders(holders, shingles & shared))
        elected = sorted(votes, key=lambda j: (-votes[j], j))[:TRIES]
        found.update((i, j) for j in (*elected, i, i + shift) if 0 <= j < len(new))
    return found


def _rare_holders(holders: dict[tuple[str, str], list[int]], shingles: Shingles) -> Iterable[int]:
    for shingle in shingles:
        if len(holders[shingle]) <= RARE:
            yield from holders[shingle]


def _heaviest_chain(weighed: list[tuple[int, int, int]], width: int) -> Pairs:
    """Of (i, j, weight) the chain, ascending in i and in j, that weighs most. `j` is below `width`.

    A Fenwick tree over `j` keeps the heaviest chain that ends at or before each place.
    """
    ordered = sorted(weighed, key=lambda pair: (pair[0], -pair[1]))  # of one i only one pair can follow another
    weights = [0] * (width + 1)
    ends = [-1] * (width + 1)
    before: list[int] = []
    for index, (_, j, weight) in enumerate(ordered):
        total, previous = 0, -1
        place = j
        while place > 0:
            if weights[place] > total:
                total, previous = weights[place], ends[place]
            place &= place - 1
        before.append(previous)
        total += weight
        place = j + 1
        while place <= width:
            if weights[place] < total:
                weights[place], ends[place] = total, index
            place += place & -place
    return _chain_ending(_heaviest(weights, ends), ordered, before)


def _heaviest(weights: list[int], ends: list[int]) -> int:
    return ends[max(range(len(weights)), key=weights.__getitem__)]


def _chain_ending(index: int, ordered: list[tuple[int, int, int]], before: list[int]) -> Pairs:
    chain: Pairs = []
    while index >= 0:
        chain.append(ordered[index][:2])
        index = before[index]
    return chain[::-1]
