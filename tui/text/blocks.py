"""Markdown -> blocks of plain text with spans, for a reader that lays out and paints them. No screen here.

A block is one paragraph, heading, list item, code, table, picture or rule, in reading order; quotes and lists are
prefixes of its lines. What a span means is known by position in the block's text. Links are numbered as they come.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

from store.text import visible

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore
    from markdown_it.token import Token

Kind = Literal["paragraph", "heading", "item", "quote", "code", "table", "picture", "rule"]
Mark = Literal["em", "strong", "strike", "code", "link", "picture"]
Align = Literal["left", "center", "right"]

_DEEPEST = 100_000  # levels; the parser drops the rest of a document without a word where it nests deeper
_DEEPEST_INSIDE = 20  # levels in a paragraph; deeper marks stay as text
_BULLETS = "•◦▪‣"
_QUOTE = "▎ "
_PICTURE = "▣ "
_LINE_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_BARE_ADDRESS = re.compile(r"https?://[^\s<>()\[\]\"'，。；、）》」”]+")
_BLANK_LINES = re.compile(r"\n(?: *\n)+")
_WIDE_FROM = "\u2e80"


@dataclass(frozen=True, slots=True)
class Span:
    """What a stretch of a block's text is; `target` is the number of a link's or picture's address."""

    start: int
    end: int
    mark: Mark
    target: int | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    text: str
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A block: `first` stands before its first line, `rest` before the others, `gap` empty lines follow.

    `level` of a heading counts from 1; `language` is that of code. The first of a table's `rows` is its head; it has no
    `text`.
    """

    kind: Kind
    text: str = ""
    spans: tuple[Span, ...] = ()
    first: str = ""
    rest: str = ""
    gap: int = 1
    level: int = 0
    language: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    aligns: tuple[Align, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    """The blocks of a text, and the addresses that spans refer to by number."""

    blocks: tuple[Block, ...]
    targets: tuple[str, ...]


def parse(source: str) -> Document:
    """The blocks of a Markdown text; nothing of it is left out. Text from outside is cleaned here."""
    clean = visible(source)
    try:
        tokens = _parser().parse(clean)
    except RecursionError:  # nested as no person nests: read as it stands
        return Document(tuple(Block("paragraph", text) for text in _BLANK_LINES.split(clean.strip("\n"))), ())
    reader = _Reader()
    blocks = tuple(reader.read(tokens))
    return Document(blocks, tuple(reader.targets))


@cache
def _parser() -> MarkdownIt:
    parser, inside = _one_parser(_DEEPEST), _one_parser(_DEEPEST_INSIDE)

    def parse_inside(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == "inline":
                token.children = []
                inside.inline.parse(token.content, inside, state.env, token.children)

    parser.core.ruler.at("inline", parse_inside)
    return parser


def _one_parser(deepest: int) -> MarkdownIt:
    from markdown_it import MarkdownIt

    # tags are text, but one of them is a line break in a cell; escaped ones must be told from it
    parser = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).disable("html_block")
    parser.options["maxNesting"] = deepest
    return parser


@dataclass(slots=True)
class _List:
    """An open list: the number of its next item, None for bullets."""

    number: int | None


class _Reader:
    """Walks over the tokens of a document."""

    def __init__(self) -> None:
        self.targets: list[str] = []
        self._lists: list[_List] = []
        self._quotes = 0
        self._marker: str | None = None  # of an item whose first block is still to come

    def read(self, tokens: Sequence[Token]) -> Iterator[Block]:
        """Its blocks. A list's last item is followed by an empty line, the others by none."""
        waiting: Block | None = None
        at = 0
        while at < len(tokens):
            block, at = self._step(tokens, at)
            if block is None:
                continue
            if waiting is not None:
                yield _spaced(waiting, block)
            waiting = block
        if waiting is not None:
            yield waiting

    def _step(self, tokens: Sequence[Token], at: int) -> tuple[Block | None, int]:
        token = tokens[at]
        match token.type:
            case "heading_open" | "paragraph_open":
                return self._paragraph(token, tokens[at + 1]), at + 3
            case "fence" | "code_block":
                first, rest = self._prefixes()
                language = (token.info or "").split(" ")[0]
                return Block("code", token.content.rstrip("\n"), first=first, rest=rest, language=language), at + 1
            case "hr":
                return Block("rule"), at + 1
            case "table_open":
                return self._table(tokens, at)
            case "bullet_list_open":
                self._lists.append(_List(None))
            case "ordered_list_open":
                self._lists.append(_List(int(token.attrs.get("start", 1))))
            case "bullet_list_close" | "ordered_list_close":
                self._lists.pop()
            case "list_item_open":
                self._marker = self._next_marker()
            case "list_item_close":
                self._marker = None
            case "blockquote_open":
                self._quotes += 1
            case "blockquote_close":
                self._quotes -= 1
        return None, at + 1

    def _next_marker(self) -> str:
        inner = self._lists[-1]
        if inner.number is None:
            return _BULLETS[(len(self._lists) - 1) % len(_BULLETS)] + " "
        inner.number += 1
        return f"{inner.number - 1}. "

    def _prefixes(self) -> tuple[str, str]:
        """What stands before the first line and before the others; an item's marker is used up."""
        quotes = _QUOTE * self._quotes
        indent = "  " * max(0, len(self._lists) - 1)
        if not self._lists:
            return quotes, quotes
        marker = self._marker if self._marker is not None else "  "
        self._marker = None
        return quotes + indent + marker, quotes + indent + " " * len(marker)

    def _paragraph(self, opening: Token, content: Token) -> Block:
        text, spans = self._inline(content)
        in_list = bool(self._lists)
        first, rest = self._prefixes()
        if opening.type == "heading_open":
            return Block("heading", text, spans, first, rest, level=int(opening.tag[1:]))
        if in_list:
            return Block("item", text, spans, first, rest, gap=0)
        if len(spans) == 1 and spans[0].mark == "picture" and spans[0].end - spans[0].start == len(text):
            return Block("picture", text, spans, first, rest)
        return Block("quote" if self._quotes else "paragraph", text, spans, first, rest)

    def _table(self, tokens: Sequence[Token], at: int) -> tuple[Block, int]:
        rows: list[list[Cell]] = []
        aligns: list[Align] = []
        while tokens[at].type != "table_close":
            token = tokens[at]
            if token.type == "tr_open":
                rows.append([])
            elif token.type in ("th_open", "td_open"):
                rows[-1].append(Cell(*self._inline(tokens[at + 1])))
                if token.type == "th_open":
                    aligns.append(_align(str(token.attrs.get("style", ""))))
            at += 1
        return Block("table", rows=tuple(map(tuple, rows)), aligns=tuple(aligns)), at + 1

    def _inline(self, token: Token) -> tuple[str, tuple[Span, ...]]:
        """The text as it is read, and what its stretches are."""
        text, spans = "", []
        opened: list[tuple[Mark, int, int | None]] = []
        children = token.children or []
        for number, child in enumerate(children):
            start = len(text)
            match child.type:
                case "softbreak":
                    text += _joint(text, children[number + 1 :])
                case "hardbreak":
                    text += "\n"
                case "html_inline" if _LINE_BREAK.fullmatch(child.content):
                    text += "\n"
                case "code_inline":
                    text += child.content
                    spans.append(Span(start, len(text), "code"))
                case "image":
                    text += _PICTURE + (_cleaned(child.content) or "image")
                    spans.append(Span(start, len(text), "picture", self._target(str(child.attrs.get("src", "")))))
                case "link_open":
                    opened.append(("link", start, self._target(str(child.attrs.get("href", "")))))
                case "em_open" | "strong_open" | "s_open":
                    opened.append((_MARKS[child.type], start, None))
                case "link_close" | "em_close" | "strong_close" | "s_close":
                    mark, begin, target = opened.pop()
                    spans.append(Span(begin, start, mark, target))
                case _:
                    content = _cleaned(child.content)
                    text += content
                    if "://" in content and not any(mark == "link" for mark, _, _ in opened):
                        spans += self._bare_addresses(content, start)
        return text, tuple(spans)

    def _bare_addresses(self, text: str, offset: int) -> Iterator[Span]:
        for found in _BARE_ADDRESS.finditer(text):
            yield Span(offset + found.start(), offset + found.end(), "link", self._target(found[0]))

    def _target(self, address: str) -> int:
        self.targets.append(address)
        return len(self.targets) - 1


def _cleaned(content: str) -> str:
    """The parser has turned `&#x202e;` and, in an address, `%1b` into characters: cleaned once more."""
    return content if content.isprintable() else visible(content)


_MARKS: dict[str, Mark] = {"em_open": "em", "strong_open": "strong", "s_open": "strike"}


def _align(style: str) -> Align:
    found = style.rpartition(":")[2]
    return found if found in ("center", "right") else "left"  # type: ignore[return-value]


def _joint(before: str, following: Sequence[Token]) -> str:
    """A line end of the source is a blank, but nothing between two wide characters."""
    after = next((token.content[:1] for token in following if token.content), "")
    return "" if before[-1:] >= _WIDE_FROM and after >= _WIDE_FROM else " "


def _spaced(block: Block, following: Block) -> Block:
    if block.kind != "item" or following.kind in ("item", "code"):
        return block
    from dataclasses import replace

    return replace(block, gap=1)
