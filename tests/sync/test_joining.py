"""What both machines did to links, joined: RULES 6, with real git."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from opened import git, keep, path_of
from store import frontmatter
from store.actions import activity, told
from store.errors import (
    NothingToRedo,
)
from store.library import Library
from store.repo.objects import Objects
from store.syncing import sync
from store.undoing import foresee, redo, take_back, undo
from two_libraries import A, B, C, captured, in_step, tree


def test_what_is_kept_here_arrives_there(here: Library, there: Library) -> None:
    assert tree(here) == tree(there)
    assert there.link(A) == here.link(A)
    assert git(there.path, "rev-parse", "HEAD") == git(here.path, "rev-parse", "HEAD")
    assert git(there.path, "status", "--porcelain") == ""


def test_a_sync_without_news_does_nothing(here: Library) -> None:
    head = git(here.path, "rev-parse", "HEAD")
    done = sync.sync(here)

    assert (done.fetched, done.merged, done.pushed) == (0, 0, 0)
    assert git(here.path, "rev-parse", "HEAD") == head


def test_both_sides_work_is_joined_link_by_link_as_one_commit_with_two_parents(here: Library, there: Library) -> None:
    here.tag([A], add=["here"])
    here.edit(B, note="from here")
    there.tag([A], add=["there"])
    there.trash([C])
    sync.sync(here)
    done = sync.sync(there)

    assert (done.fetched, done.merged) == (2, 1)
    assert sorted(there.link(A).tags) == ["here", "there"]
    assert there.link(B).note == "from here"
    assert there.link(C).trashed
    assert len(git(there.path, "log", "-1", "--format=%P").split()) == 2
    assert git(there.path, "log", "-1", "--format=%s").strip() == "merge: 2 links from origin"
    assert next(activity(there)).links == 2
    assert in_step(here, there)


def test_the_other_value_is_told_where_both_changed_one_field(here: Library, there: Library) -> None:
    here.edit(A, title="Here")
    there.edit(A, title="There")
    sync.sync(here)
    done = sync.sync(there)

    assert len(done.told) == 1
    assert "title" in done.told[0]
    assert done.told[0] in git(there.path, "log", "-1", "--format=%B")
    with Objects(there.git) as objects:
        assert told(objects, next(activity(there))) == done.told
    assert in_step(here, there)


def test_whose_value_was_not_kept_is_told_where_the_merge_of_the_other_machine_comes(
    here: Library, there: Library
) -> None:
    here.edit(A, title="Here")
    there.edit(A, title="There")
    there.tag([B], add=["x"])
    sync.sync(here)
    joined = sync.sync(there)
    done = sync.sync(here)

    assert len(joined.told) == 1
    assert joined.told[0].startswith(f"{A}: title: ")
    assert done.told == joined.told
    foreseen = foresee(here, next(activity(here)))
    assert foreseen.stays == ((A, joined.told[0].partition(": ")[2]),)
    assert [id_ for id_, _ in foreseen.links] == [A]


def test_an_undo_that_both_machines_made_is_put_back_by_either(here: Library, there: Library) -> None:
    here.tag([A], add=["x"])
    sync.sync(here)
    sync.sync(there)
    undo(here)
    take_back(there, next(activity(there)))
    sync.sync(there)
    sync.sync(here)
    redo(here)

    assert here.link(A).tags == ("x",)
    with pytest.raises(NothingToRedo):
        redo(here)
    sync.sync(here)
    sync.sync(there)
    with pytest.raises(NothingToRedo):
        redo(there)


def test_two_machines_that_refreshed_the_same_pages_join_without_a_question(here: Library, there: Library) -> None:
    captured(here, "a", "the new text\n", "2026-02-01T00:00:00Z")
    captured(there, "a", "the new text\n", "2026-02-01T00:00:05Z")
    sync.sync(here)
    done = sync.sync(there)

    assert done.told == ()
    assert there.link(A).captured == "2026-02-01T00:00:05Z"
    assert in_step(here, there)


def test_two_libraries_made_apart_are_joined_the_same_page_as_one_link(
    here: Library, machine: Callable[[str], Library]
) -> None:
    apart = machine("apart")
    keep(apart, "a", "d")
    apart.tag([A], add=["apart"])
    sync.sync(apart)

    assert apart.link(A).tags == ("apart",)
    assert len(list(apart.catalogue.select())) == 4
    assert in_step(here, apart)


def test_a_moved_file_and_its_edit_elsewhere_are_one_link(here: Library, there: Library) -> None:
    (here.path / path_of("a")).rename(here.path / "pages/moved.md")
    there.tag([A], add=["there"])
    sync.sync(here)
    sync.sync(there)

    assert not (there.path / path_of("a")).exists()
    assert frontmatter.loads((there.path / "pages/moved.md").read_bytes()).tags == ("there",)
    assert in_step(here, there)


def test_deleted_here_and_captured_there_stays_deleted_edited_there_it_stays(here: Library, there: Library) -> None:
    (here.path / path_of("a")).unlink()
    (here.path / path_of("b")).unlink()
    captured(there, "a", "new\n", "2026-02-01T00:00:00Z")
    there.tag([B], add=["mine"])
    sync.sync(here)
    sync.sync(there)

    assert not (there.path / path_of("a")).exists()
    assert there.link(B).tags == ("mine",)
    assert in_step(here, there)


def test_an_edit_by_hand_is_adopted_before(here: Library, there: Library) -> None:
    file = there.path / path_of("a")
    file.write_text(file.read_text() + "\nby hand\n")
    here.tag([A], add=["here"])
    sync.sync(here)
    sync.sync(there)

    assert there.link(A).body == "text\n\nby hand\n"
    assert there.link(A).tags == ("here",)
    assert in_step(here, there)


def test_a_plan_says_what_goes_comes_and_is_merged_and_changes_nothing(here: Library, there: Library) -> None:
    here.tag([A, B], add=["here"])
    there.tag([A, C], add=["there"])
    sync.sync(here)
    before = git(there.path, "rev-parse", "HEAD")
    plan = sync.plan(there)

    assert (plan.comes, plan.goes, plan.merges) == ((B,), (C,), (A,))
    assert (plan.fetched, plan.to_push) == (1, 1)
    assert git(there.path, "rev-parse", "HEAD") == before
    assert there.link(A).tags == ("there",)


@pytest.mark.slow
def test_a_criss_cross_of_two_merges_comes_to_rest(here: Library, there: Library, tmp_path: Path, hub: Path) -> None:
    here.edit(A, title="Here")
    there.edit(A, title="There")
    second = tmp_path / "second.git"
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "second.git")
    shutil.copytree(hub, second, dirs_exist_ok=True)
    sync.sync(here)
    sync.remember(there, str(second))
    sync.sync(there)
    sync.remember(here, str(second))
    sync.remember(there, str(hub))
    sync.sync(here)
    sync.sync(there)
    sync.remember(there, str(second))

    assert in_step(here, there)
    assert here.link(A).title in ("Here", "There")


@pytest.mark.slow
def test_put_back_here_and_removed_there_is_put_back(here: Library, there: Library) -> None:
    here.trash([A])
    assert in_step(here, there)
    here.untrash([A])
    (there.path / path_of("a")).unlink()
    sync.sync(here)
    done = sync.sync(there)

    assert not there.link(A).trashed
    assert len(done.told) == 1
    assert in_step(here, there)


def test_a_plan_says_what_was_removed_there_and_what_it_does_not_hold(here: Library, there: Library) -> None:
    there.tag([A], add=["x"])
    (there.path / path_of("b")).unlink()
    sync.sync(there)
    file = here.path / path_of("c")
    file.write_text(file.read_text() + "\nby hand\n")
    plan = sync.plan(here)

    assert (set(plan.comes), plan.removed, plan.edited) == ({A, B}, (B,), 1)


def test_a_machine_that_had_no_part_in_it_is_not_told_of_a_clash(
    here: Library, there: Library, machine: Callable[[str], Library]
) -> None:
    here.edit(A, title="Here")
    there.edit(A, title="There")
    sync.sync(here)
    assert sync.sync(there).told

    assert sync.sync(machine("third")).told == ()
    assert sync.sync(here).told
