"""Tags renamed, merged and deleted in a whole library, as one commit that can be taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event

import pytest

from opened import git, id_of, keep, path_of
from store import queueing
from store.changing import Pace
from store.errors import UnknownTag
from store.library import Library
from store.progress import Cancelled, Progress
from store.retagging import delete, merge, rename
from store.tagging import carry_out, plan
from store.undoing import redo, undo

NAMES = ("a", "b", "c", "d")
A, B, C, D = (id_of(name) for name in NAMES)


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """a has policy, b politics and policy/x, c policy and is in the trash, d has nothing."""
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, *NAMES)
        opened.tag([A, C], add=["policy"])
        opened.tag([B], add=["politics", "policy/x"])
        opened.trash([C])
        yield opened


def tags(library: Library) -> dict[str, str]:
    return {name: " ".join(library.link(id_of(name)).tags) for name in NAMES}


def subjects(library: Library, count: int) -> list[str]:
    return git(library.path, "log", f"-{count}", "--format=%s").splitlines()


BEFORE = {"a": "policy", "b": "politics policy/x", "c": "policy", "d": ""}


def test_a_tag_is_renamed_on_every_link_in_one_commit_and_undo_takes_it_back(library: Library) -> None:
    done = carry_out(library, rename("policy", "politics"))
    renamed = tags(library)
    undo(library)
    undone = tags(library)
    redo(library)

    assert renamed == {"a": "politics", "b": "politics politics/x", "c": "politics", "d": ""}
    assert (done.planned.plan.links, done.planned.trashed, sorted(done.change.ids)) == (3, 1, sorted([A, B, C]))
    assert (undone, tags(library)) == (BEFORE, renamed)
    assert subjects(library, 3)[-1] == "tag: rename policy to politics (3 links)"
    assert git(library.path, "status", "--porcelain") == ""


def test_the_commit_says_what_was_done_to_whom(library: Library) -> None:
    done = carry_out(library, merge(["policy", "politics"], "state"))

    message = git(library.path, "log", "-1", "--format=%B")
    assert message.startswith("tag: merge policy politics into state (3 links)\n\nPagelog-Action: tag\n")
    assert f"Pagelog-Group: {done.change.group}\n" in message
    assert {line for line in message.splitlines() if "Link" in line} == {f"Pagelog-Link: {id_}" for id_ in (A, B, C)}


def test_one_link_is_no_group(library: Library) -> None:
    done = carry_out(library, delete("policy/x"))

    assert done.change.group is None
    assert subjects(library, 1) == ["tag: delete policy/x"]
    assert tags(library) == {**BEFORE, "b": "politics"}


def test_a_plan_changes_nothing_and_is_what_is_done(library: Library) -> None:
    head = git(library.path, "rev-parse", "HEAD")
    planned = plan(library, delete("policy"))
    still = git(library.path, "rev-parse", "HEAD")
    done = carry_out(library, delete("policy"))

    assert (head == still, done.planned) == (True, planned)
    assert {id_: list(tags) for id_, tags in planned.plan.tags.items()} == {A: [], B: ["politics"], C: []}


def test_nothing_to_do_makes_no_commit(library: Library) -> None:
    head = git(library.path, "rev-parse", "HEAD")

    assert carry_out(library, rename("policy", "policy")).change.commits == ()
    with pytest.raises(UnknownTag):
        carry_out(library, delete("nothing"))
    assert git(library.path, "rev-parse", "HEAD") == head


def test_an_addition_that_waits_is_committed_and_then_renamed(library: Library) -> None:
    queueing.enqueue(library, ["https://example.org/waiting"], ["policy"])

    planned = plan(library, rename("policy", "politics"))
    done = carry_out(library, rename("policy", "politics"))

    assert (planned.plan.links, len(done.change.ids)) == (4, 4)
    assert subjects(library, 2) == [
        "tag: rename policy to politics (4 links)",
        "add: https://example.org/waiting",
    ]
    assert library.tags() == [("politics", 3), ("politics/x", 1)]


def test_what_somebody_committed_meanwhile_is_seen(library: Library) -> None:
    """Between the plan and the lock d gets the tag, by another program."""
    with Library.open(library.path) as other:
        library.commit_queued = _first(library.commit_queued, lambda: other.tag([D], add=["policy"]))  # type: ignore[method-assign]

        done = carry_out(library, rename("policy", "politics"))

    assert done.planned.plan.links == len(done.change.ids) == 4
    assert tags(library)["d"] == "politics"


def test_an_edit_by_hand_is_adopted_and_renamed_too(library: Library) -> None:
    path = library.path / path_of("a")
    path.write_text(path.read_text().replace('["policy"]', '["mine", "policy"]'))

    carry_out(library, rename("policy", "politics"))

    assert tags(library)["a"] == "mine politics"
    assert subjects(library, 2) == ["tag: rename policy to politics (3 links)", "edit: by hand"]


def test_a_file_that_was_spoilt_by_hand_is_named_and_left_and_one_removed_is_passed_over(library: Library) -> None:
    spoilt, removed = library.path / path_of("a"), library.path / path_of("b")
    spoilt.write_text("---\nid: [\n---\n")
    removed.unlink()

    done = carry_out(library, rename("policy", "politics"))

    assert [error.facts["path"] for error in done.left] == [path_of("a")]
    assert (done.change.ids, spoilt.read_text(), removed.exists()) == ((C,), "---\nid: [\n---\n", False)


@pytest.mark.parametrize("moment", ["changing links", "writing"])
def test_given_up_nothing_has_happened(library: Library, moment: str) -> None:
    head, given_up = git(library.path, "rev-parse", "HEAD"), Event()

    def report(progress: Progress) -> None:
        if progress.doing == moment:
            given_up.set()

    with pytest.raises(Cancelled):
        carry_out(library, rename("policy", "politics"), Pace(report, given_up))

    assert (git(library.path, "rev-parse", "HEAD"), tags(library)) == (head, BEFORE)
    assert git(library.path, "status", "--porcelain") == ""
    assert list((library.path / "pages").rglob(".pagelog-*")) == []
    assert carry_out(library, rename("policy", "politics")).planned.plan.links == 3


def test_it_tells_how_far_it_is(library: Library) -> None:
    told: list[Progress] = []

    carry_out(library, rename("policy", "politics"), Pace(told.append))

    assert told == [Progress("changing links", 0, 3), Progress("writing", 3, 3)]


def _first(then: Callable[..., object], what: Callable[[], object]) -> Callable[..., object]:
    def both(*arguments: object) -> object:
        what()
        return then(*arguments)

    return both


def test_a_tag_that_stands_in_an_edit_by_hand_alone_is_found(library: Library) -> None:
    path = library.path / path_of("a")
    path.write_text(path.read_text().replace('tags: ["', 'tags: ["/By Hand/", "'))

    assert carry_out(library, rename("by hand", "hand")).change.ids == (A,)
    assert "hand" in library.link(A).tags
    with pytest.raises(UnknownTag):
        carry_out(library, rename("nowhere", "hand"))
