"""Files beside the links, which travel along."""

from __future__ import annotations

import pytest

from opened import git, path_of
from store.errors import (
    InTheWay,
)
from store.library import Library
from store.syncing import sync
from two_libraries import A, B, in_step


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
@pytest.mark.parametrize("place", ["notes", "pages/64"])
def test_a_folder_that_becomes_a_file_goes_along(here: Library, there: Library, place: str) -> None:
    folder = here.path / place
    folder.mkdir()
    for name in ("a.txt", "deep/b.txt"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(name)
    git(here.path, "add", place)
    git(here.path, "commit", "--quiet", "-m", "folder")
    assert in_step(here, there)
    git(here.path, "rm", "--quiet", "-r", place)
    folder.write_text("a file\n")
    git(here.path, "add", place)
    git(here.path, "commit", "--quiet", "-m", "file")
    there.tag([A], add=["there"])

    assert in_step(here, there)
    assert (there.path / place).read_text() == "a file\n"


@pytest.mark.slow
def test_what_nobody_committed_in_a_folder_that_becomes_a_file_stops_the_sync(here: Library, there: Library) -> None:
    (here.path / "notes").mkdir()
    (here.path / "notes/a.txt").write_text("a")
    git(here.path, "add", "notes")
    git(here.path, "commit", "--quiet", "-m", "folder")
    assert in_step(here, there)
    (there.path / "notes/mine.txt").write_text("mine")
    git(here.path, "rm", "--quiet", "-r", "notes")
    (here.path / "notes").write_text("a file\n")
    git(here.path, "add", "notes")
    git(here.path, "commit", "--quiet", "-m", "file")
    sync.sync(here)

    for _ in range(2):
        with pytest.raises(InTheWay):
            sync.sync(there)
    assert (there.path / "notes/mine.txt").read_text() == "mine"
    (there.path / "notes/mine.txt").unlink()
    assert in_step(here, there)
    assert (there.path / "notes").read_text() == "a file\n"


@pytest.mark.slow
@pytest.mark.parametrize("first", ["file", "folder"])
def test_a_file_here_and_a_folder_of_that_name_there_are_both_kept(here: Library, there: Library, first: str) -> None:
    (here.path / "notes").write_text("file\n")
    (there.path / "notes").mkdir()
    (there.path / "notes/a.md").write_text("in a folder\n")
    for library in (here, there):
        git(library.path, "add", "notes")
        git(library.path, "commit", "--quiet", "-m", "notes")

    assert in_step(*((here, there) if first == "file" else (there, here)))
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


def test_a_link_in_the_place_of_a_file_stops_it_with_its_name(here: Library, there: Library) -> None:
    (here.path / "notes.txt").write_text("here\n")
    git(here.path, "add", "notes.txt")
    git(here.path, "commit", "--quiet", "-m", "notes")
    sync.sync(here)
    (there.path / "notes.txt").mkdir()

    with pytest.raises(InTheWay):
        sync.sync(there)


@pytest.mark.slow
def test_a_file_in_the_place_of_a_folder_of_pages_stops_nobody(here: Library, there: Library) -> None:
    folder = (here.path / path_of("a")).parent
    git(here.path, "rm", "--quiet", "-r", str(folder))
    folder.write_text("a file\n")
    git(here.path, "add", str(folder))
    git(here.path, "commit", "--quiet", "-m", "file")
    there.tag([A], add=["worked on"])

    assert in_step(here, there)
    assert there.link(A).tags == here.link(A).tags == ("worked on",)
    files = [path for path in (there.path / "pages").iterdir() if path.is_file()]
    assert [path.read_text() for path in files] == ["a file\n"]
    assert files[0].name.startswith(folder.name)


@pytest.mark.slow
@pytest.mark.parametrize("by", ["fast-forward", "merge"])
def test_a_page_that_was_made_a_program_is_none_on_any_machine(here: Library, there: Library, by: str) -> None:
    page, script = here.path / path_of("a"), here.path / "script"
    script.write_text("#!/bin/sh\n")
    for path in (page, script):
        path.chmod(0o755)
    git(here.path, "add", ".")
    git(here.path, "commit", "--quiet", "-m", "programs")
    if by == "merge":
        there.tag([B], add=["there"])

    assert in_step(here, there)
    for library in (here, there):
        assert [(library.path / name).stat().st_mode & 0o111 for name in (path_of("a"), "script")] == [0, 0o111]
        assert git(library.path, "status", "--porcelain") == ""
    here.tag([A], add=["x"])
    assert git(here.path, "status", "--porcelain") == ""
