"""A disk that is full from the n-th write on: one sentence, nothing lost, and all works again once there is room."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import dying
from dying import WRITES
from known import make_known
from opened import git, id_of, keep
from pages import article
from store.library import Library
from store.syncing import sync
from two_libraries import captured

pytestmark = pytest.mark.slow

NAMES = tuple(f"link{number}" for number in range(8))
SOME = 8  # points of a kind, spread evenly
NEVER = 1_000_000
ROOM = 6  # MiB, of a small file system in memory
COMMANDS = {
    "add": ("add", "https://example.org/harbour", "--html"),
    "tag": ("tag", "add", "many", "--to", "tag:kept"),
    "undo": ("undo",),
}


def make(library: Path) -> None:
    with Library.open(library, make=True) as opened:
        keep(opened, *NAMES)
        opened.tag([id_of(name) for name in NAMES], add=("kept",))


@pytest.fixture
def made(quick_disk: Path) -> Path:
    dying.in_child(lambda: make(quick_disk / "made"))
    return quick_disk / "made"


@pytest.fixture
def page(tmp_path: Path) -> str:
    (tmp_path / "page.html").write_text(article("The harbour log"))
    return str(tmp_path / "page.html")


def words_of(name: str, page: str) -> tuple[str, ...]:
    return (*COMMANDS[name], page) if name == "add" else COMMANDS[name]


def assert_whole(library: Path) -> None:
    git(library, "fsck", "--strict", "--no-dangling")
    assert git(library, "status", "--porcelain") == ""
    assert [*library.rglob(".pagelog-*"), *(library / ".git").rglob("*.lock"), *library.rglob("tmp_pack_*")] == []


@pytest.mark.parametrize("kind", WRITES)
@pytest.mark.parametrize("name", COMMANDS)
def test_a_full_disk_at_any_write_is_named_and_undone(made: Path, page: str, name: str, kind: str) -> None:
    library, words = made.with_name("library"), words_of(name, page)
    shutil.copytree(made, library)
    make_known(library)
    calls = dying.full_at(NEVER, kind, library, *words).calls
    for number in range(0, calls, max(1, calls // SOME)):
        shutil.rmtree(library)
        shutil.copytree(made, library)
        make_known(library)
        ended = dying.full_at(number, kind, library, *words)
        before = documents(library)
        again = dying.run(library, *words)

        assert "unexpected" not in ended.err
        assert "Traceback" not in ended.err
        assert ended.status == 0 or "disk is full" in ended.err or name == "add", (number, ended)
        assert ended.status == 0 or len(before) in (len(NAMES), len(NAMES) + 1)
        assert again.status == 0 or name == "undo", (number, ended.err, again.err)
        assert_whole(library)


def documents(library: Path) -> list[Path]:
    return list(library.glob("pages/*/*.md"))


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system that holds little, where we may mount one."""
    folder = tmp_path / "small"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={ROOM}m", "tmpfs", str(folder)]
    if os.getuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small file system takes root")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_a_disk_that_fills_for_git_and_for_us_alike(small_disk: Path, page: str, name: str) -> None:
    library, words = small_disk / "library", words_of(name, page)
    dying.in_child(lambda: make(library))
    whole = small_disk.with_name("whole")
    shutil.copytree(library, whole)
    filling, refused = small_disk / "filling", 0
    for left in (0, 8, 16, 24, 32, 48, 64, 96, 128, 192, 256, 512):  # KiB
        filling.unlink(missing_ok=True)
        shutil.rmtree(library)
        shutil.copytree(whole, library)
        make_known(library)
        room = os.statvfs(small_disk)
        filling.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - left * 1024)))
        ended = dying.run(library, *words)
        listed = dying.run(library, "list", "--json")
        filling.unlink()
        after = dying.run(library, "tag", "add", "after", "--to", id_of(NAMES[2]))

        refused += ended.status != 0
        assert "unexpected" not in ended.err + listed.err, (left, ended.err)
        assert ended.status == 0 or "disk is full" in ended.err, (left, ended.err)
        assert (listed.status, after.status) == (0, 0), (left, listed.err, after.err)
        assert len(listed.out.splitlines()) >= len(NAMES)
        assert_whole(library)
    assert refused > 0


def much(folder: Path, name: str) -> None:
    """A library with links of half a megabyte that do not pack."""
    with Library.open(folder / name, make=True) as library:
        sync.remember(library, str(folder / "hub.git"))
        keep(library, *NAMES)
        noise = "".join(f"{os.urandom(30).hex()}\n" for _ in range(9_000))
        captured(library, NAMES[0], noise, "2026-01-02T00:00:00Z")


def test_a_disk_that_fills_while_a_sync_fetches_is_ours(small_disk: Path, quick_disk: Path) -> None:
    git(quick_disk, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    dying.in_child(lambda: much(quick_disk, "there"))
    assert dying.run(quick_disk / "there", "sync").status == 0
    library, filling = small_disk / "library", small_disk / "filling"
    dying.in_child(lambda: make(library))
    make_known(library)
    git(library, "remote", "add", "origin", str(quick_disk / "hub.git"))
    refused = 0
    for left in (16, 64, 200, 400):  # KiB
        room = os.statvfs(small_disk)
        filling.write_bytes(bytes(max(0, room.f_bavail * room.f_frsize - left * 1024)))
        ended = dying.run(library, "sync")
        left_over = list((library / ".git/objects/pack").glob("tmp_*"))
        filling.unlink()

        refused += ended.status != 0
        assert ended.status == 0 or (ended.status == 3 and f"disk is full at {library}" in ended.err), (left, ended)
        assert left_over == []
    assert refused > 2
    assert dying.run(library, "sync").status == 0
    assert_whole(library)


def test_a_disk_that_is_full_where_a_sync_pushes_is_theirs(small_disk: Path, quick_disk: Path) -> None:
    git(small_disk, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    (quick_disk / "hub.git").symlink_to(small_disk / "hub.git")
    dying.in_child(lambda: much(quick_disk, "here"))
    library, filling = quick_disk / "here", small_disk / "filling"
    make_known(library)
    filling.write_bytes(bytes(os.statvfs(small_disk).f_bavail * os.statvfs(small_disk).f_frsize - (1 << 16)))
    ended = dying.run(library, "sync")
    filling.unlink()

    assert (ended.status, "hub.git" in ended.err) == (4, True), ended
    assert "The disk is full at" in ended.err
    assert dying.run(library, "sync").status == 0
    assert_whole(library)
