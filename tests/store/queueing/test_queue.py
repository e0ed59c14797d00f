"""Additions that wait for their capture: on the queue, listed, committed before it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from local_site import Site
from pages import article
from program import Pagelog
from queued import URL, groups, listed, put, subjects, waiting
from store import drafting, history, queueing, save, search
from store.database import Database, Schema
from store.errors import AlreadyTaken, BadField, BadURL, DiskFull, NotWritable, NoVersions
from store.library import Library
from store.link import Queued
from store.state import State

# --- what stands on the queue -----------------------------------------------------------------------------------------


def test_every_input_gets_its_entry_or_the_reason_why_not(library: Library) -> None:
    first, bad, again = queueing.enqueue(library, ["Example.org/log?utm_source=x", "https://", URL])

    assert isinstance(first, Queued)
    assert isinstance(bad, BadURL)
    assert (first, first.url, first.typed) == (again, URL, "Example.org/log?utm_source=x")
    assert waiting(library) == [URL]


def test_an_address_added_again_takes_the_tags_and_the_note_and_keeps_its_place(library: Library) -> None:
    put(library, URL, tags=("sea",), note="for the talk")
    put(library, "https://example.org/other")
    (entry,) = put(library, URL, tags=("Sea", "boats"), note="ask Ada")

    assert (entry.tags, entry.note) == (("sea", "boats"), "for the talk\nask Ada")
    assert waiting(library) == [URL, "https://example.org/other"]


def test_a_killed_process_loses_nothing_that_was_queued(tmp_path: Path) -> None:
    script = (
        "import os, signal, sys; from pathlib import Path\n"
        "from store import queueing; from store.library import Library\n"
        "library = Library.open(Path(sys.argv[1]), make=True)\n"
        "queueing.enqueue(library, sys.argv[2:], ['sea'], 'for the talk')\n"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    addresses = [f"https://example.org/{number}" for number in range(40)]
    subprocess.run([sys.executable, "-c", script, str(tmp_path / "library"), *addresses], check=False)

    with Library.open(tmp_path / "library") as library:
        entries = queueing.queued(library)
    assert [entry.url for entry in entries] == addresses
    assert {(entry.tags, entry.note) for entry in entries} == {(("sea",), "for the talk")}


def test_what_is_queued_is_written_through_to_the_disk(library: Library) -> None:
    database = library.state._database

    assert database.keep(lambda: database.ask("PRAGMA synchronous")) == [(2,)]  # FULL
    assert database.ask("PRAGMA synchronous") == [(1,)]  # NORMAL


def test_what_was_given_up_is_gone_and_makes_no_link(library: Library) -> None:
    put(library, URL, "https://example.org/other")
    queueing.forget(library, [URL])

    assert waiting(library) == ["https://example.org/other"]
    assert (library.find_url(URL), subjects(library)) == (None, [])


def test_a_note_that_would_grow_too_long_is_refused_and_the_old_one_stays(library: Library) -> None:
    put(library, URL, note="a" * 15_000)

    with pytest.raises(BadField):
        put(library, "https://example.org/other", URL, note="b" * 15_000)
    assert [(entry.url, entry.note) for entry in queueing.queued(library)] == [(URL, "a" * 15_000)]


def test_on_a_full_disk_the_addition_is_refused_and_nothing_of_it_stays(library: Library) -> None:
    database = library.state._database
    (pages,) = database.ask("PRAGMA page_count")
    database.ask(f"PRAGMA max_page_count = {pages[0]}")

    with pytest.raises(DiskFull):
        put(library, *(f"https://example.org/{number:0200}" for number in range(100)))
    assert waiting(library) == []


# --- the file it stands in --------------------------------------------------------------------------------------------

OLD_STATE = """
    CREATE TABLE links (id TEXT NOT NULL PRIMARY KEY, checked TEXT, etag TEXT, last_modified TEXT, sha256 TEXT,
        reason TEXT, broken INTEGER NOT NULL DEFAULT 0, changed INTEGER NOT NULL DEFAULT 0,
        held_sha256 TEXT, held_reason TEXT);
    CREATE INDEX links_broken ON links (id) WHERE broken;
    CREATE INDEX links_changed ON links (id) WHERE changed;
    CREATE TABLE dropped (id TEXT NOT NULL, sha256 TEXT NOT NULL, PRIMARY KEY (id, sha256));
    CREATE TABLE actions (number INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, action TEXT NOT NULL,
        day TEXT NOT NULL);
    INSERT INTO links (id, checked, broken) VALUES ('a', 'then', 1);
    INSERT INTO actions (name, action, day) VALUES ('one', 'tag', 'then');
    PRAGMA user_version = 1;
"""


def old_state(folder: Path) -> str:
    """A state file as the version before the queue left it."""
    path = folder / "state.sqlite3"
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.executescript(OLD_STATE)
    connection.close()
    return str(path)


def entry_of(url: str) -> Queued:
    return Queued(0, url, "0123456789ab", url, ("sea",), None, "2026-03-01T00:00:00Z")


def test_a_state_from_before_the_queue_is_upgraded_where_it_stands(tmp_path: Path) -> None:
    state = State.open(old_state(tmp_path))
    state.enqueue([entry_of(URL)])
    state.close()
    again = State.open(str(tmp_path / "state.sqlite3"))

    assert (again.broken_ids(), again.last_checked("a"), again.actions()) == ({"a"}, "then", [("one", "tag", "then")])
    assert [entry.url for entry in again.queued()] == [URL]
    assert not again.was_damaged
    assert list(tmp_path.glob("*.damaged-*")) == []
    again.close()


def test_an_upgrade_is_whole_or_not_at_all(tmp_path: Path) -> None:
    path = old_state(tmp_path)
    broken = Schema(3, (), upgrades={1: ("CREATE TABLE half (x)",), 2: ("CREATE TABLE half (y)",)})
    Database(path, broken, lambda _: pytest.fail("it was to be set aside")).close()

    state = State.open(path)
    names = {str(cells[0]) for cells in state._database.ask("SELECT name FROM sqlite_master")}
    assert "half" not in names
    assert state.broken_ids() == {"a"}
    state.close()


def test_where_nothing_can_be_written_old_facts_are_read_and_additions_refused(tmp_path: Path) -> None:
    path = old_state(tmp_path)
    (tmp_path / "state.sqlite3.users").mkdir()
    state = State.open(path)

    assert (state.broken_ids(), state.queued()) == ({"a"}, [])
    with pytest.raises(NotWritable):
        state.enqueue([entry_of(URL)])
    (tmp_path / "state.sqlite3.users").rmdir()
    assert [entry.url for entry in state.enqueue([entry_of(URL)])] == [URL]  # the same program goes on
    state.close()


# --- how it looks -----------------------------------------------------------------------------------------------------


def test_the_command_line_lists_what_is_queued_as_pending(library: Library, pagelog: Pagelog) -> None:
    (entry,) = put(library, URL, tags=("sea",))

    (row,) = pagelog("list", "--json").objects
    assert row == {
        "id": entry.id, "url": URL, "title": URL, "tags": ["sea"], "status": "unread", "starred": False,
        "added": entry.added, "captured": None, "path": None, "versions": 0, "state": "pending",
    }  # fmt: skip
    assert pagelog("list", "is:pending", "tag:sea", "site:example.org", "--json").objects == [row]
    assert pagelog("list", "tag:boats", "--json").objects == []
    assert pagelog("tag", "list", "--json").objects == [{"tag": "sea", "count": 1}]


def test_it_stands_where_it_will_stand_once_it_is_committed(library: Library) -> None:
    for address in ("https://b.org/2", "https://d.org/4"):
        list(save.add_later(library, [address]))
        put(library, address.replace("b.org", "a.org").replace("d.org", "c.org"))
    sorts: list[search.Sort] = ["added", "captured", "title", "host"]
    queued = {sort: listed(library, sort) for sort in sorts}
    queueing.commit_queued(library)

    assert queued["added"] == ["https://c.org/4", "https://d.org/4", "https://a.org/2", "https://b.org/2"]
    assert {sort: listed(library, sort) for sort in ("added", "title", "host")} == {
        sort: queued[sort] for sort in ("added", "title", "host")
    }
    assert queued["captured"][:2] == ["https://c.org/4", "https://a.org/2"]


def test_it_is_found_by_address_by_id_and_by_the_beginning_of_its_id(library: Library) -> None:
    (entry,) = put(library, URL)

    assert [library.find(text).url for text in (URL, entry.id, entry.id[:4])] == [URL] * 3
    assert library.row(entry.id) == library.find_url(URL) == library.find(URL)
    assert library.find(URL).queued


def test_it_has_an_empty_document_and_no_versions(library: Library, pagelog: Pagelog) -> None:
    (entry,) = put(library, URL, note="for the talk")

    shown = pagelog("show", URL)
    assert (shown.status, shown.out) == (0, "")
    assert f"pagelog refresh {entry.id}" in shown.err
    (document,) = pagelog("show", URL, "--json").objects
    assert (document["path"], document["note"], document["markdown"]) == (None, "for the talk", "")
    for words in (["log", URL], ["diff", URL]):
        outcome = pagelog(*words)
        assert (outcome.status, "has no versions so far" in outcome.err) == (1, True)
    with pytest.raises(NoVersions):
        list(history.log(library, entry.id))


def test_an_address_that_is_a_link_makes_no_second_row(library: Library) -> None:
    (link,) = save.add_later(library, [URL])
    (entry,) = put(library, URL)

    assert (entry.id, listed(library)) == (link.id, [URL])
    assert not library.find(URL).queued
    assert queueing.commit_queued(library).ids == ()
    assert waiting(library) == [URL]


def test_its_id_is_no_other_links(library: Library) -> None:
    (link,) = save.add_later(library, [URL])
    assert link.id is not None
    put(library, URL)
    library.edit(link.id, url="https://example.org/moved")

    (row,) = library.queued()
    assert row.id != link.id
    assert library.row(row.id).url == URL
    assert queueing.commit_queued(library).ids == (row.id,)
    assert {library.find(url).id for url in (URL, "https://example.org/moved")} == {row.id, link.id}


def test_no_link_may_take_an_address_that_is_queued(library: Library) -> None:
    (link,) = save.add_later(library, ["https://example.org/other"])
    put(library, URL)

    with pytest.raises(AlreadyTaken):
        library.edit(str(link.id), url=URL)


# --- committed before its capture -------------------------------------------------------------------------------------


def test_the_queue_is_committed_as_one_action(library: Library) -> None:
    entries = put(library, URL, "https://example.org/other", tags=("sea",), note="for the talk")

    change = queueing.commit_queued(library)
    assert change.ids == tuple(entry.id for entry in entries)
    assert subjects(library) == ["add: https://example.org/other", f"add: {URL}"]
    assert groups(library) == [f"{change.group}-"] * 2
    assert [name for name, _, _ in library.state.actions()] == [change.group]
    link = library.link(entries[0].id)
    assert (link.pending, link.tags, link.note, link.added) == (True, ("sea",), "for the talk", entries[0].added)
    assert waiting(library) == []


def test_only_the_links_that_are_named_are_committed(library: Library) -> None:
    _, second = put(library, URL, "https://example.org/other")

    assert queueing.commit_queued(library, [second.id]).ids == (second.id,)
    assert waiting(library) == [URL]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        (["tag", "add", "boats", "--to", URL], "tag: +boats"),
        (["edit", URL, "--note", "x"], f"edit: {URL}"),
        (["trash", URL], f"trash: {URL}"),
    ],
    ids=["tag", "edit", "trash"],
)
def test_a_command_that_writes_it_commits_it_first(
    library: Library, pagelog: Pagelog, words: list[str], subject: str
) -> None:
    (entry,) = put(library, URL, tags=("sea",))

    assert pagelog(*words).status == 0
    assert pagelog.commits()[:2] == [subject, f"add: {URL}"]
    assert (library.find(URL).id, "sea" in library.find(URL).tags, waiting(library)) == (entry.id, True, [])
    assert [action for _, action, _ in library.state.actions()] == [words[0], "add"]
    pagelog.assert_whole()


def test_its_document_can_be_edited_whole(library: Library) -> None:
    (entry,) = put(library, URL)
    draft = drafting.begin(library, entry.id)
    drafting.finish(library, draft, draft.text.replace(f'title: "{URL}"', 'title: "Mine"').encode())

    assert subjects(library) == ["edit: Mine", f"add: {URL}"]
    assert library.find(URL).title == "Mine"


@pytest.mark.usefixtures("site_allowed")
def test_refresh_of_all_commits_the_queue_and_captures_it(library: Library, pagelog: Pagelog, site: Site) -> None:
    url = site.put("/log", article())
    (entry,) = put(library, url, tags=("sea",))

    (row,) = pagelog("refresh", "--all", "--json").objects
    assert (row["result"], row["id"]) == ("updated", entry.id)
    assert [subject.partition(":")[0] for subject in subjects(library)] == ["update", "add"]
    assert (library.find(url).tags, waiting(library)) == (("sea",), [])
