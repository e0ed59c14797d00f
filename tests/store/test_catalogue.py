"""The catalogue is a shadow of one commit: whatever moved HEAD, it is what a new one would be."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from pathlib import Path

import pytest

from store import frontmatter
from store.catalogue import Catalogue
from store.layout import link_id, page_path
from store.link import Link
from store.repo import places
from store.repo.objects import Objects
from store.repo.run import Git


class Repo:
    """A user's own repository of documents, changed with the user's own git."""

    def __init__(self, top: Path) -> None:
        self.top = top
        self.git("init", "-q", "-b", "main", str(top))

    def git(self, *arguments: str) -> str:
        command = ["git", "-C", str(self.top), "-c", "user.name=U", "-c", "user.email=u@example.org", *arguments]
        if arguments[0] == "init":
            command = ["git", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout

    def put(self, url: str, title: str, **more: object) -> Path:
        id_ = link_id(url)
        path = self.top / page_path(url, id_)
        path.parent.mkdir(parents=True, exist_ok=True)
        link = Link(id=id_, url=url, title=title, added="2026-01-01T00:00:00Z", body=f"{title}\n").with_(**more)
        path.write_bytes(frontmatter.dumps(link))
        return path

    def commit(self, subject: str) -> None:
        self.git("add", "-A")
        self.git("commit", "-qm", subject)

    def caught_up(self, catalogue: Catalogue) -> Catalogue:
        found = places.find(str(self.top))
        assert found is not None
        with Objects(Git(found)) as objects:
            catalogue.catch_up(str(places.head_commit(found)), lambda: objects, boundary=places.boundary(found))
        return catalogue

    def told(self, catalogue: Catalogue) -> object:
        rows = sorted(catalogue.select(), key=lambda row: row.path)
        return rows, [catalogue.versions(row.id) for row in rows], catalogue.tags(), list(catalogue.problems())


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo(tmp_path / "library")


STEPS = {
    "a change": ["put one Two", "commit"],
    "an amended commit": ["put one Two", "commit", "put one Three", "amend"],
    "a reset": ["put one Two", "commit", "put two Four", "commit", "reset"],
    "a move": ["move one", "commit"],
    "a move with a change": ["move one", "put-moved one", "commit"],
    "a deletion": ["delete one", "commit"],
    "a deletion and a return": ["delete one", "commit", "put one One", "commit"],
    "a -> b -> a": ["put one Two", "commit", "put one One", "commit"],
    "a merge": ["branch", "put one Two", "commit", "main", "put two Four", "commit", "merge"],
    "a merge that decides": ["branch", "put one Two", "commit", "main", "put one Three", "commit", "merge-ours"],
    "two files with one id": ["copy one", "commit"],
    "damage": ["damage one", "commit"],
    "a file of the user's": ["mine", "commit"],
    "a rebase": ["branch", "put one Two", "commit", "main", "put two Four", "commit", "rebase"],
}


def do(repo: Repo, step: str) -> None:
    word, *rest = step.split()
    url = f"https://example.org/{rest[0]}" if rest else ""
    path = repo.top / page_path(url, link_id(url)) if url else repo.top
    moved = repo.top / "pages" / "moved.md"
    match word:
        case "put":
            repo.put(url, rest[1])
        case "commit":
            repo.commit(step)
        case "amend":
            repo.git("commit", "-qa", "--amend", "-m", "amended")
        case "reset":
            repo.git("reset", "-q", "--hard", "HEAD~2")
        case "move":
            path.rename(moved)
        case "put-moved":
            moved.write_bytes(moved.read_bytes() + b"more\n")
        case "delete":
            path.unlink()
        case "branch":
            repo.git("switch", "-qc", "side")
        case "main":
            repo.git("switch", "-q", "main")
        case "merge":
            repo.git("merge", "-q", "--no-edit", "side")
        case "merge-ours":
            repo.git("merge", "-q", "--no-edit", "-X", "ours", "side")
        case "rebase":
            repo.git("rebase", "-q", "side")
        case "copy":
            moved.write_bytes(path.read_bytes())
        case "damage":
            path.write_text("---\nid: [\n---\n")
        case "mine":
            (repo.top / "pages" / "mine.md").write_text("no id\n")
            Path(os.fsdecode(os.fsencode(repo.top / "pages") + b"/na\xefve.md")).write_text("x")


@pytest.mark.parametrize("name", STEPS)
def test_it_follows_whatever_moved_head(repo: Repo, tmp_path: Path, name: str) -> None:
    repo.put("https://example.org/one", "One", tags=("a",))
    repo.put("https://example.org/two", "Two")
    repo.commit("add: both")
    followed = repo.caught_up(Catalogue.open(str(tmp_path / "followed.sqlite3")))
    for step in STEPS[name]:
        do(repo, step)
        if step == "commit":
            repo.caught_up(followed)
    repo.caught_up(followed)

    fresh = repo.caught_up(Catalogue.open(str(tmp_path / "fresh.sqlite3")))
    assert repo.told(followed) == repo.told(fresh)
    followed.close()
    fresh.close()


def test_versions_are_what_changed_the_link(repo: Repo, tmp_path: Path) -> None:
    repo.put("https://example.org/one", "One")
    repo.commit("add: One")
    for title in ("Two", "One"):
        repo.put("https://example.org/one", title)
        repo.commit("edit")
    do(repo, "move one")
    repo.commit("move")
    catalogue = repo.caught_up(Catalogue.open(str(tmp_path / "c.sqlite3")))

    found = catalogue.versions(link_id("https://example.org/one"))
    assert [version.subject for version in found] == ["add: One", "edit", "edit"]
    assert [version.number for version in found] == [1, 2, 3]
    catalogue.close()


def test_of_two_files_with_one_id_the_first_by_name_counts(repo: Repo, tmp_path: Path) -> None:
    path = repo.put("https://example.org/one", "One")
    do(repo, "copy one")
    repo.commit("both")
    catalogue = repo.caught_up(Catalogue.open(str(tmp_path / "c.sqlite3")))

    states = {row.path: row.damaged for row in catalogue.select()}
    assert states == {"pages/moved.md": "twin", path.relative_to(repo.top).as_posix(): None}
    assert [problem.name for problem in catalogue.problems()] == ["twin"]
    catalogue.close()


@pytest.mark.parametrize("damage", [b"", b"\x00" * 8192, b"no database at all" * 100])
def test_a_damaged_catalogue_is_made_anew(repo: Repo, tmp_path: Path, damage: bytes) -> None:
    repo.put("https://example.org/one", "One")
    repo.commit("add: One")
    file = tmp_path / "c.sqlite3"
    repo.caught_up(Catalogue.open(str(file))).close()
    for side in tmp_path.glob("c.sqlite3-*"):
        side.unlink()
    file.write_bytes(damage)

    catalogue = repo.caught_up(Catalogue.open(str(file)))
    assert [row.title for row in catalogue.select()] == ["One"]
    catalogue.close()


def test_a_catalogue_of_another_version_is_made_anew(repo: Repo, tmp_path: Path) -> None:
    repo.put("https://example.org/one", "One")
    repo.commit("add: One")
    with sqlite3.connect(tmp_path / "c.sqlite3") as other:
        other.execute("PRAGMA user_version = 99")
    other.close()

    catalogue = repo.caught_up(Catalogue.open(str(tmp_path / "c.sqlite3")))
    assert len(list(catalogue.select())) == 1
    catalogue.close()


def test_lookups_by_url_prefix_and_path(repo: Repo, tmp_path: Path) -> None:
    path = repo.put("https://example.org/one", "One")
    repo.commit("add: One")
    catalogue = repo.caught_up(Catalogue.open(str(tmp_path / "c.sqlite3")))
    id_ = link_id("https://example.org/one")

    row = catalogue.find_url("https://example.org/one")
    assert row is not None
    assert (row.id, catalogue.ids_beginning(id_[:4])) == (id_, [id_])
    assert (catalogue.path_of(id_), catalogue.id_at(row.path)) == (path.relative_to(repo.top).as_posix(), id_)
    assert catalogue.find_url("https://example.org/none") is None
    catalogue.close()


def test_a_shallow_clone_has_the_history_it_has(repo: Repo, tmp_path: Path) -> None:
    repo.put("https://example.org/one", "One")
    repo.commit("add: One")
    repo.put("https://example.org/one", "Two")
    repo.commit("edit")
    two = Repo(tmp_path / "two")
    subprocess.run(["rm", "-rf", str(two.top)], check=True)
    subprocess.run(["git", "clone", "-q", "--depth", "1", f"file://{repo.top}", str(two.top)], check=True)
    catalogue = two.caught_up(Catalogue.open(str(tmp_path / "c.sqlite3")))
    assert len(catalogue.versions(link_id("https://example.org/one"))) == 1

    two.git("fetch", "-q", "--unshallow")
    two.caught_up(catalogue)
    assert len(catalogue.versions(link_id("https://example.org/one"))) == 2
    catalogue.close()
