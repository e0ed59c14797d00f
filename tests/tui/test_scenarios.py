"""What people do with the app, told as they would do it: keys, then what the screen says."""

from __future__ import annotations

import stat

import pytest

from pages import PROSE, article
from person import Person, use
from store import frontmatter
from store.link import Link

pytestmark = pytest.mark.usefixtures("site_allowed")

LATER = "<p>In autumn the harbour master counted ninety boats more than in the year before, and wrote it down.</p>"


@pytest.fixture
def harbour(site):
    return site.put("/harbour", article("The harbour log"))


@pytest.fixture
def kept(pagelog, site):
    """Three pages in the library: Alpha, Beta, Gamma."""
    addresses = [site.put(f"/{name.lower()}", article(name, f"<p>{name} stands alone.</p>")) for name in NAMES]
    assert pagelog("add", "--jobs", "1", *addresses).status == 0
    return addresses


NAMES = ("Alpha", "Beta", "Gamma")


def link_of(pagelog, title: str) -> Link:
    """The document of a link, read from its file."""
    for path in pagelog.library.glob("pages/*/*.md"):
        found = frontmatter.loads(path.read_bytes())
        if found.title == title:
            return found
    raise AssertionError(f"no document with the title {title!r}")


async def add(person: Person, *addresses: str) -> None:
    await person.press("a")
    await person.sees("Add links")
    await person.pastes("\n".join(addresses))
    await person.press("enter")


def test_an_empty_library_says_what_to_press(pagelog):
    async def story(person):
        await person.sees("Your library is empty", "Press a")

    use(pagelog, story)


def test_add_one(pagelog, harbour):
    async def story(person):
        await add(person, harbour)
        await person.sees("Added: The harbour log.", PROSE[0][:20])

    use(pagelog, story)

    assert pagelog.commits()[0] == "add: The harbour log"
    assert link_of(pagelog, "The harbour log").status == "unread"
    pagelog.assert_whole()


def test_add_five_with_a_404(pagelog, site):
    addresses = [site.put(f"/p{number}", article(f"Page {number}")) for number in range(4)]

    async def story(person):
        await add(person, *addresses, site.url("/missing"))
        await person.sees("4 added, 1 pending", "404 not found")
        await person.press("w")
        await person.sees("Jobs", "5/5 done")
        await person.press("enter")
        await person.sees("pending", "404")

    use(pagelog, story)

    assert sorted(pagelog.commits()[:-1]) == sorted(
        [*(f"add: Page {number}" for number in range(4)), f"add: {site.url('/missing')}"[:65]]
    )


def test_pasted_addresses_are_offered_for_adding(pagelog, harbour):
    async def story(person):
        await person.sees("Your library is empty")
        await person.pastes(f"look at this: {harbour} please")
        await person.sees("Add links")
        await person.press("enter")
        await person.sees("Added: The harbour log.")

    use(pagelog, story)

    assert pagelog.commits()[0] == "add: The harbour log"


def test_what_is_no_address_is_told_and_nothing_typed_is_lost(pagelog, harbour):
    async def story(person):
        await add(person, harbour, "ftp://example.org/x")
        await person.sees("Add links", "ftp")
        await person.press("escape")
        await person.sees_no("Add links")

    use(pagelog, story)

    assert pagelog.commits() == ["init: pagelog library"]


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
    assert link_of(pagelog, "Alpha").tags == ("sea", "policy/ports")
    assert link_of(pagelog, "Gamma").tags == ("policy/ports",)


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

    link = link_of(pagelog, "My own title")
    assert (link.note, link.page_title) == ("worth a second look", "Gamma")
    assert pagelog.commits()[0] == "edit: My own title"


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
    assert "Gamma is not alone" in link_of(pagelog, "Gamma").body


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

    assert [link_of(pagelog, name).status for name in NAMES] == ["unread", "archived", "read"]
    assert link_of(pagelog, "Alpha").starred


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
    assert "ninety" not in link_of(pagelog, "Gamma").body


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
    assert "In autumn" in link_of(pagelog, "Gamma").body


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


@pytest.mark.slow
def test_cancel_a_job(pagelog, site):
    addresses = [site.put(f"/slow{number}", article(f"Slow {number}")) for number in range(6)]
    for number in range(6):
        site.put(f"/slow{number}", article(f"Slow {number}"), delay=2.0)

    async def story(person):
        await add(person, *addresses)
        await person.sees("Capturing 6 links", "slow5")
        await person.press("w", "x")
        await person.sees("cancelled")
        await person.press("escape")
        await person.sees("Cancelled: Add 6 links")

    use(pagelog, story)

    listed = pagelog("list", "--json").objects
    assert len(listed) == 6
    assert {entry["path"] is None for entry in listed} == {False}  # kept as pending links, nothing waits


@pytest.mark.slow
def test_quit_while_capturing_and_start_again(pagelog, site):
    addresses = [site.put(f"/slow{number}", article(f"Slow {number}"), delay=3.0) for number in range(3)]

    async def begin(person):
        await add(person, *addresses)
        await person.sees("Capturing 3 links", "slow2")
        await person.press("q")

    async def go_on(person):
        await person.sees("3 added", patience=40)

    assert use(pagelog, begin) == (3, 0)
    for number in range(3):
        site.put(f"/slow{number}", article(f"Slow {number}"))
    use(pagelog, go_on)

    assert sorted(pagelog.commits()[:-1]) == [f"add: Slow {number}" for number in range(3)]
    assert pagelog("list", "--json").objects[0]["state"] == "ok"


def test_a_library_changed_underneath_is_shown(pagelog, kept, site):
    new = site.put("/delta", article("Delta"))

    async def story(person):
        await person.sees("1/3")
        assert pagelog("add", new).status == 0
        await person.sees("Delta", "/4", patience=4)

    use(pagelog, story)


def test_an_edit_in_another_editor_is_shown(pagelog, kept):
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))

    async def story(person):
        await person.sees("Gamma stands alone")
        path.write_text(path.read_text(encoding="utf-8").replace("stands alone", "was edited"), encoding="utf-8")
        await person.sees("Gamma was edited", patience=4)

    use(pagelog, story)


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


def test_help_names_every_key_and_starts_what_is_chosen(pagelog, kept):
    async def story(person):
        await person.sees("Gamma")
        await person.press("question_mark")
        await person.sees("Keys", "Lists", "Mark the link")
        await person.types("star")
        await person.press("enter")
        await person.sees("1 link starred")
        await person.press("colon")
        await person.types("archive")
        await person.press("enter")
        await person.sees("archived")

    use(pagelog, story)


def test_an_edit_that_has_been_still_is_adopted(pagelog, kept, monkeypatch):
    from functools import partial

    from store.edits import Stillness

    monkeypatch.setattr("tui.app._LOOK_AT_EDITS", 0.2)
    monkeypatch.setattr("tui.app.Stillness", partial(Stillness, lasting=1.0))
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))

    async def story(person):
        await person.sees("Gamma stands alone")
        path.write_text(path.read_text(encoding="utf-8").replace("stands alone", "was edited"), encoding="utf-8")
        await person.sees("Taken over by hand: 1 edit", patience=10)

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("edit: by hand")
    pagelog.assert_whole()


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
        await person.sees("Are you sure?", "Star 1 links, 1 of them not shown?")
        await person.press("enter")
        await person.sees("1 link starred")

    use(pagelog, story)

    assert [link_of(pagelog, name).starred for name in NAMES] == [True, False, False]


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


def test_trashing_many_asks_first(pagelog, site):
    pagelog("add", "--later", *(f"https://example.org/{number}" for number in range(25)))

    async def story(person):
        await person.sees("1/25")
        await person.bursts("ctrl+a", "d")
        await person.sees("Trash 25 links?")
        await person.press("escape")
        await person.sees("25 marked")

    use(pagelog, story)

    assert len(pagelog("list", "--json").objects) == 25


def test_prose_is_no_address_and_addresses_are_found_in_prose(pagelog):
    from tui.screens.asking import addresses_in, wrong_addresses

    found = list(
        addresses_in("see <http://a.org/x>, and [b](https://b.org/y_(z)).\n# no\nexample.org/q\n文 http://c.org/。")
    )

    assert found == ["http://a.org/x", "https://b.org/y_(z)", "example.org/q", "http://c.org/"]
    assert wrong_addresses(found) == ""
    assert "not" in wrong_addresses(list(addresses_in("not a url at all")))


def test_in_the_reader_an_action_takes_what_is_read_and_not_the_marks(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("space", "space", "enter")
        await person.sees("Alpha stands alone")
        await person.press("s")
        await person.sees("1 link starred")

    use(pagelog, story)

    assert [link_of(pagelog, name).starred for name in NAMES] == [True, False, False]


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
