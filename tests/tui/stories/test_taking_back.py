"""What people take back, and put back: keys, then what the screen says, then what git says."""

from __future__ import annotations

import pytest

from person import use

pytestmark = [pytest.mark.usefixtures("site_allowed"), pytest.mark.slow]


def test_what_was_done_last_is_taken_back_and_put_back(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("ctrl+a", "t")
        await person.types("海/潮汐")
        await person.press("enter")
        await person.sees("3 links tagged +海/潮汐", "#海")
        await person.press("u")
        await person.sees("Taken back: tag: +海/潮汐 (3 links). ctrl+r puts it back.")
        await person.sees_no("#海/潮汐")
        await person.press("ctrl+r")
        await person.sees("Put back: tag: +海/潮汐 (3 links). u takes it back.", "#海/潮汐")

    use(pagelog, story)

    assert pagelog.commits()[:2] == ["redo: tag: +海/潮汐 (3 links)", "undo: tag: +海/潮汐 (3 links)"]
    assert pagelog.link("Beta").tags == ("海/潮汐",)
    pagelog.assert_whole()


def test_what_was_changed_since_stays_and_is_named(pagelog, kept):
    pagelog("edit", kept[1], "--title", "First")
    pagelog("edit", kept[1], "--note", "sea")

    async def story(person):
        await person.sees("First")
        await person.press("j", "E", "ctrl+u")
        await person.types("Second")
        await person.press("enter")
        await person.sees("Changed.", "Second")
        await person.press("L")
        await person.sees("Everything that was done", "edit: Second", "edit: First")
        await person.press("j", "j", "u")
        await person.sees("Changed since, and stays: the title of Second.")

    use(pagelog, story)

    assert pagelog.link("Second").note == "sea"


def test_a_link_that_comes_back_is_in_focus(pagelog, kept):
    pagelog("trash", kept[0], kept[1])

    async def story(person):
        await person.sees("1/1", "Gamma")
        await person.press("1", "G", "enter")
        await person.sees("Trash", "1/2", "Beta")
        await person.press("D")
        await person.sees("Remove 1 link from the library? Its file goes")
        await person.press("enter")
        await person.sees("1 link removed; u takes it back", "1/1", "Alpha")
        await person.sees_no("Beta")
        await person.press("u")
        await person.sees("Taken back: remove: Beta.", "1/2", "Beta stands alone")

    use(pagelog, story)

    assert pagelog.commits()[:2] == ["undo: remove: Beta", "remove: Beta"]
    assert pagelog.link("Beta").trashed is not None


def test_removing_asks_once_and_says_what_is_out_of_sight(pagelog, kept):
    pagelog("trash", kept[0], kept[1])

    async def story(person):
        await person.sees("1/1", "Gamma")
        await person.press("1", "G", "enter")
        await person.sees("Trash", "1/2")
        await person.press("ctrl+a", "slash")
        await person.types("alpha")
        await person.press("enter")
        await person.sees("1/1")
        await person.press("D")
        await person.sees("Remove 2 links (1 of them not shown) from the library? Their files go")
        await person.press("enter")
        await person.sees("2 links removed; u takes it back")

    use(pagelog, story)

    assert pagelog.commits()[0] == "remove: 2 links"


def test_only_the_trash_is_emptied(pagelog, kept):
    async def story(person):
        await person.sees("1/3")
        await person.press("D")
        await person.sees("D removes what is in the trash")

    use(pagelog, story)

    assert pagelog.commits()[0].startswith("add: ")


def test_an_addition_is_taken_back_with_its_row(pagelog, kept, harbour):
    async def story(person):
        await person.sees("1/3")
        await person.adds(harbour)
        await person.sees("Added: The harbour log.")
        await person.press("u")
        await person.sees("Taken back: add: The harbour log.", "1/3")
        await person.sees_no("(removed)")
        await person.press("u")
        await person.sees("Taken back: add: 3 links.", "Your library is empty")
        await person.press("u")
        await person.sees("There is nothing to take back.")
        await person.press("ctrl+r")
        await person.sees("Put back: add: 3 links.", "1/3")

    use(pagelog, story)


def test_nothing_to_take_back_or_to_put_back_is_told(pagelog):
    async def story(person):
        await person.sees("Your library is empty")
        await person.press("u")
        await person.sees("There is nothing to take back.")
        await person.press("ctrl+r")
        await person.sees("There is nothing to put back: nothing is taken back.")

    use(pagelog, story)


def test_without_a_memory_what_somebody_did_last_is_taken_back_only_when_agreed(pagelog, kept):
    for path in (pagelog.library / ".git" / "pagelog").glob("state.sqlite3*"):
        path.unlink()

    async def story(person):
        await person.sees("1/3")
        await person.press("u")
        await person.sees("Nothing that was done here is left", "add: Gamma")
        await person.press("escape", "u")
        await person.sees("Nothing that was done here is left")
        await person.press("enter")
        await person.sees("Taken back: add: Gamma.", "/2")

    use(pagelog, story)

    assert pagelog.commits()[0] == "undo: add: Gamma"


@pytest.mark.slow
def test_what_git_has_rewritten_is_not_taken_for_something_else(pagelog, kept):
    pagelog("tag", "add", "x", "--to", kept[2])
    pagelog.git("-c", "user.name=U", "-c", "user.email=u@example.org", "commit", "-q", "--amend", "-m", "other words")

    async def story(person):
        await person.sees("1/3")
        await person.press("u")
        await person.sees("is in the history no more", "add: Gamma")
        await person.press("escape")
        await person.sees("1/3")

    use(pagelog, story)

    assert pagelog.commits()[0] == "other words"


def test_in_a_history_what_was_done_there_is_taken_back_there(pagelog, kept):
    pagelog("edit", kept[2], "--title", "Renamed")

    async def story(person):
        await person.sees("Renamed")
        await person.press("H")
        await person.sees("1/2 versions")
        await person.press("u")
        await person.sees("Taken back: edit: Renamed.", "version 2 -> version 3", "Gamma")
        await person.press("q")
        await person.sees("Gamma", "1/3")

    use(pagelog, story)


# --- the activity -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(120, 40), pytest.param((80, 24), marks=pytest.mark.slow)])
def test_any_action_is_looked_at_and_taken_back(pagelog, kept, size):
    pagelog("tag", "add", "sea", "--to", kept[0])
    pagelog("trash", kept[2])

    async def story(person):
        await person.sees("1/2")
        await person.press("L")
        await person.sees("trash: Gamma", "tag: +sea", "init: pagelog library", "1 link", "u take back")
        await person.press("j", "enter")
        await person.sees("tag: +sea", "Alpha", "u takes back all of it.")
        await person.press("u")
        await person.sees("Taken back: tag: +sea.", "undo: tag: +sea", "taken back")
        await person.press("u")
        await person.sees("That is taken back already.")
        await person.press("G", "u")
        await person.sees("That is nothing to take back")
        await person.press("escape")
        await person.sees("1/2", "Beta")

    use(pagelog, story, size)

    assert pagelog.link("Alpha").tags == ()


def test_the_activity_is_read_as_far_as_it_is_looked_at(pagelog, monkeypatch):
    monkeypatch.setattr("tui.screens.activity._AT_ONCE", 20)
    monkeypatch.setattr("tui.screens.activity._AHEAD", 5)
    pagelog("add", "--later", "https://example.invalid/")
    for number in range(50):
        pagelog.git("-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", f"work {number}", "--allow-empty")

    async def story(person):
        await person.press("L")
        await person.sees("work 49", "1/20+")
        await person.press(*["j"] * 16)
        await person.sees("17/40+")
        await person.press("G")
        await person.sees("init: pagelog library", "52/52")
        await person.press("g")
        await person.sees("work 49", "1/52")

    use(pagelog, story)


def test_an_empty_library_has_a_beginning(pagelog):
    async def story(person):
        await person.press("L")
        await person.sees("init: pagelog library", "1/1")
        await person.press("enter")
        await person.sees("This is nothing to take back.")
        await person.press("enter", "q")
        await person.sees("Your library is empty")

    use(pagelog, story)
