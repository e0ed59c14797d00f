"""The user's editor and browser: the only processes that the screen starts."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from tui.config import Environment

_EDITORS = ("editor", "nano", "vim", "vi")
_BROWSERS = ("xdg-open", "wslview", "sensible-browser", "firefox", "chromium", "google-chrome")


class NoProgram(Exception):
    """There is none; `what` is editor or browser."""

    def __init__(self, what: str) -> None:
        super().__init__(what)
        self.what = what


class EditorFailed(Exception):
    """It ended with an error; `kept` is the file in which the changed text stands, None when nothing was changed."""

    def __init__(self, kept: Path | None) -> None:
        super().__init__(kept)
        self.kept = kept


def edit(text: bytes, name: str, environment: Environment) -> tuple[bytes, Path]:
    """Give a private copy to the user's editor and wait: what came back, and where the copy stands (remove it).

    Raises NoProgram, EditorFailed.
    """
    folder = Path(tempfile.mkdtemp(prefix="pagelog-edit-"))
    path = folder / name
    path.write_bytes(text)
    command = [*_editor(environment), str(path)]
    try:
        status = subprocess.run(command, check=False).returncode
    except OSError:
        forget(path)
        raise NoProgram("editor") from None
    try:
        edited = path.read_bytes()
    except OSError:  # it removed or moved the file
        edited, status = text, 1
    if not status:
        return edited, path
    if edited == text:
        forget(path)
    raise EditorFailed(path if edited != text else None)


def forget(path: Path) -> None:
    """Remove an edited copy."""
    shutil.rmtree(path.parent, ignore_errors=True)


def browse(address: str, environment: Environment) -> None:
    """Show an address in the user's graphical browser. Raises NoProgram where there is none."""
    command = _browser(environment)
    if command is None:
        raise NoProgram("browser")
    try:
        subprocess.Popen(
            [*command, address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except OSError:
        raise NoProgram("browser") from None


def _editor(environment: Environment) -> list[str]:
    if environment.editor:
        return _split(environment.editor, "editor")
    found = next((name for name in _EDITORS if shutil.which(name)), None)
    if found is None:
        raise NoProgram("editor")
    return [found]


def _split(command: str, what: str) -> list[str]:
    try:
        words = shlex.split(command)
    except ValueError:  # a quotation mark without its other half
        raise NoProgram(what) from None
    if not words:
        raise NoProgram(what)
    return words


def _browser(environment: Environment) -> list[str] | None:
    """A text browser would take over the screen: without a display there is none."""
    if environment.browser:
        return _split(environment.browser.split(os.pathsep)[0], "browser")
    if not environment.has_display:
        return None
    if sys.platform == "darwin":
        return ["open"]
    found = next((name for name in _BROWSERS if shutil.which(name)), None)
    return [found] if found else None
