"""A text made ready to be read, without a screen: places, lines, links, hits, heads, colours."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.text import fold
from tui.text.blocks import Block, parse
from tui.text.colouring import between, coloured, may_be_coloured
from tui.text.hints import Hints
from tui.text.hits import Hits
from tui.text.prepared import Prepared, head_of, prepare
from tui.text.runs import copied, runs_of, spots, text_of

TABLE = "| 馆名 | 备注 |\n| --- | --- |\n| 市图书馆 | 节假日照常[开放](a) |\n| 江北 | |\n"
DOC = f"# One\n\nfirst paragraph of *words* [here](x)\n\n{TABLE}\n```python\nx = 1\n```\n\n---\n\n- item\n"
SOURCES = st.lists(
    st.sampled_from(
        [
            "# 标题\n",
            "word " * 9 + "\n",
            "中文" * 20 + "\n",
            TABLE,
            "- a\n- b\n",
            "```\nx\n\ny\n```\n",
            "---\n",
            "> q\n",
        ]
    ),
    max_size=8,
).map("\n".join)


def lines_of(prepared: Prepared) -> list[str]:
    return [text_of(runs_of(prepared, number)) for number in range(len(prepared.page))]


def source_line(text: str, offset: int) -> str:
    """The line of a text in which an offset lies."""
    return text[text.rfind("\n", 0, offset) + 1 :].split("\n")[0]


# --- places ---------------------------------------------------------------------------------------------------------


@given(SOURCES, st.integers(10, 60))
def test_the_place_of_a_line_leads_back_to_it_or_to_the_first_line_with_text_below(source: str, width: int) -> None:
    prepared = prepare(source, width)

    for number in range(len(prepared.page)):
        place = prepared.place_of(number)
        back = prepared.line_of(place)
        assert back >= number
        skipped = [run for above in range(number, back) for run in runs_of(prepared, above) if run.piece is not None]
        assert all(run.name == "head" for run in skipped)  # labels


@given(SOURCES, st.integers(10, 60), st.integers(10, 60))
def test_a_place_at_the_top_is_the_same_text_in_another_width(source: str, one: int, other: int) -> None:
    prepared = prepare(source, one)
    again = prepared.again(other)

    for piece in prepared.text.pieces:
        assert prepared.text.piece_at(piece.place) == piece
        for place in (piece.place, piece.place + len(piece.text) // 2):
            line = again.line_of(place)
            assert again.page.line(line)[0] == piece.block
            if place < piece.place + len(piece.text) and source_line(piece.text, place - piece.place):
                assert any(run.piece == piece for run in runs_of(again, line))


def test_a_table_at_the_top_is_seen_with_its_border() -> None:
    prepared = prepare(TABLE, 40)

    assert prepared.top_of(0) == 0
    assert prepared.line_of(0) == 1


def test_what_lies_behind_the_end_is_the_last_line() -> None:
    prepared = prepare(DOC, 40)

    assert prepared.line_of(10**9) == len(prepared.page) - 1
    assert prepare("", 40).line_of(0) == 0


# --- lines ----------------------------------------------------------------------------------------------------------


def test_frames_are_ascii_and_the_text_has_a_blank_before_it() -> None:
    assert lines_of(prepare(DOC, 40)) == [
        " One",
        "",
        " first paragraph of words here",
        "",
        " +----------+----------------+",
        " | 馆名     | 备注           |",
        " +----------+----------------+",
        " | 市图书馆 | 节假日照常开放 |",
        " | 江北     |                |",
        " +----------+----------------+",
        "",
        "  x = 1                                ",
        "",
        " " + "-" * 38,
        "",
        " • item",
    ]


def test_a_text_is_copied_as_it_was_written_and_a_table_as_it_is_seen() -> None:
    prepared = prepare(DOC, 20)

    assert copied(prepared, (0, 0), (3, 100)) == "One\n\nfirst paragraph of words here"
    assert copied(prepared, (2, 3), (3, 3)) == "rst paragraph of wo"
    whole = copied(prepare(DOC, 40), (0, 0), None)
    assert "| 市图书馆 | 节假日照常开放 |\n| 江北     |                |\n" in whole
    assert "\nx = 1\n" in whole


# --- links ----------------------------------------------------------------------------------------------------------


def test_links_that_lead_somewhere_are_listed_once_in_reading_order() -> None:
    text = prepare("[a](1) ![p](2) [![q](3)](4) [empty]() [](5) https://six.org\n\n" + TABLE, 80).text

    assert [link.url for link in text.links] == ["1", "2", "4", "https://six.org", "a"]


def test_spots_are_where_links_are_first_seen_also_when_they_begin_above() -> None:
    prepared = prepare("words [a link that is long](x) and [other](y)", 17)

    assert lines_of(prepared)[:4] == [" words a link", " that is long", " and other", ""]
    assert spots(prepared, 0, 4) == [(0, 0, 7), (1, 2, 5)]
    assert spots(prepared, 1, 4) == [(0, 1, 1), (1, 2, 5)]


def test_a_digit_that_leads_nowhere_is_not_taken() -> None:
    hints = Hints([(number, number, 0) for number in range(12)])

    assert hints.type("0") is None
    assert hints.type("1") is None
    assert [hint.number for line in range(12) for hint in hints.on_line(line)] == ["1", "10", "11", "12"]
    assert hints.type("5") is None
    assert hints.typed_link() == 0
    assert hints.type("0") == 9


# --- hits -----------------------------------------------------------------------------------------------------------


@given(
    st.lists(st.text(st.sampled_from("aAéıßﬁ…①字，がが한한글　İ")), min_size=1, max_size=4),
    st.text(st.sampled_from("aéısfi.1字が한"), min_size=1, max_size=2),
)
def test_every_hit_is_a_stretch_of_the_text_that_folds_to_what_was_sought(texts: list[str], sought: str) -> None:
    text = prepare("\n\n".join(texts), 40).text

    hits = Hits(text, sought)
    spans = [piece.text[start:end] for piece in text.pieces for start, end in hits.in_piece(piece)]
    assert len(spans) == len(hits)
    assert all(fold(sought) in fold(span) for span in spans)


def test_the_current_hit_moves_from_a_place_and_around() -> None:
    text = prepare("foo\n\nbar foo\n\nfoo", 40).text
    hits = Hits(text, "FOO")

    hits.to_first_from(text.pieces[1].place)
    assert (hits.at, hits.place - text.pieces[1].place) == (2, 4)
    assert hits.current_in(text.pieces[1]) == (4, 7)
    assert hits.current_in(text.pieces[0]) is None
    hits.step(2)
    assert hits.at == 1
    hits.to_last_before(text.pieces[1].place)
    assert hits.at == 1
    hits.to_first_from(text.length)
    assert hits.at == 1


def test_nothing_is_found_in_an_empty_text_or_by_blanks() -> None:
    assert len(Hits(prepare("", 40).text, "x")) == 0
    assert len(Hits(prepare("a b", 40).text, "  ")) == 0


# --- heads ----------------------------------------------------------------------------------------------------------


def test_a_short_text_is_its_own_head_and_that_of_a_long_one_is_whole_blocks() -> None:
    short, long = "# One\n\ntext\n", "paragraph of words\n\n" * 2000

    assert head_of(short) == short
    assert 8_000 < len(head_of(long)) < 8_100
    assert head_of(long).endswith("words\n\n")


@pytest.mark.parametrize("fence", ["```", "~~~~"])
def test_a_head_does_not_end_inside_code_or_a_list(fence: str) -> None:
    code = f"{fence}\n" + "x = 1\n\n" * 2000 + f"{fence}\n\nafter\n\nlast\n"
    items = "- item\n\n" * 1500 + "after\n\nlast\n"

    assert head_of(code).count(fence) == 2
    assert head_of(code).endswith(f"{fence}\n\n")
    assert head_of(items).endswith("- item\n\n")


@settings(max_examples=10)  # each parses a long text twice
@given(SOURCES)
def test_the_blocks_of_a_head_are_the_first_blocks_of_the_whole(source: str) -> None:
    whole = "filler words\n\n" * 700 + source

    head = parse(head_of(whole)).blocks
    assert parse(whole).blocks[: len(head) - 1] == head[:-1]


# --- colours --------------------------------------------------------------------------------------------------------


def test_code_is_coloured_by_offset() -> None:
    code = "\n\ndef f():\n    return 'ä'  # end"

    assert [(code[each.start : each.end], each.name) for each in coloured(code, "Python")] == [
        ("def", "keyword"),
        ("f", "name"),
        ("return", "keyword"),
        ("'ä'", "string"),
        ("# end", "comment"),
    ]
    assert [each.name for each in between(coloured(code, "python"), code.index("'"), code.index("ä"))] == ["string"]


def test_unknown_languages_and_too_much_code_stay_plain() -> None:
    assert coloured("return 1", "no such language") == ()
    assert may_be_coloured(Block("code", "x = 1", language="python"))
    assert not may_be_coloured(Block("code", "x = 1"))
    assert not may_be_coloured(Block("code", "x\n" * 150_000, language="python"))
    assert not may_be_coloured(Block("code", "x" * 3_000, language="python"))
