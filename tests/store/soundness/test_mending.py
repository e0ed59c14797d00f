"""Documents put right: copies of a page joined into one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from opened import git, id_of, keep, path_of
from store import frontmatter
from store.library import Library
from store.soundness import checking, repairing

A = id_of("a")
BODY = "The first paragraph.\n\nThe second one.\n\nThe third one.\n"


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """A library with one link, whose text has three paragraphs."""
    with Library.open(tmp_path / "library", make=True) as opened:
        keep(opened, "a")
        _written(opened.path / path_of("a"), body=BODY)
        opened.adopt_edits()
        yield opened


def _written(path: Path, **fields: object) -> None:
    path.write_bytes(frontmatter.dumps(frontmatter.loads(path.read_bytes()).with_(**fields)))


def _copied(library: Library, name: str, **fields: object) -> None:
    original = library.path / path_of("a")
    shutil.copy(original, original.with_name(name))
    _written(original.with_name(name), **fields)


def test_the_tags_and_notes_of_three_copies_are_all_in_the_one_that_is_left(library: Library) -> None:
    _copied(library, "0.md", tags=("zero",))
    _copied(library, "y.md", tags=("y",), note="of y")
    _written(library.path / path_of("a"), tags=("own",), note="own")
    library.adopt_edits()

    repairing.mend_library(library)

    link = library.link(A)
    assert sorted(link.tags) == ["own", "y", "zero"]
    assert sorted((link.note or "").split("\n")) == ["of y", "own"]
    assert link.body == BODY
    assert list(checking.findings(library)) == []
    assert len(list(library.path.glob("pages/*/*.md"))) == 1
    assert git(library.path, "status", "--porcelain") == ""


def test_the_texts_of_three_copies_are_all_in_the_one_that_is_left(library: Library) -> None:
    _copied(library, "0.md", body=BODY.replace("second", "2nd"))
    _copied(library, "y.md", body=BODY.replace("second", "other"))
    library.adopt_edits()

    repairing.mend_library(library)

    assert [word for word in ("first", "second", "2nd", "other", "third") if word not in library.link(A).body] == []
    assert library.link(A).body.count("The third one.") == 1
