"""An article's tree -> Markdown: CommonMark and tables, one paragraph a line. html2text writes it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import html2text
from lxml import etree

from store.capture import prepare
from store.capture.codeblocks import Code
from store.capture.emphasis import mark_emphasis, write_emphasis
from store.capture.escape import escape_start, escape_tree, unescape_marks
from store.capture.marks import BLOCK, BLOCK_END, BREAK, CELL, INLINE, INLINE_END, PARAGRAPH
from store.capture.media import base_of, settle_links, settle_pictures, settle_players
from store.capture.tables import Table, take_tables, write_table
from store.capture.tree import Element

_INLINE = re.compile(f"{INLINE}(\\d+){INLINE_END}")
_BLOCK = re.compile(f"{BLOCK}(\\d+){BLOCK_END}")
_SPLIT = re.compile(f"({PARAGRAPH}|{BREAK}|{BLOCK}\\d+{BLOCK_END})")
_PREFIX = re.compile(r"^((?:\s*>)*\s*)((?:-|\d+\.)\s+)?")
_LIST_INDENT = re.compile(r"^((?:>[ ]?)*)[ ]{2}(?=[ ]*(?:-|\d+\.) )", re.M)  # html2text begins at two blanks
_ANY_MARK = re.compile("[\ue000-\ue0ff]")


def to_markdown(body: Element, url: str) -> str:
    """The Markdown of an article's tree, which is used up. LF, one newline at the end; empty when nothing is there."""
    base = base_of(body.getroottree().getroot(), url)
    code = Code()
    prepare.take_mathematics(body, code.inline)
    settle_pictures(body, base)
    code.take(body, 0)
    prepare.remove_unseen(body)
    settle_players(body, base)
    prepare.settle_structure(body)
    prepare.unwrap_plain(body)
    settle_links(body, base)
    tables = take_tables(body, len(code.blocks))
    prepare.settle_breaks(body)
    prepare.settle_lists(body)
    mark_emphasis(body)
    escape_tree(body)
    for table in tables:
        for cell in table.cells:
            mark_emphasis(cell)
            escape_tree(cell)
    written = _Written(code, tables)
    return written.finish(_html2text(_html(body)))


class _Written:
    """html2text's text with the marks filled in."""

    def __init__(self, code: Code, tables: list[Table]) -> None:
        self._inline = code.inline
        self._blocks = list(code.blocks)
        self._code_blocks = len(code.blocks)
        self._blocks += _write_tables(tables, self._cell)

    def finish(self, text: str) -> str:
        lines: list[str] = []
        for line in write_emphasis(_LIST_INDENT.sub(r"\1", text)).split("\n"):
            lines += self._line(line) if _SPLIT.search(line) else [line]
        markdown = self._fill(unescape_marks("\n".join(_tidy(lines))))
        markdown = re.sub(r"\n{3,}", "\n\n", markdown).strip("\n").rstrip()
        return self._fill_blocks(markdown) + "\n" if markdown else ""

    def _line(self, line: str) -> Iterator[str]:
        """A line with breaks, paragraphs and blocks in it, each on lines of its own, as deep as the line is."""
        found = _PREFIX.match(line)
        assert found is not None
        outer, marker = found[1], found[2] or ""
        inner = outer + " " * len(marker)
        for number, (separator, words) in enumerate(_pieces(line[found.end() :])):
            if number == 0:
                yield outer + marker + words
                continue
            yield "\\" if separator == BREAK else inner.rstrip()  # `_tidy` joins the backslash to the line before
            yield inner + escape_start(words)

    def _cell(self, text: str) -> str:
        text = write_emphasis(text.strip())
        text = _BLOCK.sub(lambda found: self._code_in_cell(int(found[1])), text)
        text = re.sub(rf"(?:\s*[{BREAK}{PARAGRAPH}]\s*)+", BREAK, text).strip(BREAK)
        text = re.sub(r"\s*\n\s*", " ", text).replace(BREAK, "<br>")
        text = self._fill(unescape_marks(text)).replace("|", "\\|").replace("\\\\|", "\\|")
        return _ANY_MARK.sub("", text).strip()

    def _code_in_cell(self, number: int) -> str:
        if number >= self._code_blocks:
            return " "
        lines = [line for line in self._blocks[number].split("\n")[1:-1] if line.strip()]
        return BREAK.join(f"`{line}`" if "`" not in line else f"`` {line} ``" for line in lines)

    def _fill(self, text: str) -> str:
        for _ in range(3):  # code inside a link inside code
            if INLINE not in text:
                break
            text = _INLINE.sub(lambda found: self._inline[int(found[1])], text)
        return text

    def _fill_blocks(self, markdown: str) -> str:
        lines: list[str] = []
        for line in markdown.split("\n"):
            found = _BLOCK.search(line)
            if found is None:
                lines.append(_ANY_MARK.sub("", line))
                continue
            prefix = line[: found.start()]
            inner = re.sub(r"(?:-|\d+\.)(\s+)$", lambda m: " " * len(m[0]), prefix)
            first, *others = self._blocks[int(found[1])].split("\n")
            lines.append(prefix + first)
            lines += [inner + other if other else inner.rstrip() for other in others]
        return "\n".join(lines)


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """(what stands before it, words or the mark of a block), in order; blank ones left out."""
    separator, after_block = PARAGRAPH, False
    for part in _SPLIT.split(text):
        if part in (PARAGRAPH, BREAK):
            separator = PARAGRAPH if PARAGRAPH in (part, separator) else BREAK
            continue
        words = part.strip(" \u3000")
        if not words:
            continue
        is_block = _BLOCK.fullmatch(words) is not None
        yield PARAGRAPH if is_block or after_block else separator or PARAGRAPH, words
        separator, after_block = "", is_block


def _write_tables(tables: list[Table], finish: Callable[[str], str]) -> list[str]:
    """All cells of all tables through html2text in one call."""
    cells = [cell for table in tables for cell in table.cells]
    if not cells:
        return []
    source = f"<p>{CELL}</p>".join(f"<p>{_inner_html(cell)}</p>" for cell in cells)
    texts = [finish(text) for text in _html2text(source).split(CELL)]
    written, start = [], 0
    for table in tables:
        written.append(write_table(table, texts[start : start + len(table.cells)]))
        start += len(table.cells)
    return written


def _tidy(lines: list[str]) -> Iterator[str]:
    """Breaks joined to the line they end; rules and blanks as CommonMark has them."""
    kept: list[str] = []
    for line in lines:
        if line == "\\":
            kept[-1] = kept[-1] + "\\"
            continue
        line = re.sub(r"^( *)\* \* \*$", r"\1---", line.rstrip())
        kept.append(re.sub(r"^(#{1,6}) {2,}", r"\1 ", line))
    yield from kept


def _html2text(source: str) -> str:
    writer = html2text.HTML2Text(bodywidth=0)
    writer.unicode_snob = True
    writer.wrap_links = False
    writer.skip_internal_links = True
    writer.include_sup_sub = True
    writer.use_automatic_links = False
    writer.ul_item_mark = "-"
    writer.emphasis_mark = "*"
    return str(writer.handle(source))


def _html(element: Element) -> str:
    return str(etree.tostring(element, encoding="unicode", method="html", with_tail=False))


def _inner_html(element: Element) -> str:
    return re.sub(r"^<[^>]*>|</[a-z0-9]+>$", "", _html(element))
