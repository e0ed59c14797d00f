"""What the tests in a real terminal share."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from app_terminal import AppTerminal
from local_site import Site
from pages import article
from program import Pagelog

NAMES = ("Alpha", "Beta", "Gamma")


@pytest.fixture(scope="session")
def server() -> Iterator[Site]:
    """One web server for this folder: its port stays, so a library made for one test serves the others."""
    with Site() as running:
        yield running


@pytest.fixture
def site(server: Site) -> Site:
    """It, with nothing on it."""
    server.pages.clear()
    server.requests.clear()
    return server


@pytest.fixture(scope="session")
def library_of_three(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the library of `kept` is made, by the first test that needs it."""
    return tmp_path_factory.mktemp("kept") / "library"


@pytest.fixture
def kept(pagelog: Pagelog, site: Site, site_allowed: None, library_of_three: Path) -> list[str]:
    """Three pages in the library: Alpha, Beta, Gamma; their addresses."""
    addresses = [site.put(f"/{name.lower()}", article(name, f"<p>{name} stands alone.</p>")) for name in NAMES]
    if not library_of_three.exists():
        assert Pagelog(pagelog.program, library_of_three)("add", "--jobs", "1", *addresses).status == 0
    shutil.copytree(library_of_three, pagelog.library)
    return addresses


@pytest.fixture
def harbour(site: Site) -> str:
    """The address of a page that is not in the library."""
    return site.put("/harbour", article("The harbour log"))


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
