"""Documents, commits, index and ref are one step, whatever else happens in the repository."""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import writing
from store.errors import Busy, DiskFull, Locked, MergeInProgress, NotOnMain
from store.repo import stream
from writing import append, put, writer

PAGE = "pages/aa/example.org~one~aa0000000000.md"


def git(top: Path, *arguments: str, ok: bool = True) -> str:
    """The user's own git, with a name of the user's."""
    command = ["git", "-C", str(top), "-c", "user.name=Uma", "-c", "user.email=uma@example.org", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert not ok or done.returncode == 0, done.stderr
    return done.stdout


def sound(top: Path) -> bool:
    """git sees a clean work tree and whole objects, and nothing of ours is left lying about."""
    left = list(top.rglob(".pagelog-*")) + list((top / ".git").glob("*.lock"))
    return git(top, "status", "--porcelain") == "" and "error" not in git(top, "fsck") and not left


def test_a_commit_holds_exactly_what_it_names_and_the_files_stand_on_disk(tmp_path: Path) -> None:
    write, memory = writer(tmp_path / "library")

    written = write.write(put({PAGE: b"one\n"}, "add: One"), "add", "now")

    assert git(tmp_path / "library", "show", "--format=%s", "--name-only", "HEAD").split("\n\n") == [
        "add: One",
        f"{PAGE}\n",
    ]
    assert (tmp_path / "library" / PAGE).read_bytes() == b"one\n"
    assert [change.commit for change in memory.learned] == list(written.commits)
    assert sound(tmp_path / "library")


def test_the_root_commit_is_the_same_in_every_library_of_the_world(tmp_path: Path) -> None:
    for name in ("one", "two"):
        writer(tmp_path / name)

    roots = {git(tmp_path / name, "rev-parse", "HEAD").strip() for name in ("one", "two")}

    assert roots == {"0cd0228c1d5c61272948e05d7da5ff9b0fc244dc"}


def test_an_own_action_is_named_by_its_group_or_its_only_commit(tmp_path: Path) -> None:
    write, memory = writer(tmp_path / "library")

    written = write.write(put({PAGE: b"one\n"}), "add", "2026-11-26T00:00:00Z")

    assert [(action.name, action.action) for action in memory.actions] == [(written.head, "add")]


def test_a_plan_that_changes_nothing_makes_no_commit(tmp_path: Path) -> None:
    write, _ = writer(tmp_path / "library")
    write.write(put({PAGE: b"one\n"}))
    before = git(tmp_path / "library", "rev-parse", "HEAD")

    written = write.write(lambda view: [], "tag", "now")

    assert (written.commits, git(tmp_path / "library", "rev-parse", "HEAD")) == ((), before)


def test_an_edit_by_hand_is_adopted_before_what_the_plan_adds(tmp_path: Path) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))
    (top / PAGE).write_bytes(b"one\nby hand\n")

    write.write(append(b"ours\n", [PAGE]))

    assert (top / PAGE).read_bytes() == b"one\nby hand\nours\n"
    assert git(top, "log", "--format=%s", "-2").splitlines() == ["tag: +line", "edit: by hand"]
    assert sound(top)


def test_an_edit_in_the_very_moment_of_the_exchange_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))
    real, edits = stream.write_commits, iter([b"one\nlate\n"])

    def edit_meanwhile(*arguments: object) -> list[str]:
        for text in edits:
            (top / PAGE).write_bytes(text)
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(stream, "write_commits", edit_meanwhile)
    write.write(append(b"ours\n", [PAGE]))

    assert (top / PAGE).read_bytes() == b"one\nlate\nours\n"
    assert sound(top)


def test_a_removed_document_leaves_disk_head_and_index(tmp_path: Path) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))

    write.write(put({PAGE: None}, "remove: One"))

    assert not (top / PAGE).exists()
    assert git(top, "ls-files") == "pagelog.toml\n"
    assert sound(top)


def test_what_the_user_staged_stays_staged(tmp_path: Path) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    (top / "notes.txt").write_text("mine\n")
    git(top, "add", "notes.txt")

    write.write(put({PAGE: b"one\n"}))

    assert git(top, "status", "--porcelain") == "A  notes.txt\n"


@pytest.mark.parametrize("damage", ["missing", "empty", "zeros", "flipped"])
def test_a_damaged_index_is_built_whole_and_the_commit_names_only_its_own(tmp_path: Path, damage: str) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({f"pages/aa/{n}.md": b"old\n" for n in range(5)}))
    index = top / ".git" / "index"
    data = index.read_bytes()
    index.unlink()
    if damage != "missing":
        index.write_bytes({"empty": b"", "zeros": bytes(len(data)), "flipped": data[:40] + b"\xff" + data[41:]}[damage])

    write.write(put({PAGE: b"one\n"}))

    assert git(top, "show", "--format=", "--name-only", "HEAD") == f"{PAGE}\n"
    assert sound(top)


def test_another_branch_and_an_unfinished_merge_stop_a_write_and_nothing_is_written(tmp_path: Path) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    git(top, "switch", "-q", "-c", "mine")
    with pytest.raises(NotOnMain):
        write.write(put({PAGE: b"one\n"}))
    git(top, "switch", "-q", "main")
    (top / ".git" / "MERGE_HEAD").write_text("0" * 40)
    with pytest.raises(MergeInProgress):
        write.write(put({PAGE: b"one\n"}))
    (top / ".git" / "MERGE_HEAD").rename(top / ".git" / "rebase-merge")
    git(top, "checkout", "-q", "--detach")
    with pytest.raises(MergeInProgress):
        write.write(put({PAGE: b"one\n"}))

    assert not (top / PAGE).exists()


def test_a_held_lock_is_named_after_the_patience_is_gone(tmp_path: Path) -> None:
    top = tmp_path / "library"
    first, _ = writer(top)
    second, _ = writer(top, patience=0.2)

    with first.exclusive(), pytest.raises(Locked):
        second.write(put({PAGE: b"one\n"}))


def test_a_users_index_lock_is_waited_for_and_never_removed(tmp_path: Path) -> None:
    top = tmp_path / "library"
    write, _ = writer(top, patience=0.2)
    (top / ".git" / "index.lock").write_text("a commit waits in its editor")

    with pytest.raises(Busy):
        write.write(put({PAGE: b"one\n"}))

    assert (top / ".git" / "index.lock").read_text() == "a commit waits in its editor"
    assert not (top / PAGE).exists()


@pytest.mark.parametrize("step", ["stream", "index", "journal", "refs"])
def test_a_full_disk_at_any_step_leaves_the_old_state_and_works_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))
    before = git(top, "rev-parse", "HEAD")
    target = {
        "stream": "store.repo.stream.write_commits",
        "index": "store.repo.index.build",
        "journal": "store.writing.journal.write",
        "refs": "store.repo.refs.prepare",
    }[step]

    def full(*arguments: object, **more: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(target, full)
        with pytest.raises(DiskFull):
            write.write(append(b"ours\n", [PAGE]))

    assert git(top, "rev-parse", "HEAD") == before
    assert (top / PAGE).read_bytes() == b"one\n"
    assert sound(top)
    write.write(append(b"ours\n", [PAGE]))
    assert (top / PAGE).read_bytes() == b"one\nours\n"


# --- others beside us -----------------------------------------------------------------------------------------------


def start(*arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, writing.__file__, *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)


def test_two_processes_that_change_the_same_documents_lose_nothing(tmp_path: Path) -> None:
    top = tmp_path / "library"
    writer(top)
    paths = ["pages/aa/x.md", "pages/bb/y.md"]

    running = [start(top, "--lines", tag, 8, *paths) for tag in ("a", "b")]
    for process in running:
        process.communicate(timeout=60)

    for path in paths:
        assert sorted((top / path).read_text().split()) == sorted(f"{tag}-{n}" for tag in "ab" for n in range(8))
    assert sound(top)


@pytest.mark.slow
def test_a_users_own_commits_beside_us_lose_nothing(tmp_path: Path) -> None:
    top = tmp_path / "library"
    writer(top)
    process = start(top, "doc", 30, 1)
    made = []
    while process.poll() is None:
        (top / f"mine-{len(made)}.txt").write_text("mine\n")
        if git(top, "add", "-A", ok=False) is not None and git(top, "commit", "-qm", "mine", ok=False) is not None:
            made.append(f"mine-{len(made)}.txt")
        time.sleep(0.02)
    acknowledged = [path for line in process.communicate()[0].splitlines() for path in line.split()[1:]]
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))

    assert len(acknowledged) == 30
    assert all((top / path).exists() for path in acknowledged + made)


@pytest.mark.slow
def test_nothing_acknowledged_is_lost_in_sixty_random_kills(tmp_path: Path) -> None:
    top = tmp_path / "library"
    writer(top)
    acknowledged: list[str] = []
    for number in range(60):
        process = start(top, f"kill{number}", 400, random.choice([1, 7, 40]))
        time.sleep(0.25 + random.random() * 0.4)
        process.send_signal(signal.SIGKILL)
        assert process.stdout is not None
        acknowledged += [path for line in process.stdout if line.startswith("ack") for path in line.split()[1:]]
        process.wait()
        process.stdout.close()

    write, _ = writer(top)
    write.write(put({PAGE: b"one\n"}))  # without help

    have = set(git(top, "ls-tree", "-r", "--name-only", "HEAD").splitlines())
    assert [path for path in acknowledged if path not in have] == []
    assert len(acknowledged) > 100
    assert sound(top)


@pytest.mark.slow
@pytest.mark.parametrize("call", ["rename", "link", "unlink", "fsync"])
def test_a_kill_at_every_such_call_of_one_write_is_put_right_by_the_next(tmp_path: Path, call: str) -> None:
    """The n-th call of its kind never returns: the process is gone, its children may live on."""
    top = tmp_path / "library"
    write, _ = writer(top)
    write.write(put({PAGE: b"one\n", "pages/bb/two.md": b"two\n"}))
    killer = (
        "import os, sys, signal; sys.path.insert(0, sys.argv[1])\n"
        "import writing\nfrom pathlib import Path\nfrom store import files\n"
        "left = int(sys.argv[3]); name = sys.argv[4]\n"
        "def armed(real):\n"
        "    def call(*a, **k):\n"
        "        global left\n"
        "        left -= 1\n"
        "        if left < 0: os.kill(os.getpid(), signal.SIGKILL)\n"
        "        return real(*a, **k)\n"
        "    return call\n"
        "write = writing.writer(Path(sys.argv[2]))[0]\n"
        "if name == 'rename':\n"
        "    os.rename = armed(os.rename); os.replace = armed(os.replace)\n"
        "    files.exchange = armed(files.exchange); files.place = armed(files.place)\n"
        "else: setattr(os, name, armed(getattr(os, name)))\n"
        "paths = ['pages/aa/example.org~one~aa0000000000.md', 'pages/bb/two.md']\n"
        "write.write(writing.append(b'line\\n', paths), 'tag', 'x')\n"
        "print('ack')\n"
    )
    support = str(Path(writing.__file__).parent)
    kills = 0
    for number in range(200):
        lines = (top / PAGE).read_bytes().count(b"line\n")
        done = subprocess.run(
            [sys.executable, "-c", killer, support, str(top), str(number), call], capture_output=True, text=True
        )
        write.write(append(b"next\n", [PAGE]))
        grown = (top / PAGE).read_bytes().count(b"line\n") - lines
        assert grown == (top / "pages/bb/two.md").read_bytes().count(b"line\n") - lines
        assert sound(top), (call, number)
        if done.stdout == "ack\n":
            assert grown == 1
            break
        assert done.returncode == -signal.SIGKILL, done.stderr
        kills += 1

    assert kills >= 1
