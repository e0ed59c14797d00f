"""What people do with the app, in a real terminal, wide and narrow: keys, what the screen says, what is in the library.

A journey ends with what git and the files say, and with the terminal as it was found.
"""

from __future__ import annotations

import stat

import pytest

from pages import LATER, NAMES, PROSE, article
from store import frontmatter

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("site_allowed")]

LEFT = "pagelog: 3 pages are not captured yet; the next start goes on with them."


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def size(request):
    return request.param


# --- adding -----------------------------------------------------------------------------------------------------------


def test_add_one(pagelog, start, harbour):
    with start() as terminal:
        terminal.shows("Your library is empty", "Press a")
        terminal.keeps("empty")
        terminal.keys("a")
        terminal.shows("Add links")
        terminal.types(harbour)
        terminal.keeps("add-dialog")
        terminal.keys("Enter")
        terminal.shows("Added: The harbour log.", "1/1")
        terminal.reads(PROSE[-1][:20])
        terminal.keeps("add-one")
        terminal.leaves()

    assert pagelog.commits() == ["add: The harbour log", "init: pagelog library"]
    link = pagelog.link("The harbour log")
    assert (link.url, link.status, link.tags) == (harbour, "unread", ())
    assert PROSE[0] in link.body
    pagelog.assert_whole()


def test_add_five_with_a_404(pagelog, start, site):
    addresses = [site.put(f"/p{number}", article(f"Page {number}")) for number in range(4)]
    missing = site.url("/missing")

    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.adds(*addresses, missing)
        terminal.shows("4 added, 1 pending", "404 not found")
        terminal.keeps("add-five")
        terminal.keys("w")
        terminal.shows("Jobs", "5/5 done")
        terminal.keeps("jobs")
        terminal.keys("Enter")
        terminal.shows("pending   http", "There is no page", "added     Page 0")
        terminal.keeps("job")
        terminal.keys("Escape")
        terminal.shows("Jobs", "5/5 done")
        terminal.keys("Escape")
        terminal.hides("Jobs", "5/5 done")
        terminal.leaves()

    expected = [*(f"add: Page {number}" for number in range(4)), f"add: {missing}", "init: pagelog library"]
    assert sorted(pagelog.commits()) == sorted(expected)
    pending = pagelog.link(missing)
    assert (pending.captured, pending.body) == (None, "")
    pagelog.assert_whole()


def test_pasted_addresses_are_offered_for_adding(pagelog, start, site):
    addresses = [site.put(f"/p{number}", article(f"Page {number}")) for number in range(3)]

    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.paste("first " + "\nand then ".join(addresses) + "\n")
        terminal.shows("Add links", *addresses)
        terminal.keeps("pasted")
        terminal.keys("Enter")
        terminal.shows("3 added")
        terminal.leaves()

    assert sorted(pagelog.commits()) == [*(f"add: Page {number}" for number in range(3)), "init: pagelog library"]


# --- reading ----------------------------------------------------------------------------------------------------------


def test_read_and_find(pagelog, start, kept):
    before = pagelog.git("rev-parse", "HEAD")

    with start() as terminal:
        terminal.shows("1/3", "Gamma", "Alpha")
        terminal.opens()
        terminal.shows("The ferry leaves")
        terminal.keys("/")
        terminal.shows("find in the text")
        terminal.types("lighthouse")
        terminal.shows("1/1 hits")
        terminal.keeps("find")
        terminal.keys("Enter")
        terminal.hides("find in the text")
        terminal.keys("Escape")
        terminal.hides("hits")
        terminal.back("1/3", "Beta", "Alpha")
        terminal.keys("j")
        terminal.shows("2/3")
        terminal.reads("Beta stands alone")
        terminal.leaves()

    assert pagelog.git("rev-parse", "HEAD") == before
    assert pagelog.link("Gamma").status == "unread"
    pagelog.assert_whole()


# --- changing ---------------------------------------------------------------------------------------------------------


def test_tag_three_marks(pagelog, start, kept):
    with start() as terminal:
        terminal.shows("1/3")
        terminal.keys("Space", "Space", "Space")
        terminal.shows("3 marked")
        terminal.keys("t")
        terminal.shows("Tags of 3 links")
        terminal.types("sea policy/ports")
        terminal.keeps("tag-dialog")
        terminal.keys("Enter")
        terminal.shows("3 links tagged +sea +policy/ports.")
        terminal.keys("t")
        terminal.shows("#sea", "tab complete")
        terminal.types("-po")
        terminal.shows("#policy/ports 1")
        terminal.keys("Tab")
        terminal.shows("-policy/ports ")
        terminal.keys("Enter")
        terminal.shows("1 link tagged -policy/ports.")
        terminal.keeps("tagged")
        terminal.leaves()

    assert pagelog.commits()[:2] == ["tag: −policy/ports", "tag: +sea +policy/ports (3 links)"]
    tags = {name: pagelog.link(name).tags for name in NAMES}
    assert tags == {"Alpha": ("sea",), "Beta": ("sea", "policy/ports"), "Gamma": ("sea", "policy/ports")}
    pagelog.assert_whole()


def test_edit_title(pagelog, start, kept):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("E")
        terminal.shows("Edit link", "Title", kept[2])
        terminal.keys("C-u")
        terminal.hides("│ Gamma ")
        terminal.types("My own title 我的")
        terminal.keeps("edit-dialog")
        terminal.keys("Enter")
        terminal.shows("Changed.", "My own title 我的")
        terminal.leaves()

    assert pagelog.commits()[0] == "edit: My own title 我的"
    link = pagelog.link("My own title 我的")
    assert (link.page_title, link.url) == ("Gamma", kept[2])
    pagelog.assert_whole()


def test_the_document_in_the_editor(pagelog, start, kept, home):
    editor = home / "editor"
    editor.write_text(
        "#!/bin/sh\n"
        'sed -i "s/Gamma stands alone/Gamma is not alone/" "$1"\n'
        'stty -g >"$HOME/given"; printf "the editor has %s; go on? " "$(basename "$1")"; read -r answer\n'
    )
    editor.chmod(editor.stat().st_mode | stat.S_IEXEC)

    with start(EDITOR=str(editor)) as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("e")
        terminal.shows("the editor has", ".md; go on?")
        given = terminal.state()
        terminal.types("jjq")  # for the editor, and nothing of it for the app
        terminal.keys("Enter")
        terminal.shows("Changed.", "1/3")
        terminal.reads("Gamma is not alone")
        terminal.keys("j")
        terminal.shows("2/3")
        terminal.leaves()

    assert given.split()[0] == "0"  # the editor had the screen itself
    assert pagelog.commits()[0] == "edit: Gamma"
    assert "Gamma is not alone" in pagelog.link("Gamma").body
    pagelog.assert_whole()


# --- versions ---------------------------------------------------------------------------------------------------------


def test_refresh_a_changed_page(pagelog, start, kept, site):
    site.put("/gamma", article("Gamma", f"<p>Gamma stands alone.</p>{LATER}"))

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("r")
        terminal.shows("Updated: Gamma.")
        terminal.reads("In autumn")
        terminal.keeps("refreshed")
        terminal.leaves()

    subject = pagelog.commits()[0]
    assert subject.startswith("update: Gamma (+"), subject
    assert "ninety boats" in pagelog.link("Gamma").body
    pagelog.assert_whole()


def test_history_diff_restore(pagelog, start, kept, site):
    site.put("/gamma", article("Gamma", f"<p>Gamma stands alone.</p>{LATER}"))
    assert pagelog("refresh", kept[2]).status == 0

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.reads("In autumn")
        terminal.keys("H")
        terminal.shows("version 1 -> version 2", "In autumn", "change 1/1")
        terminal.keeps("history")
        terminal.keys("j")
        terminal.shows("The text of version 1")
        terminal.keys("R")
        terminal.shows("Version 1 is back", "version 2 -> version 3")
        terminal.keeps("restored")
        terminal.back("1/3", "Beta")
        terminal.reads("Gamma stands alone")
        terminal.hides("In autumn")
        terminal.leaves()

    assert pagelog.commits()[0] == "restore: Gamma"
    link = pagelog.link("Gamma")
    assert "ninety" not in link.body
    assert "Gamma stands alone" in link.body
    pagelog.assert_whole()


def test_a_held_capture_is_looked_at_and_accepted(pagelog, start, kept, site):
    path = next(pagelog.library.glob("pages/*/*gamma*.md"))
    edited = path.read_text(encoding="utf-8").replace("stands alone", "stands, as I say, alone")
    path.write_text(edited, encoding="utf-8")
    site.put("/gamma", article("Gamma", f"<p>Gamma is new.</p>{LATER}"))
    assert pagelog("refresh", kept[2], "--json").objects[0]["result"] == "held"

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("H")
        terminal.shows("held capture", "In autumn", "A accepts")
        terminal.keeps("held")
        terminal.keys("A")
        terminal.shows("Accepted: a new version.")
        terminal.keys("q")
        terminal.shows("1/3", "Beta")
        terminal.leaves()

    subject = pagelog.commits()[0]
    assert subject.startswith("update: Gamma (+"), subject
    link = pagelog.link("Gamma")
    assert "In autumn" in link.body
    assert "as I say" not in link.body
    pagelog.assert_whole()


# --- lists ------------------------------------------------------------------------------------------------------------


def test_trash_and_back(pagelog, start, kept):
    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("d")
        terminal.shows("1 link moved to the trash")
        terminal.keys("1")
        terminal.shows("Views", "Trash")
        terminal.keys("G", "Enter")
        terminal.shows("Trash", "1/1", "Gamma")
        assert pagelog.link("Gamma").trashed is not None
        terminal.keeps("trash")
        terminal.keys("d")
        terminal.shows("1 link put back")
        terminal.leaves()

    assert pagelog.commits()[:2] == ["restore: Gamma", "trash: Gamma"]
    assert pagelog.link("Gamma").trashed is None
    pagelog.assert_whole()


def test_filter(pagelog, start, kept, site):
    site.put("/tides", article("潮汐与港口", "<p>潮汐每天两次。</p>", lang="zh"))
    assert pagelog("add", site.url("/tides")).status == 0
    before = pagelog.git("rev-parse", "HEAD")

    with start() as terminal:
        terminal.shows("1/4", "潮汐与港口")
        terminal.keys("/")
        terminal.shows("filter:")
        terminal.types("alp")
        terminal.waits(lambda screen: "alp" in screen.splitlines()[0], "the field shows what is typed")
        terminal.shows("1/1", "Alpha")
        terminal.hides("Beta")
        terminal.keys("Enter")
        terminal.shows("filter: alp")
        terminal.keys("Escape")
        terminal.shows("/4", "Beta")
        terminal.keys("/")
        terminal.shows("filter:")
        terminal.types("潮")
        terminal.shows("1/1", "潮汐与港口")
        terminal.hides("Alpha", "Beta")
        terminal.keeps("filter")
        terminal.keys("汐")
        terminal.shows("潮汐", "1/1")
        terminal.keys("x")
        terminal.shows("No link matches")
        terminal.back("/4", "Alpha", "Beta", "Gamma")
        terminal.leaves()

    assert pagelog.git("rev-parse", "HEAD") == before
    pagelog.assert_whole()


# --- capturing --------------------------------------------------------------------------------------------------------


def test_cancel_a_job(pagelog, start, site):
    addresses = [site.put(f"/slow{number}", article(f"Slow {number}"), delay=2.0) for number in range(6)]

    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.adds(*addresses)
        terminal.shows("Capturing 6 links.", "slow5")
        terminal.keys("w")
        terminal.shows("Jobs", "running")
        terminal.keeps("running")
        terminal.keys("x")
        terminal.shows("cancelled")
        terminal.keys("Escape")
        terminal.hides("Jobs")
        terminal.shows("Cancelled: Add 6 links")
        terminal.leaves()

    links = [frontmatter.loads(path.read_bytes()) for path in pagelog.library.glob("pages/*/*.md")]
    assert sorted(link.url for link in links) == sorted(addresses)  # kept as pending links, nothing waits
    assert pagelog.commits()[-1] == "init: pagelog library"
    pagelog.assert_whole()


def test_quit_while_capturing_and_start_again(pagelog, start, site):
    addresses = [site.put(f"/slow{number}", article(f"Slow {number}"), delay=30.0) for number in range(3)]

    with start() as terminal:
        terminal.shows("Your library is empty")
        terminal.adds(*addresses)
        terminal.shows("Capturing 3 links.", "slow2")
        assert LEFT in terminal.leaves()
    assert pagelog.commits() == ["init: pagelog library"]
    for number in range(3):
        site.put(f"/slow{number}", article(f"Slow {number}"))
    with start() as terminal:
        terminal.shows("3 added")
        assert "not captured" not in terminal.leaves()

    assert sorted(pagelog.commits()) == [*(f"add: Slow {number}" for number in range(3)), "init: pagelog library"]
    assert pagelog.link("Slow 1").captured is not None
    pagelog.assert_whole()
