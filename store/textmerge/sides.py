"""One side of a merge held against the base: what became of each line, and what came in between."""

from __future__ import annotations

from store.diff.pairing import paired
from store.textmerge.lines import Lines


class Side:
    """`at` says which line here was made from each line of the base, None: it is gone.

    Lines that have nothing in common with those they stand in the place of count as made from them, one by one.
    """

    def __init__(self, base: Lines, lines: Lines) -> None:
        self.lines = lines
        self.at: list[int | None] = [None] * len(base.texts)
        self._inserted: dict[int, range] = {}
        i = j = 0
        for next_i, next_j in paired(base.texts, lines.texts):
            self._between_pairs(i, next_i, j, next_j)
            self.at[next_i] = next_j
            i, j = next_i + 1, next_j + 1
        self._between_pairs(i, len(base.texts), j, len(lines.texts))

    def _between_pairs(self, start: int, end: int, begin: int, stop: int) -> None:
        """The base from `start` to `end` became our lines from `begin` to `stop`."""
        in_place = min(end - start, stop - begin)
        self.at[start : start + in_place] = range(begin, begin + in_place)
        if begin + in_place < stop:
            self._inserted[end] = range(begin + in_place, stop)

    def text(self, place: int) -> str | None:
        """What became of this line of the base."""
        line = self.at[place]
        return None if line is None else self.lines.texts[line]

    def inserted(self, place: int) -> range:
        """The lines that came in before this line of the base, or at its end."""
        return self._inserted.get(place, range(0))

    def order(self, lines: range) -> tuple[int, int, list[str]]:
        """Which of two insertions at one place comes first: one that is close to a neighbour stays beside it."""
        gaps = self.lines.gaps
        return len(gaps[lines.start]), -len(gaps[lines.stop]), self.lines.texts[lines.start : lines.stop]
