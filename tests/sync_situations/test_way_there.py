"""`pagelog sync` where the way to the remote is cut, silent or slow."""

from __future__ import annotations

import socket
import time
from pathlib import Path

import pytest

from at_terminal import AtTerminal
from git_http import GitHost
from machines import head, much, refused, settings, tagged, tags
from opened import git
from program import Pagelog
from wire import Wire

pytestmark = pytest.mark.slow


def test_a_host_that_is_not_there(here: Pagelog) -> None:
    assert refused(here("sync", "--remote", "http://nowhere.invalid/x.git"), "No connection to", "nowhere.invalid")


def test_a_port_that_refuses(here: Pagelog) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

    assert refused(here("sync", "--remote", f"http://127.0.0.1:{port}/x.git"), "No connection to")


def test_a_server_that_accepts_and_says_nothing_is_hung_up(here: Pagelog, home: Path, tmp_path: Path) -> None:
    settings(home, "[sync]\npatience = 1.5\n")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/x.git"
        begun = time.monotonic()
        outcomes = [here("sync", "--remote", url), here("clone", url, str(tmp_path / "copy"))]

    for outcome in outcomes:
        assert refused(outcome, "has said nothing for 1.5 seconds")
    assert time.monotonic() - begun < 40
    assert not (tmp_path / "copy").exists()


def test_no_connection_loses_nothing_and_the_next_sync_goes_on(here: Pagelog, there: Pagelog, hub: Path) -> None:
    hub.rename(hub.with_name("away.git"))
    tagged(here, "meanwhile")

    assert refused(here("sync"), "no repository at")
    hub.with_name("away.git").rename(hub)
    assert here("sync").status == 0
    there("sync")
    assert tags(there) == ("meanwhile",)


@pytest.mark.slow
def test_a_connection_cut_anywhere_in_a_fetch_changes_nothing(here: Pagelog, there: Pagelog, hub: Path) -> None:
    with GitHost(hub.parent) as host, Wire(host.port) as wire:
        there("sync", "--remote", host.url("hub.git", port=wire.port))
        for number in range(8):
            much(here, f"fetched{number}")
            here("sync")
            before = head(there)
            wire.cut_after = 300 + number * 7_000

            assert refused(there("sync"), "No connection to")
            assert head(there) == before
            there.assert_whole()
            wire.cut_after = None
            assert there("sync").status == 0
            assert head(there) == head(here)


@pytest.mark.slow
def test_a_connection_cut_anywhere_in_a_push_is_settled_by_the_next_sync(
    here: Pagelog, there: Pagelog, hub: Path
) -> None:
    with GitHost(hub.parent) as host, Wire(host.port) as wire:
        there("sync", "--remote", host.url("hub.git", port=wire.port))
        wire.cut_after = None
        much(there, "first")
        there("sync")
        whole = wire.passed
        for number in range(8):
            much(there, f"pushed{number}")
            wire.cut_after = whole * (number + 1) // 8 - 100  # the last cut is in the answer
            outcome = there("sync")
            landed = git(hub, "rev-parse", "main").strip() == head(there)

            assert outcome.status in (0, 4), outcome
            assert "unexpected" not in outcome.err
            assert landed or outcome.status == 4
            there.assert_whole()
            wire.cut_after = None
            assert there("sync").status == 0
            assert git(hub, "rev-parse", "main").strip() == head(there)


def test_a_slow_remote_shows_its_progress_and_ctrl_c_ends_it(here: Pagelog, there: Pagelog, hub: Path) -> None:
    much(here, "long")
    here("sync")
    before = head(there)
    with GitHost(hub.parent, pause=0.02) as host:
        url = host.url("hub.git")
        with AtTerminal(there.command("sync", "--remote", url)) as terminal:
            terminal.shows("receiving objects")
            terminal.types("\x03")
            status = terminal.ends()

    assert status == 130
    assert "interrupted" in terminal.drawn
    assert head(there) == before
    there.assert_whole()
    assert there("sync", "--remote", str(hub)).status == 0
    assert head(there) == head(here)
