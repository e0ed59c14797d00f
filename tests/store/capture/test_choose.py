"""Which blocks of a page are its article: how a page is cut, what the rules mend, what is left of the tree."""

from __future__ import annotations

import time

import numpy as np
import pytest
from lxml import etree

from pages import PROSE, article
from store.capture.choose import Choice, choose
from store.capture.choose.blocks import cut
from store.capture.choose.features import NAMES, features
from store.capture.choose.mend import (
    HEADING,
    HOLE,
    LIKELY,
    PHRASE,
    UNIT,
    Judged,
    Mended,
    best_threshold,
    is_phrase,
    keep,
)
from store.capture.choose.prune import prune
from store.capture.tree import parse

URL = "https://example.org/page"


def blocks_of(inner: str) -> list[tuple[str, str]]:
    """(tag, text) of the blocks of a body."""
    return [(block.element.tag, block.text) for block in cut(parse(f"<body>{inner}</body>", URL)).blocks]


# --- cutting ----------------------------------------------------------------------------------------------------------


def test_a_block_is_a_run_of_text_inside_one_block_element():
    assert blocks_of("<div>one <b>two</b> three<p>four</p>five</div>") == [
        ("div", "one two three"),
        ("p", "four"),
        ("div", "five"),
    ]


def test_line_breaks_are_blanks_and_hidden_things_are_no_text():
    assert blocks_of("<p>a<br>b</p><script>x()</script><p>c<select><option>d</select></p>") == [
        ("p", "a b"),
        ("p", "c"),
    ]


def test_a_link_around_blocks_is_a_block_and_one_in_a_line_is_not():
    page = cut(parse("<body><a href=/x><h3>Card</h3><p>Text</p></a><p>See <a href=/y>this</a>.</p></body>", URL))

    assert [(block.text, block.linked) for block in page.blocks] == [("Card", 4), ("Text", 4), ("See this.", 4)]


def test_a_picture_alone_is_a_block_without_text():
    assert blocks_of("<figure><img src=a.png></figure><p>text</p>") == [("figure", ""), ("p", "text")]


def test_the_blocks_of_an_element_are_a_range():
    page = cut(parse("<body><p>a</p><div><p>b</p><ul><li>c<li>d</ul></div><p>e</p></body>", URL))
    at = [element.tag for element in page.elements].index("div")

    assert [block.text for block in page.blocks[page.first[at] : page.last[at]]] == ["b", "c", "d"]


def test_deep_nesting_is_no_recursion():
    deep = "<div>" * 1_500 + "deep down" + "</div>" * 1_500

    assert blocks_of(deep) == [("div", "deep down")]


# --- counting ---------------------------------------------------------------------------------------------------------


def test_every_block_has_finite_numbers():
    source = article("The harbour log", "<table><tr><td>1<td>2</table><p>2026年4月，第12号。</p>")
    page = cut(parse(source, URL))

    found = features(page, source, URL)

    assert found.numbers.shape == (len(page.blocks), len(NAMES))
    assert np.isfinite(found.numbers).all()
    assert (found.starts < found.ends).all()


@pytest.mark.parametrize(
    "inner", ["<p>one</p>", "<img src=x.png>", "<h1>1</h1>", "text", "<div><div><p>。</p></div></div>"]
)
def test_the_smallest_pages_can_be_judged(inner):
    page = cut(parse(f"<body>{inner}</body>", URL))

    assert len(choose(page, inner, "").kept) >= 1


def test_the_time_is_linear_in_the_page():
    def seconds(paragraphs: int) -> float:
        source = (
            "<body>" + "".join(f"<div class=c{at}><p>{PROSE[at % 5]}</p></div>" for at in range(paragraphs)) + "</body>"
        )
        root = parse(source, URL)
        start = time.process_time()
        choose(cut(root), source, URL)
        return time.process_time() - start

    seconds(100)
    assert seconds(4_000) < 12 * seconds(1_000)


# --- mending ----------------------------------------------------------------------------------------------------------


def judged(count: int, **facts: object) -> Judged:
    """Blocks of twenty tokens, each in the same element, without headings, tables or lists."""
    none = np.full(count, -1)
    plain: dict[str, object] = {
        "tokens": np.full(count, 20.0),
        "has_text": np.ones(count, bool),
        "is_heading": np.zeros(count, bool),
        "unit": none,
        "list": none,
        "linked": np.zeros(count),
        "parent": np.zeros(count, int),
        "is_phrase": np.zeros(count, bool),
        "is_title": np.zeros(count, bool),
    }
    return Judged(**{**plain, **{name: np.array(value) for name, value in facts.items()}})  # type: ignore[arg-type]


def test_the_threshold_is_that_of_the_best_expected_choice():
    likely = np.array([0.95, 0.9, 0.55, 0.05])

    assert 0.05 < best_threshold(likely, np.full(4, 20.0)) <= 0.55


def test_a_heading_over_kept_text_stays():
    mended = keep(np.array([0.01, 0.35, 0.9, 0.9]), judged(4, is_heading=[False, True, False, False]))

    assert mended.why.tolist() == [0, HEADING, LIKELY, LIKELY]


def test_the_title_of_the_page_over_the_text_is_always_kept():
    heads = [True, True, False, False, False]
    mended = keep(np.array([0.01, 0.01, 0.01, 0.9, 0.9]), judged(5, is_title=heads, is_heading=heads))

    assert mended.why.tolist() == [0, HEADING, 0, LIKELY, LIKELY]


def test_a_hole_of_one_is_closed_where_it_is_not_unlikely():
    assert keep(np.array([0.9, 0.4, 0.9]), judged(3)).why.tolist() == [LIKELY, HOLE, LIKELY]
    assert keep(np.array([0.9, 0.02, 0.9]), judged(3)).why.tolist() == [LIKELY, 0, LIKELY]


def test_a_table_between_kept_blocks_is_kept_whole():
    mended = keep(np.array([0.9, 0.3, 0.1, 0.1, 0.9]), judged(5, unit=[-1, 0, 0, 0, -1], parent=[0, 1, 2, 3, 0]))

    assert mended.why.tolist() == [LIKELY, UNIT, UNIT, UNIT, LIKELY]


def test_a_likely_table_right_under_a_kept_heading_is_kept():
    heads = [False, True, False, False, False]
    table = {"is_heading": heads, "unit": [-1, -1, 0, 0, -1]}

    assert keep(np.array([0.9, 0.9, 0.4, 0.35, 0.0]), judged(5, **table)).kept.tolist() == [True] * 4 + [False]
    assert not keep(np.array([0.9, 0.9, 0.2, 0.2, 0.0]), judged(5, **table)).kept[2:].any()


def test_a_list_inside_a_text_is_kept_whole():
    lists, parents = [-1, 0, 0, 0, -1, -1], [7, 1, 2, 3, 7, 7]
    mended = keep(np.array([0.9, 0.6, 0.2, 0.2, 0.9, 0.9]), judged(6, list=lists, parent=parents))
    alone = keep(np.array([0.9, 0.9, 0.9, 0.2, 0.1, 0.2]), judged(6, list=[-1, -1, -1, 0, 0, 0], parent=parents))

    assert mended.kept.all()
    assert alone.kept.tolist() == [True] * 3 + [False] * 3


def test_a_phrase_that_stands_around_articles_goes():
    assert keep(np.array([0.9, 0.9]), judged(2, is_phrase=[False, True])).why.tolist() == [LIKELY, PHRASE]


def test_where_nothing_is_likely_the_best_is_kept():
    kept = keep(np.full(20, 0.03), judged(20)).kept

    assert kept.any()


@pytest.mark.parametrize(
    "text", ["打印本页", "【打印】", "浏览次数：1234", "上一篇：关于通知", "责任编辑：王某", "京ICP备12345号"]
)
def test_phrases(text):
    assert is_phrase(text)


@pytest.mark.parametrize(
    "text", ["打印机的历史很长，可以追溯到上个世纪，那时的机器还是手摇的，需要两个人才能用起来。", "Print it.", ""]
)
def test_no_phrases(text):
    assert not is_phrase(text)


# --- pruning ----------------------------------------------------------------------------------------------------------


def left(inner: str, *kept: str) -> str:
    """What is left of a body when the blocks with these texts are kept."""
    page = cut(parse(f"<body>{inner}</body>", URL))
    top = prune(page, [block.text in kept for block in page.blocks])
    return etree.tostring(top, encoding="unicode", with_tail=False)


def test_only_kept_blocks_stay_and_the_smallest_element_around_them_is_given():
    inner = "<nav><a href=/>Home</a></nav><main><p>One</p><p>Two</p><aside>Ad</aside></main>"

    assert left(inner, "One", "Two") == "<main><p>One</p><p>Two</p></main>"


def test_loose_text_of_a_dropped_block_goes_and_what_is_around_it_stays():
    assert left("<div>drop<p>keep</p>drop too</div>", "keep") == "<div><p>keep</p> </div>"


def test_a_link_around_dropped_blocks_goes_with_them():
    assert left("<div><p>keep</p><a href=/x><h3>Card</h3></a></div>", "keep") == "<div><p>keep</p></div>"


def test_a_span_around_blocks_is_looked_into():
    assert left("<div><span><p>keep</p><p>drop</p></span></div>", "keep") == "<span><p>keep</p></span>"


def test_marks_and_breaks_inside_kept_text_stay():
    inner = "<p>one <b>two</b><br>three <i></i></p>"

    assert left(inner, "one two three") == "<body><p>one <b>two</b><br/>three </p></body>"


def test_a_formula_in_kept_text_stays_whole():
    inner = "<p>When <mjx-box><math><mi>a</mi><mo>=</mo><mn>0</mn></math></mjx-box> it ends.</p><p>drop</p>"

    assert "<math><mi>a</mi><mo>=</mo><mn>0</mn></math>" in left(inner, "When a=0 it ends.")


def test_short_blocks_near_the_threshold_are_named():
    source = article("The harbour log", "<p>See also</p>")
    chosen = choose(cut(parse(source, URL)), source, URL)
    likely = np.full(len(chosen.likely), 0.01)
    at = next(number for number, block in enumerate(chosen.page.blocks) if block.text == "See also")
    likely[at] = 0.5
    mended = Mended(np.array(chosen.kept), 0.5, likely, np.zeros(len(likely), np.int8))

    assert Choice(chosen.page, chosen.kept, chosen.likely, mended).wavering == ("See also",)
