"""Pages as trees: parsed whole or not at all, and mended where lxml's tree is not what a browser shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from lxml import etree

from store.capture.guard import check
from store.capture.streamed import put_in_place
from store.capture.strip import clean_source
from store.capture.visible import drop_hidden, settle_head
from store.errors import ConversionTooBig, NoArticle

Element = Any  # lxml brings no types

INLINE = frozenset(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark math nobr q rp rt ruby s samp"
    " small span strike strong sub sup time tt u var wbr img picture".split()
)
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
BLOCKS = frozenset(
    "p div ul ol li dl dt dd table tr td th thead tbody tfoot caption pre blockquote section article main header footer"
    " aside nav figure figcaption hr details summary center form fieldset address iframe video audio body html".split()
).union(HEADINGS)
DEEPEST = 2_000
_STRUCTURE = ("p", "h1", "h2", "h3", "h4", "article", "main", "section", "table", "ul")
_BLANKS = re.compile(r"\s+")
_SWALLOWED = 600  # characters in a button that must be the page


def parse(source: str, url: str) -> Element:
    """The root of a page. Raises ConversionTooBig (tags, attributes, nesting), NoArticle when nothing is there."""
    check(source, url)
    cleaned = clean_source(source)
    if not cleaned.strip():
        raise NoArticle(url)
    root = _parsed(cleaned, url)
    settle_head(root)
    put_in_place(root)
    drop_hidden(root)
    _show_noscript(root)
    _mend(root)
    return root


def _parsed(source: str, url: str) -> Element:
    """libxml2 drops the rest of a page in silence where it nests too deeply: it is asked, and given more room."""
    for huge in (False, True):
        parser = etree.HTMLParser(encoding="utf-8", huge_tree=huge, remove_comments=True, remove_pis=True)
        try:
            root = etree.fromstring(source.encode("utf-8", "replace"), parser=parser)
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            raise NoArticle(url) from None
        if root is None:
            raise NoArticle(url)
        if not any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log):
            break
    else:
        raise ConversionTooBig(url, "nesting", DEEPEST)
    if _depth_over(root, DEEPEST):
        raise ConversionTooBig(url, "nesting", DEEPEST)
    return root


def _depth_over(root: Element, limit: int) -> bool:
    if root.xpath("count(//*)") <= limit:
        return False  # so few elements cannot nest so deeply
    depth = 0
    for event, _ in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > limit:
            return True
    return False


def _mend(root: Element) -> None:
    body = root.find("body")
    if body is None:
        return
    for stray in [*root.itersiblings(), *body.itersiblings()]:  # markup behind an early </html> or </body>
        _adopt(body, stray)
    total = None
    for element in list(body.iter("button", "select", "dialog", "label")):  # left open, one swallowed the page
        if sum(1 for _ in element.iter(*_STRUCTURE)) <= 3:
            continue
        total = len(text_of(body)) if total is None else total
        size = len(text_of(element))
        if (element.tag in ("button", "label") and size > _SWALLOWED) or size > 0.3 * total:
            element.tag = "div"


def _adopt(body: Element, stray: Element) -> None:
    if not isinstance(stray.tag, str) or stray.tag in ("head", "script", "style", "frameset"):
        return
    source = stray.find("body") if stray.tag == "html" else stray
    if source is None:
        source = stray
    for child in list(source) if source.tag in ("html", "body") else [source]:
        body.append(child)


def _show_noscript(root: Element) -> None:
    """A `noscript` with most of the page's text is the page."""
    found = [(len(text_of(element).strip()), element) for element in root.iter("noscript")]
    if not found or max(size for size, _ in found) <= 400:
        return
    body = root.find("body")
    visible = (len(_BLANKS.sub("", text_of(body))) if body is not None else 0) - sum(size for size, _ in found)
    for size, element in found:
        if size > 400 and size > 0.4 * visible:
            element.tag = "div"


# --- small tools ----------------------------------------------------------------------------------------------------


def text_of(element: Element) -> str:
    """All text inside."""
    return "".join(element.itertext())


def one_space(text: str) -> str:
    """Runs of white space as one blank, none around it."""
    return " ".join(text.split())  # quicker than a pattern


def elements(root: Element, *tags: str) -> Iterator[Element]:
    """Those that are still in the tree when their turn comes; the tree may be changed meanwhile."""
    for element in list(root.iter(*tags)):
        if element is not root and element.getparent() is not None:
            yield element


def drop(element: Element) -> None:
    """Out of the tree, its tail left behind."""
    parent = element.getparent()
    if parent is None:
        return
    _append_text(parent, element.getprevious(), element.tail)
    parent.remove(element)


GONE, OPEN = "x-gone", "x-open"
"""Tags for many elements at once: those that are nothing, those that are only their content. See `settle_marked`."""
PARAGRAPH_TAG = "x-paragraph"
"""An empty element where a paragraph ends: two line breaks."""


def settle_marked(root: Element) -> None:
    """Empty what is `GONE`; both stay in the tree as elements that mean nothing, but not around blocks.

    Not taken out: lxml joins the texts beside an element that goes one by one, quadratic where thousands of them go.
    """
    for element in root.iter(GONE):
        element.clear(keep_tail=True)
        element.tag = OPEN
    holding = holders(root, BLOCKS)
    for element in holding:
        if element.tag == OPEN:
            element.tag = "x-around"
    etree.strip_tags(root, "x-around")


def mark_text(element: Element, text: str) -> None:
    """Text in its place, in an element that means nothing."""
    element.clear(keep_tail=True)
    element.tag, element.text = OPEN, text


def holders(root: Element, tags: Iterable[str]) -> set[Element]:
    """The elements below the root that have one of these tags inside. Linear."""
    found: set[Element] = set()
    for element in root.iter(*tags):
        outer = element.getparent() if element is not root else None
        while outer is not None and outer is not root and outer not in found:
            found.add(outer)
            outer = outer.getparent()
    return found


def inside(root: Element, tags: Iterable[str]) -> set[Element]:
    """The elements that stand inside one of these tags, at or below the root. Linear."""
    found: set[Element] = set()
    for element in root.iter(*tags):
        if element not in found:
            found.update(element.iterdescendants())
    return found


def is_longer(element: Element, limit: int) -> bool:
    """Whether it holds more text than that; the rest of the text is not looked at."""
    size = 0
    for text in element.itertext():
        size += len(text)
        if size > limit:
            return True
    return False


def become_paragraph(element: Element, text: str) -> None:
    """A paragraph with this text in its place."""
    paragraph = element.makeelement("p")
    paragraph.text, paragraph.tail = text, element.tail
    element.getparent().replace(element, paragraph)


def wrap_content(element: Element, tag: str) -> None:
    """All of its content into one child."""
    inner = element.makeelement(tag)
    inner.text, element.text = element.text, None
    for child in list(element):
        inner.append(child)
    element.append(inner)


def add_around(element: Element, before: str, after: str) -> None:
    """Text at the beginning and at the end of its content."""
    element.text = before + (element.text or "")
    if len(element):
        element[-1].tail = (element[-1].tail or "") + after
    else:
        element.text += after


def _append_text(parent: Element, previous: Element | None, text: str | None) -> None:
    if not text:
        return
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    else:
        parent.text = (parent.text or "") + text
