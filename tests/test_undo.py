"""What can be taken back, and what then stands: RULES 4, on real repositories."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from opened import git, id_of, keep, path_of
from store import frontmatter, save
from store.actions import activity, find, to_undo
from store.commit import Commit
from store.errors import AlreadyUndone, NoSuchAction, NothingToRedo, NothingToUndo, NotUndoable
from store.library import Library
from store.link import Capture, body_sha256
from store.undoing import redo, take_back, undo
from store.writing.view import View


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with three links: a, b, c."""
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, "a", "b", "c")
        yield opened


A, B, C = (id_of(name) for name in "abc")


def tags(library: Library) -> dict[str, tuple[str, ...]]:
    return {name: library.link(id_of(name)).tags for name in "abc"}


def updated(library: Library, name: str, body: str, when: str = "2026-02-01T00:00:00Z") -> None:
    """A refresh has found another body."""

    def plan(view: View) -> list[Commit]:
        path, link = library.read_link(view, id_of(name))
        new = link.with_(body=body, captured=when, capture=Capture(status=200, sha256=body_sha256(body)))
        return [Commit("update: it (+1 −1)", "update", (link.id,), {path: frontmatter.dumps(new)})]

    library.write(plan, "update")


def last_message(library: Library) -> str:
    return git(library.path, "log", "-1", "--format=%B")


def test_undo_takes_back_the_last_action_made_here_and_redo_puts_it_back(library: Library) -> None:
    library.tag([A, B], add=["x"])
    undo(library)
    without = tags(library)
    redo(library)

    assert without == {"a": (), "b": (), "c": ()}
    assert tags(library) == {"a": ("x",), "b": ("x",), "c": ()}
    assert git(library.path, "status", "--porcelain") == ""


def test_a_tag_on_many_a_refresh_of_some_a_sync_and_all_of_it_taken_back(library: Library) -> None:
    library.tag([A, B, C], add=["x"])
    updated(library, "a", "new\n")
    git(library.path, "commit", "--allow-empty", "-m", "somebody else's")

    undo(library)
    assert library.link(A).body == "text\n"
    undo(library)
    assert tags(library) == {"a": (), "b": (), "c": ()}
    redo(library)
    assert tags(library) == {"a": ("x",), "b": ("x",), "c": ("x",)}
    redo(library)
    assert library.link(A).body == "new\n"


def test_an_undo_is_one_commit_that_names_what_it_takes_back(library: Library) -> None:
    change = library.tag([A, B], add=["x"])
    undo(library)
    links = "".join(f"Pagelog-Link: {id_}\n" for id_ in sorted((A, B)))

    assert last_message(library) == (
        f"undo: tag: +x (2 links)\n\nPagelog-Action: undo\n{links}Pagelog-Undoes: {change.group}\n\n"
    )
    redo(library)
    assert "redo: tag: +x (2 links)\n\nPagelog-Action: redo\n" in last_message(library)
    assert f"Pagelog-Undoes: {change.group}\n" in last_message(library)


def test_several_are_taken_back_newest_first(library: Library) -> None:
    library.tag([A], add=["x"])
    library.edit(A, status="read")
    library.trash([A])

    taken = undo(library, 3)

    assert [one.action.action for one in taken] == ["trash", "edit", "tag"]
    assert library.link(A) == library.link(A).with_(tags=(), status="unread", trashed=None)
    assert [one.action.action for one in redo(library, 5)] == ["tag", "edit", "trash"]
    assert library.link(A).trashed


@pytest.mark.parametrize("field", ["title", "url", "note", "status", "starred"])
def test_an_edit_of_any_field_is_taken_back(library: Library, field: str) -> None:
    before = library.link(A)
    value: dict[str, object] = {
        "title": "Mine", "url": "https://example.org/new", "note": "n", "status": "archived", "starred": True
    }  # fmt: skip
    library.edit(A, **{field: value[field]})  # type: ignore[arg-type]
    changed = library.link(A)
    undo(library)

    assert changed != before
    assert library.link(A) == before


def test_an_added_link_goes_and_comes_back(library: Library) -> None:
    (result,) = save.add_later(library, ["https://example.org/d"])
    assert result.path is not None
    undo(library)
    gone = not (library.path / result.path).exists()
    redo(library)

    assert gone
    assert library.link(id_of("d")).url == "https://example.org/d"


def test_an_added_link_that_the_user_changed_since_stays(library: Library) -> None:
    list(save.add_later(library, ["https://example.org/d"]))
    added = to_undo(library)[0]
    library.tag([id_of("d")], add=["mine"])
    take_back(library, added)

    assert library.link(id_of("d")).tags == ("mine",)


def test_the_trash_and_what_came_out_of_it_are_taken_back(library: Library) -> None:
    library.trash([A, B])
    library.untrash([A])
    undo(library)
    assert library.link(A).trashed
    undo(library)
    assert not library.link(A).trashed


def test_what_was_changed_since_stays_and_is_told(library: Library) -> None:
    library.edit(A, title="First")
    first = to_undo(library)[0]
    library.edit(A, title="Second", note="since")
    (kept,) = take_back(library, first).kept

    assert (library.link(A).title, library.link(A).note) == ("Second", "since")
    assert (kept.id, kept.told.kept) == (A, "Second")
    assert f"{A}: title: “Second” stays" in last_message(library)


def test_one_commit_of_a_group_or_the_whole_group(library: Library) -> None:
    change = library.tag([A, B], add=["x"])
    commit, group = change.commits[0], change.group
    assert group is not None

    take_back(library, find(library, commit[:10]))
    assert tags(library)["a"] == ()
    with pytest.raises(AlreadyUndone):
        take_back(library, find(library, commit))
    assert find(library, group).name == group


def test_a_group_that_is_none_is_not_taken_for_a_name(library: Library) -> None:
    words = "by hand\n\nPagelog-Action: tag\nPagelog-Group: all of it\nPagelog-Undoes: --help\n"
    git(library.path, "commit", "--quiet", "--allow-empty", "-m", words)
    done = next(activity(library))

    assert (done.action, done.name) == ("tag", git(library.path, "rev-parse", "HEAD").strip())


def test_a_refresh_of_many_is_taken_back_link_by_link(library: Library) -> None:
    results = list(save.add_later(library, [f"https://example.org/{n}" for n in range(5)]))
    library.tag([A], add=["between"])
    take_back(library, to_undo(library, 2)[1])

    assert all(not (library.path / str(result.path)).exists() for result in results)
    assert tags(library)["a"] == ("between",)
    assert len(git(library.path, "log", "--format=%s", "--grep", "Pagelog-Action: undo").splitlines()) == 1


def test_an_undo_with_nothing_left_to_take_back_is_an_empty_commit(library: Library) -> None:
    library.tag([A], add=["x"])
    added = to_undo(library)[0]
    library.tag([A], remove=["x"])
    taken = take_back(library, added)

    assert taken.ids == ()
    assert git(library.path, "show", "--format=", "--name-only", taken.commit) == ""
    assert find(library, added.commits[0]).undone


def test_nothing_is_put_back_once_something_else_was_done(library: Library) -> None:
    library.tag([A], add=["x"])
    undo(library)
    library.tag([B], add=["y"])

    with pytest.raises(NothingToRedo) as error:
        redo(library)
    assert error.value.reason == "since"


def test_nothing_to_take_back_and_nothing_to_put_back(tmp_path: Path) -> None:
    with Library.open(tmp_path / "empty", make=True) as library:
        with pytest.raises(NothingToUndo) as error:
            undo(library)
        with pytest.raises(NothingToRedo):
            redo(library)
        with pytest.raises(NoSuchAction):
            find(library, "abcdef123456")

    assert error.value.reason == "nothing"


def test_without_a_memory_the_newest_action_is_named(library: Library) -> None:
    library.tag([A], add=["x"])
    newest = git(library.path, "rev-parse", "HEAD").strip()
    library.close()
    (library.path / ".git/pagelog/state.sqlite3").unlink()

    with Library.open(library.path) as opened, pytest.raises(NothingToUndo) as error:
        undo(opened)

    assert (error.value.reason, error.value.commit) == ("others", newest[:12])
    assert error.value.summary == "tag: +x"


def test_commits_by_hand_and_the_first_one_are_not_undone(library: Library) -> None:
    git(library.path, "commit", "--allow-empty", "-m", "by hand")
    root = git(library.path, "rev-list", "--max-parents=0", "HEAD").strip()

    for name in (root, "HEAD"):
        with pytest.raises(NotUndoable):
            take_back(library, find(library, git(library.path, "rev-parse", name).strip()))


def test_the_users_edit_of_a_file_is_adopted_first_and_stays(library: Library) -> None:
    library.tag([A], add=["x"])
    file = library.path / path_of("a")
    file.write_text(file.read_text() + "\nby hand\n")
    undo(library)

    assert library.link(A).tags == ()
    assert library.link(A).body == "text\n\nby hand\n"


def test_a_link_moved_by_hand_is_found(library: Library) -> None:
    library.tag([A], add=["x"])
    old, new = library.path / path_of("a"), library.path / "pages/moved.md"
    old.rename(new)
    undo(library)

    assert not old.exists()
    assert frontmatter.loads(new.read_bytes()).tags == ()


def test_a_link_deleted_since_stays_deleted(library: Library) -> None:
    library.tag([A], add=["x"])
    (library.path / path_of("a")).unlink()
    undo(library)

    assert not (library.path / path_of("a")).exists()


def test_activity_lists_what_was_done_newest_first(library: Library) -> None:
    library.tag([A, B], add=["x"])
    undo(library)
    library.edit(C, note="n")

    found = [(one.action, one.summary, one.links, one.undone) for one in activity(library)]

    assert found == [
        ("edit", "edit: c", 1, False),
        ("undo", "undo: tag: +x (2 links)", 2, False),
        ("tag", "tag: +x (2 links)", 2, True),
        ("add", "add: some", 3, False),
        ("init", "init: pagelog library", 0, False),
    ]


def test_it_is_remembered_after_a_restart(library: Library) -> None:
    library.tag([A], add=["x"])
    library.close()

    with Library.open(library.path) as opened:
        undo(opened)
    with Library.open(library.path) as opened:
        redo(opened)
        assert opened.link(A).tags == ("x",)


def test_another_machines_action_is_taken_back_by_its_name(library: Library, tmp_path: Path) -> None:
    change = library.tag([A], add=["x"])
    git(tmp_path, "clone", "--quiet", str(library.path), "other")

    with Library.open(tmp_path / "other") as other:
        take_back(other, find(other, change.commits[0]))

        assert other.link(A).tags == ()


def test_where_a_shallow_history_begins_nothing_is_taken_back(library: Library, tmp_path: Path) -> None:
    library.tag([A], add=["x"])
    git(tmp_path, "clone", "--quiet", "--depth", "1", f"file://{library.path}", "shallow")

    with Library.open(tmp_path / "shallow") as shallow:
        with pytest.raises(NothingToUndo) as error:
            undo(shallow)
        with pytest.raises(NotUndoable):
            take_back(shallow, find(shallow, git(shallow.path, "rev-parse", "HEAD").strip()))

        assert error.value.reason == "nothing"
        assert shallow.link(A).tags == ("x",)


def test_what_never_may_come_to_this_disk_does_not_come_by_an_undo(library: Library) -> None:
    for text in ("format = 99\n", "format = 1\n"):
        (library.path / "pagelog.toml").write_text(text)
        (library.path / ".gitattributes").write_text("* filter=evil\n")
        git(library.path, "add", "--all")
        git(library.path, "rm", "--quiet", "--cached", "-f", ".gitattributes") if text == "format = 1\n" else None
        git(library.path, "commit", "--quiet", "-m", "tag: nice\n\nPagelog-Action: tag\n")
    (library.path / ".gitattributes").unlink()
    take_back(library, find(library, git(library.path, "rev-parse", "HEAD").strip()))

    assert (library.path / "pagelog.toml").read_text() == "format = 1\n"
    assert not (library.path / ".gitattributes").exists()


def test_who_was_faster_with_an_undo_is_not_repeated(library: Library) -> None:
    library.tag([A], add=["first"])
    library.tag([A], add=["second"])
    second = to_undo(library)[0]
    take_back(library, second)

    with pytest.raises(AlreadyUndone):
        take_back(library, second)
    undo(library)
    assert library.link(A).tags == ()
    redo(library, 2)
    assert library.link(A).tags == ("first", "second")


def test_an_add_that_stays_for_what_came_since_says_so(library: Library) -> None:
    list(save.add_later(library, ["https://example.org/d"]))
    added = to_undo(library)[0]
    library.edit(id_of("d"), starred=True)
    taken = take_back(library, added)

    assert [(kept.id, kept.told.field) for kept in taken.kept] == [(id_of("d"), "link")]
