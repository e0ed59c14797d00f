"""One paragraph that both sides changed, joined by the units of `store.diff`: words, and Han characters one by one."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from store.diff.inline import parts

_LOOK_BACK = 40  # characters that are looked at for the end of a sentence


class _Edit(NamedTuple):
    """In place of base[start:end] stands `new`."""

    start: int
    end: int
    new: str


def merge_words(base: str, ours: str, theirs: str) -> str | None:
    """The paragraph with the changes of both; None where they clash. Exchanging the sides changes nothing."""
    edits = sorted({*_edits(base, ours), *_edits(base, theirs)})
    if not all(_stand_apart(base, *two) for two in pairwise(edits)):
        return None
    return "".join(_applied(base, edits))


def _edits(base: str, changed: str) -> Iterator[_Edit]:
    """Each as long as it can be: two of them never touch."""
    start = end = 0
    new = ""
    for op, text in parts(base, changed):
        if op == "+":
            new += text
            continue
        if op == "=":
            yield from _real(start, end, new)
            start, new = end + len(text), ""
        end += len(text)
    yield from _real(start, end, new)


def _real(start: int, end: int, new: str) -> Iterator[_Edit]:
    if start < end or new:
        yield _Edit(start, end, new)


def _stand_apart(base: str, one: _Edit, other: _Edit) -> bool:
    """There is something between the two that neither changed, or the end of a sentence."""
    if one.end != other.start:
        return one.end < other.start
    before, after = base[max(0, one.end - _LOOK_BACK) : one.end], base[other.end : other.end + 1]
    if one.start == other.end:  # both put something in here
        return _breaks(before, one.new) and _breaks(one.new, other.new) and _breaks(other.new, after)
    return _breaks(before, base[one.end : one.end + 1]) and (not one.new or _breaks(one.new, other.new or after))


def _breaks(before: str, after: str) -> bool:
    """A sentence ends here: with a mark that needs no blank, or with one and a blank."""
    words = before.rstrip()
    if not words:
        return True
    apart = before != words or not after or after[0].isspace()
    return words[-1] in "。！？；" or (words[-1] in ".!?;" and apart)


def _applied(base: str, edits: list[_Edit]) -> Iterator[str]:
    at = 0
    for edit in edits:
        yield base[at : edit.start]
        yield edit.new
        at = edit.end
    yield base[at:]
