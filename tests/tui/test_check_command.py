"""`check` says what is wrong and what to do of it: what it can repair, what only the user can, what is unfinished."""

from __future__ import annotations

from pathlib import Path

import pytest

from opened import git, id_of, path_of
from program import Pagelog


def committed(top: Path, *words: str) -> None:
    git(top, "add", "--all")
    git(top, "commit", "--quiet", "-m", " ".join(words))


def test_a_committed_file_that_is_no_page_is_none_of_its_business(kept_here: Pagelog) -> None:
    (kept_here.library / "pages/picture.png").write_bytes(b"\x89PNG")
    committed(kept_here.library, "picture")

    assert (kept_here("check").status, kept_here("check").err) == (0, "Everything is sound.\n")


def test_what_only_the_user_can_mend_is_not_sought_in_a_copy(kept_here: Pagelog) -> None:
    (kept_here.library / "pages/README.md").write_text("# Notes of mine\n")
    committed(kept_here.library, "readme")
    outcome = kept_here("check")

    assert outcome.status == 1
    assert "pages/README.md  the front matter cannot be read" in outcome.out
    assert "1 finding you have to put right yourself" in outcome.err
    assert "--refetch" not in outcome.err


@pytest.mark.parametrize(("file", "what"), [("MERGE_HEAD", "merge"), ("REVERT_HEAD", "revert")])
def test_unfinished_work_of_the_users_own_is_named(kept_here: Pagelog, file: str, what: str) -> None:
    (kept_here.library / ".git" / file).write_text(git(kept_here.library, "rev-parse", "HEAD"))

    assert (
        f"not finished here; finish or abort it with git: until then nothing is written ({what})"
        in kept_here("check").out
    )


@pytest.mark.slow
@pytest.mark.parametrize("command", ["undo", "redo"])
def test_in_a_rebase_undo_and_redo_name_it(kept_here: Pagelog, command: str) -> None:
    head = git(kept_here.library, "rev-parse", "HEAD")
    git(kept_here.library, "checkout", "--quiet", "--detach", "HEAD~1")
    (kept_here.library / ".git/rebase-merge").mkdir()
    outcome = kept_here(command)

    assert (outcome.status, "A rebase of your own is not finished" in outcome.err) == (3, True), outcome
    (kept_here.library / ".git/rebase-merge").rmdir()
    assert git(kept_here.library, "rev-parse", "main") == head


@pytest.mark.slow
def test_a_main_that_names_no_commit_is_called_damaged(kept_here: Pagelog) -> None:
    main = kept_here.library / ".git/refs/heads/main"
    kept = main.read_text()
    main.write_text("1" * 40 + "\n")
    for words in (["list"], ["tag", "add", "x", "--to", "all"], ["activity"], ["undo"]):
        outcome = kept_here(*words)
        assert (outcome.status, "is damaged" in outcome.err) == (3, True), (words, outcome)
    assert "git has lost the commit that main names" in kept_here("check").out
    main.write_text(kept)
    assert kept_here("check").status == 0


def test_a_file_in_the_place_of_a_folder_of_pages_is_named(kept_here: Pagelog, tmp_path: Path) -> None:
    folder = (kept_here.library / path_of("a")).parent
    git(kept_here.library, "rm", "--quiet", "-r", str(folder))
    folder.write_text("a file\n")
    committed(kept_here.library, "file")
    outcome = kept_here("undo", git(kept_here.library, "rev-parse", "HEAD~1").strip())

    assert "Traceback" not in outcome.err
    assert folder.read_text() == "a file\n"
    assert "is no folder" in outcome.err


def _spoilt(kept_here: Pagelog) -> Path:
    file = kept_here.library / path_of("a")
    file.write_text(file.read_text().replace("title:", "title: [", 1))
    return file


def test_a_head_that_was_spoilt_and_not_committed_yet_can_be_repaired(kept_here: Pagelog) -> None:
    kept_here("tag", "add", "x", "--to", id_of("a"))
    file = _spoilt(kept_here)

    assert "shows what can be put right" in kept_here("check").err
    assert kept_here("check", "--repair").status == 0
    assert 'tags: ["x"]' in file.read_text()
    assert kept_here("check").err == "Everything is sound.\n"


def test_a_repair_makes_nothing_of_a_file_that_was_removed(kept_here: Pagelog) -> None:
    _spoilt(kept_here)
    away = kept_here.library / path_of("b")
    away.unlink()
    outcome = kept_here("check", "--repair")

    assert path_of("b") in kept_here.git("ls-tree", "-r", "--name-only", "HEAD")
    assert f"note     {path_of('b')}  removed, and not committed yet" in outcome.out
    assert "checkout -- FILE" in outcome.err
    kept_here.git("checkout", "--", path_of("b"))
    assert kept_here("check").err == "Everything is sound.\n"


def test_a_file_that_was_moved_is_repaired_where_it_is(kept_here: Pagelog) -> None:
    file = _spoilt(kept_here)
    moved = file.with_name("moved.md")
    (kept_here.library / path_of("b")).rename(moved)

    assert kept_here("check", "--repair").status == 0
    assert len(kept_here("list", "--json").objects) == 3
    assert kept_here.git("status", "--porcelain") == ""
