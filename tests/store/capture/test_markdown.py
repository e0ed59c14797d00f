"""A tree becomes Markdown that a CommonMark reader turns back into the same words in the same structure."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path
from urllib.parse import unquote

import lxml.html
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from store.capture.markdown import to_markdown
from store.capture.tree import Element, parse

GOLDEN = Path(__file__).parents[2] / "golden"
URL = "https://example.org/notes/page.html"
RULES = (
    "headings nested-lists tables table-spans table-cells table-layout table-irregular code quotes figures footnotes"
    " definition-lists mathematics details accordions ruby sub-and-superscript links pictures emphasis line-breaks"
    " literal-text typed-lists heading-tools list-letters list-depth list-around typed-formulas code-lines"
    " code-languages table-heads styles title-lines title-lines-again pictures-lazy rules-between link-targets"
).split()
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
CONTAINERS = frozenset(("ul", "ol", "li", "blockquote", "pre", "h3", "th", "td"))


def markdown_of(inner: str) -> str:
    body = parse(f"<html><body>{inner}</body></html>", URL).find("body")
    return to_markdown(body, URL)


def letters(root: Element) -> list[tuple[str, tuple[str, ...]]]:
    """Each character that is no blank, and the lists, quotes, headings, cells and code that it stands in."""
    found: list[tuple[str, tuple[str, ...]]] = []

    def read(element: Element, path: tuple[str, ...]) -> None:
        path = (*path, element.tag) if element.tag in CONTAINERS else path
        add(element.text, path)
        for child in element:
            read(child, path)
            add(child.tail, path)

    def add(text: str | None, path: tuple[str, ...]) -> None:
        found.extend((character, path) for character in text or "" if not character.isspace())

    read(root, ())
    return found


def read_back(markdown: str) -> list[tuple[str, tuple[str, ...]]]:
    return letters(lxml.html.fromstring(f"<body>{READER.render(markdown)}</body>"))


@pytest.mark.parametrize("rule", RULES)
def test_each_rule_has_a_page_and_its_markdown(rule: str) -> None:
    page = (GOLDEN / rule / "page.html").read_text(encoding="utf-8")

    markdown = to_markdown(parse(page, URL).find("body"), URL)

    assert markdown == (GOLDEN / rule / "page.md").read_text(encoding="utf-8")


def test_no_rule_is_without_a_pair() -> None:
    pairs = {page.parent.name for page in GOLDEN.glob("*/page.html") if page.with_name("page.md").exists()}

    assert set(RULES) - pairs == set()


WORDS = st.lists(
    st.sampled_from(
        "a word 汉字 “引” * _ # 1. - + | <b> ` &amp; \\ [x] (y) ! > ~~ 2) = --- ``` & 。 [a](b) <!-- a_b **d** : :- \\*"
        " | ===".split()
    ),
    min_size=1,
    max_size=4,
).map(lambda words: html.escape(" ".join(words), quote=False))
INLINE = st.lists(
    st.one_of(
        WORDS,
        WORDS.map(lambda words: f"<a href='/u'>{words}</a>"),
        WORDS.map(lambda words: f" <code>{words}</code> "),
        st.just("<br>"),
    ),
    min_size=1,
    max_size=3,
).map("".join)
ANCHOR = re.compile(r"<h3>(?:(?!</h3>).)*<a href='/u'>[#¶§🔗]{1,2}</a>")
TYPED = re.compile(r"(?:<(?:p|br|li|div|blockquote)>)\s*([-*])\s.*<(?:p|br|li|div|blockquote)>\s*\1\s")
TYPED_TEX = re.compile(r"\\[(\[]|\$|\\begin")  # formulas are not escaped
LEAVES = st.one_of(
    INLINE.map(lambda words: f"<p>{words}</p>"),
    INLINE.map(lambda words: f"<h3>{words}</h3>"),
    WORDS.map(lambda words: f"<pre>{words}\n  {words}</pre>"),
    st.tuples(INLINE, INLINE).map(lambda two: f"<table><tr><th>{two[0]}a</th><th>{two[1]}b</th></tr></table>"),
    st.just("<hr>"),
)


def containers(blocks: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    inside = st.lists(blocks, min_size=1, max_size=3).map("".join)
    items = st.lists(inside.map(lambda words: f"<li>{words}</li>"), min_size=1, max_size=3).map("".join)
    return st.one_of(
        inside.map(lambda words: f"<blockquote>{words}</blockquote>"),
        items.map(lambda words: f"<ul>{words}</ul>"),
        items.map(lambda words: f"<ol start='9'>{words}</ol>"),
        inside.map(lambda words: f"<div>{words}</div>"),
    )


def test_an_anchor_beside_the_words_of_a_heading_goes_and_one_that_is_all_of_it_stays() -> None:
    assert markdown_of("<h3>Tides<a href='/u'>#</a></h3>").strip() == "### Tides"
    assert "#" in markdown_of("<p>a</p><h3><a href='/u'>#</a></h3>").replace("### ", "")


@settings(max_examples=150, deadline=None)
@given(st.lists(st.recursive(LEAVES, containers, max_leaves=8), min_size=1, max_size=3).map("".join))
def test_structure_and_words_survive_a_reader(inner: str) -> None:
    assume(ANCHOR.search(inner) is None and TYPED.search(inner) is None)  # those go on purpose, these become lists
    wanted = letters(lxml.html.fromstring(f"<body>{inner}</body>"))

    assert read_back(markdown_of(inner)) == wanted


LINES = st.lists(
    st.tuples(st.sampled_from("• - * 1. 2. 3. 1) 2、 a".split()), st.sampled_from(("", "b", "<b>c</b>"))), max_size=9
)


@settings(max_examples=150, deadline=None)
@given(LINES, st.sampled_from(("{}<br>", "<br>{}", "<p>{}</p>", "<div>{}</div>", "<span>{}<br></span>")))
def test_typed_lists_keep_every_word_in_its_order(lines: list[tuple[str, str]], around: str) -> None:
    inner = "<div>" + "".join(around.format(f"{sign} {words}{number}x") for number, (sign, words) in enumerate(lines))
    wanted = [f"{re.sub('<.*?>', '', words)}{number}x" for number, (_, words) in enumerate(lines)]

    found = lxml.html.fromstring(f"<body>{READER.render(markdown_of(inner))}</body>").text_content()

    assert re.findall(r"[bc]?\dx", found) == wanted


@settings(max_examples=150, deadline=None)
@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=40))
def test_text_means_the_same_in_cells_headings_links_and_items(words: str) -> None:
    assume(TYPED_TEX.search(words) is None)
    text = html.escape(words)
    wanted = "".join(words.split())
    for around in ("<h2>x {}</h2>", "<ul><li>{}</li></ul>", "<p><a href='/u'>x{}</a></p>", "<p>x<br>{}</p>",
                   "<table><tr><th>x {}</th><th>y</th></tr></table>"):  # fmt: skip
        inner = around.format(text)
        found = lxml.html.fromstring(f"<body>{READER.render(markdown_of(inner))}</body>").text_content()

        assert wanted in "".join(found.split())


@pytest.mark.slow
@pytest.mark.parametrize(
    ("piece", "around"),
    [
        ("word<br>", "<p>{}</p>"), ("a\n\n\n\t", "<p>{}</p>"), ("<b>a</b> ", "<p>{}</p>"), ("<code>a</code>", "{}"),
        ("<a href=x>a</a> ", "{}"), ("<span>a</span>", "<p>{}</p>"), ("<li>a", "<ul>{}</ul>"), ("<p>a</p>", "{}"),
        ("<img src=a.png>", "{}"), ("a<br>", "<table><tr><th>x<th>y<tr><td>{}<td>z</table>"), ("[", "<p>{}</p>"),
        ("*", "<p>{}</p>"), ("`", "<p>{}</p>"), ("• a<br>", "<p>{}</p>"), ("<p>- a</p>", "{}"),
        ("<tr><td>a<td>b</tr>", "<table>{}</table>"), ("#", "<h2>{}</h2>"),
    ],
)  # fmt: skip
def test_twice_the_page_costs_about_twice_the_time(piece: str, around: str) -> None:
    def seconds(size: int) -> float:
        body = parse("<html><body>" + around.format(piece * (size // len(piece))) + "</body></html>", URL).find("body")
        start = time.process_time()
        to_markdown(body, URL)
        return time.process_time() - start

    small = min(seconds(50_000), seconds(50_000))

    assert seconds(200_000) < 0.5 + 9 * small


@pytest.mark.parametrize("blank", ["　", "\u2003", "\u2002", "\u2009", "\xa0", "\u202f", "\u205f"])
@pytest.mark.parametrize("tag", ["b", "i", "s"])
def test_a_blank_at_the_edge_of_emphasis_stands_outside_of_it(blank: str, tag: str) -> None:
    for around in ("<p>前{}后</p>", "<ul><li>{}</li></ul>", "<table><tr><th>{}</th><th>y</th></tr></table>"):
        words = READER.render(markdown_of(around.format(f"<{tag}>{blank}中间{blank}</{tag}>")))

        assert lxml.html.fromstring(words).xpath(f"//{ {'b': 'strong', 'i': 'em', 's': 's'}[tag] }") != []
        assert "*" not in words
        assert "~" not in words


@pytest.mark.parametrize(("rows", "columns"), [(3, 300), pytest.param(1_500, 150, marks=pytest.mark.slow)])
def test_no_cell_of_a_wide_or_a_tall_table_is_lost(rows: int, columns: int) -> None:
    cells = [[f"r{row}c{column}" for column in range(columns)] for row in range(rows)]

    markdown = markdown_of("<table>" + "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in cells))

    assert markdown.startswith("<table>")
    assert set(re.findall(r"r\d+c\d+", markdown)) == {cell for row in cells for cell in row}


def test_a_cell_that_reaches_over_everything_hides_none_beside_it() -> None:
    row = "<tr><td colspan=1000000 rowspan=1000000>a</td><td>b{}</td></tr>"

    markdown = markdown_of("<table><tr><th>x</th></tr>" + "".join(row.format(number) for number in range(300)))

    assert set(re.findall(r"b\d+", markdown)) == {f"b{number}" for number in range(300)}


def test_all_levels_of_a_deep_list_reach_a_reader_that_stops_at_twenty() -> None:
    deep = "".join(f"<{'uo'[level % 2]}l><li>w{level}x" for level in range(40))

    assert re.findall(r"w\d+x", READER.render(markdown_of(deep))) == [f"w{level}x" for level in range(40)]


@pytest.mark.parametrize(
    "target",
    ["/?a=1&amp;copy;=2", "/?a&amp;amp;b", "/?a=1&amp;copy=2", "/a\u202eb", "/a\u2003b", "/\u200fx"],
)
def test_a_reader_finds_the_same_target(target: str) -> None:
    link = lxml.html.fromstring(READER.render(markdown_of(f'<p><a href="https://example.org{target}">x</a></p>')))

    wanted = html.unescape(f"https://example.org{target}")
    assert unquote(link.xpath("//a")[0].get("href")) == wanted
    assert not set("\u202e\u2003\u200f") & set(link.xpath("//a")[0].get("href"))
