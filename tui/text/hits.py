"""Where a word is found in a text, however it is written: without case, accents and full width (store.text.fold).

Folding changes lengths (… is three points), so hits are found in the folded text, which is fast, and led back to
offsets only for the pieces that are looked at. No screen here.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from functools import lru_cache
from operator import itemgetter
from unicodedata import combining

from store.text import clean, fold
from tui.text.prepared import Piece, Text

_SYLLABLE_PARTS = ("\u1160", "\u11ff")  # vowels and ends of Hangul, which join the letter before


class Hits:
    """All hits of `sought`, in reading order. `at` is the current one, counted from 1; 0 is none."""

    def __init__(self, text: Text, sought: str) -> None:
        self._text = text
        self._folded, self._starts = text.folded
        needle = fold(clean(sought))
        self._size = len(needle)
        self._found = [hit.start() for hit in re.finditer(re.escape(needle), self._folded)] if needle else []
        self._spans: dict[int, list[tuple[int, int]]] = {}
        self.at = 0

    def __len__(self) -> int:
        return len(self._found)

    def step(self, by: int) -> None:
        """To another hit; after the last comes the first."""
        if self._found:
            self.at = (self.at - 1 + by) % len(self._found) + 1

    def to_first_from(self, place: int) -> None:
        """The first hit at or behind a place becomes the current one; behind the last it is the first of all."""
        if not self._found:
            return
        piece = self._text.piece_at(place)
        first = bisect_left(self._found, self._starts[piece.number])
        passed = sum(piece.place + start < place for start, _ in self.in_piece(piece))
        self.at = (first + passed) % len(self._found) + 1

    def to_last_before(self, place: int) -> None:
        """The last hit before a place becomes the current one; before the first it is the last of all."""
        self.to_first_from(place)
        self.step(-1)

    @property
    def place(self) -> int:
        """Where the current hit begins; there must be one."""
        found = self._found[self.at - 1]
        number = bisect_left(self._starts, found + 1) - 1
        piece = self._text.pieces[number]
        first = bisect_left(self._found, self._starts[number])
        return piece.place + self.in_piece(piece)[self.at - 1 - first][0]

    def in_piece(self, piece: Piece) -> list[tuple[int, int]]:
        """(start, end) offsets of the hits in the text of a piece."""
        spans = self._spans.get(piece.number)
        if spans is None:
            spans = self._spans[piece.number] = self._led_back(piece)
        return spans

    def between(self, piece: Piece, start: int, end: int) -> list[tuple[int, int]]:
        """Those of a piece of which something lies between two offsets."""
        spans = self.in_piece(piece)
        return spans[bisect_right(spans, start, key=itemgetter(1)) : bisect_left(spans, end, key=itemgetter(0))]

    def current_in(self, piece: Piece) -> tuple[int, int] | None:
        """The current hit, where it is in this piece."""
        first = bisect_left(self._found, self._starts[piece.number])
        spans = self.in_piece(piece)
        return spans[self.at - 1 - first] if first < self.at <= first + len(spans) else None

    def _led_back(self, piece: Piece) -> list[tuple[int, int]]:
        begin, end = self._starts[piece.number], self._starts[piece.number + 1] - 1
        inside = self._found[bisect_left(self._found, begin) : bisect_left(self._found, end)]
        found = [(start - begin, start - begin + self._size) for start in inside]
        if not found or _is_even(piece.text, end - begin):
            return found
        return _unfolded(piece.text, found)


def _is_even(text: str, folded_length: int) -> bool:
    """Whether every character is folded to one: then offsets are the same."""
    return len(text) == folded_length and (text.isascii() or all(_folded_length(each) == 1 for each in set(text)))


def _unfolded(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans of the folded text as spans of `text`, widened to whole characters."""
    odd: list[tuple[int, int, int, int]] = []  # (start, end) in the folded text and (start, end) in this
    longer = 0
    for found in re.finditer(_odd_ones(text), text):
        start = found.start() + longer
        length = _folded_length(found[0])
        odd.append((start, start + length, *found.span()))
        longer += length - len(found[0])
    return [(_led_to(odd, start)[0], min(len(text), _led_to(odd, end - 1)[1])) for start, end in spans]


def _led_to(odd: list[tuple[int, int, int, int]], at: int) -> tuple[int, int]:
    """(start, end) of the characters that an offset of the folded text comes from."""
    before = bisect_right(odd, at, key=itemgetter(0)) - 1
    if before < 0:
        return at, at + 1
    _, folded_end, start, end = odd[before]
    return (start, end) if at < folded_end else (end + at - folded_end, end + at - folded_end + 1)


def _odd_ones(text: str) -> str:
    """A pattern for the characters of a text that are not folded one to one, with what stands on them."""
    characters = set(text)
    marks = {character for character in characters if _stands_on_the_one_before(character)}
    others = {character for character in characters - marks if _folded_length(character) != 1}
    patterns = [f"(?s:.)?[{_listed(marks)}]+" if marks else "", f"[{_listed(others)}]" if others else ""]
    return "|".join(filter(None, patterns)) or "(?!)"


def _listed(characters: set[str]) -> str:
    return "".join(map(re.escape, sorted(characters)))


def _stands_on_the_one_before(character: str) -> bool:
    return combining(character) != 0 or _SYLLABLE_PARTS[0] <= character <= _SYLLABLE_PARTS[1]


@lru_cache(maxsize=8192)
def _folded_length(characters: str) -> int:
    return len(fold(characters))
