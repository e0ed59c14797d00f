"""`tag rename`, `merge` and `delete`, dry runs, and `trash --remove` and `--empty`, as commands."""

from __future__ import annotations

import os
import signal
import time
from pathlib import Path

import pytest

import many_links
from known import make_known
from opened import id_of, keep
from program import Outcome, Pagelog
from store.library import Library

pytestmark = pytest.mark.slow

A, B, C = (id_of(name) for name in "abc")


@pytest.fixture
def tagged(pagelog: Pagelog) -> Pagelog:
    """a has policy, b politics and policy/x, c policy and is in the trash."""
    with Library.open(pagelog.library, make=True) as library:
        keep(library, "a", "b", "c")
        library.tag([A, C], add=["policy"])
        library.tag([B], add=["politics", "policy/x"])
        library.trash([C])
    make_known(pagelog.library)
    return pagelog


def changed_nothing(pagelog: Pagelog, *words: str) -> Outcome:
    """What a command says that leaves HEAD where it is."""
    head = pagelog.git("rev-parse", "HEAD")
    outcome = pagelog(*words)
    assert pagelog.git("rev-parse", "HEAD") == head
    return outcome


def test_a_plan_can_be_read_and_changes_nothing(tagged: Pagelog) -> None:
    outcome = changed_nothing(tagged, "tag", "rename", "policy", "politics", "--dry-run")

    assert outcome.status == 0
    assert outcome.out.splitlines() == [
        "policy    ->  politics  2 links; 1 link has that tag already",
        "policy/x  ->  politics/x  1 link",
    ]
    assert outcome.err == "3 links (1 in the trash) would change; nothing was done.\n"


def test_a_planned_object_says_so_and_one_of_what_was_done_does_not(tagged: Pagelog) -> None:
    planned = changed_nothing(tagged, "tag", "merge", "policy", "politics", "--into", "state", "--dry-run", "--json")
    done = tagged("tag", "merge", "policy", "politics", "--into", "state", "--json")

    assert [(found["tag"], found["becomes"], found["links"]) for found in planned.objects] == [
        ("policy", "state", 2),
        ("policy/x", "state/x", 1),
        ("politics", "state", 1),
    ]
    assert [found.pop("planned") for found in planned.objects] == [True] * 3
    assert [{**found, "planned": True} for found in done.objects] == planned.objects
    assert tagged.commits()[0] == "tag: merge policy politics into state (3 links)"


def test_deleting_takes_what_is_below_along_and_says_so(tagged: Pagelog) -> None:
    outcome = tagged("tag", "delete", "policy")

    assert outcome.out == "policy    goes  2 links\npolicy/x  goes  1 link\n"
    assert outcome.err == "3 links (1 in the trash) changed.\n"
    assert [found["tag"] for found in tagged("tag", "list", "--json").objects] == ["politics"]


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("rename", "nothing", "x"), 1, 'No link has the tag "nothing"'),
        (("rename", "policy", "policy/x"), 1, "which is below it"),
        (("rename", "policy", "a b"), 2, "cannot be a tag"),
        (("delete", "nothing", "--dry-run"), 1, 'No link has the tag "nothing"'),
        (("rename", "policy", "policy"), 0, "Nothing to change."),
        (("merge", "policy"), 2, "--into"),
    ],
)
def test_what_cannot_be_done_is_told_and_nothing_is(
    tagged: Pagelog, words: tuple[str, ...], status: int, said: str
) -> None:
    outcome = changed_nothing(tagged, "tag", *words)

    assert (outcome.status, said in outcome.err) == (status, True), outcome


def test_tags_put_on_and_taken_off_can_be_planned_too(tagged: Pagelog) -> None:
    put = changed_nothing(tagged, "tag", "add", "Policy,new", "--to", A, "--dry-run", "--json")
    taken = changed_nothing(tagged, "tag", "remove", "politics", "--to", "tag:policy", "--dry-run", "--json")
    text = changed_nothing(tagged, "tag", "remove", "politics", "--to", "tag:policy", "--dry-run")

    assert [(found["id"], found["tags"], found["planned"]) for found in put.objects] == [(A, ["policy", "new"], True)]
    assert [(found["id"], found["tags"]) for found in taken.objects] == [(B, ["policy/x"])]
    assert "#policy/x" in text.out
    assert text.err == "1 of 2 links would change; nothing was done.\n"


def test_tags_that_were_put_on_are_told_as_json(tagged: Pagelog) -> None:
    (found,) = tagged("tag", "add", "new", "--to", A, "--json").objects

    assert (found["id"], found["tags"], "planned" in found) == (A, ["policy", "new"], False)


def test_links_are_removed_in_the_trash_or_not(tagged: Pagelog) -> None:
    one = tagged("trash", "--remove", A)
    none = changed_nothing(tagged, "trash", "--remove", A)
    rest = tagged("trash", "--empty")
    empty = changed_nothing(tagged, "trash", "--empty")

    assert one.err == "1 link removed; history keeps it, and `pagelog undo` brings it back.\n"
    assert (none.status, rest.err[:15]) == (1, "1 link removed;")
    assert (empty.status, empty.err) == (0, "The trash is empty.\n")
    assert tagged.commits()[:2] == ["remove: c", "remove: a"]
    assert [found["id"] for found in tagged("list", "--json").objects] == [B]


@pytest.mark.parametrize(
    "words", [("--empty", A), ("--remove",), ("--remove", "--restore", A), ("--list", "--empty"), ()]
)
def test_the_trash_does_one_thing_at_a_time(tagged: Pagelog, words: tuple[str, ...]) -> None:
    assert changed_nothing(tagged, "trash", *words).status == 2


def test_the_trash_of_a_library_that_nobody_made_is_empty(pagelog: Pagelog, tmp_path: Path) -> None:
    elsewhere = Pagelog(pagelog.program, tmp_path / "nowhere")

    assert elsewhere("trash", "--empty").status == 3


@pytest.mark.slow
def test_ctrl_c_in_the_midst_of_five_thousand_links_leaves_nothing_half_done(pagelog: Pagelog) -> None:
    many_links.make(pagelog.library, 5_000)
    make_known(pagelog.library)
    with Library.open(pagelog.library) as library:
        library.tag(library.catalogue.ids(), add=["topic/x"])
    head = pagelog.git("rev-parse", "HEAD")

    child = pagelog.start("tag", "rename", "topic", "theme")
    wait_for(pagelog.library / ".git" / "pagelog" / "owner")
    os.kill(child.pid, signal.SIGINT)
    _, said = child.communicate(timeout=60)

    assert (child.returncode, said.decode()) == (130, "pagelog: interrupted; nothing was changed.\n")
    assert pagelog.git("rev-parse", "HEAD") == head
    pagelog.assert_whole()
    assert pagelog("tag", "rename", "topic", "theme").status == 0
    assert "topic" not in pagelog("tag", "list").out
    pagelog.assert_whole()


def wait_for(path: Path) -> None:
    """Until another process has made this file."""
    end = time.monotonic() + 30
    while not path.exists():
        assert time.monotonic() < end
        time.sleep(0.01)
