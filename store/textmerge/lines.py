"""A text as its lines that are not blank, and the gaps around them: blank lines never decide what belongs together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Lines:
    """`texts` are the lines with something in them, `gaps` what stands before each; one more gap after the last.

    A gap holds the line ends and whatever blanks are between: gap, text, gap, text, ..., gap joined are the text again.
    """

    texts: list[str]
    gaps: list[str]

    @classmethod
    def of(cls, text: str) -> Lines:
        """The lines of a text, in time that grows with its length only."""
        texts: list[str] = []
        gaps: list[str] = []
        gap: list[str] = []
        for number, line in enumerate(text.split("\n")):
            gap += ["\n"] if number else []
            if not line.strip():
                gap.append(line)
                continue
            texts.append(line)
            gaps.append("".join(gap))
            gap = []
        return cls(texts, [*gaps, "".join(gap)])

    def between(self, one: int | None, other: int | None) -> str | None:
        """The gap between two lines, None where they do not stand side by side here."""
        return self.gaps[other] if one is not None and other == one + 1 else None

    def beside(self, after: int | None, before: int | None) -> list[str]:
        """The gaps after the one line and before the other, but for those at the two ends of the text."""
        places = [before if after is None else after + 1, before]
        return [self.gaps[place] for place in places if place is not None and 0 < place < len(self.texts)]


def merged_gap(base: str | None, ours: str | None, theirs: str | None) -> str | None:
    """The gap as the side has it that changed it; where both did the wider one. None: nothing to go by."""
    if ours is None or theirs is None:
        return theirs if ours is None else ours
    if ours in (base, theirs):
        return theirs
    return ours if theirs == base else widest([ours, theirs])


def widest(gaps: Iterable[str]) -> str:
    """The longest of these; without any, a blank line."""
    return max(gaps, key=lambda gap: (len(gap), gap), default="\n\n")
