"""Additions that waited, once they are captured, and in the trash."""

from __future__ import annotations

from threading import Event

import pytest

from local_site import Site
from pages import article
from program import Pagelog
from queued import URL, groups, listed, put, subjects, waiting
from store import queueing, save
from store.capture.many import Settings
from store.errors import NoSuchLink
from store.library import Library
from store.state import State

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
@pytest.mark.slow
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


@pytest.mark.slow
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


@pytest.mark.slow
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
