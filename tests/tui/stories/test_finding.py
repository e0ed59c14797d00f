"""How people find, mark and sort, and the keys themselves: keys, then what the screen says."""

from __future__ import annotations

import pytest

from pages import NAMES
from person import use

pytestmark = pytest.mark.usefixtures("site_allowed")


def test_filter(pagelog, kept):
    pagelog("tag", "add", "海/潮汐", "--to", kept[1])

    async def story(person):
        await person.sees("1/3")
        await person.press("slash")
        await person.types("alp")
        await person.sees("1/1", "Alpha")
        await person.press("enter", "escape")
        await person.sees("3/3")
        await person.press("slash")
        await person.types("tag:海")
        await person.sees("1/1", "Beta")

    use(pagelog, story)


def test_marks_ranges_and_their_survival_of_a_filter(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("v", "j", "v")
        await person.sees("2 marked")
        await person.press("asterisk")
        await person.sees("1 marked")
        await person.press("slash")
        await person.types("beta")
        await person.sees("1/1")
        await person.press("enter", "s")
        await person.sees("Are you sure?", "Star 1 link (1 of them not shown)?")
        await person.press("enter")
        await person.sees("1 link starred")

    use(pagelog, story)

    assert [pagelog.link(name).starred for name in NAMES] == [True, False, False]


@pytest.mark.slow
def test_sort_by_title_and_the_other_way_round(pagelog, kept):
    def first(person):
        return person.screen.split("\n")[1]

    async def story(person):
        await person.sees("1/3")
        await person.press("comma")
        await person.sees("Sort by", "title")
        await person.press("t")
        await person.sees("Sorted by title.")
        await person.press("g")
        assert "Alpha" in first(person)
        await person.press("comma", "r")
        await person.sees("Sorted by title, reversed.")
        await person.press("g")
        assert "Gamma" in first(person)

    use(pagelog, story)


@pytest.mark.slow
def test_nothing_is_done_to_a_list_that_is_still_being_found(pagelog, kept):
    import threading

    go_on = threading.Event()

    async def story(person):
        await person.sees("3")
        lookup = person.app.screen._lookup
        find = lookup._find
        lookup._find = lambda *found: (go_on.wait(5), find(*found))[1]
        await person.bursts("slash", *"alp")
        await person.bursts("enter", "ctrl+a", "d")
        await person.sees("still being found")
        go_on.set()
        await person.sees("1/1")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("add: ")


def test_help_names_every_key_and_starts_what_is_chosen(pagelog, kept):
    async def story(person):
        await person.sees("Gamma")
        await person.press("question_mark")
        await person.sees("Keys", "Lists", "Mark the link")
        await person.press("escape", "1", "question_mark")
        await person.sees("Keys", "Rename the tag, with all below it.")
        await person.press("escape", "2", "question_mark")
        await person.sees("Keys", "Lists", "Mark the link")
        await person.types("star")
        await person.press("enter")
        await person.sees("1 link starred")
        await person.press("colon")
        await person.types("archive")
        await person.press("enter")
        await person.sees("archived")

    use(pagelog, story)


@pytest.mark.slow
def test_who_types_ahead_types_to_the_right_place(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.bursts("ctrl+a", "t", *"draft sea", "enter", "g", "E", "ctrl+u", *"My quick title", "enter")
        await person.sees("My quick title")
        await person.bursts("comma", "q")
        await person.pilot.pause(0.3)
        await person.bursts("slash", *"beta", "enter", "enter", "slash", *"ferry", "enter")
        await person.sees("/1 hits")
        await person.bursts("escape", "escape", "a", *"nowhere", "escape")
        await person.sees("1/1")

    use(pagelog, story)

    assert pagelog.commits()[:2] == ["edit: My quick title", "tag: +draft +sea (3 links)"]
    assert len(pagelog("list", "--json").objects) == 3
