"""What is told of the text of every block, and of the page as a whole."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from store.capture.choose.blocks import Block, Page
from store.capture.tree import HEADINGS

Numbers = npt.NDArray[np.float32]

CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]")
WORD = re.compile(r"[^\W\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff]+")
HAN_PER_WORD = 1.6  # so many characters of Chinese say as much as a word
_ENDS = tuple(".!?。！？…\"”'」）)")
_COMMAS = ",，、;；:："
_SENTENCES = (". ", "。", "! ", "? ", "！", "？")
# Grouped by their first letter, as `re` is much quicker so.
_CHROME = re.compile(
    r"a(?:ll rights reserved|dvertis)|c(?:ookie|opyright|lick here|ontact us)|follow us|icp|log ?in|newsletter|privacy"
    r"|r(?:ead more|elated)|s(?:ubscribe|ign ?(?:up|in)|hare (?:this|on)|kip to)|terms of"
)
_MORE_CHROME = re.compile(
    r"©|版权所有|备案|京公网|责任编辑|上一篇|下一篇|相关阅读|推荐阅读|分享到|打印|关闭窗口|登录|注册|举报|广告|免责声明|客户端"
    r"|扫一扫|二维码|热门|排行"
)
_DATED = re.compile(
    r"\b(?:19|20)\d\d\b|\d{1,2}[:/.-]\d{2}\b|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d"
)
# A plain first letter, not `\b`: `re` finds it sooner.
_AGO = re.compile(r"a(?<=\ba)go\b|发布|来源|浏览|阅读|评论|昨天|小时前")
_DIGIT = re.compile(r"\d")  # without one there is no date and no price: looked for first, as it is quick
_PRICED = re.compile(r"[$€£¥￥]\s?\d|\d\s?(?:€|元|usd|eur)")
_LEADS_ELSEWHERE = re.compile(
    r"comment|repl(?:y|ies)|related|recommend|you (?:may|might)|more (?:from|in|on|stories|articles|posts)|popular"
    r"|trending|latest|recent|read next|further reading|see also|similar|also (?:viewed|bought|like)|subscribe"
    r"|newsletter|share|about the author|categories|archives|tags|leave a|references|sponsored|评论|留言|相关|推荐|热门"
    r"|最新|阅读更多|猜你喜欢|延伸阅读|回复|排行"
)
_SHORT = 8  # tokens
_BEGINNING = 160
OWN = (
    "tokens", "log tokens", "share in links", "links", "pictures", "commas", "ends a sentence", "words of chrome",
    "copies", "characters a token", "in the title", "of the title", "date", "price", "sentences", "begins small",
    "no word", "share of Han", "parts",
)  # fmt: skip
_OF_BLOCK = ("share in links", "links", "pictures", "copies", "parts")  # the others are equal for equal texts
_IS_OF_BLOCK = np.isin(OWN, _OF_BLOCK)
_ADDRESSES = (
    ("forum", "thread", "topic", "viewtopic", "/t/", "discuss", "community", "bbs", "question"),
    ("product", "/p/", "/dp/", "shop", "item", "store"),
    ("docs", "/doc", "reference", "manual", "guide", "wiki", "tutorial", "api"),
    ("blog", "news", "article", "story", "post", "/20"),
    ("collection", "category", "categories", "catalog", "tag/", "/c/", "search", "browse"),
    ("about", "service", "solution", "pricing", "feature", "platform"),
)
_KINDS = (
    "Article", "NewsArticle", "BlogPosting", "Product", "FAQPage", "ItemList", "CollectionPage",
    "DiscussionForumPosting", "QAPage",
)  # fmt: skip
_KIND = re.compile(f'"({"|".join(_KINDS)})(?=")')
_MARKS = (
    'content="article"', 'content="product', 'content="website"', "add-to-cart", "wp-content", "shopify", "phpbb",
    "xenforo", "vbulletin", "discourse", "sphinx", "docusaurus", "mediawiki",
)  # fmt: skip
ADDRESS = 4 + len(_ADDRESSES) + len(_KINDS) + len(_MARKS)  # numbers of `told_by_source`


@dataclass(slots=True)
class Texts:
    """By block. `own`: the columns of OWN. `words`: what is looked up of it, in lower case; Chinese in pairs of signs.

    `length`: characters without blanks; `tokens`: words, and Han by HAN_PER_WORD; `level` of a heading, 0: none;
    `leads_away`: short, and what such a line stands over is not the article.
    """

    own: Numbers
    words: list[list[str]]
    length: Numbers
    tokens: Numbers
    level: npt.NDArray[np.int32]
    leads_away: Numbers


def read_texts(page: Page) -> Texts:
    """The texts of a page's blocks."""
    blocks = page.blocks
    copies = Counter(block.text for block in blocks)
    title = _Title((page.root.findtext(".//title") or "").lower())
    said = {text: _said(text, title) for text in copies}
    each = [said[block.text] for block in blocks]
    own = np.empty((len(blocks), len(OWN)), np.float32)
    own[:, ~_IS_OF_BLOCK] = [one.told for one in each]
    own[:, _IS_OF_BLOCK] = [
        (
            block.linked / (one.length or 1),
            block.links,
            block.pictures,
            math.log1p(copies[block.text]),
            min(len(block.parts), 20),
        )
        for block, one in zip(blocks, each, strict=True)
    ]
    length = np.array([one.length for one in each], np.float32)
    level = np.array([heading_level(block) for block in blocks], np.int32)
    away = np.array([one.leads_away for one in each], np.float32)
    return Texts(own, [one.words for one in each], length, own[:, 0], level, away)


@dataclass(slots=True)
class _Said:
    """Of one text. `told`: the columns of OWN that are not of the block."""

    told: tuple[float, ...]
    words: list[str]
    length: int
    leads_away: bool


def _said(text: str, title: _Title) -> _Said:
    low = text.lower()
    words = WORD.findall(low)
    han = [] if low.isascii() else CJK.findall(low)
    tokens = len(words) + len(han) / HAN_PER_WORD
    length = len(text) - text.count(" ")
    return _Said(
        _told(text, low, words, han, tokens, length or 1, title),
        _looked_up(low, words, is_han=bool(han)),
        length,
        tokens <= _SHORT and _LEADS_ELSEWHERE.search(low) is not None,
    )


class _Title:
    def __init__(self, low: str) -> None:
        self.words = set(WORD.findall(low)) | set(CJK.findall(low))

    def shared(self, words: list[str]) -> tuple[float, float]:
        """The share of these words that the title has, and of the title's that are among them."""
        both = self.words.intersection(words)
        return (len(both) / len(set(words)), len(both) / len(self.words)) if both else (0.0, 0.0)


def _told(
    text: str, low: str, words: list[str], han: list[str], tokens: float, length: int, title: _Title
) -> tuple[float, ...]:
    some = max(tokens, 1)
    beginning = low[:_BEGINNING]
    has_digit = _DIGIT.search(beginning) is not None
    return (
        tokens,
        math.log1p(tokens),
        sum(map(text.count, _COMMAS)) / some,
        text.endswith(_ENDS),
        _is_chrome(beginning),
        length / some,
        *title.shared(words[:60] + han[:60]),
        (has_digit and _DATED.search(beginning) is not None) or _AGO.search(beginning) is not None,
        has_digit and _PRICED.search(beginning) is not None,
        sum(map(text.count, _SENTENCES)) / some * 10,
        text[:1].islower(),
        tokens > 0 and not han and not any(map(str.isalpha, words[0])),
        len(han) / length,
    )


def _is_chrome(beginning: str) -> bool:
    return bool(_CHROME.search(beginning) or (not beginning.isascii() and _MORE_CHROME.search(beginning)))


def _looked_up(low: str, words: list[str], *, is_han: bool) -> list[str]:
    if not is_han:
        return words if len(words) <= 16 else words[:11] + words[-5:]
    some = low if len(low) <= 40 else f"{low[:26]} {low[-12:]}"
    pairs = (some[at : at + 2] for at in range(len(some) - 1))
    return words[:6] + [pair for pair in pairs if " " not in pair]


def heading_level(block: Block) -> int:
    """1 to 6; 0 for what is no heading, 4 for what stands somewhere inside one."""
    if block.element.tag in HEADINGS:
        return int(block.element.tag[1])
    parent = block.element.getparent()
    return 4 if parent is not None and parent.tag in HEADINGS else 0


def told_by_source(source: str, url: str) -> list[float]:
    """What the source and the address say of the kind of page: as many numbers as ADDRESS."""
    try:
        parts = urlsplit(url)
    except ValueError:
        parts = urlsplit("")
    address = (parts.netloc + parts.path).lower()
    inner = parts.path.strip("/")
    kinds = set(_KIND.findall(source))
    return [
        *(float(any(word in address for word in words)) for words in _ADDRESSES),
        min(inner.count("/") + 1 if inner else 0, 6),
        min(sum(character.isdigit() for character in address), 12),
        float(address.endswith("/")),
        address.count("-") / 4,
        *(float(kind in kinds) for kind in _KINDS),
        *(float(mark in source) for mark in _MARKS),
    ]
