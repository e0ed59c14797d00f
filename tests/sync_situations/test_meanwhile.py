"""`pagelog sync` beside what else goes on in the library: two at once, the user's git, edits, held captures, trash."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from machines import captured, head, held, opened, refused, tagged, tags
from opened import git, id_of, path_of
from program import Pagelog
from store import frontmatter, queueing

pytestmark = pytest.mark.slow


def test_two_syncs_of_one_library_at_once_wait_for_each_other(here: Pagelog, there: Pagelog) -> None:
    tagged(here, "here")("sync")
    tagged(there, "there")
    running = [there.start("sync", "--json") for _ in range(3)]
    ends = [one.communicate(timeout=60) for one in running]

    assert [one.returncode for one in running] == [0, 0, 0], ends
    assert sorted(tags(there)) == ["here", "there"]
    assert sum(subject.startswith("merge:") for subject in there.commits()) == 1
    there.assert_whole()


@pytest.mark.slow
def test_a_loop_of_the_users_own_commits_beside_it(here: Pagelog, there: Pagelog) -> None:
    loop = "while :; do date +%N >> diary.txt; git add diary.txt; git commit -qm diary; done"
    named = ["-c", "user.name=Uma", "-c", "user.email=uma@example.org"]
    there.git("config", "--global", "user.name", "Uma")
    there.git("config", "--global", "user.email", "uma@example.org")
    writing = subprocess.Popen(["sh", "-c", loop], cwd=there.library, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        for number in range(5):
            tagged(here, f"n{number}")("sync")
            assert there("sync").status == 0
    finally:
        os.killpg(writing.pid, 15)
        writing.wait()
    there.git(*named, "add", "diary.txt")
    there.git(*named, "commit", "--quiet", "--allow-empty", "-m", "last")

    assert tags(there) == tuple(f"n{number}" for number in range(5))
    written = (there.library / "diary.txt").read_text()
    assert there.git("show", "HEAD:diary.txt") == written
    there.git("fsck", "--strict", "--no-dangling")


@pytest.mark.parametrize(
    ("words", "told"),
    [(["checkout", "--quiet", "--detach"], "main"), (["checkout", "--quiet", "-b", "other"], "main")],
)
def test_another_place_than_main_is_status_3_and_nothing_is_asked_of_the_remote(
    here: Pagelog, there: Pagelog, words: list[str], told: str
) -> None:
    there.git(*words)
    tagged(here, "x")("sync")
    before = head(there)

    assert refused(there("sync"), told, status=3)
    assert head(there) == before


def test_a_merge_of_the_users_own_in_progress_is_status_3(here: Pagelog, there: Pagelog) -> None:
    there.git("config", "--global", "user.name", "Uma")
    there.git("config", "--global", "user.email", "uma@example.org")
    there.git("branch", "side")
    there.git("commit", "--quiet", "--allow-empty", "-m", "one")
    there.git("checkout", "--quiet", "side")
    there.git("commit", "--quiet", "--allow-empty", "-m", "two")
    there.git("checkout", "--quiet", "main")
    there.git("merge", "--no-commit", "--no-ff", "side")

    assert refused(there("sync"), "merge", status=3)
    there.git("merge", "--abort")
    assert there("sync").status == 0


def test_edits_by_hand_and_the_queue_go_along(here: Pagelog, there: Pagelog) -> None:
    file = here.library / path_of("a")
    file.write_text(file.read_text() + "\nby hand\n")
    with opened(here) as library:
        queueing.enqueue(library, ["https://example.org/queued"], ["later"])

    assert here("sync").status == 0
    assert there("sync").status == 0
    assert [one["url"] for one in there("list", "tag:later", "is:pending", "--json").objects] == [
        "https://example.org/queued"
    ]
    assert frontmatter.loads((there.library / path_of("a")).read_bytes()).body.endswith("by hand\n")
    here.assert_whole()
    there.assert_whole()


def test_a_held_capture_waits_on_through_a_tag_and_ends_with_a_newer_capture(here: Pagelog, there: Pagelog) -> None:
    held(there, "a")
    held(there, "b")
    held(there, "c")
    tagged(here, "from here")
    with opened(here) as library:
        library.write(lambda view: [captured(library, view, "b", "new\n", "2026-03-01T00:00:00Z")], "update")
        library.trash([id_of("c")])
    here("sync")

    assert there("sync").status == 0
    assert [one["id"] for one in there("list", "is:held", "--json").objects] == [id_of("a")]
    assert tags(there) == ("from here",)
    assert there.git("for-each-ref", "--format=%(refname:lstrip=3)", "refs/pagelog/held").split() == [id_of("a")]


def test_held_captures_and_other_refs_of_ours_are_never_pushed(here: Pagelog, there: Pagelog, hub: Path) -> None:
    held(there, "a")
    tagged(there, "x")

    assert there("sync").status == 0
    assert git(hub, "for-each-ref", "--format=%(refname)").split() == ["refs/heads/main"]


def test_the_trash_goes_along_and_the_users_work_brings_a_link_out_of_it(here: Pagelog, there: Pagelog) -> None:
    with opened(here) as library:
        library.trash([id_of("a"), id_of("b")])
    tagged(there, "kept", name="b")
    here("sync")
    there("sync")
    here("sync")

    for machine in (here, there):
        trashed = [one["id"] for one in machine("list", "is:trashed", "--json").objects]
        assert trashed == [id_of("a")]


def test_a_file_that_no_commit_has_stops_it_with_status_1(here: Pagelog, there: Pagelog) -> None:
    (here.library / "notes.txt").write_text("here\n")
    here.git("add", "notes.txt")
    here.git("-c", "user.name=U", "-c", "user.email=u@example.org", "commit", "--quiet", "-m", "notes")
    here("sync")
    (there.library / "notes.txt").write_text("mine\n")
    before = head(there)

    assert refused(there("sync"), "notes.txt", status=1)
    assert (there.library / "notes.txt").read_text() == "mine\n"
    assert head(there) == before
    (there.library / "notes.txt").unlink()
    assert there("sync").status == 0


def _gits_of(process: subprocess.Popen[bytes]) -> list[int]:
    """Every git that it has started, with those that they started."""
    parents = {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            parents[int(stat.parent.name)] = int(stat.read_text().rpartition(")")[2].split()[1])
    found, rest = [], [process.pid]
    while rest:
        parent = rest.pop()
        children = [child for child, of in parents.items() if of == parent]
        found += children
        rest += children
    return found


@pytest.mark.skipif(sys.platform != "linux", reason="/proc tells who started whom")
@pytest.mark.parametrize("killed", ["git", "both"])
def test_a_git_that_is_killed_at_any_moment_of_a_sync_leaves_nothing_that_stops_the_next(
    here: Pagelog, there: Pagelog, killed: str
) -> None:
    for number in range(8):
        tagged(here, f"here{number}")("sync")
        tagged(there, f"there{number}")
        running = there.start("sync", stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        end = time.monotonic() + 0.3 + number * 0.1
        while time.monotonic() < end and running.poll() is None:
            time.sleep(0.01)
        victims = _gits_of(running)
        for victim in [running.pid, *victims] if killed == "both" else victims:
            with contextlib.suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        _, errors = running.communicate(timeout=60)

        assert b"unexpected" not in errors
        assert b"Traceback" not in errors
        again = there("sync")
        assert again.status == 0, (number, errors, again)
    assert here("sync").status == 0
    assert (
        sorted(tags(here))
        == sorted(tags(there))
        == sorted(f"{side}{n}" for n in range(8) for side in ("here", "there"))
    )
    assert [*(there.library / ".git").rglob("*.lock")] == []
    there.assert_whole()
