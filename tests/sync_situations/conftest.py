"""A hub, and machines that share it."""

from __future__ import annotations

from pathlib import Path

import pytest

from machines import Machine, opened
from opened import git, keep
from program import Pagelog


@pytest.fixture
def hub(tmp_path: Path) -> Path:
    """An empty bare repository."""
    git(tmp_path, "init", "--quiet", "--bare", "--initial-branch=main", "hub.git")
    return tmp_path / "hub.git"


@pytest.fixture
def machine(tmp_path: Path, pagelog: Pagelog) -> Machine:
    """The command on a library of this name, which need not be there."""
    return lambda name: Pagelog(pagelog.program, tmp_path / name)


@pytest.fixture
def here(machine: Machine) -> Pagelog:
    """A library with three links: a, b, c. It has no remote."""
    made = machine("here")
    with opened(made) as library:
        keep(library, "a", "b", "c")
    return made


@pytest.fixture
def there(here: Pagelog, hub: Path, machine: Machine) -> Pagelog:
    """Another one, cloned from the hub: both are in step."""
    assert here("sync", "--remote", str(hub)).status == 0
    other = machine("there")
    assert other("clone", str(hub), str(other.library)).status == 0
    return other
