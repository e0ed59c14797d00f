"""Blocks and the texts of their leaves -> the lines of a Markdown document, each as deep as its lists and quotes.

- An item's later blocks are indented as far as its text begins; blocks are apart by one blank line.
- Items of a list stand close, and so does a nested list below its item's paragraph.
- A list right after a list of its kind takes the other sign (`-` and `*`, `.` and `)`), else both were one.
- A number that does not follow on begins a new list: readers count, they do not read numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from store.capture import listmarks
from store.capture.outline import Closed, Kind, Leaf, Opened, Part, Ready, Rule

DEEPEST = 2 * listmarks.DEEPEST
"""Containers in one another; a list with its item counts two. What is deeper is written on this level, its items as
items of the deepest list."""

_SIGNS = {"bullets": "-", "numbers": "."}
_OTHER = {"-": "*", ".": ")", ")": "."}
_IDLE = re.compile(r"[\s>]*(?:---)?")  # a rule with nothing behind it
_CLOSING_HASHES = re.compile(r"(^| )(?=#+$)")


def _without_idle_rules(parts: Iterable[Part]) -> Iterator[Part]:
    """Rules with nothing behind them in their container go."""
    waiting: list[Part] = []
    for part in parts:
        if isinstance(part, Rule):
            waiting = [part]
            continue
        if not isinstance(part, Closed):
            yield from waiting
        waiting = []
        yield part


@dataclass(slots=True)
class _Open:
    """A container.

    `first` is what its first line still has to begin with, `rest` what the others begin with. `close`: no blank line
    before it. `after`: kind and sign of the list that ended last and right here. The others are a list's.
    """

    kind: Kind
    depth: int
    rest: str = ""
    first: str | None = None
    close: bool = False
    after: tuple[Kind, str] | None = None
    sign: str = ""
    number: int = 1
    begun: bool = False


class Composer:
    """Takes the parts one after the other; `markdown` is what they make."""

    def __init__(self, texts: Sequence[str], blocks: Sequence[str]) -> None:
        self._texts = iter(texts)
        self._blocks = blocks
        self._lines: list[str] = []
        self._stack = [_Open("quote", 0)]
        self._too_deep = 0  # containers that are open below the deepest
        self._paragraph_before = False
        self._quote_before = False

    def take(self, parts: Iterable[Part]) -> str:
        """The document; one newline at the end, empty when nothing is there."""
        for part in _without_idle_rules(parts):
            match part:
                case Opened():
                    self._open(part)
                case Closed():
                    self._close()
                case Leaf(level=level):
                    self._leaf(next(self._texts), level)
                case Ready(number=number):
                    self._emit(self._blocks[number].split("\n"))
                case Rule():
                    self._rule()
        while self._lines and _IDLE.fullmatch(self._lines[-1]):
            self._lines.pop()
        return "\n".join(self._lines) + "\n" if self._lines else ""

    def _rule(self) -> None:
        """Between two blocks, and never two in a row."""
        begun = all(opened.first is None for opened in self._stack)
        if begun and self._lines and not _IDLE.fullmatch(self._lines[-1]):
            self._emit(["---"])

    def _leaf(self, text: str, level: int) -> None:
        if level and text:
            words = _CLOSING_HASHES.sub(r"\1\\", text.replace("\\\n", " ").replace("\n\n", " "))
            self._emit([f"{'#' * level} {words}"])
            return
        for paragraph in text.split("\n\n") if text else ():
            self._emit(paragraph.split("\n"))
            self._paragraph_before = True

    def _open(self, part: Opened) -> None:
        outer = self._stack[-1]
        opened = _Open(part.kind, outer.depth + 1)
        if opened.depth > DEEPEST:
            self._too_deep += 1
            if part.kind == "item":
                self._next_item()
            return
        if part.kind == "quote":
            opened.first = opened.rest = "> "
        elif part.kind == "item":
            self._open_item(opened, outer, part.number)
        else:
            opened.sign = self._sign(part.kind)
            opened.number = 1 if part.number is None else part.number
            opened.close = self._may_stand_close(opened)
        self._stack.append(opened)

    def _next_item(self) -> None:
        """An item of a list that is too deep is one of the deepest list instead."""
        item, listing = self._stack[-1], self._stack[-2]
        if item.kind != "item" or item.first is not None:
            return
        self._stack.pop()
        listing.begun = True
        opened = _Open("item", item.depth)
        self._open_item(opened, listing, None)
        self._stack.append(opened)

    def _sign(self, kind: Kind) -> str:
        sign = _SIGNS[kind]
        return _OTHER[sign] if self._stack[-1].after == (kind, sign) else sign

    def _may_stand_close(self, opened: _Open) -> bool:
        """A list that begins with another number than 1 cannot end a paragraph."""
        in_item = self._stack[-1].kind == "item" and self._stack[-1].first is None
        return in_item and self._paragraph_before and (opened.kind == "bullets" or opened.number == 1)

    def _open_item(self, opened: _Open, listing: _Open, number: int | None) -> None:
        opened.close = listing.begun or listing.close
        marker = listing.sign
        if listing.kind == "numbers":
            if number is not None and number != listing.number:
                opened.close = opened.close and not listing.begun
                listing.sign = _OTHER[listing.sign] if listing.begun else listing.sign
                listing.number = number
            marker = f"{listing.number}{listing.sign}"
            listing.number += 1
        opened.first = marker + " "
        opened.rest = " " * len(opened.first)

    def _close(self) -> None:
        if self._too_deep:
            self._too_deep -= 1
            return
        closed, outer = self._stack.pop(), self._stack[-1]
        if closed.kind == "item" and closed.first is None:
            outer.begun = True
        elif closed.kind in _SIGNS:
            outer.after = (closed.kind, closed.sign)
        elif closed.kind == "quote" and closed.first is None:
            self._quote_before = True

    def _emit(self, lines: list[str]) -> None:
        waiting = next((at for at, opened in enumerate(self._stack) if opened.first is not None), len(self._stack))
        stands_close = waiting < len(self._stack) and self._stack[waiting].close and not self._quote_before
        if self._lines and not stands_close:
            self._lines.append("".join(opened.rest for opened in self._stack[:waiting]).rstrip())
        rest = "".join(opened.rest for opened in self._stack)
        first = "".join(opened.rest if opened.first is None else opened.first for opened in self._stack)
        self._lines.append(first + lines[0])
        self._lines += [(rest + line) if line else rest.rstrip() for line in lines[1:]]
        for opened in self._stack:
            opened.first = opened.after = None
        self._paragraph_before = self._quote_before = False
