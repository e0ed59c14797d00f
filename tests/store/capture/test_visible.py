"""What of a page is its body, and what of that a browser shows."""

from __future__ import annotations

import pytest

from store.capture.convert import convert
from store.capture.tree import parse, text_of

URL = "https://www.example.org/page"
PROSE = "The committee met on Tuesday and decided that the library should stay open in the evening. " * 3


def shown(source: str) -> str:
    return text_of(parse(source, URL).find("body"))


@pytest.mark.parametrize("tag", ["main", "article", "section", "header", "nav", "figure", "x-page", "dialog", "search"])
@pytest.mark.parametrize("behind", ["", "<footer>Foot</footer>", "<p>Foot of the page</p>", "words alone"])
def test_a_page_without_a_body_tag_has_one(tag: str, behind: str) -> None:
    root = parse(
        f"<!doctype html><meta charset=utf-8><title>Log</title><{tag}><h1>Head</h1>{PROSE}</{tag}>{behind}", URL
    )

    assert [child.tag for child in root] == ["head", "body"]
    assert [child.tag for child in root.find("head")] == ["meta", "title"]
    assert text_of(root.find("body")).startswith("Head" + PROSE)


def test_what_follows_in_the_head_stays_in_its_order() -> None:
    root = parse(
        f"<title>Log</title><x-bar>one </x-bar><meta name=a><main>two {PROSE}</main>three <body class=x><p>four</body>",
        URL,
    )

    words = text_of(root.find("body")).replace(PROSE, "").split()
    assert words == ["one", "two", "three", "four"]
    assert len(root.findall(".//body")) == 1
    assert root.find("head/meta") is not None


def test_an_article_without_a_body_tag_is_kept() -> None:
    head = "<!doctype html><meta charset=utf-8><title>Log</title>"
    page = f"{head}<main><h1>Log</h1><p>{PROSE}</p></main><footer>Foot</footer>"

    assert PROSE.strip() in convert(page.encode(), URL, None, None).markdown


@pytest.mark.parametrize(
    "hidden",
    ['<div hidden>{"categories": ["a"]}</div>', "<section HIDDEN='hidden'>{GONE}</section>", "<p hidden=''>GONE</p>",
     "<div hidden><div hidden>GONE</div>GONE</div>"],
)  # fmt: skip
def test_what_is_hidden_is_not_shown(hidden: str) -> None:
    text = shown(f"<body>{hidden}tail<p>{PROSE}</p></body>")

    assert text == f"tail{PROSE}"


@pytest.mark.parametrize(
    "panel",
    ["<div hidden=until-found>{}</div>", "<div role=tabpanel hidden>{}</div>",
     "<div hidden class=accordion-body>{}</div>",
     "<button aria-controls='a b'>Open</button><div id=b hidden>{}</div>",
     "<a href='#b'>Open</a><div id=b hidden>{}</div>",
     "<dl><dt>Q</dt><dd hidden>{}</dd></dl>", '<div hidden id="S:1f">{}</div>'],
)  # fmt: skip
def test_what_a_reader_opens_is_shown(panel: str) -> None:
    assert "in the panel" in shown(f"<body>{panel.format('in the panel')}<p>{PROSE}</p></body>")


def test_a_page_that_waits_for_its_script_to_show_it_is_the_page() -> None:
    assert PROSE in shown(f"<body><div hidden><p>{PROSE}</p></div><p>Loading</p></body>")
