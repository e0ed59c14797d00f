"""The posts of a page: what is repeated, each with somebody's name or a time, and a body that is kept.

Rules: what is called a post, or bears a number, may be one, or a part of one, or a list of them. From the inside out:
what has no name of its own belongs to the post around it; what holds two that have names and bodies is a list; what
has a name and stands in one that has another is an answer to it. A list of teasers, each with a heading that leads
somewhere else, is no thread.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from store.capture.choose.blocks import Block, Page
from store.capture.posts.signs import is_question, is_signature, is_thing, number_of
from store.capture.posts.walk import Mark, Post, Walk, leave_out_mentions, share_out, tops
from store.capture.tree import HEADINGS, Element

_SURE = 1  # how clear a name is that microdata say
_FEWEST = 2  # posts of a thread
_LINKED = 0.6  # of a teaser's characters are in links
_TEASERS = 1 / 3  # of the posts: more of them, and it is no thread
_NAMES = 20  # of a post, that are looked for in its heading


def posts_of(page: Page, kept: list[bool], url: str) -> list[Post]:
    """The posts of a thread of which something is kept, in their order; empty when the page is none."""
    outermost = tops(page, kept)
    if not outermost:
        return []
    walk = Walk()
    for top in outermost:
        walk.take(top)
    leave_out_mentions(page, kept, walk.posts)
    share_out(page, kept, walk)
    found = _resolved(walk.posts)
    return found if _is_thread(found, page, kept, url) else []


def _resolved(posts: list[Post]) -> list[Post]:
    found: dict[Post, None] = {}
    for post in reversed(posts):  # what stands inside comes first
        for inner in post.inner:
            if not inner.names:
                post.take(inner)
        named = [inner for inner in post.inner if inner.names]
        for inner in named:
            if _is_part(inner, post, is_only=len(named) == 1):
                found.pop(inner, None)
                post.take(inner)
        if post.names and post.bodies:
            found[post] = None
    return [*reversed(found)]


def _is_part(inner: Post, post: Post, *, is_only: bool) -> bool:
    """What names somebody belongs to the post around it, and is no post of its own."""
    number = number_of(inner.element)
    if number is not None and number == number_of(post.element):
        return True
    is_own = number is not None or is_thing(inner.element) or _shape(inner) == _shape(post)
    if post.names:
        return not is_own and best(inner.names) == best(post.names)
    if not post.bodies:
        return False
    return not is_own or (is_only and not inner.bodies)


def _shape(post: Post) -> tuple[str, str]:
    class_ = (post.element.get("class") or post.element.get("id") or "-").split()
    return post.element.tag, class_[0] if class_ else ""


def signatures(page: Page, kept: list[bool], posts: list[Post]) -> set[int]:
    """The kept blocks of signatures below posts; none of a post that would be left with nothing."""
    found: set[int] = set()
    for post in posts:
        inside = {
            number
            for number in post.bodies
            if any(map(is_signature, _up_to(page.blocks[number].element, post.element)))
        }
        if len(inside) < len(post.bodies):
            found |= inside
    return {number for number in found if kept[number]}


def _up_to(element: Element, top: Element) -> Iterator[Element]:
    while element is not None and element is not top:
        yield element
        element = element.getparent()


def name_of_post(post: Post) -> str | None:
    """The clearest, and of those the first; without what stands around it in the same pane."""
    if not post.names:
        return None
    clear, _, name, pane = min(post.names, key=lambda mark: mark[:2])
    inner = {mark[2] for mark in post.names if mark[0] <= clear + 1 and pane in mark[3].iterancestors()}
    return min((each for each in inner if len(each) > 1 and name.startswith(each)), key=len, default=name)


def best(marks: list[Mark]) -> str | None:
    """The clearest, and of those the first."""
    return min(marks, key=lambda mark: mark[:2])[2] if marks else None


def _is_thread(posts: list[Post], page: Page, kept: list[bool], url: str) -> bool:
    shapes = Counter(post.element.tag for post in posts)
    if not posts or (max(shapes.values()) < _FEWEST and not _is_lone(posts)):
        return False
    teasers = sum(_is_teaser(post, page, kept, url) for post in posts)
    return teasers <= len(posts) * _TEASERS


def _is_lone(posts: list[Post]) -> bool:
    """A question without answers, where microdata say what it is and whose."""
    return len(posts) == 1 and is_question(posts[0].element) and any(clear <= _SURE for clear, *_ in posts[0].names)


def _is_teaser(post: Post, page: Page, kept: list[bool], url: str) -> bool:
    """It leads to a text somewhere else."""
    blocks = [page.blocks[number] for number in post.blocks if kept[number]]
    size = sum(len(block.text.replace(" ", "")) for block in blocks)
    if sum(block.linked for block in blocks) > _LINKED * size:
        return True
    names = [mark[2] for mark in post.names[:_NAMES]]
    titles = (page.blocks[number] for number in post.blocks if page.blocks[number].element.tag in HEADINGS)
    return any(_leads_away(title, url) for title in titles if not any(name in title.text for name in names))


def _leads_away(title: Block, url: str) -> bool:
    """Its link is none to a place in this page; a title that was answered may stand at each post."""
    if not title.linked or title.text.lower().startswith("re:"):
        return False
    links = [*title.element.iter("a"), *title.element.iterancestors("a")]
    targets = [urljoin(url, link.get("href") or "") for link in links]
    return any("#" not in target and _path(target) != _path(url) for target in targets)


def _path(url: str) -> str:
    parts = urlsplit(url)
    return parts.path.rstrip("/")
