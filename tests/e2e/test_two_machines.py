"""What people take back, and what two machines tell each other, in a real terminal: as in test_journeys."""

from __future__ import annotations

import pytest

from program import Pagelog

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("site_allowed")]


@pytest.fixture(params=[(120, 40), (80, 24)], ids=["120x40", "80x24"])
def size(request):
    return request.param


def test_undo_then_sync_between_two_libraries(pagelog, start, kept, tmp_path, size):
    hub = tmp_path / "hub.git"
    pagelog.git("init", "--quiet", "--bare", "--initial-branch=main", str(hub))
    there = Pagelog(pagelog.program, tmp_path / "there")

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("t")
        terminal.shows("tab complete")
        terminal.types("海/潮汐")
        terminal.keys("Enter")
        terminal.shows("1 link tagged +海/潮汐.")
        terminal.keys("d")
        terminal.shows("1 link moved to the trash; u takes it back.")
        terminal.keys("u")
        terminal.shows("Taken back: trash: Gamma. ctrl+r puts it back.")
        terminal.keys("C-r")
        terminal.shows("Put back: trash: Gamma. u takes it back.")
        terminal.keys("u")
        terminal.shows("Taken back: trash: Gamma.")
        terminal.keys("L")
        terminal.shows("Everything that was done", "tag: +海/潮汐", "taken back")
        terminal.keeps("activity")
        terminal.back("/3")
        terminal.keys("S")
        terminal.shows("Sync with which repository?")
        terminal.keeps("remote-dialog")
        terminal.types(str(hub))
        terminal.keys("Enter")
        terminal.shows("commits to send", "enter sync")
        terminal.keeps("sync-first")
        terminal.keys("Enter")
        terminal.shows("Synced: ", "commits went.")
        terminal.leaves()

    assert there("add", "--later", "https://example.invalid/there").status == 0
    assert there("sync", "--remote", str(hub)).status == 0
    assert there("tag", "add", "there", "--to", kept[2]).status == 0
    assert there("sync").status == 0
    assert pagelog("tag", "add", "here", "--to", kept[2]).status == 0

    with start() as terminal:
        terminal.shows("1/3", "Gamma")
        terminal.keys("S")
        terminal.shows("1 come, 1 changed on both sides", "example.invalid/there", "Gamma", "enter sync")
        terminal.keeps("sync-plan")
        terminal.keys("Enter")
        terminal.shows("Synced: ", "1 link joined", "/4")
        terminal.keeps("synced")
        terminal.leaves()

    assert there("sync").status == 0
    assert pagelog.git("rev-parse", "HEAD") == there.git("rev-parse", "HEAD")
    assert set(pagelog.link("Gamma").tags) == {"海/潮汐", "here", "there"}
    assert pagelog.link("Gamma").trashed is None
    pagelog.assert_whole()
