"""Bold, italic and deleted text: marked in the tree, written where CommonMark's rules let them stand, else as HTML."""

from __future__ import annotations

import re
import unicodedata

from store.capture.escape import BLANKS
from store.capture.marks import (
    AMPERSAND,
    BACKSLASH,
    BLOCK,
    BREAK,
    DELETED,
    DELETED_END,
    EMPHASIS,
    EMPHASIS_END,
    ESCAPE,
    INLINE,
    INLINE_END,
    LESS,
    PARAGRAPH,
    STRONG,
    STRONG_END,
)
from store.capture.tree import BLOCKS, HEADINGS, OPEN, PARAGRAPH_TAG, Element, add_around, holders, inside, text_of

_KINDS = (
    (("strong", "b"), STRONG, STRONG_END, "**", "strong"),
    (("em", "i"), EMPHASIS, EMPHASIS_END, "*", "em"),
    (("del", "s", "strike"), DELETED, DELETED_END, "~~", "del"),
)
_STARS, _TILDES = STRONG + STRONG_END + EMPHASIS + EMPHASIS_END, DELETED + DELETED_END
_NESTED = 8  # as deep as blanks are looked for
_TOUCHES = "\ue006"  # one ends and another begins: readers would take both signs for one
_MARKED = re.compile("[\ue000-\ue006]")
_TOUCHING = re.compile(f"(?<=[{STRONG_END}{EMPHASIS_END}])(?=[{STRONG}{EMPHASIS}])")
_OPENINGS, _CLOSINGS = STRONG + EMPHASIS + DELETED, STRONG_END + EMPHASIS_END + DELETED_END
_EDGES = f"[{BLANKS}{BREAK}{PARAGRAPH}]"
_BLANK_INSIDE = re.compile(f"([{_OPENINGS}]+)({_EDGES}+)|({_EDGES}+)([{_CLOSINGS}]+)")
_SIGNS = frozenset(
    (DELETED, DELETED_END, _TOUCHES, ESCAPE, BACKSLASH, LESS, AMPERSAND, INLINE, INLINE_END)
)  # written as punctuation


def mark_emphasis(root: Element) -> None:
    """Marks at both ends of the elements; nothing is emphasised twice or around a block."""
    holding = holders(root, BLOCKS)
    for tags, opening, closing, _, _ in _KINDS:
        within = inside(root, (*tags, *HEADINGS) if opening == STRONG else tags)
        for element in root.iter(*tags):
            if element not in holding and element not in within and element is not root:
                _mark(element, opening, closing)
            element.tag = OPEN


def _mark(element: Element, opening: str, closing: str) -> None:
    text = text_of(element)
    if not text.strip() or BLOCK in text:
        return
    for end in element.iter(PARAGRAPH_TAG):
        end.addprevious(_text(end, closing))
        end.tail = opening + (end.tail or "")
    add_around(element, opening, closing)


def _text(element: Element, text: str) -> Element:
    made = element.makeelement(OPEN)
    made.text = text
    return made


def blanks_out(text: str) -> str:
    """Blanks and breaks at the edges of what is emphasised, outside of it; nothing is left of empty emphasis."""
    if not _MARKED.search(text):
        return text
    for _ in range(_NESTED):
        before = text
        for _, opening, closing, _, _ in _KINDS:
            text = re.sub(f"{opening}({_EDGES}*){closing}", r"\1", text)
        text = _BLANK_INSIDE.sub(lambda found: (found[2] + found[1]) if found[1] else (found[4] + found[3]), text)
        if text == before:
            break
    return text


def write_emphasis(markdown: str) -> str:
    """The marks of one paragraph as Markdown, or as HTML where CommonMark would not see them (`字**“引用”**字`)."""
    if not _MARKED.search(markdown):
        return markdown
    for _, opening, closing, _, _ in _KINDS:
        markdown = re.sub(closing + r"([ \t]*)" + opening, r"\1", markdown)
    markdown = _TOUCHING.sub(_TOUCHES, markdown)
    for _, opening, closing, sign, tag in _KINDS:
        markdown = _written(markdown, opening, closing, sign, tag)
    return _MARKED.sub("", markdown)


def _written(markdown: str, opening: str, closing: str, sign: str, tag: str) -> str:
    def write(found: re.Match[str]) -> str:
        inner = found[1]
        bare = _MARKED.sub("", inner)
        if not bare.strip():
            return inner
        before, after = _next_to(markdown, found.start() - 1, -1, sign), _next_to(markdown, found.end(), 1, sign)
        first, last = _next_to(inner, 0, 1, sign), _next_to(inner, len(inner) - 1, -1, sign)
        stands_apart = sign == "~~" or not (markdown[found.start() - 1 : found.start()] == _TOUCHES or _is_mixed(inner))
        if stands_apart and _flanks(before, first) and _flanks(after, last):
            return f"{sign}{inner}{sign}"
        return f"<{tag}>{inner}</{tag}>"

    return re.sub(f"{opening}([^{opening}{closing}]*){closing}", write, markdown)


def _is_mixed(inner: str) -> bool:
    """It begins with one emphasis and ends with another: three signs on both sides, and readers pair them wrongly."""
    if inner[0] == EMPHASIS and inner[-1] == EMPHASIS_END:
        return inner.count(EMPHASIS) > 1
    return inner.startswith("**") and inner.endswith("**") and inner.count("**") > 2


def _next_to(markdown: str, at: int, step: int, sign: str) -> str:
    """The character beside a run of signs once the marks are written; a line's edge is a blank."""
    skipped = "*" + _STARS if sign != "~~" else _TILDES
    while 0 <= at < len(markdown) and markdown[at] in skipped:
        if markdown[at] == "*" and at and markdown[at - 1] == ESCAPE:
            break
        at += step
    return markdown[at] if 0 <= at < len(markdown) else " "


def _flanks(outside: str, within: str) -> bool:
    """Readers differ on symbols: inside they count as punctuation, outside they do not."""
    if within.isspace():
        return False
    if not (within in _SIGNS or unicodedata.category(within)[0] in "PS"):
        return True
    return outside.isspace() or outside in _SIGNS or unicodedata.category(outside)[0] == "P"
