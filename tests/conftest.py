"""What every test stands on: nothing leaks in, and the fixtures that several folders share.

Helpers live in `tests/support/`, which pyproject.toml puts on the path.
Tests reach them through these fixtures, or import their types from there.
"""

from __future__ import annotations

import itertools
import os
import shutil
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

from known import make_known
from local_site import Site
from pages import NAMES, article
from program import Pagelog

if TYPE_CHECKING:
    from collections.abc import Iterator

# Read once, before a test can see it: the isolation below takes it out of the environment.
SHARED = Path(os.environ.get("PAGELOG_SHARED") or Path(__file__).resolve().parents[2] / "shared")
HOMES = itertools.count()
LEAKS = ("GIT_", "PAGELOG", "XDG_", "LC_", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT", "SSLKEY")
LEAKING_NAMES = {
    "COLUMNS",
    "EDITOR",
    "EMAIL",
    "FORCE_COLOR",
    "LANG",
    "LANGUAGE",
    "LINES",
    "NO_COLOR",
    "PAGER",
    "VISUAL",
}

# Time is no property of ours: these machines are shared and noisy. The same examples each time, so that a failure is
# of the change at hand; `./run check` looks at others each time, and at more.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("same", _PATIENT, max_examples=50, derandomize=True)
settings.register_profile("others", _PATIENT, max_examples=500, print_blob=True)
settings.load_profile(os.environ.get("PAGELOG_EXAMPLES", "same"))


@pytest.fixture(autouse=True)
def nothing_leaks_in(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Every test has a home of its own, no git settings but git's defaults, UTC, and plain UTF-8."""
    home = tmp_path_factory.getbasetemp() / "homes" / str(next(HOMES))
    home.mkdir(parents=True)
    for name in list(os.environ):
        if name.upper().startswith(LEAKS) or name in LEAKING_NAMES:
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(home))
    for name, folder in {
        "CONFIG": ".config",
        "DATA": ".local/share",
        "STATE": ".local/state",
        "CACHE": ".cache",
    }.items():
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / folder))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", str(home / ".gitconfig"))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    monkeypatch.setenv("TZ", "UTC")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    time.tzset()


@pytest.fixture
def home() -> Path:
    """The home folder of this test: `.gitconfig` and `.config/pagelog/` go here."""
    return Path(os.environ["HOME"])


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the corpus and the hostile server, which no clone brings along; without it a test is skipped."""
    if not (SHARED / "corpus").is_dir():
        pytest.skip("shared")
    return SHARED


@pytest.fixture(scope="session")
def server() -> Iterator[Site]:
    """One web server for all tests of this process: its port stays, so a library made for one serves the others."""
    with Site() as running:
        yield running


@pytest.fixture
def site(server: Site) -> Site:
    """A small real web site on 127.0.0.1 whose pages can be exchanged between requests; nothing is on it yet."""
    server.pages.clear()
    server.requests.clear()
    return server


@pytest.fixture
def site_allowed(home: Path, site: Site) -> None:
    """The user's config lets `site`, a private address, be captured."""
    folder = home / ".config" / "pagelog"
    folder.mkdir(parents=True)
    (folder / "config.toml").write_text(f'[fetch]\nallow_private = ["127.0.0.1:{site.port}"]\n')


@pytest.fixture
def pagelog(tmp_path: Path) -> Pagelog:
    """The real command, in a process of its own, on a library at `tmp_path/library`."""
    return Pagelog(program=Path(sys.executable).with_name("pagelog"), library=tmp_path / "library")


@pytest.fixture
def quick_disk(tmp_path: Path) -> Iterator[Path]:
    """In memory where that can be: a kill, unlike a power cut, loses nothing that was written there."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else tmp_path) as folder:
        yield Path(folder)


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
    make_known(pagelog.library)
    return addresses


@pytest.fixture
def harbour(site: Site) -> str:
    """The address of a page that is not in the library."""
    return site.put("/harbour", article("The harbour log"))
