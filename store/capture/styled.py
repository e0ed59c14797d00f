"""Bold, italic and deleted text that only a `style` attribute states, as the elements that mean it."""

from __future__ import annotations

import re
from collections.abc import Iterable

from store.capture.tree import BLOCKS, HEADINGS, OPEN, Element, holders, inside, is_longer, wrap_content

_BOLD = re.compile(r"font(?:-weight)?:[^;]*?(?:\bbold(?:er)?\b|\b[6-9]00\b)", re.I)
_ITALIC = re.compile(r"font(?:-style)?:[^;]*?\b(?:italic|oblique)\b", re.I)
_DELETED = re.compile(r"text-decoration(?:-line)?:[^;]*?\bline-through\b", re.I)
_NOT_BOLD = re.compile(r"font-weight:\s*(?:normal|lighter|[1-4]00)", re.I)
_NOT_ITALIC = re.compile(r"font-style:\s*normal", re.I)
_CARRIERS = ("span", "font", "p", "div", "em", "i", "u", "strong", "b", "a", "small", "big", "mark")
_KINDS = ((_BOLD, ("strong", "b")), (_ITALIC, ("em", "i")), (_DELETED, ("del", "s", "strike")))
_LONGEST_BLOCK = 200  # characters: a whole paragraph is stressed only while it may be a heading


def settle_styles(root: Element) -> None:
    """`font-weight: bold` becomes `strong`, and so on; a `b` that is said to be of normal weight is none."""
    styled = [each for each in root.iter(*_CARRIERS) if each.get("style") and each is not root]
    if not styled:
        return
    holding, in_heading = holders(root, BLOCKS), inside(root, (*HEADINGS, "th", "dt", "summary"))
    for element in styled:
        style = element.get("style")
        if (element.tag in ("b", "strong") and _NOT_BOLD.search(style)) or (
            element.tag in ("em", "i") and _NOT_ITALIC.search(style)
        ):
            element.tag = OPEN
        elif element not in holding and element not in in_heading:
            _wrap(element, style, _KINDS)


def _wrap(element: Element, style: str, kinds: Iterable[tuple[re.Pattern[str], tuple[str, ...]]]) -> None:
    if element.tag in ("p", "div") and is_longer(element, _LONGEST_BLOCK):
        return
    for pattern, tags in kinds:
        if element.tag not in tags and pattern.search(style):
            wrap_content(element, tags[0])
