"""The article of a page that has next to no text of its own, but carries it as data for its scripts. Pure.

Three kinds of data are known: the posts that Discourse preloads, JSON-LD's `articleBody`, and the `__NEXT_DATA__` of
Next.js, in which the longest text under a key such as `content` or `bodyHtml` is taken. Nothing of it is looked at
while the page shows a text: what readers see is the page.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterator
from typing import Literal

from store.capture.references import unescape
from store.capture.tree import Element, one_space, parse, text_of
from store.errors import ConvertError

Data = Literal["Discourse", "JSON-LD", "Next.js"]
"""Whose data an article stood in: preloaded posts, `articleBody`, `__NEXT_DATA__`."""

LITTLE = 200  # characters, blanks not counted: a page with fewer has no text of its own

_UNSEEN = frozenset("script style noscript template select option textarea svg".split())
_LEAST = 60  # characters of an article that is worth it
_MOST_POSTS = 1_000
_MOST_NODES = 200_000
_DEEPEST = 100
_WORD = re.compile(r"\w")
_NEXT_DATA = re.compile(r"<script\b[^>]{0,400}?\bid\s*=\s*[\"']?__NEXT_DATA__\b[^>]{0,400}>", re.I)
_TEXT_KEY = re.compile(
    r"(?:article|post|page|story|entry|main|raw|full|rich|doc)?[_-]?"
    r"(?:content|body|html|markdown|md|text|rendered|cooked|value)(?:[_-]?(?:html|markdown|md|text|raw|body))?",
    re.I,
)
_MARKUP = re.compile(r"</?(?:p|div|br|h[1-6]|ul|ol|li|table|blockquote|pre|section|article|figure)\b[^<>]*>", re.I)
_ESCAPED = re.compile(r"&lt;(?:p|div|br|h[1-6]|ul|ol|section|article)\b", re.I)
_MARKDOWN = re.compile(
    r"^(?:#{1,6} \S|[-*+] \S|\d+\. \S|```|> \S|\|.*\|$)|\[[^\]\n]{1,300}\]\([^)\s]{1,2000}\)|\*\*\S", re.M
)
_NO_PROSE = re.compile(r"\s*(?:[{\[]|data:|https?://\S+\s*$|/\*|function\b|\"use strict|import\s|var\s|const\s|@)")
_TAG = re.compile(r"<[^<>]*>")
_MOUNTS = frozenset("root app __next __nuxt ___gatsby q-app react-root app-root svelte application mount".split())
_LOADING = 30  # characters that a place for scripts may hold: Loading...


def visible_size(root: Element) -> int:
    """How many characters the page shows, blanks not counted."""
    body = root.find("body")
    size, waiting = 0, [root if body is None else body]
    while waiting:
        element = waiting.pop()
        if isinstance(element.tag, str) and element.tag not in _UNSEEN:
            size += _size(element.text or "")
            waiting.extend(element)
        if element is not body:
            size += _size(element.tail or "")
    return size


def embedded_article(root: Element, source: str) -> Element | None:
    """The article in the data of a parsed page, an `article` element of its own; None where the page has a text.

    `source` is what the tree was made from: the parser is not given the scripts.
    """
    return stated(root, source)[1]


def stated(root: Element, source: str) -> tuple[Data | None, Element | None]:
    """Which data have the article, and the article, as `embedded_article` gives it."""
    visible = visible_size(root)
    if visible >= LITTLE:
        return None, None
    readers: tuple[tuple[Data, Callable[[], Element | None]], ...] = (
        ("Discourse", lambda: _discourse(root)),
        ("JSON-LD", lambda: _json_ld(root)),
        ("Next.js", lambda: _next_data(source)),
    )
    for name, read in readers:
        found = read()
        if found is not None and _size(text_of(found)) > max(visible, _LEAST):
            return name, found
    return None, None


def show(root: Element, article: Element) -> None:
    """Put an article in the place of all that the page shows; what the page says of itself stays."""
    head, body = root.find("head"), root.find("body")
    if head is None:
        head = root.makeelement("head")
        root.insert(0, head)
    if body is None:
        body = root.makeelement("body")
        root.append(body)
    for script in list(body.iter("script", "meta")):
        script.tail = None
        head.append(script)
    body.clear()
    body.append(article)


def is_shell(root: Element, source: str) -> bool:
    """Is this a frame that scripts fill in: next to no text, and a place for it that is empty?"""
    visible = visible_size(root)
    if not has_scripts(source) or visible >= LITTLE:
        return False
    if visible <= _LOADING and any("-" in str(element.tag) for element in root.iterfind("body/*")):
        return True  # an element of its own, and no words around it
    return any(
        (element.get("id") in _MOUNTS or element.tag == "app-root") and _size(text_of(element)) <= _LOADING
        for element in root.iter("div", "main", "section", "app-root")
    )


def has_scripts(source: str) -> bool:
    """Does anything run on this page?"""
    return re.search(r"<script\b", source, re.I) is not None


# --- Discourse ------------------------------------------------------------------------------------------------------


def _discourse(root: Element) -> Element | None:
    for element in root.iter("div", "meta"):
        preloaded = _json(element.get("data-preloaded"))
        if not isinstance(preloaded, dict):
            continue
        for key, value in preloaded.items():
            topic = _json(value) if re.fullmatch(r"topic_\d+", key) else None
            stream = topic.get("post_stream") if isinstance(topic, dict) else None
            posts = stream.get("posts") if isinstance(stream, dict) else None
            if isinstance(posts, list):
                return _element("".join(_post(post) for post in posts[:_MOST_POSTS] if isinstance(post, dict)))
    return None


def _post(post: dict[str, object]) -> str:
    """Who wrote it and when, and what."""
    cooked = post.get("cooked")
    if not isinstance(cooked, str) or not cooked.strip():
        return ""
    who = one_space(str(post.get("name") or post.get("username") or ""))[:100]
    day = re.match(r"\d{4}-\d\d-\d\d", str(post.get("created_at") or ""))
    said = ", ".join(
        part for part in (f"<strong>{html.escape(who)}</strong>" if who else "", day[0] if day else "") if part
    )
    return f"<section>{f'<p>{said}</p>' if said else ''}{cooked}</section>"


# --- JSON-LD and Next.js --------------------------------------------------------------------------------------------


def _json_ld(root: Element) -> Element | None:
    bodies = [
        text
        for script in root.iter("script")
        if "ld+json" in (script.get("type") or "")
        for path, text in _texts(_json(script.text))
        if _key(path) == "articleBody"
    ]
    return _element(_markup(max(bodies, key=len))) if bodies else None


def _next_data(source: str) -> Element | None:
    found = _NEXT_DATA.search(source)
    end = source.find("</script", found.end()) if found else -1
    if found is None or end < 0:
        return None
    texts = [
        (path, text)
        for path, text in _texts(_json(source[found.end() : end]))
        if _TEXT_KEY.fullmatch(_key(path)) and _WORD.search(text)
    ]
    longest = max((pair for pair in texts if _is_document(pair[1])), key=lambda pair: _length(pair[1]), default=None)
    if longest is None:
        return None
    # in a list it is one piece of an article: all of them or nothing
    return _element("".join(_markup(text) for path, text in texts if path == longest[0]))


def _texts(data: object) -> Iterator[tuple[str, str]]:
    """Every string in the data, in its order, with its path, in which all entries of a list are one; not for ever."""
    waiting: list[tuple[str, int, object]] = [("", 0, data)]
    for _ in range(_MOST_NODES):
        if not waiting:
            return
        path, depth, node = waiting.pop()
        if isinstance(node, str):
            yield path, node
        elif isinstance(node, dict) and depth < _DEEPEST:
            waiting.extend((f"{path}.{name}", depth + 1, value) for name, value in reversed(node.items()))
        elif isinstance(node, list) and depth < _DEEPEST:
            waiting.extend((f"{path}[]", depth + 1, value) for value in reversed(node))


def _key(path: str) -> str:
    return path.rpartition(".")[2].rstrip("[]")


def _json(text: object) -> object:
    if not isinstance(text, str) or not text.strip():
        return None
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _is_document(text: str) -> bool:
    """Prose of more than one block: one alone may be a piece of an article that is kept in pieces."""
    if _length(text) < LITTLE or _NO_PROSE.match(text):
        return False
    words = _TAG.sub(" ", text)
    letters = sum(1 for character in words if character.isalpha())
    return letters > 0.6 * _size(words) and (len(_MARKUP.findall(text)) > 2 or "\n" in text.strip())


def _length(text: str) -> int:
    return _size(_TAG.sub("", text))


def _size(text: str) -> int:
    return sum(map(len, text.split()))


# --- text -> tree ---------------------------------------------------------------------------------------------------


def _markup(text: str) -> str:
    """HTML as it is, also when it was escaped once more; Markdown and plain text as HTML."""
    if not _MARKUP.search(text) and _ESCAPED.search(text):
        text = unescape(text)
    if _MARKUP.search(text):
        return text
    if _MARKDOWN.search(text):
        from markdown_it import MarkdownIt  # late: few pages need it, and every capture would wait for it

        return str(MarkdownIt("commonmark", {"html": False}).enable("table").render(text))
    paragraphs = re.split(r"\n\s*\n" if re.search(r"\n[^\S\n]*\n", text) else "\n", unescape(text))
    return "".join(f"<p>{html.escape(paragraph.strip())}</p>" for paragraph in paragraphs if paragraph.strip())


def _element(markup: str) -> Element | None:
    try:
        root = parse(f"<article>{markup}</article>", "")
    except ConvertError:
        return None
    return root.find(".//article")
