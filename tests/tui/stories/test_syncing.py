"""Two libraries with a bare repository between them: keys, then what the screen says, then what the other side has."""

from __future__ import annotations

from pathlib import Path

import pytest

from opened import git
from person import use
from program import Pagelog

pytestmark = [pytest.mark.usefixtures("site_allowed"), pytest.mark.slow]

TITLES = ("Alpha", "Beta", "Gamma")


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """An empty bare repository."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def there(pagelog: Pagelog, hub: Path) -> Pagelog:
    """Another machine's library, which syncs with the hub; nothing is in it yet."""
    other = Pagelog(pagelog.program, pagelog.library.with_name("there"))
    assert other("add", "--later", "https://example.invalid/there").status == 0
    return other


def synced(library: Pagelog, hub: Path) -> None:
    done = library("sync", "--remote", str(hub))
    assert done.status == 0, done.err


def head_of(hub: Path) -> str:
    return git(hub, "rev-parse", "main").strip()


def test_without_a_remote_its_address_is_asked_for_and_everything_goes_there(pagelog, kept, hub):
    async def story(person):
        await person.sees("1/3")
        await person.press("S")
        await person.sees("Sync with which repository?", "it is kept in .git/config")
        await person.press("enter")
        await person.sees("Type or paste the address")
        await person.pastes("https://u:p@example.org/x.git")
        await person.press("enter")
        await person.sees("came with a password", "Sync with which repository?")
        await person.press("ctrl+u")
        await person.pastes(str(hub))
        await person.press("enter")
        await person.sees("No link changes (4 commits to send).", "enter sync")
        await person.press("enter")
        await person.sees("Synced: 4 commits went.")
        await person.press("j")
        await person.sees("synced just now")
        await person.press("m")
        await person.sees("marked as read")
        await person.press("j")
        await person.sees("1 to sync")

    use(pagelog, story)

    assert git(hub, "log", "--format=%s", "main").splitlines()[0] == "add: Gamma"


@pytest.mark.parametrize("size", [(120, 40), pytest.param((80, 24), marks=pytest.mark.slow)])
def test_the_plan_names_what_comes_goes_and_changed_on_both_sides(pagelog, kept, there, hub, size):
    synced(pagelog, hub)
    synced(there, hub)
    there("edit", kept[1], "--title", "潮汐与港口")
    there("tag", "add", "海", "--to", kept[0])
    synced(there, hub)
    pagelog("tag", "add", "sea", "--to", kept[0])
    pagelog("edit", kept[2], "--star")

    async def story(person):
        await person.sees("1/3")
        await person.press("S")
        await person.sees("2 come, 1 go, 1 changed on both sides", "Come", "Go", "Both", "Gamma", "invalid/there")
        await person.press("enter")
        await person.sees("Synced: 4 commits came, 1 link joined, 3 commits went.", "潮汐与港口", "/4")
        await person.press("w")
        await person.sees("Jobs", "Sync", "done")

    use(pagelog, story, size)

    assert head_of(hub) == pagelog.git("rev-parse", "HEAD").strip()
    assert set(pagelog.link("Alpha").tags) == {"sea", "海"}
    pagelog.assert_whole()


def test_what_is_in_step_says_so_at_once(pagelog, kept, hub):
    synced(pagelog, hub)

    async def story(person):
        await person.sees("synced just now")
        await person.press("S")
        await person.sees("In step with", "nothing to do.")

    use(pagelog, story)


def test_why_there_is_no_plan_stands_in_the_dialog(pagelog, kept, hub, tmp_path):
    synced(pagelog, hub)
    hub.rename(tmp_path / "gone.git")

    async def story(person):
        await person.sees("1/3")
        await person.press("S")
        await person.sees("There is no repository at", "enter try again", "r other remote")
        await person.press("r")
        await person.sees("Sync with which repository?", str(hub)[:20])
        await person.press("escape")
        (tmp_path / "gone.git").rename(hub)
        await person.press("S")
        await person.sees("In step with")

    use(pagelog, story)


def test_a_rewritten_remote_is_explained_and_accepted(pagelog, kept, there, hub):
    synced(pagelog, hub)
    there("sync", "--remote", str(hub))
    git(there.library, "commit", "--amend", "--quiet", "--message", "rewritten", "--allow-empty")
    git(there.library, "push", "--quiet", "--force", str(hub), "HEAD:main")
    git(hub, "update-ref", "refs/heads/main", git(hub, "commit-tree", "-m", "purged", "main^{tree}").strip())

    async def story(person):
        await person.sees("1/3")
        await person.press("S")
        await person.sees("was rewritten", "enter accept", "refs/pagelog/before/")
        await person.press("enter")
        await person.sees("enter sync")
        await person.press("enter")
        await person.sees("Synced:")

    use(pagelog, story)

    assert git(hub, "log", "--format=%s", "main").splitlines()[-1] == "purged"
    assert pagelog.git("for-each-ref", "refs/pagelog/before").count("\n") == 1


def test_a_fetch_is_given_up(pagelog, kept, hub, monkeypatch, home):
    from store.progress import Cancelled, Progress
    from store.syncing import sync

    synced(pagelog, hub)
    config = home / ".config" / "pagelog" / "config.toml"
    config.write_text(config.read_text() + "[sync]\npatience = 7\n")
    patience = []

    def endless(library, how):
        patience.append(how.patience)
        how.report(Progress("receiving objects", 3, 12))
        how.cancelled.wait(20)
        raise Cancelled

    monkeypatch.setattr(sync, "plan", endless)

    async def story(person):
        await person.sees("1/3")
        await person.press("S")
        await person.sees("receiving objects 3/12", "esc give up")
        await person.press("enter")
        await person.sees("There is no plan yet.")
        await person.press("x")
        await person.sees_no("Looking at both sides")
        await person.press("w")
        await person.sees("Look for what to sync", "cancelled")

    use(pagelog, story)

    assert patience == [7]


def test_a_sync_is_a_job_that_can_be_cancelled(pagelog, kept, hub, monkeypatch):
    from store.progress import Cancelled, Progress
    from store.syncing import sync

    synced(pagelog, hub)
    pagelog("edit", kept[0], "--star")

    def endless(library, how):
        how.report(Progress("writing objects", 3, 12))
        how.cancelled.wait(20)
        raise Cancelled

    monkeypatch.setattr(sync, "sync", endless)

    async def story(person):
        await person.sees("1/3", "1 to sync")
        await person.press("S")
        await person.sees("1 go (1 commit to send)")
        await person.press("enter")
        await person.sees("Sync: writing objects 3/12 (w)")
        await person.press("S")
        await person.sees("A sync is under way")
        await person.press("w")
        await person.sees("Jobs", "writing objects 3/12", "running")
        await person.press("x")
        await person.sees("cancelled")
        await person.press("escape")
        await person.sees("The sync was given up.")

    use(pagelog, story)


def test_leaving_gives_a_sync_up(pagelog, kept, hub, monkeypatch):
    from store.progress import Cancelled
    from store.syncing import sync

    synced(pagelog, hub)
    pagelog("edit", kept[0], "--star")
    given_up = []

    def endless(library, how):
        given_up.append(how.cancelled.wait(20))
        raise Cancelled

    monkeypatch.setattr(sync, "sync", endless)

    async def story(person):
        await person.sees("1/3", "1 to sync")
        await person.press("S")
        await person.sees("enter sync")
        await person.press("enter")
        await person.sees("Sync: working (w)")
        await person.press("q")

    use(pagelog, story)

    assert given_up == [True]
