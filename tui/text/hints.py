"""Numbers on the links in sight: typing one chooses its link. No screen here."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Hint:
    """A number painted from a cell on, over the beginning of a link."""

    number: str
    link: int
    line: int
    column: int


class Hints:
    """The numbers from 1 on, top to bottom, and the digits typed so far."""

    def __init__(self, spots: list[tuple[int, int, int]]) -> None:
        """`spots` are (link, line, column) from top to bottom; numbers side by side do not cover one another."""
        self._hints: list[Hint] = []
        free = (-1, 0)  # line, column
        for number, (link, line, column) in enumerate(spots, 1):
            column = max(column, free[1]) if line == free[0] else column
            self._hints.append(Hint(str(number), link, line, column))
            free = line, column + len(str(number))
        self._typed = ""

    def __len__(self) -> int:
        return len(self._hints)

    def on_line(self, line: int) -> list[Hint]:
        """What is to be painted there: those that begin with what was typed."""
        return [hint for hint in self._left() if hint.line == line]

    def type(self, digit: str) -> int | None:
        """The link, where no other number begins like this; a digit that leads nowhere is not taken."""
        self._typed += digit
        left = self._left()
        if not left:
            self._typed = self._typed[:-1]
        return left[0].link if len(left) == 1 else None

    def take_back(self) -> None:
        """The last digit was a mistake."""
        self._typed = self._typed[:-1]

    def typed_link(self) -> int | None:
        """The link whose whole number was typed."""
        return next((hint.link for hint in self._hints if hint.number == self._typed), None)

    def _left(self) -> list[Hint]:
        return [hint for hint in self._hints if hint.number.startswith(self._typed)]
