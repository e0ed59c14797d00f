"""What the tests in a real terminal share."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app_terminal import AppTerminal
from hostile import Hostile, running
from program import Pagelog


@pytest.fixture
def size() -> tuple[int, int]:
    """Columns and lines; a module that wants others has a fixture of this name."""
    return 120, 40


@pytest.fixture
def start(pagelog: Pagelog, size: tuple[int, int]) -> Callable[..., AppTerminal]:
    """The program in a terminal of this size; `env` is put over its environment."""

    def started(**env: str) -> AppTerminal:
        return AppTerminal(pagelog.command(), size=size, env={**pagelog.environment(), **env})

    return started


@pytest.fixture(scope="module")
def hostile(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hostile]:
    """The hostile web server of the shared folder."""
    with running(shared, tmp_path_factory.mktemp("hostile") / "ready.json") as server:
        yield server
