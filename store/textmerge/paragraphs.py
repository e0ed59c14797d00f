"""Two texts that were made from one, joined paragraph by paragraph; a paragraph changed on both sides by its words.

A paragraph is a line, as in `store.diff`; so are a list item, a table row and a line of code. The rules:

- What one side changed, put in or took out is as that side has it, where the other left it alone.
- A paragraph changed on both sides gets the changes of both, if something that both left alone stands between them;
  whole sentences need nothing between them.
- Paragraphs put in at one place are both kept, and so are whole sentences: nobody loses what they wrote. First comes
  what stands closer to the text before it, else the lesser text, so that the order is the same on every machine. What
  both put in is there once.
- Anything else is a clash: the same words changed differently, a paragraph written anew on both sides, or gone on one
  and changed on the other. There the text says what `theirs` says.
- Blank lines never clash: where both changed them, the wider gap stays.

Nothing marks a clash in the text. Where there is none, exchanging the sides changes nothing. The time is that of two
comparisons by `store.diff`, which is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from store.diff.subsequence import anchored
from store.textmerge.lines import Lines, merged_gap, widest
from store.textmerge.sides import Side
from store.textmerge.words import merge_words

_FRAME = re.compile(r"```|~~~|[\s:|-]+$")  # a fence, the line below the head of a table, a rule


@dataclass(frozen=True, slots=True)
class Clash:
    """A paragraph that each side made into something else; empty where it is gone."""

    base: str
    ours: str
    theirs: str


@dataclass(frozen=True, slots=True)
class Merged:
    """The joined text, with the wording of `theirs` where the two clash, and the clashes in order."""

    text: str
    clashes: tuple[Clash, ...]


def merge_text(base: str, ours: str, theirs: str) -> Merged:
    """What `ours` and `theirs`, both made from `base`, are together."""
    if ours in (base, theirs):
        return Merged(theirs, ())
    if theirs == base:
        return Merged(ours, ())
    return _Merge(Lines.of(base), Lines.of(ours), Lines.of(theirs)).merged()


class _Line(NamedTuple):
    """A line of the joined text, and which line of the three it is."""

    text: str
    base: int | None = None
    ours: int | None = None
    theirs: int | None = None


class _Merge:
    """One merge: the base is gone through once, from its beginning to its end."""

    def __init__(self, base: Lines, ours: Lines, theirs: Lines) -> None:
        self._base, self._ours, self._theirs = base, ours, theirs
        self._our_side, self._their_side = Side(base, ours), Side(base, theirs)
        self._clashes: list[Clash] = []

    def merged(self) -> Merged:
        """Carry it out."""
        text = "".join(self._spaced(list(self._lines())))
        return Merged(text, tuple(self._clashes))

    def _lines(self) -> Iterator[_Line]:
        for place in range(len(self._base.texts)):
            yield from self._put_in(place)
            yield from self._paragraph(place)
        yield from self._put_in(len(self._base.texts))

    def _paragraph(self, place: int) -> Iterator[_Line]:
        base, ours, theirs = self._base.texts[place], self._our_side.text(place), self._their_side.text(place)
        text = _joined(base, ours, theirs)
        if text is None and {ours, theirs} - {None, base}:
            self._clashes.append(Clash(base, ours or "", theirs or ""))
            text = theirs
        if text is not None:
            yield _Line(text, place, self._our_side.at[place], self._their_side.at[place])

    def _put_in(self, place: int) -> Iterator[_Line]:
        """What came in at one place, from one side or both. What has a frame of lines around it stays whole."""
        ours, theirs = self._our_side.inserted(place), self._their_side.inserted(place)
        our_texts, their_texts = [self._ours.texts[j] for j in ours], [self._theirs.texts[k] for k in theirs]
        pairs = anchored(our_texts, their_texts)
        if len(pairs) < min(len(ours), len(theirs)) and any(map(_is_frame, our_texts + their_texts)):
            pairs = []
        i = j = 0
        for next_i, next_j in pairs:
            yield from self._both(ours[i:next_i], theirs[j:next_j])
            yield self._common(ours[next_i], theirs[next_j])
            i, j = next_i + 1, next_j + 1
        yield from self._both(ours[i:], theirs[j:])

    def _both(self, ours: range, theirs: range) -> Iterator[_Line]:
        if ours and theirs and self._their_side.order(theirs) < self._our_side.order(ours):
            yield from map(self._their, theirs)
            yield from map(self._our, ours)
            return
        yield from map(self._our, ours)
        yield from map(self._their, theirs)

    def _our(self, line: int) -> _Line:
        return _Line(self._ours.texts[line], ours=line)

    def _their(self, line: int) -> _Line:
        return _Line(self._theirs.texts[line], theirs=line)

    def _common(self, ours: int, theirs: int) -> _Line:
        return _Line(self._ours.texts[ours], ours=ours, theirs=theirs)

    def _spaced(self, lines: list[_Line]) -> Iterator[str]:
        """The lines with the gaps between them; nothing at all when none is left."""
        if not lines:
            return
        yield merged_gap(self._base.gaps[0], self._ours.gaps[0], self._theirs.gaps[0]) or ""
        yield lines[0].text
        for before, line in pairwise(lines):
            yield self._gap(before, line)
            yield line.text
        yield merged_gap(self._base.gaps[-1], self._ours.gaps[-1], self._theirs.gaps[-1]) or ""

    def _gap(self, before: _Line, line: _Line) -> str:
        """As the sides have it where the two stand side by side; else the widest that either has beside it."""
        gap = merged_gap(
            self._base.between(before.base, line.base),
            self._ours.between(before.ours, line.ours),
            self._theirs.between(before.theirs, line.theirs),
        )
        if gap is not None:
            return gap
        ours = self._ours.beside(before.ours, line.ours)
        return widest([*ours, *self._theirs.beside(before.theirs, line.theirs)])


def _is_frame(line: str) -> bool:
    return _FRAME.match(line.lstrip()) is not None


def _joined(base: str, ours: str | None, theirs: str | None) -> str | None:
    """One paragraph as the sides made it (None: gone); None when it is to go, or when they clash."""
    if ours in (base, theirs):
        return theirs
    if theirs == base:
        return ours
    return None if ours is None or theirs is None else merge_words(base, ours, theirs)
