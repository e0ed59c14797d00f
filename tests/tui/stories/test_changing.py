"""What people change: keys, then what the screen says, then what git says."""

from __future__ import annotations

import stat

import pytest

from pages import NAMES
from person import use

pytestmark = pytest.mark.usefixtures("site_allowed")


def test_tag_three_marks(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("ctrl+a", "t")
        await person.sees("Tags of 3 links")
        await person.types("sea policy/ports")
        await person.press("enter")
        await person.sees("3 links tagged +sea +policy/ports", "#policy", "ports")
        await person.press("t")
        await person.types("-se")
        await person.press("tab", "enter")
        await person.sees("1 link tagged -sea")

    use(pagelog, story)

    assert pagelog.commits()[:2] == ["tag: −sea", "tag: +sea +policy/ports (3 links)"]
    assert pagelog.link("Alpha").tags == ("sea", "policy/ports")
    assert pagelog.link("Gamma").tags == ("policy/ports",)


@pytest.mark.slow
def test_edit_title_note_and_address(pagelog, kept, site):
    async def story(person):
        await person.sees("Gamma")
        await person.press("E")
        await person.sees("Edit link")
        await person.press("ctrl+u")
        await person.types("My own title")
        await person.press("tab", "tab")
        await person.types("worth a second look")
        await person.press("enter")
        await person.sees("Changed.", "My own title")

    use(pagelog, story)

    link = pagelog.link("My own title")
    assert (link.note, link.page_title) == ("worth a second look", "Gamma")
    assert pagelog.commits()[0] == "edit: My own title"


@pytest.mark.slow
def test_an_address_that_another_link_has_is_refused_with_everything_typed_kept(pagelog, kept):
    async def story(person):
        await person.sees("Gamma")
        await person.press("E", "tab", "ctrl+u")
        await person.types(kept[0])
        await person.press("enter")
        await person.sees("Edit link", kept[0])
        await person.press("escape")

    use(pagelog, story)

    assert pagelog.commits()[0] == "add: Gamma"


def test_the_document_in_the_editor(pagelog, kept, home, monkeypatch):
    editor = home / "editor"
    editor.write_text('#!/bin/sh\nsed -i "s/Gamma stands alone/Gamma is not alone/" "$1"\n')
    editor.chmod(editor.stat().st_mode | stat.S_IEXEC)
    monkeypatch.setenv("EDITOR", str(editor))

    async def story(person):
        from contextlib import nullcontext

        person.app.suspend = nullcontext  # there is no terminal to give away
        await person.sees("Gamma stands alone")
        await person.press("e")
        await person.sees("Changed.", "Gamma is not alone")

    use(pagelog, story)

    assert pagelog.commits()[0] == "edit: Gamma"
    assert "Gamma is not alone" in pagelog.link("Gamma").body


def test_read_archive_star(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("m")
        await person.sees("1 link marked as read")
        await person.press("j", "M")
        await person.sees("1 link marked as archived")
        await person.press("j", "s")
        await person.sees("1 link starred")

    use(pagelog, story)

    assert [pagelog.link(name).status for name in NAMES] == ["unread", "archived", "read"]
    assert pagelog.link("Alpha").starred


def test_trash_and_back(pagelog, kept):
    async def story(person):
        await person.sees("1/3", "Gamma")
        await person.press("d")
        await person.sees("1 link moved to the trash")
        await person.press("1", "G", "enter")
        await person.sees("Trash", "1/1")
        await person.press("d")
        await person.sees("1 link put back")

    use(pagelog, story)

    assert pagelog.commits()[:2] == ["restore: Gamma", "trash: Gamma"]


def test_trashing_many_asks_nothing_and_is_taken_back(pagelog, site):
    pagelog("add", "--later", *(f"https://example.org/{number}" for number in range(25)))

    async def story(person):
        await person.sees("1/25")
        await person.bursts("ctrl+a", "d")
        await person.sees("25 links moved to the trash; u takes it back.")
        await person.press("u")
        await person.sees("Taken back: trash: 25 links. ctrl+r puts it back.")

    use(pagelog, story)

    assert len(pagelog("list", "--json").objects) == 25


def test_on_the_smallest_screen_a_dialog_shows_all_of_itself(pagelog, kept):
    async def story(person):
        await person.sees("Gamma")
        await person.press("E")
        await person.sees("Title", "Address", "Note", "enter save", "esc cancel")
        await person.press("ctrl+u", "enter")
        await person.sees("A link needs a title.", "enter save")
        await person.press("escape", "a")
        await person.sees("Addresses", "Tags", "enter add", "esc cancel")
        await person.press("enter")
        await person.sees("Type or paste an address", "enter add")

    use(pagelog, story, (40, 12))
