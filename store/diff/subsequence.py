"""What two sequences have in common, in order and in bounded time.

`longest` is exact up to a size, by bit vectors in Python's long integers; `anchored` goes by what occurs once on both
sides first, which reads better for the lines of a document. A stretch too large for the exact way is split at such
anchors too, else at windows of several items that occur once, and what cannot be split counts as different: nothing
here is quadratic without a limit. Both are symmetric: exchanging the sides exchanges the pairs.

Sources: H. Hyyrö, "Bit-parallel LCS-length computation revisited" (2004); B. Cohen's patience diff.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable

Pairs = list[tuple[int, int]]  # (index in old, index in new), both strictly ascending
Search = Callable[[list[str], list[str], int], Pairs]  # the last argument: how often it may still split

EXACT = 16_000_000  # cells of the table that the exact way may fill: 4,000 by 4,000, some 3 ms
SPLITS = 4  # how often a stretch that is too large may be split again
WINDOW = 12  # items side by side that are as good as one that occurs once


def longest(old: list[str], new: list[str]) -> Pairs:
    """A longest common subsequence; of what is beyond the limit, a good one."""
    return _in_one_direction(_longest, old, new)


def anchored(old: list[str], new: list[str]) -> Pairs:
    """A common subsequence that keeps, before all else, what occurs exactly once on both sides."""
    return _in_one_direction(_anchored, old, new)


def filled(
    anchors: Iterable[tuple[int, int]],
    old: list[str],
    new: list[str],
    search: Callable[[list[str], list[str]], Pairs],
) -> Pairs:
    """The anchors, and whatever `search` finds in each stretch between two of them."""
    pairs: Pairs = []
    old_at = new_at = 0
    for i, j in [*anchors, (len(old), len(new))]:
        if old_at < i and new_at < j:
            pairs += [(old_at + k, new_at + m) for k, m in search(old[old_at:i], new[new_at:j])]
        pairs.append((i, j))
        old_at, new_at = i + 1, j + 1
    return pairs[:-1]


def _in_one_direction(search: Search, old: list[str], new: list[str]) -> Pairs:
    """Search from the lesser side to the greater, so that ties fall alike whichever side is called old."""
    if old <= new:
        return search(old, new, SPLITS)
    return [(i, j) for j, i in search(new, old, SPLITS)]


def _anchored(old: list[str], new: list[str], splits: int) -> Pairs:
    return _inside_equal_ends(_split, old, new, splits)


def _longest(old: list[str], new: list[str], splits: int) -> Pairs:
    return _inside_equal_ends(_exact_or_split, old, new, splits)


def _inside_equal_ends(search: Search, old: list[str], new: list[str], splits: int) -> Pairs:
    """Pair the equal beginnings and the equal ends, and search only what is left between them."""
    shorter = min(len(old), len(new))
    head = 0
    while head < shorter and old[head] == new[head]:
        head += 1
    tail = 0
    while tail < shorter - head and old[-1 - tail] == new[-1 - tail]:
        tail += 1
    old_end, new_end = len(old) - tail, len(new) - tail
    pairs = [(k, k) for k in range(head)]
    if head < old_end and head < new_end:
        pairs += [(head + i, head + j) for i, j in search(old[head:old_end], new[head:new_end], splits)]
    pairs += [(old_end + k, new_end + k) for k in range(tail)]
    return pairs


def _exact_or_split(old: list[str], new: list[str], splits: int) -> Pairs:
    if len(old) * len(new) > EXACT:
        return _split(old, new, splits)
    if len(old) < len(new):  # the shorter side gives the bits: many short steps instead of few very long ones
        return [(i, j) for j, i in _exact(new, old)]
    return _exact(old, new)


def _split(old: list[str], new: list[str], splits: int) -> Pairs:
    """Pair what occurs once on both sides, and search between those anchors; without any, all is different."""
    anchors = (_anchors(old, new) or _windows(old, new)) if splits else []
    if not anchors:
        return []
    return filled(anchors, old, new, lambda left, right: _longest(left, right, splits - 1))


def _anchors(old: list[str], new: list[str]) -> Pairs:
    """The longest ascending run of items that occur exactly once on both sides."""
    old_counts, new_counts = Counter(old), Counter(new)
    place = {item: j for j, item in enumerate(new) if new_counts[item] == 1}
    return _ascending([(i, place[item]) for i, item in enumerate(old) if item in place and old_counts[item] == 1])


def _windows(old: list[str], new: list[str]) -> Pairs:
    """The same of the beginnings of windows: every place of `new` is looked at, and of `old` each window's first."""
    marks: dict[tuple[str, ...], int] = {}
    places: dict[tuple[str, ...], int] = {}
    for i in range(0, len(old) - WINDOW + 1, WINDOW):
        window = tuple(old[i : i + WINDOW])
        marks[window] = -1 if window in marks else i
    for j in range(len(new) - WINDOW + 1):
        window = tuple(new[j : j + WINDOW])
        if window in marks:
            places[window] = -1 if window in places else j
    once = ((i, places.get(window, -1)) for window, i in marks.items())
    return _ascending([(i, j) for i, j in once if i >= 0 and j >= 0])


def _ascending(once: Pairs) -> Pairs:
    """Of pairs that ascend in their first place, the longest run that ascends in the second one too."""
    ends: list[int] = []  # ends[n]: the smallest place at which an ascending run of n + 1 items ends
    last: list[int] = []  # which item of `once` that is
    before: list[int] = []  # for each item, the one before it in its run
    for index, (_, j) in enumerate(once):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [index]
    run: Pairs = []
    index = last[-1] if last else -1
    while index >= 0:
        run.append(once[index])
        index = before[index]
    return run[::-1]


def _exact(old: list[str], new: list[str]) -> Pairs:
    """Hyyrö's bit vectors, and the way back through them.

    After `k` items of `old`, bit `j` of `rows[k]` is 0 exactly where one item more of `new` makes the common
    subsequence one longer.
    """
    places: dict[str, int] = {}
    for j, item in enumerate(new):
        places[item] = places.get(item, 0) | 1 << j
    row = full = (1 << len(new)) - 1
    rows = [row]
    for item in old:
        hits = row & places.get(item, 0)
        row = ((row + hits) | (row - hits)) & full
        rows.append(row)
    pairs: Pairs = []
    i, j = len(old), len(new)
    while i and j:
        if rows[i] >> (j - 1) & 1:  # this item of new adds nothing
            j -= 1
        elif rows[i - 1] >> (j - 1) & 1:  # it adds something, and did not before this item of old
            i, j = i - 1, j - 1
            pairs.append((i, j))
        else:
            i -= 1
    return pairs[::-1]
