"""A comparison set in lines: nothing is too wide, nothing is lost, and a change is found again in every shape."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.diff import compare
from tui.text.compared import FAR, Compared, Fold, prepare
from tui.text.difflayout import DIVIDER, GUTTER, MEASURE, Column, Shape, Sheet, folded_label, takes_long
from tui.text.linebreak import columns

NOTICE = """# 关于开放夜间阅览室的通知

发布日期：2024-05-17

各区文化和旅游局，市图书馆：

为方便市民夜间阅读，经研究决定，自2024年6月1日起，市图书馆及各区分馆开放夜间阅览室。现将有关事项通知如下：

一、开放时间为每日十八时至二十二时，周一闭馆。

二、各馆座位数量见下表，座位不得由他人代占。

| 馆舍 | 座位 |
| --- | --- |
| 市图书馆 | 220 |
| 江北分馆 | 80 |

三、本通知自印发之日起施行，试行一年。
"""
LATER = (
    NOTICE.replace("二十二时，周一闭馆", "二十三时，节假日照常开放")
    .replace("| 江北分馆 | 80 |", "| 江北分馆 | 120 |")
    .replace("三、本", "三、读者应当爱护图书。\n\n四、本")
)
ARTICLE = "The marsh rises by 4 millimetres a year.\n\nNobody knows for how long.\n"
HOSTILE = "\x1b]52;c;aGk=\x07 a\x9b31m \u202eb\u2066 [/x] [TODO] \x1b[2J\x85c\u200b\n"

documents = st.lists(st.text(st.sampled_from("ab 字，。x"), max_size=60), max_size=8).map("\n".join)


def drawn(compared: Compared, shape: Shape) -> list[str]:
    """The lines as the view paints them, with words in brackets in place of colours."""
    sheet = Sheet(compared, shape)
    found = []
    for number in range(len(sheet)):
        line = sheet.line(number)
        if line.fold:
            found.append(folded_label(line.fold))
            continue
        found.append("|".join(map(shown, line.columns)).rstrip())
    return found


def shown(column: Column | None) -> str:
    if column is None:
        return ""
    words = {"+": "{%s}", "-": "[%s]", "=": "%s"} if column.kind == "~" else dict.fromkeys("+-=", "%s")
    return column.kind.replace("=", " ") + " " + "".join(words[op] % text for op, text in column.pieces)


def texts(sheet: Sheet, column: int = 0) -> str:
    """What stands in one column, without the blanks at which it is broken."""
    lines = (sheet.line(number).columns for number in range(len(sheet)))
    return (
        "".join(cell.text for line in lines if line and (cell := line[column])).replace(" ", "").replace("\u3000", "")
    )


def test_a_changed_notice_is_folded_around_its_changes() -> None:
    assert drawn(prepare(NOTICE, LATER), Shape(60)) == [
        "... 3 paragraphs unchanged ...",
        "  为方便市民夜间阅读，经研究决定，自2024年6月1日起，市图书",
        "  馆及各区分馆开放夜间阅览室。现将有关事项通知如下：",
        "",
        "~ 一、开放时间为每日十八时至二十[二时，周一闭馆]{三时，节假日}",
        "~ {照常开放}。",
        "",
        "  二、各馆座位数量见下表，座位不得由他人代占。",
        "",
        "... 2 paragraphs unchanged ...",
        "  | 市图书馆 | 220 |",
        "~ | 江北分馆 | [80]{120} |",
        "",
        "+ 三、读者应当爱护图书。",
        "",
        "~ [三]{四}、本通知自印发之日起施行，试行一年。",
    ]


def test_side_by_side_shows_what_was_at_the_left_and_what_is_at_the_right() -> None:
    lines = drawn(prepare(NOTICE, LATER), Shape(103, sides=True))

    assert lines[5:9] == [
        "~ 一、开放时间为每日十八时至二十[二时，周一闭馆]。|~ 一、开放时间为每日十八时至二十{三时，节假日照常}",
        "|~ {开放}。",
        "",
        "  二、各馆座位数量见下表，座位不得由他人代占。|  二、各馆座位数量见下表，座位不得由他人代占。",
    ]
    assert "|+ 三、读者应当爱护图书。" in lines


def test_a_removed_paragraph_stands_at_the_left_only() -> None:
    old = ARTICLE + "\nA line that goes.\n"

    assert drawn(prepare(old, ARTICLE), Shape(103, sides=True))[-1] == "- A line that goes.|"
    assert drawn(prepare(old, ARTICLE), Shape(40))[-1] == "- A line that goes."


def test_what_is_not_folded_is_the_whole_text() -> None:
    lines = drawn(prepare(NOTICE, LATER), Shape(60, folded=False))

    assert lines[0] == "  # 关于开放夜间阅览室的通知"
    assert not any("unchanged" in line for line in lines)


def test_text_behind_the_last_change_is_folded_too() -> None:
    compared = prepare("one\n\ntwo\n\nthree\n\nfour\n", "0ne\n\ntwo\n\nthree\n\nfour\n")

    assert compared.folded[-1] == Fold(4, 2)
    assert drawn(compared, Shape(40))[-3:] == ["  two", "", "... 2 paragraphs unchanged ..."]


def test_items_of_a_list_stay_together() -> None:
    assert drawn(prepare("- a\n- b\n", "- a\n- bb\n"), Shape(40)) == ["  - a", "~ - [b]{bb}"]


def test_nothing_is_folded_where_only_blank_lines_are_hidden() -> None:
    compared = prepare("- a\n\nb\n\n\nc\n\n- d\n", "- aa\n\nb\n\n\nc\n\n- dd\n")

    assert drawn(compared, Shape(40)) == ["~ - [a]{aa}", "", "  b", "", "  c", "", "~ - [d]{dd}"]


def test_a_blank_line_that_is_the_only_change_is_seen() -> None:
    compared = prepare("- a\n- b\n", "- a\n\n- b\n")

    assert drawn(compared, Shape(40)) == ["  - a", "+", "  - b"]
    assert len(compared.changes) == 1


def test_only_a_line_end_that_is_missing_is_a_change_without_words() -> None:
    compared = prepare("a line", "a line\n")

    assert drawn(compared, Shape(40)) == ["~ a line"]
    assert Sheet(compared, Shape(40)).changes == (0,)


def test_the_same_texts_have_no_changes() -> None:
    compared = prepare(NOTICE, NOTICE)

    assert compared.changes == ()
    assert (compared.added_chars, compared.removed_chars) == (0, 0)


def test_texts_that_differ_in_what_cannot_be_seen_have_counts_and_no_changes() -> None:
    compared = prepare(ARTICLE, ARTICLE.replace("marsh", "mar\u200bsh"))

    assert compared.changes == ()
    assert compared.added_chars > 0


def test_the_counts_are_those_of_the_texts_as_they_are() -> None:
    old, new = ARTICLE, HOSTILE + ARTICLE
    raw = compare(old, new)

    compared = prepare(old, new)

    assert (compared.added_chars, compared.removed_chars) == (raw.added_chars, raw.removed_chars)
    assert compared.added_chars == len(HOSTILE)


def test_hostile_text_is_clean_before_it_is_laid_out() -> None:
    lines = drawn(prepare(ARTICLE, HOSTILE + ARTICLE), Shape(80))

    assert all(line.isprintable() for line in lines)
    assert lines[0] == "+  a b [/x] [TODO]  c"


def test_lines_in_a_row_are_one_change_and_edits_far_apart_are_several() -> None:
    filler = "x" * 7 + " " + "middle " * (FAR // 7 + 2)
    old = f"one {filler}two {'near ' * 3}three\n\nsame\n\n"
    new = f"1 {filler}2 {'near ' * 3}3\n\nsame\n\nnew\n\nand new\n"

    compared = prepare(old, new)

    assert [change.row for change in compared.changes] == [0, 0, 4]


def test_a_change_at_the_end_of_a_long_paragraph_is_found_where_it_stands() -> None:
    old = "word " * 2000 + "old end\n"
    sheet = Sheet(prepare(old, old.replace("old end", "new end")), Shape(80))

    (line,) = sheet.changes

    assert line > 100
    assert "new" in "".join(text for op, text in sheet.line(line).columns[0].pieces if op == "+")


@pytest.mark.parametrize("sides", [False, True])
def test_every_change_is_on_its_line(sides: bool) -> None:
    compared = prepare(NOTICE, LATER)
    sheet = Sheet(compared, Shape(103, sides=sides))

    for change, number in zip(compared.changes, sheet.changes, strict=True):
        line = sheet.line(number)
        assert line.row == change.row
        assert any(op != "=" for column in line.columns if column for op, _ in column.pieces)


def test_what_is_shown_around_a_change_begins_at_the_fold_before_it() -> None:
    sheet = Sheet(prepare(NOTICE, LATER), Shape(60))

    assert [sheet.context(number) for number in sheet.changes] == [0, 9, 9, 9]


def test_a_place_is_found_again_in_another_shape() -> None:
    compared = prepare(NOTICE, LATER)
    wide, narrow = Sheet(compared, Shape(80, folded=False)), Sheet(compared, Shape(30, folded=False))
    folded = Sheet(compared, Shape(80))

    for number in range(len(wide)):
        place = wide.place(number)
        assert wide.line_at(place) == number
        assert narrow.line(narrow.line_at(place)).row == place.row
        assert folded.line(folded.line_at(place)).row <= place.row


def test_selected_text_is_not_broken_in_lines() -> None:
    old = "The marsh rises by 4 millimetres a year.\n\nNobody knows.\n"
    sheet = Sheet(prepare(old, old.replace("4", "5")), Shape(30))

    assert sheet.between((0, 4), (3, 6)) == "marsh rises by 45 millimetres a year.\n\nNobody"
    assert sheet.between((1, 0), (1, 99)) == "millimetres a year."


def test_selected_text_beside_the_other_is_of_one_side() -> None:
    sheet = Sheet(prepare("was 4\n\nb\n\nc\n", "was 4\n\nbb\n\nc\n"), Shape(103, sides=True))

    last = (len(sheet) - 1, 99)

    assert sheet.between((0, 0), last, 0) == "was 4\n\nb\nc"
    assert sheet.between((0, 0), last, 1) == "was 4\n\nbb\n\nc"


def test_a_fold_is_copied_as_it_is_seen() -> None:
    old = "a\n\nb\n\nc\n\nd\n"
    sheet = Sheet(prepare(old, old.replace("d", "e e")), Shape(40))

    assert sheet.between((0, 0), (2, 9)) == "... 2 paragraphs unchanged ...\nc"


def test_lines_longer_than_can_be_read_are_not_made() -> None:
    old = "字" * 300 + "\n"
    sheet = Sheet(prepare(old, old + "\n新\n"), Shape(300))

    assert columns(sheet.line(0).columns[0].text) == MEASURE
    assert Shape(300, sides=True).width == 2 * (GUTTER + MEASURE + 1) + DIVIDER


def test_only_what_is_long_belongs_into_a_thread() -> None:
    old = "".join(f"paragraph {number}\n\n" for number in range(20_000))
    compared = prepare(old, old.replace(" 7\n", " seven\n"))

    assert not takes_long(compared, Shape(100))
    assert takes_long(compared, Shape(100, folded=False))


@given(documents, documents, st.integers(12, 120), st.booleans())
def test_nothing_is_lost_and_nothing_too_wide(old: str, new: str, room: int, sides: bool) -> None:
    compared = prepare(old, new)
    sheet = Sheet(compared, Shape(room, sides=sides, folded=False))

    for number in range(len(sheet)):
        for column, width in zip(sheet.line(number).columns, sheet.shape.widths, strict=False):
            assert column is None or GUTTER + columns(column.text.rstrip()) <= width
    assert sheet.changes == tuple(sorted(sheet.changes))
    if sides:
        kept = [text.replace("\n", "").replace(" ", "") for text in (old, new)]
        assert [texts(sheet, 0), texts(sheet, 1)] == kept
    else:
        parts = "".join(text for row in compared.rows for _, text in row.parts)
        assert texts(sheet) == parts.replace("\n", "").replace(" ", "")
