"""Who wrote the page: people, or an office that signs. Rather nobody than somebody made up.

Rules: JSON-LD of an article, meta elements, microdata, `rel=author`, a byline near the heading, 作者：X. One word is a
name only where the page is an article and shows it. The front page of a site has no author, whoever is named there; of
the posts of a forum the first one's counts.
"""

from __future__ import annotations

import re

from store.capture.metadata.found import Found
from store.capture.metadata.jsonld import Node, is_article
from store.capture.metadata.names import looks_like_name, name_in, says_by, turned
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, one_space
from store.text import fold

_META = (
    "author", "article:author", "citation_author", "dc.creator", "dcterms.creator", "dc.creator.creator",
    "parsely-author", "sailthru.author", "byl", "og:author", "og:article:author", "article:author_name",
    "article.author", "authors", "rbauthors", "shareaholic:article_author_name", "cxenseparse:author", "bt:author",
    "creator", "byline",
)  # fmt: skip
_CATALOGUED = frozenset(("citation_author", "dc.creator", "dcterms.creator"))
_BYLINE = re.compile(
    r"(?:^|[\s_-])\w*(?:author(?!i[sz]|-?(?:bio|box|desc|image|avatar|link|card))|byline|by-line|posted-?by|user-?name)\w*"
    r"|(?:^|[\s_-])writers?(?=$|[\s_-])|(?:^|[\s_-])auth(?=$|[\s_-])",
    re.I,
)
_REVIEW = re.compile(r"review|testimonial|customer", re.I)
_OTHERS = re.compile(
    r"review|testimonial|quote|customer|comment|card|tease|listing|river|result|featured|carousel|slider", re.I
)
_HAN_LABEL = re.compile(
    r"(?:作者|撰文|撰稿|文字|记者)\s*[:：/／|]\s*(?:本报|特约)?(?:记者)?\s*"
    r"([\u4e00-\u9fff·•]{2,12}(?:[、 　][\u4e00-\u9fff·•]{2,4}){0,4}?)"
    r"(?=$|[\s　）)】\]|/，,。；;]|编辑|来源|责任|发布|时间|日期)"
)
_AUTHORS_PAGE = re.compile(
    r"/(?:authors?|autor(?:en)?|people|profiles?|contributors?|staff|writers?|users?|members?|journalists?)"
    r"/(?!sign|log|regist|new)[^/]",
    re.I,
)
_MOST = 20


def read_author(sources: Sources, site: str | None) -> Found | None:
    """One or more names, apart by commas, or None."""
    if sources.is_front:
        return None
    named = [found for found in (_from_nodes(sources), _from_meta(sources)) if found]
    for found in named:
        if not _is_own(sources, found, site) and _is_believed(sources, found):
            return found
    seen = _from_items(sources) or _by_rel(sources) or _by_class(sources) or _by_text(sources)
    if seen and not (_is_own(sources, seen, site) and not _is_signed(sources, seen)):
        return seen
    return next((found for found in named if _is_own(sources, found, site) and _is_signed(sources, found)), None)


def _is_believed(sources: Sources, found: Found) -> bool:
    """Two words or more; or one, where an article shows it."""
    name = found.value.partition(", ")[0]
    if " " in name or not sources.is_article:
        return " " in name
    return found.source.startswith("meta") or name.lower() in sources.text


def _is_own(sources: Sources, found: Found, site: str | None) -> bool:
    """It is the site's name, its host's, or that of the publisher in the notice of copyright."""
    name, host = _plain(found.value), sources.host
    rights = (_plain(text) for kind in ("copyright", "rights", "dc.rights") for text in sources.meta.get(kind, ()))
    if len(name) > 5 and any(name in text for text in rights):
        return True
    return name in {_plain(site or ""), _plain(host), *map(_plain, host.split("."))}


def _is_signed(sources: Sources, found: Found) -> bool:
    """The site signs its article: in two words or more, as people do, and visibly."""
    return sources.is_article and " " in found.value and found.value.lower() in sources.text


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", "", fold(name))


def _joined(names: list[str], source: str) -> Found | None:
    return Found(", ".join(dict.fromkeys(names)), source) if names else None


def _from_nodes(sources: Sources) -> Found | None:
    for node in sources.nodes:
        names = [name for person in _people(node) if (name := name_in(person))] if is_article(node) else []
        if names:
            return _joined(names, "json-ld author")
    return None


def _people(node: Node) -> list[str]:
    value = node.get("author") or node.get("creator")
    found: list[object] = []
    for each in (value if isinstance(value, list) else [value])[:_MOST]:
        name = each.get("name") if isinstance(each, dict) else each
        found += name[:_MOST] if isinstance(name, list) else [name]
    return [name for name in found if isinstance(name, str)]


def _from_meta(sources: Sources) -> Found | None:
    for name in _META:
        names = [said for value in sources.meta.get(name, ())[:_MOST] if (said := name_in(value))]
        if names:
            return _joined([turned(each) for each in names] if name in _CATALOGUED else names, f"meta {name}")
    return None


def _from_items(sources: Sources) -> Found | None:
    """`itemprop=author`, of the first thing that has one: a forum's posts are things of their own."""
    names: list[str] = []
    scope = None
    for element, _ in sources.from_items("author", "creator"):
        above = next((each for each in element.iterancestors() if each.get("itemscope") is not None), sources.root)
        if _is_reviewers(element):
            continue
        scope = above if scope is None else scope
        inner = next((each for each in element.iter() if "name" in (each.get("itemprop") or "").split()), element)
        name = name_in(inner.get("content") or _words(inner))
        if above is scope and name:
            names.append(name)
    return _joined(names[:_MOST], "itemprop author")


def _is_reviewers(element: Element) -> bool:
    """The name of a customer, who wrote a review of the page's thing and not the page."""
    near = [element, *list(element.iterancestors())[:5]]
    return any(_REVIEW.search(f"{' '.join(_kinds(each))} {each.get('itemtype') or ''}") for each in near)


def _by_rel(sources: Sources) -> Found | None:
    names = [
        name
        for element in sources.marked
        if "author" in (element.get("rel") or "").split() and not sources.is_beside(element)
        if (name := name_in(_words(element)))
    ]
    return _joined(names, "rel=author") if len(set(names)) <= 2 else None


def _by_class(sources: Sources) -> Found | None:
    """An element whose class says that it is the byline; when many say so the page is a list."""
    found: dict[str, Found] = {}
    for element in sources.marked:
        kind = next((word for word in _kinds(element) if _BYLINE.search(word)), None)
        if kind is None or sources.is_apart(element):
            continue
        near = sources.is_near(element)
        if not near and (sources.is_beside(element) or _is_others(element)):
            continue
        name = _name_inside(element, near)
        if name:
            found.setdefault(name, Found(name, f"byline .{kind}"))
    return next(iter(found.values()), None) if len(found) <= 3 else None


def _kinds(element: Element) -> list[str]:
    return f"{element.get('class') or ''} {element.get('id') or ''}".split()


def _name_inside(element: Element, near: bool) -> str | None:
    whole = _words(element)
    if len(whole) > 200:
        return None
    for part in (*(_words(link) for link in element.iter("a")), whole):
        name = name_in(part)
        if name and (looks_like_name(name) or (near and " " not in name) or (says_by(part) and len(name.split()) <= 4)):
            return name
    return None


def _by_text(sources: Sources) -> Found | None:
    """作者：X anywhere; near the title "By X", or a link to the page of an author."""
    near = sources.near_title(6, 14)
    for at, (element, text) in enumerate(sources.pieces):
        label = _HAN_LABEL.search(text[:200])
        if label and (name := name_in(label[1])):
            return Found(name, "text 作者")
        if at not in near or len(text) > 60 or len(_words(element)) > 80:
            continue
        whole = _words(element)
        name = name_in(text if len(text) > 4 else whole)
        if name and looks_like_name(name) and (says_by(text) or says_by(whole)):
            return Found(name, "text By") if _few(sources) else None
        if name == text and _links_to_author(element) and (looks_like_name(name) or _will_do(sources, name)):
            return Found(name, "link to the author")
    return None


def _links_to_author(element: Element) -> bool:
    return element.tag == "a" and _AUTHORS_PAGE.search(element.get("href") or "") is not None


def _will_do(sources: Sources, name: str) -> bool:
    """One word will do for an article."""
    return " " not in name and sources.is_article


def _few(sources: Sources) -> bool:
    """Not a list of articles, each with its byline."""
    return sum(1 for _, text in sources.pieces if len(text) < 60 and says_by(text)) <= 3


def _is_others(element: Element) -> bool:
    """The name of somebody who is quoted, or of another article's author."""
    near = [element, *list(element.iterancestors())[:4]]
    return any(_OTHERS.search(" ".join(_kinds(each))) for each in near)


def _words(element: Element) -> str:
    return one_space(" ".join(element.itertext()))
