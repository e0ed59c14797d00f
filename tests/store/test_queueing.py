"""Additions that wait for their capture: nothing of them is lost, and none becomes two links (RULES 3)."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event

import pytest

from local_site import Site
from pages import article
from program import Pagelog
from store import drafting, history, queueing, save, search
from store.capture.converted import ConvertSettings
from store.capture.limits import FetchSettings
from store.capture.many import Settings
from store.database import Database, Schema
from store.errors import AlreadyTaken, BadField, BadURL, DiskFull, NoSuchLink, NotWritable, NoVersions
from store.library import Library
from store.link import Queued
from store.state import State

URL = "https://example.org/log"
START = datetime(2026, 3, 1, tzinfo=UTC)


class Clock:
    """A minute passes with every look."""

    def __init__(self) -> None:
        self._minutes = itertools.count()

    def __call__(self) -> datetime:
        return START + timedelta(minutes=next(self._minutes))


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The library that `pagelog` works on, too."""
    with Library.open(tmp_path / "library", make=True, clock=Clock()) as opened:
        yield opened


@pytest.fixture
def settings(site: Site) -> Settings:
    """One converter, and the site may be captured."""
    return Settings(FetchSettings(allow_private=(f"127.0.0.1:{site.port}",)), ConvertSettings(), 2, 1)


def put(library: Library, *addresses: str, tags: tuple[str, ...] = (), note: str | None = None) -> list[Queued]:
    return [entry for entry in queueing.enqueue(library, addresses, tags, note) if isinstance(entry, Queued)]


def waiting(library: Library) -> list[str]:
    return [entry.url for entry in queueing.queued(library)]


def listed(library: Library, sort: search.Sort = "added") -> list[str]:
    return [row.url for row in search.select(library, None, sort=sort)]


def subjects(library: Library) -> list[str]:
    return library.git.run("log", "--format=%s").decode().splitlines()[:-1]


def groups(library: Library) -> list[str]:
    """One word a commit, newest first: its group, `-` for none; without the first commit of all."""
    shown = library.git.run("log", "--format=%(trailers:key=Pagelog-Group,valueonly,separator=)-").decode()
    return shown.splitlines()[:-1]


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


# --- captured ---------------------------------------------------------------------------------------------------------


def test_each_is_captured_with_its_own_tags_and_note_as_one_group(
    library: Library, site: Site, settings: Settings
) -> None:
    urls = [site.put("/one", article("One")), site.put("/two", article("Two"))]
    (one,) = put(library, urls[0], tags=("sea",), note="first")
    (two,) = put(library, urls[1], tags=("boats",))

    results = list(save.capture_queued(library, urls, settings))
    assert {(result.id, result.result, result.input) for result in results} == {
        (one.id, "added", urls[0]),
        (two.id, "added", urls[1]),
    }
    links = [library.link(entry.id) for entry in (one, two)]
    assert [(link.title, link.tags, link.note) for link in links] == [
        ("One", ("sea",), "first"),
        ("Two", ("boats",), None),
    ]
    assert [link.added for link in links] == [one.added, two.added]
    assert waiting(library) == []
    assert (len(set(groups(library))), "-" in groups(library)) == (1, False)
    assert [action for _, action, _ in library.state.actions()] == ["add"]


def test_what_is_no_page_is_pending_with_its_reason(library: Library, site: Site, settings: Settings) -> None:
    (entry,) = put(library, site.url("/none"), tags=("sea",))

    (result,) = save.capture_queued(library, [entry.url], settings)
    assert (result.result, result.id) == ("pending", entry.id)
    assert getattr(library.reason(entry.id), "status", None) == 404
    assert (library.find(entry.url).queued, library.find(entry.url).tags, waiting(library)) == (False, ("sea",), [])


@pytest.mark.usefixtures("site_allowed")
def test_somebody_else_captures_it_and_it_keeps_its_id_and_its_tags(
    library: Library, pagelog: Pagelog, site: Site
) -> None:
    url = site.put("/log", article())
    (entry,) = put(library, url, tags=("sea",), note="for the talk")

    (row,) = pagelog("add", url, "-t", "boats", "--note", "ask Ada", "--json").objects
    assert (row["result"], row["id"]) == ("added", entry.id)
    link = library.link(library.find(url).id)
    assert (link.tags, link.note, link.added) == (("sea", "boats"), "for the talk\nask Ada", entry.added)
    assert (waiting(library), len(pagelog.commits())) == ([], 2)


def test_kept_for_later_by_somebody_else_it_is_committed_and_off_the_queue(library: Library, pagelog: Pagelog) -> None:
    (entry,) = put(library, URL, tags=("sea",))

    (row,) = pagelog("add", "--later", URL, "-t", "boats", "--json").objects
    assert (row["result"], row["id"]) == ("pending", entry.id)
    assert (library.find(URL).tags, waiting(library)) == (("sea", "boats"), [])


def test_a_refresh_of_a_known_link_puts_on_what_waits_for_it(library: Library, site: Site, settings: Settings) -> None:
    url = site.put("/log", article())
    (added,) = save.save_many(library, [url], settings)
    put(library, url, tags=("sea",), note="for the talk")

    (result,) = save.refresh(library, [str(added.id)], settings)
    link = library.link(str(added.id))
    assert (result.result, link.tags, link.note) == ("unchanged", ("sea",), "for the talk")
    assert waiting(library) == []


def test_what_is_cancelled_stays_queued(library: Library, site: Site, settings: Settings) -> None:
    url = site.put("/log", article())
    put(library, url)
    cancelled = Event()
    cancelled.set()

    assert list(save.capture_queued(library, [url], settings, cancelled=cancelled)) == []
    assert waiting(library) == [url]


def test_dying_before_it_leaves_the_queue_costs_one_more_refresh(
    library: Library, site: Site, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = site.put("/log", article())
    (entry,) = put(library, url, tags=("sea",), note="for the talk")
    with monkeypatch.context() as dying:
        dying.setattr(State, "dequeue", lambda *_: None)
        (first,) = save.capture_queued(library, [url], settings)
    committed = subjects(library)
    left = waiting(library)
    (second,) = save.capture_queued(library, left, settings)

    assert (first.result, second.result, second.id, left) == ("added", "unchanged", entry.id, [url])
    assert (subjects(library), listed(library), waiting(library)) == (committed, [url], [])
    assert (library.link(entry.id).tags, library.link(entry.id).note) == (("sea",), "for the talk")


def test_a_tag_that_comes_while_the_capture_is_committed_waits_for_the_next(library: Library) -> None:
    put(library, URL)
    (seen,) = library.state.queued()
    put(library, URL, tags=("sea",))
    library.state.dequeue(seen)

    assert [entry.tags for entry in queueing.queued(library)] == [("sea",)]


def test_one_given_up_while_it_is_captured_makes_no_link(library: Library, site: Site, settings: Settings) -> None:
    url = site.put("/log", article())
    put(library, url)

    (result,) = save.capture_queued(library, [url], settings, report=lambda _: queueing.forget(library, [url]))
    assert (result.result, repr(result.error)) == ("failed", repr(NoSuchLink(url)))
    assert (subjects(library), listed(library)) == ([], [])


def test_one_committed_while_it_is_captured_becomes_no_second_link(
    library: Library, site: Site, settings: Settings
) -> None:
    url = site.put("/log", article())
    (entry,) = put(library, url)

    (result,) = save.capture_queued(
        library, [url], settings, report=lambda _: library.tag([entry.id], ["sea"]) and None
    )
    assert (result.result, result.id, library.link(entry.id).tags) == ("updated", entry.id, ("sea",))
    assert listed(library) == [url]


def test_a_damaged_link_is_not_written_and_what_waits_for_it_goes_on_waiting(
    library: Library, site: Site, settings: Settings
) -> None:
    url = site.put("/log", article())
    (added,) = save.save_many(library, [url], settings)
    put(library, url, tags=("sea",))
    document = library.path / str(added.path)
    sound = document.read_text()
    document.write_text(sound.replace("title: ", "title: ["))

    (failed,) = save.capture_queued(library, [url], settings)
    left = waiting(library)
    document.write_text(sound)
    list(save.capture_queued(library, [url], settings))
    assert (failed.result, left) == ("failed", [url])
    assert (library.find(url).tags, waiting(library)) == (("sea",), [])


# --- the trash --------------------------------------------------------------------------------------------------------


def test_a_trashed_link_that_is_queued_comes_back_with_its_capture(
    library: Library, site: Site, settings: Settings
) -> None:
    url = site.put("/log", article())
    (added,) = save.save_many(library, [url], settings)
    library.trash([str(added.id)])
    (entry,) = put(library, url, tags=("again",))
    before = listed(library), len(library.queued()), library.find(url).trashed is None

    (result,) = save.capture_queued(library, [url], settings)
    assert before == ([], 0, False)
    assert (entry.id, result.id, result.result) == (added.id, added.id, "unchanged")
    assert (listed(library), library.find(url).tags, waiting(library)) == ([url], ("again",), [])


def test_a_link_thrown_away_after_it_was_queued_stays_in_the_trash(
    library: Library, site: Site, settings: Settings
) -> None:
    url = site.put("/log", article())
    (added,) = save.save_many(library, [url], settings)
    put(library, url, tags=("again",))
    library.trash([str(added.id)])

    list(save.capture_queued(library, [url], settings))
    assert (listed(library), library.find(url).tags, waiting(library)) == ([], ("again",), [])
