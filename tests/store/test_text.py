"""Text from outside cannot move a cursor, hide, or climb over its neighbours."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.text import clip, fold, one_line, visible, width


@pytest.mark.parametrize(
    ("text", "clean"),
    [("a\x1b]52;c;ZXZpbA==\x07b", "ab"), ("\x1b[2J\x1b[31mred", "red"), ("a\u202eb", "ab"), ("a\nb\tc", "a b c"),
     ("x" + "\u0301" * 40, "x" + "\u0301" * 6), ("👩\u200d👧", "👩\u200d👧"), ("a\u200bb", "ab"), ("[/x]", "[/x]")],
)  # fmt: skip
def test_one_line_is_clean(text: str, clean: str) -> None:
    assert one_line(text) == clean


@given(st.text(max_size=80))
def test_clean_text_has_no_controls_and_stays_as_it_is(text: str) -> None:
    line, lines = one_line(text), visible(text)

    bad = [c for c in line + lines.replace("\n", "") if unicodedata.category(c) in ("Cc", "Cs", "Zl", "Zp")]
    assert bad == []
    assert one_line(line) == line


@given(st.text(max_size=60), st.integers(0, 40))
def test_a_clipped_line_fits(text: str, columns: int) -> None:
    assert width(clip(one_line(text), columns)) <= max(columns, 0)


def test_wide_characters_take_two_columns() -> None:
    assert (width("ab"), width("数据"), clip("数据库", 5)) == (2, 4, "数据…")


def test_folding_forgets_case_accents_and_apostrophes_but_not_han_or_kana() -> None:
    assert fold("Élan’s ＡＢ Straße") == "elan's ab strasse"
    assert fold("が") != fold("か")
