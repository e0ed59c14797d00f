"""What a site and its parts are called, which is no title: its own name, a portal's, that of a column. Pure.

Rules: what the page or its host gives as the site's name is one. Without that, 某某市人民政府门户网站, a Wikipedia or
an Example Blog is one behind a dash or a bar; as a whole title only what can be no article's: 某某市政府门户网站, 首页,
通知公告, 详情, Home, Untitled.
"""

from __future__ import annotations

import re

from store.capture.metadata.sources import Sources
from store.text import fold

_NOT_WORD = re.compile(r"[\W_]+")
_SUFFIXES = frozenset("com org net co gov edu io uk de fr at ch eu info dev app blog shop www m en docs".split())
_PORTAL = re.compile(
    r"[\u4e00-\u9fff·\w（）()]{0,24}?(?:门户(?:网站)?|政府网站?|(?:信息)?公开网|官方?网站?|官网|政务网|信息网|网站首页|首页)"
    r"|(?:政府)?信息公开(?:平台|专栏|目录|网)|政务公开"
)
_SITE = re.compile(
    r"(?:维基|百度|互动|搜狗|快懂)?百科(?:[,，].{0,20})?|维基(?:百科|文库|新闻|语录|词典).{0,20}|[\u4e00-\u9fff]{2,12}网(?:站)?"
    r"|[\u4e00-\u9fff]{2,10}(?:博客|论坛|社区|日报|晚报|早报|频道)"
    r"|(?:.{0,30}\s)?(?:blog|weblog)|wikipedia(?:[,，].{0,40})?|wiktionary.{0,40}|wikisource.{0,40}|(?:official )?"
    r"(?:home\s?page|web\s?site)|home",
    re.I,
)
_ANY = re.compile(
    r"(?:网站)?首页|(?:政府)?门户(?:网站)?|官方?网站?|官网|政府网站?|(?:政府)?信息公开.{0,3}|政务公开"
    r"|(?:the |our )?(?:we)?blog|home|(?:official )?(?:home\s?page|web\s?site)",
    re.I,
)
_OFFICE = re.compile(
    r"[\u4e00-\u9fff·（）()]{2,24}(?:局|厅|委员会|委|办公室|办|政府|学会|协会|研究会|联合会|基金会|大学|学院|学校|医院|研究院|研究所|中心"
    r"|集团|公司|图书馆|博物馆|档案馆|电视台|报社|出版社)"
)
_COLUMNS = frozenset((
    "详情", "详情页", "详细信息", "详细内容", "详细", "正文", "正文页", "内容", "内容页", "内容详情", "信息详情",
    "文章", "文章详情", "文章页", "文章内容", "新闻", "新闻详情", "新闻正文", "新闻内容", "新闻中心", "新闻动态",
    "通知", "公告", "公示", "通知公告", "公告通知", "公示公告", "通知公示", "公告公示", "公告详情", "通知详情",
    "政策文件", "政策法规", "政策", "工作动态", "信息公开", "要闻", "今日要闻", "时政要闻", "最新动态", "动态", "首页",
    "主页", "无标题", "无标题文档", "新建网页", "信息内容", "查看详情", "untitled", "untitled document",
    "untitled page", "new page", "home", "homepage", "home page", "index", "detail", "details", "article detail",
    "news detail", "document",
))  # fmt: skip


def key(text: str) -> str:
    """Its letters and digits, by which it is compared."""
    return _NOT_WORD.sub("", fold(text))


def is_no_title(words: str) -> bool:
    """It is a portal's or a column's name: never an article's title while there is another."""
    plain = words.strip(" -–—_|｜【】[]")
    return plain.lower() in _COLUMNS or _PORTAL.fullmatch(plain) is not None


def is_office(words: str) -> bool:
    """It is the name of whom a site belongs to: 某某市水利局."""
    return _OFFICE.fullmatch(words.strip()) is not None


def names_site(part: str) -> bool:
    """Behind the last dash or bar of a title, it is the name of a site."""
    plain = part.strip()
    return _PORTAL.fullmatch(plain) is not None or _SITE.fullmatch(plain) is not None


def says_site(part: str) -> bool:
    """It is the name of one certain site, not only of some front page."""
    return names_site(part) and not _ANY.fullmatch(part.strip())


class Names:
    """What the site is called: as it says, and as its host says."""

    def __init__(self, sources: Sources, site: str | None) -> None:
        labels = [label for label in sources.host.split(".") if label not in _SUFFIXES]
        self._keys = {
            key(site or ""),
            key(sources.host),
            *map(key, labels),
            key("".join(labels)),
            key("".join(sources.host.split(".")[-2:])),
        } - {""}

    def is_site(self, words: str) -> bool:
        """It is the site's name."""
        plain = key(words)
        return not plain or plain in self._keys or (plain.startswith("the") and plain[3:] in self._keys)

    def is_like_site(self, words: str) -> bool:
        """It is the name, or has it in it: `TechNet Blogs`."""
        plain = key(words)
        return self.is_site(words) or any(len(name) > 3 and name in plain for name in self._keys)
