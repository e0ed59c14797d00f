"""A tree as a browser shows it, where lxml's says otherwise. Before blocks are looked for; tails stay where they are.

- What is no metadata ends the head: libxml2 leaves a `main`, an `article`, an unknown element in it, and all that
  follows, where a page has no `<body>` of its own.
- What has the attribute `hidden` is not shown; but panels that a reader opens are, and a page that waits for a script
  to show it is the page.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import Any

Element = Any  # lxml brings no types

_METADATA = frozenset("title meta link style script base noscript template bgsound basefont".split())
_PANEL_ROLES = frozenset(("tabpanel", "region"))
_PANEL = re.compile(r"tab|panel|accordion|collaps|expand|toggle|faq|answer|spoiler|more|slide|step|read", re.I)
_LATE = re.compile(r"S:[0-9a-f]+")  # React's, see `streamed`
_MOST = 10_000  # hidden elements that are looked at


def settle_head(root: Element) -> None:
    """What stands in the head and is no metadata begins the body."""
    head = root.find("head")
    strays = [] if head is None else [child for child in head if child.tag not in _METADATA]
    if not strays:
        return
    for inner in head.iter("body"):  # its tag was opened in the middle of an element
        inner.tag = "div"
    body = root.find("body")
    if body is None:
        body = root.makeelement("body")
        head.addnext(body)
    text, body.text = body.text, None
    for place, stray in enumerate(strays):
        body.insert(place, stray)
    strays[-1].tail = f"{strays[-1].tail or ''}{text or ''}" or None


def drop_hidden(root: Element) -> None:
    """Empty what is hidden, and nothing of the page where that would be most of its text."""
    body = root.find("body")
    if body is None:
        return
    hidden = {each for each in islice(body.iterfind(".//*[@hidden]"), _MOST) if _is_unseen(each)}
    if not hidden:
        return
    opened = _opened(body)
    hidden = {each for each in hidden if each.get("id") not in opened}
    sizes = {each: _size(each) for each in hidden if hidden.isdisjoint(each.iterancestors())}
    if 2 * sum(sizes.values()) > _size(body):
        return
    for each in sizes:
        each.clear(keep_tail=True)
        each.tag = "template"


def _is_unseen(element: Element) -> bool:
    """Not a panel, by its role, its names or what it is; nor microdata, which are hidden to be read by programs."""
    if element.get("hidden", "").strip().lower() == "until-found" or element.tag in ("dd", "details", "template"):
        return False
    if element.get("role") in _PANEL_ROLES or element.get("aria-labelledby") or element.get("itemprop"):
        return False
    if _LATE.fullmatch(element.get("id") or "") or next(element.iter("time", "meta"), None) is not None:
        return False
    return not _PANEL.search(f"{element.tag} {element.get('class') or ''} {element.get('id') or ''}")


def _opened(body: Element) -> set[str]:
    """The ids of what something on the page opens."""
    ids = {name for each in body.iterfind(".//*[@aria-controls]") for name in each.get("aria-controls").split()}
    return ids | {each.get("href")[1:] for each in body.iter("a") if (each.get("href") or "").startswith("#")}


def _size(element: Element) -> int:
    return sum(len(text.strip()) for text in element.itertext())
