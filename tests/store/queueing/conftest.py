"""What the tests of the queue share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from known import data_folder
from local_site import Site
from queued import Clock
from store.admission.trust import Trust
from store.capture.converted import ConvertSettings
from store.capture.limits import FetchSettings
from store.capture.many import Settings
from store.library import Library


@pytest.fixture
def library(tmp_path: Path) -> Iterator[Library]:
    """The library that `pagelog` works on, too."""
    with Library.open(tmp_path / "library", make=True, clock=Clock(), trust=Trust(data_folder())) as opened:
        yield opened


@pytest.fixture
def settings(site: Site) -> Settings:
    """One converter, and the site may be captured."""
    return Settings(FetchSettings(allow_private=(f"127.0.0.1:{site.port}",)), ConvertSettings(), 2, 1)
