"""The page changed and so did the copy: both are kept, or the capture is held (RULES 2), through the real command."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from local_site import Site
from pages import article
from program import Outcome, Pagelog

OWN = "\nA line of my own.\n"
NEWS = "<p>The council has added a sentence of some length to this page.</p>"

pytestmark = pytest.mark.usefixtures("site_allowed")


def page(day: str = "Monday", hour: str = "six", more: str = "") -> str:
    """A page that tells of a day and an hour, in English and Chinese."""
    days, hours = {"Monday": "星期一", "Sunday": "星期日"}[day], {"six": "六时", "nine": "九时"}[hour]
    return article(
        inner=f"<p>The council of the harbour meets on {day} in the old hall, and the doors are opened at {hour}.</p>"
        f"<p>港务委员会每逢{days}在旧会堂开会，大门于{hours}开启，任何人均可旁听。</p>{more}"
    )


def added(pagelog: Pagelog, site: Site, path: str = "/page") -> tuple[str, Path]:
    """A link, and its document."""
    (row,) = pagelog("add", site.put(path, page()), "--json").objects
    return str(row["id"]), pagelog.library / row["path"]


def change(document: Path, old: str, new: str) -> None:
    text = document.read_text()
    assert old in text
    document.write_text(text.replace(old, new))


def refreshed(pagelog: Pagelog, *words: str) -> str:
    outcome = pagelog("refresh", *words, "--json")
    return " ".join(str(row["result"]) for row in outcome.objects)


def groups(pagelog: Pagelog, newest: int) -> list[str]:
    """The group of each commit, newest first; empty where there is none."""
    form = "--format=%(trailers:key=Pagelog-Group,valueonly,separator=)"
    return pagelog.git("log", f"-{newest}", form).split("\n")[:newest]


# --- a refresh of an edited body ------------------------------------------------------------------------------------


def test_both_changes_are_kept_as_two_commits_of_one_action(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    change(document, "old hall", "old town hall")
    site.put("/page", page(hour="nine", more=NEWS))

    outcome = pagelog("refresh", id_)

    assert outcome.out.startswith("updated")
    assert "both changes are in it now" in outcome.err
    text = document.read_text()
    assert all(words in text for words in ("old town hall", "opened at nine", "九时", "added a sentence"))
    assert pagelog.commits()[:3] == [
        "edit: by hand, kept",
        "update: The harbour log (+68 −9)",
        "edit: by hand",
    ]
    kept, update, adoption = groups(pagelog, 3)
    assert (kept, adoption) == (update, "")
    assert len(update) == 16
    assert "town" not in pagelog("show", id_, "--at", "3").out  # the capture as it is
    assert "edit kept" in pagelog("log", id_).out.splitlines()[0]
    assert f"pagelog diff {id_} 1 3" in pagelog("diff", id_).err
    (row,) = pagelog("list", "is:changed", "--json").objects
    assert (row["state"], row["versions"]) == ("ok", 4)
    pagelog.assert_whole()


@pytest.mark.slow
def test_chinese_is_joined_inside_a_paragraph(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    change(document, "任何人均可旁听", "任何人均可旁听并提问")
    site.put("/page", page("Sunday", "nine"))

    assert refreshed(pagelog, id_) == "updated"
    assert "港务委员会每逢星期日在旧会堂开会，大门于九时开启，任何人均可旁听并提问。" in document.read_text()


@pytest.mark.slow
def test_an_edit_goes_along_from_refresh_to_refresh(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    document.write_text(document.read_text() + OWN)
    site.put("/page", page(hour="nine"))
    first, same = refreshed(pagelog, id_), refreshed(pagelog, id_)
    site.put("/page", page("Sunday", "nine", more=NEWS))

    assert (first, same, refreshed(pagelog, id_)) == ("updated", "unchanged", "updated")
    text = document.read_text()
    assert text.count(OWN) == 1
    assert all(words in text for words in ("Sunday", "nine", "added a sentence"))


@pytest.mark.slow
def test_a_clash_is_held_and_ends_when_the_user_has_settled_it_in_the_document(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    change(document, "Monday", "Friday")
    site.put("/page", page("Sunday", "nine"))
    held, text = refreshed(pagelog, id_), document.read_text()
    change(document, "Friday", "Sunday")

    assert held == "held"
    assert ("Friday" in text, "nine" in text) == (True, False)
    assert refreshed(pagelog, id_) == "updated"
    assert "nine" in document.read_text()
    assert pagelog("show", id_, "--held").status == 1


@pytest.mark.slow
def test_an_edit_that_the_page_made_too_leaves_nothing_to_keep(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    change(document, "opened at six", "opened at nine")
    site.put("/page", page(hour="nine"))

    outcome = pagelog("refresh", id_)

    assert (outcome.out.split()[0], outcome.err) == ("updated", "")
    assert pagelog.commits()[0] == "update: The harbour log (+1 −1)"
    assert refreshed(pagelog, id_) == "unchanged"


@pytest.mark.slow
def test_an_edit_of_a_restored_body_is_held_against_that_body(pagelog: Pagelog, site: Site) -> None:
    id_, document = added(pagelog, site)
    site.put("/page", page(more=NEWS))
    refreshed(pagelog, id_)
    pagelog("restore", id_, "1")
    change(document, "old hall", "old town hall")
    site.put("/page", page(hour="nine", more=NEWS))

    assert refreshed(pagelog, id_) == "updated"
    assert all(words in document.read_text() for words in ("old town hall", "nine", "added a sentence"))


@pytest.mark.slow
def test_many_refreshed_at_once_are_one_action(pagelog: Pagelog, site: Site) -> None:
    for path in ("/one", "/two"):
        _, document = added(pagelog, site, path)
        document.write_text(document.read_text() + OWN)
        site.put(path, page(hour="nine"))

    assert refreshed(pagelog, "--all") == "updated updated"
    assert sorted(pagelog.commits()[:4]) == [
        *["edit: by hand, kept"] * 2,
        *["update: The harbour log (+5 −23)"] * 2,
    ]
    assert len(set(groups(pagelog, 4))) == 1


# --- an edit that is older than the last refresh --------------------------------------------------------------------


def saved_late(pagelog: Pagelog, site: Site) -> tuple[str, Path, str]:
    """A link that was refreshed while an editor had its document open: what the editor has."""
    id_, document = added(pagelog, site)
    before = document.read_text()
    site.put("/page", page(hour="nine", more=NEWS))
    time.sleep(1)  # `captured` tells which of two is older, in whole seconds
    assert refreshed(pagelog, id_) == "updated"
    return id_, document, before


def captured(text: str) -> str:
    return text.partition("captured: ")[2].partition("\n")[0]


@pytest.mark.slow
def test_what_an_editor_saves_after_a_refresh_is_joined_with_it(pagelog: Pagelog, site: Site) -> None:
    id_, document, before = saved_late(pagelog, site)
    new = captured(document.read_text())
    document.write_text(before.replace("old hall", "old town hall"))

    pagelog("tag", "add", "late", "--to", id_)

    text = document.read_text()
    assert all(words in text for words in ("old town hall", "opened at nine", "added a sentence"))
    assert captured(text) == new
    assert pagelog.commits()[:2] == ["tag: +late", "edit: by hand"]
    assert refreshed(pagelog, id_) == "unchanged"
    pagelog.assert_whole()


@pytest.mark.slow
def test_the_editor_may_save_again(pagelog: Pagelog, site: Site) -> None:
    id_, document, before = saved_late(pagelog, site)
    document.write_text(before + OWN)
    pagelog("tag", "add", "late", "--to", id_)
    document.write_text(before + OWN + "\nAnd one more.\n")
    pagelog("tag", "add", "later", "--to", id_)

    text = document.read_text()
    assert (text.count(OWN), text.count("And one more."), text.count("added a sentence")) == (1, 1, 1)
    assert 'tags: ["late", "later"]' in text


@pytest.mark.slow
def test_where_a_late_edit_and_the_page_clash_the_edit_stands_and_the_capture_is_the_version_before(
    pagelog: Pagelog, site: Site
) -> None:
    id_, document, before = saved_late(pagelog, site)
    document.write_text(before.replace("opened at six", "opened at ten"))

    pagelog("tag", "add", "late", "--to", id_)

    text = document.read_text()
    assert all(words in text for words in ("opened at ten", "九时", "added a sentence"))
    assert "opened at nine" in pagelog("show", id_, "--at", "2").out


@pytest.mark.slow
def test_an_older_version_brought_back_by_hand_is_what_the_user_wants(pagelog: Pagelog, site: Site) -> None:
    id_, document, before = saved_late(pagelog, site)
    document.write_text(before)

    pagelog("edit", id_, "--note", "as it was")

    assert "added a sentence" not in document.read_text()
    assert captured(document.read_text()) == captured(before)


def edited_by(pagelog: Pagelog, id_: str, script: str, folder: Path) -> Outcome:
    """`pagelog edit`, with an editor that refreshes the link first and then does this to its copy."""
    editor = folder / "editor"
    command = " ".join(pagelog.command("refresh", id_))
    editor.write_text(f'#!/bin/sh\nsleep 1\n{command} > "{folder}/said" 2>&1\n{script} "$1"\n')
    editor.chmod(0o755)
    return Pagelog(pagelog.program, pagelog.library, {"EDITOR": str(editor)})("edit", id_)


@pytest.mark.slow
def test_a_refresh_while_the_editor_is_open_is_joined_with_the_edit(
    pagelog: Pagelog, site: Site, tmp_path: Path
) -> None:
    id_, document = added(pagelog, site)
    site.put("/page", page(hour="nine", more=NEWS))

    outcome = edited_by(pagelog, id_, "sed -i -e 's/old hall/old town hall/'", tmp_path)

    assert "both changes were joined" in outcome.err
    text = document.read_text()
    assert all(words in text for words in ("old town hall", "opened at nine", "九时", "added a sentence"))
    assert pagelog.commits()[:2] == ["edit: The harbour log", "update: The harbour log (+68 −4)"]
