"""A document that the user copied beside itself by hand: both files stay, whatever the other machine did (RULES 6)."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from opened import git, path_of
from store import frontmatter
from store.library import Library
from store.syncing import sync
from two_libraries import A, in_step


def _copied(library: Library, name: str) -> Path:
    """Of link A, into its folder, with another note; the next sync commits it."""
    original = library.path / path_of("a")
    copy = original.with_name(name)
    shutil.copy(original, copy)
    link = frontmatter.loads(copy.read_bytes())
    copy.write_bytes(frontmatter.dumps(link.with_(note="of the copy")))
    return copy


def _in_head(library: Library, path: Path) -> bytes:
    return git(library.path, "show", f"HEAD:{path.relative_to(library.path).as_posix()}").encode()


NAMES = [
    "x~{} copy.md",
    *(pytest.param(name, marks=pytest.mark.slow) for name in ("zz.md", "0.md", "x~{}.conflict.md")),
]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("synced_first", ["here", "there"])
def test_a_copy_takes_no_change_of_the_other_machine_from_its_original(
    here: Library, there: Library, name: str, synced_first: str
) -> None:
    original = here.path / path_of("a")
    copy = _copied(here, name.format(A))
    copied = copy.read_bytes()
    there.tag([A], add=["there"])
    first, last = (here, there) if synced_first == "here" else (there, here)
    sync.sync(first)
    done = sync.sync(last)

    assert done.told == ()
    assert in_step(here, there)
    assert frontmatter.loads(_in_head(here, original)).tags == ("there",)
    assert _in_head(here, copy) == copied


def test_a_stray_copy_does_not_undo_a_move_on_the_other_machine(here: Library, there: Library) -> None:
    _copied(here, "b copy.md")
    old, new = path_of("a"), "pages/zz/elsewhere.md"
    (there.path / "pages" / "zz").mkdir()
    git(there.path, "mv", old, new)
    sync.sync(here)
    sync.sync(there)

    assert in_step(here, there)
    files = git(here.path, "ls-tree", "-r", "--name-only", "HEAD").split("\n")
    assert new in files
    assert old not in files
    assert any(name.endswith("b copy.md") for name in files)


def test_copies_on_both_machines_are_both_kept(here: Library, there: Library) -> None:
    one, other = _copied(here, "copy.md"), _copied(there, "other copy.md")
    texts = one.read_bytes(), other.read_bytes()
    sync.sync(here)
    sync.sync(there)

    assert in_step(here, there)
    assert (_in_head(here, one), _in_head(here, here.path / other.relative_to(there.path))) == texts
    assert here.path.joinpath(path_of("a")).exists()


def test_a_copy_and_a_move_on_one_machine(here: Library, there: Library) -> None:
    copy = _copied(here, "copy.md")
    original = here.path / path_of("a")
    original.rename(original.with_name("moved.md"))
    there.tag([A], add=["there"])
    sync.sync(here)
    sync.sync(there)

    assert in_step(here, there)
    held = [frontmatter.loads(_in_head(here, path)) for path in (copy, original.with_name("moved.md"))]
    assert sorted(len(link.tags) for link in held) == [0, 1]


@pytest.mark.parametrize("name", ["x~{} copy.md", "x~{} (copy).md", "0.md"])
def test_the_file_that_we_have_named_counts_and_no_copy_of_it(here: Library, name: str) -> None:
    _copied(here, name.format(A))
    here.adopt_edits()

    assert here.row(A).path == path_of("a")
    assert here.link(A).note is None
