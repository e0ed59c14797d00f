"""Bold, italic and deleted text: marked in the tree, written where CommonMark's rules let them stand, else as HTML."""

from __future__ import annotations

import re

from store.capture.marks import (
    BLOCK,
    DELETED,
    DELETED_END,
    EMPHASIS,
    EMPHASIS_END,
    PARAGRAPH,
    STRONG,
    STRONG_END,
)
from store.capture.tree import BLOCKS, HEADINGS, Element, add_around, elements, text_of, unwrap

_KINDS = (
    (("strong", "b"), STRONG, STRONG_END, "**", "strong"),
    (("em", "i"), EMPHASIS, EMPHASIS_END, "*", "em"),
    (("del", "s", "strike"), DELETED, DELETED_END, "~~", "del"),
)
_PUNCTUATION = re.compile(
    r"[!-/:-@\[-`{-~\u2010-\u2027\u2030-\u205e\u3001-\u3003\u3008-\u3011\u3014-\u301f\uff01-\uff0f\uff1a-\uff20"
    r"\uff3b-\uff40\uff5b-\uff65“”‘’…—·《》]"
)


def mark_emphasis(root: Element) -> None:
    """Marks in the place of the elements; blanks go outside, nothing is emphasised twice or around a block."""
    for tags, opening, closing, _, _ in _KINDS:
        for element in elements(root, *tags):
            if _holds(element, tags):
                _blanks_out(element)
                add_around(element, opening, closing)
            unwrap(element)


def _holds(element: Element, tags: tuple[str, ...]) -> bool:
    text = text_of(element)
    if not text.strip() or BLOCK in text or PARAGRAPH in text:
        return False
    if any(inner.tag in BLOCKS for inner in element.iterdescendants()):
        return False
    return not any(outer.tag in tags or outer.tag in HEADINGS for outer in element.iterancestors())


def _blanks_out(element: Element) -> None:
    text = element.text or ""
    if text[:1].isspace():
        element.text = text.lstrip()
        previous, parent = element.getprevious(), element.getparent()
        if previous is not None:
            previous.tail = (previous.tail or "") + " "
        else:
            parent.text = (parent.text or "") + " "
    last = element[-1] if len(element) else None
    end = (last.tail if last is not None else element.text) or ""
    if end[-1:].isspace():
        if last is not None:
            last.tail = end.rstrip()
        else:
            element.text = end.rstrip()
        element.tail = " " + (element.tail or "")


def write_emphasis(markdown: str) -> str:
    """The marks as Markdown, or as HTML where CommonMark would not see them (`字**“引用”**字`)."""
    if not re.search("[\ue000-\ue005]", markdown):
        return markdown
    for _, opening, closing, sign, tag in _KINDS:
        markdown = re.sub(closing + r"([ \t]*)" + opening, r"\1", markdown)
        markdown = _written(markdown, opening, closing, sign, tag)
    return re.sub("[\ue000-\ue005]", "", markdown)


def _written(markdown: str, opening: str, closing: str, sign: str, tag: str) -> str:
    def write(found: re.Match[str]) -> str:
        inner = found[1]
        if not inner.strip():
            return inner
        before = markdown[found.start() - 1 : found.start()] or "\n"
        after = markdown[found.end() : found.end() + 1] or "\n"
        if _flanks(before, inner[0]) and _flanks(after, inner[-1]):
            return f"{sign}{inner}{sign}"
        return f"<{tag}>{inner}</{tag}>"

    return re.sub(f"{opening}([^{opening}{closing}\n]*){closing}", write, markdown)


def _flanks(outside: str, inside: str) -> bool:
    return not _PUNCTUATION.match(inside) or outside.isspace() or _PUNCTUATION.match(outside) is not None
