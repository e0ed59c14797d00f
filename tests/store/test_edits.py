"""Edits by hand in the open app: shown at once, adopted when they have been left alone for a minute (RULES 2)."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from opened import Watching, git, id_of, keep, path_of, text_of
from store import edits, frontmatter
from store.edits import Stillness
from store.errors import MergeInProgress
from store.library import Library
from store.watch import Seen

ONE, TWO, NEW = path_of("one"), path_of("two"), path_of("new")
MOVED = "pages/mine/one.md"


class Clock:
    """Real time, and what a test adds to it."""

    def __init__(self) -> None:
        self.ahead = 0.0

    def __call__(self) -> float:
        return time.time() + self.ahead


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, "one", "two")
        yield opened


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def stillness(clock: Clock) -> Stillness:
    return Stillness(clock)


def commits(library: Library) -> list[str]:
    """Subjects, newest first, without the two that made the library."""
    return git(library.path, "log", "--format=%s").splitlines()[:-2]


def changes(library: Library) -> list[str]:
    """What the newest commit did: `M`, `A` or `D` and a path."""
    return sorted(git(library.path, "show", "--format=", "--name-status", "--no-renames", "HEAD").splitlines())


def edit(library: Library, path: str, line: bytes = b"mine\n") -> None:
    with open(library.path / path, "ab") as file:
        file.write(line)


def move(library: Library, path: str, target: str) -> None:
    (library.path / target).parent.mkdir(parents=True, exist_ok=True)
    (library.path / path).rename(library.path / target)


# --- adopting -------------------------------------------------------------------------------------------------------


def test_an_edit_is_adopted_after_a_minute_without_another_one(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    edit(library, ONE)
    stillness.changed([ONE])
    clock.ahead = 50
    stillness.changed([ONE])
    clock.ahead = 100
    early = edits.adopt_still(library, stillness)
    clock.ahead = 111

    assert (early, edits.adopt_still(library, stillness)) == ((), (ONE,))
    assert (commits(library), changes(library)) == (["edit: by hand"], [f"M\t{ONE}"])
    assert edits.adopt_still(library, stillness) == ()


def test_a_write_that_nobody_has_told_of_yet_makes_it_wait_on(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    stillness.changed([ONE])
    clock.ahead = 59
    edit(library, ONE)
    clock.ahead = 61
    os.utime(library.path / ONE, (clock() - 2, clock() - 2))
    early = edits.adopt_still(library, stillness)
    clock.ahead = 120

    assert (early, edits.adopt_still(library, stillness)) == ((), (ONE,))


def test_a_file_dated_in_the_future_is_adopted_all_the_same(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    edit(library, ONE)
    os.utime(library.path / ONE, (clock() + 9_000, clock() + 9_000))
    edits.date(library, stillness, [ONE])
    early = edits.adopt_still(library, stillness)
    clock.ahead = 61

    assert (early, edits.adopt_still(library, stillness)) == ((), (ONE,))


def test_a_removal_is_adopted_a_minute_after_it_was_seen_first(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    (library.path / ONE).unlink()
    edits.date(library, stillness, edits.edited_paths(library))
    clock.ahead = 50
    edits.date(library, stillness, edits.edited_paths(library))
    early = edits.adopt_still(library, stillness)
    clock.ahead = 61

    assert (early, edits.adopt_still(library, stillness)) == ((), (ONE,))
    assert changes(library) == [f"D\t{ONE}"]
    assert library.catalogue.row(id_of("one")) is None


def test_what_was_edited_long_before_the_start_is_adopted_at_once(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    edit(library, ONE)
    (library.path / NEW).parent.mkdir(exist_ok=True)
    (library.path / NEW).write_bytes(text_of("new"))
    clock.ahead = 100
    edits.date(library, stillness, edits.edited_paths(library))

    assert edits.adopt_still(library, stillness) == tuple(sorted((ONE, NEW)))
    assert changes(library) == sorted([f"M\t{ONE}", f"A\t{NEW}"])


def test_a_move_is_one_commit_and_waits_until_the_moved_file_is_still(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    move(library, ONE, MOVED)
    stillness.changed([ONE])
    clock.ahead = 61
    stillness.changed([MOVED])
    early = edits.adopt_still(library, stillness)
    clock.ahead = 130

    assert (early, edits.adopt_still(library, stillness)) == ((), (ONE, MOVED))
    assert changes(library) == [f"A\t{MOVED}", f"D\t{ONE}"]
    assert [row.path for row in library.catalogue.select() if row.id == id_of("one")] == [MOVED]


@pytest.mark.parametrize("told", [ONE, MOVED])
def test_a_move_of_which_one_end_was_told_is_adopted_whole(
    library: Library, clock: Clock, stillness: Stillness, told: str
) -> None:
    move(library, ONE, MOVED)
    stillness.changed([told])
    clock.ahead = 61
    edits.adopt_still(library, stillness)
    clock.ahead = 130
    edits.adopt_still(library, stillness)

    assert (commits(library), changes(library)) == (["edit: by hand"], [f"A\t{MOVED}", f"D\t{ONE}"])


def test_a_file_under_a_name_that_we_do_not_accept_is_not_removed(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    move(library, ONE, "pages/mine/one.txt")
    stillness.changed([ONE])
    clock.ahead = 61

    assert edits.adopt_still(library, stillness) == ()


@pytest.mark.parametrize("left", ["nothing", "an empty folder"])
def test_a_disk_that_is_not_there_removes_no_link(
    library: Library, clock: Clock, stillness: Stillness, left: str
) -> None:
    pages = library.path / "pages"
    pages.rename(library.path / "aside")
    if left == "an empty folder":
        pages.mkdir()
    stillness.changed([ONE, TWO])
    clock.ahead = 61
    away = edits.adopt_still(library, stillness)
    (library.path / "aside").rename(pages)
    (library.path / TWO).unlink()

    assert (away, edits.adopt_still(library, stillness)) == ((), (TWO,))


def test_what_is_no_file_any_more_stops_nothing(
    library: Library, clock: Clock, stillness: Stillness, tmp_path: Path
) -> None:
    keep(library, "three")
    (library.path / ONE).unlink()
    (library.path / ONE).symlink_to(library.path / TWO)
    folder = (library.path / path_of("three")).parent
    shutil.move(folder, tmp_path / "elsewhere")
    folder.symlink_to(tmp_path / "elsewhere")
    edit(library, TWO)
    stillness.changed([ONE, TWO, path_of("three")])
    clock.ahead = 61

    assert edits.edited_paths(library) == (TWO,)
    assert edits.adopt_still(library, stillness) == (TWO,)


def test_what_others_have_committed_or_put_back_meanwhile_is_no_edit(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    edit(library, ONE)
    git(library.path, "commit", "-qam", "mine")
    edit(library, TWO)
    git(library.path, "checkout", "-q", TWO)
    stillness.changed([ONE, TWO])
    clock.ahead = 61

    assert edits.adopt_still(library, stillness) == ()
    assert commits(library) == ["mine"]
    assert stillness.still() == ()


def test_what_cannot_be_written_now_waits_on(library: Library, clock: Clock, stillness: Stillness) -> None:
    edit(library, ONE)
    stillness.changed([ONE])
    clock.ahead = 61
    unfinished = library.path / ".git" / "MERGE_HEAD"
    unfinished.write_text("0" * 40)
    with pytest.raises(MergeInProgress):
        edits.adopt_still(library, stillness)
    unfinished.unlink()

    assert edits.adopt_still(library, stillness) == (ONE,)


def test_an_edit_that_comes_while_we_take_the_lock_is_not_adopted(
    library: Library, clock: Clock, stillness: Stillness, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(library, ONE)
    edit(library, TWO)
    stillness.changed([ONE, TWO])
    clock.ahead = 61
    write = library.write

    def write_late(*arguments: object) -> object:
        stillness.changed([TWO])
        (library.path / ONE).write_bytes(text_of("one"))
        return write(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(library, "write", write_late)

    assert edits.adopt_still(library, stillness) == ()
    assert commits(library) == []


def test_an_edit_that_comes_while_we_commit_is_adopted_in_its_turn(
    library: Library, clock: Clock, stillness: Stillness, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit(library, ONE)
    stillness.changed([ONE])
    clock.ahead = 61
    write = library.write

    def write_and_edit(*arguments: object) -> object:
        written = write(*arguments)  # type: ignore[arg-type]
        edit(library, ONE, b"more\n")
        stillness.changed([ONE])
        return written

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(library, "write", write_and_edit)
        edits.adopt_still(library, stillness)
    clock.ahead = 130

    assert edits.adopt_still(library, stillness) == (ONE,)
    assert commits(library) == ["edit: by hand", "edit: by hand"]


# --- showing --------------------------------------------------------------------------------------------------------


def test_an_edit_shows_in_the_row_of_its_link(library: Library) -> None:
    link = frontmatter.loads((library.path / ONE).read_bytes()).with_(title="Mine")
    (library.path / ONE).write_bytes(frontmatter.dumps(link))
    (library.path / TWO).unlink()

    shown = edits.rows(library, [ONE, TWO])

    assert {id_: row and (row.title, row.path) for id_, row in shown.items()} == {
        id_of("one"): ("Mine", ONE),
        id_of("two"): None,
    }


def test_an_edit_that_is_taken_back_shows_as_it_was(library: Library) -> None:
    before = library.row(id_of("one"))
    edit(library, ONE)
    edits.rows(library, [ONE])
    (library.path / ONE).write_bytes(text_of("one"))

    assert edits.rows(library, [ONE]) == {id_of("one"): before}


def test_a_moved_file_shows_as_its_link_whichever_end_was_told(library: Library) -> None:
    move(library, ONE, MOVED)
    edit(library, MOVED)

    for told in (ONE, MOVED):
        assert [row and (row.id, row.path) for row in edits.rows(library, [told]).values()] == [(id_of("one"), ONE)]


def test_a_file_that_makes_no_sense_shows_as_damaged(library: Library) -> None:
    (library.path / ONE).write_bytes(b"---\nid: [\n---\nbody\n")

    (row,) = edits.rows(library, [ONE]).values()

    assert row is not None
    assert (row.id, row.state) == (id_of("one"), "damaged")


def test_a_new_file_shows_when_it_is_adopted_and_a_removed_link_is_told_by_its_name(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    (library.path / NEW).parent.mkdir(exist_ok=True)
    (library.path / NEW).write_bytes(text_of("new"))
    git(library.path, "rm", "-q", TWO)
    git(library.path, "commit", "-qm", "mine")
    before = edits.rows(library, [NEW, TWO])
    stillness.changed([NEW])
    clock.ahead = 61
    edits.adopt_still(library, stillness)

    assert before == {id_of("two"): None}
    assert [row and row.title for row in edits.rows(library, [NEW]).values()] == ["new"]


def test_a_folder_that_was_told_stands_for_all_that_is_and_was_right_in_it(library: Library) -> None:
    folder = os.path.dirname(ONE)
    (library.path / ONE).unlink()
    for other in ("new.md", ".pagelog-0123", "notes.txt", "deep/x.md"):
        (library.path / folder / other).parent.mkdir(exist_ok=True)
        (library.path / folder / other).write_bytes(b"x")

    assert edits.paths_of(library, Seen(folders=(folder,))) == tuple(sorted((ONE, f"{folder}/new.md")))
    assert edits.paths_of(library, Seen(paths=(TWO,))) == (TWO,)


def test_an_edit_beside_the_open_app_is_told_shown_and_adopted(
    library: Library, clock: Clock, stillness: Stillness
) -> None:
    with Watching(library) as watching:
        edit(library, ONE)
        watching.wait_until_told(ONE)
        for seen in watching.told:
            stillness.changed(edits.paths_of(library, seen))
        clock.ahead = 61
        watching.forget()

        assert edits.adopt_still(library, stillness) == (ONE,)
        watching.wait_for(lambda: any(seen.head for seen in watching.told))
        assert git(library.path, "status", "--porcelain") == ""
