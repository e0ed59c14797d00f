"""Is this folder a library we can use, and how does one come to be."""

from __future__ import annotations

import os
import re
from pathlib import Path

from store.errors import BadSettings, NewerFormat, NoLibrary, NotALibrary, NotWritable
from store.repo import places
from store.repo.places import SETTINGS, Places

FORMAT = 1
_MAKING_PATIENCE = 20.0


def find_or_make(path: Path, *, make: bool) -> Places:
    """The library at `path`; with `make`, a missing or empty folder becomes one. Raises LibraryError."""
    top = os.path.abspath(path)
    if places.counts_as_empty(top):
        if not make:
            raise NoLibrary(top)
        return _make(top)
    found = places.find(top)
    if found is None or places.head_commit(found) is None:
        raise NotALibrary(top)
    places.check_format(found)
    _check_settings(found)
    return found


def enclosing(folder: Path) -> Path | None:
    """The library that holds this folder, or None."""
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file() and (candidate / ".git").exists():
            return candidate
    return None


def _make(top: str) -> Places:
    from store.lock import library_lock
    from store.repo import making
    from store.repo.run import Git

    try:
        found = making.init(top)
        git = Git(found)
        with library_lock(found, git, _MAKING_PATIENCE):
            if places.head_commit(found) is None:  # else another process was faster
                making.make_root(git)
    except PermissionError as error:
        raise NotWritable(top, error.strerror or "") from error
    return found


def _check_settings(found: Places) -> None:
    path = os.path.join(found.top, SETTINGS)
    try:
        with open(path, encoding="utf-8") as file:
            text = file.read()
    except FileNotFoundError:
        from store.repo.run import Git

        text = Git(found).run("cat-file", "blob", f"HEAD:{SETTINGS}", ok=(0, 128)).decode("utf-8", "replace")
        if not text:
            raise NotALibrary(found.top) from None
    except UnicodeDecodeError:
        raise BadSettings(path, "encoding") from None
    number = re.search(r"^format\s*=\s*(\d+)\s*(?:#.*)?$", text, re.M)
    if number is None:
        raise BadSettings(path, "format")
    if int(number[1]) > FORMAT:
        raise NewerFormat(found.top, int(number[1]), FORMAT)
