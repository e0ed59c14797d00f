"""Two versions of a document compared for a reader: paragraph by paragraph, and inside a paragraph unit by unit.

A paragraph is a line: our Markdown has one paragraph on one line. Blank lines never decide which paragraphs belong
together, they are fitted in between. Nothing is normalised: the parts of all rows, joined, are the two documents.
Time is bounded: of very many changed paragraphs only the first ones are compared inside.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from store.diff.comparison import Change, Comparison, Row
from store.diff.inline import parts
from store.diff.pairing import paired

__all__ = ["Change", "Comparison", "Hunk", "Row", "compare", "hunks", "unified"]

NO_LINE_END = "\\ No newline at end of file"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_MOST_INSIDE = 10_000  # changed paragraphs that are compared unit by unit; more stand there whole, old and new


@dataclass(frozen=True, slots=True)
class Hunk:
    """Rows to be shown together, and how many equal paragraphs were folded away before them."""

    folded: int
    rows: tuple[Row, ...]


def compare(old: str, new: str) -> Comparison:
    """What changed from `old` to `new`. Exchanging the two exchanges what was removed and what was added."""
    return Comparison(tuple(_rows(_LINE.findall(old), _LINE.findall(new))))


def hunks(comparison: Comparison, context: int = 1) -> tuple[Hunk, ...]:
    """The changed rows with `context` equal paragraphs around them, for a screen; none when nothing changed."""
    found = []
    folded = 0
    for shown, rows in _cut(comparison.rows, context, counts=lambda row: not row.blank):
        if shown:
            found.append(Hunk(folded, tuple(rows)))
        folded = 0 if shown else sum(not row.blank for row in rows)
    return tuple(found)


def unified(old: str, new: str, from_name: str, to_name: str, context: int = 3) -> Iterator[str]:
    """A unified diff as `patch` reads it, its lines without line ends; none when nothing changed."""
    comparison = compare(old, new)
    if all(row.kind == "=" for row in comparison.rows):
        return
    yield f"--- {from_name}"
    yield f"+++ {to_name}"
    old_seen = new_seen = 0
    for shown, rows in _cut(comparison.rows, context, counts=lambda _: True):
        old_count = sum(row.old_no is not None for row in rows)
        new_count = sum(row.new_no is not None for row in rows)
        if shown:
            yield f"@@ -{_span(old_seen, old_count)} +{_span(new_seen, new_count)} @@"
            yield from _marked_lines(rows)
        old_seen += old_count
        new_seen += new_count


def _rows(old: list[str], new: list[str]) -> Iterator[Row]:
    old_texts = [number for number, line in enumerate(old) if not line.isspace()]
    new_texts = [number for number, line in enumerate(new) if not line.isspace()]
    pairs = paired([old[i].removesuffix("\n") for i in old_texts], [new[j].removesuffix("\n") for j in new_texts])
    old_at = new_at = changed = 0
    for i, j in [(old_texts[i], new_texts[j]) for i, j in pairs]:
        yield from _unpaired(old, old_at, i, new, new_at, j)
        changed += old[i] != new[j]
        yield _paired_row(old, i, new, j) if changed <= _MOST_INSIDE else _whole_row(old, i, new, j)
        old_at, new_at = i + 1, j + 1
    yield from _unpaired(old, old_at, len(old), new, new_at, len(new))


def _unpaired(old: list[str], old_at: int, old_end: int, new: list[str], new_at: int, new_end: int) -> Iterator[Row]:
    """Lines between two pairs: equal (blank) ones at both edges; between them what went, then what came."""
    shorter = min(old_end - old_at, new_end - new_at)
    head = 0
    while head < shorter and old[old_at + head] == new[new_at + head]:
        yield _paired_row(old, old_at + head, new, new_at + head)
        head += 1
    tail = 0
    while tail < shorter - head and old[old_end - 1 - tail] == new[new_end - 1 - tail]:
        tail += 1
    for i in range(old_at + head, old_end - tail):
        yield Row("-", i + 1, None, (("-", old[i]),))
    for j in range(new_at + head, new_end - tail):
        yield Row("+", None, j + 1, (("+", new[j]),))
    for back in range(tail, 0, -1):
        yield _paired_row(old, old_end - back, new, new_end - back)


def _paired_row(old: list[str], i: int, new: list[str], j: int) -> Row:
    if old[i] == new[j]:
        return Row("=", i + 1, j + 1, (("=", old[i]),))
    return Row("~", i + 1, j + 1, parts(old[i], new[j]))


def _whole_row(old: list[str], i: int, new: list[str], j: int) -> Row:
    if old[i] == new[j]:
        return Row("=", i + 1, j + 1, (("=", old[i]),))
    return Row("~", i + 1, j + 1, (("-", old[i]), ("+", new[j])))


def _cut(rows: Sequence[Row], context: int, counts: Callable[[Row], bool]) -> Iterator[tuple[bool, list[Row]]]:
    """The rows in stretches to show and to hide: shown is what changed, and `context` counted equal rows around it."""
    shown = [False] * len(rows)
    for order in (range(len(rows)), range(len(rows) - 1, -1, -1)):
        left = 0
        for place in order:
            changed = rows[place].kind != "="
            shown[place] = shown[place] or changed or left > 0
            left = context if changed else left - counts(rows[place])
    for is_shown, group in groupby(range(len(rows)), key=shown.__getitem__):
        yield is_shown, [rows[place] for place in group]


def _span(seen: int, count: int) -> str:
    """Where a hunk stands: `start,count`, where the start of nothing is the line before it."""
    start = seen + 1 if count else seen
    return f"{start}" if count == 1 else f"{start},{count}"


def _marked_lines(rows: list[Row]) -> Iterator[str]:
    for same, group in groupby(rows, key=lambda row: row.kind == "="):
        lines = list(group)
        if same:
            yield from _marked(" ", [row.old for row in lines])
        else:
            yield from _marked("-", [row.old for row in lines])
            yield from _marked("+", [row.new for row in lines])


def _marked(mark: str, lines: list[str]) -> Iterator[str]:
    for line in filter(None, lines):
        yield mark + line.removesuffix("\n")
        if not line.endswith("\n"):
            yield NO_LINE_END
