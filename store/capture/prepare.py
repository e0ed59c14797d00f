"""The article's tree made such that html2text's defects never show: few kinds of blocks, nothing unseen."""

from __future__ import annotations

import re

from store.capture.tree import (
    BLOCKS,
    GONE,
    HEADINGS,
    OPEN,
    PARAGRAPH_TAG,
    Element,
    add_around,
    elements,
    holders,
    inside,
    is_longer,
    mark_text,
    one_space,
    settle_marked,
    text_of,
    wrap_content,
)

_NEVER_TEXT = frozenset((
    "script", "style", "template", "svg", "canvas", "select", "textarea", "object", "embed", "map", "link",
    "noscript", "meta", "title", "dialog", "applet", "frame", "frameset", "datalist", "progress", "meter", "head",
    "base", "rp",
))  # fmt: skip
_KEPT_BLOCKS = frozenset(("p", "div", "hr", "ul", "ol", "li", "blockquote", "body", *HEADINGS))
_KEPT_INLINES = frozenset(("a", "img", "br", "sub", "sup", "strong", "b", "em", "i", "del", "s", "strike"))
_TABLE_PARTS = frozenset(("table", "thead", "tbody", "tfoot", "tr", "td", "th", "caption", "col", "colgroup"))
_FOLD = re.compile(r"accordion|collaps|faq|toggle|disclosure|expand", re.I)
_NO_QUESTION = re.compile(
    r"(?:show|read|see|view|load)\b.{0,12}|more|less|menu|close|copy|share|search|展开.{0,4}|收起|更多|菜单|关闭|复制",
    re.I,
)
_ARTICLE, _ARTICLE_BLOCKS = 600, 4  # characters and blocks of an item that is no item


def remove_unseen(root: Element) -> None:
    """What is no text of the article; a folding button is a heading's or a paragraph's text, a check box its state."""
    in_heading, in_item = inside(root, HEADINGS), inside(root, ("li",))
    for element in list(root.iter()):
        if element is root or element.tag in (GONE, OPEN):
            continue
        if element.tag == "button":
            _settle_button(element, element in in_heading)
        elif not isinstance(element.tag, str) or element.tag in _NEVER_TEXT:
            _remove(element)
        elif element.tag == "input":
            _settle_input(element, element in in_item)
    settle_marked(root)


def _remove(element: Element) -> None:
    if isinstance(element.tag, str):
        element.tag = GONE
    else:
        mark = element.makeelement(GONE)
        mark.tail = element.tail
        element.getparent().replace(element, mark)


def _settle_button(button: Element, in_heading: bool) -> None:
    words = one_space(text_of(button))
    if in_heading:
        button.tag = OPEN
    elif _folds(button) and len(words) > 3 and not _NO_QUESTION.fullmatch(words):
        button.tag = "p"
        wrap_content(button, "strong")
    else:
        button.tag = GONE


def _folds(button: Element) -> bool:
    """It opens what comes after it: an answer below its question."""
    says = button.get("aria-controls") or button.get("aria-expanded") or button.get("data-bs-toggle") == "collapse"
    if not says and not _FOLD.search(button.get("class") or ""):
        return False
    outer = button.getparent()
    following = button.getnext() if button.getnext() is not None else outer.getnext()
    return following is not None and following.tag in BLOCKS and is_longer(following, 3)


def _settle_input(element: Element, in_item: bool) -> None:
    if (element.get("type") or "").lower() == "checkbox" and in_item:
        mark_text(element, "[x] " if element.get("checked") is not None else "[ ] ")
    else:
        element.tag = GONE


def settle_structure(root: Element) -> None:
    """Few kinds of blocks (paragraphs, headings, lists, quotes) and the inline elements that Markdown has words for."""
    _settle_words(root)
    settle_headings(root)
    holding = holders(root, BLOCKS)
    for element in root.iter():
        if element.tag in _KEPT_BLOCKS or element.tag in _TABLE_PARTS or element is root:
            continue
        if element.tag in BLOCKS or (element in holding and "-" in element.tag):
            element.tag = "div"
        elif element.tag not in _KEPT_INLINES or (element in holding and element.tag != "a"):
            element.tag = OPEN
    settle_marked(root)


def _settle_words(root: Element) -> None:
    """Terms and summaries are bold, readings of ruby stand in brackets, short quotations in quotes."""
    bold = holders(root, ("strong", "b"))
    for element in elements(root, "summary", "dt"):
        element.tag = "p"
        if element not in bold and is_longer(element, 0):
            wrap_content(element, "strong")
    for reading in elements(root, "rt"):
        words = one_space(text_of(reading))
        mark_text(reading, f"（{words}）" if words else "")
    for quote in elements(root, "q"):
        add_around(quote, "“", "”")
    for menu in elements(root, "menu", "dir"):
        menu.tag = "ul"


def settle_headings(root: Element) -> None:
    """One line each and not empty; one title: another `h1` and what stands under it are one level down."""
    blocks = holders(root, HEADINGS)
    for heading in elements(root, *HEADINGS):
        if heading in blocks:
            heading.tag = "div"  # never closed: it holds the headings after it
            continue
        for inner in heading.iterdescendants():
            _settle_in_heading(inner)
        if not text_of(heading).strip():
            heading.tag = GONE if heading.find(".//img") is None else "p"
    _one_title(root)


def _settle_in_heading(inner: Element) -> None:
    if inner.tag == "br":
        mark_text(inner, " ")
    elif inner.tag in BLOCKS:
        inner.text, inner.tail = " " + (inner.text or ""), " " + (inner.tail or "")
        inner.tag = OPEN
    elif inner.tag in ("b", "strong", "font", "u"):
        inner.tag = OPEN


def _one_title(root: Element) -> None:
    titles = list(root.iter("h1"))
    if len(titles) < 2:
        return
    named = one_space(root.getroottree().findtext(".//title") or "")
    title = next((heading for heading in titles if _is_named(heading, named)), titles[0])
    down = 0
    for heading in list(root.iter(*HEADINGS)):
        level = int(heading.tag[1])
        if level == 1:
            down = 0 if heading is title else 1
        heading.tag = f"h{min(6, level + down)}"


def _is_named(heading: Element, named: str) -> bool:
    words = one_space(text_of(heading))
    return bool(words) and words in named


def settle_breaks(root: Element) -> None:
    """Two line breaks in a row are the end of a paragraph, but not in a link."""
    in_link = inside(root, ("a",))
    run: list[Element] = []
    for element in list(root.iter("br")):
        if run and _following(run[-1]) is not element:
            _settle_run(run, in_link)
            run = []
        run.append(element)
    if run:
        _settle_run(run, in_link)


def _settle_run(run: list[Element], in_link: set[Element]) -> None:
    if len(run) > 1:
        for element in run[1:]:
            mark_text(element, "")
        run[0].tag = "br" if run[0] in in_link else PARAGRAPH_TAG


def _following(element: Element) -> Element | None:
    """The element right behind it, nothing but blanks between."""
    while not (element.tail or "").strip():
        element = element.getnext()
        if element is None or element.tag != OPEN or element.text or len(element):
            return element
    return None


def settle_lists(root: Element) -> None:
    """Only items in lists, and none of them empty."""
    for listing in elements(root, "ul", "ol"):
        _only_items(listing)
    for item in elements(root, "li"):
        if item.getparent().tag not in ("ul", "ol"):
            item.tag = "div"
        elif _is_empty(item):
            item.tag = GONE
    for listing in (root, *elements(root, "ul", "ol")):
        if listing.tag in ("ul", "ol"):
            _settle_only_item(listing)
    for listing in elements(root, "ol"):
        if listing.get("reversed") is not None:
            _count_down(listing)
    settle_marked(root)


def _settle_only_item(listing: Element) -> None:
    """A list with one item that holds a whole article is none."""
    items = [child for child in listing if child.tag == "li"]
    if len(items) != 1 or not is_longer(items[0], _ARTICLE):
        return
    if sum(1 for block in items[0] if block.tag in ("p", "div", *HEADINGS)) >= _ARTICLE_BLOCKS:
        listing.tag = items[0].tag = "div"


def _is_empty(element: Element) -> bool:
    return not any(text.strip() for text in element.itertext()) and element.find(".//img") is None


def _only_items(listing: Element) -> None:
    if (listing.text or "").strip():
        first = listing.makeelement("li")
        first.text, listing.text = listing.text, None
        listing.insert(0, first)
    previous = None
    for child in list(listing):
        tail, child.tail = child.tail, None
        if child.tag in ("ul", "ol") and previous is not None:
            previous.append(child)
        elif child.tag != "li" and not _is_empty(child):
            previous = child.makeelement("li")
            listing.replace(child, previous)
            previous.append(child)
        elif child.tag == "li":
            previous = child
        else:
            child.tag = GONE
        if tail and tail.strip():
            if previous is None:
                previous = listing.makeelement("li")
                listing.insert(0, previous)
            rest = previous.makeelement("div")
            rest.text = tail
            previous.append(rest)


def _count_down(listing: Element) -> None:
    items = listing.findall("li")
    start = listing.get("start") or ""
    number = int(start) if re.fullmatch(r"\d{1,9}", start) else len(items)
    for item in items:
        item.set("value", str(max(0, number)))
        number -= 1
