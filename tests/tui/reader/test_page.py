"""The page in the reader: what stands there, moving, the place that is kept, and no colours."""

from __future__ import annotations

from typing import Any

import pytest
from textual import events
from textual.app import ComposeResult
from textual.pilot import Pilot

from reading import DOC, LONG, WORDS, Host, looks, opened, said, shown
from screens import odd_characters, run, settle, strips_of, style_of, text_of, until
from tui.text.blocks import parse
from tui.widgets import page_view
from tui.widgets.reader import Reader, head_of, prepare

# --- what stands there ----------------------------------------------------------------------------------------------


def test_headings_marks_links_and_pictures_look_different() -> None:
    h1, h2, h3, code, em, strike, strong, link, bare, picture = looks(
        DOC, (100, 40), "市图", "开放时", "Code", "旧办", "废止", "另有", "除外", "在线", "https", "▣"
    )

    assert h1.bold
    assert h1.underline
    assert h2.bold
    assert not h2.underline
    assert h3.bold
    assert code.bgcolor != em.bgcolor
    assert em.italic
    assert strike.strike
    assert strong.bold
    assert link.underline
    assert link.color == bare.color
    assert picture.underline


def test_text_is_at_most_88_columns_wide_with_a_blank_at_the_left() -> None:
    lines = shown("字" * 100, (140, 5))

    assert lines[0] == " " + "字" * 44
    assert lines[1] == " " + "字" * 44
    assert lines[2] == " " + "字" * 12


@pytest.mark.parametrize("size", [(120, 60), (80, 60), (40, 80), (12, 300)])
def test_nothing_is_cut_in_any_width(size: tuple[int, int]) -> None:
    kept = "".join("".join(shown(DOC, size)).split()).replace("|", "").replace("▎", "")

    for block in parse(DOC).blocks:
        assert "".join(block.text.split()) in kept
        for cell in (cell for row in block.rows for cell in row):
            assert set(cell.text) <= set(kept)  # its lines stand beside those of others


def test_a_table_is_a_grid_and_where_that_is_too_narrow_a_list_of_fields() -> None:
    wide, narrow = shown(DOC, (60, 40)), shown(DOC, (24, 60))

    assert " | 江北分馆 | 八十                   | 021-6666 |" in wide
    assert narrow[narrow.index(" 馆名: 江北分馆") + 2] == " 电话: 021-6666"


def test_code_is_coloured_and_a_folded_line_keeps_its_colours() -> None:
    keyword, plain, comment, string, folded = looks(DOC, (60, 60), "def", "branch)", "# 座", "一个", "下一行")

    assert keyword.color != plain.color
    assert comment.color != plain.color
    assert string.color == folded.color != plain.color


def test_code_in_an_unknown_language_or_with_an_endless_line_is_plain() -> None:
    endless = 'x = "' + "y" * 3000 + '"'
    for source in ("```nolanguage\nreturn 1\n```\n\n`x`", f"```python\nreturn 1\n{endless}\n```"):
        first, second = looks(source, (60, 10), "return", "1")

        assert first.color == second.color


def test_an_empty_reader_shows_the_notice() -> None:
    host = Host()

    async def steps(pilot: Pilot[None]) -> list[str]:
        host.reader.show_notice(["Nothing to read here.", "a adds\x1b[31m links   [/x] and this is too long"])
        await settle(pilot)
        before = text_of(host, host.reader)
        await opened(pilot, "text")
        host.reader.show(None)
        await settle(pilot)
        assert text_of(host, host.reader) == before
        return before

    lines = run(host, (30, 6), steps)
    assert lines[:3] == [" Nothing to read here.", " a adds links [/x] and this", " is too long"]


# --- moving ---------------------------------------------------------------------------------------------------------


def test_keys_move_by_lines_halves_pages_and_to_the_ends() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, WORDS)
        found = []
        for key in "k j down k up space b pagedown pageup ctrl+d ctrl+u G g end home".split():
            await pilot.press(key)
            found.append(reader.top)
        return found

    assert run(Host(), (30, 10), steps) == [0, 1, 2, 1, 0, 8, 0, 8, 0, 5, 0, 110, 0, 110, 0]


def test_the_end_is_the_last_line_and_no_further() -> None:
    assert " line 59" in shown(WORDS, (30, 10), "G", "space", "j")[-2:]


def test_the_wheel_scrolls() -> None:
    async def steps(pilot: Pilot[None]) -> int:
        reader = await opened(pilot, WORDS)

        await pilot._post_mouse_events([events.MouseScrollDown], widget=reader)
        await settle(pilot)
        return reader.scroll_offset.y

    assert run(Host(), (30, 10), steps) > 0


def test_brackets_go_from_heading_to_heading_and_say_when_there_is_none() -> None:
    assert shown(LONG, (60, 10), "]", "]", "j", "[")[0] == " Part 2"
    assert said(LONG, (60, 10), "[") == ["no heading"]


def test_headings_are_listed_with_their_lines_and_one_can_be_gone_to() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[Any, str]:
        reader = await opened(pilot, LONG)
        reader.go_to_heading(7)
        await settle(pilot)
        return reader.headings[7], text_of(pilot.app, "#reader")[0]

    heading, top = run(Host(), (60, 10), steps)
    assert (heading.level, heading.text) == (2, "Part 7")
    assert top == " Part 7"


def test_contents_find_and_neighbours_are_asked_of_the_screen() -> None:
    assert said(DOC, (60, 10), "c", "slash", "J", "K") == ["Contents", "Find", 1, -1]


# --- places ---------------------------------------------------------------------------------------------------------


def test_the_place_at_the_top_survives_another_width_and_back() -> None:
    async def steps(pilot: Pilot[None]) -> list[str]:
        reader = await opened(pilot, LONG)
        reader.go_to_heading(20)
        reader.action_move(3)
        await settle(pilot)
        place, tops = reader.position, [text_of(pilot.app, "#reader")[0]]
        for width in (40, 90, 33, 60):
            await pilot.resize_terminal(width, 10)
            await settle(pilot)
            assert reader.position == place
            tops.append(text_of(pilot.app, "#reader")[0])
        return tops

    tops = run(Host(), (60, 10), steps)
    assert tops[0] == tops[-1]
    assert len({len(top) for top in tops}) > 2


def test_a_place_set_before_the_first_layout_holds() -> None:
    place = prepare(LONG, 60).text.place_of_block(30)

    class Eager(Host):
        def compose(self) -> ComposeResult:
            reader = Reader(id="reader")
            reader.show(prepare(LONG, 0), at=place)
            yield reader

    async def steps(pilot: Pilot[None]) -> str:
        return text_of(pilot.app, "#reader")[0]

    assert run(Eager(), (60, 10), steps) == " Part 15"


def test_the_head_of_a_long_text_is_followed_by_the_whole_in_the_same_place() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[list[str], list[str], int]:
        reader = await opened(pilot, head_of(LONG * 5))
        await pilot.press("space", "space", "}")
        before, height = text_of(pilot.app, "#reader"), reader.virtual_size.height
        reader.show(prepare(LONG * 5, reader.columns), at=reader.position)
        await settle(pilot)
        return before, text_of(pilot.app, "#reader"), reader.virtual_size.height // height

    before, after, growth = run(Host(), (60, 10), steps)
    assert before == after
    assert growth > 2


def test_a_long_text_is_set_anew_in_a_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_view, "AT_ONCE", 10)

    async def steps(pilot: Pilot[None]) -> tuple[int, int, str]:
        reader = await opened(pilot, LONG)
        reader.go_to_heading(20)
        await pilot.resize_terminal(40, 10)
        await pilot.resize_terminal(50, 10)
        await until(pilot, lambda: room_of(reader) == reader.columns - 2)
        await settle(pilot)
        return reader.columns, room_of(reader), text_of(pilot.app, "#reader")[0]

    columns, room, top = run(Host(), (60, 10), steps)
    assert room == columns - 2
    assert top == " Part 20"


def room_of(reader: Reader) -> int:
    return reader.prepared.page.room if reader.prepared is not None else 0


# --- text from outside ----------------------------------------------------------------------------------------------

HOSTILE = (
    "# T \x1b]52;c;ZXZpbA==\x07 [red]\n\n"
    "[/x] [TODO] [@click=app.quit]q[/] \x1b[2J\x9b31m \u202eabc &#x202e;def &#27;[31m\n\n"
    "<https://x.example/%1b]0;evil%07> [l](https://x.org/\u202e) \U000e0041\n\n"
    "| \x1b[31m[/a] | b\x07 |\n| --- | --- |\n| \x9bc | `[/d]` |\n\n```\x1b[31mpython\nx = '\x1b[2J[/e]'\n```\n"
)


@pytest.mark.parametrize("size", [(100, 30), (24, 60)])
def test_text_from_outside_brings_nothing_but_text_to_the_terminal(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[None]) -> list[str]:
        reader = await opened(pilot, HOSTILE)
        reader.find("[/")
        await pilot.press("f")
        await settle(pilot)
        assert odd_characters(pilot.app) == set()
        await pilot.press("escape")
        return text_of(pilot.app, "#reader")

    lines = "\n".join(run(Host(), size, steps))
    for kept in ("[red]", "[/x]", "[TODO]", "[/a]", "[/d]", "[/e]"):
        assert kept in lines


def test_a_line_of_ten_thousand_characters_is_folded() -> None:
    lines = shown("x" * 10_000, (60, 200))

    assert "".join(line.strip() for line in lines) == "x" * 10_000


def test_deep_nesting_leaves_room_for_the_text() -> None:
    lines = shown("> " * 100 + "deep down", (30, 5))

    assert "deep down" in lines[0]


# --- without colours ------------------------------------------------------------------------------------------------


def test_without_colours_hits_the_chosen_link_and_numbers_are_still_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    now, hit, plain = looks(DOC, (60, 40), "开放通", "开放，", "八十", find="开放")
    assert now.reverse
    assert hit.underline
    assert not plain.reverse
    assert not plain.underline

    (chosen,) = looks(DOC, (60, 40), "在线", keys=("}",))
    (number,) = looks(DOC, (60, 40), "4 面", keys=("f",))
    assert chosen.reverse
    assert number.reverse


def test_another_theme_repaints_the_lines() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[Any, Any]:
        await opened(pilot, DOC)
        dark = style_of(pilot.app, "自六月").bgcolor
        pilot.app.theme = "textual-light"
        await settle(pilot)
        return dark, style_of(pilot.app, "自六月").bgcolor

    dark, light = run(Host(), (60, 40), steps)
    assert dark != light


def test_every_line_is_exactly_as_wide_as_the_reader() -> None:
    async def steps(pilot: Pilot[None]) -> set[int]:
        await opened(pilot, DOC)
        return {strip.cell_length for strip in strips_of(pilot.app)}

    assert run(Host(), (57, 40), steps) == {57}
