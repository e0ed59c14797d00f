"""Two machines, and a bare repository between them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from opened import git, keep
from store.library import Library
from store.syncing import sync


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """An empty bare repository."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def machine(tmp_path: Path, hub: Path) -> Iterator[Callable[[str], Library]]:
    """Makes a library of this name, whose remote is the hub."""
    opened: list[Library] = []

    def make(name: str) -> Library:
        library = Library.open(tmp_path / name, make=True)
        sync.remember(library, str(hub))
        opened.append(library)
        return library

    yield make
    for library in opened:
        library.close()


@pytest.fixture
def here(machine: Callable[[str], Library]) -> Library:
    """One machine, with three links that are on the hub already."""
    library = machine("here")
    keep(library, "a", "b", "c")
    sync.sync(library)
    return library


@pytest.fixture
def there(here: Library, machine: Callable[[str], Library]) -> Library:
    """Another one, in step with it."""
    library = machine("there")
    sync.sync(library)
    return library
