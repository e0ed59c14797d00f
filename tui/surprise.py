"""The details of an error nobody foresaw, kept in a file instead of on the user's screen."""

from __future__ import annotations

import time
import traceback
from pathlib import Path

from tui.config import read_environment


def keep(error: BaseException) -> Path | str:
    """Write the traceback into the state folder: where it stands, or why it stands nowhere."""
    folder = read_environment().state_folder
    path = folder / f"error-{time.strftime('%Y%m%dT%H%M%S')}.txt"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(traceback.format_exception(error)), encoding="utf-8")
    except OSError:
        return "no file, for none could be written"
    return path
