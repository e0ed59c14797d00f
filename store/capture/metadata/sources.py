"""Where a page says what it is, read once: meta elements, JSON-LD, microdata, headings, marked elements, text.

What stands beside the article (comments, lists of other articles, the site's footer) says nothing of the article: an
element in an `aside`, `nav` or `footer`, or under a class that says so, is *beside*, unless the title stands there too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import unquote, urlsplit

from lxml import etree

from store.capture.metadata.found import Found
from store.capture.metadata.jsonld import Node, is_article, read_json_ld, text_in
from store.capture.tree import HEADINGS, Element, one_space, text_of

_BESIDE_TAGS = frozenset("aside nav footer form".split())
_APART_TAGS = frozenset("aside nav footer".split())
_COMMENTS = re.compile(r"(?:^|[\s_-])comments?(?:$|[\s_-])|disqus|respond", re.I)
_BESIDE = re.compile(
    r"comment|disqus|(?<!with)(?<!has-)(?<!no-)(?<!with-)sidebar|related|footer|widget[-_](?:area|recent)|recommend|popular|trending|teaser|newsletter|carousel|respond|similar"
    r"|read-?(?:more|next)|more-(?:from|stories|posts|news)|latest|recent|hotnews|calendar|promo(?!te)|(?:^|[\s_-])(?:nav(?!y)|aside)",
    re.I,
)
_MARKED = re.compile(
    r"author|byline|date|time|publi|post|meta|info|writer|source|submitted|username|fecha|datum|entry-"
)
_SILENT = frozenset("script style noscript template select option textarea title head meta link svg".split())
_EXTENSION = re.compile(r"\.[a-z]{2,5}$", re.I)
_YEAR_BEHIND = re.compile(r"/20\d\d(?!\d)")
_SLASHED = re.compile(r"(?<![\d./-])(\d{1,2})/(\d{1,2})$")
_MONTH_FIRST = ("en", "en-us", "en-ph")
_DAY_FIRST_HOSTS = (".uk", ".au", ".nz", ".ie", ".in", ".za", ".sg", ".eu")
_BLANKS = re.compile(r"[\W_]+")
_MOST_ELEMENTS = 20_000
_MOST_PIECES = 6_000
_LONGEST = 2_000


@dataclass(frozen=True)
class Sources:
    """All of a page that may be asked for facts. `meta` has names in lower case, each with its texts in order.

    `article_title`: the title that was found, by which the article is found; empty before that.
    """

    root: Element
    url: str
    article_title: str
    meta: dict[str, list[str]]
    nodes: tuple[Node, ...]

    def from_meta(self, *names: str) -> Found | None:
        """The first of these meta elements that says anything."""
        return next((Found(self.meta[name][0], f"meta {name}") for name in names if name in self.meta), None)

    def from_nodes(self, *names: str) -> Found | None:
        """The first of these facts in the page's JSON-LD; articles before others."""
        for node in self.nodes:
            for name in names:
                text = text_in(node, name)
                if text:
                    return Found(text, f"json-ld {name}")
        return None

    def from_items(self, *names: str) -> Iterator[tuple[Element, str]]:
        """Elements of the article with such an `itemprop` (microdata) or `property` (RDFa), and that name."""
        for element in self.marked:
            for name in f"{element.get('itemprop') or ''} {element.get('property') or ''}".split():
                if name.rpartition(":")[2] in names and not self.is_beside(element):
                    yield element, name

    @cached_property
    def title(self) -> str:
        """The text of `<title>`."""
        element = self.root.find(".//head/title")
        element = self.root.find(".//title") if element is None else element
        return one_space(text_of(element)) if element is not None else ""

    @cached_property
    def headings(self) -> tuple[Element, ...]:
        """The first `h1` elements that have text."""
        return tuple(element for element in [*self.root.iter("h1")][:20] if text_of(element).strip())

    @cached_property
    def is_article(self) -> bool:
        """The page says that it is one: by `og:type`, by JSON-LD."""
        return "article" in self.meta.get("og:type", [""])[0].lower() or any(map(is_article, self.nodes))

    @cached_property
    def is_front(self) -> bool:
        """The front page of a site: nobody's article."""
        return urlsplit(self.url).path in ("", "/") and not urlsplit(self.url).query

    @cached_property
    def host(self) -> str:
        """The host without `www.`, lower case."""
        return (urlsplit(self.url).hostname or "").removeprefix("www.")

    @cached_property
    def slug(self) -> str:
        """The last part of the address's path, as words: `how a marsh grows`, or nothing."""
        last = unquote(urlsplit(self.url).path.rstrip("/").rpartition("/")[2])
        return _EXTENSION.sub("", last).replace("-", " ")

    @cached_property
    def lang(self) -> str:
        """What the page declares, lower case: `en-gb`, or nothing."""
        said = self.root.get("lang") or self.root.get("{http://www.w3.org/XML/1998/namespace}lang") or ""
        return said.strip().lower() or self.meta.get("og:locale", [""])[0].lower().replace("_", "-")

    @cached_property
    def month_first(self) -> bool | None:
        """How 3/4/2024 is read on this page: as 25/4/2024 or 4/25/2024 on it tells, else as its language does."""
        day_first, month_first = _orders(self.whole_text)
        if day_first != month_first:
            return month_first
        if self.host.endswith(_DAY_FIRST_HOSTS):
            return False
        return True if self.lang in _MONTH_FIRST else None if not self.lang else False

    @cached_property
    def elements(self) -> tuple[Element, ...]:
        """All elements of the body in their order; kept, because lxml makes each anew when nobody holds it."""
        body = self.root.find("body")
        return tuple((self.root if body is None else body).iter(etree.Element))[:_MOST_ELEMENTS]

    @cached_property
    def marked(self) -> tuple[Element, ...]:
        """Elements whose class, id, rel, itemprop or property may mean a fact, in the page's order."""
        return tuple(element for element in self.elements if _is_marked(element) and element.tag not in _SILENT)[:1_500]

    @cached_property
    def whole_text(self) -> str:
        """All text of the body, one run; quicker than the pieces."""
        body = self.root.find("body")
        return text_of(self.root if body is None else body)

    @cached_property
    def pieces(self) -> tuple[tuple[Element, str], ...]:
        """The runs of text of the body in its order, each with the element it stands in."""
        found: list[tuple[Element, str]] = []
        for element in self.elements:
            text, tail = element.text, element.tail
            if text and not text.isspace() and element.tag not in _SILENT and (text := one_space(text)):
                found.append((element, text))
            if tail and not tail.isspace() and (tail := one_space(tail)):
                found.append((element.getparent(), tail))
            if len(found) > _MOST_PIECES:
                break
        return tuple(found)

    @cached_property
    def text(self) -> str:
        """All text of the body, lower case."""
        return " ".join(text for _, text in self.pieces).lower()

    def near_title(self, before: int, after: int) -> range:
        """The numbers of the pieces that stand near the title; none where it is not on the page."""
        anchor = self.anchor
        if anchor is None:
            return range(0)
        inside = set(anchor.iter())
        at = next((at for at, (element, _) in enumerate(self.pieces) if element in inside), -after)
        return range(max(0, at - before), max(0, at + after))

    @cached_property
    def anchor(self) -> Element | None:
        """The heading with the title; else the element whose text it is; else the first `h1`."""
        wanted = _squeezed(self.article_title)
        for element in [*self.root.iter(*HEADINGS)][:60] if wanted else []:
            words = _squeezed(text_of(element))
            if words and (words == wanted or (len(words) > 12 and (words in wanted or wanted in words))):
                return element
        if self.headings:
            return self.headings[0]
        return next((element for element, text in self.pieces if wanted and _squeezed(text) == wanted), None)

    @cached_property
    def _around_title(self) -> frozenset[Element]:
        return frozenset(self.anchor.iterancestors()) if self.anchor is not None else frozenset()

    @cached_property
    def _near(self) -> frozenset[Element]:
        """Elements right above and below the title."""
        found: set[Element] = set()
        near = self.near_title(4, 10)
        for element, _ in self.pieces[near.start : near.stop]:
            found.update(
                above for above in [element, *list(element.iterancestors())[:2]] if above not in self._around_title
            )
        return frozenset(found)

    def is_near(self, element: Element) -> bool:
        """It stands right above or below the title, whatever its class says."""
        return element in self._near

    def is_beside(self, element: Element) -> bool:
        """It stands in what is not the article."""
        while element is not None and element.tag not in ("body", "html") and element not in self._around_title:
            if element.tag in _BESIDE_TAGS or _BESIDE.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
                return True
            element = element.getparent()
        return False

    def is_apart(self, element: Element) -> bool:
        """It stands in an `aside`, a `nav`, a `footer` or among comments, near the title or not."""
        above = [element, *element.iterancestors()]
        return any(each.tag in _APART_TAGS or _COMMENTS.search(each.get("class") or "") for each in above)

    def is_heading(self, element: Element) -> bool:
        """It is a heading, or in one."""
        return element.tag in HEADINGS or any(above.tag in HEADINGS for above in element.iterancestors())


def read_sources(root: Element, url: str) -> Sources:
    """The sources of a parsed page, which must not change while they are asked."""
    return Sources(root, url, "", _meta(root), read_json_ld(root))


def _meta(root: Element) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for element in root.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = one_space(element.get("content") or element.get("value") or "")[:_LONGEST]
        if name and content:
            found.setdefault(name.strip().lower(), []).append(content)
    return found


def _orders(text: str) -> tuple[bool, bool]:
    """Whether there are dates with a day first (25/4/2024), and with a month first (4/25/2024)."""
    numbers = [
        (int(found[1]) > 12, int(found[2]) > 12)
        for year in _YEAR_BEHIND.finditer(text)
        if (found := _SLASHED.search(text[max(0, year.start() - 6) : year.start()]))
    ]
    return (True, False) in numbers, (False, True) in numbers


def _squeezed(text: str) -> str:
    return _BLANKS.sub("", text).lower()


def _is_marked(element: Element) -> bool:
    said = element.attrib
    if not said:
        return False
    if "itemprop" in said or "property" in said or "author" in said.get("rel", ""):
        return True
    return _says_fact(said.get("class", "")) or _says_fact(said.get("id", ""))


@lru_cache(maxsize=4_096)  # a page has few classes on many elements
def _says_fact(kind: str) -> bool:
    return _MARKED.search(kind.lower()) is not None
