"""Bytes of a page become its article in faithful Markdown, or a named error."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pages import PROSE, article
from store.capture.convert import convert
from store.capture.converted import Converted
from store.errors import ConversionTooBig, ConvertError, NoArticle, NotAWebPage

GOLDEN = [Path(__file__).parents[2] / "golden" / name for name in ("notice", "structure")]  # whole pages
URL = "https://example.org/notes/page.html"


def body_of(inner: str, **more: str) -> str:
    return convert(article(inner=inner, **more).encode(), URL, "text/html", None).markdown


def whole(inner: str) -> str:
    """A page that is nothing but this."""
    return convert(f"<html><body><article>{inner}</article></body></html>".encode(), URL, None, None).markdown


@pytest.mark.parametrize("folder", GOLDEN, ids=lambda folder: folder.name)
def test_a_page_gives_just_this_markdown(folder: Path) -> None:
    page = (folder / "page.html").read_bytes()

    markdown = convert(page, URL, "text/html", None).markdown

    assert markdown == (folder / "page.md").read_text(encoding="utf-8")


def test_the_article_is_kept_and_what_stands_around_it_is_not() -> None:
    markdown = body_of("")

    assert all(sentence in markdown for sentence in PROSE)
    assert not any(word in markdown for word in ("About us", "Ten sheds", "Copyright"))


@pytest.mark.parametrize(
    ("text", "tag"),
    [
        ("# no heading", "h1"), ("1. no list", "ol"), ("- no list", "ul"), ("+ no list", "ul"),
        ("&gt; no quote", "blockquote"),
        ("--- ", "hr"), ("*no* emphasis", "em"), ("_no_ emphasis", "em"), ("`no` code", "code"), ("[no](link)", "a"),
        ("&lt;b&gt;no&lt;/b&gt; tag", "b"), ("~~no~~ strike", "s"), ("1) no list", "ol"), ("&amp;copy; no entity", "©"),
    ],
)  # fmt: skip
def test_text_that_looks_like_markdown_stays_text(text: str, tag: str) -> None:
    html = MarkdownIt("commonmark").enable(["table", "strikethrough"]).render(whole(f"<p>{text}</p><p>{PROSE[0]}</p>"))

    assert f"<{tag}" not in html
    assert tag != "©" or tag not in html


def test_a_line_break_is_a_backslash_and_two_are_a_paragraph() -> None:
    markdown = whole("<p>one<br>- two<br><br>three</p>")

    assert markdown == "one\\\n\\- two\n\nthree\n"


def test_a_newline_between_han_characters_is_no_space() -> None:
    assert whole("<p>各区文化\n和旅游局</p>") == "各区文化和旅游局\n"


def test_lists_nest_and_keep_their_paragraphs_and_code() -> None:
    markdown = whole("<ul><li>a<ul><li>b<p>c</p><pre>d\n  e</pre></li></ul></li><li>f</li></ul>")

    html = MarkdownIt("commonmark").render(markdown)
    assert html.count("<ul>") == 2
    assert "<p>c</p>" in html
    assert "<pre><code>d\n  e\n</code></pre>" in html


def test_code_keeps_its_language_and_indentation() -> None:
    markdown = whole('<pre class="language-python"><code>def f():\n    return "```"\n</code></pre>')

    assert markdown == '````python\ndef f():\n    return "```"\n````\n'


def test_cells_keep_bars_breaks_and_lists_and_spans_are_laid_out() -> None:
    markdown = whole(
        "<table><tr><th rowspan=2>a|b</th><th colspan=2>c</th></tr>"
        "<tr><td>d<br>e</td><td><ul><li>f</li><li>g</li></ul></td>"
        "</tr><tr><td>h</td><td>i</td><td><code>j|k</code></td></tr></table>"
    )

    assert markdown == "| a\\|b | c d<br>e | c • f<br>• g |\n| --- | --- | --- |\n| h | i | `j\\|k` |\n"


def test_a_span_of_a_billion_is_bounded() -> None:
    markdown = whole(
        "<table><tr><th colspan=1000000000 rowspan=1000000000>a</th><th>b</th></tr><tr><td>c</td></tr></table>"
    )

    assert len(markdown) < 10_000


def test_links_and_pictures_are_absolute_and_safe() -> None:
    markdown = body_of(
        '<p>Read <a href="guide.html">the guide</a>, not <a href="javascript:x()">this</a>.</p>'
        '<p><img src="data:image/gif;base64,R0" data-src="p (1).png" alt="A plan"><img src="data:x"></p>',
        head='<base href="/manual/">',
    )

    assert "[the guide](https://example.org/manual/guide.html)" in markdown
    assert "![A plan](https://example.org/manual/p%20%281%29.png)" in markdown
    assert "javascript" not in markdown
    assert "data:" not in markdown


def test_the_page_tells_its_title_author_site_day_and_language() -> None:
    head = (
        '<meta property="og:site_name" content="Tidewater"><meta name="author" content="By Ines Halloran">'
        '<meta property="article:published_time" content="2026-03-02T08:30:00+01:00">'
    )
    page = article("How a marsh keeps its height", head=head).replace("height</title>", "height | Tidewater</title>")

    found = convert(page.encode(), URL, "text/html", None)

    facts = (found.title, found.author, found.site, found.published, found.lang)
    assert facts == ("How a marsh keeps its height", "Ines Halloran", "Tidewater", "2026-03-02T08:30:00+01:00", "en")


def test_json_ld_is_believed_and_nobody_is_nobody() -> None:
    head = (
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle", "datePublished": "2024-05-17", '
        '"author": [{"name": "A. Weaver"}, {"name": "admin"}], "publisher": {"name": "The Quay"}}]}</script>'
    )
    found = convert(article(head=head).encode(), URL, "text/html", None)

    assert (found.published, found.author, found.site) == ("2024-05-17", "A. Weaver", "The Quay")


@pytest.mark.parametrize(
    ("page", "kind"),
    [(b"%PDF-1.7 x", "application/pdf"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"PK\x03\x04x", "application/zip"),
     (b"a\x00b\x00\x00\x01" * 50, "application/octet-stream"),
     (b"<?xml version='1.0'?><rss></rss>", "application/rss+xml"),
     (b'<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "application/rss+xml")],
)  # fmt: skip
def test_what_is_no_page_is_named(page: bytes, kind: str) -> None:
    with pytest.raises(NotAWebPage) as caught:
        convert(page, URL, None, None)

    assert caught.value.type == kind


def test_other_texts_are_kept_as_code_and_markdown_as_it_is() -> None:
    assert convert(b'{"a": 1}', URL, "application/json", None).markdown == '```json\n{"a": 1}\n```\n'
    assert convert(b"# A\n\nb", URL, "text/markdown", None).markdown == "# A\n\nb\n"
    assert convert(b"# A\n\nb", "https://example.org/README.md", "text/plain", None).markdown == "# A\n\nb\n"
    assert convert(b"a\n  b", URL, "text/plain", None).markdown == "```\na\n  b\n```\n"
    assert convert(b"<a>1</a>", URL, "text/xml", None).markdown == "```xml\n<a>1</a>\n```\n"
    assert convert(b'{"a": "<html>"}', URL, "application/json", None).markdown == '```json\n{"a": "<html>"}\n```\n'


def test_an_empty_page_is_no_article_and_a_monstrous_tag_is_refused() -> None:
    with pytest.raises(NoArticle):
        convert(b"<html><body><!-- x --></body></html>", URL, "text/html", None)
    with pytest.raises(ConversionTooBig):
        convert(b"<p " + b"a=1 " * 50_000 + b">x</p>", URL, "text/html", None)


def test_a_quote_never_closed_does_not_cost_the_page() -> None:
    words = b"<p>These are the plain words of a rather long paragraph, many times over.</p>" * 400
    page = b"<body><article><h1>Harbour</h1>" + words + b'</article><img alt="5" inch"><p>End " of it.</p></body>'

    assert convert(page, URL, "text/html", None).markdown.count("plain words") == 400


@given(
    st.binary(max_size=400)
    | st.text(st.sampled_from("<>/ab \"'=&;#x!-[]?tdrulipre\n　汉"), max_size=300).map(str.encode)
)
@example(b"<a href='//'><table><td><button><p>x")
@example(b"<table><tr><td><table><tr><td>x</td></tr></table></td></tr></table>")
@example("<p>\ud800&#1;&#xD800;</p>".encode("utf-8", "surrogatepass"))
def test_any_bytes_are_an_article_or_a_named_error(page: bytes) -> None:
    try:
        found = convert(page, URL, "text/html", None)
    except ConvertError:
        return

    assert isinstance(found, Converted)
    assert found.markdown.endswith("\n")
    assert not set(found.markdown) & set("\x00\x1b\x9b")
    assert not any("\ue000" <= character <= "\ue0ff" for character in found.markdown)


@given(st.text(st.characters(min_codepoint=32, max_codepoint=126), min_size=1, max_size=60))
def test_any_words_come_back_from_a_markdown_reader(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    wanted = " ".join(words.split())
    if not any(character.isalnum() for character in wanted) or set("$\\") & set(words):
        return  # a formula stays as it was typed

    tokens = MarkdownIt("commonmark").enable("table").parse(whole(f"<p>{escaped}</p>"))
    text = "".join(
        child.content if child.type in ("text", "text_special") else " " if "break" in child.type else f"<{child.type}>"
        for token in tokens for child in token.children or []
    )  # fmt: skip
    assert text == wanted


def test_no_control_character_comes_by_a_reference():
    page = "<body><p>" + "The ferry&#157; leaves&#x9d; the quay&#129; at six in the morning. " * 3 + "</p></body>"

    markdown = convert(page.encode(), URL, "text/html", "utf-8").markdown

    assert "The ferry leaves the quay at six" in markdown
