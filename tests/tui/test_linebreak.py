"""A paragraph in a terminal: nothing is lost, nothing is too wide, Chinese is set as Chinese."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tui.text.linebreak import columns, lines

TEXT = st.text(st.sampled_from("ab 字版，。（“x\u3000\u0301\n"), max_size=80)


def set_in(text: str, room: int, first: int | None = None) -> list[str]:
    return [text[start:end] for start, end in lines(text, room, first)]


def test_latin_words_stay_whole_and_blanks_at_a_break_vanish() -> None:
    assert set_in("the salt marsh stands", 9) == ["the salt", "marsh", "stands"]


def test_chinese_is_parted_anywhere_and_fills_the_line_after_a_blank() -> None:
    assert set_in("自2024年6月1日起 市图书馆开放", 10) == ["自2024年6", "月1日起 市", "图书馆开放"]


def test_no_line_begins_with_closing_punctuation_and_none_ends_with_opening() -> None:
    assert set_in("夜间阅览，开放", 8) == ["夜间阅", "览，开放"]
    assert set_in("通知（附件）如下", 6) == ["通知", "（附", "件）如", "下"]


def test_a_word_longer_than_the_line_is_parted_where_it_must() -> None:
    assert set_in("see https://example.org/long", 8) == ["see", "https://", "example.", "org/long"]


def test_the_first_line_may_have_less_room_and_a_line_feed_ends_a_line() -> None:
    assert set_in("one two three", 9, first=4) == ["one", "two three"]
    assert set_in("a\n\nb", 9) == ["a", "", "b"]
    assert set_in("", 9) == [""]


def test_a_mark_stays_on_its_letter() -> None:
    assert set_in("ee\u0301", 2) == ["ee\u0301"]


@given(TEXT, st.integers(2, 30))
def test_nothing_but_blanks_and_line_feeds_is_left_out_and_no_line_is_too_wide(text: str, room: int) -> None:
    found = lines(text, room)

    kept = "".join(text[start:end] for start, end in found)
    blank = str.maketrans("", "", " \u3000\n")
    assert kept.translate(blank) == text.translate(blank)
    for start, end in found:
        assert columns(text[start:end].rstrip(" \u3000\u0301")) <= room
