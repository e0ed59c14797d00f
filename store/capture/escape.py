"""Text that looks like Markdown stays text: marks where a backslash has to go, set before html2text runs."""

from __future__ import annotations

import re

from store.capture.marks import AMPERSAND, BACKSLASH, BREAK, ESCAPE, LESS, PARAGRAPH
from store.capture.tree import BLOCKS, HEADINGS, Element

_CJK = "\u2e80-\u303f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_BREAK_IN_HAN = re.compile(rf"(?<=[{_CJK}])[ \t]*[\r\n]+[ \t\r\n]*(?=[{_CJK}])")
_SPACES = re.compile("[ \t\r\n\f\v\x1c-\x1f\x85\xa0\u2028\u2029]+")  # html2text is quadratic in runs of line ends
_INVISIBLE = re.compile("[\u200b\ufeff\xad]+")
_SPECIAL = re.compile(r"[<&*_`~\]\\]")
_STAR = re.compile(r"\*")
_UNDERSCORE = re.compile(r"(?<![^\W_])_|_(?![^\W_])")  # inside a word it means nothing
_LESS = re.compile(r"<(?=[A-Za-z/!?])")
_ENTITY = re.compile(r"&(?=#?\w{1,31};)")
_CLOSING = re.compile(r"\](?=[(\[:])")
_START = re.compile(
    r"(?P<digits>\d{1,9})(?=[.)](?:\s|$))"
    r"|(?=\#{1,6}(?:\s|$)|>|[+-](?:\s|$)|-{2,}\s*$|={1,}\s*$|_{3,}\s*$|<{7}|[|:]\s*:?-|-+\s*\|)"
)
_LEADING = re.compile(f"^[ \u3000{PARAGRAPH}{BREAK}]*")


def escape_text(text: str) -> str:
    """One text node: white space as Markdown means it, and every character that would mean something else."""
    if "\n" in text or "\r" in text:
        text = _BREAK_IN_HAN.sub("", text)
    text = _INVISIBLE.sub("", _SPACES.sub(" ", text))
    if not _SPECIAL.search(text):
        return text
    text = text.replace("\\", BACKSLASH)
    text = _ENTITY.sub(AMPERSAND, _LESS.sub(LESS, text))
    text = _UNDERSCORE.sub(ESCAPE + "_", _STAR.sub(ESCAPE + "*", text))
    text = text.replace("`", ESCAPE + "`").replace("~~", ESCAPE + "~" + ESCAPE + "~")
    return _CLOSING.sub(ESCAPE + "]", text)


def escape_start(text: str) -> str:
    """The first text of a line: no heading, quote, list, rule or table begins with it by accident."""
    found = _START.match(text)
    if found is None:
        return text
    return text[: found.end()] + ESCAPE + text[found.end() :]


def escape_tree(root: Element) -> None:
    """Every text node, and the first text of every block once more."""
    at_start = True
    for element, place, text in _texts(root):
        if place == "block":
            at_start = True
        if not text:
            continue
        escaped = escape_text(text)
        if at_start and escaped.strip(" \u3000"):
            lead = _LEADING.match(escaped)
            end = lead.end() if lead else 0
            escaped = escaped[:end].replace("\u3000", "") + escape_start(escaped[end:])
            at_start = False
        if place == "tail":
            element.tail = escaped
        else:
            element.text = escaped
    for heading in root.iter(*HEADINGS):
        if not len(heading) and (heading.text or "").rstrip().endswith("#"):
            stripped = (heading.text or "").rstrip()
            heading.text = stripped[:-1] + ESCAPE + "#"


def _texts(root: Element) -> list[tuple[Element, str, str | None]]:
    """(element, text | tail | block, text) in the order of the document; `block` marks where a block begins."""
    found: list[tuple[Element, str, str | None]] = []
    waiting: list[tuple[Element, bool]] = [(root, False)]
    while waiting:
        element, leaving = waiting.pop()
        block = element.tag in BLOCKS
        if block:
            found.append((element, "block", None))
        if leaving:
            if element is not root:
                found.append((element, "tail", element.tail))
            continue
        found.append((element, "text", element.text))
        waiting.append((element, True))
        waiting.extend((child, False) for child in reversed(element))
    return found


def unescape_marks(markdown: str) -> str:
    """The marks as what they stand for."""
    markdown = re.sub(rf"{BACKSLASH}(?=[!-/:-@\[-`{{-~\ue000-\ue0ff]|\s*$)", r"\\\\", markdown, flags=re.M)
    markdown = markdown.replace(BACKSLASH, "\\")
    return markdown.replace(ESCAPE, "\\").replace(LESS, "\\<").replace(AMPERSAND, "&amp;")
