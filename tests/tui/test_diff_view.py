"""The diff view on a screen: where it opens, how it moves, and that colours are never needed."""

from __future__ import annotations

import pytest
from rich.style import Style
from textual.app import App, ComposeResult
from textual.events import MouseScrollDown
from textual.pilot import Pilot
from textual.widgets import Label

from screens import cell_of, odd_characters, run, settle, strips_of, style_of, text_of
from tui.text.compared import Compared, prepare
from tui.widgets.diff_view import DiffView

SAME = "These two texts are the same."
PARAGRAPHS = [f"Paragraph {number} tells of the marsh, of the tide and of the mud. " * 3 for number in range(60)]
ARTICLE = "\n\n".join(PARAGRAPHS) + "\n"
LATER = (
    ARTICLE.replace("Paragraph 5 tells", "Paragraph 5 says")
    .replace(PARAGRAPHS[20] + "\n\n", "")
    .replace("\n\nParagraph 41", "\n\nA new paragraph.\n\nParagraph 41", 1)
    .replace("Paragraph 59 tells of the marsh", "Paragraph 59 tells of the sea")
)
NOTICE = """各区文化和旅游局，市图书馆：

为方便市民夜间阅读，经研究决定，自2024年6月1日起，市图书馆及各区分馆开放夜间阅览室。现将有关事项通知如下：

一、开放时间为每日十八时至二十二时，周一闭馆。读者凭身份证或者读者证入馆，未满十四周岁的未成年人应当由监护人陪同。

二、本通知自印发之日起施行。
"""
NOTICE_LATER = NOTICE.replace("二十二时，周一闭馆", "二十三时，节假日照常开放")
HOSTILE = "\x1b]52;c;aGk=\x07[/x] [TODO] \x1b[31mred\x9b2J \u202eback\u2066 \x85 [bold]not[/bold]\n\n"
HOSTILE += "long " * 2000 + "end\n"


def lines_of(app: App[None]) -> list[str]:
    """The lines on the screen, without the bar at their ends."""
    return [line.rstrip(" ▁▂▃▄▅▆▇█") for line in text_of(app)]


class Showing(App[None]):
    """A diff view, and in a line above it the current change."""

    ENABLE_COMMAND_PALETTE = False

    def __init__(self, compared: Compared) -> None:
        super().__init__()
        self.compared = compared

    def compose(self) -> ComposeResult:
        yield Label("", id="at", markup=False)
        yield DiffView(id="diff")

    def on_mount(self) -> None:
        self.view.focus()
        self.view.show(self.compared, SAME)

    def on_diff_view_at(self, event: DiffView.At) -> None:
        assert event.control is self.view
        self.query_one("#at", Label).update(f"{event.change}/{event.count}")

    @property
    def view(self) -> DiffView:
        return self.query_one(DiffView)


def walked(keys: str, *, size: tuple[int, int] = (80, 24), old: str = ARTICLE, new: str = LATER) -> list[list[str]]:
    """The screen as it opens, and after each of these keys."""

    async def steps(pilot: Pilot[None]) -> list[list[str]]:
        found = [lines_of(pilot.app)]
        for key in keys.split():
            await pilot.press(key)
            await settle(pilot)
            found.append(lines_of(pilot.app))
        return found

    return run(Showing(prepare(old, new)), size, steps)


def pressed(keys: str, *, size: tuple[int, int] = (80, 24), old: str = ARTICLE, new: str = LATER) -> list[str]:
    """The screen after these keys."""
    return walked(keys, size=size, old=old, new=new)[-1]


def test_it_opens_at_the_first_change_with_what_stands_above() -> None:
    screen = pressed("")

    assert screen[0] == "1/4"
    assert screen[1].startswith("  ... 4 paragraphs unchanged ...")
    assert screen[2].startswith("  Paragraph 4 tells")
    assert screen[6].startswith("~ Paragraph 5 tellssays of the marsh")


def test_n_goes_to_the_next_change_and_shift_n_back() -> None:
    *_, there, back = walked("n n N")

    assert there[0] == "3/4"
    assert any(line.startswith("+ A new paragraph.") for line in there[:12])
    assert back[0] == "2/4"
    assert any(line.startswith("- Paragraph 20 tells") for line in back[:12])


def test_there_is_nothing_beyond_the_last_change_and_before_the_first() -> None:
    counts = [screen[0] for screen in walked("N n n n n n")]

    assert counts == ["1/4", "1/4", "2/4", "3/4", "4/4", "4/4", "4/4"]


def test_scrolling_changes_which_change_is_the_current_one() -> None:
    counts = [screen[0] for screen in walked("pagedown G g")]

    assert counts == ["1/4", "3/4", "3/4", "1/4"]  # at the end the third is still in sight


def test_from_between_two_changes_it_is_not_far_to_those_beside() -> None:
    counts = [screen[0] for screen in walked("n Z pagedown pagedown n N pagedown pagedown N")]

    assert counts == ["1/4", "2/4", "2/4", "2/4", "2/4", "3/4", "2/4", "2/4", "2/4", "2/4"]


def test_keys_move_as_in_the_reader() -> None:
    _, top, j, k, space, b, half, back, end, home, last = (
        screen[1:] for screen in walked("g j k space b ctrl+d ctrl+u G home end")
    )

    assert j[:-1] == top[1:]
    assert space[:2] == top[-2:]
    assert half[0] in top[1:]
    assert k == b == back == home == top
    assert end == last != top


def test_what_is_the_same_can_be_shown_without_losing_the_place() -> None:
    *_, folded, whole, again = walked("n Z Z")
    change = next(number for number, line in enumerate(folded) if line.startswith("- "))

    assert whole[change] == folded[change]
    assert not any("unchanged" in line for line in whole)
    assert again == folded


def test_side_by_side_takes_seventy_six_columns() -> None:
    wide, narrow = pressed("v", size=(76, 30)), pressed("v", size=(75, 30))

    assert any(line.startswith("~ Paragraph 5 tells") and "| ~ Paragraph 5 says" in line for line in wide)
    assert narrow == pressed("", size=(75, 30))


def test_the_wish_for_two_sides_is_remembered_while_there_is_no_room() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[list[str], list[str]]:
        await pilot.press("v")
        await pilot.resize_terminal(70, 24)
        await settle(pilot)
        narrow = lines_of(pilot.app)
        await pilot.resize_terminal(120, 40)
        await settle(pilot)
        return narrow, lines_of(pilot.app)

    narrow, wide = run(Showing(prepare(ARTICLE, LATER)), (120, 40), steps)

    assert narrow == pressed("", size=(70, 24))
    assert any(line.startswith("~ Paragraph 5 tells") and "| ~ Paragraph 5 says" in line for line in wide)


@pytest.mark.parametrize("size", [(60, 24), (130, 24), (100, 12), (80, 60)])
def test_the_change_stays_in_sight_in_another_size(size: tuple[int, int]) -> None:
    async def steps(pilot: Pilot[None]) -> list[str]:
        await pilot.press(*"n n v".split())
        await pilot.resize_terminal(*size)
        await settle(pilot)
        return lines_of(pilot.app)

    screen = run(Showing(prepare(ARTICLE, LATER)), (120, 30), steps)

    assert screen[0] == "3/4"
    assert any("+ A new paragraph." in line for line in screen)


def test_the_mouse_wheel_scrolls() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[list[str], list[str]]:
        before = lines_of(pilot.app)
        await pilot._post_mouse_events([MouseScrollDown], DiffView, (5, 5))
        await settle(pilot)
        return before, lines_of(pilot.app)

    before, after = run(Showing(prepare(ARTICLE, LATER)), (80, 24), steps)

    assert after[1] in before[2:]


def test_the_same_texts_are_said_to_be_the_same() -> None:
    screen = pressed("n N v Z j pagedown G", new=ARTICLE)

    assert screen[:2] == ["0/0", "  " + SAME]
    assert not any(screen[2:])


def test_another_comparison_opens_at_its_own_first_change() -> None:
    async def steps(pilot: Pilot[None]) -> list[str]:
        await pilot.press(*"n n Z".split())
        pilot.app.query_one(DiffView).show(prepare(NOTICE, NOTICE_LATER), SAME)
        await settle(pilot)
        return lines_of(pilot.app)

    assert run(Showing(prepare(ARTICLE, LATER)), (80, 24), steps) == pressed("", old=NOTICE, new=NOTICE_LATER)


def test_a_chinese_notice_is_broken_as_chinese_is() -> None:
    assert pressed("", size=(60, 16), old=NOTICE, new=NOTICE_LATER)[:9] == [
        "1/1",
        "  ... 1 paragraph unchanged ...",
        "  为方便市民夜间阅读，经研究决定，自2024年6月1日起，市图书",
        "  馆及各区分馆开放夜间阅览室。现将有关事项通知如下：",
        "",
        "~ 一、开放时间为每日十八时至二十二时，周一闭馆三时，节假日",
        "~ 照常开放。读者凭身份证或者读者证入馆，未满十四周岁的未成",
        "~ 年人应当由监护人陪同。",
        "",
    ]


def test_hostile_text_is_shown_as_text_and_a_very_long_line_is_wrapped() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[list[str], set[str]]:
        top, odd = lines_of(pilot.app), odd_characters(pilot.app)
        await pilot.press("v", "G")
        await settle(pilot)
        return top + lines_of(pilot.app), odd | odd_characters(pilot.app)

    screen, odd = run(Showing(prepare(ARTICLE, HOSTILE + ARTICLE)), (100, 30), steps)

    assert "+ [/x] [TODO] red back   [bold]not[/bold]" in screen
    assert odd == set()
    assert any(line.endswith("long end") for line in pressed("G", old="a\n", new=HOSTILE))


def test_a_notice_is_cleaned_too() -> None:
    async def steps(pilot: Pilot[None]) -> tuple[list[str], set[str]]:
        pilot.app.query_one(DiffView).say("\x1b[31m[/x] \u202egone")
        await settle(pilot)
        return lines_of(pilot.app), odd_characters(pilot.app)

    screen, odd = run(Showing(prepare(ARTICLE, LATER)), (80, 24), steps)

    assert screen[:2] == ["0/0", "  [/x] gone"]
    assert odd == set()


def styles(keys: str = "", *, theme: str = "textual-dark") -> dict[str, Style]:
    """How the parts of an edited paragraph look."""

    async def steps(pilot: Pilot[None]) -> dict[str, Style]:
        pilot.app.theme = theme
        await pilot.press(*keys.split())
        await settle(pilot)
        texts = {"removed": "二时，周一", "added": "三时，节", "edited": "一、开放", "same": "为方便市民"}
        return {name: style_of(pilot.app, text) for name, text in texts.items()}

    return run(Showing(prepare(NOTICE, NOTICE_LATER)), (110, 24), steps)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light"])
def test_words_stand_out_from_their_paragraph_and_it_from_the_others(theme: str) -> None:
    look = styles(theme=theme)

    assert len({style.bgcolor for style in look.values()}) == 4
    assert look["removed"].strike
    assert look["added"].bold


def test_side_by_side_the_old_paragraph_and_the_new_one_have_grounds_of_their_own() -> None:
    look = styles("v")

    assert len({style.bgcolor for style in look.values()}) == 4


def without_colours(style: Style) -> tuple[bool, ...]:
    return bool(style.bold), bool(style.underline), bool(style.strike), bool(style.reverse)


@pytest.mark.parametrize("theme", ["textual-dark", "textual-light", "ansi-dark"])
def test_without_colours_added_and_removed_words_are_told_apart(theme: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")

    look = styles(theme=theme)

    assert without_colours(look["added"]) == (True, True, False, False)
    assert without_colours(look["removed"]) == (False, False, True, True)
    assert without_colours(look["edited"]) == (False, False, False, False)
    assert "~ 一、开放" in "\n".join(pressed("", old=NOTICE, new=NOTICE_LATER))


def test_the_mark_of_the_current_change_is_reversed() -> None:
    async def steps(pilot: Pilot[None]) -> list[bool]:
        found = []
        for _ in range(2):
            marks = [strip.crop(0, 1) for strip in strips_of(pilot.app)]
            found.append([bool(next(iter(mark)).style.reverse) for mark in marks if mark.text in "~+-" and mark.text])
            await pilot.press("n")
            await settle(pilot)
        return found

    old, new = "a b c d\n\nsame\n\ne f g h\n", "a b c dd\n\nsame\n\ne f g hh\n"

    assert run(Showing(prepare(old, new)), (40, 10), steps) == [[True, False], [False, True]]


def selected(size: tuple[int, int], keys: str, text: str, by: tuple[int, int]) -> list[str]:
    """What is copied when the mouse is drawn from `text` over so many columns and lines; and after another layout."""

    async def steps(pilot: Pilot[None]) -> list[str]:
        await pilot.press(*keys.split())
        await settle(pilot)
        x, y = cell_of(pilot.app, text)
        await pilot.mouse_down(offset=(x, y))
        await pilot.hover(offset=(x + by[0], y + by[1]))
        await pilot.mouse_up(offset=(x + by[0], y + by[1]))
        await settle(pilot)
        found = [pilot.app.screen.get_selected_text() or ""]
        await pilot.press("v")
        await settle(pilot)
        return [*found, pilot.app.screen.get_selected_text() or ""]

    return run(Showing(prepare(NOTICE, NOTICE_LATER)), size, steps)


def test_selected_text_is_copied_without_marks_and_without_line_breaks() -> None:
    text, _ = selected((60, 16), "", "夜间阅读", (0, 1))

    assert text.startswith("夜间阅读，经研究决定，自2024年6月1日起，市图书馆及各区")
    assert "\n" not in text


def test_side_by_side_only_one_side_is_selected() -> None:
    text, _ = selected((120, 16), "v", "一、开放", (8, 1))

    assert text.startswith("一、开放时间为每日十八时至二十二时，周一闭馆。")
    assert "节假日" not in text


def test_in_another_layout_nothing_is_selected() -> None:
    assert selected((120, 16), "", "夜间阅读", (0, 2))[1] == ""


@pytest.mark.slow
def test_a_very_long_comparison_is_laid_out_in_a_thread_and_keys_still_work() -> None:
    old = "".join(f"Paragraph {number} of a very long text.\n\n" for number in range(20_000))
    new = old.replace("Paragraph 19000 of", "Paragraph 19000 and last of")

    screen = pressed("Z n", old=old, new=new)

    assert screen[0] == "1/1"
    assert "~ Paragraph 19000 and last of a very long text." in screen
    assert "  Paragraph 18999 of a very long text." in screen
