"""A change of many links that is given up, at its beginning or when all is written: nothing has happened."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from opened import git, id_of, keep
from store import marking
from store.changing import Change, Pace
from store.library import Library
from store.progress import Cancelled, Progress

NAMES = ("a", "b", "c", "d")
IDS = [id_of(name) for name in NAMES]
CHANGES: dict[str, Callable[[Library, Pace], Change]] = {
    "tag": lambda library, pace: library.tag(IDS, ("x",), (), pace),
    "trash": lambda library, pace: library.trash(IDS[:3], pace),
    "untrash": lambda library, pace: library.untrash(IDS[3:], pace),
    "status": lambda library, pace: marking.set_status(library, IDS, "read", pace),
    "star": lambda library, pace: marking.set_starred(library, IDS, True, pace),
}


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", make=True) as library:
        keep(library, *NAMES)
        library.trash(IDS[3:])
        yield library


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("when", ["changing links", "writing"])
def test_given_up_nothing_has_happened_and_it_can_be_done_again(library: Library, name: str, when: str) -> None:
    before = git(library.path, "rev-parse", "HEAD"), library.state.held_sha256(IDS[0])
    given_up = Event()

    def report(progress: Progress) -> None:
        if progress.doing == when:
            given_up.set()

    with pytest.raises(Cancelled):
        CHANGES[name](library, Pace(report, given_up))

    assert (git(library.path, "rev-parse", "HEAD"), library.state.held_sha256(IDS[0])) == before
    assert git(library.path, "status", "--porcelain") == ""
    assert len(CHANGES[name](library, Pace()).commits) == 1
    assert git(library.path, "status", "--porcelain") == ""


def test_trash_ends_what_was_held_of_those_alone_that_went(library: Library) -> None:
    for id_ in IDS[:2]:
        library.git.run("update-ref", f"refs/pagelog/held/{id_}", "HEAD")
        library.state.hold(id_, "0" * 64, {})

    library.trash(IDS[1:3])

    assert library.held_ids() == {IDS[0]}
    assert [library.state.held_sha256(id_) is None for id_ in IDS[:3]] == [False, True, True]
