"""Libraries that a test made, copied or moved itself, as ones its user knows."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from store.admission import opening
from store.admission.trust import Trust
from tui.config import read_environment

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


def data_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the program remembers, in this environment."""
    return read_environment(environment).data_folder


def make_known(library: Path, environment: Mapping[str, str] = os.environ) -> None:
    """As after `pagelog trust`: used with everything that is in it."""
    Trust(data_folder(environment)).give(opening.find(library))
