"""The article's tree made such that html2text's defects never show: what it cannot write has become a mark."""

from __future__ import annotations

import re

from store.capture.marks import BREAK, INLINE, INLINE_END, PARAGRAPH, STRONG, STRONG_END
from store.capture.tree import (
    BLOCKS,
    HEADINGS,
    Element,
    add_around,
    become_text,
    drop,
    elements,
    one_space,
    text_of,
    unwrap,
    wrap_content,
)

_NEVER_TEXT = (
    "script", "style", "template", "svg", "canvas", "button", "select", "textarea", "object", "embed", "map", "link",
    "meta", "title", "dialog", "applet", "frame", "frameset", "datalist", "progress", "meter", "head", "base",
)  # fmt: skip
_PLAIN_BLOCKS = (
    "figure", "center", "fieldset", "form", "main", "header", "footer", "aside", "nav", "address", "section", "article",
    "details", "hgroup", "dl", "dd", "figcaption",
)  # fmt: skip
_PLAIN_INLINES = (
    "u", "ins", "mark", "span", "font", "small", "big", "abbr", "acronym", "label", "time", "bdi", "bdo", "nobr",
    "legend", "output", "data", "cite", "dfn", "var", "wbr",
)  # fmt: skip
_PARAGRAPHS = frozenset(("figcaption",))
_IN_ITEM = frozenset(("p", "div", "blockquote", *HEADINGS))


def take_mathematics(root: Element, inline: list[str]) -> None:
    """TeX where the page carries it: from MathJax's scripts and MathML's annotations."""
    for script in elements(root, "script"):
        kind = script.get("type") or ""
        if kind.startswith("math/") and script.text:
            _become_tex(script, script.text, "display" in kind, inline)
    for formula in elements(root, "math"):
        notes = [note for note in formula.iter("annotation") if "tex" in (note.get("encoding") or "").lower()]
        tex = (notes[0].text if notes else formula.get("alttext")) or ""
        if tex.strip():
            _become_tex(_outermost(formula), tex, formula.get("display") == "block", inline)
    for copy in elements(root, "span"):
        if copy.get("aria-hidden") == "true" and re.search(r"katex-html|MathJax|mjx", copy.get("class") or ""):
            drop(copy)


def _outermost(formula: Element) -> Element:
    found, outer = formula, formula.getparent()
    for _ in range(4):
        if outer is None or outer.tag not in ("span", "mjx-container", "mjx-assistive-mml", "em"):
            break
        if re.search(r"katex|mwe-math|MathJax|mjx|math", outer.get("class") or "") or outer.tag.startswith("mjx"):
            found = outer
        outer = outer.getparent()
    return found


def _become_tex(element: Element, tex: str, display: bool, inline: list[str]) -> None:
    words = one_space(tex)
    shown = re.fullmatch(r"\{\\displaystyle\s*(.*)\}", words, re.S)
    signs = "$$" if display else "$"
    inline.append(f"{signs}{(shown[1] if shown else words).strip()}{signs}")
    become_text(element, f"{INLINE}{len(inline) - 1}{INLINE_END}")


def remove_unseen(root: Element) -> None:
    """What is no text of the article; a button inside a heading is the heading, a check box of a list its state."""
    for element in elements(root):
        if not isinstance(element.tag, str):
            drop(element)
        elif element.tag == "button" and any(outer.tag in HEADINGS for outer in element.iterancestors()):
            unwrap(element)
        elif element.tag in _NEVER_TEXT:
            drop(element)
        elif element.tag == "input":
            _settle_input(element)


def _settle_input(element: Element) -> None:
    in_item = any(outer.tag == "li" for outer in element.iterancestors())
    if (element.get("type") or "").lower() == "checkbox" and in_item:
        become_text(element, "[x] " if element.get("checked") is not None else "[ ] ")
    else:
        drop(element)


def settle_structure(root: Element) -> None:
    """Few kinds of blocks: paragraphs, headings, lists, quotes."""
    for element in elements(root, "summary", "dt"):
        element.tag = "p"
        if element.find(".//strong") is None and text_of(element).strip():
            wrap_content(element, "strong")
    for element in elements(root, *_PLAIN_BLOCKS):
        element.tag = "p" if element.tag in _PARAGRAPHS and not _has_blocks(element) else "div"
    for heading in elements(root, *HEADINGS):
        _settle_heading(heading)
    for ruby in elements(root, "rp"):
        drop(ruby)
    for ruby in elements(root, "rt"):
        become_text(ruby, f"（{one_space(text_of(ruby))}）" if text_of(ruby).strip() else "")
    for quote in elements(root, "q"):
        add_around(quote, "“", "”")
        unwrap(quote)


def _has_blocks(element: Element) -> bool:
    return any(inner.tag in BLOCKS for inner in element.iterdescendants())


def _settle_heading(heading: Element) -> None:
    for inner in elements(heading):
        if inner.tag == "br":
            become_text(inner, " ")
        elif inner.tag in BLOCKS:
            inner.text, inner.tail = " " + (inner.text or ""), " " + (inner.tail or "")
            unwrap(inner)
        elif inner.tag in ("b", "strong", "font", "u"):
            unwrap(inner)
    if not text_of(heading).strip():
        if heading.find(".//img") is None:
            drop(heading)
        else:
            heading.tag = "p"


def unwrap_plain(root: Element) -> None:
    """Inline elements that Markdown has no word for."""
    for element in elements(root, *_PLAIN_INLINES):
        unwrap(element)


def settle_breaks(root: Element) -> None:
    """A line break is a mark, two in a row the end of a paragraph; at the edge of a block they are nothing."""
    for element in elements(root, "br"):
        run, last = 1, element
        while not (last.tail or "").strip() and last.getnext() is not None and last.getnext().tag == "br":
            following = last.getnext()
            drop(last)
            last, run = following, run + 1
        become_text(last, PARAGRAPH if run > 1 else BREAK)


def settle_lists(root: Element) -> None:
    """Only items in lists, only text and lists in items: their paragraphs are marks, indented when written."""
    for listing in elements(root, "ul", "ol"):
        _only_items(listing)
    for item in elements(root, "li"):
        if item.getparent().tag not in ("ul", "ol"):
            item.tag = "div"
        elif not text_of(item).strip() and item.find(".//img") is None:
            drop(item)
        else:
            _flatten_item(item)


def _only_items(listing: Element) -> None:
    start = listing.get("start")
    if start is not None and not re.fullmatch(r"\d{1,9}", start.strip()):
        del listing.attrib["start"]
    previous = None
    for child in list(listing):
        if child.tag == "li":
            previous = child
        elif child.tag in ("ul", "ol"):
            if previous is not None:
                previous.append(child)
        elif text_of(child).strip() or child.find(".//img") is not None:
            item = child.makeelement("li")
            listing.replace(child, item)
            item.append(child)
            previous = item
        else:
            drop(child)


def _flatten_item(element: Element) -> None:
    for child in list(element):
        if child.tag not in _IN_ITEM:
            continue
        _flatten_item(child)
        words = text_of(child)
        if not words.strip() and child.find(".//img") is None:
            drop(child)
            continue
        previous = child.getprevious()
        follows = previous.tag not in ("ul", "ol") if previous is not None else bool((element.text or "").strip())
        if child.tag in HEADINGS and STRONG not in words:
            child.text = (child.text or "").lstrip()
            add_around(child, STRONG, STRONG_END)
        child.text = (PARAGRAPH if follows else "") + (child.text or "").lstrip()
        if (child.tail or "").strip():
            child.tail = PARAGRAPH + child.tail.lstrip()
        unwrap(child)
