"""A damaged git folder: every command works, or says what to type, and what it says to type helps."""

from __future__ import annotations

import json
import re
import shlex
import shutil
from pathlib import Path

import pytest

import dying
from damaging import HARMS, damage, forget_remote, loose
from dying import Ended
from known import make_known
from opened import git, id_of, keep, path_of
from store import frontmatter
from store.library import Library
from store.syncing import sync

pytestmark = pytest.mark.slow

NAMES = ("a", "b", "c")
SETTINGS_OF_GIT = "config "  # the remote is told there, and has to be told again
NEVER_NAMED = re.compile(r"unexpected happened|Traceback")
# Without a remote nobody has these: only what the disk holds can be made again.
LOST_FOR_EVER = re.compile(r"parent|old blob|pack (?!flipped)|objects gone")


@pytest.fixture
def made(quick_disk: Path) -> Path:
    """Three links, two of them tagged after the last sync with a bare folder."""

    def make() -> None:
        git(quick_disk, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
        with Library.open(quick_disk / "library", make=True) as library:
            keep(library, *NAMES)
            library.tag([id_of("a")], add=("x",))
            library.tag([id_of("b")], add=("y",))
            sync.remember(library, str(quick_disk / "hub.git"))
            sync.sync(library)

    dying.in_child(make)
    make_known(quick_disk / "library")
    return quick_disk / "library"


def findings(ended: Ended) -> dict[str, bool]:
    """What `check --json` named: name -> it can be repaired, or with --repair it was."""
    found = [json.loads(line) for line in ended.out.splitlines()]
    return {one["name"]: one.get("repaired", one["repairable"]) for one in found}


def texts(top: Path) -> dict[str, bytes]:
    return {str(path.relative_to(top)): path.read_bytes() for path in top.glob("pages/*/*.md")}


def assert_sound(top: Path) -> None:
    checked = dying.run(top, "check")
    assert (checked.status, checked.out) == (0, ""), checked.out
    git(top, "fsck", "--strict", "--no-dangling")
    assert git(top, "status", "--porcelain") == ""


def some(harms: dict[str, object]) -> list[object]:
    """A few for every day, all of them slow."""
    quick = ("index zeros", "HEAD empty", "refs/heads/main garbage", "tree missing", "blob zeros", "pagelog.toml empty")
    return [pytest.param(name, marks=() if name in quick else pytest.mark.slow) for name in harms]


@pytest.mark.parametrize("harm", some(dict(HARMS)))
def test_what_is_damaged_is_repaired_or_named_with_what_helps(made: Path, harm: str) -> None:
    before = texts(made)
    HARMS[harm](made)

    said = [
        dying.run(made, *words)
        for words in (("list",), ("show", id_of("a")), ("check",), ("tag", "add", "z", "--to", id_of("c")), ("sync",))
    ]
    repaired = dying.run(made, "check", "--repair", "--json")

    for ended in (*said, repaired):
        assert not NEVER_NAMED.search(ended.err + ended.out), ended.err
        assert ended.status == 0 or "`pagelog " in ended.err, ended.err
    assert (repaired.status, repaired.err.count("plan: ")) in {(0, len(findings(repaired)))} | {(0, 0)}, repaired
    assert set(texts(made)) == set(before)
    assert frontmatter.loads(texts(made)[path_of("a")]).tags == ("x",)
    assert dying.run(made, "tag", "add", "after", "--to", id_of("c")).status == 0
    assert dying.run(made, "sync").status == (4 if harm.startswith(SETTINGS_OF_GIT) else 0)
    assert_sound(made)


@pytest.mark.slow
@pytest.mark.parametrize("harm", [name for name in HARMS if not LOST_FOR_EVER.match(name)])
def test_without_a_remote_the_files_on_disk_and_the_index_are_enough(made: Path, harm: str) -> None:
    forget_remote(made)
    before = texts(made)
    HARMS[harm](made)

    repaired = dying.run(made, "check", "--repair", "--json")

    assert repaired.status == 0, repaired
    assert texts(made) == before
    assert dying.run(made, "tag", "add", "after", "--to", id_of("c")).status == 0
    assert_sound(made)


@pytest.mark.slow
def test_a_history_that_only_a_copy_still_has_comes_back_from_it_by_what_is_said(made: Path, tmp_path: Path) -> None:
    forget_remote(made)
    shutil.copytree(made / ".git", tmp_path / "copy.git")
    shutil.rmtree(made / ".git" / "objects")

    first = dying.run(made, "check", "--repair")
    told = re.search(r"`(git -C \S+ fetch --refetch) COPY (\S+)`", dying.run(made, "check").err)

    assert first.status in (1, 3)
    assert told is not None
    command = [*shlex.split(told[1]), str(tmp_path / "copy.git"), told[2]]
    git(made, *command[3:])
    assert dying.run(made, "check", "--repair").status == 0
    assert_sound(made)


@pytest.mark.slow
def test_without_any_copy_a_new_history_begins_by_what_is_said(made: Path) -> None:
    forget_remote(made)
    before = texts(made)
    shutil.rmtree(made / ".git" / "objects")

    dying.run(made, "check", "--repair")
    said = dying.run(made, "check").err
    assert "move .git away, then `git init -b main`, `git add -A`, `git commit -m anew`" in said
    (made / ".git").rename(made.with_name("old.git"))
    git(made, "init", "--quiet", "-b", "main")
    git(made, "add", "-A")
    git(made, "commit", "--quiet", "-m", "anew")

    assert len(dying.run(made, "list", "--json").out.splitlines()) == 3
    assert dying.run(made, "tag", "add", "after", "--to", id_of("c")).status == 0
    assert set(texts(made)) == set(before)


def test_check_alone_changes_nothing(made: Path) -> None:
    damage(loose(made, f"HEAD:{path_of('a')}"), None)
    before = {
        path: path.read_bytes() for path in (made / ".git").rglob("*") if path.is_file() and "sqlite" not in path.name
    }

    ended = dying.run(made, "check", "--json")

    assert (ended.status, findings(ended)) == (1, {"object-lost": True, "document-lost": True})
    assert {path: path.read_bytes() for path in before} == before


def test_the_plan_comes_first_and_what_is_damaged_is_set_aside(made: Path) -> None:
    damage(made / ".git" / "refs" / "heads" / "main", b"garbage")

    ended = dying.run(made, "check", "--repair", "--json")

    assert ended.err.startswith("plan: refs/heads/main: the branch main is missing or damaged; main names the newest")
    assert findings(ended) == {"main-lost": True}
    assert (made / ".git" / "pagelog" / "damaged" / "refs-heads-main.1").read_bytes() == b"garbage"


def test_when_the_last_commit_is_lost_main_goes_back_and_its_texts_are_committed_anew(made: Path) -> None:
    forget_remote(made)
    before = texts(made)
    damage(loose(made, "HEAD"), None)

    ended = dying.run(made, "check", "--repair")

    assert ended.status == 0, ended.err
    assert texts(made) == before
    assert git(made, "log", "--format=%s", "-2").splitlines() == ["edit: by hand", "tag: +x"]


def test_main_names_what_was_acknowledged_last_and_not_the_work_of_a_dead_command(made: Path) -> None:
    last = git(made, "rev-parse", "HEAD").strip()
    unseen = git(made, "commit-tree", "HEAD^{tree}", "-p", "HEAD", "-m", "never seen").strip()
    git(made, "update-ref", "refs/pagelog/next", unseen)
    damage(made / ".git" / "refs" / "heads" / "main", None)

    dying.run(made, "check", "--repair")

    assert git(made, "rev-parse", "HEAD").strip() == last


# --- documents ------------------------------------------------------------------------------------------------------


def commit_all(made: Path) -> None:
    git(made, "add", "-A")
    git(made, "commit", "--quiet", "-m", "by hand")


def test_a_damaged_head_comes_from_the_last_good_version_and_the_text_stays(made: Path) -> None:
    (made / path_of("a")).write_text("---\nid: [\n---\nmy own words\n")
    commit_all(made)

    ended = dying.run(made, "check", "--repair", "--json")

    mended = frontmatter.loads((made / path_of("a")).read_bytes())
    assert findings(ended) == {"damaged": True}
    assert (mended.id, mended.tags, mended.body) == (id_of("a"), ("x",), "my own words\n")
    assert git(made, "log", "-1", "--format=%s%n%(trailers:key=Pagelog-Action)").split() == [
        "repair:", "a", "Pagelog-Action:", "repair",
    ]  # fmt: skip
    assert_sound(made)


def test_two_files_of_one_link_become_one(made: Path) -> None:
    (made / "pages" / "zz").mkdir()
    copy = (made / path_of("a")).read_text().replace('"x"', '"copied"')
    (made / "pages" / "zz" / "copy.md").write_text(copy)
    commit_all(made)

    ended = dying.run(made, "check", "--repair", "--json")

    assert findings(ended) == {"twin": True}
    assert set(frontmatter.loads((made / path_of("a")).read_bytes()).tags) == {"x", "copied"}
    assert not (made / "pages" / "zz" / "copy.md").exists()
    assert_sound(made)


def test_two_files_with_one_id_and_two_addresses_become_two_links(made: Path) -> None:
    (made / "pages" / "zz").mkdir()
    other = (made / path_of("a")).read_text().replace("https://example.org/a", "https://example.org/other")
    (made / "pages" / "zz" / "other.md").write_text(other)
    commit_all(made)

    ended = dying.run(made, "check", "--repair", "--json")

    rows = [json.loads(line) for line in dying.run(made, "list", "--json").out.splitlines()]
    assert findings(ended) == {"twin": True}
    assert len({row["id"] for row in rows}) == 4
    assert_sound(made)


def test_two_links_with_one_address_become_the_one_added_first(made: Path) -> None:
    file = made / path_of("b")
    file.write_text(file.read_text().replace("https://example.org/b", "https://example.org/a").replace("T00:", "T05:"))
    commit_all(made)

    ended = dying.run(made, "check", "--repair", "--json")

    assert findings(ended) == {"same-url": True}
    assert set(frontmatter.loads((made / path_of("a")).read_bytes()).tags) == {"x", "y"}
    assert not file.exists()
    assert_sound(made)


def test_a_text_that_repository_and_disk_have_lost_comes_from_its_newest_version_left(made: Path) -> None:
    forget_remote(made)
    damage(loose(made, f"HEAD:{path_of('a')}"), None)
    (made / path_of("a")).unlink()

    ended = dying.run(made, "check", "--repair")

    assert frontmatter.loads((made / path_of("a")).read_bytes()).tags == ()
    assert git(made, "log", "-1", "--format=%s").strip() == "repair: a"
    assert "document-lost" not in dying.run(made, "check", "--json").out, ended.err
