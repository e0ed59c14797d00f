"""What opens a thread: its first post, also where the page builds that unlike the answers; and who wrote it.

Rules: above the first of several posts a text may stand that is called no post, with a name in an element of the very
class that names the others: then it is one. An article over its comments is none of that. Who opened a thread is told
by its first page only, and by no answer.
"""

from __future__ import annotations

import re
from collections import Counter

from store.capture.choose.blocks import Page
from store.capture.posts.names import name_of
from store.capture.posts.signs import is_answer, properties
from store.capture.posts.times import time_of
from store.capture.posts.walk import Mark, Post, block_around
from store.capture.tree import HEADINGS, Element

_LATER_PAGE = re.compile(
    r"[/?&](?:search|tags?)(?:[/?=.]|$)|[?&](?:page|start|st|pagenumber|p)=(?!1(?:\D|$)|0(?:\D|$))\d+|/page[-/]?(?!1(?:\D|$))\d+"
    r"|/thread-\d+-(?!1\D)\d+-\d+|\.\d+\.html$|_(?!1\D)\d+\.html$",
    re.I,
)
_COMMENT = re.compile(r"comment(?!ator)", re.I)
_COMMON = frozenset("author byline fn name url vcard p-author h-card".split())
_HALF = 0.5  # of the posts are named by such an element
_BEFORE = 200  # characters of kept text above the first post of a thread


def opening_post(page: Page, kept: list[bool], posts: list[Post]) -> Post | None:
    """The post above the others; None where the page has none of its own making there."""
    naming = _naming(posts)
    if naming is None or any(_is_comment(post.element) for post in posts):
        return None
    start = min(number for post in posts for number in (*post.blocks, *post.heads))
    bodies = [number for number in range(start) if kept[number] and page.blocks[number].text]
    bodies = [number for number in bodies if page.blocks[number].element.tag not in HEADINGS]
    top = _around(page, bodies[0], start) if bodies else None
    if top is None:
        return None
    post = Post(top)
    post.names, post.times = _marks(top, naming)
    if not post.names:
        return None
    said = {block_around(mark[3]) for mark in (*post.names, *post.times)}
    node = page.elements.index(top)
    for number in range(page.first[node], min(start, page.last[node])):
        (post.heads if page.blocks[number].element in said else post.blocks).append(number)
    post.bodies = [number for number in post.blocks if number in bodies]
    return post if post.bodies else None


def opener_of(page: Page, kept: list[bool], first: Post, name: str | None, url: str) -> str | None:
    """Who opened the thread, by the name of its first post; None where that is not its first."""
    if name is None or _LATER_PAGE.search(url) or is_answer(first.element) or not first.bodies:
        return None
    above = (
        block.text
        for block, stays in zip(page.blocks[: first.bodies[0]], kept, strict=False)
        if stays and block.element.tag not in HEADINGS
    )
    own = {page.blocks[number].text for number in (*first.heads, *first.blocks)}
    return name if sum(len(text) for text in above if text not in own) <= _BEFORE else None


def _naming(posts: list[Post]) -> tuple[str, str] | None:
    """Tag and class of the elements that name the authors of most posts."""
    kinds = Counter(
        kind for post in posts for kind in {(mark[3].tag, mark[3].get("class") or "") for mark in post.names}
    )
    telling = [
        (count, kind)
        for kind, count in kinds.items()
        if kind[1] and count > _HALF * len(posts) and not _COMMON.intersection(kind[1].split())
    ]
    return max(telling)[1] if telling else None


def _is_comment(element: Element) -> bool:
    kind = f"{element.get('class') or ''} {element.get('id') or ''} {element.get('itemtype') or ''}"
    return _COMMENT.search(kind) is not None or "comment" in properties(element)


def _around(page: Page, body: int, start: int) -> Element | None:
    """The largest element around a body that ends before the first of the other posts."""
    node, found = page.blocks[body].node, None
    while node >= 0 and page.last[node] <= start:
        found, node = page.elements[node], page.parents[node]
    return found


def _marks(top: Element, naming: tuple[str, str]) -> tuple[list[Mark], list[Mark]]:
    """The first name of that kind; the times, of which the clearest counts."""
    tag, class_ = naming
    names: list[Mark] = []
    times: list[Mark] = []
    for place, element in enumerate(top.iter()):
        if not isinstance(element.tag, str):
            continue
        if not names and element.tag == tag and (element.get("class") or "") == class_ and (named := name_of(element)):
            names.append((named[0], place, named[1], element))
        if timed := time_of(element):
            times.append((timed[0], place, timed[1], element))
    return names, times
