"""By what a post is known: what schema.org, a number or a class calls one, and what in it is somebody else's."""

from __future__ import annotations

import re
from functools import lru_cache

from store.capture.tree import Element

_THINGS = re.compile(r"/(?:DiscussionForumPosting|SocialMediaPosting|Comment|UserComments|Answer|Question)\b")
_POST = re.compile(
    r"(?:^|[-_a-z])(?:post|postbit|message(?:card)?|msg|comment|reply|answer|question|comtr|thing|floor|e-?mail|entry"
    r"|topic-body|crawler-post|windowbg|timelineitem|response|discussionboard)"
    r"(?:[-_]*(?:item|list-item|card|box|entry|row|node|wrap|wrapper|container|block|article|holder))?$",
    re.I,
)
_OPENING = re.compile(r"/(?:DiscussionForumPosting|Question)\b")
_ANSWER_THING = re.compile(r"/(?:Comment|UserComments|Answer)\b")
_ANSWER = re.compile(r"(?:^|[\s_-])(?:comments?|reply|answers?|comtr|response)(?:$|[\s_-]|\d)", re.I)
_SIGNATURE = re.compile(
    r"(?:^|\s)(?:signature|sig|sign|bbcode_sig|postsignature|message-signature|user-?signature|post_sig|forum-?signature"
    r"|moderatorbar_sig)(?:$|\s)",
    re.I,
)
_SIGNATURE_ID = re.compile(r"(?:sig|signature|msg_\d+_signature)[_-]?\d*", re.I)
_NUMBER = re.compile(r"[a-z_-]*(\d{2,})(?:[_-][a-z]+)?", re.I)
_MAY_BE_POST = frozenset("article div li section tr td tbody table dl dd details".split())
_APART = re.compile(
    r"(?:^|[\s_-])(?:quote|bbcode_quote|quote_?container|bbcodequote|quotetitle|[\w-]*quoteembed[\w-]*"
    r"|(?<!post-)signature|sig|last-?edit\w*|post-?edit\w*|edited|edit(?:ed)?-?(?:by|date|info)|modified|join-?(?:date|ed)|registered|lastpost|replies-last"
    r"|reply-to(?:-block)?|mention|reactions?|notice)(?:$|[\s_-])",
    re.I,
)
_EDITED = "edited"


def is_post_like(element: Element) -> bool:
    """By its names it may be a post."""
    tag = element.tag
    if tag not in _MAY_BE_POST and "-" not in tag:
        return False
    if tag == "article" or is_thing(element):
        return True
    class_ = element.get("class")
    return (class_ is not None and _has_post_name(class_)) or number_of(element) is not None


@lru_cache(maxsize=4096)
def _has_post_name(class_: str) -> bool:
    return any(_POST.search(word) for word in class_.split())


def is_thing(element: Element) -> bool:
    """Schema.org says that it is a post."""
    kind = element.get("itemtype") or element.get("typeof")
    return kind is not None and _THINGS.search(f"/{kind}") is not None


def is_question(element: Element) -> bool:
    """Schema.org says that it opens a thread; alone it is one without answers."""
    kind = element.get("itemtype") or element.get("typeof")
    return kind is not None and _OPENING.search(f"/{kind}") is not None


def is_answer(element: Element) -> bool:
    """It is called an answer or a comment, which opens nothing."""
    kind = element.get("itemtype") or element.get("typeof") or ""
    named = f"{element.get('class') or ''} {element.get('id') or ''}"
    return _ANSWER_THING.search(f"/{kind}") is not None or _ANSWER.search(named) is not None


def is_signature(element: Element) -> bool:
    """What somebody puts below each of their posts."""
    class_, id_ = element.get("class") or "", element.get("id") or ""
    return bool(_SIGNATURE.search(class_) or _SIGNATURE_ID.fullmatch(id_))


def number_of(element: Element) -> str | None:
    """The number of a post in its `id`: one with the same number is a part of it."""
    found = _NUMBER.fullmatch(element.get("id") or "")
    return found[1] if found else None


def is_apart(element: Element) -> bool:
    """A quotation, a signature, a note of a change: names and times in it are not those of the post."""
    class_ = element.get("class")
    return element.tag == "blockquote" or (class_ is not None and _is_apart(class_))


@lru_cache(maxsize=4096)
def _is_apart(class_: str) -> bool:
    return _APART.search(class_) is not None


def properties(element: Element) -> list[str]:
    """What of a thing it is, in microdata or RDFa."""
    return (element.get("itemprop") or element.get("property") or "").split()


def is_editors(element: Element) -> bool:
    """It stands in a line that begins with "edited": a name or a time of who changed the post later."""
    outer = element.getparent()
    if outer is None:
        return False
    beginning = ""
    for text in outer.itertext():
        beginning += text.lstrip()
        if len(beginning) >= len(_EDITED):
            break
    return beginning[: len(_EDITED)].lower() == _EDITED
