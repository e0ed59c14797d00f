"""Writes commits: one `git fast-import` stream, and everything it made synced to the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from store import files
from store.commit import Commit
from store.errors import GitFailed
from store.repo import halfpacks
from store.repo.objects import FileChange
from store.repo.places import ref
from store.repo.refs import drop_own_lock
from store.repo.run import Git

NEXT = "refs/pagelog/next"  # stays for ever: it keeps new objects from the user's `gc --prune=now`
_MANY = 100  # documents: a few become loose objects, more one pack, which costs a third without deltas, packed lightly
_BEFORE = 2_000_000_000  # nanoseconds: a file system's clock may be this much behind


def write_commits(git: Git, parent: str, commits: Sequence[Commit], who: tuple[str, str], when: int) -> list[str]:
    """Make the commits, each on top of the one before, durable but not yet seen: their names, oldest first.

    `when` is seconds since 1970. Raises GitFailed, DiskFull. A leftover lock of a killed stream is removed first: only
    the holder of the library's lock writes this ref.
    """
    drop_own_lock(git.places, NEXT)
    return _import(git, NEXT, parent, commits, who, when)


def drop_broken_next(git: Git) -> None:
    """Remove our ref when what it names has been pruned: fast-import refuses to begin beside it."""
    path = os.path.join(git.places.commondir, *NEXT.split("/"))
    named = ref(git.places, NEXT)
    if os.path.isfile(path) and (named is None or git.start("cat-file", "-e", named).finish()[0]):
        files.drop(path)


def write_aside(git: Git, name_of_ref: str, parent: str, commit: Commit, who: tuple[str, str], when: int) -> str:
    """Make one commit that only one ref names, in the place of what it named before."""
    drop_own_lock(git.places, name_of_ref)
    name = _import(git, name_of_ref, parent, [commit], who, when)[0]
    sync_objects(git, None)
    files.sync(os.path.join(git.places.commondir, *name_of_ref.split("/")[:-1]))
    return name


def check_commits(git: Git, parent: str, last: str, expected: Mapping[str, str | None]) -> None:
    """A commit contains exactly what it names: `expected` is path -> blob (None: removed). Raises GitFailed."""
    output = git.run("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", parent, last)
    tokens = iter(output.split(b"\0"))
    found = {}
    for facts in tokens:
        if facts:
            before, blob = facts.split()[2].decode(), facts.split()[3].decode()
            path = next(tokens).decode("utf-8", "surrogateescape")
            if before != blob:  # else it became a program, or is none any more
                found[path] = None if set(blob) == {"0"} else blob
    if found != dict(expected):
        raise GitFailed("fast-import", "the commit holds something else than it names")


def sync_objects(git: Git, marker: str | None) -> None:
    """Sync every loose object and pack that appeared since `marker` was made, whoever wrote it; without one, all.

    git writes no object twice and other programs do not sync theirs: a blob of the user's `git add`, or the user's
    commit that is our parent, may still be in memory only.
    """
    since = files.modified(marker) if marker else 0
    if not since:
        os.sync()
        return
    folder = os.path.join(git.places.commondir, "objects")
    folders = [entry.path for entry in files.entries(folder) if len(entry.name) == 2 or entry.name == "pack"]
    folders = [path for path in folders if files.modified(path) >= since - _BEFORE]
    found = [entry.path for path in folders for entry in files.entries(path) if not entry.name.startswith("tmp_")]
    files.sync_all([path for path in found if files.modified(path) >= since - _BEFORE])
    files.sync_all([*folders, folder])


def _import(git: Git, ref: str, parent: str, commits: Sequence[Commit], who: tuple[str, str], when: int) -> list[str]:
    if commits[0].existing:
        return [commits[0].existing]
    stream: list[bytes] = []
    for mark, commit in enumerate(commits, 1):
        stream += _one(ref, mark, commit, who, when, parent if mark == 1 else None)
    stream += [b"get-mark :%d\n" % mark for mark in range(1, len(commits) + 1)]
    stream.append(b"done\n")
    many = sum(len(commit.files) for commit in commits) > _MANY
    command = ["fast-import", "--force", "--done", "--quiet"]
    if many:
        command = ["-c", "pack.compression=1", *command, "--depth=0"]
    with halfpacks.cleared(git.places):
        names = git.run(*command, data=b"".join(stream)).decode().split()
    if len(names) != len(commits):
        raise GitFailed("fast-import", "too few commits")
    return names


def _one(ref: str, mark: int, commit: Commit, who: tuple[str, str], when: int, parent: str | None) -> list[bytes]:
    message = commit.message.encode("utf-8", "replace")
    lines = [
        b"commit %s\nmark :%d\n" % (ref.encode(), mark),
        b"committer %s <%s> %d +0000\n" % (who[0].encode(), who[1].encode(), when),
        b"data %d\n%s\n" % (len(message), message),
    ]
    parent, changed = commit.onto or (parent, commit.files)
    if parent is not None:
        lines.append(b"from %s\n" % parent.encode())
    if commit.other is not None:
        lines.append(b"merge %s\n" % commit.other.encode())
    for path, data in changed.items():
        name, mode = _quoted(path), commit.modes.get(path, "100644").encode()
        lines.append(
            b"D %s\n" % name if data is None else b"M %s inline %s\ndata %d\n%s\n" % (mode, name, len(data), data)
        )
    return lines


def _quoted(path: str) -> bytes:
    raw = path.encode("utf-8", "surrogateescape")
    return b'"' + raw.replace(b"\\", b"\\\\").replace(b'"', b'\\"').replace(b"\n", b"\\n") + b'"'


def changes_of(commits: Sequence[Commit], names: Sequence[str]) -> list[tuple[str, tuple[FileChange, ...]]]:
    """What each of these commits changed, without asking git."""
    return [
        (name, tuple(FileChange(path, files.blob_name(data)) for path, data in commit.files.items()))
        for name, commit in zip(names, commits, strict=True)
    ]
