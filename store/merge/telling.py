"""What a merge could not keep of both sides, as lines of the commit's message: so `git log` alone tells it."""

from __future__ import annotations

from collections.abc import Iterable

from store.merge.links import Told
from store.text import clip, one_line

_MOST = 100  # lines
_COLUMNS = 60
_IN_WORDS = {  # where the values would say little
    "link": "kept: one side removed it, the other had changed it",
    "body": "the later stays, the other is in the history",
    "trashed": "not in the trash: one side put it there, the other had changed it",
}


def told_lines(told: Iterable[tuple[str, Told]]) -> tuple[str, ...]:
    """A line for each; the first text of a pair is the id of the link, or a path."""
    return tuple(_line(whose, one) for whose, one in told)[:_MOST]


def _line(whose: str, told: Told) -> str:
    whose, field = one_line(whose), one_line(told.field, _COLUMNS)
    if not told.kept:
        words = _IN_WORDS.get(told.field)
        if words is not None:
            return f"{whose}: {field}: {words}"
        if not told.other:
            return f"{whose}: {field}: one side stays, the other is in the history"
    kept, other = (clip(one_line(text), _COLUMNS) for text in (told.kept, told.other))
    return f"{whose}: {field}: “{kept}” stays{f', not “{other}”' if other else ''}"
