"""Code: blocks as fences with their language and exact indentation, inline code in backticks that are long enough."""

from __future__ import annotations

import copy
import re

from store.capture.languages import language
from store.capture.marks import BLOCK, INLINE, INLINE_END
from store.capture.outline import ready_mark
from store.capture.tree import (
    GONE,
    OPEN,
    Element,
    become_paragraph,
    drop,
    elements,
    inside,
    mark_text,
    one_space,
    settle_marked,
    text_of,
)

_GUTTER = re.compile(r"line-?num|lineno|\bgutter\b|hljs-ln-numbers|rouge-gutter|blob-num|linenodiv|pre-numbering", re.I)
_CODE_TABLE = re.compile(r"highlight|rouge|syntaxhighlighter|hljs|code|gutter", re.I)
_UNSELECTABLE = re.compile(r"user-select:\s*none|select-none", re.I)
_EDITOR = re.compile(r"(?:^|\s)(?:cm-content|CodeMirror-code)(?:$|\s)")
_NUMBERS = re.compile(r"[\s\d]*")
_CODE_BOX = re.compile(r"code|syntaxhighlighter", re.I)
_ONE_WIDTH = re.compile(r"font(?:-family)?:[^;]*(?:courier|consolas|monospace|menlo|monaco|lucida console)", re.I)
_MOVED = re.compile(r"(?:margin|padding)-left:\s*(\d{1,3})(?:\.\d+)?px", re.I)
_BLANK, _MOST_MOVED = 4, 40  # pixels for a blank of a line that is moved in; blanks
_TYPED = 0.9  # of the letters of a box
_LINE_PARTS = ("div", "p", "li", "tr", "td", "table", "tbody", "thead", "colgroup", "col")
_IN_LINES = frozenset((*_LINE_PARTS, "ol", "ul", "code", "span", "font", "br", "b", "strong", "i", "em", "a", "button"))
_LINE_BLOCKS = frozenset(("div", "p", "li", "tr", "ol", "ul", "table"))


class Code:
    """Takes code out of a tree; `blocks` and `inline` hold what the numbered marks stand for."""

    def __init__(self) -> None:
        self.blocks: list[str] = []
        self.inline: list[str] = []

    def take(self, root: Element, first_block: int) -> None:
        """Marks in the place of all code. Blocks are numbered from `first_block`."""
        self._first = first_block
        _flatten_code_tables(root)
        _name_code_boxes(root)
        for element in elements(root, "pre", "listing", "xmp"):
            self._block(element)
        within = inside(root, ("td", "th", "li", "p"))
        for element in elements(root, "code", "kbd", "tt", "samp"):
            self._inline(element, element not in within)
        settle_marked(root)

    def add_ticked(self, text: str) -> str:
        """The mark of one more piece of inline code."""
        self.inline.append(ticked(text))
        return f"{INLINE}{len(self.inline) - 1}{INLINE_END}"

    def merged(self, marks: str) -> str:
        """Marks that touch, as one where they are all code: backticks side by side would be longer backticks."""
        texts = [self.inline[int(number)] for number in re.findall(r"\d+", marks)]
        if not all(text.startswith("`") for text in texts):
            return marks
        return self.add_ticked("".join(map(_unticked, texts)))

    def _block(self, element: Element) -> None:
        text = _text(element)
        if not text:
            drop(element)
            return
        self.blocks.append(fence(text, language(element)))
        become_paragraph(element, ready_mark(self._first + len(self.blocks) - 1))

    def _inline(self, element: Element, may_be_block: bool) -> None:
        if element.tag == "code" and (_has_lines(element) or (may_be_block and _is_block(element))):
            self._block(element)
            return
        lines: list[str] = []
        _write_lines(element, element, lines)
        text = one_space("".join(lines))
        if not text:
            element.tag = GONE
        elif element.find(".//img") is not None or BLOCK in text:
            element.tag = OPEN
        else:
            self._inline_text(element, text)

    def _inline_text(self, element: Element, text: str) -> None:
        mark = self.add_ticked(text)
        link = element.find(".//a")
        if link is not None and link.get("href") and len(text_of(link).strip()) >= len(text) - 2:
            around = element.makeelement("a", {"href": link.get("href")})  # the link goes outside
            around.text, around.tail = mark, element.tail
            element.getparent().replace(element, around)
            return
        mark_text(element, mark)


def fence(text: str, language_: str) -> str:
    """A fence longer than any inside."""
    longest = max((len(run) for run in re.findall("`{3,}", text)), default=2)
    ticks = "`" * (longest + 1)
    return f"{ticks}{language_}\n{text}\n{ticks}"


def ticked(text: str) -> str:
    """Inline code; more backticks than any run inside."""
    ticks = "`" * (max((len(run) for run in re.findall("`+", text)), default=0) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{ticks}{pad}{text}{pad}{ticks}"


def _unticked(inline: str) -> str:
    ticks = len(inline) - len(inline.lstrip("`"))
    return inline[ticks:-ticks].strip(" ")


def _flatten_code_tables(root: Element) -> None:
    """A table of line numbers and code is code."""
    for table in elements(root, "table"):
        found = [pre for pre in table.iter("pre") if not _NUMBERS.fullmatch(text_of(pre))]
        classes = " ".join(cell.get("class") or "" for cell in [table, *table.iter("td")])
        if not found or not _CODE_TABLE.search(classes):
            continue
        code = copy.deepcopy(max(found, key=lambda pre: len(text_of(pre))))
        code.tail = table.tail
        if not language(code) and language(table):
            code.set("data-lang", language(table))
        table.getparent().replace(table, code)


def _name_code_boxes(root: Element) -> None:
    """A box that names the language of its bare text is code, and so is one of lines, each a box of its own."""
    for box in elements(root, "div"):
        if box.get("data-lang") and not len(box) and "code" in (box.get("class") or ""):
            box.tag = "pre"
        elif is_code_box(box):
            _settle_lines(box)
            box.tag = "pre"


def is_code_box(box: Element) -> bool:
    """It is called code, holds nothing but lines, and they are typed as code or in letters of one width."""
    if not _CODE_BOX.search(box.get("class") or "") or not len(box):
        return False
    inner = [each for each in box.iterdescendants() if isinstance(each.tag, str)]
    if not all(each.tag in _IN_LINES for each in inner) or not any(each.tag in _LINE_BLOCKS for each in inner):
        return False
    size = len("".join(text_of(box).split()))
    typed = sum(len("".join(text_of(each).split())) for each in inner if each.tag == "code")
    return size > 0 and (typed >= _TYPED * size or _ONE_WIDTH.search(box.get("style") or "") is not None)


def _settle_lines(box: Element) -> None:
    """Only what stands in the lines is code; how far a line is moved in stands for its blanks."""
    for each in (box, *box.iterdescendants()):
        if each is box or each.tag in ("table", "tbody", "thead", "tr", "colgroup", "ol", "ul"):
            each.text = None if (each.text or "").isspace() else each.text
        if each is not box and each.tag in _LINE_PARTS and (each.tail or "").isspace():
            each.tail = None
        moved = _MOVED.search(each.get("style") or "")
        if moved and not text_of(each)[:1].isspace() and each.tag == "span" and not _is_begun(each):
            each.text = " " * min(_MOST_MOVED, int(moved[1]) // _BLANK) + (each.text or "")


def _is_begun(span: Element) -> bool:
    """The line has a text before it."""
    return span.getprevious() is not None or bool(span.getparent().text)


def _text(element: Element) -> str:
    _drop_beside_code(element)
    editor = next((inner for inner in element.iter("div") if _EDITOR.search(inner.get("class") or "")), element)
    lines: list[str] = []
    _write_lines(editor, editor, lines)
    text = "".join(lines).replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ").replace("\u200b", "")
    return re.sub(r"\A(?:[ \t]*\n)+|\s+\Z", "", text)


def _drop_beside_code(element: Element) -> None:
    """Buttons, the numbers of lines, and the lines that mdBook keeps hidden."""
    for inner in elements(element):
        if inner.tag == "button" or inner.get("class") == "boring" or _is_line_number(inner):
            drop(inner)


def _is_line_number(inner: Element) -> bool:
    """Digits in a gutter; or alone in what cannot be marked, or in front of the box of a line."""
    kind = f"{inner.get('class') or ''} {inner.get('data-line-numbers') or ''}"
    if _GUTTER.search(kind):
        return _NUMBERS.fullmatch(text_of(inner)) is not None
    if len(inner) or not (inner.text or "").strip() or not _NUMBERS.fullmatch(inner.text):
        return False
    return bool(_UNSELECTABLE.search(f"{inner.get('style') or ''} {kind}")) or _is_before_box(inner)


def _is_before_box(inner: Element) -> bool:
    """It and a `div` are all that its parent holds, as two columns of a line."""
    parent = inner.getparent()
    if inner.tag != "span" or len(parent) != 2 or parent[0] is not inner or parent[1].tag != "div":
        return False
    return not f"{parent.text or ''}{inner.tail or ''}{parent[1].tail or ''}".strip()


def _write_lines(element: Element, top: Element, out: list[str]) -> None:
    if element.tag == "br":
        out.append("\n")
        return
    line = element is not top and element.tag in _LINE_BLOCKS
    if line:
        _end_line(out)
    out.append(element.text or "")
    for child in element:
        _write_lines(child, top, out)
        out.append(child.tail or "")
    if line:
        _end_line(out)


def _end_line(out: list[str]) -> None:
    text = next((part for part in reversed(out) if part), "\n")
    if not text.endswith("\n"):
        out.append("\n")


def _is_block(element: Element) -> bool:
    return text_of(element).strip().count("\n") >= 2 or len(element.findall(".//br")) >= 2


def _has_lines(element: Element) -> bool:
    """Three lines of code in a paragraph, an item or a cell, or two that are all of it."""
    parent, breaks = element.getparent(), len(element.findall(".//br"))
    if parent.tag not in ("p", "div", "li", "td", "th") or not breaks:
        return False
    return breaks > 1 or (len(parent) == 1 and not f"{parent.text or ''}{element.tail or ''}".strip())
