"""Lists that are only typed, a bullet or a number at the beginning of each line, made into lists.

A bullet stands before two lines or more, numbers count up from one before three or more: of one alone nobody can tell
whether it is an item, so it stays text. Lines are paragraphs side by side, or what line breaks part in one paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from store.capture.tree import BLOCKS, OPEN, Element, holders

_SIGN = re.compile(r"\s*(?:([•●◦▪‣∙►▸➢➤])\s*|([-*·])\s+|(\d{1,3})(?:([.)])\s+|([、．])\s*))")
_FEWEST_BULLETS, _FEWEST_NUMBERS = 2, 3
_LEAVES = ("p", "div", "li", "blockquote")

Place = Literal["text", "tail"]


@dataclass(slots=True, eq=False)
class _Line:
    """A line of a leaf: the how manieth, the `br` that it is after (None: the first), its elements without that.

    `kind` of sign, empty: none; `number`: 0 for a bullet; `place` and `length` of the sign.
    """

    at: int
    after: Element | None
    children: list[Element]
    kind: str = ""
    number: int = 0
    place: tuple[Element, Place] | None = None
    length: int = 0

    def is_blank(self, block: Element) -> bool:
        text = block.text if self.after is None else self.after.tail
        return not self.children and not (text or "").strip()


def settle_typed_lists(root: Element) -> None:
    """Typed lists become lists. Before line breaks are settled; linear."""
    holding = holders(root, BLOCKS)
    leaves = [leaf for leaf in root.iter(*_LEAVES) if leaf is not root and leaf not in holding]
    single: dict[Element, _Line] = {}
    for leaf in leaves:
        _lift(leaf)
        lines = _lines(leaf)
        if len(lines) > 1:
            _settle_lines(leaf, lines)
        elif lines[0].kind and leaf.tag in ("p", "div"):
            single[leaf] = lines[0]
    for leaf in leaves:
        if leaf in single:
            _settle_siblings(leaf, single)


def _lift(leaf: Element) -> None:
    """Content in one element that means nothing stands in the leaf itself."""
    inner = leaf
    while len(inner) == 1 and inner[0].tag == OPEN and not f"{inner.text or ''}{inner[0].tail or ''}".strip():
        inner = inner[0]
    if inner is not leaf:
        text, children = inner.text, list(inner)
        leaf.remove(leaf[0])
        leaf.text = text
        leaf.extend(children)


def _lines(leaf: Element) -> list[_Line]:
    lines = [_Line(0, None, [])]
    for child in leaf:
        if child.tag == "br":
            lines.append(_Line(len(lines), child, []))
        else:
            lines[-1].children.append(child)
    for line in lines:
        _read_sign(leaf, line)
    return lines


def _read_sign(leaf: Element, line: _Line) -> None:
    place: tuple[Element, Place] = (leaf, "text") if line.after is None else (line.after, "tail")
    first = line.children[0] if line.children else None
    while not (getattr(*place) or "").strip() and first is not None and first.tag != "img":
        place = (first, "text")
        first = first[0] if len(first) else None
    found = _SIGN.match(getattr(*place) or "")
    if found is None or place[0].tag == "a" or not _goes_on(line, place, found.end()):
        return
    line.place, line.length = place, found.end()
    line.kind = found[1] or found[2] or found[4] or found[5]
    line.number = int(found[3]) if found[3] else 0


def _goes_on(line: _Line, place: tuple[Element, Place], end: int) -> bool:
    """Something is said behind the sign."""
    if (getattr(*place) or "")[end:].strip():
        return True
    return any("".join(child.itertext()).strip(" \xa0\t\n") or child.tail for child in line.children)


def _settle_lines(leaf: Element, lines: list[_Line]) -> None:
    for run in _runs(line for line in lines if line.kind or not line.is_blank(leaf)):
        listing = leaf.makeelement("ol" if run[0].number else "ul")
        if run[0].after is None:
            leaf.insert(0, listing)
        else:
            run[0].after.addprevious(listing)
        for line in run:
            listing.append(_item(leaf, line))
        for line in lines[run[0].at : run[-1].at + 1]:  # the blank ones too
            if line.after is not None:
                leaf.remove(line.after)
        if leaf.tag == "p":
            leaf.tag = "div"


def _item(leaf: Element, line: _Line) -> Element:
    _cut_sign(line)
    item = leaf.makeelement("li")
    if line.after is None:
        item.text, leaf.text = leaf.text, None
    else:
        item.text, line.after.tail = line.after.tail, None
    item.extend(line.children)
    return item


def _cut_sign(line: _Line) -> None:
    assert line.place is not None  # only lines with a sign are items
    element, where = line.place
    setattr(element, where, (getattr(element, where) or "")[line.length :])


def _settle_siblings(leaf: Element, single: dict[Element, _Line]) -> None:
    beside = [leaf]
    while not (beside[-1].tail or "").strip():
        following = beside[-1].getnext()
        if following is None or following not in single:
            break
        beside.append(following)
    blocks = {id(single[block]): block for block in beside}
    for run in _runs(single[block] for block in beside):
        first = blocks[id(run[0])]
        listing = leaf.makeelement("ol" if run[0].number else "ul")
        first.addprevious(listing)
        for line in run:
            item = blocks[id(line)]
            _cut_sign(line)
            item.tag = "li"
            listing.tail, item.tail = item.tail, None
            listing.append(item)
    for block in beside:
        del single[block]


def _runs(lines: Iterable[_Line]) -> list[list[_Line]]:
    """Lines side by side with the same bullet, or with numbers that count up from one."""
    runs: list[list[_Line]] = []
    for line in lines:
        last = runs[-1][-1] if runs else None
        follows = last is not None and last.kind == line.kind and bool(line.kind)
        if follows and last is not None and line.number == (last.number + 1 if last.number else 0):
            runs[-1].append(line)
        else:
            runs.append([line])
    return [run for run in runs if run[0].kind and run[0].number <= 1 and len(run) >= _fewest(run[0])]


def _fewest(line: _Line) -> int:
    return _FEWEST_NUMBERS if line.number else _FEWEST_BULLETS
