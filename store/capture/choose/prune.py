"""The page's own tree, cut down to the kept blocks: so tables, lists and code are as the page has them."""

from __future__ import annotations

from store.capture.choose.blocks import Block, Page, is_inline
from store.capture.tree import Element, drop, text_of

_STRUCTURE = frozenset("p ul ol table tbody tr pre blockquote h1 h2 h3 h4 h5 h6 dl li td th a".split())
_STAYS = frozenset(("br", "math", "source", "script", "noscript", "hr", "rp", "rt"))
_MEDIA = ("iframe", "video", "audio")


def prune(page: Page, kept: list[bool]) -> Element:
    """Drop what is not kept; the smallest element that holds all that is. The page is used up."""
    holds: set[Element] = set()
    for block, stays in zip(page.blocks, kept, strict=True):
        element = block.element if stays else None
        while element is not None and element not in holds:
            holds.add(element)
            element = element.getparent()
    for block, stays in zip(page.blocks, kept, strict=True):
        if not stays and block.element in holds:
            _blank(block)
    body = page.elements[0]
    _drop_others(body, holds)
    return _smallest(body, holds)


def _blank(block: Block) -> None:
    """Text of a dropped block inside an element that stays."""
    for place, element in block.parts:
        if place == "text":
            element.text = None
        elif place == "tail":
            element.tail = " "
        else:
            drop(element)


def _drop_others(body: Element, holds: set[Element]) -> None:
    waiting, around_blocks = [body], []
    while waiting:
        for child in list(waiting.pop()):
            if not isinstance(child.tag, str) or child.tag in _STAYS:
                continue
            if child in holds:
                waiting.append(child)
            elif _holds_blocks(child):
                waiting.append(child)
                around_blocks.append(child)
            elif not _may_stay(child, holds):
                drop(child)
    for emptied in reversed(around_blocks):
        if not text_of(emptied).strip() and not _has_picture(emptied):
            drop(emptied)


def _holds_blocks(element: Element) -> bool:
    """Text of a kept block with other blocks inside: they are looked at one by one."""
    if not is_inline(element.tag):
        return False
    return any(isinstance(inner.tag, str) and not is_inline(inner.tag) for inner in element.iterdescendants())


def _may_stay(element: Element, holds: set[Element]) -> bool:
    """What has no text of its own: marks inside kept text, breaks, a film between kept blocks."""
    tag = element.tag
    if is_inline(tag):  # a blank is text: it stands between two words
        return tag in ("wbr", "img", "picture", "input") or bool(text_of(element)) or _has_picture(element)
    beside = element.getprevious() in holds, element.getnext() in holds
    if tag in _MEDIA:
        return any(beside)
    return all(beside) and not text_of(element).strip() and any(True for _ in element.iter(*_MEDIA))


def _has_picture(element: Element) -> bool:
    return element.find(".//img") is not None or element.find(".//math") is not None


def _smallest(body: Element, holds: set[Element]) -> Element:
    top = body
    while not (top.text or "").strip():
        children = [child for child in top if isinstance(child.tag, str)]
        inside = [child for child in children if child in holds]
        if len(inside) != 1 or inside[0].tag in _STRUCTURE or any((child.tail or "").strip() for child in children):
            break
        top = inside[0]
    return top
