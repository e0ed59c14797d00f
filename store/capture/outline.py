"""A prepared tree as the blocks of a document, in order: where lists and quotes open and close, and what is between.

What html2text is left with is the inline part of one paragraph, heading or cell: a `Leaf`. It cannot write a quote in a
list, a paragraph after a nested list or a second list beside the first, so `compose` does that.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from store.capture.inline import Inline
from store.capture.marks import BLOCK, BLOCK_END
from store.capture.tree import HEADINGS, Element

Kind = Literal["quote", "bullets", "numbers", "item"]

_CONTAINERS: dict[str, Kind] = {"blockquote": "quote", "ul": "bullets", "ol": "numbers", "li": "item"}
_BLOCKS = frozenset(("p", "div", "hr", "body", "html", *HEADINGS, *_CONTAINERS))


@dataclass(frozen=True, slots=True)
class Leaf:
    """Inline content as HTML: a paragraph (level 0) or a heading (1 to 6)."""

    source: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A block that is written already, by its number: code or a table."""

    number: int


@dataclass(frozen=True, slots=True)
class Rule:
    """A thematic break."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A list, an item or a quote begins. `number`: the first of a list or the item's own, None where it follows on."""

    kind: Kind
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """It ends."""


Part = Leaf | Ready | Rule | Opened | Closed


def parts_of(root: Element) -> Iterator[Part]:
    """The blocks below the root. Linear, and without recursion: pages nest deeply."""
    run = _Run()
    yield from run.begin(root)
    waiting = [(root, iter(root))]
    while waiting:
        element, children = waiting[-1]
        child = next(children, None)
        if child is None:
            waiting.pop()
            yield from run.end(element)
        elif child.tag in _BLOCKS:
            yield from run.begin(child)
            waiting.append((child, iter(child)))
        else:
            run.add_inline(child)


def ready_mark(number: int) -> str:
    """What stands in the tree for a `Ready` block, alone in its paragraph."""
    return f"{BLOCK}{number}{BLOCK_END}"


class _Run:
    """Collects the inline content between two edges of blocks."""

    def __init__(self) -> None:
        self._inline = Inline()
        self._level = 0

    def begin(self, element: Element) -> Iterator[Part]:
        yield from self._flush()
        if element.tag == "hr":
            yield Rule()
        elif element.tag in _CONTAINERS:
            yield Opened(_CONTAINERS[element.tag], _number(element))
        self._level = int(element.tag[1]) if element.tag in HEADINGS else 0
        self._inline.add_text(element.text)

    def end(self, element: Element) -> Iterator[Part]:
        yield from self._flush()
        if element.tag in _CONTAINERS:
            yield Closed()
        self._level = 0
        self._inline.add_text(element.tail)

    def add_inline(self, element: Element) -> None:
        self._inline.add(element)

    def _flush(self) -> Iterator[Part]:
        source = self._inline.take()
        if not source:
            return
        if source[0] == BLOCK and source.find(BLOCK_END) == len(source) - 1:
            yield Ready(int(source[1:-1]))
        else:
            yield Leaf(source, self._level)


def _number(element: Element) -> int | None:
    name = {"ol": "start", "li": "value"}.get(element.tag)
    written = (element.get(name) or "").strip() if name else ""
    return int(written) if written.isascii() and written.isdigit() and len(written) <= 9 else None
