"""Where an insertion or a deletion is said to stand, when several places give the same text.

`甲。[乙。]丙。` and `甲[。乙]。丙。` insert the same; a reader thinks the former. An edit slides to where a sentence
begins, else to after a clause mark, else to where a word begins, else it stays.
"""

from __future__ import annotations

Run = tuple[int, int, int]  # equal units: first of old, first of new, how many

SENTENCE_ENDS = frozenset("。！？；.!?;\n")
CLAUSE_ENDS = frozenset("，、：,:")


def settled(runs: list[Run], old: list[str], new: list[str]) -> list[Run]:
    """The runs with the edits between them slid to where they read best; a run may end up empty."""
    result: list[Run] = []
    before: Run = (0, 0, 0)
    for run in runs:
        shift = _shift(before, run, old, new)
        if result:
            result[-1] = _longer(before, shift)
        before = _shorter(run, shift)
        result.append(before)
    return result


def _longer(run: Run, shift: int) -> Run:
    return run[0], run[1], run[2] + shift


def _shorter(run: Run, shift: int) -> Run:
    return run[0] + shift, run[1] + shift, run[2] - shift


def _shift(before: Run, after: Run, old: list[str], new: list[str]) -> int:
    """By how many units the edit between two runs should slide to the right (negative: left)."""
    old_start, new_start = before[0] + before[2], before[1] + before[2]
    if old_start == after[0]:
        return _best_shift(new, new_start, after[1], before[2], after[2])
    if new_start == after[1]:
        return _best_shift(old, old_start, after[0], before[2], after[2])
    return 0  # a replacement has one place only


def _best_shift(units: list[str], start: int, end: int, most_left: int, most_right: int) -> int:
    """Slide units[start:end] over at most that many equal units on either side."""
    if start == end:
        return 0
    left = 0
    while left < most_left and units[start - left - 1] == units[end - left - 1]:
        left += 1
    right = 0
    while right < most_right and units[start + right] == units[end + right]:
        right += 1
    return min(range(-left, right + 1), key=lambda shift: (*_roughness(units, start + shift), abs(shift), shift))


def _roughness(units: list[str], place: int) -> tuple[int, bool]:
    """How badly a cut before units[place] reads: by what stands before it, and whether a blank follows."""
    starts_blank = units[place].isspace()
    spaced = place > 0 and units[place - 1].isspace()
    last = place - 1 - spaced
    if last < 0 or units[last] in SENTENCE_ENDS:
        return 0, starts_blank
    if units[last] in CLAUSE_ENDS:
        return 1, starts_blank
    return (2 if spaced else 3), starts_blank
