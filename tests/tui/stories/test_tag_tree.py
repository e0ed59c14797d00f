"""Tags moved about in the navigation: keys, then the plan, then what git says."""

from __future__ import annotations

import pytest

from person import use

pytestmark = [pytest.mark.usefixtures("site_allowed"), pytest.mark.slow]


@pytest.fixture
def tagged(pagelog, kept):
    """Alpha has 海/潮汐, Beta 海 and sea, Gamma sea."""
    pagelog("tag", "add", "海/潮汐", "--to", kept[0])
    pagelog("tag", "add", "海", "sea", "--to", kept[1])
    pagelog("tag", "add", "sea", "--to", kept[2])
    return kept


async def at_the_tags(person) -> None:
    """In the navigation, on the first tag."""
    await person.sees("1/3", "#海") if person.app.size.width >= 120 else await person.sees("1/3")
    await person.press("1")
    await person.sees("#海", "#sea", "r rename", "M merge", "d delete")
    place = next(at for at, entry in enumerate(person.app.screen.sidebar.navigation.entries) if entry.tag == "sea")
    person.app.screen.sidebar.go(place)


@pytest.mark.parametrize("size", [(120, 40), pytest.param((80, 24), marks=pytest.mark.slow)])
def test_a_tag_is_renamed_after_a_plan_and_taken_back(pagelog, tagged, size):
    async def story(person):
        await at_the_tags(person)
        await person.press("enter")
        await person.sees("#sea", "1/2")
        await person.press("1", "r")
        await person.sees("Rename #sea", "tags below it come along")
        await person.press("ctrl+u")
        await person.types("海")
        await person.press("enter")
        await person.sees("Rename #sea to #海", "2 links change.", "On 1 link two tags become one.", "#sea  ->  #海")
        await person.press("enter")
        await person.sees("2 links changed: #sea is #海 now; u takes it back.")
        await person.press("2")
        await person.sees("#海", "/3")
        await person.press("u")
        await person.sees("Taken back: tag: rename sea to 海 (2 links).")

    use(pagelog, story, size)

    assert pagelog.commits()[:2] == ["undo: tag: rename sea to 海 (2 links)", "tag: rename sea to 海 (2 links)"]
    assert pagelog.link("Gamma").tags == ("sea",)


def test_a_tag_is_merged_into_one_that_is_offered(pagelog, tagged):
    async def story(person):
        await at_the_tags(person)
        await person.press("M")
        await person.sees("Merge #sea", "Into which tag")
        await person.types("海/")
        await person.sees("#海/潮汐 1")
        await person.press("tab", "enter")
        await person.sees("Merge #sea into #海/潮汐", "1 link has that already")
        await person.press("y")
        await person.sees("2 links changed: #sea is #海/潮汐 now")

    use(pagelog, story)

    assert pagelog.link("Beta").tags == ("海", "海/潮汐")


def test_a_tag_is_deleted_with_those_below_it_and_the_links_stay(pagelog, tagged):
    async def story(person):
        await at_the_tags(person)
        await person.press("j", "d")
        await person.sees("Delete #海", "2 links change.", "#海  goes", "#海/潮汐  goes")
        await person.press("escape")
        await person.sees_no("Delete #海")
        await person.press("d", "enter")
        await person.sees("2 links changed: #海 is gone", "All links", "3")

    use(pagelog, story)

    assert pagelog.commits()[0] == "tag: delete 海 (2 links)"
    assert pagelog.link("Beta").tags == ("sea",)


def test_what_cannot_be_is_told_and_what_was_typed_stays(pagelog, tagged):
    async def story(person):
        await at_the_tags(person)
        await person.press("r")
        await person.types("/below")
        await person.press("enter")
        await person.sees("Rename #sea", "sea/below", "which is below it")
        await person.press("backspace")
        await person.sees_no("which is below it")
        await person.press("escape", "g", "d")
        await person.sees("That is a view.")
        await person.press("r")
        await person.sees("That is a view.")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("tag: +sea")


def test_the_keys_of_links_that_the_navigation_has_too_are_reached_by_their_names(pagelog, tagged):
    async def story(person):
        await at_the_tags(person)
        await person.press("colon")
        await person.types("trash")
        await person.press("enter")
        await person.sees("1 link moved to the trash")

    use(pagelog, story)

    assert pagelog.commits()[0] == "trash: Gamma"


def test_a_change_of_very_many_links_tells_how_far_it_is_and_is_given_up(pagelog, tagged, monkeypatch):
    from store import tagging
    from store.progress import Cancelled, Progress

    def endless(library, wanted, pace):
        pace.report(Progress("changing links", 500, 5000))
        pace.cancelled.wait(20)
        raise Cancelled

    monkeypatch.setattr(tagging, "carry_out", endless)

    async def story(person):
        await at_the_tags(person)
        await person.press("d", "enter")
        await person.sees("Delete #sea: changing links 500/5,000 (w)")
        await person.press("w")
        await person.sees("Delete #sea", "running")
        await person.press("x")
        await person.sees("cancelled")
        await person.press("escape")
        await person.sees("Delete #sea: given up, nothing was changed.")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("tag: +sea")
