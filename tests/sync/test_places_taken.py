"""A file comes in the place of a folder, or a folder in that of a file: nothing that stood there is lost by it."""

from __future__ import annotations

from pathlib import Path

import pytest

from opened import git, path_of
from store.errors import InTheWay
from store.library import Library
from store.syncing import sync
from two_libraries import A, B, in_step

OLD, OWN = "pages/q/one.md", "pages/q/one.md/index.md"


def _moved(library: Library, old: str, new: str) -> None:
    target = library.path / new
    kept = (library.path / old).read_bytes()
    git(library.path, "rm", "--quiet", old)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(kept)
    git(library.path, "add", "pages")
    git(library.path, "commit", "--quiet", "-m", f"{old} -> {new}")


def _put(library: Library, path: str, text: str) -> None:
    (library.path / path).write_text(text)
    git(library.path, "add", path)
    git(library.path, "commit", "--quiet", "-m", path)


@pytest.fixture
def moved_page(here: Library, there: Library) -> tuple[Library, Library]:
    """Link A stands at `pages/q/one.md` on both."""
    _moved(here, path_of("a"), OLD)
    assert in_step(here, there)
    return here, there


def _file_for_folder(there: Library) -> None:
    _moved(there, OLD, "pages/one.md")
    _put(there, "pages/q", "text\n")


def _folder_for_file(there: Library) -> None:
    _moved(there, OLD, OWN)


@pytest.mark.parametrize("change", [_file_for_folder, _folder_for_file])
@pytest.mark.parametrize("work", ["none", "edit", "other"])
def test_a_page_that_moved_out_of_the_way_stays_with_all_that_was_done_to_it(
    moved_page: tuple[Library, Library],
    change,  # type: ignore[no-untyped-def]
    work: str,
) -> None:
    here, there = moved_page
    change(there)
    sync.sync(there)
    if work == "edit":
        here.tag([A], add=["worked on"])
    if work == "other":
        here.tag([B], add=["worked on"])

    sync.sync(here)

    assert here.link(A).tags == (("worked on",) if work == "edit" else ())
    assert in_step(here, there)
    assert here.row(A).path == ("pages/one.md" if change is _file_for_folder else OWN)


def test_work_on_a_page_that_was_removed_there_wins_though_a_file_has_its_folder(
    moved_page: tuple[Library, Library],
) -> None:
    here, there = moved_page
    git(there.path, "rm", "--quiet", OLD)
    _put(there, "pages/q", "text\n")
    sync.sync(there)
    here.tag([A], add=["worked on"])

    assert in_step(here, there)
    assert there.link(A).tags == ("worked on",)
    assert {path.read_text() for path in (there.path / "pages").iterdir() if path.is_file()} == {"text\n"}


@pytest.mark.slow
@pytest.mark.parametrize("since", ["nothing", "an action", "more there"])
def test_a_sync_that_dies_when_it_has_made_room_is_gone_on_with(
    moved_page: tuple[Library, Library], monkeypatch: pytest.MonkeyPatch, since: str
) -> None:
    here, there = moved_page
    _file_for_folder(there)
    sync.sync(there)
    here.tag([A], add=["worked on"])
    write, calls = Library.write, []

    def dying(library: Library, *words: object) -> object:
        calls.append(words)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return write(library, *words)  # type: ignore[arg-type]

    monkeypatch.setattr(Library, "write", dying)
    with pytest.raises(KeyboardInterrupt):
        sync.sync(here)
    monkeypatch.undo()
    if since == "an action":
        here.tag([B], add=["since"])
    if since == "more there":
        there.tag([A], add=["since"])
        sync.sync(there)

    sync.sync(here)
    assert sorted(here.link(A).tags) == ["since", "worked on"] if since == "more there" else ["worked on"]
    assert in_step(here, there)
    assert here.row(A).path == "pages/one.md"


@pytest.mark.slow
def test_nothing_goes_before_all_is_known_to_be_possible(moved_page: tuple[Library, Library]) -> None:
    here, there = moved_page
    _file_for_folder(there)
    _put(there, "z.txt", "theirs\n")
    sync.sync(there)
    (here.path / "z.txt").write_text("mine\n")
    head = git(here.path, "rev-parse", "HEAD")

    with pytest.raises(InTheWay):
        sync.sync(here)
    assert git(here.path, "rev-parse", "HEAD") == head
    assert here.row(A).path == OLD
    (here.path / "z.txt").unlink()
    assert in_step(here, there)


@pytest.mark.slow
@pytest.mark.parametrize("inside", ["s.txt", "s.md"])
def test_a_folder_here_that_is_called_like_a_page_there(here: Library, there: Library, inside: str) -> None:
    (here.path / "pages/q.md").mkdir()
    _put(here, f"pages/q.md/{inside}", "in a folder\n")
    _put(there, "pages/q.md", "a file\n")
    sync.sync(there)

    assert in_step(here, there)
    assert (there.path / "pages/q.md" / inside).read_text() == "in a folder\n"
    assert _texts(there.path / "pages") == {"a file\n"}


def _texts(folder: Path) -> set[str]:
    return {path.read_text() for path in folder.iterdir() if path.is_file()}
