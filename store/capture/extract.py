"""The article of a page, in the page's own tree: its blocks are chosen, the rest is pruned away."""

from __future__ import annotations

from dataclasses import dataclass

from store.capture.choose import Page, choose
from store.capture.metadata import Metadata, language_of, read_metadata
from store.capture.tree import BLOCKS, Element

_LANG = ("lang", "{http://www.w3.org/XML/1998/namespace}lang")


@dataclass(frozen=True, slots=True)
class Article:
    """What of a page is the article: its tree, and what the page says of it. `wavering`: see `Choice`."""

    body: Element
    metadata: Metadata
    lang: str | None
    wavering: tuple[str, ...] = ()


def article(page: Page, source: str, url: str) -> Article:
    """The article of a page that was cut, whose tree is used up; `source` is its HTML."""
    root = page.root
    metadata = read_metadata(root, url)
    declared = next((root.get(name) for name in _LANG if root.get(name)), None)
    chosen = choose(page, source, url)
    body = chosen.article()
    if body.tag in BLOCKS and body.tag not in _STRUCTURE:
        body.tag = "div"
    return Article(body, metadata, language_of(chosen.text, declared), chosen.wavering)


_STRUCTURE = frozenset("p ul ol dl table pre blockquote h1 h2 h3 h4 h5 h6 hr".split())
