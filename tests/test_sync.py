"""Two machines and a bare repository between them: RULES 6, with real git."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opened import git, id_of, keep, path_of
from store import frontmatter
from store.actions import activity, told
from store.commit import Commit
from store.errors import (
    InTheWay,
    NewerFormat,
    NoRemote,
    NothingToRedo,
    RemoteCheckedOut,
    RemoteError,
    RemoteFailed,
    RemoteMissing,
    RewrittenRemote,
    UnrelatedRemote,
    UnsafeTree,
)
from store.library import Library
from store.link import Capture, body_sha256
from store.repo.objects import Objects
from store.syncing import sync
from store.undoing import foresee, redo, take_back, undo
from store.writing.view import View

A, B, C = (id_of(name) for name in "abc")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """An empty bare repository."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def machine(tmp_path: Path, hub: Path) -> Iterator[Callable[[str], Library]]:
    """Makes a library of this name, whose remote is the hub."""
    opened: list[Library] = []

    def make(name: str) -> Library:
        library = Library.open(tmp_path / name, make=True)
        sync.remember(library, str(hub))
        opened.append(library)
        return library

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def here(machine: Callable[[str], Library]) -> Library:
    """One machine, with three links that are on the hub already."""
    library = machine("here")
    keep(library, "a", "b", "c")
    sync.sync(library)
    return library


@pytest.fixture
def there(here: Library, machine: Callable[[str], Library]) -> Library:
    """Another one, in step with it."""
    library = machine("there")
    sync.sync(library)
    return library


def tree(library: Library) -> str:
    return git(library.path, "rev-parse", "HEAD^{tree}").strip()


def captured(library: Library, name: str, body: str, when: str) -> None:
    def plan(view: View) -> list[Commit]:
        path, link = library.read_link(view, id_of(name))
        new = link.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)))
        return [Commit("update: it (+1 −1)", "update", (link.id,), {path: frontmatter.dumps(new)})]

    library.write(plan, "update")


def in_step(*libraries: Library) -> bool:
    """All sync until nothing moves; they hold the same tree, and each is clean."""
    for _ in range(3):
        for library in libraries:
            sync.sync(library)
    return len({tree(library) for library in libraries}) == 1 and all(
        git(library.path, "status", "--porcelain") == "" for library in libraries
    )


def test_what_is_kept_here_arrives_there(here: Library, there: Library) -> None:
    assert tree(here) == tree(there)
    assert there.link(A) == here.link(A)
    assert git(there.path, "rev-parse", "HEAD") == git(here.path, "rev-parse", "HEAD")
    assert git(there.path, "status", "--porcelain") == ""


def test_locks_that_a_killed_git_left_on_our_refs_stop_no_sync(here: Library, there: Library) -> None:
    here.tag([A], add=["x"])
    sync.sync(here)
    for kind in ("incoming", "remote"):
        lock = there.path / ".git" / "refs" / "pagelog" / kind / "origin.lock"
        lock.parent.mkdir(parents=True, exist_ok=True)
        lock.touch()

    assert sync.sync(there).fetched == 1
    assert in_step(here, there)


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


def test_other_files_travel_untouched_and_are_merged_by_lines(here: Library, there: Library) -> None:
    lines = [f"line {n}\n" for n in range(9)]
    (here.path / ".obsidian").mkdir()
    (here.path / ".obsidian/app.json").write_text("".join(lines))
    git(here.path, "add", ".obsidian")
    git(here.path, "commit", "--quiet", "-m", "settings")
    sync.sync(here)
    sync.sync(there)
    for library, at in ((here, 0), (there, 8)):
        changed = [*lines]
        changed[at] = f"changed {at}\n"
        (library.path / ".obsidian/app.json").write_text("".join(changed))
        git(library.path, "commit", "--quiet", "-am", "change")
    sync.sync(here)
    sync.sync(there)

    text = (there.path / ".obsidian/app.json").read_text()
    assert text.startswith("changed 0\n")
    assert text.endswith("changed 8\n")
    assert in_step(here, there)


def test_a_program_among_the_other_files_stays_one(here: Library, there: Library) -> None:
    (here.path / "tool.sh").write_text("#!/bin/sh\n")
    (here.path / "tool.sh").chmod(0o755)
    git(here.path, "add", "tool.sh")
    git(here.path, "commit", "--quiet", "-m", "tool")
    there.tag([A], add=["x"])
    sync.sync(here)
    sync.sync(there)

    assert git(there.path, "ls-tree", "HEAD", "tool.sh").startswith("100755")
    assert git(there.path, "status", "--porcelain") == ""


def test_a_file_that_no_commit_has_stops_it_with_its_name(here: Library, there: Library) -> None:
    (here.path / "notes.txt").write_text("here\n")
    git(here.path, "add", "notes.txt")
    git(here.path, "commit", "--quiet", "-m", "notes")
    sync.sync(here)
    (there.path / "notes.txt").write_text("mine\n")
    head = git(there.path, "rev-parse", "HEAD")

    with pytest.raises(InTheWay) as error:
        sync.sync(there)
    assert error.value.path == "notes.txt"
    assert (there.path / "notes.txt").read_text() == "mine\n"
    assert git(there.path, "rev-parse", "HEAD") == head


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
def test_a_file_that_becomes_a_folder_goes_along(here: Library, there: Library) -> None:
    (here.path / "thing").write_text("a file\n")
    git(here.path, "add", "thing")
    git(here.path, "commit", "--quiet", "-m", "file")
    assert in_step(here, there)
    git(here.path, "rm", "--quiet", "thing")
    (here.path / "thing").mkdir()
    (here.path / "thing/in.txt").write_text("in\n")
    git(here.path, "add", "thing")
    git(here.path, "commit", "--quiet", "-m", "folder")

    assert in_step(here, there)
    assert (there.path / "thing/in.txt").read_text() == "in\n"


@pytest.mark.slow
def test_a_file_here_and_a_folder_of_that_name_there_are_both_kept(here: Library, there: Library) -> None:
    (here.path / "notes").write_text("file\n")
    (there.path / "notes").mkdir()
    (there.path / "notes/a.md").write_text("in a folder\n")
    for library in (here, there):
        git(library.path, "add", "notes")
        git(library.path, "commit", "--quiet", "-m", "notes")

    assert in_step(here, there)
    texts = {path.read_text() for path in there.path.glob("notes*/**/*") if path.is_file()} | {
        path.read_text() for path in there.path.glob("notes*") if path.is_file()
    }
    assert texts == {"file\n", "in a folder\n"}


@pytest.mark.slow
def test_folders_that_differ_by_case_alone_become_one(here: Library, there: Library, machine) -> None:  # type: ignore[no-untyped-def]
    for library, folder in ((here, "Docs"), (there, "docs")):
        (library.path / folder).mkdir()
        (library.path / folder / f"{folder}.md").write_text(folder)
        git(library.path, "add", folder)
        git(library.path, "commit", "--quiet", "-m", folder)

    assert in_step(here, there)
    assert in_step(here, machine("third"))
    assert len({path.split("/")[0] for path in git(here.path, "ls-files", "*ocs/*").splitlines()}) == 1


@pytest.mark.slow
def test_a_program_here_and_its_text_there_are_both(here: Library, there: Library) -> None:
    (here.path / "tool.sh").write_text("#!/bin/sh\n")
    git(here.path, "add", "tool.sh")
    git(here.path, "commit", "--quiet", "-m", "tool")
    assert in_step(here, there)
    (here.path / "tool.sh").chmod(0o755)
    git(here.path, "commit", "--quiet", "-am", "program")
    (there.path / "tool.sh").write_text("#!/bin/sh\necho\n")
    git(there.path, "commit", "--quiet", "-am", "echo")

    assert in_step(here, there)
    assert git(here.path, "ls-tree", "HEAD", "tool.sh").startswith("100755")
    assert (here.path / "tool.sh").read_text().endswith("echo\n")


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


def test_a_link_in_the_place_of_a_file_stops_it_with_its_name(here: Library, there: Library) -> None:
    (here.path / "notes.txt").write_text("here\n")
    git(here.path, "add", "notes.txt")
    git(here.path, "commit", "--quiet", "-m", "notes")
    sync.sync(here)
    (there.path / "notes.txt").mkdir()

    with pytest.raises(InTheWay):
        sync.sync(there)


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
