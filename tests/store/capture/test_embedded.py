"""An article that stands in a page's data is found where the page shows no text, and nowhere else."""

from __future__ import annotations

import html
import json

import pytest

from pages import PROSE, article
from store.capture.convert import convert
from store.capture.embedded import embedded_article, is_shell
from store.capture.tree import one_space, parse, text_of
from store.errors import NeedsBrowser, NoArticle

URL = "https://example.org/a"
SHELL = '<div id="__next"></div><script src="/app.js"></script>'


def page(inner: str, head: str = "") -> str:
    return f"<!DOCTYPE html><html><head><title>The harbour log</title>{head}</head><body>{inner}</body></html>"


def next_page(data: object, shown: str = SHELL) -> str:
    return page(f'{shown}<script id="__NEXT_DATA__" type="application/json">{json.dumps(data)}</script>')


def found(source: str) -> str | None:
    element = embedded_article(parse(source, URL), source)
    return None if element is None else one_space(text_of(element))


def markdown(source: str) -> str:
    return convert(source.encode(), URL, "text/html", None).markdown


def json_ld(body: str) -> str:
    data = {"@graph": [{"@type": "NewsArticle", "articleBody": body, "datePublished": "2024-05-17"}]}
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_an_article_body_in_json_ld_is_the_article_of_a_page_without_text() -> None:
    source = page(SHELL, head=json_ld("\n\n".join(PROSE)))

    converted = convert(source.encode(), URL, "text/html", None)

    assert converted.markdown == "\n\n".join(PROSE) + "\n"
    assert (converted.title, converted.published) == ("The harbour log", "2024-05-17")


def test_json_ld_in_the_body_still_tells_the_day() -> None:
    source = page(SHELL + json_ld("\n\n".join(PROSE)))

    assert convert(source.encode(), URL, "text/html", None).published == "2024-05-17"


@pytest.mark.parametrize("escaped", [False, True])
def test_an_article_body_that_is_html_keeps_its_structure(escaped: bool) -> None:
    body = f"<h2>Tides</h2><p>{PROSE[0]}</p><ul><li>{PROSE[1]}</li><li>{PROSE[2]}</li></ul>"

    made = markdown(page(SHELL, head=json_ld(html.escape(body) if escaped else body)))

    assert made == f"## Tides\n\n{PROSE[0]}\n\n- {PROSE[1]}\n- {PROSE[2]}\n"


def test_the_longest_document_of_next_data_is_taken_with_its_markdown() -> None:
    post = {"title": "Tides", "content": f"## Tides\n\n{PROSE[0]}\n\n- {PROSE[1]}\n- {PROSE[2]}\n\n[map](/map)"}
    teaser = {"body": "<p>Short.</p><p>Shorter.</p>"}
    source = next_page({"props": {"pageProps": {"related": [teaser], "post": post, "build": "x" * 5_000}}})

    assert markdown(source) == (
        f"## Tides\n\n{PROSE[0]}\n\n- {PROSE[1]}\n- {PROSE[2]}\n\n[map](https://example.org/map)\n"
    )


def test_an_article_in_pieces_is_put_together_or_left() -> None:
    pieces = [{"html": "".join(f"<p>{sentence}</p>" for sentence in half)} for half in (PROSE[:3], PROSE[2:])]
    pieces.insert(1, {"html": "<h2>Ice</h2>"})
    leaves = [{"nodeType": "text", "value": sentence} for sentence in PROSE]

    together = found(next_page({"post": {"blocks": pieces}}))

    assert together == "".join([*PROSE[:3], "Ice", *PROSE[2:]])
    assert found(next_page({"post": {"body": leaves}})) is None  # one of five paragraphs is no article


def test_scripts_addresses_and_settings_are_no_article() -> None:
    texts = ["var a = 1;\n" * 50, "https://example.org/" + "a" * 400, "{\n" + '"a": "b",\n' * 60 + "}", "1 2\n" * 200]

    assert found(next_page({"content": texts[0], "body": texts[1], "text": texts[2], "html": texts[3]})) is None


def test_a_page_with_a_text_of_its_own_is_not_looked_into() -> None:
    source = article(head=json_ld("Another text altogether, which no reader of this page has ever seen. " * 20))

    assert found(source) is None
    assert "Another text" not in markdown(source)


def discourse(posts: list[dict[str, object]], noscript: str = "") -> str:
    topic = json.dumps({"title": "Knots", "post_stream": {"posts": posts}})
    preloaded = json.dumps({"site": "{}", "topicList": "[]", "topic_71": topic})
    return page(f'<div class="hidden" id="data-preloaded" data-preloaded="{html.escape(preloaded)}"></div>{noscript}')


def test_posts_that_discourse_preloads_come_with_author_and_day() -> None:
    posts: list[dict[str, object]] = [
        {"name": "Ines <H>", "username": "ines", "created_at": "2026-03-02T08:30:00Z", "cooked": f"<p>{PROSE[0]}</p>"},
        {
            "name": "",
            "username": "tom",
            "created_at": "2026-03-03T08:30:00Z",
            "cooked": "<blockquote><p>Yes.</p></blockquote>",
        },
        {"cooked": ""},
    ]

    assert markdown(discourse(posts)) == (
        f"**Ines \\<H>**, 2026-03-02\n\n{PROSE[0]}\n\n**tom**, 2026-03-03\n\n> Yes.\n"
    )


@pytest.mark.parametrize("broken", ['{"topic_1": "{"}', "[]", "{", "null", '{"topic_1": "{\\"post_stream\\": 3}"}'])
def test_broken_data_is_no_article(broken: str) -> None:
    source = page(f'<div data-preloaded="{html.escape(broken)}"></div>')

    assert found(source) is None


def test_data_that_nests_for_ever_costs_nothing() -> None:
    deep = "[" * 100_000
    source = page(
        f'{SHELL}<script id="__NEXT_DATA__">{deep}</script><script type="application/ld+json">{deep}</script>'
    )

    assert found(source) is None


def test_openings_without_an_end_are_passed_over() -> None:
    assert found(page("<script id=__NEXT_DATA__>" * 20_000)) is None


@pytest.mark.parametrize(
    "source",
    [page(SHELL), page('<app-root>Loading...</app-root><script src="x"></script><p>Terms</p>'),
     "<script>document.cookie='a=b';location.reload()</script>", page("<script>x</script>")],
)  # fmt: skip
def test_a_page_that_scripts_build_needs_a_browser(source: str) -> None:
    with pytest.raises(NeedsBrowser):
        convert(source.encode(), URL, "text/html", None)


def test_a_page_without_text_and_scripts_is_no_article() -> None:
    with pytest.raises(NoArticle):
        convert(page("<hr>").encode(), URL, "text/html", None)


def test_a_short_page_with_scripts_is_a_page() -> None:
    source = page('<p>Closed on Mondays. The keys are with the warden.</p><script src="count.js"></script>')

    assert not is_shell(parse(source, URL), source)
    assert "warden" in markdown(source)
