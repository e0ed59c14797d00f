"""The links in the reader: chosen by keys, by their numbers, by the mouse; and what is copied."""

from __future__ import annotations

from textual.pilot import Pilot

from reading import DOC, LONG, Host, answers, looks, opened, reading, said, shown
from screens import cell_of, run, settle, style_of, text_of

# --- links ----------------------------------------------------------------------------------------------------------


def test_braces_choose_a_link_and_enter_opens_it() -> None:
    enter = ["enter"]

    assert answers(DOC, (60, 40), enter, ["}", *enter], ["}", "}", *enter], ["}", "}"], ["{", "{", "{", *enter]) == [
        ["no link"],
        ["https://lib.example.org/book"],
        ["img/room.jpg"],
        ["no link"],
        ["https://lib.example.org/book"],
    ]
    assert said("no links", (60, 5), "}") == ["no link"]


def test_the_chosen_link_is_highlighted_and_scrolled_into_view() -> None:
    chosen, other = looks(DOC, (60, 40), "在线", "https", keys=("}",))
    assert chosen.bgcolor != other.bgcolor

    lines = shown(LONG, (60, 8), "}", "}", "}", "}")
    assert any("link 3" in line for line in lines)


def test_choosing_goes_on_from_what_is_in_sight() -> None:
    host = reading(LONG, (60, 10), "}", "G", "{", "enter")

    assert host.said == ["https://x.org/39"]


def test_a_click_on_a_link_opens_it_and_beside_it_does_not() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        await opened(pilot, DOC)
        for text in ("在线", "平面图", "自六月"):
            await pilot.click(offset=cell_of(pilot.app, text))
        await settle(pilot)

    host = Host()
    run(host, (60, 40), steps)
    assert host.said == ["https://lib.example.org/book", "map/1.png"]


# --- numbers on the links -------------------------------------------------------------------------------------------


def test_numbers_are_painted_over_the_links_and_nothing_moves() -> None:
    before, after = shown(DOC, (60, 40)), shown(DOC, (60, 40), "f")

    changed = [(old, new) for old, new in zip(before, after, strict=True) if old != new]
    assert [new for _, new in changed] == [
        " 请1 线预约，或见 2ttps://lib.example.org/faq 。",
        " 3 阅览室",
        " | 市图书馆 | 节假日照常开放，4 面图 | 021-5555 |",
    ]


def test_a_typed_number_opens_its_link_and_esc_ends_the_numbers() -> None:
    async def steps(pilot: Pilot[None]) -> None:
        reader = await opened(pilot, DOC)
        before = text_of(pilot.app, reader)
        for keys in (["f", "4"], ["f", "escape"]):
            await pilot.press(*keys)
            await settle(pilot)
            assert not reader.is_hinting
            assert text_of(pilot.app, reader) == before

    host = Host()
    run(host, (60, 40), steps)
    assert host.said == ["map/1.png"]


def test_a_number_that_others_begin_with_waits_for_enter_or_another_digit() -> None:
    many = " ".join(f"[link{n}](https://x.org/{n})" for n in range(1, 13))
    back = "backspace"

    rows = [["f", "1"], ["enter"], ["f", "1", "2"], ["f", "1", back, "9"], ["f", "1", "9", "2"], ["f", "３"]]
    opened_links = [[f"https://x.org/{n}" for n in row] for row in ([], [1], [12], [9], [12], [3])]
    assert answers(many, (60, 40), *rows) == opened_links


def test_while_numbers_stand_there_every_other_key_does_nothing() -> None:
    while_numbered, after = (
        reading(LONG, (60, 12), "f", "j", "G", "x", "q"),
        reading(LONG, (60, 12), "f", "escape", "x"),
    )

    assert while_numbered.lines[0] == " Part 0"
    assert while_numbered.outside == 0
    assert after.outside == 1


def test_numbers_of_links_side_by_side_do_not_cover_one_another() -> None:
    source = (
        " ".join("[%](https://x.org/)" for _ in range(9)) + "[a](https://x.org/)[b](https://x.org/)[c](https://x.org/)"
    )

    assert shown(source, (60, 4), "f")[0] == " 1 2 3 4 5 6 7 8 9101112"


# --- the mouse and copying ------------------------------------------------------------------------------------------


def dragged(source: str, size: tuple[int, int], start: str, end: str) -> str | None:
    """What is copied after dragging from the beginning of one text to that of another."""

    async def steps(pilot: Pilot[None]) -> str | None:
        await opened(pilot, source)
        await pilot.mouse_down(offset=cell_of(pilot.app, start))
        await pilot.hover(offset=cell_of(pilot.app, end))
        await pilot.mouse_up(offset=cell_of(pilot.app, end))
        await settle(pilot)
        dragged_over = style_of(pilot.app, start)
        assert dragged_over.bgcolor != pilot.app.screen.rich_style.bgcolor
        return pilot.app.screen.get_selected_text()

    host = Host()
    copied = run(host, size, steps)
    assert host.said == []
    return copied


def test_what_is_selected_with_the_mouse_is_copied_also_among_wide_characters() -> None:
    assert dragged("前面的文字 and more", (40, 5), "的", "字") == "的文字"
    assert dragged("[前面](https://x.org)的文字", (40, 5), "前", "的") == "前面的"


def test_a_paragraph_is_copied_without_the_line_breaks_of_the_screen() -> None:
    assert dragged("one two three four five", (12, 5), "one", "five") == "one two three four f"
    assert dragged("一二三四五六七八九十", (12, 5), "一", "十") == "一二三四五六七八九十"
    assert dragged("- first\n- second\n\n```\nx = 1\ny\n```", (30, 8), "• f", "y") == "• first\n• second\nx = 1\ny"
