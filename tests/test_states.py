"""What becomes of a link's state, event by event (RULES 3), through the real command."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime
from pathlib import Path

import pytest

from local_site import Site
from pages import article
from program import Pagelog
from store import save
from store.capture import worker
from store.capture.converted import ConvertSettings
from store.capture.limits import FetchSettings
from store.capture.many import Settings
from store.keeping import captured
from store.library import Library

NEWS = "<p>The council has added a sentence of some length to this page.</p>"

pytestmark = [pytest.mark.usefixtures("site_allowed"), pytest.mark.slow]


def refreshed(pagelog: Pagelog, *words: str) -> str:
    (row,) = pagelog("refresh", *words, "--json").objects
    return str(row["result"])


def state(pagelog: Pagelog) -> str:
    (row,) = pagelog("list", "--json").objects
    return str(row["state"])


def meeting(day: str) -> str:
    """A page that tells of a day."""
    return article(inner=f"<p>The council of the harbour meets on {day}, as it has done for many years.</p>")


def held(pagelog: Pagelog, site: Site, path: str = "/page") -> str:
    """A link in whose body one word was changed by the user, and differently on the page: its address."""
    url = site.put(path, meeting("Monday"))
    (row,) = pagelog("add", url, "--json").objects
    document = pagelog.library / row["path"]
    document.write_text(document.read_text().replace("Monday", "Friday"))
    site.put(path, meeting("Sunday"))
    assert refreshed(pagelog, url) == "held"
    return url


@pytest.mark.slow
def test_a_dropped_body_never_comes_back_and_the_next_one_does(pagelog: Pagelog, site: Site) -> None:
    url = held(pagelog, site)

    assert refreshed(pagelog, url, "--drop") == "unchanged"
    assert (refreshed(pagelog, url), state(pagelog)) == ("unchanged", "ok")
    site.put("/page", meeting("Tuesday"))
    assert refreshed(pagelog, url) == "held"


def test_what_is_held_stays_through_a_failure_and_ends_when_the_page_is_as_before(pagelog: Pagelog, site: Site) -> None:
    url = held(pagelog, site)
    site.remove("/page")
    failed = refreshed(pagelog, url), state(pagelog), len(pagelog("list", "is:broken", "--json").objects)
    site.put("/page", meeting("Monday"))

    assert failed == ("failed", "held", 1)
    assert (refreshed(pagelog, url), state(pagelog)) == ("unchanged", "ok")
    assert pagelog("show", url, "--held").status == 1


@pytest.mark.slow
def test_the_trash_ends_what_is_held(pagelog: Pagelog, site: Site) -> None:
    url = held(pagelog, site)
    pagelog("trash", url)
    pagelog("trash", "--restore", url)

    assert state(pagelog) == "ok"


@pytest.mark.slow
def test_accepting_makes_the_capture_current_and_the_edit_the_version_before(pagelog: Pagelog, site: Site) -> None:
    url = held(pagelog, site)

    assert refreshed(pagelog, url, "--accept") == "updated"
    assert "on Sunday" in pagelog("show", url).out
    assert "on Friday" in pagelog("show", url, "--at", "2").out
    assert pagelog.commits()[:2] == ["update: The harbour log (+6 −6)", "edit: by hand"]
    assert refreshed(pagelog, url) == "unchanged"


def test_a_busy_server_says_nothing_about_the_page(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    pagelog("add", url)
    site.put("/page", "later", status=503, headers={"Retry-After": "3600"})

    assert (refreshed(pagelog, url), state(pagelog)) == ("failed", "ok")


@pytest.mark.slow
def test_a_restored_body_is_no_edit(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    pagelog("add", url)
    site.put("/page", article(inner=NEWS))
    pagelog("refresh", url)
    pagelog("restore", url, "1")
    same = refreshed(pagelog, url)
    site.put("/page", article(inner=NEWS * 2))

    assert same == "unchanged"
    assert refreshed(pagelog, url) == "updated"


def test_a_new_title_alone_is_a_version_and_not_a_change(pagelog: Pagelog, site: Site) -> None:
    def page(title: str) -> str:
        return article(title).replace(f"<h1>{title}</h1>", "")

    url = site.put("/page", page("The log of the harbour"))
    pagelog("add", url)
    captured = pagelog("list", "--json").objects[0]["captured"]
    site.put("/page", page("The log of the old harbour"))

    assert refreshed(pagelog, url) == "updated"
    assert pagelog.commits()[0] == "update: The log of the old harbour (+0 −0)"
    (row,) = pagelog("list", "--json").objects
    assert (row["captured"], row["versions"]) == (captured, 2)
    assert pagelog("list", "is:changed", "--json").objects == []


def test_a_trashed_link_added_again_comes_back_and_the_result_speaks_of_the_page(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    pagelog("add", url)
    pagelog("trash", url)

    (row,) = pagelog("add", url, "-t", "again", "--json").objects

    assert row["result"] == "unchanged"
    assert pagelog("list", "tag:again", "--json").objects[0]["id"] == row["id"]
    groups = pagelog.git("log", "-2", "--format=%(trailers:key=Pagelog-Group,valueonly)").split()
    assert len(groups) == 2
    assert len(set(groups)) == 1


@pytest.mark.slow
def test_two_links_with_one_address_are_both_refreshed(pagelog: Pagelog, site: Site) -> None:
    one, two = site.put("/one", article()), site.put("/two", article())
    rows = pagelog("add", one, two, "--json").objects
    other = pagelog.library / next(row["path"] for row in rows if row["url"] == two)
    other.write_text(other.read_text().replace(two, one))

    results = pagelog("refresh", "--all", "--json").objects

    assert {row["id"] for row in results} == {row["id"] for row in rows}
    assert "same-url" in pagelog("check", "--json").out


def test_a_damaged_link_is_named_and_never_written(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    (row,) = pagelog("add", url, "--json").objects
    document = pagelog.library / row["path"]
    document.write_text(document.read_text().replace("title: ", "title: ["))
    before = document.read_bytes()

    assert state(pagelog) == "damaged"
    assert refreshed(pagelog, str(row["id"])) == "failed"
    assert pagelog("tag", "add", "x", "--to", str(row["id"])).status == 1
    assert document.read_bytes() == before
    assert "The ferry leaves" in pagelog("show", str(row["id"])).out


def test_a_newer_extractor_is_told_from_a_newer_page(
    tmp_path: Path, site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first capture is an older pagelog's, which made another text of the same page."""
    url = site.put("/page", article())
    settings = Settings(FetchSettings(allow_private=(f"127.0.0.1:{site.port}",)), ConvertSettings(), 2, 1)
    convert = worker.Workers.convert

    def as_it_was(self: worker.Workers, *page: object):
        found = convert(self, *page)  # type: ignore[arg-type]
        return dataclasses.replace(found, markdown=found.markdown.replace("# ", "## "))

    with Library.open(tmp_path / "library", make=True, clock=lambda: datetime(2026, 1, 2, tzinfo=UTC)) as library:
        with monkeypatch.context() as older:
            older.setattr(worker.Workers, "convert", as_it_was)
            older.setattr(captured, "EXTRACTOR", "pagelog 0")
            (added,) = save.save_many(library, [url], settings)
        ids = [str(added.id)]
        (same,) = save.refresh(library, ids, settings, force=True)
        site.put("/page", article(inner=NEWS))
        (newer,) = save.refresh(library, ids, settings)

    assert [added.result, same.result, newer.result] == ["added", "unchanged", "updated"]


def test_a_title_edited_by_hand_is_the_users(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    (row,) = pagelog("add", url, "--json").objects
    document = pagelog.library / row["path"]
    document.write_text(document.read_text().replace('title: "The harbour log"', 'title: "Mine"'))
    same = refreshed(pagelog, url)
    site.put("/page", article("The other log", inner=NEWS))

    assert (same, refreshed(pagelog, url), refreshed(pagelog, url)) == ("unchanged", "updated", "unchanged")
    assert 'title: "Mine"' in document.read_text()
    assert 'page_title: "The other log"' in document.read_text()


def test_a_file_deleted_by_hand_and_added_again_goes_on_with_its_history(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    (row,) = pagelog("add", url, "--json").objects
    (pagelog.library / row["path"]).unlink()

    (again,) = pagelog("add", url, "--json").objects

    assert (again["result"], again["id"], again["path"]) == ("added", row["id"], row["path"])
    assert pagelog.commits() == [
        "add: The harbour log",
        "edit: by hand",
        "add: The harbour log",
        "init: pagelog library",
    ]
    pagelog.assert_whole()


def test_a_moved_file_that_cannot_be_read_is_still_listed(pagelog: Pagelog, site: Site) -> None:
    (row,) = pagelog("add", site.put("/page", article()), "--json").objects
    moved = (pagelog.library / row["path"]).rename(pagelog.library / "pages" / "moved.md")
    moved.write_text(moved.read_text().replace('title: "', 'title: "\\'))

    assert [found["id"] for found in pagelog("list", "is:damaged", "--json").objects] == [row["id"]]
    pagelog("refresh", "--all")
    assert [found["path"] for found in pagelog("list", "is:damaged", "--json").objects] == ["pages/moved.md"]
