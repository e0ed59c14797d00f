"""One paragraph against another, unit by unit, readably.

What is the same but too small to help a reader is given up: a Han character or a short word left standing between two
edits, or a few words between long ones. A paragraph too long for the exact way is first told apart by sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Literal, NamedTuple

from store.diff.sliding import SENTENCE_ENDS, Run, settled
from store.diff.subsequence import EXACT, Pairs, anchored, filled, longest
from store.diff.tokens import tokens

Op = Literal["=", "-", "+"]
Part = tuple[Op, str]

FEW_LETTERS = 3  # fewer letters or digits than this, alone between two edits, are no help
DWARFED = 4  # nor is what both neighbours are more than this many times longer than


class Stretch(NamedTuple):
    """Text that stands on both sides (`old` and `new` are one), or what was there before and what is there now."""

    same: bool
    old: str
    new: str

    @property
    def size(self) -> int:
        """Characters of the longer side."""
        return max(len(self.old), len(self.new))


def parts(old: str, new: str) -> tuple[Part, ...]:
    """`old` made into `new`: the "=" and "-" parts joined are `old`, the "=" and "+" parts are `new`; none is empty."""
    old_units, new_units = tokens(old), tokens(new)
    stretches = list(_stretches(old_units, new_units, _matched(old_units, new_units)))
    return tuple(part for stretch in _without_crumbs(stretches) for part in _as_parts(stretch))


def _matched(old: list[str], new: list[str]) -> Pairs:
    if len(old) * len(new) <= EXACT:
        return longest(old, new)
    return filled(_in_equal_sentences(old, new), old, new, longest)


def _in_equal_sentences(old: list[str], new: list[str]) -> Iterator[tuple[int, int]]:
    """The units of all sentences that stand on both sides, paired."""
    old_starts, new_starts = _sentence_starts(old), _sentence_starts(new)
    for i, j in anchored(_between(old_starts, old), _between(new_starts, new)):
        for k in range(old_starts[i + 1] - old_starts[i]):
            yield old_starts[i] + k, new_starts[j] + k


def _sentence_starts(units: list[str]) -> list[int]:
    """Where each sentence starts, and where the last one ends."""
    starts = [0, *(place for place, unit in enumerate(units, 1) if unit in SENTENCE_ENDS)]
    return starts if starts[-1] == len(units) else [*starts, len(units)]


def _between(starts: list[int], units: list[str]) -> list[str]:
    return ["".join(units[start:end]) for start, end in pairwise(starts)]


def _stretches(old: list[str], new: list[str], pairs: Pairs) -> Iterator[Stretch]:
    """Sameness and edits in turn, each as long as it can be."""
    old_at = new_at = 0
    for i, j, length in settled([*_runs(pairs), (len(old), len(new), 0)], old, new):
        if old_at < i or new_at < j:
            yield Stretch(False, "".join(old[old_at:i]), "".join(new[new_at:j]))
        if length:
            same = "".join(old[i : i + length])
            yield Stretch(True, same, same)
        old_at, new_at = i + length, j + length


def _runs(pairs: Pairs) -> Iterator[Run]:
    start = 0
    for place in range(1, len(pairs) + 1):
        if place == len(pairs) or pairs[place] != (pairs[place - 1][0] + 1, pairs[place - 1][1] + 1):
            yield *pairs[start], place - start
            start = place


def _without_crumbs(stretches: list[Stretch]) -> Iterator[Stretch]:
    """Sameness that is too small becomes part of the edits on both sides of it."""
    kept = [stretch.same for stretch in stretches]
    for place in range(1, len(stretches) - 1):
        kept[place] = kept[place] and not _is_crumb(*stretches[place - 1 : place + 2])
    for same, group in groupby(zip(kept, stretches, strict=True), key=itemgetter(0)):
        members = [stretch for _, stretch in group]
        yield Stretch(same, "".join(member.old for member in members), "".join(member.new for member in members))


def _is_crumb(before: Stretch, stretch: Stretch, after: Stretch) -> bool:
    letters = sum(map(str.isalnum, stretch.old))
    if letters < FEW_LETTERS and (letters or stretch.old.isspace()):
        return True
    return stretch.size * DWARFED < min(before.size, after.size)


def _as_parts(stretch: Stretch) -> Iterator[Part]:
    if stretch.same:
        yield "=", stretch.old
        return
    if stretch.old:
        yield "-", stretch.old
    if stretch.new:
        yield "+", stretch.new
