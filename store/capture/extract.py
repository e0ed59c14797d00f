"""The article of a page, in the page's own tree: its blocks are chosen, the rest is pruned away."""

from __future__ import annotations

from dataclasses import dataclass, replace

from store.capture.choose import Choice, Page, choose
from store.capture.metadata import Metadata, language_of, read_metadata
from store.capture.posts import Said, add_lines, read_said
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
    chosen, said = chosen_of(page, source, url)
    body = chosen.article()
    add_lines(body, said)
    if body.tag in BLOCKS and body.tag not in _STRUCTURE:
        body.tag = "div"
    return Article(body, metadata, language_of(chosen.text, declared), chosen.wavering)


def chosen_of(page: Page, source: str, url: str) -> tuple[Choice, Said]:
    """The choice of a page's blocks; of a thread, who said what when, for which its own lines make way."""
    chosen = choose(page, source, url)
    if chosen.mended is None:
        return chosen, Said()  # it is kept whole, names and all
    said = read_said(page, chosen.kept, url)
    kept = [stays and number not in said.instead_of for number, stays in enumerate(chosen.kept)]
    return replace(chosen, kept=kept), said


_STRUCTURE = frozenset("p ul ol dl table pre blockquote h1 h2 h3 h4 h5 h6 hr".split())
