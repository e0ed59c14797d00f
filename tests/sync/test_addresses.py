"""Which repository a library syncs with: remembered whole or not at all, changed, tried, pushed to in several."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from opened import git, keep
from store.errors import (
    Busy,
    PushDenied,
    RemoteCheckedOut,
    RemoteFailed,
    RemoteHeld,
    RemoteMissing,
    RemoteShallow,
    RewrittenRemote,
    UnrelatedRemote,
)
from store.library import Library
from store.repo import addresses
from store.syncing import sync
from two_libraries import A, B, in_step


def bare(folder: Path, name: str) -> Path:
    git(folder, "init", "--quiet", "--bare", "--initial-branch=main", name)
    return folder / name


def main_of(repository: Path) -> str:
    return git(repository, "rev-parse", "main").strip()


def refs(library: Library) -> str:
    return git(library.path, "for-each-ref") + (library.path / ".git/config").read_text()


# --- remembering ------------------------------------------------------------------------------------------------------


def test_the_lock_that_a_killed_one_of_us_left_on_the_settings_is_removed(here: Library, tmp_path: Path) -> None:
    owner = here.path / ".git/pagelog/config-owner"
    owner.write_bytes(b"")
    os.link(owner, here.path / ".git/config.lock")
    (here.path / ".git/pagelog/config.lock").write_bytes(b"half")

    new = bare(tmp_path, "new.git")
    sync.remember(here, str(new))

    assert git(here.path, "config", "remote.origin.url").strip() == str(new)
    assert not (here.path / ".git/config.lock").exists()
    git(here.path, "config", "user.name", "the user's own git can write too")


def test_a_lock_of_somebody_elses_on_the_settings_is_waited_for_and_named(
    here: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(addresses, "_PATIENCE", 0.1)
    (here.path / ".git/config.lock").write_bytes(b"")
    before = (here.path / ".git/config").read_bytes()

    with pytest.raises(Busy) as caught:
        sync.remember(here, str(bare(tmp_path, "new.git")))
    assert caught.value.what == "config.lock"
    assert (here.path / ".git/config").read_bytes() == before
    assert (here.path / ".git/config.lock").exists()


def test_settings_of_the_users_own_stay_and_so_does_their_mode(here: Library, tmp_path: Path) -> None:
    config = here.path / ".git/config"
    config.write_text(config.read_text() + "# mine\n[user]\n\tname = Uma\n")
    config.chmod(0o600)

    sync.remember(here, str(bare(tmp_path, "new.git")))

    assert "# mine" in config.read_text()
    assert git(here.path, "config", "user.name") == "Uma\n"
    assert config.stat().st_mode & 0o777 == 0o600


def test_another_remote_is_not_called_a_rewritten_one(here: Library, hub: Path, tmp_path: Path) -> None:
    git(here.path, "fetch", "--quiet", "origin")  # the user's own: refs/remotes/origin/main
    new = tmp_path / "new.git"
    shutil.copytree(hub, new)
    git(new, "update-ref", "refs/heads/main", "main~1")
    here.tag([A], add=["x"])

    sync.remember(here, str(new))
    done = sync.sync(here)

    assert done.pushed == 2
    assert main_of(new) == git(here.path, "rev-parse", "HEAD").strip()


@pytest.mark.slow
def test_another_remote_that_is_empty_is_not_measured_by_the_one_before(here: Library, tmp_path: Path) -> None:
    git(here.path, "fetch", "--quiet", "origin")
    new = bare(tmp_path, "new.git")
    sync.remember(here, str(new))
    git(here.path, "push", "--quiet", str(new), "HEAD~1:refs/heads/main")  # before our first push, another's
    here.tag([A], add=["x"])

    assert sync.sync(here).pushed == 2


@pytest.mark.slow
def test_a_rewrite_of_the_new_remote_is_noticed_from_then_on(here: Library, tmp_path: Path) -> None:
    new = bare(tmp_path, "new.git")
    sync.remember(here, str(new))
    here.tag([A], add=["x"])
    sync.sync(here)
    git(new, "update-ref", "refs/heads/main", "main~1")
    here.tag([A], add=["y"])

    with pytest.raises(RewrittenRemote):
        sync.sync(here)


@pytest.mark.slow
def test_a_remote_may_have_any_name_that_git_allows(here: Library, tmp_path: Path) -> None:
    git(here.path, "remote", "rename", "origin", "new")
    git(here.path, "config", "branch.main.remote", "new")
    here.tag([A], add=["x"])
    assert sync.sync(here).pushed == 1
    other = bare(tmp_path, "other.git")
    sync.remember(here, str(other))

    assert sync.sync(here).pushed == 3
    assert git(here.path, "config", "remote.new.url").strip() == str(other)


# --- trying -----------------------------------------------------------------------------------------------------------


def test_the_plan_with_another_remote_changes_nothing(here: Library, there: Library, tmp_path: Path) -> None:
    new = bare(tmp_path, "new.git")
    before = refs(here)

    assert sync.plan(here, url=str(new)).to_push == 2
    assert refs(here) == before
    there.tag([A], add=["x"])
    git(there.path, "push", "--quiet", str(new), "main")
    found = sync.plan(here, url=str(new))
    assert (found.fetched, found.comes) == (1, (A,))
    assert refs(here) == before


@pytest.mark.slow
def test_the_plan_with_what_could_be_no_remote_says_so(here: Library, there: Library, tmp_path: Path) -> None:
    before = (here.path / ".git/config").read_text()
    with pytest.raises(RemoteCheckedOut):
        sync.plan(here, url=str(there.path))
    git(tmp_path, "init", "--quiet", "--initial-branch=main", "strange")
    git(tmp_path / "strange", "commit", "--quiet", "--allow-empty", "-m", "x")
    git(tmp_path, "clone", "--quiet", "--bare", "strange", "strange.git")
    with pytest.raises(UnrelatedRemote):
        sync.plan(here, url=str(tmp_path / "strange.git"))
    with pytest.raises(UnrelatedRemote):
        sync.remember(here, str(tmp_path / "strange.git"))
    assert "not%20kept" not in refs(here)
    assert (here.path / ".git/config").read_text() == before


# --- pushing to another place -----------------------------------------------------------------------------------------


def test_it_is_pushed_to_all_addresses_of_a_remote_and_fetched_from_the_first(
    here: Library, hub: Path, tmp_path: Path
) -> None:
    copy = bare(tmp_path, "copy.git")
    git(here.path, "remote", "set-url", "--add", "origin", str(copy))
    here.tag([A], add=["x"])

    assert sync.sync(here).pushed == 1
    assert main_of(hub) == main_of(copy) == git(here.path, "rev-parse", "HEAD").strip()


@pytest.mark.slow
def test_it_is_pushed_to_the_address_that_git_was_told_for_it(here: Library, hub: Path, tmp_path: Path) -> None:
    git(here.path, "remote", "set-url", "origin", str(hub))
    other_way = tmp_path / "other-way.git"
    other_way.symlink_to(hub)
    git(here.path, "remote", "set-url", "--push", "origin", str(other_way))
    hub_config = (hub / "config").read_text()
    here.tag([A], add=["x"])

    assert sync.sync(here).pushed == 1
    assert (hub / "config").read_text() == hub_config
    sync.remember(here, str(hub))
    assert git(here.path, "config", "remote.origin.pushurl").strip() == str(other_way)
    sync.remember(here, str(bare(tmp_path, "new.git")))
    assert git(here.path, "config", "--get-regexp", "remote.origin.(push)?url").count("\n") == 1


def test_a_push_to_another_repository_than_is_fetched_from_is_told(here: Library, hub: Path, tmp_path: Path) -> None:
    git(here.path, "remote", "set-url", "--push", "origin", str(bare(tmp_path, "elsewhere.git")))
    here.tag([A], add=["x"])

    with pytest.raises(RemoteFailed):
        sync.sync(here)


@pytest.mark.slow
def test_an_address_that_was_away_gets_all_at_the_next_sync(here: Library, hub: Path, tmp_path: Path) -> None:
    copy = bare(tmp_path, "copy.git")
    git(here.path, "remote", "set-url", "--add", "origin", str(copy))
    sync.sync(here)
    assert main_of(copy) == main_of(hub)
    copy.rename(tmp_path / "away")
    here.tag([A], add=["x"])
    with pytest.raises(RemoteMissing):
        sync.sync(here)
    (tmp_path / "away").rename(copy)
    sync.sync(here)

    assert main_of(copy) == main_of(hub) == git(here.path, "rev-parse", "HEAD").strip()


@pytest.mark.slow
def test_a_copy_with_a_history_of_its_own_is_named(here: Library, hub: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.git"
    shutil.copytree(hub, copy)
    with Library.open(tmp_path / "other", make=True) as other:
        sync.remember(other, str(copy))
        keep(other, "d")
        sync.sync(other)
    git(here.path, "remote", "set-url", "--add", "origin", str(copy))
    here.tag([A], add=["x"])

    with pytest.raises(RemoteHeld) as caught:
        sync.sync(here)
    assert caught.value.url == str(copy)
    assert main_of(hub) == git(here.path, "rev-parse", "HEAD").strip()


# --- what stands at the other end -------------------------------------------------------------------------------------


def test_a_lock_that_died_there_is_not_told_as_others_who_push(here: Library, hub: Path) -> None:
    (hub / "refs/heads/main.lock").write_bytes(b"")
    here.tag([A], add=["x"])

    with pytest.raises(RemoteHeld) as caught:
        sync.sync(here)
    assert "main" in caught.value.detail
    (hub / "refs/heads/main.lock").unlink()
    assert sync.sync(here).pushed == 1


def test_a_remote_that_has_become_shallow_is_not_in_step(here: Library, there: Library, hub: Path) -> None:
    for tag in ("x", "y"):
        there.tag([B], add=[tag])
    sync.sync(there)
    whole = hub.with_name("whole.git")
    hub.rename(whole)
    git(hub.parent, "clone", "--quiet", "--bare", "--depth=1", whole.as_uri(), hub.name)

    with pytest.raises(RemoteShallow):
        sync.sync(here)
    with pytest.raises(RemoteShallow):
        sync.plan(here)
    shutil.rmtree(hub)
    whole.rename(hub)
    assert sync.sync(here).fetched == 2


def test_a_shallow_copy_takes_no_remotes_place_though_all_is_here(here: Library, hub: Path) -> None:
    git(hub.parent, "clone", "--quiet", "--bare", "--depth=1", hub.as_uri(), "shallow.git")

    with pytest.raises(RemoteShallow):
        sync.remember(here, str(hub.parent / "shallow.git"))
    assert sync.sync(here).pushed == 0


HOOKS = {
    "pre-receive": ["scanner timed out, ask the admin", "your certificate is needed", "file already exists in archive"],
    "reference-transaction": ["not today"],
}


@pytest.mark.parametrize(("hook", "words"), [(hook, words) for hook, every in HOOKS.items() for words in every])
def test_the_words_of_a_hook_over_there_are_not_taken_for_gits(here: Library, hub: Path, hook: str, words: str) -> None:
    script = hub / "hooks" / hook
    script.parent.mkdir(exist_ok=True)
    script.write_text(f"#!/bin/sh\necho '{words}' >&2\nexit 1\n")
    script.chmod(0o755)
    here.tag([A], add=["x"])

    with pytest.raises(PushDenied) as caught:
        sync.sync(here)
    assert words in caught.value.detail or hook == "reference-transaction"
    script.unlink()
    assert sync.sync(here).pushed == 1


def test_a_remote_that_went_back_is_told_from_one_that_was_rewritten(here: Library, hub: Path) -> None:
    here.tag([A], add=["x"])
    sync.sync(here)
    git(hub, "update-ref", "refs/heads/main", "main~1")

    with pytest.raises(RewrittenRemote) as caught:
        sync.sync(here)
    assert caught.value.reason == "back"
    git(here.path, "push", "--quiet", str(hub), "main")
    assert sync.sync(here).pushed == 0


@pytest.mark.slow
def test_a_shallow_remote_whose_history_goes_on_from_ours_gives_and_takes_not(
    here: Library, there: Library, hub: Path
) -> None:
    there.tag([B], add=["x"])
    sync.sync(there)
    whole = hub.with_name("whole.git")
    hub.rename(whole)
    git(hub.parent, "clone", "--quiet", "--bare", "--depth=1", whole.as_uri(), hub.name)
    here.tag([A], add=["x"])

    with pytest.raises(RemoteShallow):
        sync.sync(here)
    assert here.link(B).tags == ()
    shutil.rmtree(hub)
    whole.rename(hub)
    assert in_step(here, there)


def test_what_a_dead_fetch_left_is_not_kept_for_ever(here: Library, there: Library) -> None:
    packs = there.path / ".git/objects/pack"
    packs.mkdir(exist_ok=True)
    old, young, held = (packs / f"tmp_pack_{name}" for name in ("old", "young", "held"))
    for path in (old, young, held):
        path.write_bytes(b"PACK half")
    for path in (old, held):
        os.utime(path, (1, 1))
    with held.open("ab"):
        sync.sync(there)

    assert [path.exists() for path in (old, young, held)] == [False, True, True]
