"""Colours for code, as spans by offset, so that folded lines stay right. Made in a thread; no screen here.

Bounds: code longer than 200 KB, or with a line longer than 2,000 characters (machines wrote it), stays plain. The
names of languages are looked up in Pygments' own table, never among its plugins.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from operator import attrgetter

from tui.text.blocks import Block

_LARGEST = 200_000  # characters
_LONGEST_LINE = 2_000
_NAMES = {
    "Comment": "comment",
    "Keyword": "keyword",
    "Operator.Word": "keyword",
    "Name.Tag": "keyword",
    "Literal.String": "string",
    "Literal.Number": "number",
    "Keyword.Constant": "number",
    "Name.Function": "name",
    "Name.Class": "name",
    "Name.Decorator": "name",
    "Name.Attribute": "name",
    "Generic.Inserted": "string",
    "Generic.Deleted": "number",
    "Generic.Heading": "name",
    "Generic.Subheading": "name",
}
COLOURS = tuple(dict.fromkeys(_NAMES.values()))


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of code in one colour, by name."""

    start: int
    end: int
    name: str


def may_be_coloured(block: Block) -> bool:
    """Whether it is code of a named language, and not too much of it."""
    return (
        block.kind == "code"
        and bool(block.language)
        and len(block.text) <= _LARGEST
        and max(map(len, block.text.split("\n"))) <= _LONGEST_LINE
    )


def coloured(code: str, language: str) -> tuple[Stretch, ...]:
    """The coloured stretches of a code, in order; none in a language nobody knows."""
    name = language.lower()
    if name not in _languages():
        return ()
    from pygments.lexers import get_lexer_by_name  # type: ignore[import-untyped]

    found: list[Stretch] = []
    for at, kind, text in get_lexer_by_name(name).get_tokens_unprocessed(code):
        colour = _colour(kind)
        if not colour or not text:
            continue
        joins = bool(found) and found[-1].end == at and found[-1].name == colour
        found.append(Stretch(found.pop().start if joins else at, at + len(text), colour))
    return tuple(sorted(found, key=attrgetter("start")))


def between(stretches: tuple[Stretch, ...], start: int, end: int) -> tuple[Stretch, ...]:
    """Those of which something lies between two offsets."""
    first = max(0, bisect_right(stretches, start, key=attrgetter("start")) - 1)
    last = bisect_right(stretches, end - 1, key=attrgetter("start"))
    return stretches[first:last]


@cache
def _languages() -> frozenset[str]:
    from pygments.lexers import get_all_lexers

    return frozenset(alias for _, aliases, _, _ in get_all_lexers(plugins=False) for alias in aliases)


@cache
def _colour(kind: object) -> str:
    """The colour of a kind of token, which reads `Token.Name.Function`, or that of a kind above it."""
    name = str(kind).removeprefix("Token.")
    while name and name not in _NAMES:
        name = name.rpartition(".")[0]
    return _NAMES.get(name, "")
