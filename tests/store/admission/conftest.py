"""A library from elsewhere, and where the user keeps what he knows."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from store.admission import opening


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new library that nobody was told of."""
    path = tmp_path_factory.mktemp("strange") / "library"
    opening.find_or_make(path, make=True)
    return path


@pytest.fixture
def strange(tmp_path: Path, template: Path) -> Path:
    """A library that came from elsewhere."""
    path = tmp_path / "strange"
    shutil.copytree(template, path)
    shutil.rmtree(path / ".git" / "pagelog")
    return path


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """The user's data folder, not there yet."""
    return tmp_path / "data" / "pagelog"
