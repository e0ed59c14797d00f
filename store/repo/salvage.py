"""What can be saved of damaged objects: found, set aside, and made again where the bytes still stand somewhere.

Every object is checked by the name that it has: nothing is taken for whole that only looks so. Nothing is deleted.
"""

from __future__ import annotations

import os
import re
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha1

from store import files
from store.errors import LibraryError
from store.repo import index, skeleton
from store.repo.objects import seconds
from store.repo.places import Places
from store.repo.run import Git

_PART = 1 << 16
_MISSING = re.compile(r"^missing (blob|tree|commit|tag) ([0-9a-f]{40})", re.M)
_DEAD_REF = re.compile(r"^error: (refs/\S+): invalid sha1 pointer", re.M)


@dataclass(frozen=True, slots=True)
class Lost:
    """What the history of some ref needs and the repository has not: name -> kind; and refs that name nothing."""

    objects: Mapping[str, str]
    refs: tuple[str, ...]


def damaged_objects(places: Places) -> Iterator[tuple[str, str]]:
    """Loose objects that are not what their name says, as (name, file)."""
    folder = os.path.join(places.commondir, "objects")
    for below in sorted(files.entries(folder), key=lambda entry: entry.name):
        if len(below.name) == 2:
            for entry in sorted(files.entries(below.path), key=lambda entry: entry.name):
                if len(entry.name) == 38 and not _is_whole(below.name + entry.name, entry.path):
                    yield below.name + entry.name, entry.path


def damaged_packs(git: Git) -> Iterator[str]:
    """Packs that cannot be read from end to end, without their ending; one whose index is missing or damaged, too."""
    folder = os.path.join(git.places.commondir, "objects", "pack")
    names = {entry.name.rpartition(".") for entry in files.entries(folder)}
    for stem in sorted({stem for stem, _, ending in names if ending in ("pack", "idx") and stem.startswith("pack-")}):
        path = os.path.join(folder, stem)
        if git.start("verify-pack", "--", path + ".idx").finish()[0]:
            yield path


def lost(git: Git) -> Lost:
    """By git's own search through all that its refs name. It stops at the first damaged object."""
    _, output, errors = git.start("fsck", "--connectivity-only", "--no-dangling", "--no-progress").finish()
    said = (output + errors).decode("utf-8", "replace")
    return Lost({name: kind for kind, name in _MISSING.findall(said)}, tuple(dict.fromkeys(_DEAD_REF.findall(said))))


def set_aside_damaged(git: Git) -> int:
    """Move damaged objects and packs away, what can be read of a pack made objects before: how many files."""
    places, count = git.places, 0
    for stem in list(damaged_packs(git)):
        count += 1
        if not _index_anew(git, stem):
            _unpack(git, stem)
    for _, path in list(damaged_objects(places)):
        skeleton.set_aside(places, path)
        count += 1
    return count


def put_back(git: Git, wanted: Iterable[str], found: Mapping[str, str]) -> list[str]:
    """Blobs made again from files that hold just their bytes (`found`: blob -> file): those that are there again."""
    back = []
    for name in wanted:
        if name in found:
            data = files.read(found[name])
            if files.blob_name(data) == name:
                git.run("hash-object", "-w", "--no-filters", "--stdin", data=data)
                back.append(name)
    return back


def trees_from_index(git: Git) -> bool:
    """Make the trees of HEAD again, from an index that still lists what is in them. False where it is of no use."""
    if not index.is_sound(git.places.index):
        return False
    return git.start("write-tree", "--missing-ok", index=git.places.index).finish()[0] == 0


def newest_whole(git: Git, candidates: Iterable[str]) -> str | None:
    """The first of these commits whose trees are all there; else the latest of all commits in the repository."""
    return next((name for name in [*candidates, *_every_commit(git)] if has_trees(git, name)), None)


def has_trees(git: Git, commit: str) -> bool:
    """The commit is there with all its folders, whatever became of the files."""
    if not is_there(git, f"{commit}^{{commit}}"):
        return False
    status, _, _ = git.start("ls-tree", "-r", "-t", "--full-tree", commit).finish()
    return status == 0


def is_there(git: Git, name: str) -> bool:
    """An object of this name can be found."""
    return git.start("cat-file", "-e", name).finish()[0] == 0


def _every_commit(git: Git) -> Iterator[str]:
    """Latest first."""
    listed = git.start("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)").finish()[1]
    names = [line.split()[0] for line in listed.decode().splitlines() if line.endswith(" commit")]
    if not names:
        return
    output = git.start("log", "--no-walk", "--format=%H %ct", "--stdin").finish("\n".join(names).encode())[1]
    dated = [line.partition(" ") for line in output.decode().splitlines()]
    yield from (name for name, _, when in sorted(dated, key=lambda one: -seconds(one[2])))


def _is_whole(name: str, path: str) -> bool:
    digest, unpacking = sha1(usedforsecurity=False), zlib.decompressobj()
    try:
        data = files.read(path)
        for start in range(0, len(data), _PART):
            digest.update(unpacking.decompress(data[start : start + _PART]))
        digest.update(unpacking.flush())
    except (OSError, zlib.error):
        return False
    return unpacking.eof and digest.hexdigest() == name


def _index_anew(git: Git, stem: str) -> bool:
    """A whole pack whose index alone is gone gets a new one."""
    if not os.path.isfile(stem + ".pack"):
        skeleton.set_aside(git.places, stem + ".idx")
        return True
    skeleton.set_aside(git.places, stem + ".idx")
    return git.start("index-pack", "-o", stem + ".idx", stem + ".pack").finish()[0] == 0


def _unpack(git: Git, stem: str) -> None:
    for ending in (".idx", ".rev", ".bitmap"):
        skeleton.set_aside(git.places, stem + ending)
    data = files.read(stem + ".pack")
    skeleton.set_aside(git.places, stem + ".pack")  # else what is in it counts as there, and is not unpacked
    try:
        git.run("unpack-objects", "-r", "-q", data=data, ok=(0, 1, 128))
    except LibraryError:
        return  # nothing of it can be read
