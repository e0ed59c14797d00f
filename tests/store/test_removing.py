"""Links removed: their files go, history keeps them, undo brings them back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest

from opened import git, id_of, keep, path_of
from store import history, queueing
from store.changing import Pace
from store.errors import HostNotFound, NoSuchLink, pack
from store.library import Library
from store.originals import Original
from store.progress import Cancelled
from store.removing import empty_trash, remove
from store.undoing import redo, undo

NAMES = ("a", "b", "c")
A, B, C = (id_of(name) for name in NAMES)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """a and b are in the trash, c is not."""
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, *NAMES)
        opened.trash([A, B])
        yield opened


def standing(library: Library) -> str:
    """The links that have a file and a row."""
    there = [name for name in NAMES if (library.path / path_of(name)).exists()]
    assert [name for name in NAMES if library.catalogue.row(id_of(name))] == there
    assert git(library.path, "status", "--porcelain") == ""
    return "".join(there)


def last_message(library: Library) -> str:
    return git(library.path, "log", "-1", "--format=%B").strip()


def test_a_removed_link_has_no_file_and_all_its_history(library: Library) -> None:
    change = remove(library, [A])

    assert (standing(library), change.ids, change.group) == ("bc", (A,), None)
    assert last_message(library) == f"remove: a\n\nPagelog-Action: remove\nPagelog-Link: {A}"
    assert "add: some" in git(library.path, "log", "--format=%s", "--", path_of("a"))


def test_many_are_one_commit_and_undo_brings_them_back(library: Library) -> None:
    change = remove(library, [C, A, C])
    removed = standing(library)
    undo(library)
    back = standing(library)
    redo(library)

    assert (change.ids, removed, back, standing(library)) == ((C, A), "b", "abc", "b")
    assert "remove: 2 links" in git(library.path, "log", "--format=%s")
    assert f"Pagelog-Group: {change.group}" in git(library.path, "log", "--format=%B")


def test_the_trash_is_emptied_and_nothing_else(library: Library) -> None:
    change = empty_trash(library)

    assert (standing(library), sorted(change.ids)) == ("c", sorted([A, B]))
    assert empty_trash(library).commits == ()
    assert last_message(library).startswith("remove: 2 links\n")


def test_a_link_taken_out_of_the_trash_by_hand_is_not_emptied_with_it(library: Library) -> None:
    path = library.path / path_of("a")
    path.write_text("".join(line for line in path.read_text().splitlines(True) if not line.startswith("trashed")))

    empty_trash(library)

    assert standing(library) == "ac"


def test_a_file_removed_by_hand_does_not_keep_the_trash_from_being_emptied(library: Library) -> None:
    (library.path / path_of("a")).unlink()

    assert empty_trash(library).ids == (B,)
    assert standing(library) == "c"


def test_what_was_edited_by_hand_is_in_history_before_it_goes(library: Library) -> None:
    path = library.path / path_of("a")
    path.write_text(path.read_text() + "\nmy own words\n")

    remove(library, [A])

    assert standing(library) == "bc"
    assert "my own words" in git(library.path, "show", f"HEAD^:{path_of('a')}")


def test_a_document_that_cannot_be_read_can_be_removed(library: Library) -> None:
    path = library.path / path_of("c")
    path.write_text(path.read_text().replace('title: "c"', "title: ["))

    remove(library, [C])

    assert standing(library) == "ab"


def test_one_that_is_not_there_stops_all(library: Library) -> None:
    with pytest.raises(NoSuchLink):
        remove(library, [A, "0123456789ab"])

    assert standing(library) == "abc"


def test_given_up_nothing_has_happened(library: Library) -> None:
    given_up = Event()
    given_up.set()

    for change in (lambda pace: remove(library, [A, B], pace), lambda pace: empty_trash(library, pace)):
        with pytest.raises(Cancelled):
            change(Pace(cancelled=given_up))

    assert standing(library) == "abc"


def test_undo_finds_what_was_remembered_of_a_link_but_the_bytes_of_its_page(library: Library) -> None:
    library.originals.keep(C, "0" * 64, Original("https://example.org/c", "text/html", "utf-8", b"<p>"))
    library.state.fail(C, pack(HostNotFound("https://example.org/c", "example.org")), broken=True)

    remove(library, [C])
    undo(library)

    assert (library.row(C).broken, library.originals.get(C)) == (True, None)


def test_a_held_capture_is_there_again_after_undo(library: Library) -> None:
    library.git.run("update-ref", f"refs/pagelog/held/{C}", "HEAD")
    library.originals.keep_held(C, "0" * 64, Original("https://example.org/c", "text/html", "utf-8", b"<p>"))

    remove(library, [C])
    undo(library)

    assert library.row(C).held
    library.originals.promote_held(C)
    assert library.originals.get(C) is not None


def test_a_refresh_that_waits_does_not_add_the_link_anew(library: Library) -> None:
    queueing.enqueue(library, ["https://example.org/c", "https://example.org/other"])

    remove(library, [C])

    assert [entry.url for entry in queueing.queued(library)] == ["https://example.org/other"]


def test_an_addition_that_waits_can_be_removed_and_undo_gives_it_back(library: Library) -> None:
    queueing.enqueue(library, ["https://example.org/waiting"])

    remove(library, [id_of("waiting")])
    queued = queueing.queued(library)
    undo(library)

    assert queued == []
    assert library.row(id_of("waiting")).pending


def test_a_link_added_anew_has_its_history(library: Library) -> None:
    remove(library, [C])
    keep(library, "c")

    assert standing(library) == "abc"
    assert len(list(history.log(library, C))) == 2
