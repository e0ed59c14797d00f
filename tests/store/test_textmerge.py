"""Two texts made from one, joined by paragraphs and words; Chinese character by character."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.textmerge import Clash, merge_text

TEXTS = st.text(st.sampled_from("ab cd,\n\n汉字。甲. -|`#"), max_size=60)
WORDS = st.sampled_from(["tide", "marsh", "ferry", "quay", "salt", "税", "务", "局", "公告"])
PARAGRAPH = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
PARAGRAPHS = st.lists(PARAGRAPH, max_size=6)
HEAD, OTHER_HEAD = "Zephyr 甲子 quince, xylem 乙丑 jonquil.", "Zephyr 甲子 quince, onyx 乙丑 jonquil."


def text(paragraphs: list[str]) -> str:
    return "".join(f"{paragraph}\n\n" for paragraph in paragraphs)[:-1]


def clean(base: str, ours: str, theirs: str) -> str:
    """The joined text, whichever side is called ours."""
    merged, exchanged = merge_text(base, ours, theirs), merge_text(base, theirs, ours)

    assert (merged.clashes, exchanged.clashes) == ((), ())
    assert merged.text == exchanged.text
    return merged.text


def clash(base: str, ours: str, theirs: str) -> Clash:
    """The only one; the text says what theirs says."""
    merged, exchanged = merge_text(base, ours, theirs), merge_text(base, theirs, ours)

    (found,) = merged.clashes
    assert exchanged.clashes == (Clash(found.base, found.theirs, found.ours),)
    assert (merged.text, exchanged.text) == (theirs, ours)
    return found


# --- properties -----------------------------------------------------------------------------------------------------


@given(TEXTS, TEXTS)
def test_what_only_one_side_changed_is_as_that_side_has_it(base: str, changed: str) -> None:
    assert clean(base, changed, base) == changed
    assert clean(base, changed, changed) == changed


@given(TEXTS, TEXTS)
def test_a_change_elsewhere_makes_no_difference(base: str, changed: str) -> None:
    ours, theirs = f"{OTHER_HEAD}\n\n{base}", f"{HEAD}\n\n{changed}"

    assert clean(f"{HEAD}\n\n{base}", ours, theirs) == f"{OTHER_HEAD}\n\n{changed}"


@given(TEXTS, TEXTS, TEXTS)
def test_without_a_clash_the_sides_may_be_exchanged_and_with_one_the_places_are_the_same(
    base: str, ours: str, theirs: str
) -> None:
    merged, exchanged = merge_text(base, ours, theirs), merge_text(base, theirs, ours)

    assert [Clash(each.base, each.theirs, each.ours) for each in exchanged.clashes] == list(merged.clashes)
    assert merged.clashes or merged.text == exchanged.text


@given(PARAGRAPHS, PARAGRAPHS, PARAGRAPHS)
def test_every_word_that_came_in_is_there_and_no_other(base: list[str], ours: list[str], theirs: list[str]) -> None:
    merged = merge_text(text(base), text(ours), text(theirs))

    words = [set(text(side).split()) for side in (base, ours, theirs)]
    came = (words[1] | words[2]) - words[0]
    assert set(merged.text.split()) <= words[1] | words[2]
    assert merged.clashes or came <= set(merged.text.split())


@given(st.lists(st.tuples(st.sampled_from("same ours theirs".split()), st.sampled_from("word gone anew".split()))))
def test_changes_in_different_paragraphs_never_clash(changes: list[tuple[str, str]]) -> None:
    def paragraph(place: int) -> str:
        return " ".join(f"{word}{place}" for word in ("tide", "marsh", "ferry", "quay", "salt", "税务局"))

    def changed(place: int, how: str) -> str:
        if how == "gone":
            return ""
        return f"rewritten anew at {place}x" if how == "anew" else paragraph(place).replace("ferry", "barge")

    def version(*sides: str) -> str:
        lines = [changed(at, how) if who in sides else paragraph(at) for at, (who, how) in enumerate(changes)]
        return text([line for line in lines if line])

    assert clean(version(), version("ours"), version("theirs")) == version("ours", "theirs")


@given(PARAGRAPHS, PARAGRAPHS)
def test_no_paragraph_that_came_in_at_the_end_is_lost_or_doubled(ours: list[str], theirs: list[str]) -> None:
    merged = clean(text([HEAD]), text([HEAD, *ours]), text([HEAD, *theirs])).split("\n\n")

    found = [paragraph.strip() for paragraph in merged[1:]]
    for paragraph in {*ours, *theirs}:
        most = ours.count(paragraph) + theirs.count(paragraph)
        assert max(ours.count(paragraph), theirs.count(paragraph)) <= found.count(paragraph) <= most


# --- words ----------------------------------------------------------------------------------------------------------


def test_a_paragraph_changed_on_both_sides_gets_both_changes() -> None:
    base = "The ferry leaves the quay at six, and the fog has lifted by then.\n"

    merged = clean(base, base.replace("six", "seven"), base.replace("fog", "mist").replace("ferry", "boat"))

    assert merged == "The boat leaves the quay at seven, and the mist has lifted by then.\n"


def test_chinese_is_joined_character_by_character() -> None:
    base = "甲公司应当于六月三十日之前向税务局申报，逾期另行处理。\n"

    merged = clean(base, base.replace("六月", "七月"), base.replace("处理", "处罚").replace("甲公司", "甲、乙公司"))

    assert merged == "甲、乙公司应当于七月三十日之前向税务局申报，逾期另行处罚。\n"


def test_the_same_words_changed_differently_clash() -> None:
    base, ours, theirs = (f"The ferry leaves the quay at {hour}, in the fog." for hour in ("six", "seven", "eight"))

    assert clash(base + "\n", ours + "\n", theirs + "\n") == Clash(base, ours, theirs)


def test_neighbouring_characters_changed_by_two_clash_for_they_may_be_one_word() -> None:
    assert clash("关于北京的公告\n", "关于北海的公告\n", "关于南京的公告\n").base == "关于北京的公告"


def test_words_put_in_at_one_place_clash_and_whole_sentences_are_both_kept() -> None:
    assert (
        clash("The fee is due.\n", "The fee is due soon.\n", "The fee is due today.\n").ours == "The fee is due soon."
    )
    assert clash("See v3.\n", "See v3.5.\n", "See v3.7.\n").theirs == "See v3.7."
    assert clean("The fee is due.\n", "The fee is due. Pay it.\n", "The fee is due. It rose.\n") == (
        "The fee is due. It rose. Pay it.\n"
    )
    assert (
        clean("试行一年。\n", "试行一年。另行通知。\n", "试行一年。到期废止。\n") == "试行一年。到期废止。另行通知。\n"
    )


def test_neighbouring_sentences_may_be_changed_by_two() -> None:
    base = "甲方付款。乙方发货。丙方验收。\n"

    assert clean(base, base.replace("甲方付款。", ""), base.replace("乙方发货。", "")) == "丙方验收。\n"


# --- paragraphs -----------------------------------------------------------------------------------------------------


def test_a_paragraph_gone_on_one_side_and_changed_on_the_other_clashes() -> None:
    base = "One is here.\n\nThe ferry leaves at six.\n"
    ours, theirs = "One is here.\n", "One is here.\n\nThe ferry leaves at seven.\n"

    found = clash(base, ours, theirs)

    assert found == Clash("The ferry leaves at six.", "", "The ferry leaves at seven.")


def test_a_paragraph_written_anew_on_both_sides_clashes() -> None:
    found = clash("alpha beta\n\nend\n", "gamma delta\n\nend\n", "epsilon zeta\n\nend\n")

    assert found == Clash("alpha beta", "gamma delta", "epsilon zeta")


def test_what_came_beside_a_clash_stays() -> None:
    merged = merge_text("alpha beta\n", "gamma delta\n\nnews\n", "epsilon zeta\n")

    assert merged.text == "epsilon zeta\n\nnews\n"


def test_one_clash_takes_nothing_from_what_is_clear() -> None:
    base = "The ferry leaves at six.\n\nSalt was dear in winter.\n\nThe end came soon.\n"
    ours = base.replace("six", "seven").replace("dear", "cheap")
    theirs = base.replace("six", "eight").replace("soon", "late")

    merged = merge_text(base, ours, theirs)

    assert merged.text == "The ferry leaves at eight.\n\nSalt was cheap in winter.\n\nThe end came late.\n"
    assert len(merged.clashes) == 1


def test_paragraphs_put_in_at_one_place_are_both_kept_and_what_both_put_in_is_there_once() -> None:
    assert clean("P\n", "P\n\nmine\n", "P\n\nthe page's\n") == "P\n\nmine\n\nthe page's\n"
    assert clean("P\n", "P\n\nmine\n\nnews\n", "P\n\nmine\n\nmore of mine\n") == ("P\n\nmine\n\nmore of mine\n\nnews\n")


def test_what_belongs_to_a_list_or_a_table_stays_with_it() -> None:
    table = "| h |\n| - |\n| 1 |\n"
    assert clean(table, table + "| 2 |\n", table + "\nA note.\n") == table + "| 2 |\n\nA note.\n"
    assert clean("Text\n\n- x\n", "Text\n\n- a\n- x\n", "Text\n\nMore\n\n- x\n") == "Text\n\nMore\n\n- a\n- x\n"
    assert clean("- x\n", "- x\n- y\n", "- x\n- z\n") == "- x\n- y\n- z\n"


def test_blocks_of_code_put_in_at_one_place_stay_whole() -> None:
    one, two = "```\na = 1\n```\n", "```\nb = 2\n```\n"

    assert clean("Text\n", f"Text\n\n{one}", f"Text\n\n{two}") == f"Text\n\n{one}\n{two}"


def test_a_note_in_a_passage_that_went_stays() -> None:
    base = text([f"Old passage number {name}." for name in ("one", "two", "three")])
    noted = base.replace("two.", "two.\n\nMy own words here!")

    assert clean(base + "\nEnd\n", "End\n", noted + "\nEnd\n") == "My own words here!\n\nEnd\n"


def test_two_texts_without_an_ancestor_are_one_after_the_other() -> None:
    assert clean("", "two\n", "one\n") == "one\n\ntwo\n"


def test_the_wider_gap_stays_where_both_changed_it() -> None:
    assert clean("a\n\nb\n", "a\nb\n", "a\n\n\nb\n") == "a\n\n\nb\n"


# --- time -----------------------------------------------------------------------------------------------------------


def unlike(dice: random.Random, characters: str, apart: str, lines: int, units: int) -> str:
    return "\n".join(apart.join(dice.choices(characters, k=units)) for _ in range(lines))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("characters", "apart", "lines", "units"),
    [
        ("tmfq汉字", " ", 12_000, 40),
        ("".join(map(chr, range(0x4E00, 0x5E00))), "", 8_000, 40),
        ("".join(map(chr, range(0x4E00, 0x5E00))), "", 1, 350_000),
        ("甲乙丙", "", 1, 350_000),
    ],
)
def test_three_texts_of_a_megabyte_without_anything_in_common_end_soon(
    characters: str, apart: str, lines: int, units: int
) -> None:
    dice = random.Random(1)
    texts = [unlike(dice, characters, apart, lines, units) for _ in range(3)]
    begun = time.process_time()

    merge_text(*texts)

    assert time.process_time() - begun < 40  # no bound at all would be minutes


@pytest.mark.slow
@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ("a\n" * 300_000, "a\n" * 250_000 + "b\n", "c\n" + "a\n" * 310_000),
        (" " * 500_000 + "x\n", " " * 500_000 + "y\n", " " * 400_000 + "x\n"),
        ("a" + "\n" * 500_000 + "b", "a" + "\n" * 400_000 + "b c", "a d" + "\n" * 500_000 + "b"),
        ("a\n", "a\n" + "p q\n" * 150_000, "a\n" + "q p\n-\n" * 100_000),
    ],
    ids=["one line", "blanks", "blank lines", "insertions"],
)
def test_what_repeats_itself_ends_soon(base: str, ours: str, theirs: str) -> None:
    begun = time.process_time()

    merge_text(base, ours, theirs)

    assert time.process_time() - begun < 20
