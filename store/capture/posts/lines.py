"""One line at the head of each post that is kept: `**Author**, 2024-05-01 13:20`.

Rules: it is read before the tree is pruned, since names and times are mostly what is pruned. Where the page's own line
with them is kept it makes way for ours; where it says more than that it stays, and there is no second one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import accumulate

from store.capture.choose.blocks import Block, Page
from store.capture.posts.mails import read_mail
from store.capture.posts.opening import opener_of, opening_post
from store.capture.posts.signs import is_thing
from store.capture.posts.threads import best, name_of_post, posts_of, signatures
from store.capture.posts.times import written_time
from store.capture.posts.walk import Post, block_around
from store.capture.tree import Element

_DATE = 26  # more of them, where a date is one of them
_REST = 20  # letters and digits beside name and time in a line that says nothing else
_SHORT = 160  # characters of a line that may say when
_USER = re.compile("user|member|bbp-", re.I)
_WORD = re.compile(r"\w")
_INSIDE = frozenset(("td", "th", "li", "tr", "tbody", "thead", "tfoot", "dd", "dt", "caption"))


@dataclass(frozen=True, slots=True)
class Line:
    """Who and when, either may be missing; `at`: before this element, or as the first thing in it."""

    name: str | None
    time: str | None
    at: Element
    is_inside: bool


@dataclass(frozen=True, slots=True)
class Said:
    """The lines of a thread's posts, and the numbers of the blocks whose place they take, signatures among them.

    `opener` is who began the thread, `posters` are all who wrote in it.
    """

    lines: tuple[Line, ...] = ()
    instead_of: frozenset[int] = frozenset()
    opener: str | None = None
    posters: frozenset[str] = frozenset()


def read_said(page: Page, kept: list[bool], url: str) -> Said:
    """Who said what when, of a page whose tree is still whole."""
    posts = posts_of(page, kept, url)
    if not posts:
        return _of_mail(page, kept)
    first = opening_post(page, kept, posts)
    posts = posts if first is None else [first, *posts]
    said = {post: (name_of_post(post), best(post.times) or _time_beside(post, page, kept)) for post in posts}
    if not _is_discussion(said):
        return Said()
    before = [0, *accumulate(kept)]
    lines: list[Line] = []
    instead = signatures(page, kept, posts)
    for post, who_and_when in said.items():
        own = _own_lines(post, page, kept, who_and_when[0])
        bodies = [number for number in post.bodies if number not in own and number not in instead]
        if bodies and not _is_told(post, page, kept, own, who_and_when):
            instead |= own
            lines.append(_line(page, before, post, bodies[0], own, who_and_when))
    name = said[posts[0]][0]
    opener = opener_of(page, kept, posts[0], name, url)
    return Said(tuple(lines), frozenset(instead), opener, frozenset(who for who, _ in said.values() if who))


def _of_mail(page: Page, kept: list[bool]) -> Said:
    """A single mail is one post."""
    mail = read_mail(page, kept)
    if mail is None:
        return Said()
    line = Line(mail.name, mail.time, page.blocks[mail.body].element, is_inside=False)
    return Said((line,), mail.heads, mail.name, frozenset((mail.name,)))


def _is_discussion(said: dict[Post, tuple[str | None, str | None]]) -> bool:
    """Words of customers have names and no times; so have posts whose times are drawn by scripts, but by user names."""
    if any(time for _, time in said.values()) or any(is_thing(post.element) for post in said):
        return True
    users = sum(any(_USER.search(mark[3].get("class") or "") for mark in post.names) for post in said)
    return users > len(said) / 2


def add_lines(body: Element, said: Said) -> None:
    """Into the tree of an article, after it was pruned."""
    around = {body, *body.iterancestors()}
    for line in said.lines:
        at = body if line.at in around else line.at
        paragraph = _paragraph(line)
        if line.is_inside or at is body:
            paragraph.tail, at.text = at.text, None
            at.insert(0, paragraph)
        elif at.getparent() is not None:
            at.addprevious(paragraph)


def _paragraph(line: Line) -> Element:
    paragraph = line.at.makeelement("p")
    if line.name is None:
        paragraph.text = line.time
        return paragraph
    strong = paragraph.makeelement("strong")
    strong.text = line.name
    strong.tail = f", {line.time}" if line.time else None
    paragraph.append(strong)
    return paragraph


# --- the page's own line --------------------------------------------------------------------------------------------


def _own_lines(post: Post, page: Page, kept: list[bool], name: str | None) -> set[int]:
    """The kept blocks that say who or when, and next to nothing else."""
    time = best(post.times)
    marked = {block_around(mark[3]) for mark in post.names if mark[2] == name}
    marked |= {block_around(mark[3]) for mark in post.times if mark[2] == time}
    return {
        number
        for number in (*post.heads, *post.blocks)
        if kept[number] and page.blocks[number].element in marked and _says_little(page.blocks[number], name)
    }


def _says_little(block: Block, name: str | None) -> bool:
    text = block.text
    rest = len(_WORD.findall(text.replace(name, "") if name else text))
    return rest <= _REST + (_DATE if len(text) <= _SHORT and written_time(text) else 0)


def _is_told(post: Post, page: Page, kept: list[bool], own: set[int], said: tuple[str | None, str | None]) -> bool:
    """A longer line of the page's own that is kept says both."""
    name, time = said
    for number in (*post.heads, *post.blocks):
        text = page.blocks[number].text
        if kept[number] and number not in own and name and name in text and len(text) <= _SHORT:
            return time is None or written_time(text) == time
    return False


def _time_beside(post: Post, page: Page, kept: list[bool]) -> str | None:
    """A time in the text around the body, where no element says that it is one."""
    for number in post.blocks:
        if not kept[number] and (found := written_time(page.blocks[number].text)):
            return found
    return None


# --- its place ------------------------------------------------------------------------------------------------------


def _line(
    page: Page, before: list[int], post: Post, body: int, own: set[int], said: tuple[str | None, str | None]
) -> Line:
    """Before the body, and outside of the list, the quote or the table that it begins with.

    `before`: how many blocks are kept before each.
    """
    node = page.blocks[body].node
    place, last = None, page.elements[node]
    while node >= 0 and page.elements[node] is not post.element:
        first = page.first[node]
        if before[body] - before[first] > sum(first <= number < body for number in own):
            break  # it begins with something else
        last = page.elements[node]
        if last.tag not in _INSIDE:
            place = last
        node = page.parents[node]
    return Line(*said, last if place is None else place, is_inside=place is None)
