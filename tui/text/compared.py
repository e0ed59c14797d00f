"""Two texts compared, as the diff view shows them: what is folded away, and where the changes begin. No screen here.

Rules: texts are cleaned here, once, and only clean ones go on. The counts are those of the texts as they are kept,
because `log` prints them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from store.diff import Comparison, Row, compare, hunks
from store.text import visible

FAR = 400  # characters: edits of one paragraph with more than this between them are two changes


@dataclass(frozen=True, slots=True)
class Fold:
    """One line in place of `count` paragraphs that are the same; `row` is the first row it hides."""

    row: int
    count: int


@dataclass(frozen=True, slots=True)
class Change:
    """Where a change begins: in this row, at this one of its parts."""

    row: int
    part: int


@dataclass(frozen=True, slots=True)
class Compared:
    """Two clean texts compared: `rows` in order, and `folded`, what is shown of them (numbers of rows, and folds).

    `added_chars` and `removed_chars` are those of the texts before they were cleaned. Where they are not 0 and there
    are no `changes`, the texts differ in nothing that can be seen.
    """

    rows: tuple[Row, ...]
    folded: tuple[int | Fold, ...]
    changes: tuple[Change, ...]
    added_chars: int
    removed_chars: int

    def shown(self, *, folded: bool) -> Sequence[int | Fold]:
        """What stands on the sheet: `folded`, or the number of every row."""
        return self.folded if folded else range(len(self.rows))


def prepare(old: str, new: str) -> Compared:
    """What changed from `old` to `new`, texts as they were kept. For a worker thread: 1 MB may take a second."""
    seen = visible(old), visible(new)
    clean = compare(*seen)
    raw = clean if seen == (old, new) else compare(old, new)
    return Compared(clean.rows, tuple(_folded(clean)), tuple(_changes(clean.rows)), raw.added_chars, raw.removed_chars)


def _folded(comparison: Comparison) -> Iterator[int | Fold]:
    """The rows of all hunks, with folds for what is between them."""
    rows, at = comparison.rows, 0
    for hunk in hunks(comparison):
        if hunk.folded:
            yield Fold(at, hunk.folded)
        while rows[at] is not hunk.rows[0]:
            if not hunk.folded:  # only blank lines between two hunks
                yield at
            at += 1
        yield from range(at, at + len(hunk.rows))
        at += len(hunk.rows)
    if left := sum(not row.blank for row in rows[at:]):
        yield Fold(at, left)


def _changes(rows: Sequence[Row]) -> Iterator[Change]:
    """Lines removed or added in a row are one change, an edited paragraph is one or, with edits far apart, several."""
    for whole, group in groupby(enumerate(rows), key=lambda numbered: numbered[1].kind in "-+"):
        members = list(group)
        if whole:
            yield Change(next((number for number, row in members if not row.blank), members[0][0]), 0)
            continue
        for number, row in members:
            yield from (Change(number, part) for part in _far_apart(row))


def _far_apart(row: Row) -> Iterator[int]:
    same = FAR + 1
    for part, (op, text) in enumerate(row.parts):
        if op == "=":
            same += len(text)
            continue
        if same > FAR:
            yield part
        same = 0
