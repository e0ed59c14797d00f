"""Breaks a paragraph into lines of a terminal, the way Chinese is set and the way Latin is.

Han, kana and Hangul may be parted between any two characters, Latin only at blanks, or anywhere when one word is longer
than a line. No line begins with closing punctuation, none ends with opening punctuation (避头尾). Offsets are given
instead of texts, so that what is known of a paragraph by position (links, hits, changes) stays right. Columns are
counted as the screen counts them, else it would cut a line that is full.
"""

from __future__ import annotations

from enum import IntEnum

from rich.cells import get_character_cell_size

_NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕］｝…—～·％‰℃”’,.;:?!)]}%")
_NEVER_LAST = frozenset("（《〈「『【〔［｛“‘([{＄￥")
_TAB = 4
_WIDEST = 2  # columns of a character, but for a tab
_NARROWEST = 2


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


class _Columns(dict[str, int]):
    """Character -> columns, filled as characters are met."""

    def __missing__(self, character: str) -> int:
        found = self[character] = _TAB if character == "\t" else get_character_cell_size(character)
        return found


class _Kinds(dict[str, _Kind]):
    """Character -> how it behaves, filled as characters are met."""

    def __missing__(self, character: str) -> _Kind:
        found = self[character] = _kind(character)
        return found


def _kind(character: str) -> _Kind:
    if character in " \t\u3000":
        return _Kind.BLANK
    columns = _COLUMNS[character]
    if columns == 0:
        return _Kind.MARK
    if character in _NEVER_FIRST:
        return _Kind.CLOSING if character > "\u2000" else _Kind.STOP
    if character in _NEVER_LAST:
        return _Kind.OPENING
    return _Kind.WIDE if columns > 1 else _Kind.LETTER


_COLUMNS = _Columns()
_KINDS = _Kinds()


def columns(text: str) -> int:
    """Columns that a clean text takes; a tab takes four."""
    return sum(map(_COLUMNS.__getitem__, text))


def lines(text: str, room: int, first: int | None = None) -> list[tuple[int, int]]:
    """The lines of a paragraph as (start, end) offsets: each at most `room` columns, the first at most `first`.

    A line feed ends a line. Blanks at a break belong to neither line. An empty text is one empty line.
    """
    found: list[tuple[int, int]] = []
    room, limit = max(_NARROWEST, room), max(_NARROWEST, room if first is None else first)
    widest = _TAB if "\t" in text else _WIDEST
    start = 0
    while True:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        while (full := _overflow(text, start, end, limit, widest)) < end:
            parted = _last_chance(text, start, full)
            found.append((start, full if parted == start else _without_blanks(text, start, parted)))
            start, limit = full if parted == start else parted, room
        found.append((start, end))
        if end == len(text):
            return found
        start, limit = end + 1, room


def _overflow(text: str, start: int, end: int, limit: int, widest: int) -> int:
    """Where the first character stands that has no room; blanks and marks need none at the end of a line."""
    at, left = start, limit
    while left >= widest and at < end:  # so many characters fit in any case
        stretch = text[at : min(end, at + left // widest)]
        left -= columns(stretch)
        at += len(stretch)
    while at < end:
        size, kind = _COLUMNS[text[at]], _KINDS[text[at]]
        if size > left and kind is not _Kind.BLANK and kind is not _Kind.MARK:
            return at
        left -= size
        at += 1
    return end


def _last_chance(text: str, start: int, full: int) -> int:
    """The last place behind `start`, up to `full`, where the line may be parted; `start` where there is none."""
    at = full
    now = _KINDS[text[at]]
    while at > start:
        before_at = at - 1
        while before_at > start and _KINDS[text[before_at]] is _Kind.MARK:
            before_at -= 1
        before = _KINDS[text[before_at]]
        if _MAY_PART[before][now]:
            return at
        at, now = before_at, before
    return start


def _without_blanks(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t\u3000":
        end -= 1
    return end
