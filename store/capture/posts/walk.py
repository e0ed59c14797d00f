"""A page looked through for posts: what may be one, who and when is said in it, which blocks are its own."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from store.capture.choose.blocks import Page, is_inline
from store.capture.posts.names import means_name, name_of, own_name
from store.capture.posts.signs import is_apart, is_post_like, is_question
from store.capture.posts.times import means_time, time_of
from store.capture.tree import HEADINGS, Element

_LONG = 160  # characters
_SHOWN = 2  # how clear a name is that no attribute says
_UP = 20  # inline elements around a name
_FEW = 60  # posts that are looked at once more when what holds them turns out to be a part
_CLOSED = frozenset("pre code svg select script style noscript textarea br img iframe".split())
_BARE = frozenset(("article", "time"))  # tell also without an attribute
_TELLING = frozenset(("itemprop", "property", "data-username", "datetime", "title", "href"))
Mark = tuple[int, int, str, Element]
"""How clear (0 is clearest), its place in the page, what it says, where."""


@dataclass(eq=False, slots=True)
class Post:
    """A part of a page that may be a post.

    `names`, `times`: what is said of it. By number, `heads`: its blocks that say who or when, `blocks`: the others,
    `bodies`: those of them that are kept.
    """

    element: Element
    names: list[Mark] = field(default_factory=list)
    times: list[Mark] = field(default_factory=list)
    blocks: list[int] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    inner: list[Post] = field(default_factory=list)

    def take(self, other: Post) -> None:
        """It was a part of this one."""
        self.names += other.names
        self.times += other.times
        self.blocks = sorted(self.blocks + other.blocks)
        self.bodies = sorted(self.bodies + other.bodies)
        self.heads += other.heads
        if len(other.inner) <= _FEW:
            self.inner = [*self.inner, *other.inner]


def tops(page: Page, kept: list[bool]) -> list[Element]:
    """The outermost elements that may be posts and hold kept text; none where no two are beside each other or alike."""
    known: dict[int, bool] = {}
    for block, stays in zip(page.blocks, kept, strict=True):
        node = block.node if stays and block.text else -1
        while node >= 0 and node not in known:
            known[node] = is_post_like(page.elements[node])
            node = page.parents[node]
    likely = sorted(node for node, may_be in known.items() if may_be)
    ends = [page.last[node] for node in likely]
    beside = sum(page.first[later] >= end for end, later in zip(ends, likely[1:], strict=False))
    if (
        not beside
        and not any(is_question(page.elements[node]) for node in likely)
        and len({_shape(page.elements[node]) for node in likely}) == len(likely)
    ):
        return []
    outermost: list[int] = []
    for node in likely:  # in document order
        if not outermost or page.first[node] >= page.last[outermost[-1]]:
            outermost.append(node)
    return [page.elements[node] for node in outermost]


def _shape(element: Element) -> tuple[str, str]:
    return element.tag, element.get("class") or element.get("id") or ""


def _says_something(element: Element) -> bool:
    """It has attributes, or is one of the few that tell without, and nobody else's words are in it."""
    tag = element.tag
    if not isinstance(tag, str) or tag in _CLOSED:
        return False
    return tag in _BARE if not element.keys() else not is_apart(element)


class Walk:
    """Goes through elements once and notes what may be a post, and what is said in it."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.of: dict[Element, Post] = {}
        self._place = 0

    def take(self, top: Element) -> None:
        """All that is inside of one element."""
        walker = etree.iterwalk(top, events=("start", "end"))
        around: list[Post | None] = [None]
        for event, element in walker:
            if event == "end":
                around.pop()
            elif element is top or _says_something(element):
                around.append(self._enter(element, around[-1]))
            else:
                around.append(around[-1])
                if not isinstance(element.tag, str) or element.tag in _CLOSED or is_apart(element):
                    walker.skip_subtree()

    def _enter(self, element: Element, around: Post | None) -> Post | None:
        self._place += 1
        post = around
        if is_post_like(element):
            post = self.of[element] = Post(element)
            self.posts.append(post)
            if around is not None:
                around.inner.append(post)
            if name := own_name(element):
                post.names.append((0, self._place, name, element))
        if post is not None and _may_tell(element):
            if named := name_of(element):
                post.names.append((named[0], self._place, named[1], element))
            if timed := time_of(element):
                post.times.append((timed[0], self._place, timed[1], element))
        return post


def _may_tell(element: Element) -> bool:
    """Worth a closer look: most elements are not."""
    keys = element.keys()
    if not _TELLING.isdisjoint(keys):
        return True
    class_ = element.get("class")
    return class_ is not None and (means_name(class_) or means_time(class_))


def leave_out_mentions(page: Page, kept: list[bool], posts: list[Post]) -> None:
    """A name in a long text that is kept is one that is spoken of."""
    long = {block.element for block, stays in zip(page.blocks, kept, strict=True) if stays and len(block.text) > _LONG}
    for post in posts:
        post.names = [mark for mark in post.names if mark[0] < _SHOWN or block_around(mark[3]) not in long]


def block_around(element: Element) -> Element:
    """The block element in whose lines it stands; not for ever."""
    for _ in range(_UP):
        outer = element.getparent()
        if outer is None or not is_inline(element.tag):
            break
        element = outer
    return element


def share_out(page: Page, kept: list[bool], walk: Walk) -> None:
    """Each block to the innermost post around it."""
    marks = {mark[3] for post in walk.posts for mark in (*post.names, *post.times) if mark[3] is not post.element}
    names = {mark[2] for post in walk.posts for mark in post.names}
    places: list[tuple[Post | None, bool]] = []  # of each element: the post around it, and whether it says who or when
    for element, parent in zip(page.elements, page.parents, strict=True):
        post, is_said = places[parent] if parent >= 0 else (None, False)
        own = walk.of.get(element)
        places.append((own, False) if own is not None else (post, is_said or element in marks))
    for number, block in enumerate(page.blocks):
        post, is_said = places[block.node]
        if post is None:
            continue
        if is_said or block.text in names:
            post.heads.append(number)
            continue
        post.blocks.append(number)
        if kept[number] and block.text and block.element.tag not in HEADINGS:
            post.bodies.append(number)
