"""The reader as a person meets it: what stands on the screen, what keys and mouse do, what is posted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import pytest
from rich.style import Style
from textual import events, on
from textual.app import App, ComposeResult
from textual.pilot import Pilot

from screens import cell_of, odd_characters, run, settle, strips_of, style_of, text_of, until
from tui.text.blocks import parse
from tui.widgets import page_view
from tui.widgets.reader import Reader, head_of, prepare

DOC = """# 市图书馆夜间开放通知

> 自六月一日起施行，`旧办法`同时*废止*，~~另有通知者~~**除外**。

请[在线预约](https://lib.example.org/book)，或见 https://lib.example.org/faq 。

![阅览室](img/room.jpg)

## 开放时间

| 馆名 | 备注 | 电话 |
| --- | --- | ---: |
| 市图书馆 | 节假日照常开放，[平面图](map/1.png) | 021-5555 |
| 江北分馆 | 八十 | 021-6666 |

### Code

```python
def seats(branch):  # 座位
    return "一个相当长的字符串，长到一行放不下，所以要折到下一行，颜色仍然是对的" + branch
```

- first
  1. inner
"""
LONG = "\n\n".join(
    f"## Part {n}\n\nParagraph {n} 段落" + "文字" * 60 + f" [link {n}](https://x.org/{n})" for n in range(40)
)
WORDS = "\n\n".join(f"line {n}" for n in range(60))


class Host(App[None]):
    """Nothing but a reader, and a note of what it says."""

    BINDINGS: ClassVar = [("x", "outside"), ("1", "outside")]

    def __init__(self) -> None:
        super().__init__()
        self.said: list[Any] = []
        self.outside = 0

    def compose(self) -> ComposeResult:
        yield Reader(id="reader")

    @property
    def reader(self) -> Reader:
        return self.query_one(Reader)

    def action_outside(self) -> None:
        self.outside += 1

    @on(Reader.LinkChosen, "#reader")
    def _link(self, event: Reader.LinkChosen) -> None:
        self.said.append(event.url)

    @on(Reader.Neighbour, "#reader")
    def _neighbour(self, event: Reader.Neighbour) -> None:
        self.said.append(event.step)

    @on(Reader.Hits, "#reader")
    def _hits(self, event: Reader.Hits) -> None:
        self.said.append((event.at, event.count))

    @on(Reader.Nothing, "#reader")
    def _nothing(self, event: Reader.Nothing) -> None:
        self.said.append(f"no {event.what}")

    @on(Reader.Find, "#reader")
    @on(Reader.Contents, "#reader")
    def _asked(self, event: Reader.Find | Reader.Contents) -> None:
        self.said.append(type(event).__name__)


@dataclass(frozen=True)
class Reading:
    """What came of some keys: the lines on the screen, what was posted, the styles in which some texts begin."""

    lines: list[str]
    said: list[Any]
    looks: list[Style]
    outside: int


def reading(source: str, size: tuple[int, int], *keys: str, find: str = "", looks: Sequence[str] = ()) -> Reading:
    """A text on a screen of this size, after a find and these keys."""
    host = Host()

    async def steps(pilot: Pilot[None]) -> Reading:
        await opened(pilot, source)
        if find:
            host.reader.find(find)
        await pilot.press(*keys)
        await settle(pilot)
        return Reading(text_of(host, host.reader), host.said, [style_of(host, text) for text in looks], host.outside)

    return run(host, size, steps)


async def opened(pilot: Pilot[None], source: str) -> Reader:
    """The reader with this text, at its beginning."""
    reader = pilot.app.query_one(Reader)
    reader.focus()
    reader.show(prepare(source, reader.columns))
    await settle(pilot)
    return reader


def answers(source: str, size: tuple[int, int], *questions: Sequence[str], find: str = "") -> list[list[Any]]:
    """What is posted by each of these rows of keys, one after another."""
    host = Host()

    async def steps(pilot: Pilot[None]) -> list[list[Any]]:
        await opened(pilot, source)
        if find:
            host.reader.find(find)
        found = []
        for keys in questions:
            host.said.clear()
            await pilot.press(*keys)
            await settle(pilot)
            found.append(list(host.said))
        return found

    return run(host, size, steps)


def shown(source: str, size: tuple[int, int], *keys: str, find: str = "") -> list[str]:
    return reading(source, size, *keys, find=find).lines


def said(source: str, size: tuple[int, int], *keys: str, find: str = "") -> list[Any]:
    return reading(source, size, *keys, find=find).said


def looks(source: str, size: tuple[int, int], *texts: str, keys: Sequence[str] = (), find: str = "") -> list[Style]:
    return reading(source, size, *keys, find=find, looks=texts).looks


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


# --- finding --------------------------------------------------------------------------------------------------------


def test_hits_are_counted_also_in_cells_and_the_current_one_is_stronger() -> None:
    found = reading(DOC, (60, 40), find="开放", looks=("开放通", "开放，"))

    now, hit = found.looks
    assert found.said == [(1, 3)]
    assert now.bgcolor != hit.bgcolor
    assert hit.underline


def test_n_and_capital_n_step_through_the_hits_and_around() -> None:
    assert said(DOC, (60, 40), *"nnnN", find="开放") == [(1, 3), (2, 3), (3, 3), (1, 3), (3, 3)]


def test_a_hit_out_of_sight_is_scrolled_to() -> None:
    assert any("Paragraph 30" in line for line in shown(LONG, (60, 10), find="paragraph 30"))


def test_finding_knows_no_case_accents_or_width() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, "Der CAFÉ… Ｗｉｄｅ ﬁne")
        found = []
        for sought in ("café", "CAFE", "wide", "...", "fine", "nowhere"):
            reader.find(sought)
            found.append(reader.hits)
        return found

    assert run(Host(), (60, 5), steps) == [1, 1, 1, 1, 1, 0]


def test_the_right_characters_are_marked_behind_ones_that_fold_longer() -> None:
    before, hit, after = looks("……①…目标…", (60, 5), "①", "目", "…", find="目标")

    assert hit.bgcolor not in (before.bgcolor, after.bgcolor)
    assert before.bgcolor == after.bgcolor


def test_a_find_starts_where_slash_was_pressed_while_it_is_typed() -> None:
    async def steps(pilot: Pilot[None]) -> list[int]:
        reader = await opened(pilot, LONG)
        reader.go_to_heading(10)
        await pilot.press("slash")
        found = []
        for sought in ("Part", "Part 3", "Part 1"):
            reader.find(sought)
            await settle(pilot)
            found.append(reader.hit_at)
        return found

    assert run(Host(), (60, 10), steps) == [11, 2, 2]


def test_finding_nothing_says_so_and_an_empty_find_ends_it() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[int, int]:
        reader = await opened(pilot, DOC)
        reader.find("nowhere")
        await pilot.press("n")
        reader.find("开放")
        hits = reader.hits
        reader.find("")
        await settle(pilot)
        return hits, reader.hits

    host = Host()

    assert run(host, (60, 40), steps) == (3, 0)
    assert host.said == [(0, 0), "no hit", (1, 3), (0, 0)]


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
