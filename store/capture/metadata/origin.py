"""Whom a Chinese page names as its source: 来源：新华网, 本文转自…, a meta element. It published what stands there.

Rules: near the title, or as the last word of the text; elsewhere only where the page names one and no other. The source
of a picture or of data is none, nor is the page itself (本站, 原创).
"""

from __future__ import annotations

import re

from store.capture.metadata.found import Found
from store.capture.metadata.language import language_of
from store.capture.metadata.sources import Sources
from store.capture.tree import text_of

_LABEL = re.compile(
    r"^[\s（(【\[·]*(?:(?:本文|文章|信息|稿件|新闻|内容|稿)?(?:来源|来自)|(?:本文|文章|稿件)?(?:转载自|转自|摘自|来源于|来源自)"
    r"|本文(?:来自|来源))(?:于|自)?\s*[:：/／|]\s*"
    r"|^[\s（(【\[]*(?:本文|文章|稿件)(?:来源于|来源自|转载自|转自|摘自|来自)\s*"
)
_WITHIN = re.compile(r"(?<=[\s　|｜)）\d])(?:文章|信息|稿件|新闻|内容)?来源\s*[:：]\s*")
_END = re.compile(
    r"[\s　]{2,}|\s*[|｜,，;；。！!()（）【】\[\]<>]"
    r"|\s+(?:作者|时间|日期|发布|发表|编辑|责任|责编|浏览|点击|阅读|字体|字号|记者|记录|\d)"
    r"|(?:作者|责任编辑|责编|编辑|发布时间|发布日期|时间|日期)\s*[:：]|\s*(?:19|20)\d\d[-年/.]|\s+"
)
_SELF = re.compile(
    r"本[站网报刊台]?(?:原创|讯|编)?|原创|网络|互联网|网上|未知|佚名|综合|其[他它]|转载|不详|暂无|无|自媒体"
    r"|[网站微信公众号平台客户端]{1,5}|作者投稿"
)
_HAN = re.compile("[\u3400-\u9fff]")
_META = ("contentsource", "source", "mediaid", "article:source", "og:source", "news_source")
_SHORT, _LONGEST = 120, 30
_NEAR = (4, 14)  # pieces before and behind the title


def read_source(sources: Sources) -> Found | None:
    """Of a Chinese page whom it names as its source, or None."""
    if language_of(sources.whole_text, None) != "zh":
        return None
    for name in _META:
        for value in sources.meta.get(name, ()):
            if said := _cleaned(value):
                return Found(said, f"meta {name}")
    near = sources.near_title(*_NEAR)
    elsewhere: dict[str, Found] = {}
    for at, (element, text) in enumerate(sources.pieces):
        said = _said(sources, at, text) if len(text) <= _SHORT else None
        if said is None or (at not in near and sources.is_beside(element)):
            continue
        if at in near:
            return Found(said, "text 来源")
        elsewhere[said] = Found(said, "text 来源")
    return next(iter(elsewhere.values())) if len(elsewhere) == 1 else None


def _said(sources: Sources, at: int, text: str) -> str | None:
    """Behind the label, or in the piece behind it: there may be a link."""
    label = _LABEL.match(text) or _WITHIN.search(text)
    if label is None:
        return None
    if rest := text[label.end() :].strip():
        return _cleaned(rest)
    following = sources.pieces[at + 1 : at + 2]
    return _cleaned(following[0][1]) if following and len(text_of(following[0][0])) <= _SHORT else None


def _cleaned(value: str) -> str | None:
    """A name, or None."""
    value = _LABEL.sub("", value).removeprefix("综合")
    words = _END.split(value.strip(" 　:：《》“”\"'"), maxsplit=1)[0].strip(" 　:：《》“”\"'-—")
    if not 2 <= len(words) <= _LONGEST or not _HAN.search(words) or "://" in words or _SELF.fullmatch(words):
        return None
    return words
