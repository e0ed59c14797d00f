"""No wall ever takes the place of a good copy, and a page that was honestly shortened is taken in the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from local_site import Site
from pages import LATER, article
from program import Pagelog
from store import save
from store.capture.converted import ConvertSettings
from store.capture.limits import FetchSettings
from store.capture.many import Settings
from store.library import Library
from walls import WALLS, WallPage, shortenings

pytestmark = pytest.mark.usefixtures("site_allowed")

LOGIN = next(wall for wall in WALLS if wall.name == "social")
FORUM = next(wall for wall in WALLS if wall.name == "forum")
DOUBTFUL = article("The gate", inner="<p>Pay.</p>").replace(
    "</article>", "<p>Subscribe to continue reading.</p></article>"
)


def refreshed_after(pagelog: Pagelog, site: Site, days: float) -> Counter[str]:
    """What a refresh of all gives by a clock that is some days ahead."""
    settings = Settings(FetchSettings(allow_private=(f"127.0.0.1:{site.port}",), host_delay=0), ConvertSettings(), 4, 2)
    now = datetime.now(UTC) + timedelta(days=days)
    ids = [row["id"] for row in pagelog("list", "--json").objects]
    with Library.open(pagelog.library, clock=lambda: now) as library:
        return Counter(result.result for result in save.refresh(library, ids, settings))


def put_up(site: Site, wall: WallPage, path: str) -> None:
    """The wall stands where the page was, or where visitors of the page are sent."""
    if wall.at is None:
        site.put(path, wall.html)
        return
    site.put(f"{path}{wall.at}", wall.html)
    site.redirect(path, f"{path}{wall.at}?next={path}")


def results(pagelog: Pagelog, *words: str) -> Counter[str]:
    return Counter(row["result"] for row in pagelog(*words, "--json").objects)


def bodies(pagelog: Pagelog) -> Mapping[str, bytes]:
    return {path.name: path.read_bytes() for path in pagelog.library.glob("pages/*/*.md")}


@pytest.mark.slow
def test_forty_walls_are_set_aside_and_no_good_copy_is_lost(pagelog: Pagelog, site: Site) -> None:
    paths = {f"/{number}/{wall.name}": wall for number, wall in enumerate(WALLS)}
    for number, path in enumerate(paths):
        site.put(path, article(f"The log, day {number}", LATER * (number % 5)))
    assert results(pagelog, "add", *map(site.url, paths)) == {"added": 40}
    before, head = bodies(pagelog), pagelog.git("rev-parse", "HEAD")
    for path, wall in paths.items():
        put_up(site, wall, path)

    assert results(pagelog, "refresh", "--all") == {"held": 40}
    held = pagelog("list", "is:held", "--json").objects
    assert refreshed_after(pagelog, site, 2) == {"held": 40}
    assert refreshed_after(pagelog, site, 400) == {"held": 40}

    assert len(held) == len(pagelog("list", "is:held", "--json").objects) == 40
    assert (bodies(pagelog), pagelog.git("rev-parse", "HEAD")) == (before, head)
    for path in paths:
        site.put(path, article("The log is back", LATER))
    assert results(pagelog, "refresh", "--all") == {"updated": 40}
    assert pagelog("list", "is:held", "--json").objects == []
    pagelog.assert_whole()


@pytest.mark.slow
def test_twenty_honest_shortenings_are_held_for_a_day_and_then_taken(pagelog: Pagelog, site: Site) -> None:
    pairs = {f"/{name}": (before, after) for name, before, after in shortenings()}
    for path, (before, _) in pairs.items():
        site.put(path, before)
    assert results(pagelog, "add", *map(site.url, pairs)) == {"added": 20}
    for path, (_, after) in pairs.items():
        site.put(path, after)

    assert results(pagelog, "refresh", "--all") == {"held": 20}
    assert refreshed_after(pagelog, site, 0.9) == {"held": 20}
    assert refreshed_after(pagelog, site, 1.1) == {"updated": 20}

    assert pagelog("list", "is:held", "--json").objects == []
    pagelog.assert_whole()


@pytest.mark.slow
def test_a_wall_that_stands_for_long_is_held_once_and_the_page_stays(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article())
    pagelog("add", url)
    site.put("/page", FORUM.html)
    said = pagelog("refresh", url)
    first = pagelog.git("for-each-ref", "refs/pagelog/held")

    assert (said.status, said.out.split()[0]) == (0, "held")
    assert "login page" in said.err
    assert refreshed_after(pagelog, site, 3) == {"held": 1}
    assert pagelog.git("for-each-ref", "refs/pagelog/held") == first
    assert "The ferry leaves" in pagelog("show", url).out
    assert "not logged in" in pagelog("show", url, "--held").out


@pytest.mark.slow
def test_a_shortened_page_that_was_dropped_is_never_taken_by_time(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", article(inner=LATER * 3))
    pagelog("add", url)
    site.put("/page", "<title>The harbour log</title><p>The pier is closed for the winter.</p>")

    assert results(pagelog, "refresh", url) == {"held": 1}
    dropped = pagelog("refresh", url, "--drop")
    assert (dropped.out.split()[0], "the held capture is dropped" in dropped.err) == ("unchanged", True)
    again = pagelog("refresh", url)
    assert (again.out.split()[0], "still gives what you dropped on 20" in again.err) == ("unchanged", True)
    assert refreshed_after(pagelog, site, 5) == {"unchanged": 1}
    assert "The ferry leaves" in pagelog("show", url).out


def test_a_first_capture_that_is_no_page_is_pending_until_there_is_one(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", LOGIN.html)

    first = pagelog("add", url, "--json")
    again = pagelog("refresh", url, "--json")
    site.put("/page", article())

    assert [(row["result"], row["error"]["name"]) for row in first.objects + again.objects] == [
        ("pending", "LoginWall")
    ] * 2
    assert (first.status, again.status) == (1, 1)
    assert results(pagelog, "refresh", url) == {"updated": 1}
    assert pagelog("list", "is:pending", "--json").objects == []


@pytest.mark.slow
def test_a_doubtful_first_capture_is_kept_with_a_warning(pagelog: Pagelog, site: Site) -> None:
    added = pagelog("add", site.put("/page", DOUBTFUL), "--json")

    assert [(row["result"], row["error"]) for row in added.objects] == [("added", None)]
    assert (added.status, "subscribe" in added.err) == (0, True)


@pytest.mark.slow
def test_whoever_knows_better_takes_what_looks_like_a_wall(pagelog: Pagelog, site: Site) -> None:
    url = site.put("/page", LOGIN.html)
    pagelog("add", url)
    known = site.put("/known", article())
    pagelog("add", known)
    site.put("/known", LOGIN.html)

    assert results(pagelog, "refresh", url, "--force") == {"updated": 1}
    assert results(pagelog, "refresh", known, "--force") == {"updated": 1}
