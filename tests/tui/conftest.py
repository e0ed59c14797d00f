"""A library for the commands."""

from __future__ import annotations

import pytest

from opened import keep
from program import Pagelog
from store.admission.trust import Trust
from store.library import Library
from tui.config import read_environment


@pytest.fixture
def kept_here(pagelog: Pagelog) -> Pagelog:
    """A library with three links: a, b, c."""
    trust = Trust(read_environment(pagelog.environment()).data_folder)
    with Library.open(pagelog.library, make=True, trust=trust) as library:
        keep(library, "a", "b", "c")
    return pagelog
