"""How a page became its article: every block with its fate, and where each fact was read. Run in `worker` children."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Literal

from store.capture.charset import decode
from store.capture.choose import Choice, cut
from store.capture.choose.mend import HEADING, HOLE, LIKELY, PHRASE, UNIT
from store.capture.embedded import Data, show, stated
from store.capture.extract import chosen_of, with_opener
from store.capture.metadata import read_metadata
from store.capture.sniff import binary_type, text_kind
from store.capture.tree import Element, one_space, parse
from store.errors import NotAWebPage
from store.text import one_line

Why = Literal["likely", "unlikely", "heading", "gap", "whole", "phrase", "picture", "head", "data"]

_WHY: dict[int, Why] = {LIKELY: "likely", HEADING: "heading", HOLE: "gap", UNIT: "whole", PHRASE: "phrase"}
_TEXT, _NAME, _VALUE = 20_000, 60, 500  # characters
_MOST_TEXT = 2_000_000  # of all blocks
_BRIEF = 200  # of a block behind that
_NEAREST, _WORDS = 5, 20  # dropped texts that are told again, and the characters such a text has


@dataclass(frozen=True, slots=True)
class Fate:
    """A block of a page. `likely`: 0 to 1; `where`: its element and class.

    `why`: likely or unlikely by itself; kept as the heading of kept text, to close a gap, since its table or code block
    is kept whole, as a picture beside kept text, or since the page's data have it; dropped as a phrase that never
    belongs to an article, or as the head of a post, for which a line of ours stands.
    """

    kept: bool
    likely: float
    why: Why
    where: str
    text: str


@dataclass(frozen=True, slots=True)
class Explained:
    """`facts`: name -> (value, where the page says so). `threshold`: blocks at least so likely are kept; None: all.

    `kind`: what the bytes are; all but html is kept as it is. `data`: whose data the article was read from, on a page
    without a text of its own.
    """

    charset: str
    charset_by: str
    facts: dict[str, tuple[str, str]] = field(default_factory=dict)
    threshold: float | None = None
    blocks: tuple[Fate, ...] = ()
    kind: str = "html"
    data: Data | None = None

    @property
    def near(self) -> tuple[Fate, ...]:
        """The dropped texts that came closest to being kept, closest first."""
        dropped = [
            each for each in self.blocks if not each.kept and each.why == "unlikely" and len(each.text) >= _WORDS
        ]
        return tuple(sorted(dropped, key=lambda each: -each.likely)[:_NEAREST])

    def holding(self, text: str) -> tuple[Fate, ...]:
        """The blocks that hold a text, however its letters are cased and its words are spaced."""
        wanted = _folded(text)
        return tuple(each for each in self.blocks if wanted in _folded(each.text))


def explain(page: bytes, url: str, type_: str | None, charset: str | None) -> Explained:
    """Why what is kept of a page is kept. `type_`, `charset` as declared. Raises ConvertError."""
    binary = binary_type(page, charset)
    if binary is not None:
        raise NotAWebPage(url, binary)
    decoded = decode(page, charset)
    kind = text_kind(type_, decoded.text)
    if kind != "html":
        return Explained(decoded.name, decoded.by, kind=kind)
    root = parse(decoded.text, url)
    data, article = stated(root, decoded.text)
    if article is not None:
        show(root, article)
    said = read_metadata(root, url)
    chosen, thread = chosen_of(cut(root), decoded.text, url)
    said = with_opener(said, thread)
    facts = {name: (one_line(getattr(said, name), _VALUE), source) for name, source in said.sources.items()}
    threshold = None if chosen.mended is None else round(chosen.mended.threshold, 3)
    blocks = tuple(_fates(chosen, thread.instead_of))
    if data is not None:  # nothing was chosen
        threshold, blocks = None, tuple(replace(each, kept=True, likely=1.0, why="data") for each in blocks)
    return Explained(decoded.name, decoded.by, facts, threshold, blocks, "html", data)


def _fates(chosen: Choice, heads: frozenset[int]) -> list[Fate]:
    long = sum(len(block.text) for block in chosen.page.blocks) > _MOST_TEXT
    return [
        Fate(
            kept,
            round(likely, 3),
            _why(chosen, at, heads),
            _where(block.element),
            one_line(block.text, _BRIEF if long else _TEXT),
        )
        for at, (block, kept, likely) in enumerate(zip(chosen.page.blocks, chosen.kept, chosen.likely, strict=True))
    ]


def _why(chosen: Choice, at: int, heads: frozenset[int]) -> Why:
    if at in heads:
        return "head"
    if not chosen.page.blocks[at].text:
        return "picture"
    return "likely" if chosen.mended is None else _WHY.get(int(chosen.mended.why[at]), "unlikely")


def _folded(text: str) -> str:
    return "".join(text.casefold().split())


def _where(element: Element) -> str:
    """`div#main`, `p.lead`: as style sheets write it."""
    name = element.get("id")
    class_ = one_space(element.get("class") or "").split(" ")[0]
    return one_line(f"{element.tag}{f'#{name}' if name else f'.{class_}' if class_ else ''}", _NAME)


def received(answer: dict[str, Any]) -> Explained:
    """What `dataclasses.asdict` made of an Explained, back from JSON. Raises TypeError, ValueError, KeyError."""
    blocks = tuple(Fate(**each) for each in answer["blocks"])
    facts = {name: (value, source) for name, (value, source) in answer["facts"].items()}
    return Explained(**{**answer, "blocks": blocks, "facts": facts})
