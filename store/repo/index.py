"""git's index: is it sound, and a complete new one beside it. Publishing it is the transaction's work.

Never an index with only our entries: the user's next commit would delete all other files. Never written in place.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from hashlib import sha1

from store import files
from store.repo.run import Git

_ZERO = "0" * 40


def is_sound(path: str) -> bool:
    """Header and checksum hold. git itself does not look at the checksum; zeros are index.skipHash."""
    try:
        with open(path, "rb") as file:
            data = file.read()
    except FileNotFoundError:
        return False
    if len(data) < 32 or data[:4] != b"DIRC":
        return False
    trailer = data[-20:]
    return trailer == bytes(20) or sha1(memoryview(data)[:-20], usedforsecurity=False).digest() == trailer


def entries(git: Git, index: str, paths: Sequence[str]) -> dict[str, str]:
    """path -> blob of these paths in an index."""
    output = git.run("ls-files", "-s", "-z", "--", *paths, index=index)
    found = {}
    for entry in output.split(b"\0"):
        if entry:
            facts, _, path = entry.partition(b"\t")
            found[path.decode("utf-8", "surrogateescape")] = facts.decode().split()[1]
    return found


def build(git: Git, commit: str, changes: Mapping[str, str | None], *, target: str) -> None:
    """Make at `target` the index that is right once `changes` (path -> blob, None: removed) are in.

    From a copy of the present one; where that is missing or damaged, whole from `commit`. Synced.
    """
    files.drop(target, target + ".lock")
    if is_sound(git.places.index):
        os.link(git.places.index, target)  # git writes target.lock and renames: a link is never written through
        modes = _modes(git, commit, [path for path in changes if not path.startswith("pages/")])
        lines = [
            f"{modes.get(path, '100644')} {blob} 0\t{path}\0" if blob else f"0 {_ZERO}\t{path}\0"
            for path, blob in changes.items()
        ]
        data = "".join(lines).encode("utf-8", "surrogateescape")
        git.run("update-index", "-z", "--index-info", data=data, index=target)
    else:
        git.run("read-tree", commit, index=target)
    files.sync(target)


def _modes(git: Git, commit: str, paths: Sequence[str]) -> dict[str, str]:
    """Which of these are programs, as the commit has them; a page never is."""
    output = git.run("ls-tree", "-z", "--full-tree", commit, "--", *paths) if paths else b""
    entries = (entry.decode("utf-8", "surrogateescape").partition("\t") for entry in output.split(b"\0") if entry)
    return {path: facts.split()[0] for facts, _, path in entries}
