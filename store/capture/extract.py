"""The article of a page, in the page's own tree: its blocks are chosen, the rest is pruned away."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from store.capture.choose import Choice, Page, choose
from store.capture.choose.mend import PHRASE, UNIT
from store.capture.metadata import Metadata, credits_in, language_of, read_metadata, telling_table
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
    return Article(body, with_opener(metadata, said), language_of(chosen.text, declared), chosen.wavering)


def with_opener(metadata: Metadata, said: Said) -> Metadata:
    """The author of a thread is who opened it, where the page names nobody, or one who only answered."""
    others = said.posters - {said.opener}
    if said.opener is None or (metadata.author is not None and metadata.author not in others):
        return metadata
    return replace(metadata, author=said.opener, sources={**metadata.sources, "author": "first post"})


def chosen_of(page: Page, source: str, url: str) -> tuple[Choice, Said]:
    """The choice of a page's blocks; of a thread, who said what when, for which its own lines make way."""
    chosen = choose(page, source, url)
    if chosen.mended is None:
        return chosen, Said()  # it is kept whole, names and all
    chosen = _less_credits(_with_head_table(chosen, url))
    said = read_said(page, chosen.kept, url)
    kept = [stays and number not in said.instead_of for number, stays in enumerate(chosen.kept)]
    return replace(chosen, kept=kept), said


def _with_head_table(chosen: Choice, url: str) -> Choice:
    """The table above a notice stays where it says what no fact of ours does."""
    page = chosen.page
    table = telling_table(page.root, url)
    if table is None or table not in page.elements:
        return chosen
    node = page.elements.index(table)
    return _settled(chosen, range(page.first[node], page.last[node]), UNIT)


def _less_credits(chosen: Choice) -> Choice:
    """Who edited it is no text of an article."""
    blocks = zip(chosen.page.blocks, chosen.kept, strict=True)
    told = credits_in((number, block.text) for number, (block, stays) in enumerate(blocks) if stays)
    return _settled(chosen, told, PHRASE)


def _settled(chosen: Choice, numbers: Sequence[int], why: int) -> Choice:
    """These blocks kept or dropped for such a reason (`mend`)."""
    if not numbers or chosen.mended is None:
        return chosen
    kept, reasons = [*chosen.kept], chosen.mended.why.copy()
    for number in numbers:
        kept[number] = why > 0
        reasons[number] = why
    return replace(chosen, kept=kept, mended=replace(chosen.mended, kept=reasons > 0, why=reasons))


_STRUCTURE = frozenset("p ul ol dl table pre blockquote h1 h2 h3 h4 h5 h6 hr".split())
