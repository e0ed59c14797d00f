"""What must stand in a git folder before git can be asked anything: HEAD, main, settings, refs, two folders.

Looked at as files, for git itself refuses all of it when one part is damaged. Nothing is ever deleted: a damaged file
is set aside under `.git/pagelog/damaged/`, and a sound one takes its place.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from store import files
from store.errors import DamagedRepository, LibraryError, NotALibrary, NotOnMain
from store.repo import places as places_of
from store.repo.places import MAIN, SETTINGS, Places, is_name
from store.repo.run import run_outside

Part = Literal["HEAD", "main", "settings", "refs", "objects"]
PACKED = "packed-refs"
_ASIDE = "damaged"
_SETTINGS_ANEW = (
    b"[core]\n\trepositoryformatversion = 0\n\tfilemode = true\n\tbare = false\n\tlogallrefupdates = true\n"
)
_PACKED_LINE = re.compile(r"#.*|[0-9a-f]{40} refs/\S+|\^[0-9a-f]{40}")
_LOGGED = re.compile(r"([0-9a-f]{40}) ([0-9a-f]{40}) ")
_NO_COMMIT = "0" * 40


@dataclass(frozen=True, slots=True)
class Fault:
    """One damaged part; `path` is its file, relative to the common git folder."""

    part: Part
    path: str


def of(top: str) -> Places | None:
    """The git folder of a library, also where git would call it none; None where nothing says that this is one."""
    found = places_of.find(top)
    real = os.path.realpath(top)
    gitdir = os.path.join(real, ".git")
    found = found or (Places(real, gitdir, gitdir) if os.path.isdir(gitdir) else None)
    if found is None:
        return None
    marks = (os.path.join(real, SETTINGS), os.path.join(found.own, "state.sqlite3"))
    return found if any(map(os.path.isfile, marks)) else None


def why(top: str) -> LibraryError:
    """Why a folder whose HEAD names no commit cannot be used."""
    found = of(top)
    if found is None or not _was_used(found):
        return NotALibrary(top)
    broken = next(iter(faults(found)), None)
    if broken is not None:
        return DamagedRepository(top, broken.part)
    return NotOnMain(top, _line(os.path.join(found.gitdir, "HEAD")).removeprefix("ref: refs/heads/"))


def faults(places: Places) -> list[Fault]:
    """Every damaged part, in the order in which they are to be put right."""
    common = places.commondir
    found = [Fault("objects", name) for name in ("objects", "refs") if not os.path.isdir(os.path.join(common, name))]
    head = _line(os.path.join(places.gitdir, "HEAD"))
    if not is_name(head) and not head.startswith("ref: refs/"):
        found.append(Fault("HEAD", "HEAD"))
    if not _settings_are_sound(os.path.join(common, "config")):
        found.append(Fault("settings", "config"))
    if not all(map(_PACKED_LINE.fullmatch, _text(os.path.join(common, PACKED)).splitlines())):
        found.append(Fault("refs", PACKED))
    found += [Fault("refs", path) for path in _loose_refs(common) if path != MAIN and not _is_ref(common, path)]
    if (places_of.ref(places, MAIN) is None and not is_name(head)) or not _is_ref(common, MAIN):
        found.append(Fault("main", MAIN))
    return found


def mend(places: Places, fault: Fault) -> None:
    """Put right everything but main, whose commit has to be found first (`candidates`)."""
    path = os.path.join(places.commondir, *fault.path.split("/"))
    if fault.part == "objects":
        os.makedirs(path, exist_ok=True)
        return
    if fault.part == "HEAD":
        path = os.path.join(places.gitdir, "HEAD")
    before = _text(path)
    set_aside(places, path)
    if fault.part == "HEAD":
        files.replace_whole(path, f"ref: {MAIN}\n".encode())
    elif fault.part == "settings":
        files.replace_whole(path, _SETTINGS_ANEW)
    elif fault.path == PACKED:
        kept = [line for line in before.splitlines() if _PACKED_LINE.fullmatch(line)]
        files.replace_whole(path, "".join(f"{line}\n" for line in kept).encode())


def set_aside(places: Places, path: str) -> None:
    """Move a file of the git folder away, under a name that is free."""
    if not os.path.lexists(path):
        return
    name = os.path.relpath(path, places.commondir).replace(os.sep, "-").strip(".-")
    folder, number = os.path.join(places.own, _ASIDE), 1
    os.makedirs(folder, exist_ok=True)
    while os.path.lexists(target := os.path.join(folder, f"{name}.{number}")):
        number += 1
    os.rename(path, target)
    files.sync(folder)


def drop_dead_lines(places: Places, is_there: Callable[[str], bool]) -> None:
    """Take out of the logs of main and HEAD what names commits that are gone; the logs as they were are set aside."""
    for log in {os.path.join(places.commondir, "logs", *MAIN.split("/")), os.path.join(places.gitdir, "logs", "HEAD")}:
        lines = _text(log).splitlines(keepends=True)
        kept = [line for line in lines if _names_only(line, is_there)]
        if kept != lines:
            set_aside(places, log)
            files.replace_whole(log, "".join(kept).encode())


def _names_only(line: str, is_there: Callable[[str], bool]) -> bool:
    logged = _LOGGED.match(line)
    return logged is not None and all(name == _NO_COMMIT or is_there(name) for name in logged.groups())


def candidates(places: Places) -> list[str]:
    """Commits that main may have named, the likeliest first: by its own log, HEAD's log, then what other refs name."""
    found: list[str] = []
    for name in (MAIN, "HEAD"):
        folder = places.commondir if name == MAIN else places.gitdir
        for line in reversed(_text(os.path.join(folder, "logs", *name.split("/"))).splitlines()):
            if logged := _LOGGED.match(line):
                found += [logged[2], logged[1]]
    for prefix in ("refs/pagelog/remote/", "refs/pagelog/incoming/", "refs/remotes/origin/"):
        found += places_of.refs_below(places, prefix).values()
    found += [places_of.ref(places, "refs/pagelog/next") or "", _line(os.path.join(places.gitdir, "ORIG_HEAD"))]
    return list(dict.fromkeys(name for name in found if is_name(name) and name != _NO_COMMIT))


def _was_used(places: Places) -> bool:
    """A repository that was made and never committed to is no damaged library."""
    return any(
        os.path.exists(os.path.join(places.commondir, *name.split("/")))
        for name in (f"logs/{MAIN}", PACKED, "refs/pagelog", "pagelog/catalogue.sqlite3", "pagelog/state.sqlite3")
    )


def _settings_are_sound(path: str) -> bool:
    """git reads them, and finds what stands in every library's."""
    try:
        listed = run_outside("/", "config", "--file", path, "--list", "--null")
    except LibraryError:
        return False
    return b"core." in listed


def _loose_refs(common: str) -> list[str]:
    return sorted(
        os.path.relpath(os.path.join(folder, name), common).replace(os.sep, "/")
        for folder, _, names in os.walk(os.path.join(common, "refs"))
        for name in names
        if not name.endswith(".lock")
    )


def _is_ref(common: str, path: str) -> bool:
    """Absent counts: it may be packed."""
    full = os.path.join(common, *path.split("/"))
    line = _line(full)
    return not os.path.lexists(full) or is_name(line) or line.startswith("ref: ")


def _line(path: str) -> str:
    return _text(path).strip()


def _text(path: str) -> str:
    try:
        return files.read(path).decode("utf-8", "replace")
    except OSError:
        return ""
