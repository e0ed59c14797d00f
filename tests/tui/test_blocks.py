"""Markdown as a reader needs it: nothing is lost, and every stretch is where it says it is."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui.text.blocks import Block, Span, parse


def test_headings_paragraphs_and_marks_are_text_with_spans() -> None:
    (heading, paragraph) = parse("## 一、开放**时间**\n\nA *marsh* and `code` [here](https://x.org/).\n").blocks

    assert (heading.kind, heading.level, heading.text) == ("heading", 2, "一、开放时间")
    assert heading.spans == (Span(4, 6, "strong"),)
    assert paragraph.text == "A marsh and code here."
    assert paragraph.spans == (Span(2, 7, "em"), Span(12, 16, "code"), Span(17, 21, "link", 0))


def test_links_are_numbered_bare_addresses_too() -> None:
    document = parse("[a](https://a.org) 见https://b.org/文。 ![p](c.png)\n")

    assert document.targets == ("https://a.org", "https://b.org/文", "c.png")


def test_lists_and_quotes_are_prefixes_and_only_the_last_item_is_followed_by_a_gap() -> None:
    blocks = parse("1. one\n2. two\n   - inner\n\n> quoted\n>\n> > deeper\n").blocks

    assert [(block.first, block.text, block.gap) for block in blocks] == [
        ("1. ", "one", 0),
        ("2. ", "two", 0),
        ("  ◦ ", "inner", 1),
        ("▎ ", "quoted", 1),
        ("▎ ▎ ", "deeper", 1),
    ]


def test_a_second_paragraph_of_an_item_is_indented_and_has_no_marker() -> None:
    blocks = parse("- one\n\n  more\n").blocks

    assert [(block.first, block.text) for block in blocks] == [("• ", "one"), ("  ", "more")]


def test_a_line_end_between_chinese_is_nothing_and_a_backslash_is_one() -> None:
    (block,) = parse("关于开放\n夜间阅览\\\n一\nb\n").blocks

    assert block.text == "关于开放夜间阅览\n一 b"


def test_tables_code_pictures_and_rules() -> None:
    table, code, picture, rule = parse(
        "| a | b |\n| --- | ---: |\n| **1** | |\n\n```python\nx = 1\n```\n\n![a view](v.png)\n\n---\n"
    ).blocks

    assert [[cell.text for cell in row] for row in table.rows] == [["a", "b"], ["1", ""]]
    assert table.aligns == ("left", "right")
    assert (code.text, code.language) == ("x = 1", "python")
    assert (picture.kind, picture.text) == ("picture", "▣ a view")
    assert rule == Block("rule")


def test_deep_nesting_loses_nothing() -> None:
    source = "".join("  " * depth + f"- level{depth}\n" for depth in range(60)) + "\nafter\n"

    assert "after" in [block.text for block in parse(source).blocks]
    assert len(parse(source).blocks) == 61


@pytest.mark.parametrize(
    "source",
    [
        "> " * 2000 + "deep",
        "".join("  " * depth + f"- l{depth}\n" for depth in range(400)),
        "[" * 10_000,
        "![" * 10_000,
    ],
)
def test_nesting_that_no_person_writes_loses_nothing_either(source: str) -> None:
    blocks = parse(f"{source}\n\nafter\n").blocks

    assert blocks[-1].text == "after"
    assert sum(len(block.text) for block in blocks) > 5


def test_marks_nested_deeper_than_is_read_stay_as_text() -> None:
    (block,) = parse("[" * 30 + "x" + "](y)" * 30).blocks

    assert block.text.startswith("[")
    assert "x" in block.text


def test_html_and_control_sequences_are_plain_text() -> None:
    (block,) = parse("<b>x</b> \x1b]52;c;x\x07 [/b] \u202eabc\n").blocks

    assert block.text == "<b>x</b>  [/b] abc"


def test_what_the_parser_makes_of_references_and_escaped_addresses_is_cleaned_too() -> None:
    reference, address, picture = parse(
        "a&#x202e;b&#x2028;c\n\n<https://x.example/%1b]0;evil%07%c2%9b31m>\n\n![p&#x202e;](x.png)\n"
    ).blocks

    assert reference.text == "ab\nc"
    assert not set(address.text) & set("\x1b\x07\x9b")
    assert "\u202e" not in picture.text


@given(st.text(st.sampled_from("ab*_`[]()<>#-+1.|\\\n !字，~"), max_size=120))
def test_every_span_lies_in_its_text(source: str) -> None:
    document = parse(source)

    for block in document.blocks:
        for cell in [block, *(cell for row in block.rows for cell in row)]:
            assert all(0 <= span.start <= span.end <= len(cell.text) for span in cell.spans)
            assert all(span.target is None or span.target < len(document.targets) for span in cell.spans)


@given(st.text(st.sampled_from("ab 字，。\n"), max_size=120))
def test_plain_words_are_all_kept_in_their_order(source: str) -> None:
    text = "".join(block.text for block in parse(source).blocks)

    assert "".join(text.split()) == "".join(source.split())


def test_a_line_break_in_a_cell_is_one_and_other_tags_are_text():
    table = parse("| a |\n|---|\n| daily<br>until 22:00<BR/>on Fridays |\n").blocks[0]
    paragraph = parse("a \\<br> b <b>c</b> `<br>`").blocks[0]
    block = parse("<div>\n*x*\n</div>").blocks[0]

    assert table.rows[1][0].text == "daily\nuntil 22:00\non Fridays"
    assert paragraph.text == "a <br> b <b>c</b> <br>"
    assert block.text == "<div> x </div>"
