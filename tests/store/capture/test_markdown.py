"""A tree becomes Markdown that a CommonMark reader turns back into the same words in the same structure."""

from __future__ import annotations

import html
import re
import time
from pathlib import Path

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
    " literal-text typed-lists"
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
