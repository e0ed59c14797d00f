"""`pagelog clone`: whole or not at all, and known from then on."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from pathlib import Path

import pytest

from git_http import GitHost
from known import make_known
from machines import Machine, head, much, opened, refused, tagged
from opened import git, keep
from program import Pagelog

pytestmark = pytest.mark.slow


def test_clone_brings_the_links_with_their_history_and_is_in_step(here: Pagelog, there: Pagelog) -> None:
    assert head(there) == head(here)
    assert len(there("list", "--json").objects) == 3
    assert "nothing was new" in there("sync").out
    there.assert_whole()


def test_what_was_cloned_is_a_library_that_its_user_knows(here: Pagelog, there: Pagelog, hub: Path) -> None:
    assert there("list").err == ""
    there.git("config", "core.fsmonitor", "true")  # of a strange library this would be refused

    assert there("list").status == 0
    assert tagged(there, "x")("sync").status == 0


def test_clone_takes_no_folder_with_something_in_it(here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    (tmp_path / "full/mine.txt").write_text("mine\n")
    (tmp_path / "bare").mkdir()

    assert refused(here("clone", str(hub), str(tmp_path / "full")), "full", status=3)
    assert [path.name for path in (tmp_path / "full").iterdir()] == ["mine.txt"]
    assert here("clone", str(hub), str(tmp_path / "bare")).status == 0
    assert len(list((tmp_path / "bare").glob("pages/*/*.md"))) == 3


def test_clone_of_nothing_yet_is_a_new_library_that_can_be_pushed(here: Pagelog, hub: Path, machine: Machine) -> None:
    made = machine("first")

    assert here("clone", str(hub), str(made.library)).status == 0
    assert made("add", "https://example.org/1", "--later").status == 0
    assert made("sync").status == 0
    assert git(hub, "rev-parse", "main") == head(made) + "\n"


@pytest.mark.slow
def test_a_clone_that_is_killed_leaves_nothing_in_the_way_of_the_next(
    here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path
) -> None:
    much(here, "long")
    here("sync")
    copy = tmp_path / "copy"
    for delay in (0.3, 0.8, 1.2, 1.6):
        with GitHost(hub.parent, pause=0.01) as host:
            nowhere = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
            running = here.start("clone", host.url("hub.git"), str(copy), **nowhere)
            time.sleep(delay)
            os.killpg(running.pid, 9)
            running.wait()

    assert not copy.exists()
    assert here("clone", str(hub), str(copy)).status == 0
    made = Pagelog(here.program, copy)
    assert head(made) == head(here)
    made.assert_whole()
    assert [path.name for path in tmp_path.iterdir() if "clone" in path.name] == []


@pytest.mark.slow
def test_a_library_of_3000_files_is_cloned_whole(hub: Path, machine: Machine) -> None:
    big = machine("big")
    with opened(big) as library:
        keep(library, *map(str, range(3_000)))
    big("sync", "--remote", str(hub))
    copy = machine("copy")

    assert big("clone", str(hub), str(copy.library)).status == 0
    assert len(copy("list", "--json").objects) == 3_000
    copy.assert_whole()


def test_a_copy_of_a_clone_made_with_cp_is_looked_through_first(there: Pagelog, machine: Machine) -> None:
    copy = machine("copied")
    shutil.copytree(there.library, copy.library)
    copy.git("config", "core.fsmonitor", "touch stolen")

    assert refused(copy("sync"), "fsmonitor", status=3)
    make_known(copy.library)
    assert copy("sync").status == 0


def test_clone_into_the_folder_where_one_stands(here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    outcome = there("clone", str(hub), ".", cwd=place)

    assert outcome.status == 0, outcome
    assert str(place) in outcome.out + outcome.err
    assert sorted(path.name for path in place.iterdir()) == [".git", "pagelog.toml", "pages"]
    assert git(place, "status", "--porcelain") == ""
    assert len(there("--library", ".", "list", "--json", cwd=place).objects) == 3


@pytest.mark.parametrize("moved", [(), ("pages",), ("pages", "pagelog.toml")])
def test_a_clone_that_died_while_it_moved_into_its_folder_is_gone_on_with(
    here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path, moved: tuple[str, ...]
) -> None:
    place = tmp_path / "place"
    assert there("clone", str(hub), str(place)).status == 0
    inside = place / ".pagelog-clone"
    inside.mkdir()
    (place / ".git/pagelog/whole").touch()
    for name in {"pages", "pagelog.toml", ".git"} - {*moved}:
        (place / name).rename(inside / name)

    assert there("clone", str(hub), str(place)).status == 0
    assert sorted(path.name for path in place.iterdir()) == [".git", "pagelog.toml", "pages"]
    assert git(place, "status", "--porcelain") == ""


@pytest.mark.parametrize("place", ["file/x", "file/x/y", "/proc/x"])
def test_clone_to_where_nothing_can_be_made(
    here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path, place: str
) -> None:
    (tmp_path / "file").write_text("mine")

    assert refused(there("clone", str(hub), place, cwd=tmp_path), "cannot be written", status=3)
    assert (tmp_path / "file").read_text() == "mine"


def test_clone_of_a_shallow_copy_says_what_it_is(here: Pagelog, there: Pagelog, hub: Path, tmp_path: Path) -> None:
    tagged(there, "x")("sync")
    git(tmp_path, "clone", "--quiet", "--bare", "--depth=1", hub.as_uri(), "shallow.git")

    assert refused(there("clone", str(tmp_path / "shallow.git"), str(tmp_path / "copy")), "newest part of its history")
    assert not (tmp_path / "copy").exists()
