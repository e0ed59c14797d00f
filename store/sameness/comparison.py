"""Two bodies compared by their blocks, and a new body that keeps the old one's noise.

Lists of related pages rotate, below a heading that says so. Only one thing is news there: words that lead elsewhere
than they did.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from store.learnt import NOTHING, Learnt
from store.sameness.blocks import Block, Kind, blocks, told
from store.sameness.learning import differing, masked
from store.sameness.spelling import speller

_LINK = re.compile(r"\[([^\[\]]+)\]\(([^()]*)\)")
_MOST_COMPARED = 1_000_000  # pairs of blocks


@dataclass(frozen=True, slots=True)
class Line:
    """One block as it is compared: its text without noise, `place` the line of the body it begins at."""

    text: str
    place: int


def essence(body: str) -> tuple[Line, ...]:
    """What a body says apart from noise, block by block; lists below "Related articles" are left out."""
    return tuple(Line(block.text, block.start) for block in told(blocks(body)))


def same(old: str, new: str, learnt: Learnt = NOTHING) -> bool:
    """Whether nothing but noise and learnt regions differs. Symmetric; a body is the same as itself."""
    if old == new:
        return True
    before, after = blocks(old), blocks(new)
    if _leads_elsewhere(_related(before), _related(after)):
        return False
    regions = differing(told(before), told(after))
    return regions is not None and all(learnt.holds(region.key) for region in regions)


def steady(old: str, new: str, learnt: Learnt = NOTHING) -> str:
    """The new body, in which what is the same but for noise stands as it did in the old one.

    So what a diff of the two shows is what changed. Bodies that are the same give the old one.
    """
    if same(old, new, learnt):
        return old
    before, after = blocks(old), blocks(new)
    old_lines, new_lines = old.split("\n"), _respelled(new, after, old)
    written: list[str] = []
    at = 0
    for earlier, later in _pairs(before, after, learnt):
        written += new_lines[at : later.start] + old_lines[earlier.start : earlier.end]
        at = later.end
    body = "\n".join(written + new_lines[at:])
    return body if same(body, new, learnt) else new  # a figure may be noise beside one word, and none beside another


def _respelled(new: str, found: Sequence[Block], old: str) -> list[str]:
    """The lines of the new body with the addresses of the old one, where they lead to the same place."""
    code = {block.start for block in found if block.kind is Kind.CODE}
    respelled = speller(old)
    return [line if number in code else respelled(line) for number, line in enumerate(new.split("\n"))]


def _leads_elsewhere(old: Sequence[Block], new: Sequence[Block]) -> bool:
    """Whether words stand among the links of both, and lead to another place than they did."""
    before, after = _links(old), _links(new)
    return any(not before[words] & after[words] for words in before.keys() & after.keys())


def _links(found: Sequence[Block]) -> dict[str, set[str]]:
    """Words of links -> where they lead."""
    links: dict[str, set[str]] = {}
    for block in found:
        for words, target in _LINK.findall(block.text):
            links.setdefault(words, set()).add(target)
    return links


def _related(found: Sequence[Block]) -> list[Block]:
    return [block for block in found if block.kind is Kind.RELATED]


def _pairs(old: Sequence[Block], new: Sequence[Block], learnt: Learnt) -> Iterator[tuple[Block, Block]]:
    """Blocks of both that are the same but for noise, in order."""
    may_rotate = not _leads_elsewhere(_related(old), _related(new))
    for first, second in _aligned(_keys(old, learnt, may_rotate), _keys(new, learnt, may_rotate)):
        yield old[first], new[second]


def _aligned(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]]) -> Iterator[tuple[int, int]]:
    """Places of equal keys, in order. What begins and ends alike is cheap; a middle that is too long is left."""
    shorter = min(len(before), len(after))
    head = next((at for at in range(shorter) if before[at] != after[at]), shorter)
    tail = next((at for at in range(shorter - head) if before[-1 - at] != after[-1 - at]), shorter - head)
    yield from ((at, at) for at in range(head))
    old, new = before[head : len(before) - tail], after[head : len(after) - tail]
    if len(old) * len(new) <= _MOST_COMPARED:
        for match in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
            yield from ((head + match.a + at, head + match.b + at) for at in range(match.size))
    yield from ((len(before) - at, len(after) - at) for at in range(tail, 0, -1))


def _keys(found: Sequence[Block], learnt: Learnt, may_rotate: bool) -> list[tuple[str, str]]:
    """What a block must share with another to stand for it: its text, or its frame where the text may be another."""
    left_out = masked(found, learnt) | {block.start for block in _related(found) if may_rotate}
    return [(block.kind.value, block.frame if block.start in left_out else block.text) for block in found]
