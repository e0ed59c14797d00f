"""What stands where in a repository, and which commit HEAD is: read from files, without git.

`list` needs only this while HEAD has not moved since the catalogue was written.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass

from store import files
from store.errors import MergeInProgress, NotALibrary, NotOnMain, UnknownRefFormat

MAIN = "refs/heads/main"
SETTINGS = "pagelog.toml"
FIRST_SETTINGS = b"format = 1\n"
_NAME = re.compile(r"[0-9a-f]{40}")
_MOST = 1 << 26  # characters: packed-refs of a million refs
_IN_PROGRESS = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}


@dataclass(frozen=True, slots=True)
class Places:
    """Absolute paths.

    `top` is the work tree, `gitdir` its own git folder (index, HEAD), `commondir` the one shared by worktrees (objects,
    refs).
    """

    top: str
    gitdir: str
    commondir: str

    @property
    def own(self) -> str:
        """`.git/pagelog`: lock, journal, catalogue, state, originals; never tracked."""
        return os.path.join(self.commondir, "pagelog")

    @property
    def index(self) -> str:
        """git's index of this work tree."""
        return os.path.join(self.gitdir, "index")

    def file(self, path: str) -> str:
        """A tracked path as an absolute one."""
        return os.path.join(self.top, *path.split("/"))


def find(top: str) -> Places | None:
    """The places of the repository whose work tree is `top`; None when there is no repository of its own."""
    top = os.path.realpath(top)
    gitdir = os.path.join(top, ".git")
    if os.path.isfile(gitdir):  # a worktree, or a separate git folder
        text = _read(gitdir)
        if not text.startswith("gitdir: "):
            return None
        gitdir = os.path.normpath(os.path.join(top, text.removeprefix("gitdir: ")))
    if not os.path.isfile(os.path.join(gitdir, "HEAD")):
        return None
    common = _read(os.path.join(gitdir, "commondir"))
    return Places(top, gitdir, os.path.normpath(os.path.join(gitdir, common)) if common else gitdir)


def counts_as_empty(top: str) -> bool:
    """Missing, empty, or what a kill in the middle of making leaves: a `.git` without commits, our first file."""
    try:
        names = set(os.listdir(top))
    except FileNotFoundError:
        return True
    except NotADirectoryError:
        return False
    if not names <= {".git", SETTINGS}:
        return False
    if SETTINGS in names and _content(os.path.join(top, SETTINGS)) != FIRST_SETTINGS:
        return False
    if ".git" not in names:
        return SETTINGS not in names
    found = find(top)
    if found is None:
        return True
    return head_commit(found) is None and not _read(os.path.join(found.commondir, "logs", *MAIN.split("/")))


def check_format(places: Places) -> None:
    """Refuse a repository whose refs or objects are stored in a way we do not write: UnknownRefFormat."""
    config = "".join(_read(os.path.join(places.commondir, "config")).lower().split())
    for key in ("refstorage=", "objectformat="):
        value = config.partition(key)[2]
        if value and not value.startswith(("files", "sha1")):
            raise UnknownRefFormat(places.top, "reftable" if key == "refstorage=" else "sha256")


def head_commit(places: Places) -> str | None:
    """The commit HEAD names, on whatever branch; None before the first commit."""
    text = _read(os.path.join(places.gitdir, "HEAD"))
    if not text.startswith("ref: "):
        return text if is_name(text) else None
    return ref(places, text.removeprefix("ref: "))


def is_name(text: str) -> bool:
    """The whole name of an object."""
    return _NAME.fullmatch(text) is not None


def boundary(places: Places) -> str:
    """Where a shallow history begins, as one word; empty for a whole one."""
    return _read(os.path.join(places.commondir, "shallow")).replace("\n", " ")


def ref(places: Places, name: str) -> str | None:
    """The commit a ref names, loose or packed; None where that cannot be read."""
    found = _read(os.path.join(places.commondir, *name.split("/"))) or _packed(places, name) or ""
    return found if is_name(found) else None


def refs_below(places: Places, prefix: str) -> dict[str, str]:
    """Loose and packed refs whose name begins with `prefix` (which ends in a slash): name -> commit."""
    found = {}
    for line in _read(os.path.join(places.commondir, "packed-refs")).splitlines():
        commit, _, name = line.partition(" ")
        if name.startswith(prefix):
            found[name] = commit
    folder = os.path.join(places.commondir, *prefix.rstrip("/").split("/"))
    for entry in files.entries(folder):
        if entry.is_file() and not entry.name.endswith(".lock"):
            commit = _read(entry.path)
            if is_name(commit):  # else it was packed in this moment, or is damaged
                found[prefix + entry.name] = commit
    return found


def tracking(name: str) -> str:
    """Our ref for the main of the remote of this name."""
    return f"refs/pagelog/remote/{in_a_ref(name)}"


def in_a_ref(name: str) -> str:
    """A remote may be called `team` and another `team/x`; no two refs may."""
    return re.sub(r"[^A-Za-z0-9_-]", lambda found: f"%{ord(found[0]):x}", name)


def in_progress(places: Places) -> str | None:
    """What of the user's own git is not finished: merge, rebase, cherry-pick, revert."""
    there = (what for name, what in _IN_PROGRESS.items() if os.path.exists(os.path.join(places.gitdir, name)))
    return next(there, None)


def check_ready(places: Places) -> None:
    """Refuse to write beside the user's own unfinished work: NotOnMain, MergeInProgress."""
    what = in_progress(places)
    if what is not None:  # first: a rebase is on no branch, and git refuses to go to one then
        raise MergeInProgress(places.top, what)
    head = _read(os.path.join(places.gitdir, "HEAD"))
    if head != f"ref: {MAIN}":
        branch = head.removeprefix("ref: refs/heads/") if head.startswith("ref: ") else f"no branch ({head[:10]})"
        raise NotOnMain(places.top, branch)


def _packed(places: Places, name: str) -> str | None:
    for line in _read(os.path.join(places.commondir, "packed-refs")).splitlines():
        if line.endswith(" " + name):
            return line.partition(" ")[0]
    return None


def _never_waiting(path: str, flags: int) -> int:
    """A pipe in the place of a file, in a library from elsewhere, would be waited for."""
    return os.open(path, flags | os.O_NONBLOCK)


def _read(path: str) -> str:
    try:
        with open(path, encoding="utf-8", errors="replace", opener=_never_waiting) as file:
            return file.read(_MOST).strip()
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return ""
    except PermissionError:
        raise NotALibrary(path) from None


def _content(path: str) -> bytes:
    try:
        return files.read(path, 64)
    except OSError:
        return b""
