"""JSON-LD: what a page says of itself in `<script type="application/ld+json">`.

Rules: nodes of articles come before all others, and a node inside another (the reviews of a product, the entries of
a list) is none of the page's own. JSON is mended where it has a comma too many or stands in a comment, else ignored.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from store.capture.tree import Element, one_space

Node = dict[str, object]

_LONGEST = 500_000
_NODES = 200
_WRAPPING = re.compile(r"^\s*(?:<!--|//\s*<!\[CDATA\[|<!\[CDATA\[|/\*.{0,40}?\*/)|(?:-->|//\s*\]\]>|\]\]>)?[\s;]*$")
_COMMA_TOO_MANY = re.compile(r",(?=\s*[}\]])")
_ARTICLE = re.compile(r"Article|Posting|Report|NewsItem|Review$|Recipe|Question|HowTo|Book|VideoObject|CreativeWork$")
_PAGE = re.compile(r"WebPage|FAQPage|AboutPage|ItemPage|Product|Course|Event|Podcast|Episode|Dataset|Software|Game")
_INTO = ("@graph", "mainEntity", "mainEntityOfPage")


def read_json_ld(root: Element) -> tuple[Node, ...]:
    """The nodes that speak of the page, those of articles first."""
    nodes = [node for script in root.iter("script") for node in _nodes(script)]
    return tuple(sorted(nodes, key=lambda node: not is_article(node)))


def is_article(node: Node) -> bool:
    """It is of a kind that somebody wrote on some day."""
    return any(_ARTICLE.search(kind) for kind in _kinds(node))


def text_in(node: Node, name: str) -> str | None:
    """A text of a node, on one line, or None. Of a list the first."""
    value = node.get(name)
    if isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, dict):
        value = value.get("@value") or value.get("name")
    return one_space(value)[:2_000] or None if isinstance(value, str) else None


def _kinds(node: Node) -> list[str]:
    kind = node.get("@type")
    return [str(each) for each in kind[:10]] if isinstance(kind, list) else [str(kind or "")]


def _nodes(script: Element) -> Iterator[Node]:
    if "ld+json" not in (script.get("type") or "").lower() or not script.text or len(script.text) > _LONGEST:
        return
    waiting, seen = [_loaded(script.text)], 0
    while waiting and seen < _NODES:
        node = waiting.pop(0)
        seen += 1
        if isinstance(node, list):
            waiting = node[:_NODES] + waiting
        elif isinstance(node, dict):
            waiting += [node.get(key) for key in _INTO if key == "@graph" or isinstance(node.get(key), dict)]
            if any(_ARTICLE.search(kind) or _PAGE.search(kind) for kind in _kinds(node)):
                yield node


def _loaded(text: str) -> object:
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        pass
    try:
        return json.loads(_COMMA_TOO_MANY.sub("", _WRAPPING.sub("", text)), strict=False)
    except (ValueError, RecursionError):
        return None
