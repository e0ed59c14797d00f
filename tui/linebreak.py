"""Breaks a paragraph into lines of a terminal, the way Chinese is set and the way Latin is.

Han, kana and Hangul may be parted between any two characters, Latin only at blanks, or anywhere when one word is longer
than a line. No line begins with closing punctuation, none ends with opening punctuation (避头尾). Offsets are given
instead of texts, so that what is known of a paragraph by position (links, hits, changes) stays right.
"""

from __future__ import annotations

from enum import IntEnum

from store.text import width

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕］｝…—～·％‰℃”’,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔［｛“‘([{＄￥")
_TAB = 4
_NARROWEST = 2  # columns: one wide character


class _Kind(IntEnum):
    """How a character behaves at the end of a line."""

    BLANK = 0
    LETTER = 1  # of a word that stays whole
    WIDE = 2  # may be parted from its neighbours
    CLOSING = 3  # full-width: a word may follow on the next line
    STOP = 4  # narrow: what follows belongs to it, as in 3.14
    OPENING = 5
    MARK = 6  # stands on the character before


# Where a line may be parted: between a character of the first kind and one of the second.
_PARTED = {
    _Kind.WIDE: (_Kind.BLANK, _Kind.LETTER, _Kind.WIDE, _Kind.CLOSING, _Kind.STOP),
    _Kind.LETTER: (_Kind.BLANK, _Kind.WIDE, _Kind.CLOSING),
    _Kind.OPENING: (_Kind.BLANK, _Kind.WIDE, _Kind.CLOSING, _Kind.STOP),
}
_MAY_PART = tuple(tuple(before in _PARTED.get(now, ()) for now in _Kind) for before in _Kind)


class _Characters(dict[str, tuple[int, _Kind]]):
    """Character -> (columns, kind), filled as characters are met."""

    def __missing__(self, character: str) -> tuple[int, _Kind]:
        found = self[character] = (_TAB if character == "\t" else width(character), _kind(character))
        return found


def _kind(character: str) -> _Kind:
    if character in " \t\u3000":
        return _Kind.BLANK
    columns = width(character)
    if columns == 0:
        return _Kind.MARK
    if character in _NEVER_FIRST:
        return _Kind.CLOSING if character > "\u2000" else _Kind.STOP
    if character in _NEVER_LAST:
        return _Kind.OPENING
    return _Kind.WIDE if columns > 1 else _Kind.LETTER


_CHARACTERS = _Characters()


def columns(text: str) -> int:
    """Columns that a clean text takes; a tab takes four."""
    return sum(_CHARACTERS[character][0] for character in text)


def lines(text: str, room: int, first: int | None = None) -> list[tuple[int, int]]:
    """The lines of a paragraph as (start, end) offsets: each at most `room` columns, the first at most `first`.

    A line feed ends a line. Blanks at a break belong to neither line. An empty text is one empty line.
    """
    found: list[tuple[int, int]] = []
    room, limit = max(_NARROWEST, room), max(_NARROWEST, room if first is None else first)
    start = used = 0
    chance, used_before = -1, 0  # the last place in this line where it may be parted, and the columns before it
    before = _Kind.BLANK
    for at, character in enumerate(text):
        if character == "\n":
            found.append((start, at))
            start, used, chance, before, limit = at + 1, 0, -1, _Kind.BLANK, room
            continue
        size, kind = _CHARACTERS[character]
        if _MAY_PART[before][kind] and at > start:
            chance, used_before = at, used
        if used + size > limit and kind is not _Kind.BLANK and kind is not _Kind.MARK:
            parted = chance > start
            if parted:
                found.append((start, _without_blanks(text, start, chance)))
                start, used = chance, used - used_before
            if not parted or used + size > room:  # a word longer than a line
                found.append((start, at))
                start, used = at, 0
            chance, limit = -1, room
        used += size
        if kind is not _Kind.MARK:
            before = kind
    found.append((start, len(text)))
    return found


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\u3000":
        end -= 1
    return end
