"""A kill at every rename, link, unlink and fsync of an add, a tag on many links, an undo and a sync.

Whatever was being done is done wholly or not at all, all that was acknowledged stands, and the next command works
without help. Every point in turn takes minutes: by default some of each kind, all with PAGELOG_KILLS=all.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import dying
from dying import MOVES
from known import make_known
from opened import git, id_of, keep
from pages import article
from store.library import Library
from store.syncing import sync

pytestmark = pytest.mark.slow

NAMES = tuple(f"link{number}" for number in range(30))
EVERY = os.environ.get("PAGELOG_KILLS") == "all"
SOME = 5  # points of a kind and an action, spread evenly
NEVER = 1_000_000


@dataclass(frozen=True, slots=True)
class Machines:
    """A library, another one, and a bare repository between them, as they are to be before every kill."""

    home: Path
    made: Path

    @property
    def here(self) -> Path:
        return self.home / "here"

    @property
    def there(self) -> Path:
        return self.home / "there"

    def put_back(self) -> None:
        """Everything as it was made."""
        for name in ("here", "there", "hub.git"):
            shutil.rmtree(self.home / name, ignore_errors=True)
            shutil.copytree(self.made / name, self.home / name)
        for library in (self.here, self.there):
            make_known(library)


@pytest.fixture
def machines(quick_disk: Path) -> Machines:
    """Thirty links on both; here one tag, there another, not synced."""
    home, made = quick_disk / "home", quick_disk / "made"
    home.mkdir()

    def make() -> None:
        git(home, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
        with Library.open(home / "here", make=True) as here, Library.open(home / "there", make=True) as there:
            keep(here, *NAMES)
            for library in (here, there):
                sync.remember(library, str(home / "hub.git"))
                sync.sync(library)
            here.tag([id_of(NAMES[0])], add=("acknowledged",))
            there.tag([id_of(NAMES[0]), id_of(NAMES[1])], add=("theirs",))
            sync.sync(there)
            here.tag([id_of(name) for name in NAMES], add=("ours",))

    dying.in_child(make)
    home.rename(made)
    home.mkdir()
    return Machines(home, made)


def points(machines: Machines, kind: str, *words: str) -> Iterator[int]:
    """Where to kill: the calls that an undisturbed run makes."""
    machines.put_back()
    whole = dying.die_at(NEVER, kind, machines.here, *words)
    assert whole.status == 0, whole.err
    step = 1 if EVERY else max(1, whole.calls // SOME)
    print(f"{words[0]}: {whole.calls} calls of {kind}, killed at every {step}.")  # shown by pytest -s
    yield from range(0, whole.calls, step)


def kill_everywhere(machines: Machines, kind: str, words: tuple[str, ...], look: Callable[[bool], None]) -> None:
    """Kill the command at its points; each time the next commands find all in order. `look`: it was acknowledged."""
    kills = 0
    for number in points(machines, kind, *words):
        machines.put_back()
        ended = dying.die_at(number, kind, machines.here, *words)
        kills += ended.killed
        listed = dying.run(machines.here, "list", "--json")
        after = dying.run(machines.here, "tag", "add", "after", "--to", id_of(NAMES[2]))
        assert (listed.status, after.status) == (0, 0), (kind, number, ended.err, listed.err, after.err)
        assert tagged(machines.here, "acknowledged") == 1
        assert_whole(machines.here)
        look(not ended.killed)
    assert kills > 0


def tagged(library: Path, tag: str) -> int:
    """How many documents have it on disk; what HEAD has is the same, as the work tree is clean."""
    return sum(f'"{tag}"' in path.read_text() for path in library.glob("pages/*/*.md"))


def assert_whole(library: Path) -> None:
    git(library, "fsck", "--strict", "--no-dangling")
    assert git(library, "status", "--porcelain") == ""
    left = [*(library / ".git").rglob("*.lock"), *library.rglob(".pagelog-*"), library / ".git" / "pagelog" / "journal"]
    # half of a page's bytes: nobody reads it, and it goes an hour later when there is no doubt that its writer is dead
    assert [path for path in left if path.exists() and path.parent.name != "originals"] == []


@pytest.mark.parametrize("kind", MOVES)
def test_a_killed_add_is_there_or_not_and_can_be_done_again(machines: Machines, tmp_path: Path, kind: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(article("The harbour log"))
    words = ("add", "https://example.org/harbour", "--html", str(page))

    def look(acknowledged: bool) -> None:
        found = len(list(machines.here.glob("pages/*/*harbour*.md")))
        assert found == 1 or not acknowledged
        assert dying.run(machines.here, *words).status == 0
        assert len(list(machines.here.glob("pages/*/*harbour*.md"))) == 1
        assert_whole(machines.here)

    kill_everywhere(machines, kind, words, look)


@pytest.mark.parametrize("kind", MOVES)
def test_a_killed_tag_on_thirty_links_is_on_all_or_none(machines: Machines, kind: str) -> None:
    words = ("tag", "add", "many", "--to", "tag:ours")

    def look(acknowledged: bool) -> None:
        assert tagged(machines.here, "many") in ((30,) if acknowledged else (0, 30))

    kill_everywhere(machines, kind, words, look)


@pytest.mark.parametrize("kind", MOVES)
def test_a_killed_undo_took_all_back_or_nothing(machines: Machines, kind: str) -> None:
    def look(acknowledged: bool) -> None:
        assert tagged(machines.here, "ours") in ((0,) if acknowledged else (0, 30))

    kill_everywhere(machines, kind, ("undo",), look)


@pytest.mark.parametrize("kind", MOVES)
def test_after_a_killed_sync_the_next_one_brings_both_machines_in_step(machines: Machines, kind: str) -> None:
    def look(acknowledged: bool) -> None:
        for library in (machines.here, machines.there, machines.here):
            synced = dying.run(library, "sync")
            assert synced.status == 0, synced.err
        trees = {git(library, "rev-parse", "HEAD^{tree}") for library in (machines.here, machines.there)}
        assert len(trees) == 1
        assert (tagged(machines.here, "ours"), tagged(machines.there, "theirs")) == (30, 2)
        for library in (machines.here, machines.there):
            assert_whole(library)

    kill_everywhere(machines, kind, ("sync",), look)
