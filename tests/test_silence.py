"""Silence when nothing changed: refreshes of a page that says something new about itself at every look."""

from __future__ import annotations

import sqlite3

import pytest

from local_site import Site
from noise import noisy
from pages import article
from program import Pagelog
from store.capture.converted import Converted
from store.capture.fetch import Page, Validators
from store.capture.many import Captured
from store.keeping.steadying import steadied
from store.link import Link
from store.sameness import NOTHING

pytestmark = pytest.mark.usefixtures("site_allowed")

TIDE = "<p>The tide came in at noon and left the boats on the sand, as it did in the year before.</p>"


def results(pagelog: Pagelog, site: Site, path: str, *pages: str | bytes) -> list[str]:
    """What a refresh says to each of these pages, one after the other."""
    told = []
    for page in pages:
        site.put(path, page)
        (row,) = pagelog("refresh", site.url(path), "--json").objects
        told.append(str(row["result"]))
    return told


def added(pagelog: Pagelog, site: Site, page: str | bytes, path: str = "/page") -> str:
    """The path of a page that is in the library now."""
    assert pagelog("add", site.put(path, page)).status == 0
    return path


def changed_lines(pagelog: Pagelog) -> list[str]:
    """The lines of the body that the newest commit took away and brought."""
    lines = pagelog.git("show", "--format=", "--unified=0").splitlines()
    start = max(number for number, line in enumerate(lines) if line.startswith("@@"))  # the first is the front matter's
    return [line for line in lines[start + 1 :] if line[:1] in "+-"]


def with_counters(views: int, clock: str, *, sentence: str = TIDE, token: int = 0) -> str:
    """The harbour log as its server gives it."""
    return article(
        inner=f"<p>{views} views</p>{sentence}<p>浏览次数：{views * 3}</p><p>{clock}</p>"
        f"<p><a href='/boats;jsessionid={token:032X}'>The list of all boats in the harbour</a></p>"
        f"<p><img src='https://img{token % 7}.cdn.example/boat.jpg?v={token}' alt='A boat'></p>",
        head=f'<meta name="csrf-token" content="{token}">',
    )


def test_counters_clocks_and_tokens_make_no_version(pagelog: Pagelog, site: Site) -> None:
    path = added(pagelog, site, with_counters(12, "3 hours ago", token=1))
    before, document = pagelog.commits(), pagelog("show", site.url(path)).out

    told = results(pagelog, site, path, *[with_counters(20 + n, f"{4 + n} hours ago", token=n) for n in (2, 3)])

    assert told == ["unchanged", "unchanged"]
    assert (pagelog.commits(), pagelog("show", site.url(path)).out) == (before, document)
    assert "12 views" in document
    pagelog.assert_whole()


@pytest.mark.slow
def test_a_real_edit_is_a_version_that_shows_that_only(pagelog: Pagelog, site: Site) -> None:
    path = added(pagelog, site, with_counters(12, "3 hours ago", token=1))
    sentence = TIDE.replace("at noon", "at two")

    told = results(
        pagelog,
        site,
        path,
        with_counters(15, "5 hours ago", token=2, sentence=sentence),
        with_counters(17, "6 hours ago", token=3, sentence=sentence),
    )

    assert told == ["updated", "unchanged"]
    assert [line[0] for line in changed_lines(pagelog)] == ["-", "+"]
    assert "at two" in changed_lines(pagelog)[1]
    assert pagelog.commits()[0].endswith("(+3 −4)")
    assert pagelog("refresh", site.url(path), "--json").objects[0]["result"] == "unchanged"


@pytest.mark.slow
def test_a_link_that_leads_elsewhere_is_a_version(pagelog: Pagelog, site: Site) -> None:
    def page(target: str, token: str) -> str:
        notice = f"<a href='/notice/{target}?spm={token}'>the notice of the harbour master</a>"
        return article(inner=f"<p>Whoever wants to know more about this may read {notice} of last week.</p>")

    path = added(pagelog, site, page("1", "a.b"))

    assert results(pagelog, site, path, page("1", "c.d"), page("2", "e.f")) == ["unchanged", "updated"]
    assert [("/notice/1" in line, "/notice/2" in line) for line in changed_lines(pagelog)] == [
        (True, False),
        (False, True),
    ]


@pytest.mark.slow
def test_a_list_that_rotates_is_learnt_after_two_refreshes_and_a_price_in_it_is_not(
    pagelog: Pagelog, site: Site
) -> None:
    def page(number: int, price: int = 12) -> str:
        words = "that lay for a whole winter on the sand behind the harbour"
        boats = "".join(
            f"<li><a href='/boat/{each}'>Boat number {each} {words}</a></li>" for each in range(number, number + 6)
        )
        return article(inner=f"<ul>{boats}</ul>{TIDE * 3}<p>A ticket costs {price} crowns, and children go free.</p>")

    path = added(pagelog, site, page(1))

    told = results(pagelog, site, path, *map(page, range(2, 6)), page(7, 13), page(8, 13))

    assert told == ["updated", "updated", "unchanged", "unchanged", "updated", "unchanged"]
    assert [line[:28] for line in changed_lines(pagelog)] == [
        "-A ticket costs 12 crowns, a",
        "+A ticket costs 13 crowns, a",
    ]
    assert "Boat number 8" in pagelog("show", site.url(path)).out


@pytest.mark.slow
def test_what_was_learnt_goes_with_the_link_and_lost_costs_a_version(pagelog: Pagelog, site: Site) -> None:
    def page(number: int) -> str:
        return article(inner=f"<p>Depth: {number}</p>{TIDE}")

    path = added(pagelog, site, page(1))
    assert results(pagelog, site, path, *map(page, (2, 3, 4))) == ["updated", "updated", "unchanged"]
    assert pagelog("explain", site.url(path), "--json").objects[0]["learnt"] == [{"text": "Depth: 2", "times": 2}]
    assert len(learnt_rows(pagelog)) == 1
    pagelog("trash", site.url(path))
    assert learnt_rows(pagelog) == []
    pagelog("trash", "--restore", site.url(path))

    assert results(pagelog, site, path, page(5)) == ["updated"]


def learnt_rows(pagelog: Pagelog) -> list[tuple[str]]:
    """What the state keeps of pages that flicker."""
    state = sqlite3.connect(pagelog.library / ".git" / "pagelog" / "state.sqlite3")
    rows = state.execute("SELECT regions FROM flickering").fetchall()
    state.close()
    return rows


@pytest.mark.slow
def test_validators_come_with_the_body_that_is_the_same(pagelog: Pagelog, site: Site) -> None:
    path = added(pagelog, site, with_counters(12, "3 hours ago"))
    site.put(path, with_counters(13, "4 hours ago"), etag='"two"')
    pagelog("refresh", site.url(path))

    (row,) = pagelog("refresh", site.url(path), "--json").objects

    assert (row["result"], site.requests[-1].status) == ("unchanged", 304)


@pytest.mark.slow
def test_a_dropped_capture_is_known_again_by_what_it_says(pagelog: Pagelog, site: Site) -> None:
    path = added(pagelog, site, with_counters(12, "3 hours ago"))
    document = next(pagelog.library.glob("pages/*/*.md"))
    document.write_text(document.read_text().replace("at noon", "at one"))
    held = with_counters(13, "4 hours ago", sentence=TIDE.replace("at noon", "at two"))
    assert results(pagelog, site, path, held) == ["held"]
    pagelog("refresh", site.url(path), "--drop")

    assert results(pagelog, site, path, held.replace("13 views", "19 views")) == ["unchanged"]


@pytest.mark.slow
@pytest.mark.parametrize("chinese", [False, True])
def test_every_kind_of_noise_at_once_makes_no_version(pagelog: Pagelog, site: Site, chinese: bool) -> None:
    page = article(inner=TIDE * 3 + "<p><a href='/boats'>All boats of the harbour</a></p>").encode()
    path = added(pagelog, site, noisy(page, 1, chinese=chinese))
    looks = [noisy(page, seed, chinese=chinese) for seed in (2, 3, 4)]

    assert results(pagelog, site, path, *looks) == ["unchanged"] * 3
    assert len({*looks, page}) == 4


def test_a_short_new_line_is_a_change_and_one_left_out_by_a_hair_is_none() -> None:
    def captured(markdown: str, *wavering: str) -> Captured:
        page = Page("https://example.org/a", 200, "text/html", None, b"", Validators(None, None))
        return Captured(page, Converted(markdown, wavering=wavering))

    last = Link(id="0" * 12, url="https://example.org/a", title="A", added="", body="Alpha.\n\nSee also:\n\nBeta.\n")
    left_out = steadied(captured("Alpha.\n\nBeta.\n", "See also:"), last, NOTHING)
    gone = steadied(captured("Alpha.\n\nBeta.\n"), last, NOTHING)
    added = steadied(captured("Alpha.\n\nSee also:\n\nBeta.\n\nGamma.\n", "Gamma."), last, NOTHING)

    assert left_out.converted.markdown == last.body
    assert gone.converted.markdown == "Alpha.\n\nBeta.\n"
    assert added.converted.markdown.endswith("Gamma.\n")


def test_a_picture_that_stood_on_the_page_before_is_no_change_and_one_that_did_not_is() -> None:
    page = Page("https://example.org/a", 200, "text/html", None, b"", Validators(None, None))
    picture = "Alpha.\n\n[![The hull](https://img.example.org/hull-320.jpg?v=7)](https://example.org/hull)\n\nBeta.\n"
    outcome = Captured(page, Converted(picture))
    last = Link(id="0" * 12, url="https://example.org/a", title="A", added="", body="Alpha.\n\nBeta.\n")

    stood = steadied(outcome, last, NOTHING, lambda name: name == "hull-320.jpg")
    new = steadied(outcome, last, NOTHING, lambda name: False)

    assert stood.converted.markdown == last.body
    assert new.converted.markdown == picture
