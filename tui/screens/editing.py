"""Gives a text to the user's editor, and the terminal with it, until it ends."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from textual.app import App, SuspendNotSupported

from tui import external
from tui.config import read_environment
from tui.surprise import trouble


@dataclass(frozen=True, slots=True)
class Edited:
    """What came back: the old text where something is `wrong`; `path` is the private copy, None when it is gone."""

    text: bytes
    wrong: str = ""
    path: Path | None = None

    def forget(self) -> None:
        """Remove the private copy."""
        if self.path is not None:
            external.forget(self.path)


def in_editor(app: App[object], text: bytes, name: str) -> Edited:
    """The text after the user's editor. The copy stands until it is forgotten."""
    try:
        with app.suspend():
            return _edited(text, name)  # nothing is raised in here: the terminal must come back to us
    except SuspendNotSupported:
        return Edited(text, "This terminal cannot be given to an editor.")


def _edited(text: bytes, name: str) -> Edited:
    try:
        edited, path = external.edit(text, name, read_environment())
    except external.NoProgram:
        return Edited(text, "No editor could be started. Name one that is there: EDITOR=nano pagelog")
    except external.EditorFailed as failed:
        kept = f" Your text is kept in {failed.kept}." if failed.kept is not None else ""
        return Edited(text, f"The editor ended with an error; nothing was changed.{kept}")
    except OSError as error:
        return Edited(text, trouble(error))
    return Edited(edited, "", path)
