"""Is this folder a library we can use, and how does one come to be."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

from store import files
from store.errors import BadSettings, NewerFormat, NoLibrary, NotALibrary, NotWritable, Untrusted
from store.repo import places
from store.repo.places import SETTINGS, Places

if TYPE_CHECKING:
    from store.admission.acquaintance import Known
    from store.admission.trust import Trust

FORMAT = 1
_MAKING_PATIENCE = 20.0
_MOST_SETTINGS = 1 << 20  # bytes


def find_or_make(path: Path, *, make: bool, trust: Trust | None = None) -> Places:
    """The library at `path`; with `make`, a missing or empty folder becomes one. Raises LibraryError.

    Without `trust` every library is taken for one made here, and nothing is remembered.
    """
    top = os.path.abspath(path)
    if places.counts_as_empty(top):
        if not make:
            raise NoLibrary(top)
        return _make(top, trust)
    found = places.find(top)
    if found is None or places.head_commit(found) is None:
        from store.repo import skeleton  # a sound library needs none of it

        raise skeleton.why(top)
    places.check_format(found)
    known = _check_trust(found, trust) if trust is not None else None
    _check_settings(found)
    if trust is not None:
        trust.take_in(found, known)
    return found


def find(path: Path) -> Places:
    """The library at `path`, or what may become one; nothing in it is obeyed. Raises NoLibrary, NotALibrary."""
    top = os.path.abspath(path)
    empty, found = places.counts_as_empty(top), places.find(top)
    if found is None:
        raise NoLibrary(top) if empty else NotALibrary(top)
    if not empty and not os.path.lexists(os.path.join(top, SETTINGS)):
        raise NotALibrary(top)
    return found


def enclosing(folder: Path) -> Path | None:
    """The library that holds this folder, or None."""
    for candidate in (folder, *folder.parents):
        if (candidate / SETTINGS).is_file() and (candidate / ".git").exists():
            return candidate
    return None


def _check_trust(found: Places, trust: Trust) -> Known | None:
    try:
        return trust.check(found)
    except Untrusted:
        if not os.path.lexists(os.path.join(found.top, SETTINGS)):  # some other repository, with hooks of its own
            raise NotALibrary(found.top) from None
        raise


def _make(top: str, trust: Trust | None) -> Places:
    from store.lock import library_lock
    from store.repo import making
    from store.repo.run import Git

    try:
        if trust is not None:
            _check_leftover(top, trust)
        found = making.init(top)
        if trust is not None:
            trust.made(found)
        git = Git(found)
        with library_lock(found, git, _MAKING_PATIENCE):
            if places.head_commit(found) is None:  # else another process was faster
                making.make_root(git)
    except PermissionError as error:
        raise NotWritable(top, error.strerror or "") from error
    return found


def _check_leftover(top: str, trust: Trust) -> None:
    """A `.git` without commits may hold settings and hooks all the same, and `git init` keeps them."""
    gitdir = os.path.join(os.path.realpath(top), ".git")
    if os.path.lexists(gitdir):
        trust.check(places.find(top) or Places(os.path.realpath(top), gitdir, gitdir))


def _check_settings(found: Places) -> None:
    path = os.path.join(found.top, SETTINGS)
    try:
        text = files.read(path, _MOST_SETTINGS).decode("utf-8")
    except FileNotFoundError:
        from store.repo.run import Git

        text = Git(found).run("cat-file", "blob", f"HEAD:{SETTINGS}", ok=(0, 128)).decode("utf-8", "replace")
        if not text:
            raise NotALibrary(found.top) from None
    except files.NotRegular:
        raise BadSettings(path, "not a file") from None
    except UnicodeDecodeError:
        raise BadSettings(path, "encoding") from None
    check_settings(text, path, found.top)


def check_settings(text: str, path: str, top: str) -> None:
    """Raise BadSettings or NewerFormat unless this text, of the settings file at `path`, names a format we know."""
    number = re.search(r"^format\s*=\s*([0-9]{1,9})\s*(?:#.*)?$", text, re.M)
    if number is None:
        raise BadSettings(path, "format")
    if int(number[1]) > FORMAT:
        raise NewerFormat(top, int(number[1]), FORMAT)
