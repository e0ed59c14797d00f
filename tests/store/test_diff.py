"""Two versions, word by word; Chinese character by character."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.diff import compare, hunks, unified

TEXTS = st.text(st.sampled_from("ab cd,\n汉字。 [](/)"), max_size=120)


@given(TEXTS, TEXTS)
def test_the_parts_are_both_documents(old: str, new: str) -> None:
    compared = compare(old, new)

    parts = [part for row in compared.rows for part in row.parts]
    assert "".join(text for op, text in parts if op != "+") == old
    assert "".join(text for op, text in parts if op != "-") == new
    assert compared.added_chars - compared.removed_chars == len(new) - len(old)


@given(TEXTS)
def test_nothing_changed_is_no_change(text: str) -> None:
    assert compare(text, text).changes == ()
    assert list(unified(text, text, "a", "b")) == []


def test_han_characters_and_latin_words_are_the_units() -> None:
    old, new = "试行一年，到期后另行通知，共 12 条。\n", "试行五年，到期后另行通知，共 13 条。\n"

    changes = [(change.old, change.new) for change in compare(old, new).changes]

    assert changes == [("一", "五"), ("12", "13")]


def test_the_target_of_a_link_shows() -> None:
    changed = compare("See [annex](/rules-2023.pdf).\n", "See [annex](/rules-2024.pdf).\n").changes

    assert [(change.old, change.new) for change in changed] == [("2023", "2024")]


def test_a_unified_diff_is_what_patch_reads() -> None:
    lines = list(unified("a\nb\nc\n", "a\nx\nc\n", "old", "new"))

    assert lines == ["--- old", "+++ new", "@@ -1,3 +1,3 @@", " a", "-b", "+x", " c"]


def test_unchanged_text_is_folded() -> None:
    old = "".join(f"paragraph {n}\n\n" for n in range(30))

    found = hunks(compare(old, old.replace("paragraph 15\n", "paragraph fifteen\n")))

    assert [hunk.folded > 5 for hunk in found] == [True]


@pytest.mark.slow
def test_two_unrelated_documents_of_a_megabyte_end_soon() -> None:
    dice = random.Random(1)
    words = ["tide", "marsh", "ferry", "汉", "字", "quay"]
    one, two = ("\n".join(" ".join(dice.choices(words, k=20)) for _ in range(8_000)) for _ in range(2))
    begun = time.process_time()

    compare(one, two)

    assert time.process_time() - begun < 20  # no bound at all would be minutes


@pytest.mark.slow
def test_one_paragraph_of_a_megabyte_with_many_small_changes_ends_soon() -> None:
    dice = random.Random(1)
    old = [chr(dice.randint(0x4E00, 0x9FA5)) for _ in range(300_000)]
    new = list(old)
    for place in dice.sample(range(len(new)), 700):
        new[place] = "变"
    begun = time.process_time()

    compared = compare("".join(old), "".join(new))

    assert time.process_time() - begun < 10
    assert 0 < compared.removed_chars < 10_000


def test_of_very_many_changed_lines_the_last_ones_stand_there_whole() -> None:
    old = "".join(f"- line {n} of the list\n" for n in range(10_050))

    rows = compare(old, old.replace("list", "lists")).rows

    assert [part[0] for part in rows[0].parts] == ["=", "-", "+", "="]
    assert [part[0] for part in rows[-1].parts] == ["-", "+"]
