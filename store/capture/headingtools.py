"""What stands behind the words of a heading and belongs to the page: `[edit]`, `¶`, a way back to the top."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from store.capture.tree import GONE, HEADINGS, Element, is_longer, one_space, settle_marked, text_of

_EDIT_LINK = re.compile(r"(?:^|[\s_-])(?:mw-)?edit-?(?:section|link)(?:$|[\s_-])", re.I)
_EDIT_WORDS = 40  # characters
_TO_TOP = re.compile(r"[\[［【]?\s*(?:(?:back )?to(?: the)? top|top|回到?顶部|返回顶部|置顶|[↑⇧▲])\s*[\]］】]?", re.I)
_BRACKETED = re.compile(r"[\[［【]\s*([^\[\]［］【】]{1,24}?)\s*[\]］】]")
_OPENED = re.compile(r"[\[［【]\s*$")
_CLOSED = re.compile(r"\s*[\]］】]\s*$")


@dataclass(frozen=True, slots=True)
class _Tool:
    """The last element of a heading, a link or with links in it. `is_open`: the brackets stand around it."""

    element: Element
    words: str
    is_open: bool


def remove_heading_tools(root: Element) -> None:
    """Links to edit a section, wherever they stand; links in brackets that say the same behind every heading."""
    in_heading = {inner for heading in root.iter(*HEADINGS) for inner in heading.iterdescendants()}
    for element in list(root.iter("span", "a", "div", "small")):
        if element is root or not _EDIT_LINK.search(element.get("class") or ""):
            continue
        is_inside = any(outer.tag == GONE for outer in element.iterancestors())
        if not is_inside and (element in in_heading or not is_longer(element, _EDIT_WORDS)):
            element.tag = GONE
    settle_marked(root)
    tools = [tool for heading in root.iter(*HEADINGS) if (tool := _tool(heading)) is not None]
    said = Counter(tool.words for tool in tools)
    for tool in tools:
        if said[tool.words] > 1 or _TO_TOP.fullmatch(tool.words):
            _remove(tool)
    settle_marked(root)


def _tool(heading: Element) -> _Tool | None:
    last = next((child for child in reversed(heading) if child.tag != GONE), None)
    if last is None or not isinstance(last.tag, str) or (last.tag != "a" and last.find(".//a") is None):
        return None
    words, tail = one_space(text_of(last)), last.tail or ""
    if not words or words == one_space(text_of(heading)):
        return None
    if _OPENED.search(_before(last)) and _CLOSED.fullmatch(tail):
        return _Tool(last, words, is_open=True)
    itself = _BRACKETED.fullmatch(words)
    if tail.strip() or not (itself or (_TO_TOP.fullmatch(words) and _leads_here(last))):
        return None
    return _Tool(last, itself[1] if itself else words, is_open=False)


def _leads_here(element: Element) -> bool:
    return all((link.get("href") or "").startswith("#") for link in element.iter("a"))


def _before(element: Element) -> str:
    previous = element.getprevious()
    return (element.getparent().text if previous is None else previous.tail) or ""


def _remove(tool: _Tool) -> None:
    if tool.is_open:
        words = _OPENED.sub("", _before(tool.element))
        previous = tool.element.getprevious()
        if previous is None:
            tool.element.getparent().text = words
        else:
            previous.tail = words
        tool.element.tail = None
    tool.element.tag = GONE
