"""Who wrote a post: what microdata, an attribute, a class or a link to a profile names. Tables of what they are called.

Rules: a name is written as the page writes it. No name: a word of the page's furniture (Log in, 只看该作者), a count, a
date, a sentence, somebody who is spoken to (`@ida`), who changed the post later.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import islice

from store.capture.metadata.day import day_in
from store.capture.posts.signs import is_editors, properties
from store.capture.tree import Element, is_longer, one_space, text_of

_LONGEST = 60
_MOST_BLANKS = 5
_MOST = 700  # characters in an element that names an author: pane and badges, but no body
_MANY = 300  # elements in it that are looked at
_NAME = re.compile(
    r"(?:^|[a-z_-])(?:author|(?:user|poster|member|nick|screen|display)-?_?name|nick|hnuser|creator|poster|commenter"
    r"|byline|sender|postleft|user-?_?(?:details|link)|postuser-name|post-?profile|authi|posted-?by|fn)"
    r"(?:[-_](?:name|info|link|details|pane|column|end))?$",
    re.I,
)
_ONLY_NAME = re.compile(r"(?:name|author|hnuser|creator|nick|\bfn)$", re.I)
_NO_NAME = re.compile(
    r"by-?(?:post)?author|byuser|avatar|photo|badge|stat|rank|title$|signature|buttons|topicauthor", re.I
)
_NOBODY = frozenset((
    "log in", "login", "sign in", "sign up", "register", "reply", "quote", "share", "follow", "report", "link",
    "edited", "email protected", "[email protected]", "advertisement", "advertisements", "anzeige", "werbung", "广告",
    "推广", "只看该作者", "只看楼主", "只看大图", "只看此人", "倒序浏览", "正序浏览", "树状浏览", "阅读模式",
    "普通模式", "电梯直达", "显示全部楼层", "看全部", "跳转到指定楼层", "复制链接", "打印", "字体大小", "回复", "举报",
    "发消息", "发短消息", "加好友", "打招呼", "使用道具", "返回顶部", "楼主", "沙发", "板凳", "地板", "本帖最后由",
    "当前离线", "当前在线", "topic author", "original poster", "thread starter", "topic starter", "author", "op",
    "marked as spam", "permalink", "send message", "private message",
))  # fmt: skip
_COUNT = re.compile(
    r"[\d.,]+k? (?:posts?|messages?|comments?|replies|reply|votes?|points?|views?|likes?)|\d{1,6}"
    r"|(?:收藏|点赞|评分|支持|反对|积分|帖子|主题|关注|粉丝)\s*[:：]?\s*\d*|来自[\s—-].*|joined\b.*\d{4}"
    r"|(?:\d+|半|几)\s*(?:秒|分钟|个?小时|天|周|个?月|年)前.*|(?:刚刚|今天|昨天|前天)(?:\s*\d.*)?"
    r"|(?:\d+|an?) (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?) ago",
    re.I,
)
_PROFILE = re.compile(
    r"/(?:u|users?|members?|profiles?|people|memberlist|author)/[^/?#]|(?:member|profile|userinfo)\.php\?"
    r"|mode=viewprofile|action=profile|mod=space|space-uid|^space\.php|/@[\w.-]+/?$|/user-\d+",
    re.I,
)
_BY = re.compile(
    r"^(?:(?:re:\s*)?(?:post(?:ed)?|written|sent|asked|answered)?\s*\bby\b|post(?:ed)?|from|author|von"
    r"|par|por|作者|楼主|发表于)(?:[\s:：]+|$)|^@",
    re.I,
)
_WORD = re.compile(r"\w")


@lru_cache(maxsize=4096)
def means_name(class_: str) -> bool:
    """A class by which an author is named."""
    return any(_NAME.search(word) and not _NO_NAME.search(word) for word in class_.split())


def name_of(element: Element) -> tuple[int, str] | None:
    """The author whom an element names, and how clearly: 1 is clearest."""
    kinds = properties(element)
    if "author" in kinds or "creator" in kinds:
        return _tiered(1, _marked_name(element))
    found = None if element.tag == "meta" else _shown(element)
    return None if found is None or _is_mention(element) else found


def _shown(element: Element) -> tuple[int, str] | None:
    class_ = element.get("class")
    if element.tag == "a" and element.get("data-username"):
        return _tiered(2, own_name(element))
    if class_ and means_name(class_):
        return None if is_longer(element, _MOST) or is_editors(element) else _tiered(2, _shown_name(element))
    if element.tag == "a" and _PROFILE.search(element.get("href") or ""):
        return _tiered(3, _avatars(element) if "avatar" in (class_ or "") else _name_in(element))
    return None


def _avatars(element: Element) -> str | None:
    """Of a picture, or of a letter in place of one, what it is labelled with."""
    name = _name_in(element)
    if name and len(name) > 1:
        return name
    labels = (inner.get(said) for inner in islice(element.iter(), _MANY) for said in ("aria-label", "alt", "title"))
    return next((label for label in map(cleaned, filter(None, labels)) if label and len(label) > 1), None)


def own_name(element: Element) -> str | None:
    """The author whom a post names in an attribute of its own."""
    return cleaned(element.get("data-author") or element.get("data-username") or "")


def _tiered(tier: int, name: str | None) -> tuple[int, str] | None:
    return (tier, name) if name else None


def _is_mention(element: Element) -> bool:
    """`@somebody` inside a sentence."""
    return (
        element.tag in ("a", "span")
        and _WORD.search(element.tail or "") is not None
        and next(element.itertext(), "").startswith("@")
    )


def _marked_name(element: Element) -> str | None:
    for inner in islice(element.iter(), _MANY):
        if isinstance(inner.tag, str) and "name" in properties(inner):
            name = cleaned(inner.get("content") or "") or _name_in(inner)
            if name:
                return name
    return cleaned(element.get("content") or "") or _shown_name(element)


def _shown_name(element: Element) -> str | None:
    """Inside a pane: what a class calls a name, then a link, then the first words; an avatar's letter is none."""
    inside = list(islice(element.iterdescendants("a", "span", "strong", "b", "h3", "h4", "div", "p"), _MANY))
    for inner in inside:
        if any(map(_ONLY_NAME.search, (inner.get("class") or "").split())) and (name := _name_in(inner)):
            return name
    links = [inner for inner in inside if inner.tag == "a"]
    profiles = [link for link in links if _PROFILE.search(link.get("href") or "")]
    linked = (_name_in(link) for link in (*profiles, *links))
    written = (cleaned(text) for text in islice(element.itertext(), _MANY))
    return next((name for names in (linked, written) for name in names if name and len(name) > 1), None)


def _name_in(element: Element) -> str | None:
    return None if is_longer(element, _MOST) else cleaned(text_of(element))


def cleaned(text: str) -> str | None:
    """A name as it is written, or None."""
    words = one_space(text[: 4 * _LONGEST])
    words = _BY.sub("", words).strip(" ,:;|·•»«-–—\u200b")
    if not 0 < len(words) <= _LONGEST or not any(map(str.isalnum, words)) or "://" in words:
        return None
    is_none = words.count(" ") > _MOST_BLANKS or words.lower() in _NOBODY or _COUNT.fullmatch(words) or day_in(words)
    return None if is_none else words
