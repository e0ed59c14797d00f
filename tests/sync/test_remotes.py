"""What may be a remote, and what comes from it."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from opened import git
from store.actions import activity
from store.errors import (
    NewerFormat,
    NoRemote,
    RemoteCheckedOut,
    RemoteError,
    RemoteFailed,
    RemoteMissing,
    RewrittenRemote,
    UnrelatedRemote,
    UnsafeTree,
)
from store.library import Library
from store.soundness import checking
from store.syncing import cloning, sync
from store.undoing import undo
from two_libraries import A, B, C, in_step


def test_locks_that_a_killed_git_left_on_our_refs_stop_no_sync(here: Library, there: Library) -> None:
    here.tag([A], add=["x"])
    sync.sync(here)
    for kind in ("incoming", "remote"):
        lock = there.path / ".git" / "refs" / "pagelog" / kind / "origin.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch()

    assert sync.sync(there).fetched == 1
    assert in_step(here, there)


def test_who_pushed_meanwhile_is_fetched_and_joined(
    here: Library, there: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    there.tag([A], add=["there"])
    pushed = sync._push
    waiting = [lambda: sync.sync(here)]

    def race(library: Library, other: sync.Remote, tip: str | None) -> int:
        if library is there and waiting:
            here.tag([B], add=["first"])
            monkeypatch.setattr(sync, "_push", pushed)
            waiting.pop()()
        return pushed(library, other, tip)

    monkeypatch.setattr(sync, "_push", race)
    sync.sync(there)

    assert there.link(B).tags == ("first",)
    assert in_step(here, there)


def test_a_remote_with_main_checked_out_is_refused(tmp_path: Path, here: Library) -> None:
    git(tmp_path, "clone", "--quiet", str(here.path), "folder")
    hub = git(here.path, "config", "remote.origin.url")
    here.tag([A], add=["x"])

    with pytest.raises(RemoteCheckedOut):
        sync.remember(here, str(tmp_path / "folder"))
    assert git(here.path, "config", "remote.origin.url") == hub
    git(here.path, "remote", "set-url", "origin", str(tmp_path / "folder"))
    with pytest.raises(RemoteCheckedOut):
        sync.sync(here)


def test_a_folder_with_main_checked_out_that_takes_pushes_is_a_remote(tmp_path: Path, here: Library) -> None:
    git(tmp_path, "clone", "--quiet", str(here.path), "folder")
    git(tmp_path / "folder", "config", "receive.denyCurrentBranch", "updateInstead")
    here.tag([A], add=["x"])
    sync.remember(here, str(tmp_path / "folder"))

    assert sync.sync(here).pushed == 1


def test_a_repository_with_other_files_is_no_remote(tmp_path: Path, hub: Path, here: Library) -> None:
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "other")
    (tmp_path / "other/pagelog.toml").write_text("format = 1\n")
    git(tmp_path / "other", "add", ".")
    git(tmp_path / "other", "commit", "--quiet", "-m", "mine")
    git(tmp_path, "clone", "--quiet", "--bare", "other", "other.git")
    before = git(here.path, "config", "remote.origin.url")

    with pytest.raises(UnrelatedRemote):
        sync.remember(here, str(tmp_path / "other.git"))
    assert git(here.path, "config", "remote.origin.url") == before


def test_no_remote_and_a_remote_that_is_not_there(tmp_path: Path, here: Library) -> None:
    with Library.open(tmp_path / "lonely", make=True) as lonely, pytest.raises(NoRemote):
        sync.sync(lonely)
    with pytest.raises(RemoteMissing):
        sync.remember(here, str(tmp_path / "nowhere.git"))
    assert sync.sync(here).url.endswith("hub.git")


def test_a_rewritten_remote_stops_until_it_is_accepted(
    tmp_path: Path, hub: Path, here: Library, there: Library
) -> None:
    here.tag([A], add=["mine"])
    there.edit(C, note="secret")
    sync.sync(there)
    old = git(hub, "rev-parse", "main").strip()
    git(tmp_path, "clone", "--quiet", str(hub), "purger")
    git(tmp_path / "purger", "reset", "--quiet", "--hard", "HEAD~1")
    (tmp_path / "purger/new.txt").write_text("x")
    git(tmp_path / "purger", "add", ".")
    git(tmp_path / "purger", "commit", "--quiet", "-m", "purged")
    git(tmp_path / "purger", "push", "--quiet", "--force")
    there.tag([B], add=["since"])

    with pytest.raises(RewrittenRemote):
        sync.sync(there)
    sync.sync(there, sync.How(accept_rewrite=True))

    assert there.link(C).note is None
    assert there.link(B).tags == ("since",)
    assert len(git(there.path, "log", "-1", "--format=%P").split()) == 1
    assert old not in git(there.path, "log", "--format=%H")
    assert git(there.path, "for-each-ref", "--contains", old, "refs/pagelog/before") != ""
    assert in_step(here, there)
    assert here.link(A).tags == ("mine",)


def test_what_is_fetched_is_looked_through_first(tmp_path: Path, hub: Path, here: Library, there: Library) -> None:
    git(tmp_path, "clone", "--quiet", str(hub), "enemy")
    (tmp_path / "enemy/pages/link.md").symlink_to("/etc/passwd")
    git(tmp_path / "enemy", "add", ".")
    git(tmp_path / "enemy", "commit", "--quiet", "-m", "evil")
    git(tmp_path / "enemy", "push", "--quiet")
    head = git(there.path, "rev-parse", "HEAD")

    with pytest.raises(UnsafeTree):
        sync.sync(there)
    assert git(there.path, "rev-parse", "HEAD") == head


def test_a_newer_format_is_refused_before_anything_is_merged(tmp_path: Path, hub: Path, there: Library) -> None:
    git(tmp_path, "clone", "--quiet", str(hub), "newer")
    (tmp_path / "newer/pagelog.toml").write_text("format = 2\n")
    git(tmp_path / "newer", "commit", "--quiet", "-am", "newer")
    git(tmp_path / "newer", "push", "--quiet")

    with pytest.raises(NewerFormat):
        sync.sync(there)
    assert (there.path / "pagelog.toml").read_text() == "format = 1\n"


@pytest.mark.slow
def test_a_rewritten_remote_is_noticed_by_a_clone_of_the_users_own_git(
    tmp_path: Path, hub: Path, here: Library
) -> None:
    here.edit(A, note="secret")
    sync.sync(here)
    git(tmp_path, "clone", "--quiet", str(hub), "own")
    git(here.path, "push", "--quiet", "--force", str(hub), "HEAD~1:main")

    with Library.open(tmp_path / "own") as own:
        own.tag([B], add=["x"])
        with pytest.raises(RewrittenRemote):
            sync.sync(own)


@pytest.mark.parametrize("url", ["https://[x/y", "ext::sh", "-x", "a:" + "x" * 5000, "ftp://x/y"])
def test_what_is_no_address_is_said_to_be_none(here: Library, url: str) -> None:
    with pytest.raises(RemoteError):
        sync.remember(here, url)


@pytest.mark.slow
def test_two_remotes_of_names_that_hold_each_other(here: Library, hub: Path, tmp_path: Path) -> None:
    git(here.path, "remote", "rename", "origin", "team/x")
    git(here.path, "config", "branch.main.remote", "team/x")
    here.tag([A], add=["x"])
    assert sync.sync(here).pushed == 1
    git(here.path, "remote", "add", "team", str(hub))
    git(here.path, "config", "branch.main.remote", "team")
    here.tag([A], add=["y"])

    assert sync.sync(here).pushed == 1


def test_pushed_elsewhere_by_a_setting_is_not_called_pushed(
    here: Library, hub: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "other.git")
    settings = tmp_path / "gitconfig"
    settings.write_text(f'[url "{tmp_path}/other.git"]\n\tpushInsteadOf = {hub}\n')
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(settings))
    here.tag([A], add=["x"])

    with pytest.raises(RemoteFailed):
        sync.sync(here)


SLOPPY = {
    "a padded date": (rb"> (\d+)", rb"> 0\1"),
    "before 1970": (rb"> \d+", rb"> -5"),
    "after the sun": (rb"> \d+", rb"> 99999999999999999999999"),
    "no date": (rb"> \d+ \+0000", rb">"),
    "no zone": (rb" \+0000\n", rb" +00\n"),
    "no address": (rb" <[^>]*>", rb""),
    "an address of its own kind": (rb"<[^>]*>", rb"<b<c>"),
}


@pytest.mark.parametrize("kind", ["a padded date", *(pytest.param(kind, marks=pytest.mark.slow) for kind in SLOPPY)])
def test_a_commit_whose_author_or_date_is_sloppy_keeps_nobody_out(
    here: Library, there: Library, hub: Path, tmp_path: Path, kind: str
) -> None:
    there.tag([B], add=["theirs"])
    git(there.path, "commit", "--quiet", "--allow-empty", "-m", "by hand")
    commit = re.sub(*SLOPPY[kind], git(there.path, "cat-file", "commit", "HEAD").encode())
    (tmp_path / "commit").write_bytes(commit)
    name = git(there.path, "hash-object", "-t", "commit", "-w", "--literally", str(tmp_path / "commit")).strip()
    git(there.path, "update-ref", "refs/heads/main", name)
    sync.sync(there)
    here.tag([A], add=["ours"])

    sync.sync(here)
    cloning.clone(str(hub), tmp_path / "copy")

    assert here.link(B).tags == ("theirs",)
    assert list(activity(here))
    assert in_step(here, there)
    undo(here)
    assert here.link(A).tags == ()
    assert list(checking.findings(here)) == []


def test_a_clock_before_1970_makes_no_commit_that_git_refuses(tmp_path: Path, hub: Path, here: Library) -> None:
    with Library.open(tmp_path / "old", make=True, clock=lambda: datetime(1969, 12, 1, tzinfo=UTC)) as old:
        sync.remember(old, str(hub))
        sync.sync(old)
        old.tag([A], add=["x"])
        sync.sync(old)
        git(old.path, "fsck", "--strict")

    sync.sync(here)
    assert here.link(A).tags == ("x",)
