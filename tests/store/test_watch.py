"""What others do to an open library is told within a moment, and nothing else is."""

from __future__ import annotations

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
import watchfiles._rust_notify

from opened import Watching, elsewhere, git, keep, path_of, text_of
from store import files
from store.library import Library
from store.watch import Seen, looks, pages

ONE, TWO = path_of("one"), path_of("two")


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, "one")
        yield opened


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked at once a second or every two is looked at more often."""
    monkeypatch.setattr(looks, "EVERY", 0.05)
    monkeypatch.setattr(pages, "_WAIT", 0.05)


@pytest.fixture
def no_events(monkeypatch: pytest.MonkeyPatch, quick: None) -> None:
    """The system has no watch left for us."""

    def refuse(*_: object) -> None:
        raise OSError("OS file watch limit reached.")

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", refuse)


def write(library: Library, path: str, data: bytes) -> None:
    target = library.path / path
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(data)


def test_a_page_is_told_when_it_is_written_exchanged_and_removed(library: Library) -> None:
    temporary = str(library.path / Path(ONE).parent / ".pagelog-0123")
    with Watching(library) as watching:
        with open(library.path / ONE, "ab") as file:
            file.write(b"in place\n")
        watching.wait_until_only(Seen(paths=(ONE,)))

        watching.forget()
        files.create(temporary, text_of("one"))
        files.exchange(temporary, str(library.path / ONE))
        files.drop(temporary)
        watching.wait_until_only(Seen(paths=(ONE,)))

        watching.forget()
        (library.path / ONE).unlink()
        watching.wait_until_only(Seen(paths=(ONE,)))


def test_what_is_no_page_is_not_told(library: Library, tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    (library.path / "pages" / "link").symlink_to(tmp_path / "other")
    with Watching(library) as watching:
        folder = (library.path / ONE).parent
        for other in (
            folder / ".pagelog-0123",
            folder / ".x.md.swp",
            folder / "notes.txt",
            tmp_path / "other" / "x.md",
        ):
            other.write_bytes(b"x")
        (library.path / "pages" / ".obsidian").mkdir()
        write(library, "pages/.obsidian/x.md", b"x")
        (library.path / ONE).read_bytes()
        write(library, TWO, text_of("two"))

        watching.wait_until_told(TWO)
        assert {path for seen in watching.told for path in seen.paths} <= {TWO}
        assert {folder for seen in watching.told for folder in seen.folders} == {os.path.dirname(TWO)}


def test_a_commit_of_the_users_own_git_and_a_branch_are_told(library: Library) -> None:
    with Watching(library) as watching:
        git(library.path, "commit", "-q", "--allow-empty", "-m", "mine")
        watching.wait_until_only(Seen(head=True))

        watching.forget()
        git(library.path, "switch", "-q", "-c", "mine", "HEAD^")
        watching.wait_until_only(Seen(head=True))


def test_what_is_held_is_told_when_it_comes_and_goes_and_not_when_it_is_packed(library: Library, quick: None) -> None:
    with Watching(library) as watching:
        git(library.path, "update-ref", "refs/pagelog/held/abc", "HEAD")
        watching.wait_until_only(Seen(head=True))

        watching.forget()
        git(library.path, "pack-refs", "--all")
        elsewhere(library, "state.set_changed('abc', False)")
        watching.wait_until_only(Seen(state=True))

        watching.forget()
        git(library.path, "update-ref", "-d", "refs/pagelog/held/abc")
        watching.wait_until_only(Seen(head=True))


def test_facts_that_another_process_wrote_are_told_and_our_own_are_not(library: Library, quick: None) -> None:
    with Watching(library) as watching:
        library.state.set_changed("abc", True)
        git(library.path, "commit", "-q", "--allow-empty", "-m", "mine")
        watching.wait_until_only(Seen(head=True))

        watching.forget()
        elsewhere(library, "state.set_changed('abc', False)")
        watching.wait_until_only(Seen(state=True))


def test_a_library_without_pages_gets_its_first_ones(tmp_path: Path) -> None:
    with Library.open(tmp_path / "library", make=True) as empty, Watching(empty) as watching:
        write(empty, ONE, text_of("one"))
        watching.wait_until_told(ONE)

        watching.forget()
        write(empty, ONE, text_of("one", "more\n"))
        watching.wait_until_only(Seen(paths=(ONE,)))


def test_a_page_in_a_new_folder_in_a_new_folder_is_told_from_the_first_moment_on(library: Library) -> None:
    deep = ("pages/mine/deep/one.md", "pages/mine/deep/two.md")
    with Watching(library) as watching:
        write(library, deep[0], b"x")
        watching.wait_until_told(deep[0])

        watching.forget()
        write(library, deep[1], b"x")
        watching.wait_until_only(Seen(paths=(deep[1],)))


def test_folders_that_are_moved_and_removed_are_told_with_all_that_was_in_them(library: Library) -> None:
    deep, moved = "pages/mine/deep/one.md", "pages/other/deep/one.md"
    write(library, deep, b"x")
    with Watching(library) as watching:
        (library.path / "pages/mine").rename(library.path / "pages/other")
        watching.wait_until_told(deep, moved)

        watching.forget()
        write(library, moved, b"more")
        watching.wait_until_told(moved)

        watching.forget()
        shutil.rmtree(library.path / "pages/other")
        watching.wait_until_told(moved)


def test_pages_may_go_and_come_again(library: Library, quick: None) -> None:
    aside = library.path / "aside"
    with Watching(library) as watching:
        (library.path / "pages").rename(aside)
        watching.wait_until_told(ONE)

        watching.forget()
        aside.rename(library.path / "pages")
        watching.wait_until_told(ONE)

        watching.forget()
        shutil.rmtree(library.path / "pages")
        write(library, TWO, text_of("two"))
        watching.wait_until_told(ONE, TWO)

        watching.forget()
        write(library, TWO, text_of("two", "more\n"))
        watching.wait_until_told(TWO)


@pytest.mark.slow
def test_a_checkout_of_thousands_of_pages_is_a_handful_of_values(library: Library) -> None:
    paths = [f"pages/{number % 256:02x}/{number}.md" for number in range(3_000)]
    for path in paths:
        write(library, path, path.encode())
    git(library.path, "add", "-A")
    git(library.path, "commit", "-qm", "mine")
    git(library.path, "switch", "-q", "-c", "before", "HEAD^")
    with Watching(library) as watching:
        git(library.path, "switch", "-q", "main")

        watching.wait_until_told(*paths)
        watching.wait_for(lambda: any(seen.head for seen in watching.told))
        assert len(watching.told) < 100


def test_a_library_that_is_removed_is_waited_for(library: Library, tmp_path: Path) -> None:
    aside = tmp_path / "aside"
    with Watching(library) as watching:
        library.path.rename(aside)
        watching.wait_until_told(ONE)
        (aside / "pages" / "x.md").write_bytes(b"x")
        git(aside, "commit", "-q", "--allow-empty", "-m", "mine")

        watching.forget()
        aside.rename(library.path)
        watching.wait_until_told(ONE, "pages/x.md")
        watching.wait_for(lambda: any(seen.head for seen in watching.told))


def test_a_library_that_is_gone_for_good_ends_nothing(library: Library) -> None:
    with Watching(library) as watching:
        shutil.rmtree(library.path)
        watching.wait_until_told(ONE)

        assert not any(seen.head for seen in watching.told)
        assert watching.end() < 1.0


def test_the_watch_ends_within_a_second(library: Library) -> None:
    with Watching(library) as watching:
        assert watching.end() < 1.0
    assert watching.told == [Seen()]


def test_a_name_that_is_no_text_does_not_end_the_watch(library: Library, quick: None) -> None:
    folder = os.fsencode((library.path / ONE).parent)
    with Watching(library) as watching:
        os.close(os.open(folder + b"/\xff.md", os.O_CREAT | os.O_WRONLY))
        watching.wait_until_told(ONE)

        write(library, TWO, text_of("two"))
        watching.wait_until_told(TWO)


def test_where_the_system_tells_nothing_somebody_looks_and_says_so(library: Library, no_events: None) -> None:
    with Watching(library) as watching:
        assert watching.told[0] == Seen(slowly=True)
        watching.wait_until_told(ONE)  # at the first look: who knows

        watching.forget()
        with open(library.path / ONE, "ab") as file:
            file.write(b"in place\n")
        watching.wait_until_only(Seen(paths=(ONE,), slowly=True))

        watching.forget()
        write(library, "pages/mine/deep/one.md", b"x")
        watching.wait_until_told("pages/mine/deep/one.md")

        watching.forget()
        shutil.rmtree(library.path / "pages/mine")
        watching.wait_until_told("pages/mine/deep/one.md")
        assert watching.end() < 1.0


def test_a_look_takes_its_share_of_the_files_in_turn(
    library: Library, no_events: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(looks, "_FILES", 3)
    paths = [f"pages/{folder}/{number}.md" for folder, number in itertools.product("abcdef", range(4))]
    for path in paths:
        write(library, path, b"x")
    with Watching(library) as watching:
        watching.wait_until_told(*paths)

        watching.forget()
        for path in paths:
            write(library, path, b"in place")
        watching.wait_until_told(*paths)
        assert max(len({os.path.dirname(path) for path in seen.paths}) for seen in watching.told) <= 3


def test_events_are_used_as_soon_as_there_are_some(
    library: Library, monkeypatch: pytest.MonkeyPatch, quick: None
) -> None:
    monkeypatch.setattr(pages, "_TRY_AGAIN", 0.2)
    real = watchfiles._rust_notify.RustNotify
    limits = iter([OSError("OS file watch limit reached."), RuntimeError("Too many open files (os error 24)")])

    def refuse_twice(*arguments: object) -> object:
        for error in limits:
            raise error
        return real(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(watchfiles._rust_notify, "RustNotify", refuse_twice)
    with Watching(library) as watching:
        watching.wait_for(lambda: not watching.told[-1].slowly)
        assert watching.told[0].slowly

        watching.forget()
        write(library, ONE, text_of("one", "more\n"))
        watching.wait_until_only(Seen(paths=(ONE,)))


@pytest.mark.parametrize(("kind", "others"), [("ext4", False), ("nfs4", True), ("9p", True), ("fuse.sshfs", True)])
def test_a_disk_of_another_machine_is_known_by_its_mount(tmp_path: Path, kind: str, others: bool) -> None:
    device = os.stat(tmp_path).st_dev
    mounts = tmp_path / "mountinfo"
    mounts.write_text(
        f"22 1 0:21 / /proc rw shared:5 - proc proc rw\n"
        f"29 1 {os.major(device)}:{os.minor(device)} / / rw,relatime shared:1 - {kind} /dev/x rw\n"
    )

    assert pages.is_of_other_machines(str(tmp_path), str(mounts)) is others
    assert not pages.is_of_other_machines(str(tmp_path), str(tmp_path / "none"))


def test_a_disk_of_another_machine_is_looked_at(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "is_of_other_machines", lambda _folder: True)
    with Watching(library) as watching:
        assert watching.told[0] == Seen(slowly=True)
