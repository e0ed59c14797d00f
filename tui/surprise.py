"""What becomes of an error at an outermost door: a sentence on the screen, and details, if any, in a file."""

from __future__ import annotations

import errno
import time
import traceback
from pathlib import Path

from store.errors import DiskFull, NotWritable, PagelogError
from tui.config import read_environment


def trouble(error: BaseException, config: str = "config.toml") -> str:
    """Any error in a sentence or two; of one that nobody foresaw the details are kept in a file."""
    from tui.wording import words

    known = named(error) if isinstance(error, OSError) else error
    if isinstance(known, PagelogError):
        said = words(known, config)
        return f"{said.sentence} {said.hint}".strip()
    return f"Something unexpected happened ({type(error).__name__}). The details are in {keep(error)}."


def named(error: OSError) -> PagelogError | None:
    """A refusal of the operating system by our name for it."""
    where = str(error.filename or "the disk")
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(where)
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS, errno.ENAMETOOLONG):
        return NotWritable(where, errno.errorcode[error.errno])
    return None


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
