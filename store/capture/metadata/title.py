"""The title of the article, and the name of the site, which is no part of it.

Rules: an `h1` that stands in `<title>` or `og:title` is the title; so is the only `h1` of an article when it has words
in common with them. Else what `og:title`, JSON-LD or `<title>` say, less the name of the site. Never that name itself,
while there is anything else.
"""

from __future__ import annotations

import re

from store.capture.metadata.called import Names, is_no_title, is_office, key, names_site, says_site
from store.capture.metadata.centred import centred_line
from store.capture.metadata.found import Found
from store.capture.metadata.jsonld import is_article, text_in
from store.capture.metadata.prose import Prose
from store.capture.metadata.sources import Sources
from store.capture.references import unescape
from store.capture.tree import Element, one_space, text_of
from store.text import fold

_SEPARATOR = re.compile(
    r"\s+(?:[|\-–—·•»«:/~>‹›⋆]|::|\|\||--)\s+|\s*[_｜|]+\s*|(?<=[\u3040-\u9fff”」》）!！?？\d])\s*[-–—]{1,2}\s*(?=[\u3040-\u9fff])"
)
_MARK = re.compile(
    r"(?:\s*[¶#§🔗]+|\s*[\[［](?:(?:edit|编辑|編輯|编辑源代码|编辑本段|edit source|bearbeiten|modifier|editar|modifica)"
    r"[\s|·]*)+[\]］])+$",
    re.I,
)
_COUNT = re.compile(r"^\(\d{1,3}\+?\)\s+")  # unread messages
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+")
_SMALL = frozenset("the a an of to in for and how is on your you with".split())
_META = ("articletitle", "og:title", "twitter:title", "citation_title", "dc.title", "dcterms.title")
_LOGO = re.compile(r"logo|brand|site-?(?:title|name)|masthead", re.I)
_BARS = re.compile(r"\s*[_｜|]+\s*")
_HAN = re.compile("[\u3400-\u9fff]")
_SPOKEN, _UNSPOKEN = 0.5, 0.2  # shares of the words of an `h1` and of `<title>` that the text has
_ARTICLE = 0.75  # what it speaks for an `h1` that the page is an article


def read_site(sources: Sources) -> Found | None:
    """The name of the site, as the page gives it."""
    named = sources.from_meta("og:site_name", "application-name", "sitename")
    return named or _publisher(sources) or _site_behind(sources.title) or sources.from_meta("contentsource")


def _site_behind(title: str) -> Found | None:
    """`雄安新区 - 维基百科，自由的百科全书`: the last part of a title, where it is plainly a site's name."""
    last = _SEPARATOR.split(title)[-1].strip()
    return Found(last.removesuffix("首页"), "title") if says_site(last) else None


def _publisher(sources: Sources) -> Found | None:
    for node in sources.nodes:
        publisher = node.get("publisher")
        if isinstance(publisher, dict) and isinstance(publisher.get("name"), str) and publisher["name"].strip():
            return Found(one_space(publisher["name"])[:200], "json-ld publisher")
    return None


def read_title(sources: Sources, site: str | None) -> Found | None:
    """The title, or None when the page has none."""
    names = Names(sources, site)
    social = _social(sources, names)
    said = [key(text) for text in (sources.title, social.value if social else "") if text]
    fitting = [
        _core(element, words, said) for element, words in _headings(sources, "h1") if _may_be(element, words, names)
    ]
    if sources.is_front and said:
        return _front(names, Found(sources.title, "title") if sources.title else social, fitting)
    cuts = _cuts(sources, names, social)
    cut = _best_cut([each for each in cuts if not is_no_title(each.value)], fitting)
    return (
        _said_heading(sources, names, said, fitting, cut)
        or _own_heading(sources, fitting, f"{sources.title} {social.value if social else ''}", cut)
        or _lower_heading(sources, names, said)
        or _spoken_of(sources, fitting, cut)
        or (centred_line(sources) if cut and not fitting and is_office(cut.value) else None)
        or cut
        or (Found(fitting[0], "h1") if fitting else centred_line(sources))
        or next((each for each in cuts if each.value not in ("首页", "主页")), None)
        or (Found(sources.title, "title") if sources.title else social)
    )


def _front(names: Names, title: Found | None, fitting: list[str]) -> Found | None:
    """Of a front page: its heading if the title has it, else all of the title, which begins with the site's name."""
    if title is None:
        return None
    if len(fitting) == 1 and key(fitting[0]) in key(title.value):
        return Found(fitting[0], "h1")
    return Found(_less_site_behind(title.value, names), title.source)


def _said_heading(
    sources: Sources, names: Names, said: list[str], fitting: list[str], cut: Found | None
) -> Found | None:
    """An `h1` that the title has too; one at the end of it may be the site's name above an `h2` with the title."""
    within = [words for words in fitting if any(key(words) in text for text in said) and not _is_prefix(words, said)]
    if not within:
        return None
    best = _first_in(within, said)
    if all(_place(key(best), text) > 0 for text in said):
        lower = _lower_heading(sources, names, said)
        if lower and any(_place(key(lower.value), text) == 0 for text in said):
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
    if cut is None or key(heading) == key(cut.value):
        return 1 if common == 1 else common + _ARTICLE * sources.is_article
    nearer = _likeness(heading, sources.slug) - _likeness(cut.value, sources.slug)
    return common + _ARTICLE * sources.is_article + nearer


def _spoken_of(sources: Sources, fitting: list[str], cut: Found | None) -> Found | None:
    """The only `h1` of which the text speaks, where it says nothing of what `<title>` says."""
    if cut is None or len(set(map(key, fitting))) != 1:
        return None
    office = is_office(cut.value)
    if _common(cut.value, fitting[0]) and not office:
        return None
    if any(len(text_of(link)) * 2 > len(fitting[0]) for heading in sources.headings for link in heading.iter("a")):
        return None  # it leads to the front page
    prose = Prose(sources)
    heading, title = prose.share(fitting[0]), prose.share(cut.value)
    is_told = (
        heading is not None and title is not None and heading >= _SPOKEN and title < (heading if office else _UNSPOKEN)
    )
    return Found(fitting[0], "h1") if is_told else None


def _social(sources: Sources, names: Names) -> Found | None:
    """What meta elements say, first what is no name of a site or a column."""
    said = [found for name in _META if (found := _unescaped(sources.from_meta(name)))]
    telling = (found for found in said if not is_no_title(found.value) and not names.is_site(found.value))
    return next(telling, said[0] if said else None)


def _cuts(sources: Sources, names: Names, social: Found | None) -> list[Found]:
    """What meta elements, JSON-LD and `<title>` say, less the site."""
    title = Found(sources.title, "title") if sources.title else None
    cuts = [
        Found(_without_site(each.value, names), each.source) for each in (social, _headline(sources), title) if each
    ]
    return [cut for cut in cuts if cut.value and not names.is_site(cut.value)]


def _best_cut(cuts: list[Found], fitting: list[str]) -> Found | None:
    """First what an `h1` has too."""
    also = (cut for cut in cuts if any(key(cut.value) in key(words) for words in fitting))
    return next(also, cuts[0] if cuts else None)


def _headings(sources: Sources, *tags: str) -> list[tuple[Element, str]]:
    found = sources.headings if tags == ("h1",) else [*sources.root.iter(*tags)][:12]
    return [(element, _MARK.sub("", one_space(text_of(element)))) for element in found]


def _first_in(headings: list[str], said: list[str]) -> str:
    """Of several headings that the title has, the one it begins with, and of those the longest."""
    return min(headings, key=lambda words: (min(_place(key(words), text) for text in said), -len(words)))


def _place(plain: str, text: str) -> int:
    at = text.find(plain)
    return at if at >= 0 else len(text)


def _core(heading: Element, words: str, said: list[str]) -> str:
    """A heading without a kicker or a date inside it: the part that the title has, if that is most of the title."""
    if any(key(words) in text for text in said) or not len(heading):
        return words
    inside = [*heading.iterdescendants()]
    parts = [*map(text_of, inside), heading.text or "", *(element.tail or "" for element in inside)]
    for part in map(one_space, parts):
        plain = key(part)
        if len(plain) > 8 and any(plain in text and len(plain) * 2 > len(text) for text in said):
            return part
    return words


def _is_prefix(words: str, said: list[str]) -> bool:
    """`Blog: Title` in one place and `Title` in the other: what is missing there is the blog's name."""
    return len(said) == 2 and key(words) not in said[1] and said[1] in said[0]


def _lower_heading(sources: Sources, names: Names, said: list[str]) -> Found | None:
    """A heading below `h1` that is most of the title: sites whose only `h1` is their name."""
    for element, words in _headings(sources, "h2", "h3"):
        plain = key(words)
        if (
            len(plain) > 5
            and any(plain in text and len(plain) * 2 > len(text) for text in said)
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


def _may_be(element: Element, words: str, names: Names) -> bool:
    if len(words) < 2 or len(words) > 300 or names.is_site(words) or is_no_title(words):
        return False
    return not _LOGO.search(f"{element.get('class') or ''} {element.get('id') or ''}")


def _without_site(title: str, names: Names) -> str:
    """`Title | Site` -> `Title`, also where nobody knows the site's name."""
    title = _COUNT.sub("", title)
    trimmed = _trimmed(title, names)
    if trimmed == title:
        return _less_last(title)
    first = trimmed.split(" | ")[0]
    return first if len(first) >= 8 else _less_columns(trimmed)


def _less_columns(title: str) -> str:
    """`标题_要闻_` -> `标题`: in Han titles an underscore or a bar parts them from names of columns."""
    parts = _BARS.split(title)
    return _longest_start(parts) if len(parts) > 1 and _HAN.search(parts[0]) else title


def _less_last(title: str) -> str:
    """A bar parts a title from the site's name more surely than a dash, which may be the title's own."""
    before, bar, last = title.rpartition("|")
    parts = [before.rstrip(" |"), last.strip()] if bar and last.strip() else _SEPARATOR.split(title)
    return _longest_start(parts)


def _trimmed(title: str, names: Names) -> str:
    """`Title | Site` or `Site | Title` -> `Title`, where the site's name is known."""
    title = _less_site_behind(title, names)
    for separator in _SEPARATOR.finditer(title):
        if not names.is_site(title[: separator.start()]):
            break
        return _trimmed(title[separator.end() :], names)
    return title


def _less_site_behind(title: str, names: Names) -> str:
    """`Title | Site` -> `Title`, where the site's name is known."""
    separators = [*_SEPARATOR.finditer(title)]
    end = len(title)
    while separators and _is_site_part(title[separators[-1].end() : end], names):
        end = separators.pop().start()
    return title[:end].strip()


def _is_site_part(part: str, names: Names) -> bool:
    return names.is_like_site(part) or names_site(part)


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
