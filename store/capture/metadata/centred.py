"""A title that is no heading: the short line at the head of an article that is centred, bigger, or called a title.

Rules: it stands right above sentences, is one line, no sentence itself, and no date, source or label; what is in the
page's navigation is none.
"""

from __future__ import annotations

import re

from store.capture.metadata.called import is_no_title
from store.capture.metadata.day import day_in
from store.capture.metadata.found import Found
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, is_longer, one_space, text_of

_CALLED = re.compile(
    r"(?:^|[\s_-])(?:(?:art(?:icle)?|arc|news|con(?:tent)?|xl|xx|wz|info|detail|page|main|show|text|nr|zw)?[-_]?"
    r"(?:title|tit|bt|biaoti|headline)\d?|标题)(?:$|[\s_-])",
    re.I,
)
_BIG = re.compile(
    r"font-size\s*:\s*(?:(?:2[0-9]|3[0-9]|4[0-8])(?:\.\d+)?px|1[6-9]pt|[23]\dpt|(?:1\.[5-9]|2)\d*r?em|x+-large)"
)
_CENTRED = re.compile(r"text-align\s*:\s*center", re.I)
_BOLD = ("strong", "b")
_LINE = ("p", "div", "td", "center", "span", "font", "strong", "b", "dt", "li")
_NO_TITLE = re.compile(
    r"[。；;！!]$|^.{0,8}[:：]|首页|当前位置|版权|copyright|©|来源[:：]|作者[:：]|发布(?:时间|日期)|登录|^\d+$|[>›»]|\||打印",
    re.I,
)
_SENTENCES = re.compile(r"[。！？；，].|[.,;!?]\s")
_NEAR = 12  # pieces behind it, among which is a sentence
_FIRST = 150  # pieces that are looked at
_MOST = 120  # characters
_LEAST = 4
_UP = 3


def centred_line(sources: Sources) -> Found | None:
    """The first such line of the page, or None."""
    for at, (element, _) in enumerate(sources.pieces[:_FIRST]):
        line = _line(element)
        if line is None or not _may_be(line) or sources.is_beside(element) or not _is_over_text(sources, at):
            continue
        if source := _sign(element):
            return Found(line, source)
    return None


def _line(element: Element) -> str | None:
    """All of its line, where that is short."""
    outer = element
    while outer.tag in ("span", "font", "strong", "b", "a", "em", "i", "u"):
        if outer.tag == "a" or outer.getparent() is None:
            return None
        outer = outer.getparent()
    return None if outer.tag not in _LINE or is_longer(outer, 3 * _MOST) else one_space(text_of(outer))


def _may_be(line: str) -> bool:
    if not _LEAST <= len(line) <= _MOST or _NO_TITLE.search(line) or is_no_title(line):
        return False
    return not day_in(line) or len(line) > 2 * len("2024年10月10日 10:10:10")


def _is_over_text(sources: Sources, at: int) -> bool:
    """Sentences follow soon."""
    behind = (text for _, text in sources.pieces[at + 1 : at + 1 + _NEAR])
    return any(len(text) > 30 and _SENTENCES.search(text) for text in behind)


def _sign(element: Element) -> str | None:
    """By what it is known: its class, its place, its size. None: it is no title."""
    for each in [element, *list(element.iterancestors())[:_UP]]:
        if is_longer(each, 3 * _MOST):
            return None
        said, style = f"{each.get('class') or ''} {each.get('id') or ''}", each.get("style") or ""
        if _CALLED.search(said):
            return f"line .{said.split()[0]}"
        if each.tag == "center" or (each.get("align") or "").lower() == "center" or _CENTRED.search(style):
            return "centred line"
        if _BIG.search(style) or (each.tag == "font" and (each.get("size") or "").lstrip("+") in ("4", "5", "6", "7")):
            return "line in big letters"
    return None
