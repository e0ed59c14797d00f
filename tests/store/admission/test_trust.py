"""A library that was not made here is not obeyed, and one that is the user's own is never mistaken for another's."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from store.admission import opening
from store.admission.acquaintance import Acquaintances, look
from store.admission.orders import orders
from store.errors import NotALibrary, NotWritable, Untrusted
from strangers import ORDERS, admit, configure, give, make, places, rewrite, with_file, with_records


def test_a_library_made_here_is_its_owner_s_to_configure(tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    configure(library, ORDERS[0])

    assert admit(library, data).set_aside == ""


def test_trust_lasts(strange: Path, data: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)

    assert admit(strange, data).set_aside == ""


def test_a_harmless_library_is_looked_through_again_every_time(strange: Path, data: Path) -> None:
    admit(strange, data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_what_is_known_is_the_user_s_own_secret(strange: Path, data: Path) -> None:
    admit(strange, data)

    (known,) = json.loads((data / "trust.json").read_text())["libraries"]
    git = (strange / ".git").stat()
    assert (known["path"], known["device"], known["inode"]) == (str(strange / ".git"), git.st_dev, git.st_ino)
    assert (data / "trust.json").stat().st_mode & 0o777 == 0o600
    assert data.stat().st_mode & 0o777 == 0o700


def test_a_copy_of_a_trusted_library_is_not_trusted(strange: Path, data: Path, tmp_path: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    shutil.copytree(strange, tmp_path / "copy")

    with pytest.raises(Untrusted):
        admit(tmp_path / "copy", data)


def test_a_trusted_library_may_be_moved(strange: Path, data: Path, tmp_path: Path) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    strange.rename(tmp_path / "moved")
    admit(tmp_path / "moved", data)

    (known,) = json.loads((data / "trust.json").read_text())["libraries"]
    assert known["path"] == str(tmp_path / "moved" / ".git")


def test_a_disk_may_get_another_number(strange: Path, data: Path) -> None:
    give(strange, data)
    rewrite(data, device=1)
    own = with_file(strange)

    assert admit(strange, data).set_aside == ""
    assert own.exists()


@pytest.mark.parametrize("facts", [{"inode": 1}, {"mark": "0" * 32}, {"path": "/x", "device": 1}])
def test_another_folder_at_the_same_place_is_not_known(strange: Path, data: Path, facts: dict[str, str | int]) -> None:
    configure(strange, ORDERS[0])
    give(strange, data)
    rewrite(data, **facts)

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_a_library_without_its_records_is_looked_through_again(strange: Path, tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    shutil.rmtree(library / ".git" / "pagelog")
    admit(library, data)
    configure(library, ORDERS[0])
    admit(library, data)
    shutil.rmtree(library / ".git" / "pagelog")

    with pytest.raises(Untrusted):
        admit(library, data)


@pytest.mark.parametrize("text", ["", "null", "[1]", '{"libraries": [{"path": 1}]}', "[" * 100_000])
def test_a_register_that_nobody_wrote_knows_nobody(strange: Path, data: Path, text: str) -> None:
    data.mkdir(parents=True)
    (data / "trust.json").write_text(text)
    admit(strange, data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(strange, data)


def test_where_nothing_can_be_remembered_nothing_is_set_aside(strange: Path, tmp_path: Path) -> None:
    own = with_records(strange, "https://example.org/")
    (tmp_path / "file").touch()

    with pytest.raises(NotWritable):
        admit(strange, tmp_path / "file")
    assert own.exists()


def test_only_so_many_libraries_are_remembered(strange: Path, data: Path) -> None:
    known = Acquaintances(data)
    here = look(opening.find(strange))
    with known.changing():
        for number in range(3):
            known.remember(replace(here, path=f"/{number}", inode=number, mark=str(number)))
        known.remember(replace(here, path="/1", inode=9, mark="9"))

    paths = [entry["path"] for entry in json.loads((data / "trust.json").read_text())["libraries"]]
    assert paths == ["/0", "/2", "/1"]


def test_any_other_repository_is_left_as_it_is(tmp_path: Path, data: Path) -> None:
    repository = tmp_path / "repository"
    subprocess.run(["git", "init", "-q", repository], check=True)
    (repository / "a").touch()
    for command in (["add", "a"], ["commit", "-qm", "a"]):
        user = ["-c", "user.name=Uma", "-c", "user.email=uma@example.org"]
        subprocess.run(["git", "-C", repository, *user, *command], check=True)
    configure(repository, ORDERS[0])

    with pytest.raises(NotALibrary):
        admit(repository, data)
    assert not (repository / ".git" / "pagelog").exists()
    assert not data.exists()


@pytest.mark.parametrize("how", ["config", "hook", "headless"])
def test_a_repository_without_commits_is_looked_through_before_it_becomes_a_library(
    tmp_path: Path, data: Path, how: str
) -> None:
    top = tmp_path / "left"
    subprocess.run(["git", "init", "-q", "--template=", top], check=True)
    if how == "hook":
        (top / ".git" / "hooks").mkdir()
        (top / ".git" / "hooks" / "post-commit").touch(0o755)
    else:
        configure(top, ORDERS[0])
    if how == "headless":
        (top / ".git" / "HEAD").unlink()

    with pytest.raises(Untrusted):
        make(top, data)


def test_what_was_refused_before_it_had_a_commit_may_be_trusted_too(tmp_path: Path, data: Path) -> None:
    top = tmp_path / "top"
    subprocess.run(["git", "init", "-q", "--separate-git-dir", tmp_path / "apart", top], check=True)
    with pytest.raises(Untrusted):
        make(top, data)
    give(top, data)

    make(top, data)
    assert admit(top, data).set_aside == ""


@pytest.mark.parametrize("how", ["file", "link", "commondir"])
def test_a_folder_that_points_at_another_library_is_no_part_of_it(tmp_path: Path, data: Path, how: str) -> None:
    library = make(tmp_path / "library", data)
    evil = tmp_path / "evil"
    evil.mkdir()
    shutil.copy(library / "pagelog.toml", evil)
    match how:
        case "file":
            (evil / ".git").write_text(f"gitdir: {library / '.git'}\n")
        case "link":
            (evil / ".git").symlink_to(library / ".git")
        case _:
            (evil / ".git").mkdir()
            shutil.copy(library / ".git" / "HEAD", evil / ".git")
            (evil / ".git" / "commondir").write_text(f"{library / '.git'}\n")
            (evil / ".git" / "gitdir").write_text(f"{evil / '.git'}\n")

    with pytest.raises(Untrusted) as refused:
        admit(evil, data)
    assert "place .git ->" in refused.value.found
    admit(library, data)


def test_a_worktree_and_a_separate_git_folder_of_a_library_made_here_are_its_own(tmp_path: Path, data: Path) -> None:
    library = make(tmp_path / "library", data)
    git = ["git", "-C", str(library)]
    subprocess.run([*git, "worktree", "add", "-q", "--detach", tmp_path / "tree"], check=True)
    subprocess.run([*git, "init", "-q", "--separate-git-dir", tmp_path / "apart"], check=True)
    configure_apart = tmp_path / "apart" / "config"
    configure_apart.write_text(configure_apart.read_text() + ORDERS[0])
    subprocess.run([*git, "worktree", "repair", tmp_path / "tree"], check=True, capture_output=True)

    assert admit(library, data).set_aside == ""
    assert admit(tmp_path / "tree", data).set_aside == ""


def test_a_worktree_of_an_unknown_library_is_looked_through_with_it(strange: Path, data: Path, tmp_path: Path) -> None:
    subprocess.run(["git", "-C", strange, "worktree", "add", "-q", "--detach", tmp_path / "tree"], check=True)
    admit(tmp_path / "tree", data)
    configure(strange, ORDERS[0])

    with pytest.raises(Untrusted):
        admit(tmp_path / "tree", data)


def test_core_worktree_may_name_this_work_tree_only(strange: Path, data: Path) -> None:
    configure(strange, "[core]\n\tworktree = ..\n")
    admit(strange, data)
    configure(strange, "[core]\n\tworktree = ../..\n")

    assert [order.text for order in orders(places(strange))] == ["core.worktree = ../.."]
