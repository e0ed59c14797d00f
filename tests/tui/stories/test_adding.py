"""What people add, and what becomes of it: keys, then what the screen says."""

from __future__ import annotations

import pytest

from pages import PROSE, article
from person import use

pytestmark = pytest.mark.usefixtures("site_allowed")


def test_an_empty_library_says_what_to_press(pagelog):
    async def story(person):
        await person.sees("Your library is empty", "Press a")

    use(pagelog, story)


def test_add_one(pagelog, harbour):
    async def story(person):
        await person.adds(harbour)
        await person.sees("Added: The harbour log.", PROSE[0][:20])

    use(pagelog, story)

    assert pagelog.commits()[0] == "add: The harbour log"
    assert pagelog.link("The harbour log").status == "unread"
    pagelog.assert_whole()


def test_add_five_with_a_404(pagelog, site):
    addresses = [site.put(f"/p{number}", article(f"Page {number}")) for number in range(4)]

    async def story(person):
        await person.adds(*addresses, site.url("/missing"))
        await person.sees("4 added, 1 pending", "404 not found")
        await person.press("w")
        await person.sees("Jobs", "5/5 done", "esc back")
        await person.press("enter")
        screen = await person.sees("pending", "404", "esc back")
        assert screen.count("/missing") == 2  # in its line, and in full below the list

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
        await person.adds(harbour, "ftp://example.org/x")
        await person.sees("Add links", "ftp")
        await person.press("escape")
        await person.sees_no("Add links")

    use(pagelog, story)

    assert pagelog.commits() == ["init: pagelog library"]


def test_prose_is_no_address_and_addresses_are_found_in_prose(pagelog):
    from tui.screens.asking import addresses_in, wrong_addresses

    found = list(
        addresses_in("see <http://a.org/x>, and [b](https://b.org/y_(z)).\n# no\nexample.org/q\n文 http://c.org/。")
    )

    assert found == ["http://a.org/x", "https://b.org/y_(z)", "example.org/q", "http://c.org/"]
    assert wrong_addresses(found) == ""
    assert "not" in wrong_addresses(list(addresses_in("not a url at all")))


@pytest.mark.slow
def test_cancel_a_job(pagelog, site):
    addresses = [site.put(f"/slow{number}", article(f"Slow {number}")) for number in range(6)]
    for number in range(6):
        site.put(f"/slow{number}", article(f"Slow {number}"), delay=2.0)

    async def story(person):
        await person.adds(*addresses)
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
        await person.adds(*addresses)
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
