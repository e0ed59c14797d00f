"""The title of the article, and the name of the site, which is no part of it.

Rules: an `h1` that stands in `<title>` or `og:title` is the title; so is the only `h1` of an article when it has words
in common with them. Else what `og:title`, JSON-LD or `<title>` say, less the name of the site. Never that name itself,
while there is anything else.
"""

from __future__ import annotations

import re
from html import unescape

from store.capture.metadata.found import Found
from store.capture.metadata.jsonld import is_article, text_in
from store.capture.metadata.sources import Sources
from store.capture.tree import Element, one_space, text_of
from store.text import fold

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—·•»«:/~>‹›⋆]|::|\|\||--)\s+|\s*[_｜|]+\s*|(?<=[\u3040-\u9fff”」》）!！?？\d])\s*[-–—]{1,2}\s*(?=[\u3040-\u9fff])"
)
_MARK = re.compile(r"\s*[¶#§🔗]+$")
_COUNT = re.compile(r"^\(\d{1,3}\+?\)\s+")  # unread messages
_NOT_WORD = re.compile(r"[\W_]+")
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_SMALL = frozenset("the a an of to in for and how is on your you with".split())
_META = ("og:title", "twitter:title", "articletitle", "citation_title", "dc.title", "dcterms.title")
_LOGO = re.compile(r"logo|brand|site-?(?:title|name)|masthead", re.I)
_ARTICLE = 0.75  # what it speaks for an `h1` that the page is an article
_SUFFIXES = frozenset("com org net co gov edu io uk de fr at ch eu info dev app blog shop www m en docs".split())


def read_site(sources: Sources) -> Found | None:
    """The name of the site, as the page gives it."""
    named = sources.from_meta("og:site_name", "application-name", "sitename")
    return named or _publisher(sources) or sources.from_meta("contentsource")


def _publisher(sources: Sources) -> Found | None:
    for node in sources.nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and publisher["name"].strip():
            return Found(one_space(publisher["name"])[:200], "json-ld publisher")
    return None


def read_title(sources: Sources, site: str | None) -> Found | None:
    """The title, or None when the page has none."""
    names = _Names(sources, site)
    social = _unescaped(sources.from_meta(*_META))
    said = [_key(text) for text in (sources.title, social.value if social else "") if text]
    fitting = [
        _core(element, words, said) for element, words in _headings(sources, "h1") if _may_be(element, words, names)
    ]
    if sources.is_front and said:
        return _front(names, Found(sources.title, "title") if sources.title else social, fitting)
    cut = _cut(sources, names, social, fitting)
    return (
        _said_heading(sources, names, said, fitting, cut)
        or _own_heading(sources, fitting, f"{sources.title} {social.value if social else ''}", cut)
        or _lower_heading(sources, names, said)
        or cut
        or (Found(fitting[0], "h1") if fitting else None)
        or (Found(sources.title, "title") if sources.title else social)
    )


def _front(names: _Names, title: Found | None, fitting: list[str]) -> Found | None:
    """Of a front page: its heading if the title has it, else all of the title, which begins with the site's name."""
    if title is None:
        return None
    if len(fitting) == 1 and _key(fitting[0]) in _key(title.value):
        return Found(fitting[0], "h1")
    return Found(_less_site_behind(title.value, names), title.source)


def _said_heading(
    sources: Sources, names: _Names, said: list[str], fitting: list[str], cut: Found | None
) -> Found | None:
    """An `h1` that the title has too; one at the end of it may be the site's name above an `h2` with the title."""
    within = [words for words in fitting if any(_key(words) in text for text in said) and not _is_prefix(words, said)]
    if not within:
        return None
    best = _first_in(within, said)
    if all(_place(_key(best), text) > 0 for text in said):
        lower = _lower_heading(sources, names, said)
        if lower and any(_place(_key(lower.value), text) == 0 for text in said):
            return lower
        if _favour(sources, best, cut, 1.0) < 1:
            return None
    return Found(_trimmed(best, names), "h1")


def _own_heading(sources: Sources, fitting: list[str], said: str, cut: Found | None) -> Found | None:
    """An `h1` in other words than the title."""
    favours = [(_favour(sources, words, cut, _common(words, said)), words) for words in fitting]
    best, words = max(favours, key=lambda each: each[0], default=(0, ""))
    return Found(words, "h1") if best >= 1 else None


def _favour(sources: Sources, heading: str, cut: Found | None, common: float) -> float:
    """What speaks for an `h1` against the title, 1 is enough: words in common, an article, the words of the address."""
    if cut is None or _key(heading) == _key(cut.value):
        return 1 if common == 1 else common + _ARTICLE * sources.is_article
    nearer = _likeness(heading, sources.slug) - _likeness(cut.value, sources.slug)
    return common + _ARTICLE * sources.is_article + nearer


def _cut(sources: Sources, names: _Names, social: Found | None, fitting: list[str]) -> Found | None:
    """What meta elements, JSON-LD and `<title>` say, less the site; first what an `h1` has too."""
    title = Found(sources.title, "title") if sources.title else None
    cuts = [
        Found(_without_site(each.value, names), each.source) for each in (social, _headline(sources), title) if each
    ]
    cuts = [cut for cut in cuts if cut.value and not names.is_site(cut.value)]
    also = (cut for cut in cuts if any(_key(cut.value) in _key(words) for words in fitting))
    return next(also, cuts[0] if cuts else None)


def _headings(sources: Sources, *tags: str) -> list[tuple[Element, str]]:
    found = sources.headings if tags == ("h1",) else [*sources.root.iter(*tags)][:12]
    return [(element, _MARK.sub("", one_space(text_of(element)))) for element in found]


def _first_in(headings: list[str], said: list[str]) -> str:
    """Of several headings that the title has, the one it begins with, and of those the longest."""
    return min(headings, key=lambda words: (min(_place(_key(words), text) for text in said), -len(words)))


def _place(key: str, text: str) -> int:
    at = text.find(key)
    return at if at >= 0 else len(text)


def _core(heading: Element, words: str, said: list[str]) -> str:
    """A heading without a kicker or a date inside it: the part that the title has, if that is most of the title."""
    if any(_key(words) in text for text in said) or not len(heading):
        return words
    inside = [*heading.iterdescendants()]
    parts = [*map(text_of, inside), heading.text or "", *(element.tail or "" for element in inside)]
    for part in map(one_space, parts):
        key = _key(part)
        if len(key) > 8 and any(key in text and len(key) * 2 > len(text) for text in said):
            return part
    return words


def _is_prefix(words: str, said: list[str]) -> bool:
    """`Blog: Title` in one place and `Title` in the other: what is missing there is the blog's name."""
    key = _key(words)
    return len(said) == 2 and key not in said[1] and said[1] in said[0]


def _lower_heading(sources: Sources, names: _Names, said: list[str]) -> Found | None:
    """A heading below `h1` that is most of the title: sites whose only `h1` is their name."""
    for element, words in _headings(sources, "h2", "h3"):
        key = _key(words)
        if (
            len(key) > 5
            and any(key in text and len(key) * 2 > len(text) for text in said)
            and _may_be(element, words, names)
        ):
            return Found(words, element.tag)
    return None


def _unescaped(found: Found | None) -> Found | None:
    """Meta elements are often escaped twice."""
    return found and Found(unescape(found.value), found.source)


def _headline(sources: Sources) -> Found | None:
    for node in sources.nodes:
        for name in ("headline", "name") if is_article(node) else ("headline",):
            if text := text_in(node, name):
                return Found(unescape(text), f"json-ld {name}")
    return None


def _may_be(element: Element, words: str, names: _Names) -> bool:
    if len(words) < 2 or len(words) > 300 or names.is_site(words):
        return False
    return not _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}")


class _Names:
    """What the site is called: as it says, and as its host says."""

    def __init__(self, sources: Sources, site: str | None) -> None:
        labels = [label for label in sources.host.split(".") if label not in _SUFFIXES]
        self._keys = {
            _key(site or ""),
            _key(sources.host),
            *map(_key, labels),
            _key("".join(labels)),
            _key("".join(sources.host.split(".")[-2:])),
        } - {""}

    def is_site(self, words: str) -> bool:
        key = _key(words)
        return not key or key in self._keys or (key.startswith("the") and key[3:] in self._keys)

    def is_like_site(self, words: str) -> bool:
        """It is the name, or has it in it: `TechNet Blogs`."""
        key = _key(words)
        return self.is_site(words) or any(len(name) > 3 and name in key for name in self._keys)


def _without_site(title: str, names: _Names) -> str:
    """`Title | Site` -> `Title`, also where nobody knows the site's name."""
    title = _COUNT.sub("", title)
    trimmed = _trimmed(title, names)
    if trimmed == title:
        return _less_last(title)
    first = trimmed.split(" | ")[0]
    return first if len(first) >= 8 else trimmed


def _less_last(title: str) -> str:
    """A bar parts a title from the site's name more surely than a dash, which may be the title's own."""
    before, bar, last = title.rpartition("|")
    parts = [before.rstrip(" |"), last.strip()] if bar and last.strip() else _SEPARATOR.split(title)
    return _longest_start(parts)


def _trimmed(title: str, names: _Names) -> str:
    """`Title | Site` or `Site | Title` -> `Title`, where the site's name is known."""
    title = _less_site_behind(title, names)
    for separator in _SEPARATOR.finditer(title):
        if not names.is_site(title[: separator.start()]):
            break
        return _trimmed(title[separator.end() :], names)
    return title


def _less_site_behind(title: str, names: _Names) -> str:
    """`Title | Site` -> `Title`, where the site's name is known."""
    separators = [*_SEPARATOR.finditer(title)]
    end = len(title)
    while separators and names.is_like_site(title[separators[-1].end() : end]):
        end = separators.pop().start()
    return title[:end].strip()


def _longest_start(parts: list[str]) -> str:
    """Nobody knows which part is the site: the first, if it is long enough beside the others, else the longest."""
    first = parts[0]
    return first if len(first) >= 4 and len(first) * 2 >= max(map(len, parts)) else max(parts, key=len)


def _common(words: str, text: str) -> float:
    """The share of these words that a text has too."""
    ours, theirs = _words(words), _words(text)
    return len(ours & theirs) / max(1, len(ours))


def _likeness(words: str, slug: str) -> float:
    """The share of the words of both that both have; 0 where the address has none."""
    ours, theirs = _words(words), _words(slug)
    return len(ours & theirs) / len(ours | theirs) if theirs else 0


def _words(text: str) -> set[str]:
    """Words that mean something; a Han or kana character is one."""
    return set(_WORD.findall(fold(text))) - _SMALL


def _key(text: str) -> str:
    return _NOT_WORD.sub("", fold(text))
