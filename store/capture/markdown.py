"""An article's tree -> Markdown: CommonMark and tables, one paragraph a line.

html2text writes what is inside a paragraph, a heading or a cell, all of them in one call; `compose` sets the lines of
headings, lists and quotes around them, `tables` and `codeblocks` write the rest.
"""

from __future__ import annotations

import html
import re
from collections.abc import Sequence

import html2text

from store.capture import prepare
from store.capture.codeblocks import Code
from store.capture.compose import Composer
from store.capture.emphasis import blanks_out, mark_emphasis, write_emphasis
from store.capture.escape import escape_start, join_lines, unescape_marks
from store.capture.headingtools import remove_heading_tools
from store.capture.inline import inner_source
from store.capture.listmarks import spell_numbers
from store.capture.marks import BLOCK, BLOCK_END, BREAK, ESCAPE, INLINE, INLINE_END, LEAF, PARAGRAPH
from store.capture.mathematics import take_mathematics
from store.capture.media import base_of, settle_links, settle_players
from store.capture.outline import Leaf, parts_of
from store.capture.pictures import settle_pictures
from store.capture.piped import write_table
from store.capture.references import unescape
from store.capture.styled import settle_styles
from store.capture.tables import Table, take_tables
from store.capture.titles import settle_title_lines
from store.capture.tree import Element
from store.capture.typedlists import settle_typed_lists
from store.capture.typedtex import take_typed_tex

_INLINE = re.compile(f"{INLINE}(\\d+){INLINE_END}")
_TOUCHING = re.compile(f"(?:{INLINE}\\d+{INLINE_END}){{2,}}")
_BLOCK = re.compile(f"{BLOCK}(\\d+){BLOCK_END}")
_ANY_MARK = re.compile("[\ue000-\ue0ff]")
_BLANKS = re.compile(" {2,}")
_EDGES = " \t\r\n\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_BREAK_IN_LINK = re.compile(rf"(\[)[ {BREAK}]*{BREAK}[ {BREAK}]*|[ {BREAK}]*{BREAK}[ {BREAK}]*(\]\()")
_BREAKS = re.compile(rf"(?:\s*[{BREAK}{PARAGRAPH}]\s*)+")


def to_markdown(body: Element, url: str) -> str:
    """The Markdown of an article's tree, which is used up. LF, one newline at the end; empty when nothing is there."""
    base = base_of(body.getroottree().getroot(), url)
    code = Code()
    take_mathematics(body, code.inline)
    settle_pictures(body, base)
    take_typed_tex(body, code.inline)
    prepare.remove_unseen(body)
    remove_heading_tools(body)
    settle_players(body, base)
    settle_links(body, base)
    code.take(body, 0)
    settle_title_lines(body)
    settle_styles(body)
    prepare.settle_structure(body)
    spell_numbers(body)
    tables = take_tables(body, len(code.blocks))
    settle_typed_lists(body)
    prepare.settle_breaks(body)
    prepare.settle_lists(body)
    for root in (body, *(table.element for table in tables if not table.source)):
        mark_emphasis(root)
    return _written(body, code, tables)


def _written(body: Element, code: Code, tables: list[Table]) -> str:
    parts = list(parts_of(body))
    leaves = [part.source for part in parts if isinstance(part, Leaf)]
    cells = [inner_source(cell) for table in tables for cell in table.cells]
    texts = _html2text([*leaves, *cells])
    finish = _Finish(code)
    blocks = [*code.blocks, *finish.tables(tables, texts[len(leaves) :])]
    return Composer([finish.leaf(text) for text in texts[: len(leaves)]], blocks).take(parts)


class _Finish:
    """html2text's texts with the marks filled in."""

    def __init__(self, code: Code) -> None:
        self._code = code

    def leaf(self, text: str) -> str:
        """Its paragraphs, a blank line between them; a line break is a backslash at the end of a line."""
        paragraphs = (self._paragraph(piece) for piece in blanks_out(text).split(PARAGRAPH))
        return "\n\n".join(filter(None, paragraphs))

    def _paragraph(self, text: str) -> str:
        lines = [line.strip(_EDGES) for line in text.split(BREAK)]
        words = write_emphasis(f"{ESCAPE}\n".join(map(escape_start, filter(None, lines))))
        return self._filled(_BLANKS.sub(" ", _BLOCK.sub(" ", words)).strip(_EDGES))

    def tables(self, tables: list[Table], texts: Sequence[str]) -> list[str]:
        """Each table as pipes, or as the HTML it was left as. `texts` are html2text's, of all their cells."""
        written, start = [], 0
        for table in tables:
            end = start + len(table.cells)
            cells = [self._cell(text) for text in texts[start:end]]
            written.append(self._kept(table.source) if table.source else write_table(table, cells))
            start = end
        return written

    def _cell(self, text: str) -> str:
        text = _BLOCK.sub(lambda found: self._lines_of_code(int(found[1])), text)
        text = _BLANKS.sub(" ", write_emphasis(_BREAKS.sub(BREAK, blanks_out(text)).strip(_EDGES + BREAK)))
        return self._filled(text.replace(BREAK, "<br>").strip(_EDGES)).replace("|", "\\|")

    def _lines_of_code(self, number: int) -> str:
        lines = [line for line in self._code.blocks[number].split("\n")[1:-1] if line.strip()]
        return BREAK + BREAK.join(map(self._code.add_ticked, lines)) + BREAK

    def _filled(self, text: str) -> str:
        text = _TOUCHING.sub(lambda found: self._code.merged(found[0]), unescape_marks(text))
        for _ in range(3):  # code inside a link inside code
            if INLINE not in text:
                break
            text = _INLINE.sub(lambda found: self._code.inline[int(found[1])], text)
        return _ANY_MARK.sub("", text)

    def _kept(self, source: str) -> str:
        source = _INLINE.sub(lambda found: _as_html(self._code.inline[int(found[1])]), source)
        source = _BLOCK.sub(lambda found: _block_as_html(self._code.blocks[int(found[1])]), source)
        return _ANY_MARK.sub("", source)


def _as_html(inline: str) -> str:
    words = html.escape(inline.strip("`"), quote=False)
    return f"<code>{words}</code>" if inline.startswith("`") else words


def _block_as_html(block: str) -> str:
    lines = block.split("\n")[1:-1]
    return "<pre>" + "&#10;".join(html.escape(line, quote=False) for line in lines) + "</pre>"


def _html2text(sources: Sequence[str]) -> list[str]:
    """The Markdown of each piece of inline HTML: in one call, and only where there is markup."""
    marked = [source for source in sources if "<" in source]
    converted = iter(_converted(marked) if marked else ())
    texts = [next(converted) if "<" in source else unescape(source) for source in sources]
    return [join_lines(text).strip(_EDGES) for text in texts]


def _converted(sources: Sequence[str]) -> list[str]:
    writer = html2text.HTML2Text(bodywidth=0)
    writer.unicode_snob = True
    writer.wrap_links = False
    writer.skip_internal_links = True
    writer.include_sup_sub = True
    writer.use_automatic_links = False
    joined = f"<p>{LEAF}</p>".join(f"<p>{source}</p>" for source in sources)
    written = str(writer.handle(joined)).replace("\\", "")  # the backslashes are its own: ours are marks
    return _BREAK_IN_LINK.sub(lambda found: found[1] or found[2], written).split(LEAF)
