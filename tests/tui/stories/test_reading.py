"""What people read and compare: keys, then what the screen says."""

from __future__ import annotations

import pytest

from pages import LATER, NAMES, article
from person import use

pytestmark = pytest.mark.usefixtures("site_allowed")


def test_read_and_find(pagelog, kept):
    async def story(person):
        await person.sees("Gamma", "Alpha")
        await person.press("enter")
        await person.press("slash")
        await person.types("lighthouse")
        await person.sees("1/1 hits")
        await person.press("enter", "escape", "escape", "j")
        await person.sees("2/3", "Beta stands alone")

    use(pagelog, story)


def test_in_the_reader_an_action_takes_what_is_read_and_not_the_marks(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("space", "space", "enter")
        await person.sees("Alpha stands alone")
        await person.press("s")
        await person.sees("1 link starred")

    use(pagelog, story)

    assert [pagelog.link(name).starred for name in NAMES] == [True, False, False]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 12)])
def test_one_pane_after_the_other_fits_every_screen(pagelog, kept, size):
    async def story(person):
        await person.sees("Gamma")
        await person.press("enter")
        await person.sees("The ferry leaves")
        await person.press("escape", "B")
        await person.sees("Untagged")
        await person.press("B")
        await person.sees("Gamma")

    use(pagelog, story, size)


def test_refresh_a_changed_page(pagelog, kept, site):
    site.put("/gamma", article("Gamma", f"<p>Gamma stands alone.</p>{LATER}"))

    async def story(person):
        await person.sees("Gamma")
        await person.press("r")
        await person.sees("Updated: Gamma.", "In autumn")
        await person.press("1", "j", "j", "j", "enter")
        await person.sees("Changed", "1/1")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("update: Gamma (+")


def test_history_diff_restore(pagelog, kept, site):
    site.put("/gamma", article("Gamma", f"<p>Gamma stands alone.</p>{LATER}"))
    pagelog("refresh", kept[2])

    async def story(person):
        await person.sees("Gamma", "In autumn")
        await person.press("H")
        await person.sees("version 1 -> version 2", "In autumn", "change 1/1")
        await person.press("j")
        await person.sees("The text of version 1")
        await person.press("R")
        await person.sees("Version 1 is back", "version 2 -> version 3")
        await person.press("escape")
        await person.sees_no("In autumn")

    use(pagelog, story)

    assert pagelog.commits()[0] == "restore: Gamma"
    assert "ninety" not in pagelog.link("Gamma").body


def test_a_held_capture_is_looked_at_and_accepted(pagelog, kept, site):
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))
    path.write_text(
        path.read_text(encoding="utf-8").replace("stands alone", "stands, as I say, alone"), encoding="utf-8"
    )
    site.put("/gamma", article("Gamma", f"<p>Gamma is new.</p>{LATER}"))
    assert pagelog("refresh", kept[2], "--json").objects[0]["result"] == "held"

    async def story(person):
        await person.sees("Gamma", "Held")
        await person.press("H")
        await person.sees("held capture", "In autumn", "A accepts")
        await person.press("A")
        await person.sees("Accepted")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("update: Gamma")
    assert "In autumn" in pagelog.link("Gamma").body


@pytest.mark.slow
def test_a_changed_link_is_marked_until_its_history_is_opened(pagelog, kept, site):
    site.put("/gamma", article("Gamma", f"<p>Gamma stands alone.</p>{LATER}"))
    pagelog("refresh", kept[2])

    async def story(person):
        await person.sees("~o Gamma")
        await person.press("H")
        await person.sees("version 1 -> version 2")
        await person.press("escape")
        await person.sees_no("~o Gamma")

    use(pagelog, story)

    assert pagelog("list", "is:changed").out == ""


@pytest.mark.slow
def test_a_version_that_changed_only_what_is_said_of_the_page_shows_that(pagelog, kept):
    pagelog("tag", "add", "潮汐", "--to", kept[2])

    async def story(person):
        await person.sees("Gamma", "#潮汐")
        await person.press("H")
        await person.sees("the text is the same", "tags:", '"潮汐"')
        await person.sees_no("captured:")

    use(pagelog, story)
