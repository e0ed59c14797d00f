"""How far two sides are apart, and what is foreseen: told from files and the catalogue, as git would tell it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from opened import git, id_of, keep
from store import undoing
from store.actions import activity
from store.library import Library
from store.syncing import arrivals, instep, sync
from store.syncing.instep import Apart
from tui.synced import apart_words

A, B, C = (id_of(name) for name in "abc")
NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """Three links."""
    with Library.open(tmp_path / "here", make=True, clock=lambda: NOON) as opened:
        keep(opened, "a", "b", "c")
        yield opened


@pytest.fixture
def hub(tmp_path: Path, library: Library) -> Path:
    """The library's remote, in step with it."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    sync.remember(library, str(tmp_path / "hub.git"))
    sync.sync(library)
    return tmp_path / "hub.git"


def other_side(tmp_path: Path, hub: Path) -> Library:
    library = Library.open(tmp_path / "there", make=True)
    sync.remember(library, str(hub))
    sync.sync(library)
    return library


def counted(library: Library) -> int:
    return int(git(library.path, "rev-list", "--count", "refs/pagelog/remote/origin..main"))


def test_without_a_remote_nothing_is_apart(library: Library) -> None:
    assert instep.apart(library) is None


def test_after_a_sync_both_are_in_step(library: Library, hub: Path) -> None:
    assert instep.apart(library) == Apart(0, "2026-05-01T12:00:00Z")


def test_what_the_remote_has_not_is_counted_as_git_counts_it(library: Library, hub: Path, tmp_path: Path) -> None:
    with other_side(tmp_path, hub) as there:
        there.tag([A], add=["there"])
        there.tag([B], add=["there"])
        sync.sync(there)
    library.tag([A], add=["here"])
    library.tag([C], add=["here"])
    git(library.path, "fetch", "--quiet", str(hub), "main:refs/pagelog/remote/origin")
    merge = git(library.path, "commit-tree", "-p", "main", "-p", "refs/pagelog/remote/origin", "-m", "m", "main^{tree}")
    git(library.path, "update-ref", "refs/heads/main", merge.strip())
    library.catch_up()

    assert instep.apart(library) == Apart(3, "2026-05-01T12:00:00Z")
    assert counted(library) == 3


def test_before_the_first_sync_everything_is_to_go(library: Library) -> None:
    git(library.path, "remote", "add", "origin", "nowhere")

    assert instep.apart(library) == Apart(2, None)


def test_of_several_remotes_the_one_that_main_goes_to_counts(library: Library) -> None:
    git(library.path, "remote", "add", "one", "nowhere")
    git(library.path, "remote", "add", "two", "nowhere")
    before = instep.remote_name(library.places)
    git(library.path, "config", "branch.main.remote", "two")

    assert (before, instep.remote_name(library.places)) == (None, "two")


@pytest.mark.parametrize(
    ("apart", "words"),
    [
        (Apart(3, None), "3 to sync"),
        (Apart(1000, "2026-05-01T12:00:00Z"), "999+ to sync"),
        (Apart(0, None), "not synced yet"),
        (Apart(0, "2026-05-01T12:00:00Z"), "synced just now"),
        (Apart(0, "2026-05-01T11:58:00Z"), "synced 2 min ago"),
        (Apart(0, "2026-05-01T09:00:00Z"), "synced 3 h ago"),
        (Apart(0, "2026-04-01T09:00:00Z"), "synced 2026-04-01"),
    ],
)
def test_how_far_apart_is_said_in_a_few_words(apart: Apart, words: str) -> None:
    assert apart_words(apart, NOON + timedelta(seconds=1)) == words


def test_what_is_on_the_other_side_only_has_a_title_here(library: Library, hub: Path, tmp_path: Path) -> None:
    with other_side(tmp_path, hub) as there:
        keep(there, "d")
        there.edit(A, title="Another")
        sync.sync(there)
    plan = sync.plan(library)

    assert arrivals.titles(library, [*plan.comes, "views/x.toml"], plan.tip) == {id_of("d"): "d", A: "a"}


def test_an_action_tells_its_links_and_what_would_stay(library: Library) -> None:
    library.edit(A, title="First")
    library.edit(A, title="Second")
    first = next(action for action in activity(library) if action.summary == "edit: First")

    foreseen = undoing.foresee(library, first)

    assert (foreseen.links, foreseen.total) == (((A, "First"),), 1)
    assert foreseen.stays == ((A, "title: “Second” stays"),)
    assert git(library.path, "status", "--porcelain") == ""


def test_an_action_that_is_taken_back_tells_what_stayed(library: Library) -> None:
    library.edit(A, title="First")
    library.edit(A, title="Second")
    first = next(action for action in activity(library) if action.summary == "edit: First")
    undoing.take_back(library, first)
    first = next(action for action in activity(library) if action.summary == "edit: First")

    foreseen = undoing.foresee(library, first)

    assert foreseen.stays == ((A, "title: “Second” stays"),)


def test_a_removal_tells_what_was_removed(library: Library) -> None:
    from store import removing

    removing.remove(library, [B])
    removal = next(activity(library))

    assert undoing.foresee(library, removal).links == ((B, "b"),)


def test_of_very_many_links_the_first_are_told(library: Library) -> None:
    library.tag([A, B, C], add=["x"])
    tagged = next(activity(library))

    foreseen = undoing.foresee(library, tagged, most=2)

    assert (len(foreseen.links), foreseen.total, foreseen.stays) == (2, 3, None)
