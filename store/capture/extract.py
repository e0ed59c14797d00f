"""The article of a page, in the page's own tree.

For now without a model: an extractor's text says which blocks belong, the element whose text agrees best with it is the
container, and all of that is kept but what is plainly not the article. So tables, code and lists survive.
"""

from __future__ import annotations

import copy
import logging
import re
from collections import Counter
from dataclasses import dataclass, field

import trafilatura
from lxml import etree

from store.capture.metadata import Metadata, language_of, read_metadata
from store.capture.tree import BLOCKS, Element, drop, elements, one_space, text_of

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)

_NOT_TEXT = frozenset("script style noscript template svg head link meta title select option textarea".split())
_OUTSIDE = ("nav", "aside", "footer", "form", "dialog", "menu")
_CONTAINERS = frozenset("div section article main body form center td details fieldset header footer aside".split())
_BAD = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|sidebar|footer|share|sharing|social|related|recommend\w*|promo"
    r"|advert\w*|ads?|sponsor\w*|newsletter|subscribe|cookies?|consent|popup|modal|pagination|pager|toolbar|skip"
    r"|qrcode|ewm|copyright|hidden|print)(?:$|[\s_-])",
    re.I,
)
_BOILERPLATE = re.compile(
    r"^(?:【?(?:打印|关闭|收藏|返回顶部|分享到|扫一扫|上一篇|下一篇|相关(?:文章|阅读|链接)|责任编辑|免责声明|版权所有)"
    r"|字体|字号|浏览次数|阅读(?:量|次数)?[：:\d]|点击(?:数|次数|量)|来源[：:]|\[?\s*(?:大|中|小)\s*(?:中|小)?\s*\]?$"
    r"|.{0,12}(?:ICP备|公网安备))"
)
_SHORT_PHRASE = 40
_WORD = re.compile(r"[\w]+")
_LEAST = 12  # characters of a block that can be recognised in another text


@dataclass(frozen=True, slots=True)
class Article:
    """What of a page is the article: its tree, and what the page says of it. `why`: how the container was found."""

    body: Element
    metadata: Metadata
    lang: str | None
    why: dict[str, str] = field(default_factory=dict)


def article(root: Element, url: str) -> Article:
    """The article of a parsed page, whose tree is used up."""
    metadata = read_metadata(root)
    declared = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    body = root.find("body")
    if body is None:
        body = root
    text = _extracted(root, url)
    sizes = _Sizes(body, text)
    container = _with_siblings(sizes.best(), body)
    _prune(container, sizes)
    if container is not body:
        container.tag = "div"
    lang = language_of(text or text_of(container), declared)
    return Article(container, metadata, lang, {"container": container.tag})


def _extracted(root: Element, url: str) -> str:
    try:
        found = trafilatura.extract(
            copy.deepcopy(root), url=url, output_format="txt", include_comments=True, include_tables=True
        )
    except (ValueError, TypeError, AttributeError, KeyError, RecursionError, etree.LxmlError):
        return ""  # it stumbles over odd trees; the whole body is judged then
    return found or ""


def _squeezed(text: str) -> str:
    return "".join(_WORD.findall(text))


class _Sizes:
    """How much text stands in every element, and how much of it the extractor's text has too."""

    def __init__(self, body: Element, extracted: str) -> None:
        self._body = body
        self._lines = Counter(_squeezed(line) for line in extracted.splitlines())
        self._whole = _squeezed(extracted)
        self.total: dict[Element, int] = {}
        self.hit: dict[Element, int] = {}
        self._walk(body)

    def best(self) -> Element:
        """The element whose text agrees best with the extractor's; the body when that found nothing."""
        goal = self.hit.get(self._body, 0)
        if not goal:
            return self._body
        best, best_score = self._body, 0.0
        for element, hit in self.hit.items():
            if not hit or element.tag not in _CONTAINERS:
                continue
            score = 2 * hit / (self.total[element] + goal)
            if score > best_score + 1e-9:
                best, best_score = element, score
        return best

    def is_foreign(self, element: Element) -> bool:
        """Next to nothing in it is the extractor's."""
        return self.hit.get(element, 0) < 0.2 * self.total.get(element, 0)

    def _walk(self, top: Element) -> None:
        """Sums from the leaves up, without recursion: pages nest deeply."""
        waiting: list[tuple[Element, bool]] = [(top, False)]
        while waiting:
            element, leaving = waiting.pop()
            if not isinstance(element.tag, str) or element.tag in _NOT_TEXT:
                continue
            children = [child for child in element if isinstance(child.tag, str)]
            blocks = [child for child in children if self._is_block(child)]
            if not leaving and blocks:
                waiting.append((element, True))
                waiting.extend((child, False) for child in children)
                continue
            self._sum(element, children, blocks)

    def _is_block(self, element: Element) -> bool:
        return element.tag in BLOCKS or any(inner.tag in BLOCKS for inner in element.iterdescendants())

    def _sum(self, element: Element, children: list[Element], blocks: list[Element]) -> None:
        if not blocks:
            words = _squeezed(text_of(element))
            self.total[element] = len(words)
            self.hit[element] = len(words) if self._known(words) else 0
            return
        own = _squeezed((element.text or "") + " ".join(child.tail or "" for child in children))
        self.total[element] = len(own) + sum(self.total.get(child, 0) for child in children)
        known = len(own) if self._known(own) else 0
        self.hit[element] = known + sum(self.hit.get(child, 0) for child in children)

    def _known(self, words: str) -> bool:
        if not words:
            return False
        return words in self._whole if len(words) >= _LEAST else words in self._lines


def _with_siblings(container: Element, body: Element) -> Element:
    """Paragraphs that stand loose beside the container belong to it: its parent, where nothing else is in that."""
    while container is not body:
        parent = container.getparent()
        beside = [child for child in parent if child is not container and text_of(child).strip()]
        if not beside or not all(_is_loose(child) for child in beside):
            break
        container = parent
    return container


def _is_loose(element: Element) -> bool:
    if element.tag not in ("p", "h1", "h2", "h3", "blockquote") or _BAD.search(_kind(element)):
        return False
    linked = sum(len(text_of(link)) for link in element.iter("a"))
    return not _is_boilerplate(element) and linked < 0.5 * len(text_of(element))


def _kind(element: Element) -> str:
    return f"{element.get('class') or ''} {element.get('id') or ''} {element.get('role') or ''}"


def _prune(container: Element, sizes: _Sizes) -> None:
    for element in elements(container, *_OUTSIDE):
        if sizes.is_foreign(element):
            drop(element)
    for element in elements(container):
        if not isinstance(element.tag, str) or element.tag not in BLOCKS:
            continue
        if _is_bad(element, sizes) or _is_link_list(element, sizes) or _is_boilerplate(element):
            drop(element)


def _is_bad(element: Element, sizes: _Sizes) -> bool:
    return bool(_BAD.search(_kind(element))) and sizes.is_foreign(element)


def _is_link_list(element: Element, sizes: _Sizes) -> bool:
    """Short, nearly all links, and nothing of it is the extractor's; a table or a picture is no link list."""
    if element.tag not in ("div", "ul", "ol", "p", "section") or sizes.hit.get(element, 0):
        return False
    if element.find(".//table") is not None or element.find(".//pre") is not None or element.find(".//img") is not None:
        return False
    size = len(one_space(text_of(element)))
    linked = sum(len(one_space(text_of(link))) for link in element.iter("a"))
    return 0 < size < 400 and linked > 0.6 * size


def _is_boilerplate(element: Element) -> bool:
    if any(inner.tag in BLOCKS for inner in element.iterdescendants()):
        return False
    words = one_space(text_of(element))
    return 0 < len(words) < _SHORT_PHRASE and _BOILERPLATE.match(words) is not None
