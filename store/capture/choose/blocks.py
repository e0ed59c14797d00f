"""The text of a page in blocks: runs of text inside one block element, in reading order, and the elements around them.

Elements are numbered in document order, so the blocks of a subtree are a range: what stands in an element is a
difference of prefix sums.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from store.capture.tree import HEADINGS, Element, one_space, text_of

HIDDEN = frozenset(
    "script style noscript template svg head link meta title object embed canvas map area source track param dialog"
    " select textarea button input".split()
)
INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math q rp rt ruby s samp small"
    " span strike strong sub sup time tt u var wbr img picture br input button select textarea nobr rb rtc".split()
)

Place = Literal["text", "tail", "whole"]


@dataclass(slots=True)
class Block:
    """A run of text. `node` is the number of its block element; `linked` counts characters in links, without blanks.

    `parts` says where the text stands: as the text or the tail of an element; a picture or a formula is a whole part.
    """

    element: Element
    node: int
    text: str = ""
    linked: int = 0
    links: int = 0
    pictures: int = 0
    parts: list[tuple[Place, Element]] = field(default_factory=list)


@dataclass(slots=True)
class Page:
    """The blocks; and of every block element, by number: itself, its parent's number (-1: none), its first block and
    the one behind its last.
    """  # fmt: skip

    root: Element
    blocks: list[Block] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    first: list[int] = field(default_factory=list)
    last: list[int] = field(default_factory=list)

    @property
    def text(self) -> str:
        """All that is seen, a block a line."""
        return "\n".join(block.text for block in self.blocks if block.text)


def is_inline(tag: str) -> bool:
    """A part of a line; so is all that MathJax draws with."""
    return tag in INLINE or tag.startswith("mjx-")


def cut(root: Element) -> Page:
    """A parsed page in blocks. The tree stays as it is."""
    body = root.find("body") if root.tag == "html" else root
    page = Page(root)
    _Cutter(page).walk(root if body is None else body)
    return page


class _Cutter:
    """Goes through the tree once, without recursion: pages nest deeply."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._block: Block | None = None
        self._text: list[str] = []
        self._around: list[tuple[Element, int, bool]] = []  # open elements: block element, its number, inside a link

    def walk(self, body: Element) -> None:
        self._enter(body, is_top=True)
        waiting = [(body, iter(body))]
        while waiting:
            element, children = waiting[-1]
            inner = self._next_open(children)
            if inner is not None:
                waiting.append((inner, iter(inner)))
                continue
            waiting.pop()
            self._leave(element)
            if waiting and element.tail:
                self._add("tail", element, element.tail)
        self._flush()

    def _next_open(self, children: Iterator[Element]) -> Element | None:
        """Takes children up to one with children of its own, which is left open."""
        for child in children:
            if not self._is_closed(child):
                self._enter(child)
                if len(child):
                    return child
                self._leave(child)
            if child.tail:
                self._add("tail", child, child.tail)
        return None

    def _is_closed(self, element: Element) -> bool:
        """Nothing in it is looked at: it is hidden, or a formula, which is taken as it is."""
        tag = element.tag
        if tag == "math" or (tag == "script" and (element.get("type") or "").startswith("math/")):
            self._add_whole(element, text_of(element))
            return True
        if tag == "button" and self._around[-1][0].tag in HEADINGS:
            return False  # of an accordion: it is the heading
        return tag in HIDDEN or not isinstance(tag, str)

    def _enter(self, element: Element, *, is_top: bool = False) -> None:
        tag = element.tag
        around = self._around[-1] if self._around else (element, -1, False)
        if is_top or not is_inline(tag) or (tag == "a" and _holds_blocks(element)):
            around = self._open(element, around)
        if tag == "a":
            around = (around[0], around[1], True)
        self._around.append(around)
        if tag == "br" and self._block is not None:
            self._text.append("\n")
        elif tag == "img":
            self._add_whole(element, "")
            if self._block is not None:
                self._block.pictures += 1
        if text := element.text:
            self._add("text", element, text)
        if tag == "a" and self._block is not None:
            self._block.links += 1

    def _open(self, element: Element, around: tuple[Element, int, bool]) -> tuple[Element, int, bool]:
        self._flush()
        page = self._page
        page.elements.append(element)
        page.parents.append(around[1])
        page.first.append(len(page.blocks))
        page.last.append(0)
        return element, len(page.elements) - 1, around[2]

    def _leave(self, element: Element) -> None:
        own, node, _ = self._around.pop()
        if own is element:
            self._flush()
            self._page.last[node] = len(self._page.blocks)

    def _add(self, place: Place, element: Element, text: str) -> None:
        if text.isspace():
            if self._block is not None:
                self._text.append(" ")
            return
        own, node, in_link = self._around[-1]
        block = self._block
        if block is None or block.node != node:
            self._flush()
            block = self._block = Block(own, node)
        self._text.append(text)
        block.parts.append((place, element))
        if in_link:
            block.linked += sum(map(len, text.split()))

    def _add_whole(self, element: Element, text: str) -> None:
        own, node, _ = self._around[-1]
        if self._block is None or (text.strip() and self._block.node != node):
            self._flush()
            self._block = Block(own, node)
        self._text.append(text)
        self._block.parts.append(("whole", element))

    def _flush(self) -> None:
        block = self._block
        if block is None:
            return
        block.text = one_space("".join(self._text))
        self._block, self._text = None, []
        if block.text or block.pictures:
            self._page.blocks.append(block)


def _holds_blocks(link: Element) -> bool:
    return any(isinstance(child.tag, str) and not is_inline(child.tag) for child in link)
